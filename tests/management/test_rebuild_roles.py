from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import (
    RoleCategoryFactory,
    SharedLinkFactory,
    body,
    shared_link_html,
    step_item,
)
from tests.management.plain_text import summary_of
from tests.testapp.models import StaffRolePage
from wagtail_careers import derived
from wagtail_careers.links.usage import usage_counts
from wagtail_careers.models import (
    LinkUse,
    PlainLinkUse,
    RoleCompleteness,
    RoleTrait,
    Step,
    Trait,
)
from wagtail_careers.pages.models import RolePage

BODY = body(
    heading="<p>You help.</p>",
    person_spec="<p><mark>patience</mark></p>",
    progression={"steps": [step_item(title="Nurse")]},
)
PLAIN = '<p><a href="https://www.nhs.uk/">NHS</a></p>'

#: The row for pages that are not roles: here, the home page and the index.
OTHERS = "Links recorded on other pages"


def rebuild_roles() -> tuple[int, dict[str, int], str]:
    """The exit code, the numbers of the summary table and what went to standard error."""
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("rebuild_roles", stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, summary_of(out.getvalue()), err.getvalue()


def test_brings_back_all_that_follows_from_what_is_published(publish_role: Any) -> None:
    page = publish_role(body=BODY)
    RoleTrait.objects.all().delete()
    Step.objects.all().delete()
    Trait.objects.all().delete()
    RolePage.objects.update(summary="wrong")
    code, numbers, errors = rebuild_roles()
    assert (code, errors) == (0, "")
    assert numbers == {
        "Rebuilt": 1,
        "Cleared because not live": 0,
        OTHERS: 2,
        "Findings recorded": 0,
        "Failed": 0,
    }
    assert RolePage.objects.get(pk=page.pk).summary == "You help."
    assert [row.trait.name for row in RoleTrait.objects.filter(page=page)] == ["patience"]
    assert [step.title for step in Step.objects.filter(page=page)] == ["Nurse"]


def test_notes_the_completeness_of_drafts(publish_role: Any) -> None:
    page = publish_role(body=BODY)
    page.body = body(duties="", training=None)
    page.save_revision()
    RoleCompleteness.objects.all().delete()
    rebuild_roles()
    row = RoleCompleteness.objects.get(page=page)
    assert (row.empty, row.unused) == (1, 1)


def test_notes_the_shared_links_of_drafts(publish_role: Any) -> None:
    link = SharedLinkFactory()
    page = publish_role(body=BODY)
    page.body = body(duties=shared_link_html(link, "x"))
    page.save_revision()
    LinkUse.objects.all().delete()
    rebuild_roles()
    assert usage_counts([link]) == {link.pk: 1}


def test_notes_the_links_of_all_pages_whose_text_can_have_shared_links(publish_role: Any) -> None:
    link = SharedLinkFactory()
    page = publish_role(body=body(duties=PLAIN))
    page.create_alias(parent=page.get_parent(), update_slug="alias")
    home = page.get_ancestors().last().get_parent().specific
    home.introduction = f"{PLAIN} {shared_link_html(link, 'x')}"
    home.save_revision()
    LinkUse.objects.all().delete()
    PlainLinkUse.objects.all().delete()
    rebuild_roles()
    assert {use.page_id for use in PlainLinkUse.objects.all()} == {page.pk, home.pk}
    assert usage_counts([link]) == {link.pk: 1}


def test_removes_what_belongs_to_pages_that_are_not_live(publish_role: Any) -> None:
    page = publish_role(body=BODY)
    RolePage.objects.filter(pk=page.pk).update(live=False)
    code, numbers, _errors = rebuild_roles()
    assert code == 0
    assert numbers == {
        "Rebuilt": 0,
        "Cleared because not live": 1,
        OTHERS: 2,
        "Findings recorded": 0,
        "Failed": 0,
    }
    assert RolePage.objects.get(pk=page.pk).summary == ""
    assert not RoleTrait.objects.exists()
    assert not Step.objects.exists()


def test_reads_the_live_version_rather_than_the_draft(publish_role: Any) -> None:
    page = publish_role(body=BODY)
    page.body = body(duties="<mark>wit</mark>")
    page.save_revision()
    rebuild_roles()
    assert [row.trait.name for row in RoleTrait.objects.all()] == ["patience"]


def test_covers_the_role_pages_of_the_sites_own_models(home: Any, publish_role: Any) -> None:
    publish_role(body=BODY)
    page = StaffRolePage(title="Own", category=RoleCategoryFactory(), body=BODY)
    home.add_child(instance=page)
    assert rebuild_roles()[1]["Rebuilt"] == 2
    assert RoleTrait.objects.filter(page=page).exists()


def test_running_it_again_changes_nothing(publish_role: Any) -> None:
    publish_role(body=BODY)
    rebuild_roles()
    before = (
        list(RoleTrait.objects.values_list("page", "trait", "sort_order")),
        list(Step.objects.values_list("page", "title", "relation")),
        list(Trait.objects.values_list("pk", "name")),
    )
    rebuild_roles()
    assert before == (
        list(RoleTrait.objects.values_list("page", "trait", "sort_order")),
        list(Step.objects.values_list("page", "title", "relation")),
        list(Trait.objects.values_list("pk", "name")),
    )


def test_page_that_cannot_be_read_is_reported_and_stops_no_other(
    publish_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = publish_role(slug="broken", body=BODY)
    publish_role(body=BODY)
    rebuild = derived.rebuild

    def failing(page: Any) -> None:
        if page.pk == broken.pk:
            raise KeyError("value")
        rebuild(page)

    monkeypatch.setattr(derived, "rebuild", failing)
    code, numbers, errors = rebuild_roles()
    assert code == 1
    assert numbers == {
        "Rebuilt": 1,
        "Cleared because not live": 0,
        OTHERS: 2,
        "Findings recorded": 0,
        "Failed": 1,
    }
    assert "/roles/broken/: KeyError" in errors
    assert "Traceback" not in errors


def test_site_without_roles_has_nothing_to_rebuild(home: Any) -> None:
    assert rebuild_roles() == (
        0,
        {
            "Rebuilt": 0,
            "Cleared because not live": 0,
            OTHERS: 1,
            "Findings recorded": 0,
            "Failed": 0,
        },
        "",
    )


def test_unknown_argument_is_an_error_of_use(db: None) -> None:
    with pytest.raises((CommandError, TypeError)):
        call_command("rebuild_roles", "--nonsense")


def test_shows_no_progress_bar_where_nobody_looks(publish_role: Any, capfd: Any) -> None:
    publish_role(body=BODY)
    rebuild_roles()
    assert capfd.readouterr().err == ""
