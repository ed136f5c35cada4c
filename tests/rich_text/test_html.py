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
    source = '<p><a linktype="page" id="1">Cook</a></p>'
    html = prose_html(source, targets, lambda page: "/a/", lambda page: "https://a.example/a/")
    assert html == '<p><a href="/a/" data-careers-print="https://a.example/a/">Cook</a></p>'
    assert prose_html(source, targets, lambda page: "/a/") == '<p><a href="/a/">Cook</a></p>'


def test_direction_is_compared_with_that_of_the_language() -> None:
    for language, marked in (("en", "<p>Yes</p>"), ("ar", '<p dir="auto">Yes</p>')):
        with translation.override(language):
            assert prose_html("<p>Yes</p>", NOTHING, lambda page: None) == marked
