"""Links in stored prose that browsers would run, and not go to: readers get their text."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from tests.admin.test_editor import edit_url
from tests.factories import body
from wagtail_careers.rich_text import PROSE_FEATURES
from wagtail_careers.rich_text.converter import ProseConverter
from wagtail_careers.rich_text.entities import without_unsafe_links

SPELLINGS = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "javascript://jobs.example/%0aalert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "&#106;avascript:alert(1)",
    "java&Tab;script:alert(1)",
    "javascript&colon;alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<b>x</b>",
    "file:///etc/passwd",
    "blob:https://a.example/1",
    "ftp://a.example/",
    "https://user:secret@a.example/",
    "https://@a.example/",
    "//user@a.example/",
    "/\\user@a.example/",
    "/\t/user@a.example/",
    "https:user@a.example/",
    "https://a.example\\@b.example/",
    "https://",
    "https://a b.example/",
    "https://[::1",
    "https://a.example:x/",
]
TAGS = [
    '<a href="{}">Apply</a>',
    "<a href='{}'>Apply</a>",
    '<A HREF="{}">Apply</A>',
    '<a title=">" href="{}">Apply</a>',
    '<a\nhref="{}" href="https://a.example/">Apply</a>',
    '<a class="x" href = "{}">Apply</a>',
]
ADDRESSES = [
    "https://a.example/?a=1&amp;b=2",
    "HTTP://a.example/",
    "https://a.example/@user",
    "https://a.example/my file.pdf?to=a@b.example",
    "http://intranet/",
    "//a.example/x",
    "/roles/",
    "roles/",
    "#pay",
    "?page=2",
    "mailto:jobs@a.example",
    "tel:+4401",
]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("address", SPELLINGS)
def test_link_that_is_no_address_is_text(address: str, tag: str) -> None:
    html = f"<p>Now {tag.format(address)} &amp; <b>wait</b>.</p>"
    soup = BeautifulSoup(without_unsafe_links(html), "html.parser")
    assert not soup.select("[href]")
    assert soup.get_text() == "Now Apply & wait."
    assert soup.b


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_any_other_text_stays_to_the_letter(address: str, tag: str) -> None:
    html = f"<p>Now {tag.format(address)} &amp; what href means.</p>"
    assert without_unsafe_links(html) == html


def test_the_others_of_the_text_stay_links() -> None:
    html = '<p><a href="https://a.example/">A</a> <a href="javascript:x()"><i>B</i></a></p>'
    assert without_unsafe_links(html) == '<p><a href="https://a.example/">A</a> <i>B</i></p>'


@pytest.mark.parametrize(
    "html",
    [
        '<p>Now <a href="javascript:x()"></a></p>',
        '<p>Now <a title="Apply" href="javascript:x()"></a></p>',
        '<p>Now <map><area href="javascript:x()"></map></p>',
        '<p>Now <!-- <a href="/ --><a href=javascript:x() id="">Apply</a></p>',
        """<p>Now <b title='<a href="/'></b><a href=javascript:x() id="">Apply</a></p>""",
        """<p>Now <a title='<a href="/'href=javascript:x()//"'>Apply</a></p>""",
        '<p>Now <a title="<a href="/href=javascript:x()//">Apply</a></p>',
    ],
)
def test_link_without_text_or_after_what_looks_like_another_has_no_address(html: str) -> None:
    soup = BeautifulSoup(without_unsafe_links(html), "html.parser")
    assert not soup.select("a[href], area")
    assert "Now" in soup.get_text()


@pytest.mark.parametrize("address", SPELLINGS)
def test_readers_get_the_text(client: Client, publish_role: Any, address: str) -> None:
    page = publish_role(body=body(duties=f'<p><a href="{address}">Apply</a> now</p>'))
    soup = BeautifulSoup(client.get(page.get_url()).content, "html.parser")
    (paragraph,) = [each for each in soup.select("main p") if "now" in each.get_text()]
    assert paragraph.get_text() == "Apply now"
    assert not paragraph.find("a")


@pytest.mark.parametrize("address", SPELLINGS)
def test_the_editor_gets_the_text(address: str) -> None:
    html = f'<p><a href="{address}">Apply</a> now</p>'
    for converter in (ProseConverter(PROSE_FEATURES), ContentstateConverter(PROSE_FEATURES)):
        again = converter.to_database_format(converter.from_database_format(html))
        assert "script:" not in again.lower()
    state = ProseConverter(PROSE_FEATURES).from_database_format(html)
    assert '"entityMap": {}' in state
    assert "Apply now" in state


def test_the_form_opens_without_the_address(admin_client: Client, publish_role: Any) -> None:
    page = publish_role(body=body(duties='<p><a href="javascript:alert(1)">Apply</a></p>'))
    html = admin_client.get(edit_url(page)).content.decode()
    assert "Apply" in html
    assert "javascript:alert" not in html
