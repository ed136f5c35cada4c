"""An editor who opens a page and saves it has changed nothing, as far as the import can tell."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from tests.importing.posts import SECTIONS
from wagtail_careers.importing.planning.comparison import normal_html
from wagtail_careers.importing.reading.content import Block
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.roles.traits import with_traits
from wagtail_careers.importing.sources.files import read
from wagtail_careers.importing.writing.rich_text import prose
from wagtail_careers.rich_text import PROSE_FEATURES

POSTS = {
    "paragraphs": "One\ntwo\n\nthree  four&nbsp;km & <b>five</b> <i>six</i>",
    "styles": "<b><i>seven</i> eight</b> and <i><b>nine</b></i><b>ten</b>",
    "lists": "<ul><li>a<ol><li>b</li></ol></li><li>c<p>d</p></li></ul><ol><li>e</li></ol>after",
    "headings": "<h3>a</h3>b<h4>c</h4>",
    "links": '<a href="http://a.example/?b=1&amp;c=2">a</a>, <a href="mailto:a@b.example">b</a>',
    "styles in links": '<a href="http://a.example/">a <b>b</b> c</a>',
    "traits": "<strong>calm, kind</strong> and <b>good <i>team</i> player</b> and <b>more</b>",
    "languages": "<p>a <i lang=cy>b <b>c</b></i> d</p><p lang=ur>e</p>",
    "quotation marks": "“a” \"b\" 'c' &lt;d&gt; &amp;amp;",
    "everything": "".join(SECTIONS.values()),
}


def person_prose(blocks: Iterable[Block], anchor: Any) -> str:
    return prose([with_traits(block) for block in blocks], anchor)


def assert_unchanged(html: str) -> None:
    converter = ContentstateConverter(features=list(PROSE_FEATURES))
    saved = converter.to_database_format(converter.from_database_format(html))
    assert normal_html(saved) == normal_html(html)


@pytest.mark.django_db
@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize("write", [prose, person_prose])
def test_saving_is_no_change(name: str, write: Callable[..., str]) -> None:
    blocks = read_html(POSTS[name]).blocks
    assert_unchanged(write(blocks, lambda href: {"href": href}))


@pytest.mark.django_db
def test_saving_the_corpus_is_no_change(corpus: Path) -> None:
    for post in read([corpus / "posts", corpus / "pages"]):
        blocks = read_html(post.content).blocks  # type: ignore[union-attr]
        assert_unchanged(person_prose(blocks, lambda href: {"href": href}))
