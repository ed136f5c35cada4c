"""What the HTML of rich text says to printers, and to readers of another script."""

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from wagtail_careers.rich_text.html import prose_html
from wagtail_careers.rich_text.targets import Ids, Targets

NOTHING = Targets(Ids())


def link(html: str) -> Any:
    return BeautifulSoup(prose_html(html, NOTHING, lambda page: None), "html.parser").a


@pytest.mark.parametrize(
    ("href", "printed"),
    [
        ("mailto:jobs@westmoor.example", "jobs@westmoor.example"),
        ("mailto:jobs@westmoor.example?subject=A&amp;body=B", "jobs@westmoor.example"),
        ("tel:01632960001", "01632960001"),
    ],
)
def test_address_behind_a_link_is_there_to_print(href: str, printed: str) -> None:
    found = link(f'<p><a href="{href}">Ask the <b>team</b></a></p>')
    assert found["data-careers-print"] == printed
    assert found.b.text == "team"


@pytest.mark.parametrize(
    ("href", "text"),
    [
        ("mailto:jobs@westmoor.example", "Jobs@Westmoor.example"),
        ("tel:01632960001", "Call 01632 960 001"),
        ("https://westmoor.example/", "Westmoor"),
    ],
)
def test_address_that_can_be_read_is_not_printed_twice(href: str, text: str) -> None:
    assert not link(f'<p><a href="{href}">{text}</a></p>').has_attr("data-careers-print")


def test_full_address_of_a_page_is_there_to_print() -> None:
    page = SimpleNamespace(live=True, translation_key="a", pk=1)
    targets = Targets(Ids(pages=frozenset({1})), pages={1: page})
    source = '<p><a linktype="page" id="1">Catering</a></p>'
    html = prose_html(source, targets, lambda page: "/a/", lambda page: "https://a.example/a/")
    assert html == '<p><a href="/a/" data-careers-print="https://a.example/a/">Catering</a></p>'
    assert prose_html(source, targets, lambda page: "/a/") == '<p><a href="/a/">Catering</a></p>'


@pytest.mark.parametrize(
    ("content", "is_short"),
    [
        ("A", True),
        ("<b>A</b>", True),
        ("A &amp; E", True),
        ("Porter\u200b", False),
        ("P\u200bor\u200bt", True),
        ("Porters", False),
        ("<b>Port</b>ers", False),
    ],
)
def test_link_of_few_characters_can_be_made_as_wide_as_a_target(
    content: str, is_short: bool
) -> None:
    found = link(f'<p><a href="/a/">{content}</a></p>')
    assert found.get("class") == (["careers-short-link"] if is_short else None)


def test_class_of_a_site_for_its_links_stays() -> None:
    html = prose_html('<p><a href="/a/" class="own">A</a></p>', NOTHING, lambda page: None)
    assert html.count("class=") == 1


def test_direction_is_compared_with_that_of_the_language() -> None:
    for language, marked in (("en", "<p>Yes</p>"), ("ar", '<p dir="auto">Yes</p>')):
        with translation.override(language):
            assert prose_html("<p>Yes</p>", NOTHING, lambda page: None) == marked
