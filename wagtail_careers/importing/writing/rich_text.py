"""Content as the rich text of a role page, in Wagtail's database form.

Everything in it is written here, from values: no markup of the source gets through. What a
role page's prose cannot hold becomes what it can, with all words and in the same order.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from wagtail_careers.importing.reading.content import Block, Kind, Run, Tape, merged
from wagtail_careers.importing.roles import traits

#: The attributes of the ``<a>`` for an address of the source; None where there is no link.
Anchor = Callable[[str], Mapping[str, str] | None]

#: Lists below this depth are told at it. Readers are lost before.
MAX_DEPTH = 4

#: What is moved out of a link at its ends.
_AROUND_LINKS = " \t\n\xa0.,;:!?…"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text of one look; pieces of one trait have its number."""

    run: Run
    trait: int | None = None


def prose(blocks: Iterable[Block], anchor: Anchor) -> str:
    """The blocks of a section; its sub-headings are ``<h3>``, below the section's ``<h2>``."""
    return "".join(_prose(blocks, anchor, _plain_pieces))


def person_prose(blocks: Iterable[Block], anchor: Anchor) -> str:
    """The same for the person spec, in which what is bold becomes a trait."""
    return "".join(_prose(blocks, anchor, _trait_pieces))


def introduction(blocks: Iterable[Block], anchor: Anchor) -> str:
    """Paragraphs alone: lists and sub-headings have no place before the first ``<h2>``."""
    paragraphs = (replace(block, kind=Kind.PARAGRAPH) for block in blocks)
    return "".join(_prose(paragraphs, anchor, _plain_pieces))


def tidied(runs: Iterable[Run]) -> tuple[Run, ...]:
    """``runs`` with the space and punctuation at the ends of links outside of them.

    A link of nothing but punctuation keeps it, for the link would be lost otherwise.
    """
    result: list[Run] = []
    for href, group in groupby(runs, key=lambda run: run.href):
        tape = Tape(group)
        if not href:
            result += tape.runs
            continue
        text = tape.text
        around = _AROUND_LINKS if text.strip(_AROUND_LINKS) else None
        start = len(text) - len(text.lstrip(around))
        end = len(text.rstrip(around))
        result += (replace(run, href="") for run in tape.cut(0, min(start, len(text))))
        result += tape.cut(start, end)
        result += (replace(run, href="") for run in tape.cut(max(start, end), len(text)))
    return merged(result)


def link_texts(runs: Iterable[Run]) -> Iterator[tuple[str, str]]:
    """Each link of ``runs``: its address and its text."""
    for href, group in groupby(runs, key=lambda run: run.href if run.is_shown else ""):
        if href:
            yield href, "".join(run.text for run in group)


def _prose(
    blocks: Iterable[Block], anchor: Anchor, pieces: Callable[[Block], list[_Piece]]
) -> Iterator[str]:
    shown = [block for block in blocks if block.text]
    for is_list, group in groupby(shown, key=lambda block: block.kind == Kind.ITEM):
        if is_list:
            yield from _list(_items(group, anchor, pieces))
            continue
        for block in group:
            tag = "h3" if block.kind == Kind.HEADING else "p"
            yield f"<{tag}>{_inline(pieces(block), anchor)}</{tag}>"


def _items(
    blocks: Iterable[Block], anchor: Anchor, pieces: Callable[[Block], list[_Piece]]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each item's lists and HTML. The paragraphs of one item become its lines."""
    for (lists, _item), group in groupby(blocks, key=lambda block: (block.lists, block.item)):
        yield lists, "<br/>".join(_inline(pieces(block), anchor) for block in group)


def _list(items: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[str]:
    open_lists: list[str] = []
    for lists, html in items:
        depth = min(len(lists), len(open_lists) + 1, MAX_DEPTH)
        tag = lists[depth - 1]
        while len(open_lists) > depth or (len(open_lists) == depth and open_lists[-1] != tag):
            yield f"</li></{open_lists.pop()}>"
        if len(open_lists) == depth:
            yield "</li>"
        else:
            open_lists.append(tag)
            yield f"<{tag}>"
        yield f"<li>{html}"
    for tag in reversed(open_lists):
        yield f"</li></{tag}>"


def _plain_pieces(block: Block) -> list[_Piece]:
    runs = [run for run in block.runs if run.is_shown]
    worded = [run for run in runs if run.text.strip()]
    is_heading = block.kind == Kind.HEADING
    # A paragraph all in bold italics would look like a heading and be none (WCAG 1.3.1, F2).
    is_loud = block.kind == Kind.PARAGRAPH and all(run.bold and run.italic for run in worded)
    return [
        _Piece(replace(run, bold=run.bold and not is_heading, italic=run.italic and not is_loud))
        for run in runs
    ]


def _trait_pieces(block: Block) -> list[_Piece]:
    if block.kind == Kind.HEADING and block.looks_like_heading:
        return _plain_pieces(block)  # Bold is the look of headings.
    runs, spans = traits.mark(run for run in block.runs if run.is_shown)
    tape = Tape(runs)
    pieces: list[_Piece] = []
    at = 0
    for number, (start, end) in enumerate(spans):
        pieces += (_Piece(run) for run in tape.cut(at, start))
        # Italics within would make three traits of one when the editor saves it.
        pieces += (_Piece(replace(run, italic=False), number) for run in tape.cut(start, end))
        at = end
    pieces += (_Piece(run) for run in tape.cut(at, len(tape.text)))
    return pieces


def _inline(pieces: Iterable[_Piece], anchor: Anchor) -> str:
    """HTML in the order that Wagtail's editor writes it in: links outermost, then styles."""
    html = []
    for href, group in groupby(pieces, key=lambda piece: piece.run.href):
        inside = "".join(
            _styled(list(part), "mark" if trait is not None else "")
            for trait, part in groupby(group, key=lambda piece: piece.trait)
        )
        attributes = anchor(href) if href else None
        html.append(_element("a", inside, attributes) if attributes else inside)
    return "".join(html)


def _styled(pieces: Iterable[_Piece], outer: str) -> str:
    html = []
    for (bold, italic), group in groupby(pieces, key=lambda each: (each.run.bold, each.run.italic)):
        text = escape("".join(piece.run.text for piece in group), quote=False)
        text = text.replace("\n", "<br/>")
        text = _element("i", text) if italic else text
        html.append(_element("b", text) if bold and not outer else text)
    return _element(outer, "".join(html)) if outer else "".join(html)


def _element(tag: str, inside: str, attributes: Mapping[str, str] | None = None) -> str:
    told = "".join(f' {name}="{escape(value)}"' for name, value in (attributes or {}).items())
    return f"<{tag}{told}>{inside}</{tag}>"
