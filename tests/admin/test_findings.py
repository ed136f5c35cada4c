"""Findings in words, with the forms in which a user may act on them."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from tests.factories import RolePageFactory, SharedLinkFactory, TraitFactory, body, step_item
from wagtail_careers.admin.findings import Records, page_summary, summarise
from wagtail_careers.lint.places import Section
from wagtail_careers.lint.registry import all_rules
from wagtail_careers.lint.rule import Finding

RULES = all_rules()
DUTIES = Section(2, "Duties", "abc")


@pytest.fixture
def found(index: Any) -> list[Finding]:
    """A finding about each kind of record."""
    link = SharedLinkFactory(live=False)
    page = RolePageFactory(parent=index, live=False)
    TraitFactory(name="Kindness")
    return [
        Finding(RULES["link-never-published"], DUTIES, "jobs", name="NHS Jobs", link=link.pk),
        Finding(RULES["page-never-published"], DUTIES, "Nurse", name="Nurse", page=page.pk),
        Finding(RULES["trait-similar"], DUTIES, "kind", trait="Kindness"),
        Finding(RULES["trait-new"], DUTIES, "juggling"),
        Finding(RULES["trait-known"], DUTIES, "kindness", trait="Kindness"),
    ]


def labels(found: list[Finding], user: Any) -> list[str]:
    return [row.record_label for row in summarise(found, Records(found, user)).rows]


def user_of(client: Any) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def test_each_record_can_be_opened_by_those_who_may_edit_it(
    found: list[Finding], admin_user: User, client_of: Any, index: Any
) -> None:
    assert labels(found, admin_user) == ["Edit shared link", "Edit page", "Edit trait", ""]
    for permission, expected in {
        "change_sharedlink": ["Edit shared link", "", "", ""],
        "change_trait": ["", "", "Edit trait", ""],
    }.items():
        assert labels(found, user_of(client_of(permission))) == expected
    writer = user_of(client_of(pages=("change_page",), page=index))
    assert labels(found, writer) == ["", "Edit page", "", ""]
    assert labels(found, AnonymousUser()) == ["", "", "", ""]


def test_addresses_are_those_of_the_forms(found: list[Finding], admin_user: User) -> None:
    rows = summarise(found, Records(found, admin_user), "/admin/pages/9/edit/").rows
    assert [row.record_url.split("/")[2:4] for row in rows[:3]] == [
        ["careers", "shared-links"],
        ["pages", str(found[1].page)],
        ["careers", "traits"],
    ]
    assert {row.section_url for row in rows} == {"/admin/pages/9/edit/#block-abc-section"}


def test_section_that_was_never_saved_has_no_address_in_its_own_form(admin_user: User) -> None:
    found = [Finding(RULES["trait-new"], Section(0, "Duties", ""), "juggling")]
    (row,) = summarise(found, Records(found, admin_user)).rows
    assert row.section_url == ""


def test_known_traits_are_listed_and_do_not_count(found: list[Finding], admin_user: User) -> None:
    summary = summarise(found, Records(found, admin_user))
    assert summary.known_traits == ("kindness",)
    assert summary.text == "4 things to check before publication."
    assert summarise(found[-1:], Records(found, admin_user)).text == (
        "No problems with links, steps or traits. Required content is checked when you publish."
    )


def test_number_of_findings_makes_no_difference_to_queries(
    index: Any, admin_user: User, django_assert_max_num_queries: Any
) -> None:
    drafts = RolePageFactory.create_batch(12, parent=index, live=False)
    page = RolePageFactory(
        parent=index, body=body(progression={"steps": [step_item(page=each) for each in drafts]})
    )
    page.save_revision()
    page_summary(page, admin_user)
    with django_assert_max_num_queries(5):
        assert len(page_summary(page, admin_user).rows) == 12
