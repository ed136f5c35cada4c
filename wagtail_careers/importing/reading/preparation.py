"""The preparation of a post for its conversion: its content as HTML, and its title."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from django.utils.translation import gettext as _

from wagtail_careers.importing.reading.content import Block, Kind
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.sources import encoded_html, markdown, wordpress
from wagtail_careers.importing.sources.conventions import DEFAULTS, Conventions
from wagtail_careers.importing.sources.posts import HTML, Post, Remark, Skipped
from wagtail_careers.text import shortened

#: The most characters of the title of a page, and of one that is made of a post's first words.
MAX_TITLE = 255
MAX_MADE_TITLE = 60


def prepared(
    post: Post, *, format: str = "", title: str = "", conventions: Conventions = DEFAULTS
) -> Post | Skipped:
    """Return ``post`` with HTML as its content and with a title.

    A person can choose its ``format`` and its ``title``. A post without a title and without words
    is skipped.
    """
    if (format or post.format) != HTML:
        post = _rendered(post)
    post = replace(post, content=encoded_html.decoded(post.content))
    if title:
        return replace(post, title=post.title or title)
    if not post.title:
        return _titled(post, conventions)
    return _shortened(post) if len(post.title) > MAX_TITLE else post


def _rendered(post: Post) -> Post:
    content, excerpt = markdown.rendered(post.content), markdown.rendered(post.excerpt_html)
    return replace(
        post,
        content=content.html,
        excerpt=wordpress.plain(excerpt.html),
        excerpt_html=excerpt.html,
        remarks=(*post.remarks, *_remarks(content), *_remarks(excerpt)),
    )


def _remarks(rendered: markdown.Rendered) -> Iterator[Remark]:
    if rendered.lost:
        yield Remark("markdown_lost", {"words": rendered.lost})
    if rendered.is_typed:
        yield Remark("markdown_typed")


def _titled(post: Post, conventions: Conventions) -> Post | Skipped:
    """Make a title of the first words of a post that has none."""
    blocks = read_html(post.content, conventions).blocks
    texts = (block.text for block in sorted(blocks, key=_is_of_section) if block.text)
    text = next(texts, post.excerpt)
    if not text:
        return Skipped(post.source, "", _("The post has neither a title nor text."))
    title = shortened(text, MAX_MADE_TITLE)
    title = title.rstrip(".") or title
    remark = Remark("untitled", {"title": title})
    return replace(post, title=title, remarks=(*post.remarks, remark))


def _is_of_section(block: Block) -> bool:
    """Return True for a heading that is not one of the whole post."""
    return block.kind == Kind.HEADING and block.level > 1


def _shortened(post: Post) -> Post:
    """Shorten a title that is too long for a page, and keep all of it in the text."""
    title = shortened(post.title, MAX_TITLE)
    remark = Remark("long_title", {"title": title})
    content = f"<p>{escape(post.title)}</p>\n\n{post.content}"
    return replace(post, title=title, content=content, remarks=(*post.remarks, remark))
