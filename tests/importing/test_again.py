"""Importing again: nothing happens twice, and no editor's work is lost."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision

from tests.importing.conftest import Result
from tests.importing.posts import changed, content, export, item, write_post
from wagtail_careers.choices import ImportState
from wagtail_careers.models import ImportRecord, SharedLink
from wagtail_careers.pages.models import RolePage

Import = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "posts"


def sections(page: Any) -> dict[str, str]:
    return {
        child["type"]: child["value"].get("prose") or child["value"].get("introduction")
        for child in page.get_latest_revision_as_object().body.raw_data
    }


def edit(page: RolePage, section: str, prose: str, *, publish: bool = False) -> None:
    """Change a section as an editor does, whose form writes rich text in its own way."""
    draft = page.get_latest_revision_as_object()
    raw = [dict(child) for child in draft.body.raw_data]
    for child in raw:
        if child["type"] == section:
            child["value"] = {**child["value"], "prose": prose}
        elif child["value"].get("prose"):
            told = child["value"]["prose"].replace("<p>", '<p data-block-key="a1b2c">')
            child["value"] = {**child["value"], "prose": told}
    draft.body = raw
    revision = draft.save_revision()
    if publish:
        revision.publish()


def revisions() -> int:
    return Revision.objects.count()


@pytest.mark.parametrize("publish", [False, True])
def test_twice_is_once(import_roles: Import, folder: Path, publish: bool) -> None:
    for number in range(3):
        write_post(folder, number, f"Role {number}")
    assert import_roles(folder, publish=publish).summary == {"created": 3}
    before = revisions(), RolePage.objects.count(), SharedLink.objects.count()
    assert import_roles(folder, publish=publish).summary == {"unchanged": 3}
    assert (revisions(), RolePage.objects.count(), SharedLink.objects.count()) == before
    assert {page.live for page in RolePage.objects.all()} == {publish}


def test_what_is_unchanged_costs_one_query(import_roles: Import, folder: Path) -> None:
    def queries() -> int:
        import_roles(folder)
        with CaptureQueriesContext(connection) as context:
            result = import_roles(folder, dry_run=True)
        assert result.summary == {"unchanged": len(list(folder.iterdir()))}
        return len(context)

    write_post(folder, 1, "Role 1")
    one = queries()
    for number in range(2, 8):
        write_post(folder, number, f"Role {number}")
    assert queries() == one + 6


def test_a_later_run_publishes_what_an_earlier_one_left_as_drafts(
    import_roles: Import, folder: Path
) -> None:
    write_post(folder)
    import_roles(folder)
    before = revisions()
    assert import_roles(folder, publish=True).summary == {"updated": 1}
    assert RolePage.objects.get().live
    assert SharedLink.objects.get().live
    assert revisions() == before
    assert import_roles(folder, publish=True).summary == {"unchanged": 1}


def test_a_draft_that_somebody_has_edited_is_left_to_them(
    import_roles: Import, folder: Path
) -> None:
    write_post(folder)
    import_roles(folder)
    edit(RolePage.objects.get(), "duties", "<p>Not finished.</p>")
    assert import_roles(folder, publish=True).summary == {"unchanged": 1}
    assert not RolePage.objects.get().live


def test_what_is_incomplete_is_published_when_it_is_complete(
    import_roles: Import, folder: Path, tmp_path: Path
) -> None:
    html = "Intro<h2>What will I be doing?</h2>Work."
    write_post(folder, html=html)
    result = import_roles(folder, publish=True)
    assert result.summary == {"created": 1, "needs_review": 1}
    told = tmp_path / "map.toml"
    told.write_text('[posts.1]\ncategory = "careers"')
    assert import_roles(folder, publish=True, map=told).summary == {"updated": 1}
    assert RolePage.objects.get().live


def test_a_page_that_was_taken_offline_stays_so(import_roles: Import, folder: Path) -> None:
    write_post(folder)
    import_roles(folder, publish=True)
    RolePage.objects.get().unpublish()
    assert import_roles(folder, publish=True).summary == {"unchanged": 1}
    assert not RolePage.objects.get().live


def test_a_change_of_the_source_becomes_a_draft(import_roles: Import, folder: Path) -> None:
    write_post(folder)
    import_roles(folder, publish=True)
    write_post(folder, html=content(changed(**{"what will": "You run."})))
    assert import_roles(folder).summary == {"updated": 1}
    page = RolePage.objects.get()
    assert "You run." not in page.body.render_as_block()
    assert sections(page)["duties"] == "<p>You run.</p>"
    assert page.has_unpublished_changes


def test_a_change_of_the_source_is_published_if_nobody_edited(
    import_roles: Import, folder: Path
) -> None:
    write_post(folder)
    import_roles(folder, publish=True)
    write_post(folder, html=content() + "<h2>Pay</h2>Good.", title="Head porter")
    assert import_roles(folder, publish=True).summary == {"updated": 1}
    page = RolePage.objects.get()
    assert page.live
    assert not page.has_unpublished_changes
    assert (page.title, page.slug) == ("Head porter", "porter")
    assert [child["value"].get("title") for child in page.body.raw_data][-1] == "Pay"


def test_an_edit_of_another_section_is_kept(import_roles: Import, folder: Path) -> None:
    write_post(folder)
    import_roles(folder, publish=True)
    edit(RolePage.objects.get(), "training", "<p>An editor’s words.</p>", publish=True)
    write_post(folder, html=content().replace("You move beds.", "You move chairs."))
    result = import_roles(folder, publish=True)
    assert result.summary == {"updated": 1}
    page = RolePage.objects.get()
    assert sections(page)["training"] == "<p>An editor’s words.</p>"
    assert "You move chairs." in sections(page)["duties"]
    # Somebody edited it, so somebody decides when this goes live.
    assert page.has_unpublished_changes
    assert "You move beds." in page.body.render_as_block()
    kept = [entry for entry in result.post(1)["account"] if "dropped" in entry]
    assert [entry["words"] for entry in kept][-1] == "You get an induction."
    assert "editor" in kept[-1]["dropped"]


def test_a_section_that_both_changed_is_a_conflict(import_roles: Import, folder: Path) -> None:
    write_post(folder)
    import_roles(folder, publish=True)
    edit(RolePage.objects.get(), "duties", "<p>You do what editors say.</p>")
    write_post(folder, html=content().replace("You move beds.", "You move chairs."))
    result = import_roles(folder, publish=True)
    assert result.summary == {"conflict": 1, "needs_review": 1}
    assert result.code == 0
    page = RolePage.objects.get()
    assert sections(page)["duties"] == "<p>You do what editors say.</p>"
    (conflict,) = result.post(1)["conflicts"]
    assert conflict["section"] == "duties"
    assert "You move chairs." in conflict["source"]["value"]["prose"]
    record = ImportRecord.objects.get()
    assert (record.state, record.needs_review) == (ImportState.CONFLICT, True)
    assert record.source_notes == [
        {"title": "What will I be doing?", "text": "You move chairs. You talk to patients."}
    ]
    before = revisions()
    assert import_roles(folder, publish=True).summary == {"conflict": 1, "needs_review": 1}
    assert revisions() == before


def test_a_conflict_that_an_editor_has_settled_clears(import_roles: Import, folder: Path) -> None:
    write_post(folder)
    import_roles(folder)
    edit(RolePage.objects.get(), "duties", "<p>You do what editors say.</p>")
    write_post(folder, html=content(changed(**{"what will": "You run."})))
    import_roles(folder)
    edit(RolePage.objects.get(), "duties", "<p>You run.</p>")
    before = revisions()
    assert import_roles(folder).summary == {"unchanged": 1}
    record = ImportRecord.objects.get()
    assert (record.state, record.needs_review) == (ImportState.COMPLETE, False)
    assert record.source_notes == []
    assert "conflict" not in [flag["code"] for flag in record.flags]
    assert revisions() == before


def test_a_conflict_that_the_source_has_settled_clears(import_roles: Import, folder: Path) -> None:
    write_post(folder)
    import_roles(folder)
    edit(RolePage.objects.get(), "duties", "<p>You run.</p>")
    write_post(folder, html=content(changed(**{"what will": "You walk."})))
    assert import_roles(folder).summary["conflict"] == 1
    write_post(folder, html=content(changed(**{"what will": "You run."})))
    assert import_roles(folder).summary == {"unchanged": 1}
    assert ImportRecord.objects.get().state == ImportState.COMPLETE


def in_order(page: RolePage) -> list[str]:
    draft = page.get_latest_revision_as_object()
    return [child["value"].get("title") or child["type"] for child in draft.body.raw_data]


def move(page: RolePage, section: str, position: int) -> None:
    draft = page.get_latest_revision_as_object()
    raw = list(draft.body.raw_data)
    raw.insert(position, raw.pop([child["type"] for child in raw].index(section)))
    draft.body = raw
    draft.save_revision()


def test_a_new_order_of_the_source_is_taken(import_roles: Import, folder: Path) -> None:
    write_post(folder)
    import_roles(folder)
    edit(RolePage.objects.get(), "training", "<p>An editor’s words.</p>")
    turned = dict(reversed(changed().items()))
    write_post(folder, html=content(turned))
    assert import_roles(folder).summary == {"updated": 1}
    page = RolePage.objects.get()
    assert in_order(page) == ["heading", *turned]
    assert sections(page)["training"] == "<p>An editor’s words.</p>"
    assert import_roles(folder).summary == {"unchanged": 1}


def test_an_order_that_both_changed_is_named(import_roles: Import, folder: Path) -> None:
    write_post(folder)
    import_roles(folder)
    move(RolePage.objects.get(), "training", 1)
    before = in_order(RolePage.objects.get())
    write_post(folder, html=content(dict(reversed(changed().items()))))
    result = import_roles(folder)
    assert [flag["code"] for flag in result.post(1)["flags"] if flag["review"]] == ["order"]
    assert in_order(RolePage.objects.get()) == before
    write_post(folder, html=content(dict(reversed(changed(training="A day.").items()))))
    result = import_roles(folder)
    assert [flag["code"] for flag in result.post(1)["flags"] if flag["review"]] == ["order"]


def test_a_heading_that_the_map_explains_keeps_the_editor_s_words(
    import_roles: Import, folder: Path, tmp_path: Path
) -> None:
    html = content({"About you": "You are kind.", "Uniform": "We wash it."})
    write_post(folder, html=html)
    import_roles(folder)
    edit(RolePage.objects.get(), "text", "<p>We wash it twice.</p>")
    told = tmp_path / "map.toml"
    told.write_text('[phrases]\napplication_links = ["Uniform"]\n')
    assert import_roles(folder, map=told).summary == {"updated": 1}
    found = sections(RolePage.objects.get())
    assert list(found) == ["heading", "person_spec", "application_links"]
    assert found["application_links"] == "<p>We wash it twice.</p>"


def test_a_conflict_stays_noted_until_it_is_settled(import_roles: Import, folder: Path) -> None:
    write_post(folder)
    import_roles(folder)
    edit(RolePage.objects.get(), "duties", "<p>You do what editors say.</p>")
    write_post(folder, html=content(changed(**{"what will": "You run."})))
    import_roles(folder)
    noted = [{"title": "What will I be doing?", "text": "You run."}]

    write_post(folder, html=content(changed(**{"what will": "You run.", "training": "A day."})))
    assert import_roles(folder).summary == {"conflict": 1, "needs_review": 1}
    record = ImportRecord.objects.get()
    assert (record.state, record.source_notes) == (ImportState.CONFLICT, noted)

    edit(RolePage.objects.get(), "duties", "<p>You run.</p>")
    write_post(folder, html=content(changed(**{"what will": "You run.", "training": "A week."})))
    assert import_roles(folder).summary == {"updated": 1}
    assert ImportRecord.objects.get().source_notes == []


def test_a_section_that_the_source_took_away_stays_noted_while_the_page_has_it(
    import_roles: Import, folder: Path
) -> None:
    write_post(folder, html=content() + "<h2>Pay</h2>Good.")
    import_roles(folder)
    edit(RolePage.objects.get(), "text", "<p>Very good.</p>")
    write_post(folder)
    import_roles(folder)
    write_post(folder, html=content(changed(training="A day.")))
    import_roles(folder)
    noted = [{"title": "Pay", "text": "The section was removed."}]
    assert ImportRecord.objects.get().source_notes == noted

    draft = RolePage.objects.get().get_latest_revision_as_object()
    draft.body = [child for child in draft.body.raw_data if child["type"] != "text"]
    draft.save_revision()
    write_post(folder, html=content(changed(training="A week.")))
    assert import_roles(folder).summary == {"updated": 1}
    assert ImportRecord.objects.get().source_notes == []


def test_a_title_that_lost_to_an_editor_stays_noted(import_roles: Import, folder: Path) -> None:
    write_post(folder)
    import_roles(folder)
    page = RolePage.objects.get().get_latest_revision_as_object()
    page.title = "Senior porter"
    page.save_revision()
    write_post(folder, title="Head porter")
    import_roles(folder)
    write_post(folder, title="Head porter", html=content(changed(training="A day.")))
    import_roles(folder)
    assert ImportRecord.objects.get().source_notes == [{"title": "Title", "text": "Head porter"}]


def test_a_title_that_both_changed_is_a_conflict(import_roles: Import, folder: Path) -> None:
    write_post(folder)
    import_roles(folder, publish=True)
    page = RolePage.objects.get()
    page.title = "Senior porter"
    page.save_revision().publish()
    write_post(folder, title="Head porter & more")
    assert import_roles(folder, publish=True).summary["conflict"] == 1
    assert RolePage.objects.get().title == "Senior porter"
    (note,) = ImportRecord.objects.get().source_notes
    assert note == {"title": "Title", "text": "Head porter & more"}


def test_an_editor_who_made_the_same_change_is_no_conflict(
    import_roles: Import, folder: Path
) -> None:
    write_post(folder)
    import_roles(folder)
    edit(RolePage.objects.get(), "training", "<p>You get a day.</p>")
    before = revisions()
    write_post(folder, html=content().replace("You get an induction.", "You get a day."))
    assert import_roles(folder).summary == {"unchanged": 1}
    assert revisions() == before


def test_a_draft_that_is_newer_than_the_live_page_is_built_on(
    import_roles: Import, folder: Path
) -> None:
    write_post(folder)
    import_roles(folder, publish=True)
    edit(RolePage.objects.get(), "training", "<p>Not live yet.</p>")
    write_post(folder, html=content().replace("You move beds.", "You move chairs."))
    import_roles(folder, publish=True)
    page = RolePage.objects.get()
    assert sections(page)["training"] == "<p>Not live yet.</p>"
    assert "Not live yet." not in page.body.render_as_block()


def test_a_locked_page_is_left_alone(import_roles: Import, folder: Path) -> None:
    write_post(folder)
    import_roles(folder)
    RolePage.objects.update(locked=True)
    write_post(folder, html=content().replace("You move beds.", "You move chairs."))
    before = revisions()
    assert import_roles(folder).post(1)["flags"][-1]["code"] == "locked"
    assert revisions() == before
    RolePage.objects.update(locked=False)
    assert import_roles(folder).summary == {"updated": 1}


def test_a_page_that_was_deleted_stays_so_unless_it_is_wanted_again(
    import_roles: Import, folder: Path, tmp_path: Path
) -> None:
    write_post(folder)
    import_roles(folder)
    RolePage.objects.get().delete()
    result = import_roles(folder)
    assert result.summary == {"skipped": 1}
    assert "again = true" in result.post(1)["message"]
    told = tmp_path / "map.toml"
    told.write_text("[posts.1]\nagain = true\n")
    assert import_roles(folder, map=told).summary == {"created": 1}
    assert import_roles(folder, map=told).summary == {"unchanged": 1}


@pytest.mark.parametrize("slug", ["hello-world", "something-else"])
def test_the_post_of_another_site_with_the_same_id_overwrites_nothing(
    import_roles: Import, folder: Path, slug: str
) -> None:
    write_post(folder, slug="hello-world")
    import_roles(folder)
    write_post(folder, title="Something else", post_date="2011-01-18 07:40:14", slug=slug)
    result = import_roles(folder)
    assert (result.code, result.summary["created"]) == (0, 1)
    assert {page.title for page in RolePage.objects.all()} == {"Porter", "Something else"}


def test_a_post_that_was_a_draft_may_be_published_with_another_title_and_date(
    import_roles: Import, folder: Path
) -> None:
    write_post(folder, title="Porter draft", published=False, permalink="http://old.example/?p=1")
    import_roles(folder)
    write_post(folder, post_date="2018-09-01 08:00:00")
    assert import_roles(folder, publish=True).summary == {"updated": 1}
    page = RolePage.objects.get()
    assert (page.title, page.live) == ("Porter", True)
    # It is a public post by now, so the rule holds again.
    write_post(folder, title="Something else", post_date="2011-01-18 07:40:14")
    assert import_roles(folder).summary["created"] == 1
    assert RolePage.objects.get(pk=page.pk).title == "Porter"


def test_a_dry_run_says_what_would_happen_and_writes_nothing(
    import_roles: Import, folder: Path
) -> None:
    write_post(folder, 1, "One")
    write_post(folder, 2, "Two")
    assert import_roles(folder, dry_run=True).summary == {"created": 2}
    assert not RolePage.objects.exists()
    assert not SharedLink.objects.exists()
    import_roles(folder)
    edit(RolePage.objects.get(title="Two"), "duties", "<p>Edited.</p>")
    for number, title in ((1, "One"), (2, "Two")):
        html = content().replace("You move beds.", "You move chairs.")
        write_post(folder, number, title, html=html)
    with CaptureQueriesContext(connection) as queries:
        result = import_roles(folder, dry_run=True)
    assert result.summary["updated"] == 1
    assert result.summary["conflict"] == 1
    writing = ("INSERT", "UPDATE", "DELETE")
    assert not [each["sql"] for each in queries if each["sql"].startswith(writing)]
    assert "Two" in result.output


def test_what_an_editor_took_offline_stays_offline(import_roles: Import, folder: Path) -> None:
    write_post(folder)
    import_roles(folder, publish=True)
    RolePage.objects.get().unpublish()
    html = content(changed(**{"what will": "You move chairs."}))
    write_post(folder, html=html)
    assert import_roles(folder, publish=True).summary["updated"] == 1
    page = RolePage.objects.get()
    assert not page.live
    assert "chairs" in sections(page)["duties"]


def test_a_shared_link_that_an_editor_changed_is_still_the_one(
    import_roles: Import, folder: Path
) -> None:
    write_post(folder)
    import_roles(folder, publish=True)
    link = SharedLink.objects.get()
    link.base_url = "https://new-jobs.example/"
    link.save_revision().publish()
    before = sections(RolePage.objects.get())["application_links"]
    html = content(changed(**{"what will": "You move chairs."}))
    write_post(folder, html=html)
    assert import_roles(folder, publish=True).summary == {"updated": 1}
    assert SharedLink.objects.get() == link
    assert sections(RolePage.objects.get())["application_links"] == before


def test_two_posts_with_one_id_and_no_address_are_two_pages(
    import_roles: Import, folder: Path
) -> None:
    bare = {"permalink": None, "post_date": None}
    import_roles(write_post(folder / "a", 5, "Alpha work", **bare), publish=True)
    import_roles(write_post(folder / "b", 5, "Beta work", **bare), publish=True)
    titles = RolePage.objects.order_by("title").values_list("title", flat=True)
    assert list(titles) == ["Alpha work", "Beta work"]


def test_a_date_that_cannot_be_read_keeps_the_page_a_draft(
    import_roles: Import, folder: Path
) -> None:
    for _time in "once", "again":
        result = import_roles(write_post(folder, post_date="5. Januar 2018"), publish=True)
        assert "date_unread" in [flag["code"] for flag in result.post(1)["flags"]]
        assert not RolePage.objects.get().live
    for _time in "corrected", "published":
        import_roles(write_post(folder, post_date="2018-01-05"), publish=True)
    page = RolePage.objects.get()
    assert page.live
    assert page.first_published_at.date() == date(2018, 1, 5)


def test_a_post_that_becomes_public_keeps_its_date(import_roles: Import, folder: Path) -> None:
    import_roles(write_post(folder, published=False), publish=True)
    import_roles(write_post(folder, html=content(changed(training="A day."))), publish=True)
    page = RolePage.objects.get()
    assert page.live
    assert page.first_published_at.date() == date(2018, 8, 6)


def test_a_date_of_an_export_that_cannot_be_read_does_too(
    import_roles: Import, tmp_path: Path
) -> None:
    dates = {"wp:post_date": "05/01/2018 09:30", "wp:post_date_gmt": ""}
    source = tmp_path / "export.xml"
    source.write_text(export([item(**dates)]), encoding="utf-8")
    flags = import_roles(source, publish=True).post(1)["flags"]
    assert {"date": "05/01/2018 09:30"} in [flag["parameters"] for flag in flags]
    assert not RolePage.objects.get().live
