"""Posts read into content: what they say, and the custom fields that have a place on the page."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from itertools import chain

from wagtail_careers.importing.reading.content import Block, Content, Image, Kind
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.sources.conventions import DEFAULTS, Conventions
from wagtail_careers.importing.sources.posts import Field, Post


def read_post(post: Post, conventions: Conventions = DEFAULTS) -> Content:
    """Read the content of ``post``, its excerpt, its featured image, and fields with a place."""
    placed = [field for field in post.fields if conventions.section_of_field(field.name)]
    content = read_html(post.content, conventions)
    excerpt = read_html(post.excerpt_html, conventions)
    featured = Image(attachment=post.featured_image, is_featured=True)
    every = _joined([content, *(read_field(field, conventions) for field in placed)])
    return replace(
        every,
        blocks=tuple(block for block in every.blocks if not block.field),
        images=(*every.images, *excerpt.images, *([featured] if post.featured_image else [])),
        excerpt=excerpt.blocks,
        field_blocks=tuple(block for block in every.blocks if block.field),
    )


def read_field(field: Field, conventions: Conventions = DEFAULTS) -> Content:
    """Read the texts of ``field``."""
    read = _joined(read_html(document, conventions) for document in field.documents())
    return replace(read, blocks=tuple(replace(block, field=field.name) for block in read.blocks))


def _joined(parts: Iterable[Content]) -> Content:
    parts = tuple(parts)
    every = {
        each.name: tuple(chain.from_iterable(getattr(part, each.name) for part in parts))
        for each in fields(Content)
    }
    return Content(**{**every, "blocks": tuple(_numbered_on(part.blocks for part in parts))})


def _numbered_on(parts: Iterable[tuple[Block, ...]]) -> Iterator[Block]:
    """Number lists and items on from part to part: blocks of one item share a number."""
    lists = items = 0
    for blocks in parts:
        for block in blocks:
            is_item = block.kind == Kind.ITEM
            list_number, item = block.list_number + lists, block.item + items
            yield replace(block, list_number=list_number, item=item) if is_item else block
        lists += max((block.list_number for block in blocks), default=0)
        items += max((block.item for block in blocks), default=0)
