"""Rich text of a role page, in Wagtail's database form.

All HTML is built here from values; no markup of the source gets through. Content that the rich
text cannot hold becomes content that it can, with all words in the same order.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from wagtail_careers.importing.reading.content import Block, Kind, TextRun
from wagtail_careers.importing.reading.elements import MAX_LISTS
from wagtail_careers.importing.sources.conventions import primary_language
from wagtail_careers.languages import language_around
from wagtail_careers.rich_text.cleaning import repaired

#: Returns the attributes of the ``<a>`` for an address of the source, or None for no link.
Anchor = Callable[[str], Mapping[str, str] | None]


def prose(blocks: Iterable[Block], anchor: Anchor) -> str:
    """Write the blocks of a section; sub-headings are ``<h3>``, below the section's ``<h2>``."""
    return repaired("".join(_prose(blocks, anchor)))


def introduction(blocks: Iterable[Block], anchor: Anchor) -> str:
    """Write paragraphs only: lists and sub-headings cannot come before the first ``<h2>``."""
    return prose((replace(block, kind=Kind.PARAGRAPH) for block in blocks), anchor)


def _prose(blocks: Iterable[Block], anchor: Anchor) -> Iterator[str]:
    shown = [block for block in blocks if block.text]
    for is_list, group in groupby(shown, key=lambda block: block.kind == Kind.ITEM):
        if is_list:
            yield from _list(_items(group, anchor))
            continue
        for block in group:
            tag = "h3" if block.kind == Kind.HEADING else "p"
            yield f"<{tag}>{_inline(_runs(block), anchor)}</{tag}>"


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a list: the lists around it, the number of the innermost one, and its HTML."""

    lists: tuple[str, ...]
    list_number: int
    html: str


def _items(blocks: Iterable[Block], anchor: Anchor) -> Iterator[_Item]:
    """Yield each item. Its paragraphs become lines."""
    for (lists, number, _item), group in groupby(
        blocks, key=lambda block: (block.lists, block.list_number, block.item)
    ):
        html = "<br/>".join(_inline(_runs(block), anchor) for block in group)
        yield _Item(lists, number, html)


def _list(items: Iterable[_Item]) -> Iterator[str]:
    #: The tags and the numbers of the open lists, outermost first.
    tags: list[str] = []
    numbers: list[int] = []
    for item in items:
        depth = min(len(item.lists), len(tags) + 1, MAX_LISTS)
        tag = item.lists[depth - 1]
        # A list whose items are deeper than it is has no number of its own.
        number = item.list_number if depth == len(item.lists) else 0
        ended = ""
        while len(tags) > depth or (
            len(tags) == depth and not _is_same_list((tags[-1], numbers[-1]), (tag, number))
        ):
            numbers.pop()
            ended = tags.pop()
            yield f"</li></{ended}>"
        if not tags and ended == tag:
            # Without it, the editor would join the two lists when the page is saved.
            yield "<p></p>"
        if len(tags) == depth:
            numbers[-1] = number or numbers[-1]
            yield "</li>"
        else:
            tags.append(tag)
            numbers.append(number)
            yield f"<{tag}>"
        yield f"<li>{item.html}"
    for tag in reversed(tags):
        yield f"</li></{tag}>"


def _is_same_list(one: tuple[str, int], other: tuple[str, int]) -> bool:
    is_number_same = one[1] == other[1] or not one[1] or not other[1]
    return one[0] == other[0] and is_number_same


def _runs(block: Block) -> Iterator[TextRun]:
    """Yield the runs that are shown, without the styles that would be wrong in ``block``."""
    is_heading = block.kind == Kind.HEADING
    for run in block.runs:
        if run.is_shown:
            yield replace(run, bold=run.bold and not is_heading)


def _inline(runs: Iterable[TextRun], anchor: Anchor) -> str:
    """Write HTML in the order of Wagtail's editor: links outermost, then traits, then styles."""
    html = []
    for (href, _link), group in groupby(runs, key=lambda run: run.of_link):
        inside = "".join(
            _element("mark", _styled(part)) if trait else _styled(part)
            for trait, part in groupby(group, key=lambda run: run.trait)
        )
        attributes = anchor(href) if href else None
        html.append(_element("a", inside, attributes) if attributes else inside)
    return "".join(html)


def _styled(runs: Iterable[TextRun]) -> str:
    html = []
    around = language_around()
    for (bold, italic, language), group in groupby(
        runs, key=lambda run: (run.bold, run.italic, _foreign(run.language, around))
    ):
        text = escape("".join(run.text for run in group), quote=False)
        text = text.replace("\n", "<br/>")
        text = _element("span", text, {"lang": language}) if language and text.strip() else text
        text = _element("i", text) if italic else text
        html.append(_element("b", text) if bold else text)
    return "".join(html)


def _foreign(language: str, around: str) -> str:
    """Return ``language`` unless it is that of the page, or a regional form of it."""
    is_same = primary_language(language) == primary_language(around)
    return "" if is_same else language


def _element(tag: str, inside: str, attributes: Mapping[str, str] | None = None) -> str:
    written = "".join(f' {name}="{escape(value)}"' for name, value in (attributes or {}).items())
    return f"<{tag}{written}>{inside}</{tag}>"
