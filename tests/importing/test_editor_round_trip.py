"""An editor who opens a page and saves it has changed nothing, as far as the import can tell."""

from pathlib import Path

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from tests.importing.posts import SECTIONS
from wagtail_careers.importing.planning.comparison import normal_html
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.sources.files import read
from wagtail_careers.importing.writing.rich_text import person_prose, prose
from wagtail_careers.prose import PROSE_FEATURES

POSTS = {
    "paragraphs": "One\ntwo\n\nthree  four&nbsp;km & <b>five</b> <i>six</i>",
    "styles": "<b><i>seven</i> eight</b> and <i><b>nine</b></i><b>ten</b>",
    "lists": "<ul><li>a<ol><li>b</li></ol></li><li>c<p>d</p></li></ul><ol><li>e</li></ol>after",
    "headings": "<h3>a</h3>b<h4>c</h4>",
    "links": '<a href="http://a.example/?b=1&amp;c=2">a</a>, <a href="mailto:a@b.example">b</a>',
    "styles in links": '<a href="http://a.example/">a <b>b</b> c</a>',
    "traits": "<strong>calm, kind</strong> and <b>good <i>team</i> player</b> and <b>more</b>",
    "quotation marks": "“a” \"b\" 'c' &lt;d&gt; &amp;amp;",
    "everything": "".join(SECTIONS.values()),
}


def assert_unchanged(html: str) -> None:
    converter = ContentstateConverter(features=list(PROSE_FEATURES))
    saved = converter.to_database_format(converter.from_database_format(html))
    assert normal_html(saved) == normal_html(html)


@pytest.mark.django_db
@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize("write", [prose, person_prose])
def test_saving_is_no_change(name: str, write: object) -> None:
    blocks = read_html(POSTS[name]).blocks
    assert_unchanged(write(blocks, lambda href: {"href": href}))  # type: ignore[operator]


@pytest.mark.django_db
def test_saving_the_corpus_is_no_change(corpus: Path) -> None:
    for draft in read([corpus / "posts", corpus / "pages"]):
        blocks = read_html(draft.content).blocks  # type: ignore[union-attr]
        assert_unchanged(person_prose(blocks, lambda href: {"href": href}))
