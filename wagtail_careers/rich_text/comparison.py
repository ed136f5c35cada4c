"""The words of rich text with their styles and link targets, to compare two versions.

Wagtail compares rich text as plain text, so it shows no difference where a phrase became a trait
or a link got another target.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import groupby
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_careers.languages import known_language, language_name
from wagtail_careers.rich_text.targets import Targets, parse_id

#: The styles that an editor can set, by their tags, as they are named beside changed words.
STYLES: Mapping[str, Any] = {
    "mark": gettext_lazy("trait"),
    "b": gettext_lazy("bold"),
    "i": gettext_lazy("italic"),
}
#: The signs that stand for the start of a block, by its tag. Other blocks are named by their tag.
SIGNS = {"p": "¶", "li": "•", "ol": "1.", "br": "↵"}

_SYNONYMS = {"strong": "b", "em": "i"}
_STYLED = frozenset({"code", "s", "sub", "sup", "u", *STYLES})
_INLINE = frozenset({"a", "span", *_STYLED})
#: What the style of a phrase in another language begins with, before the tag of the language.
_LANGUAGE = "lang="
_VOID = frozenset({"br", "embed", "hr", "img"})
_WORD = re.compile(r"\w+|[^\w\s]")

# Wagtail's classes give the colours. The elements are for people who cannot tell these apart.
_DELETED = '{}<del><span class="deletion">{}</span></del>'
_ADDED = '{}<ins><span class="addition">{}</span></ins>'


@dataclass(frozen=True)
class Token:
    """A word or a sign with its styles and its link, or the start of a block of text.

    ``link`` distinguishes targets, and ``target`` names the target for people, if the text does
    not.
    """

    text: str = ""
    styles: tuple[str, ...] = ()
    link: str = ""
    #: The tag of the block that starts here; empty for a word.
    block: str = ""
    target: str = field(default="", compare=False)
    #: Whether white space precedes the word.
    spaced: bool = field(default=False, compare=False)


def words(text: str) -> list[Token]:
    """Return the words and signs of plain text."""
    return [
        Token(match.group(), spaced=text[: match.start()][-1:].isspace())
        for match in _WORD.finditer(text)
    ]


def read_tokens(source: str, targets: Targets) -> list[Token]:
    """Return the words of rich text in Wagtail's database form, which can be damaged."""
    reader = _Reader(targets)
    reader.feed(source)
    reader.close()
    return reader.tokens


def diff(before: Sequence[Token], after: Sequence[Token]) -> SafeString:
    """Return ``after`` as HTML, with what it adds in ``<ins>`` and what it lacks in ``<del>``."""
    parts: list[SafeString] = []
    for operation, start, end, new_start, new_end in _opcodes(before, after):
        if operation == "equal":
            parts += _equal(after[new_start:new_end], is_first=not parts)
        else:
            parts += _changed(before[start:end], _DELETED)
            if operation == "replace" and not after[new_start].spaced:
                parts.append(SafeString(" "))
            parts += _changed(after[new_start:new_end], _ADDED)
    return format_html_join("", "{}", ((part,) for part in parts))


def _opcodes(before: Sequence[Token], after: Sequence[Token]) -> list[Any]:
    return SequenceMatcher(None, before, after).get_opcodes()


def _runs(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield tokens in runs with the same styles and the same link; each block start by itself."""
    for (block, *_look), group in groupby(
        tokens, lambda each: (each.block, each.styles, each.link)
    ):
        run = list(group)
        yield from ([token] for token in run) if block else [run]


def _equal(tokens: Iterable[Token], *, is_first: bool) -> Iterator[SafeString]:
    for run in _runs(tokens):
        if run[0].block:
            bullet = "• " if run[0].block in ("li", "ol") else ""
            yield format_html("{}" if is_first else "<br>{}", bullet)
        else:
            yield format_html("{}{}", " " if run[0].spaced else "", _text(run))
        is_first = False


def _changed(tokens: Iterable[Token], markup: str) -> Iterator[SafeString]:
    """Yield tokens as deleted or added, with their styles and link targets in words."""
    for run in _runs(tokens):
        first = run[0]
        if first.block:
            yield format_html(markup, " ", SIGNS.get(first.block, first.block))
            continue
        notes = [_style_name(style) for style in first.styles]
        if first.target:
            notes.append(_("link: %(target)s") % {"target": first.target})
        note = f" ({', '.join(notes)})" if notes else ""
        content = format_html("{}{}", _text(run), note)
        yield format_html(markup, " " if first.spaced else "", content)


def _style_name(style: str) -> str:
    if style.startswith(_LANGUAGE):
        return language_name(style.removeprefix(_LANGUAGE))
    return str(STYLES.get(style, style))


def _text(run: Sequence[Token]) -> SafeString:
    """Return the words of a run without the space before the first one; a trait is marked."""
    text = "".join(f"{' ' if token.spaced else ''}{token.text}" for token in run).lstrip()
    return format_html("<mark>{}</mark>" if "mark" in run[0].styles else "{}", text)


class _Reader(HTMLParser):
    """A parser of rich text that notes each word with the elements around it."""

    def __init__(self, targets: Targets) -> None:
        super().__init__()
        self.tokens: list[Token] = []
        self._targets = targets
        #: The open elements: tag, style, link and target.
        self._open: list[tuple[str, str, str, str]] = []
        self._spaced = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SYNONYMS.get(tag, tag)
        given = {name: value or "" for name, value in attrs}
        style, link, target = tag if tag in _STYLED else "", "", ""
        if tag == "a":
            link, target = _link(given, self._targets)
        elif tag == "span":
            language = known_language(given.get("lang"))
            style = f"{_LANGUAGE}{language}" if language else ""
        elif tag in _VOID:
            self._start_block(tag, str(sorted(given.items())))
        elif tag not in _INLINE and tag not in ("ol", "ul"):
            self._start_block("ol" if tag == "li" and self._is_in("ol") else tag)
        if tag not in _VOID:
            self._open.append((tag, style, link, target))

    def handle_endtag(self, tag: str) -> None:
        tag = _SYNONYMS.get(tag, tag)
        for number in range(len(self._open) - 1, -1, -1):
            if self._open[number][0] == tag:
                del self._open[number]
                break

    def handle_data(self, data: str) -> None:
        styles = {style for _tag, style, *_target in self._open if style}
        links = [(link, target) for *_style, link, target in self._open if link]
        link, target = links[-1] if links else ("", "")
        look: Any = {"styles": tuple(sorted(styles)), "link": link, "target": target}
        found = [replace(word, **look) for word in words(data)]
        if found and self._spaced:
            found[0] = replace(found[0], spaced=True)
        self.tokens += found
        self._spaced = data[-1:].isspace()

    def _start_block(self, tag: str, details: str = "") -> None:
        # The text starts with a block in any case.
        if self.tokens or tag != "p":
            self.tokens.append(Token(block=tag, link=details))
        self._spaced = False

    def _is_in(self, kind: str) -> bool:
        lists = [tag for tag, *_target in self._open if tag in ("ol", "ul")]
        return lists[-1:] == [kind]


def _link(attrs: Mapping[str, str], targets: Targets) -> tuple[str, str]:
    """Return what distinguishes the target of a link, and its name."""
    kind, pk = attrs.get("linktype", ""), parse_id(attrs.get("id"))
    identity = str(sorted(attrs.items()))
    if kind == "shared-link":
        link = targets.shared_links.get(pk or 0)
        name = link.name if link else _("missing shared link %(id)s") % {"id": attrs.get("id", "")}
        path = attrs.get("path")
        return identity, f"{name}: {path}" if path else name
    if kind == "page":
        page = targets.pages.get(pk or 0)
        missing = _("missing page %(id)s") % {"id": attrs.get("id", "")}
        return identity, str(page.get_admin_display_title()) if page else missing
    return identity, attrs.get("href") or f"{kind} {attrs.get('id', '')}".strip()
