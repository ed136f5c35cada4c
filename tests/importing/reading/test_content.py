"""The content of a post: paragraphs as WordPress makes them, lists, tables and hidden text."""

import pytest

from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.writing.rich_text import introduction, prose


def told(html: str) -> str:
    return prose(read_html(html).blocks, lambda href: {"href": href})


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("One\n\nTwo", "<p>One</p><p>Two</p>"),
        ("One\nTwo", "<p>One<br/>Two</p>"),
        ("One\r\n \r\nTwo", "<p>One</p><p>Two</p>"),
        ("One<br>\nTwo", "<p>One<br/>Two</p>"),
        ("One<br /><br />Two", "<p>One</p><p>Two</p>"),
        ("<p>One\nTwo</p>\n<p>Three</p>", "<p>One<br/>Two</p><p>Three</p>"),
        ("One\n<ul>\n\t<li>a</li>\n</ul>\nTwo", "<p>One</p><ul><li>a</li></ul><p>Two</p>"),
        ("<strong>a\n\nb</strong>", "<p><b>a</b></p><p><b>b</b></p>"),
        ("One\n&nbsp;\nTwo", "<p>One</p><p>Two</p>"),
        ("One  two&nbsp; three&nbsp;km", "<p>One two three\xa0km</p>"),
        ("<pre>One\nTwo</pre>", "<p>One<br/>Two</p>"),
        ("<!-- wp:paragraph -->\n<p>One\nTwo</p>\n<!-- /wp:paragraph -->", "<p>One Two</p>"),
        ("One<!--more-->\n\nTwo", "<p>One</p><p>Two</p>"),
        ('One <span id="more-7"></span>two', "<p>One two</p>"),
    ],
)
def test_paragraphs_are_those_of_wordpress(html: str, expected: str) -> None:
    assert told(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h3>A <b>b</b></h3>c", "<h3>A b</h3><p>c</p>"),
        ("<em>a</em> <cite>b</cite>", "<p><i>a</i> <i>b</i></p>"),
        (
            "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
            "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
        ),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br/>b</li></ul>"),
        ("<ul><ul><li>a</li></ul></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li>a</li></ul><ol><li>b</li></ol>", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("<li>a</li>", "<ul><li>a</li></ul>"),
        (
            "<table><caption>T</caption><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr>"
            "</table>",
            "<p>T</p><p>a<br/>b</p><p>c<br/>d</p>",
        ),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<p>a</p><p>b</p>"),
        ("<blockquote>a</blockquote>", "<p>a</p>"),
        ("a <!-- b --> &lt;script&gt;", "<p>a &lt;script&gt;</p>"),
        ("<p><b><i>loud</i></b></p>", "<p><b>loud</b></p>"),
        ('<i lang="cy-GB">da</i> b', '<p><i><span lang="cy">da</span></i> b</p>'),
        (
            "<p lang=fr>a <span lang=en-US>b</span> <b>c</b>",
            '<p><span lang="fr">a </span>b <b><span lang="fr">c</span></b></p>',
        ),
        ("<div lang=en><p>a</div><p lang=zz>b", "<p>a</p><p>b</p>"),
    ],
)
def test_what_a_page_can_hold_is_told_anew(html: str, expected: str) -> None:
    assert told(html) == expected


def test_an_introduction_has_paragraphs_alone() -> None:
    blocks = read_html("a<ul><li>b</li></ul><h3>c</h3>").blocks
    assert introduction(blocks, lambda href: None) == "<p>a</p><p>b</p><p>c</p>"
