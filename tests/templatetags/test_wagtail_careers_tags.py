from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from wagtail.rich_text import RichText

from tests.factories import RolePageFactory, SharedLinkFactory, shared_link_html

TEMPLATE = Template("{% load wagtail_careers_tags %}{% prose text %}")


def prose(text: Any, request: Any = None) -> str:
    return TEMPLATE.render(Context({"text": text, "request": request}))


@pytest.mark.parametrize("wrap", [RichText, str])
def test_takes_the_value_of_a_block_and_that_of_a_field(wrap: Any) -> None:
    assert prose(wrap("<p>You <b>help</b>.</p>")) == "<p>You <b>help</b>.</p>"


@pytest.mark.parametrize("text", ["", RichText(""), RichText(None)])
def test_nothing_gives_nothing(text: Any) -> None:
    assert prose(text) == ""


def test_traits_are_highlighted() -> None:
    html = prose("<p><mark>patience</mark> and <mark>care</mark></p>")
    assert html == (
        '<p><mark class="careers-trait">patience</mark> and '
        '<mark class="careers-trait">care</mark></p>'
    )


def test_text_that_looks_like_markup_stays_text() -> None:
    text = "<p>&lt;mark&gt;x&lt;/mark&gt; &lt;a&gt;y&lt;/a&gt; &amp;amp;</p>"
    assert prose(text) == text


def test_live_links_are_links_and_dead_ones_are_text(index: Any) -> None:
    live = SharedLinkFactory(base_url="https://live.example/")
    dead = SharedLinkFactory(live=False)
    role = RolePageFactory(parent=index, slug="nurse")
    html = prose(
        f"<p>{shared_link_html(live, 'number one')} {shared_link_html(dead, '<b>two</b>')} "
        f'<a linktype="page" id="{role.pk}">number three</a> <a linktype="page" id="4040">four</a> '
        '<a href="https://five.example/">number five</a> '
        '<a href="mailto:six@a.example">number six</a> '
        '<a linktype="unknown" id="1">seven</a></p>'
    )
    assert html == (
        '<p><a href="https://live.example/">number one</a> <b>two</b> '
        '<a href="/roles/nurse/" data-careers-print="http://localhost/roles/nurse/">'
        "number three</a> four "
        '<a href="https://five.example/">number five</a> '
        '<a href="mailto:six@a.example" data-careers-print="six@a.example">number six</a> seven</p>'
    )


def test_dead_links_in_a_row_each_keep_their_text(db: None) -> None:
    html = f"<p>{shared_link_html(1, 'one')}{shared_link_html(2, 'two')}\n"
    html += f"{shared_link_html(3, 'three' + chr(10) + 'lines')}</p>"
    assert prose(html) == "<p>onetwo\nthree\nlines</p>"


def test_page_outside_every_site_is_text(db: None) -> None:
    page = RolePageFactory(parent=None)
    assert prose(f'<a linktype="page" id="{page.pk}">text</a>') == "text"


def test_page_links_without_a_request_work_too(index: Any) -> None:
    role = RolePageFactory(parent=index, slug="nurse")
    html = f'<a linktype="page" id="{role.pk}">x</a>'
    with_request = prose(html, RequestFactory().get("/"))
    assert prose(html) == with_request
    assert '<a href="/roles/nurse/"' in with_request


def test_address_is_escaped(db: None) -> None:
    link = SharedLinkFactory(base_url="https://a.example/?x=1&y='2'")
    html = prose(shared_link_html(link, "All jobs"))
    assert html == '<a href="https://a.example/?x=1&amp;y=&#x27;2&#x27;">All jobs</a>'


def test_many_links_cost_one_query_of_each_kind(index: Any, django_assert_num_queries: Any) -> None:
    links = SharedLinkFactory.create_batch(12)
    pages = RolePageFactory.create_batch(12, parent=index)
    html = "".join(shared_link_html(link, "x") for link in links)
    html += "".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in pages)
    assert prose(html).count("<a href=") == 24
    with django_assert_num_queries(2):
        prose(html)


def test_text_without_links_costs_no_query(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        prose("<p>You <mark>help</mark>.</p>")
