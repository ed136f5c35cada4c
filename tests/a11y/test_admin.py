"""The screens of the admin, in light and dark, on a phone and on a desk.

To cover a new screen, add it to ``SCREENS``, and to ``content`` what it has to show.
"""

from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from tests.a11y.conftest import Visit
from tests.a11y.sections import LONG_WORD
from tests.a11y.views import WIDE
from tests.factories import (
    RolePageFactory,
    SharedLinkFactory,
    TraitFactory,
    body,
    link_item,
    shared_link_html,
    step_item,
)
from wagtail_careers.dates import today
from wagtail_careers.links import replacements, running
from wagtail_careers.lint.publication import newest_findings
from wagtail_careers.lint.recording import record_all
from wagtail_careers.lint.waivers import place_of
from wagtail_careers.lint.waiving import waive
from wagtail_careers.models import FindingCount, OrganisationWord, TraitAlias
from wagtail_careers.testing import browser, layout
from wagtail_careers.testing.problem import format_problems

pytestmark = [
    pytest.mark.a11y,
    pytest.mark.admin,
    pytest.mark.django_db,
    # Wagtail sends notifications in a way that the newest Django advises against.
    pytest.mark.filterwarnings("ignore:get_connection"),
    pytest.mark.filterwarnings("ignore:Django 2028 will not have a default mailer"),
]

PHONE = 390

#: What Wagtail puts on any screen of the admin.
WAGTAILS_OWN = [["h2[role=alert]"], [".w-slim-header-action-button"]]

#: The parts of forms that are the package's own, with the form of each.
PARTS = {
    "before publication": ("/admin/pages/{odd}/edit/", "[data-careers-before-publication]"),
    "before publication of roles to review": ("/admin/", "[data-careers-to-review]"),
}

SCREENS = {
    "roles": "/admin/careers/careers_roles/",
    "versions of a role": "/admin/pages/{compared}/revisions/compare/earliest...latest/",
    "plain links": "/admin/reports/plain-links/",
    "plain links to a host": "/admin/reports/plain-links/hosts/a11y.example/",
    "plain links to no host": "/admin/reports/plain-links/hosts/nowhere.example/",
    "traits": "/admin/careers/traits/",
    "usage of a trait": "/admin/careers/traits/usage/{trait}/",
    "deletion of a trait": "/admin/careers/traits/delete/{trait}/",
    "deletion of traits": "/admin/bulk/wagtail_careers/trait/delete/?id={trait}&id={unused}",
    "words to avoid": "/admin/careers/words/",
    "content of roles": "/admin/reports/content-of-roles/",
    "findings on roles": "/admin/reports/findings-on-roles/",
    "waiver": "/admin/careers/waivers/{waived}/?rule={rule}&place={place}",
    "plain links that became shared links": "/admin/careers/shared-links/replacements/{shared}/",
}


@pytest.fixture(scope="module")
def content(role_index: Any) -> dict[str, Any]:
    """What the screens show, with the keys that their paths need."""
    user = get_user_model().objects.get(username="admin")
    SharedLinkFactory(name=LONG_WORD, base_url="https://a11y.example/a/")
    SharedLinkFactory(name="Draft", base_url="https://a11y.example/b/", live=False)
    SharedLinkFactory(name="Shared", base_url="https://shared.example/")
    addresses = [
        f"https://www.a11y.example/{folder}/{LONG_WORD}?{LONG_WORD}" for folder in "abc"
    ] + [f"https://{'long' * 15}.example/", "https://shared.example/x"]
    links = "".join(f'<p><a href="{address}">x</a></p>' for address in addresses)
    for title in ("Role with plain links", LONG_WORD):
        page = RolePageFactory(parent=role_index, title=title, body=body(duties=links * 2))
        page.save_revision().publish()
    shared = replacements.replace_plain_links("shared.example", user=user)
    running.run(shared)
    trait = TraitFactory(name=f"Patience {LONG_WORD}")
    TraitAlias.objects.create(trait=trait, name=LONG_WORD)
    for title in ("Role with a trait", f"{LONG_WORD} trait"):
        marked = f"<p><mark>{LONG_WORD}</mark></p>"
        page = RolePageFactory(parent=role_index, title=title, body=body(duties=marked))
        page.save_revision().publish()
    unused = TraitFactory(name="Unused")
    return {
        **waived_finding(role_index, user),
        "shared": shared.pk,
        "odd": in_moderation(role_index, user).pk,
        "trait": trait.pk,
        "unused": unused.pk,
        "compared": role_with_two_versions(role_index),
    }


def waived_finding(role_index: Any, user: Any) -> dict[str, Any]:
    """A finding with a waiver, and the numbers of some days."""
    prose = f"<p>Click here {LONG_WORD}</p><h3>{LONG_WORD}</h3>"
    page = RolePageFactory(parent=role_index, title="Role with a waiver", body=body(duties=prose))
    page.save_revision().publish()
    finding = newest_findings(page)[0]
    waive(page, finding, reason=LONG_WORD, until=today() + timedelta(days=9), user=user)
    OrganisationWord.objects.create(word=LONG_WORD, reason=LONG_WORD, locale=page.locale)
    record_all()
    for days in (3, 9):
        FindingCount.objects.create(
            day=today() - timedelta(days=days), level="error", findings=days, waived=0, roles=1
        )
    return {"waived": page.pk, "rule": finding.rule.id, "place": place_of(finding)}


def in_moderation(role_index: Any, user: Any) -> Any:
    """A role that awaits a review, with something to mention of each kind."""
    draft = SharedLinkFactory(name=LONG_WORD, live=False)
    managed = SharedLinkFactory(base_url=f"https://{'host' * 15}.example/")
    page = RolePageFactory(
        parent=role_index,
        live=False,
        body=body(
            person_spec=f"<p><mark>teamwork</mark> <mark>{LONG_WORD}</mark> <mark>x</mark></p>",
            duties=f'<p><a href="{managed.base_url}{LONG_WORD}">{LONG_WORD}</a></p>',
            text={"title": LONG_WORD, "prose": f"<p>{shared_link_html(9999, 'Gone')}</p>"},
            application_links={"links": [link_item(draft)]},
            progression={"steps": [step_item(page=RolePageFactory(parent=role_index, live=False))]},
        ),
    )
    page.save_revision()
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Moderators")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(page, user)
    return page


def role_with_two_versions(role_index: Any) -> int:
    """The key of a role whose versions differ in words, a trait, a link, a step and a section."""
    link = SharedLinkFactory(name="Compared", base_url="https://compared.example/")
    page = RolePageFactory(
        parent=role_index,
        title="Role with two versions",
        live=False,
        body=body(person_spec="<p>You show care.</p>", training=None),
    )
    page.save_revision()
    page.body = [
        {**new, "id": old["id"]}
        for old, new in zip(
            page.body.raw_data,
            body(
                person_spec="<p>You show <mark>care</mark>.</p>",
                duties=f"<p>{LONG_WORD} {shared_link_html(link, 'jobs', LONG_WORD)}</p>",
                progression={"steps": [step_item(LONG_WORD)]},
                training=None,
            ),
            strict=True,
        )
    ] + body()[3:4]
    page.save_revision()
    return int(page.pk)


@pytest.fixture
def visit_admin(visit: Visit, content: dict[str, Any]) -> Visit:
    """A function that opens a screen of the admin, logged in."""
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    session = client.cookies["sessionid"].value

    def visit_admin(path: str, *view: Any) -> Any:
        driver = visit("/")
        driver.add_cookie({"name": "sessionid", "value": session})
        return visit(path.format(**content), *view)

    return visit_admin


in_two_views = pytest.mark.parametrize(
    ("width", "theme"),
    [(PHONE, browser.DARK), (WIDE, browser.LIGHT)],
    ids=["phone-dark", "desk-light"],
)


@pytest.mark.parametrize("part", PARTS)
@in_two_views
def test_part_of_a_screen_is_accessible(
    visit_admin: Visit, axe: ModuleType, part: str, width: int, theme: browser.Theme
) -> None:
    path, selector = PARTS[part]
    driver = visit_admin(path, width, theme)
    findings = axe.check(driver, {"include": [[selector]]})
    assert not findings, axe.format_findings(findings)
    problems = layout.horizontal_scroll(driver)
    assert not problems, format_problems(problems)


@pytest.mark.parametrize("screen", SCREENS)
@in_two_views
def test_screen_is_accessible(
    visit_admin: Visit, axe: ModuleType, screen: str, width: int, theme: browser.Theme
) -> None:
    driver = visit_admin(SCREENS[screen], width, theme)
    assert "/login/" not in driver.current_url
    findings = axe.check(driver, {"exclude": WAGTAILS_OWN})
    assert not findings, axe.format_findings(findings)
    problems = layout.horizontal_scroll(driver)
    assert not problems, format_problems(problems)
