"""Comparison of sections, however their rich text is written.

Wagtail's editor stores text and ranges and writes new HTML: it nests styles in another order,
ends them at spaces, splits and joins lists, and numbers blocks. None of that is a change.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wagtail_careers.importing.reading.tree import parse, walk
from wagtail_careers.languages import known_language
from wagtail_careers.text import one_line

#: A section as raw data of the StreamField.
Raw = Mapping[str, Any]
#: A block with the lists around it, white space, or a word with its styles and its link.
Token = tuple[Any, ...]

_STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i", "mark": "mark"}
_BLOCKS = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "li"})
_LISTS = frozenset({"ul", "ol"})
_IGNORED = frozenset({"data-block-key"})
_PARTS = re.compile(r"\s+|\S+")


def same(one: Raw | None, other: Raw | None) -> bool:
    """Return True if two sections have the same content."""
    if one is None or other is None:
        return one is other
    return bool(normal(one["value"]) == normal(other["value"]))


def content(section: Raw) -> str:
    """Return a text that is equal for two sections with the same content."""
    return json.dumps(normal(section["value"]), sort_keys=True)


def normal(value: Any) -> Any:
    """Remove from raw data everything that changes when an editor saves it unchanged."""
    if isinstance(value, str):
        return normal_html(value) if "<" in value else one_line(value)
    if isinstance(value, Mapping):
        if set(value) >= {"type", "value"}:
            return normal(value["value"])  # An item of a list, without its ID.
        return {name: normal(each) for name, each in value.items() if each not in (None, "", [])}
    if isinstance(value, Sequence):
        return [normal(each) for each in value]
    return value


def normal_html(html: str) -> tuple[Token, ...]:
    """Return the content of ``html``; equal for two spellings of the same text."""
    tokens: list[Token] = []
    for token in _tokens(html):
        if token[0] == "word" and tokens and tokens[-1][:-1] == token[:-1]:
            tokens[-1] = (*token[:-1], tokens[-1][-1] + token[-1])
        elif token != ("space",) or (tokens and tokens[-1][0] == "word"):
            tokens.append(token)
    return tuple(_without_trailing_space(tokens))


def _tokens(html: str) -> Iterator[Token]:
    styles = Counter[str]()
    lists: list[str] = []
    link: tuple[tuple[str, str], ...] = ()
    for event, node in walk(parse(html)):
        if event == "text":
            for part in _PARTS.findall(node.text_content or ""):
                is_word = not part.isspace()
                yield ("word", tuple(sorted(+styles)), link, part) if is_word else ("space",)
            continue
        tag, is_open = node.tag, event == "open"
        if language := known_language(node.attributes.get("lang")):
            styles[f"lang={language}"] += 1 if is_open else -1
        if tag in _STYLES:
            styles[_STYLES[tag]] += 1 if is_open else -1
        elif tag in _LISTS:
            lists.append(tag) if is_open else lists.pop()
        elif tag == "a":
            link = tuple(sorted(_attributes(node))) if is_open else ()
        elif tag in _BLOCKS and is_open:
            yield "block", tag, tuple(lists)
        elif tag == "br" and is_open:
            yield ("break",)


def _attributes(node: Any) -> Iterator[tuple[str, str]]:
    for name, value in node.attributes.items():
        if name not in _IGNORED:
            yield name, value or ""


def _without_trailing_space(tokens: list[Token]) -> Iterator[Token]:
    for token, following in zip(tokens, [*tokens[1:], ("block",)], strict=True):
        if token != ("space",) or following[0] == "word":
            yield token
