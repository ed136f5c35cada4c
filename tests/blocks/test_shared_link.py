from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from wagtail.blocks.base import BlockWidget
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Locale

from tests.blocks.cleaning import BODY, problems, stream
from tests.factories import SharedLinkFactory, body, child, link_item
from wagtail_careers.blocks import LinkBlock, SharedLinkChooserBlock
from wagtail_careers.models import SharedLink


@pytest.fixture
def link(db: None) -> SharedLink:
    return SharedLinkFactory(
        name="NHS Jobs",
        base_url="https://www.jobs.example/careers",
        purpose="vacancies",
        organisation="Jobs Ltd",
    )


def value_of(pk: int | None, path: str | None = "", note: str = "") -> Any:
    return LinkBlock().to_python({"shared_link": pk, "path": path, "note": note})


def section(*items: dict[str, Any], **context: Any) -> BeautifulSoup:
    """The section with these links."""
    value = stream(body(application_links={"prose": "", "links": list(items)}))[4].value
    html = BODY.child_blocks["application_links"].render(value, context)
    return BeautifulSoup(html, "html.parser")


def rendered(pk: int | None, path: str = "", note: str = "") -> BeautifulSoup:
    """The list that holds one link."""
    return section(child("item", {"shared_link": pk, "path": path, "note": note})).ul


def test_link_shows_name_purpose_site_organisation_and_note(link: SharedLink) -> None:
    item = rendered(link.pk, "nursing", "Search for “nurse”.").li
    assert item.a["href"] == "https://www.jobs.example/careers/nursing"
    assert item.a.text == "NHS Jobs"
    facts = item.select_one(".careers-links__facts").text
    assert facts == "Vacancies · jobs.example · Jobs Ltd"
    assert item.select_one(".careers-links__note").text == "Search for “nurse”."


def test_link_without_note_and_organisation_leaves_no_empty_places(db: None) -> None:
    item = rendered(SharedLinkFactory(base_url="https://a.example/").pk).li
    assert item.select_one(".careers-links__facts").text == "Information · a.example"
    assert not item.select(".careers-links__note")


def test_link_that_is_not_live_is_text(link: SharedLink) -> None:
    SharedLink.objects.update(live=False)
    item = rendered(link.pk, "nursing", "See there.").li
    assert not item.select("a")
    assert "NHS Jobs" in item.text
    assert "See there." in item.text
    assert "jobs.example" not in item.text


def test_link_that_was_never_published_leaves_nothing_of_its_entry(link: SharedLink) -> None:
    draft = SharedLinkFactory(name="Working name", live=False)
    links = [link_item(draft, "nursing", "See there."), link_item(link)]
    assert "Working" not in str(section(*links))
    assert [item.a.text for item in section(*links).select("li")] == ["NHS Jobs"]
    assert section(*links[:1]).ul is None, "no list without an entry"


def test_preview_shows_a_link_that_was_never_published_with_a_note(link: SharedLink) -> None:
    draft = SharedLinkFactory(name="Working name", live=False)
    request = SimpleNamespace(is_preview=True)
    (item,) = section(link_item(draft, note="See there."), request=request).select("li")
    assert item.get_text(" ", strip=True) == (
        "Working name Not published yet: readers do not see this link."
    )
    assert not item.select("a")


def test_link_that_code_made_live_counts_as_published(db: None) -> None:
    draft = SharedLinkFactory(live=False)
    draft.live = True
    draft.save(update_fields=["live"])
    draft.refresh_from_db()
    assert draft.first_published_at


def test_link_that_is_gone_leaves_its_note(link: SharedLink) -> None:
    pk = link.pk
    link.delete()
    item = rendered(pk, "nursing", "See there.").li
    assert item.get_text(strip=True) == "See there."
    assert not item.select("a")


def test_link_that_is_gone_and_has_no_note_leaves_nothing(db: None) -> None:
    assert rendered(4040) is None
    assert rendered(None) is None


@pytest.mark.parametrize("path", [5, {"a": 1}, ["a"], True])
def test_stored_path_that_is_not_text_is_none(link: SharedLink, path: Any) -> None:
    assert value_of(link.pk, path).url == "https://www.jobs.example/careers"
    assert value_of(link.pk, path)["path"] == ""


def test_stored_path_that_is_not_safe_leads_to_the_link_itself(link: SharedLink) -> None:
    assert value_of(link.pk, "//evil.example").url == "https://www.jobs.example/careers"
    assert value_of(link.pk, None).url == "https://www.jobs.example/careers"
    assert value_of(None, "nursing").url == ""


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("//evil.example", "Enter only the part of the address"),
        ("javascript:alert(1)", "Enter only the part of the address"),
        ("https://evil.example", "No shared link has this address"),
        ("https://www.jobs.example/careers/../x", "No shared link has this address"),
        ("a/../b", "Remove the “.” and “..” parts"),
        ("a b", "Remove spaces, backslashes"),
        ("x" * 501, "at most 500 characters"),
    ],
)
def test_hostile_path_is_refused_in_drafts_and_in_publishing(
    link: SharedLink, path: str, message: str
) -> None:
    block = LinkBlock()
    assert message in problems(block, value_of(link.pk, path))["path"]
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean_deferred(value_of(link.pk, path))
    assert message in str(caught.value.block_errors["path"])


PASTED = "http://jobs.example/careers/search?q=a&b=c#top"


def test_whole_address_is_reduced_to_the_path(link: SharedLink) -> None:
    for clean in (LinkBlock().clean, LinkBlock().clean_deferred):
        cleaned = clean(value_of(link.pk, PASTED, "note"))
        assert (cleaned["shared_link"], cleaned["path"]) == (link, "search?q=a&b=c#top")
        assert cleaned["note"] == "note"


def test_whole_address_of_another_link_chooses_that_link(link: SharedLink) -> None:
    for pk in (SharedLinkFactory().pk, None):
        cleaned = LinkBlock().clean(value_of(pk, PASTED, "Jobs."))
        assert (cleaned["shared_link"], cleaned["path"]) == (link, "search?q=a&b=c#top")
        assert cleaned.url == "https://www.jobs.example/careers/search?q=a&b=c#top"


def test_whole_address_is_looked_for_in_the_language_of_the_link(link: SharedLink) -> None:
    french = Locale.objects.create(language_code="fr")
    translated = SharedLinkFactory(base_url=link.base_url, locale=french)
    other = SharedLinkFactory(locale=french)
    assert LinkBlock().clean(value_of(other.pk, PASTED, "Jobs."))["shared_link"] == translated


def test_path_alone_costs_no_query(link: SharedLink, django_assert_num_queries: Any) -> None:
    value = value_of(link.pk, "a")
    _looked_up = value["shared_link"]
    with django_assert_num_queries(0):
        LinkBlock()._taken_apart(value)


@pytest.mark.parametrize(("path", "cleaned"), [(None, ""), ("", ""), (" /nursing/ ", "nursing/")])
def test_path_is_trimmed(link: SharedLink, path: str | None, cleaned: str) -> None:
    assert LinkBlock().clean(value_of(link.pk, path, "Jobs."))["path"] == cleaned


def test_many_chosen_links_cost_one_query(db: None, django_assert_num_queries: Any) -> None:
    links = SharedLinkFactory.create_batch(12)
    with django_assert_num_queries(1):
        found = SharedLinkChooserBlock().bulk_to_python([link.pk for link in links] + [None, 4040])
    assert found == [*links, None, None]


def test_chooser_chooses_shared_links(db: None) -> None:
    assert SharedLinkChooserBlock().target_model is SharedLink


def test_chooser_brings_the_script_that_shows_the_state_of_the_link(db: None) -> None:
    chooser = SharedLinkChooserBlock()
    html = chooser.widget.render_html("links-0", None, attrs={"id": "links-0"})
    chosen = BeautifulSoup(html, "html.parser").select_one(".chosen")
    (state,) = chosen.select("[data-controller=careers-link-state]")
    assert state["data-careers-link-state-input-value"] == "links-0"
    assert state["data-careers-link-state-url-value"].endswith("/resolve/")
    assert state.has_attr("hidden")
    assert "wagtail_careers/js/link-state.js" in str(BlockWidget(chooser).media)


def test_migrations_hold_wagtails_classes() -> None:
    fields = LinkBlock().child_blocks
    path, args, kwargs = fields["shared_link"].deconstruct()
    assert (path, args) == (
        "wagtail.snippets.blocks.SnippetChooserBlock",
        ("wagtail_careers.SharedLink",),
    )
    assert kwargs["label"] == "Shared link"
    path, args, kwargs = fields["path"].deconstruct()
    assert (path, args) == ("wagtail.blocks.CharBlock", ())
    assert kwargs["max_length"] == 500
