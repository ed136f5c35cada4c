"""axe finds nothing on the screens of links and reports, and their lists fit on a phone."""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.a11y.conftest import Visit
from tests.a11y.views import NARROW, in_each_theme
from tests.factories import RolePageFactory, SharedLinkFactory, body, link_item, shared_link_html
from wagtail_careers.choices import PageOutcome, Verdict
from wagtail_careers.links import replacements
from wagtail_careers.models import CachePurge, ImportRecord, LinkCheck
from wagtail_careers.testing.browser import Theme, console_errors

pytestmark = [pytest.mark.a11y, pytest.mark.django_db]

#: What Wagtail puts around the results of any list that is narrowed down, how it does it, and its
#: notices, in which axe does not see the colours that are forced.
WAGTAILS_OWN = [["h2[role=alert]"], [".w-slim-header-action-button"], [".help-block"]]
#: The parts of forms that are the package's own.
OWN_PARTS = {"link": "[id*=pages_that_use_this_link]", "role": ".snippet-chooser"}
#: The lists that are wider than the screen, whether they are cut off or scroll sideways.
TOO_WIDE = """
return [...document.querySelectorAll('main .listing')]
  .filter((list) => list.getBoundingClientRect().right > innerWidth)
  .map((list) => list.className);
"""
#: The values of a row in a list, each as readers of a narrow screen see it: with its label.
LABELLED = """
return [...document.querySelector('main .listing tbody tr').cells].map((cell) =>
  getComputedStyle(cell, '::before').content.replaceAll('"', '').replace('none', ''));
"""
#: Puts new results in place of the old ones, as a search does.
SEARCHED = """
const results = document.getElementById('listing-results');
results.innerHTML = results.innerHTML.replaceAll('data-careers-label', 'data-other');
"""
SCREENS = [
    "links",
    "link",
    "replace",
    "change path",
    "usage",
    "replacements",
    "replacement",
    "health",
    "role",
    "imported roles",
    "cache purges",
]


@pytest.fixture(scope="module")
def screens(role_index: Any) -> dict[str, str]:
    """The path of each screen, with something of each kind on it."""
    user = get_user_model().objects.get(username="admin")
    link, new = (
        SharedLinkFactory(name=name, base_url=f"https://www.{name.lower()}.example/")
        for name in ("Old", "New")
    )
    items = [link_item(link, "gone"), link_item(SharedLinkFactory(name="Draft", live=False))]
    content = body(
        duties=shared_link_html(link, "jobs", "gone"), application_links={"links": items}
    )
    role = RolePageFactory(parent=role_index, slug="screens", title="Porter", body=content)
    role.save_revision().publish()
    for path, verdict, final_url in (
        ("gone", Verdict.GONE, ""),
        ("", Verdict.MOVED, "https://other.example/"),
    ):
        LinkCheck.objects.create(
            shared_link=link,
            deep_path=path,
            url=link.url_for(path),
            verdict=verdict,
            final_url=final_url,
            failing_days=3,
        )
    finished = replacements.replace_path(link, "gone", "gone", user=user)
    finished.pages.update(outcome=PageOutcome.LOCKED)
    replacements.replace_path(link, "gone", "new", user=None)
    ImportRecord.objects.create(
        key="1",
        source="export/posts/2018-08-06-porter.md",
        source_title="Hospital porter",
        source_hash="x",
        page=role,
        flags=[
            {
                "code": "a",
                "message": "Not an address: http://old.example/2018/08/06/porter-2/apply-for-this-role/",
                "review": True,
            }
        ],
    )
    for attempts, due_at in ((0, timezone.now()), (12, None)):
        CachePurge.objects.create(
            urls=["http://localhost/roles/a-role-with-a-long-address/"],
            attempts=attempts,
            due_at=due_at,
            error="Couldn't purge from HTTP cache. URLError: Connection refused"
            if attempts
            else "",
        )
    link.base_url = "https://www.changed.example/"
    link.save_revision()
    name = "careers_shared_links"
    return {
        "links": reverse(f"{name}:list"),
        "link": reverse(f"{name}:edit", args=[link.pk]),
        "replace": f"{reverse(f'{name}:replace', args=[link.pk])}?new={new.pk}",
        "change path": f"{reverse(f'{name}:change_path', args=[link.pk])}?path=gone",
        "usage": f"{reverse(f'{name}:usage', args=[link.pk])}?path=gone",
        "replacements": reverse("careers_replacements"),
        "replacement": reverse(f"{name}:replacement", args=[finished.pk]),
        "health": reverse("careers_link_health:index"),
        "role": reverse("wagtailadmin_pages:edit", args=[role.pk]),
        "imported roles": reverse("wagtail_careers_imported_roles"),
        "cache purges": reverse("careers_cache_purges:index"),
    }


@pytest.fixture
def logged_in(screens: dict[str, str], visit: Visit) -> Iterator[Any]:
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    driver = visit("/")
    name = settings.SESSION_COOKIE_NAME
    driver.add_cookie({"name": name, "value": client.cookies[name].value})
    yield driver
    driver.delete_all_cookies()
    # The form of a role would go on saving itself.
    driver.execute_script("navigator.sendBeacon = () => true")
    driver.get("about:blank")


@in_each_theme
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_no_list_is_wider_than_a_phone(
    axe: ModuleType,
    logged_in: Any,
    visit: Visit,
    screens: dict[str, str],
    screen: str,
    theme: Theme,
) -> None:
    driver = visit(screens[screen], NARROW, theme)
    part = OWN_PARTS.get(screen, "main")
    findings = axe.check(driver, {"include": [[part]], "exclude": WAGTAILS_OWN})
    assert not findings, axe.format_findings(findings)
    assert driver.execute_script(TOO_WIDE) == []
    assert console_errors(driver) == []


def test_values_of_a_list_have_their_labels_on_a_phone(
    logged_in: Any, visit: Visit, screens: dict[str, str]
) -> None:
    labels = ["", "Notes", "Source", "State", "Live", "Imported"]
    driver = visit(screens["imported roles"], NARROW)
    assert driver.execute_script(LABELLED) == labels
    driver.execute_script(SEARCHED)
    assert driver.execute_script(LABELLED) == labels


def test_empty_values_of_a_list_take_no_room_on_a_phone(
    logged_in: Any, visit: Visit, screens: dict[str, str]
) -> None:
    driver = visit(screens["cache purges"], NARROW)
    errors = driver.execute_script(
        "return [...document.querySelectorAll('main .listing td:nth-child(2)')].map((cell) =>"
        " [cell.innerText.trim() === '', cell.offsetHeight === 0])"
    )
    assert sorted(errors) == [[False, False], [True, True]]
