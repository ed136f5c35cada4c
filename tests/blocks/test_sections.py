from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils.functional import Promise

from tests.blocks.cleaning import BODY, problems, stream
from tests.factories import (
    DEFAULT_TITLES,
    SECTIONS,
    SharedLinkFactory,
    body,
    child,
    link_item,
    shared_link_html,
    step_item,
)


def section(name: str, given: Any) -> Any:
    """The value of one section."""
    (value,) = [part.value for part in stream(body(**{name: given})) if part.block_type == name]
    return value


def soup(name: str, given: Any) -> BeautifulSoup:
    """One section as it is rendered within its ``<section>``."""
    rendered = BODY.child_blocks[name].render(section(name, given))
    return BeautifulSoup(rendered, "html.parser")


class TestHeadingOfASection:
    @pytest.mark.parametrize("name", SECTIONS[1:])
    def test_is_the_title_or_else_the_default(self, name: str) -> None:
        assert section(name, {"title": "My own"}).heading == "My own"
        assert section(name, {"title": ""}).heading == str(DEFAULT_TITLES[name])
        assert section(name, {"title": None}).heading == str(DEFAULT_TITLES[name])

    def test_of_a_text_is_its_title_and_is_never_empty_in_a_draft(self) -> None:
        assert section("text", {"title": "A day"}).heading == "A day"
        assert section("text", {"title": ""}).heading == "Text"

    def test_may_have_a_hundred_characters(self) -> None:
        BODY.clean(stream(body(duties={"title": "x" * 100})))
        found = problems(BODY, stream(body(duties={"title": "x" * 101})))
        assert list(found) == ["2.title"]


class TestBlocks:
    @pytest.mark.parametrize("name", [*SECTIONS, "text"])
    def test_has_all_that_the_menu_of_blocks_shows(self, name: str) -> None:
        block = BODY.child_blocks[name]
        assert block.label
        assert block.meta.icon not in ("", "placeholder")
        assert str(block.get_description()).endswith(".")
        assert block.is_previewable

    @pytest.mark.parametrize("name", [*SECTIONS, "text"])
    def test_helps_with_what_to_write(self, name: str) -> None:
        fields = BODY.child_blocks[name].child_blocks
        key = "introduction" if name == "heading" else "prose"
        if name != "text":
            assert str(fields[key].field.help_text).endswith(".")
        assert fields[key].label


class TestPersonSpec:
    def test_lists_the_traits_of_its_prose_once_each(self) -> None:
        prose = "<p><mark>Patience</mark>, <mark>team work</mark>, <mark>patience</mark></p>"
        rendered = soup("person_spec", prose)
        assert rendered.h3.text == "Traits for this role"
        assert [item.text for item in rendered.select(".careers-traits li")] == [
            "Patience",
            "team work",
        ]
        assert [mark.text for mark in rendered.select("mark.careers-trait")] == [
            *("Patience", "team work", "patience")
        ]

    def test_without_traits_has_no_list(self) -> None:
        assert not soup("person_spec", "<p>Kind people.</p>").select(".careers-traits, ul, h3")

    def test_shows_markup_in_a_trait_as_text(self) -> None:
        rendered = soup("person_spec", "<p><mark>&lt;script&gt;x&lt;/script&gt;</mark></p>")
        assert not rendered.select("script")
        assert rendered.select_one(".careers-traits li").text == "<script>x</script>"


class TestApplicationLinks:
    def test_links_alone_are_enough(self, db: None) -> None:
        link = SharedLinkFactory()
        links = {"prose": "", "links": [link_item(link)]}
        BODY.clean(stream(body(application_links=links)))

    def test_prose_alone_is_enough(self) -> None:
        BODY.clean(stream(body(application_links="<p>Write to us.</p>")))
        assert not soup("application_links", "<p>Write to us.</p>").select("ul")

    def test_keeps_the_order_of_the_links(self, db: None) -> None:
        links = SharedLinkFactory.create_batch(5)[::-1]
        rendered = soup("application_links", {"links": [link_item(link) for link in links]})
        assert [a.text for a in rendered.select("li a")] == [link.name for link in links]

    def test_links_in_prose_are_links(self, db: None) -> None:
        link = SharedLinkFactory(base_url="https://jobs.example/")
        prose = f"<p>{shared_link_html(link, 'their jobs', 'nursing')}</p>"
        (a,) = soup("application_links", prose).select("a")
        assert (a["href"], a.text) == ("https://jobs.example/nursing", "their jobs")


class TestProgression:
    def test_steps_alone_are_enough(self) -> None:
        steps = {"prose": "", "steps": [step_item(title="Nurse")]}
        BODY.clean(stream(body(progression=steps)))

    def test_is_an_ordered_list_in_the_editors_order(self) -> None:
        steps = [step_item(title=title) for title in ("Nurse", "Ward manager", "Matron")]
        rendered = soup("progression", {"steps": steps})
        titles = rendered.select("ol > li .careers-steps__title")
        assert [title.text for title in titles] == ["Nurse", "Ward manager", "Matron"]

    def test_prose_alone_has_no_list(self) -> None:
        assert not soup("progression", "<p>It depends.</p>").select("ol")


def test_default_titles_are_translated_when_they_are_read() -> None:
    assert all(
        isinstance(BODY.child_blocks[name].meta.default_title, Promise) for name in SECTIONS[1:]
    )
    assert section("duties", {"title": ""}).heading == "What would I be doing?"


def test_text_of_the_editors_own_shows_its_prose() -> None:
    rendered = soup("text", {"title": "A day", "prose": "<h3>Morning</h3><p>Tea.</p>"})
    assert rendered.h3.text == "Morning"
    assert rendered.p.text == "Tea."


@pytest.mark.parametrize("name", [*SECTIONS, "text"])
def test_section_with_nothing_in_it_renders_nothing_that_is_broken(name: str) -> None:
    block = BODY.child_blocks[name]
    rendered = BeautifulSoup(block.render(block.to_python({})), "html.parser")
    assert rendered.get_text(strip=True) == ""
    assert not rendered.select("a, li, ul, ol, h2, h3")


def test_children_that_lack_new_fields_get_their_defaults() -> None:
    value = stream([child("progression", {"steps": [child("item", {"title": "Nurse"})]})])
    step = value[0].value["steps"][0]
    assert step["relation"] == "next"
    assert not step["note"]
    assert step["page"] is None
