"""The spoken transcript of a page: the words of a screen reader, in reading order.

It comes from the browser's accessibility tree, so it has what assistive technology is told:
roles, names and states (WCAG 4.1.2 Name, Role, Value), and the order (1.3.2 Meaningful Sequence).
Each screen reader has its own words and order for them; these are common to most.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from selenium.webdriver.remote.webdriver import WebDriver

from wagtail_careers.testing import roles
from wagtail_careers.testing.accessibility_tree import Node, read
from wagtail_careers.testing.states import languages, of_list, of_node, of_table
from wagtail_careers.testing.utterances import Transcript, Utterance


def transcript(driver: WebDriver) -> Transcript:
    """Return the transcript of the page that ``driver`` shows, in its current state.

    Frames are named, but their content is not included. Raises ``TranscriptError`` if the browser
    is not Chromium or Chrome.
    """
    return spoken(read(driver))


def spoken(root: Node) -> Transcript:
    """Return the transcript of an accessibility tree."""
    return Transcript(tuple(_merged(_lines(root, _Context(language=root.language)))))


@dataclass(frozen=True)
class _Context:
    """The place of a node: what is around it.

    ``texts`` is False where the name of an outer element is all of the text.
    """

    language: str
    depth: int = 0
    texts: bool = True
    position: str = ""

    def deeper(self, *, texts: bool) -> "_Context":
        return replace(self, depth=self.depth + 1, texts=texts, position="")


@dataclass(frozen=True)
class _Line:
    """An utterance, and for a text the block of the layout that it is in."""

    utterance: Utterance
    block: int | None = None


def _lines(node: Node, context: _Context) -> Iterator[_Line]:
    kind = _kind(node)
    if kind is roles.Kind.TEXT:
        yield from _text(node, context)
    elif kind is roles.Kind.BREAK:
        yield _Line(Utterance(roles.TEXT, depth=context.depth))
    elif kind is roles.Kind.THROUGH:
        yield from _children(node, context)
    elif kind is not roles.Kind.SILENT:
        yield from _element(node, kind, context)


def _children(node: Node, context: _Context) -> Iterator[_Line]:
    for child in node.children:
        yield from _lines(child, context)


def _text(node: Node, context: _Context) -> Iterator[_Line]:
    # The number before an entry of a list, which its position says as well.
    is_marker = node.is_generated and not any(letter.isalpha() for letter in node.name)
    if context.texts and not is_marker:
        said = languages([node.language], context.language)
        yield _Line(Utterance(roles.TEXT, node.name, tuple(said), context.depth), node.block)


def _element(node: Node, kind: roles.Kind, context: _Context) -> Iterator[_Line]:
    name = one_line(node.name) if kind.has_name else ""
    said = [
        *of_node(node, name, kind),
        *([context.position] if context.position else []),
        *languages(_languages(node, kind), context.language),
    ]
    inside = context.deeper(texts=not kind.is_named_from_content)
    children: list[_Line] = []
    if kind is roles.Kind.LIST:
        positions = _positions(node)
        said += of_list(len(positions))
        children = list(_list(node, positions, inside))
    elif kind is not roles.Kind.WHOLE:
        if kind is roles.Kind.TABLE:
            said += of_table(node)
        children = list(_children(node, inside))
    if kind is roles.Kind.PAGE:
        said += languages([node.language], "")
    utterance = Utterance(roles.word(node.role), name, tuple(said), context.depth)
    yield from _folded(utterance, children) if kind.folds else [_Line(utterance), *children]


def _languages(node: Node, kind: roles.Kind) -> list[str]:
    """Return the languages of the words that make the name of ``node``."""
    if not kind.is_named_from_content:
        return [node.language] if kind is roles.Kind.WHOLE else []
    texts = [each for each in _flat(node) if _kind(each) is roles.Kind.TEXT]
    return [text.language for text in texts] or [node.language]


def _flat(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _flat(child)


def _positions(node: Node) -> dict[int, int]:
    """Return the positions of the items of a list, by their identity: items can be equal."""
    return {id(item): position for position, item in enumerate(_items(node), 1)}


def _kind(node: Node) -> roles.Kind:
    return roles.kind(node.role, node.name)


def _items(node: Node) -> Iterator[Node]:
    """Yield the items of a list, without those of the lists inside."""
    for child in node.children:
        kind = _kind(child)
        if kind is roles.Kind.ITEM:
            yield child
        elif kind is roles.Kind.THROUGH:
            yield from _items(child)


def _list(node: Node, positions: dict[int, int], context: _Context) -> Iterator[_Line]:
    for child in node.children:
        if id(child) in positions:
            position = f"{positions[id(child)]} of {len(positions)}"
            yield from _lines(child, replace(context, position=position))
        elif _kind(child) is roles.Kind.THROUGH:
            yield from _list(child, positions, context)
        else:
            yield from _lines(child, context)


def _folded(utterance: Utterance, children: list[_Line]) -> Iterator[_Line]:
    """Yield one line for an item, a cell and the like if it holds one text and nothing else."""
    lines = list(_merged(children))
    if len(lines) == 1 and lines[0].role == roles.TEXT and not utterance.name:
        states = (*utterance.states, *lines[0].states)
        yield _Line(replace(utterance, name=lines[0].name, states=states))
    else:
        yield _Line(utterance)
        yield from children


def _merged(lines: Iterable[_Line]) -> Iterator[Utterance]:
    """Yield the utterances, with the texts of one block and one language in one of them."""
    pending: _Line | None = None
    for line in lines:
        if pending and _continues(pending, line):
            name = pending.utterance.name + line.utterance.name
            pending = _Line(replace(pending.utterance, name=name), pending.block)
            continue
        if pending:
            yield from _audible(pending.utterance)
        pending = line
    if pending:
        yield from _audible(pending.utterance)


def _continues(line: _Line, following: _Line) -> bool:
    return (
        line.block is not None
        and line.block == following.block
        and line.utterance.states == following.utterance.states
    )


def _audible(utterance: Utterance) -> Iterator[Utterance]:
    """Yield the utterance, but not a text of punctuation alone, at which voices only pause."""
    if utterance.role != roles.TEXT:
        yield utterance
    elif any(unicodedata.category(letter)[0] not in "CPZ" for letter in utterance.name):
        yield replace(utterance, name=one_line(utterance.name))


def one_line(text: str) -> str:
    """Return ``text`` on one line, with single spaces."""
    return " ".join(text.split())
