"""Markdown: how to recognise it, and how to render it as HTML.

Files of one site can be in both, because exporters keep what they cannot convert. WordPress itself
stores HTML without paragraphs, in which an asterisk or an indented line means nothing.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from itertools import chain
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from wagtail_careers.importing.sources.markdown_blocks import TooManyBlocksError, read_blocks
from wagtail_careers.importing.sources.posts import HTML, MARKDOWN

#: The parser leaves out what is nested deeper. Its work grows with it, too, at each bracket.
_MAX_NESTING = 30
#: Longer paragraphs are kept as typed: each sign in them takes memory.
_MAX_PARAGRAPH = 100_000

_BLOCK_HTML = re.compile(
    r"<!-- /?wp:|</?(?:address|article|aside|blockquote|center|dd|div|dl|dt|figure|footer|form"
    r"|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)
_INLINE_HTML = re.compile(r"</?(?:a|b|br|em|i|span|strong|u)(?=[\s/>])", re.IGNORECASE)
#: Nobody writes these in HTML.
_STRONG_SIGNS = re.compile(
    r"""
    ^[ ]{0,3}\#{1,6}[ \t]+\S  # A heading,
    | ^[ ]{0,3}(?:`{3}|~{3})  # the fence of a code block,
    | ^[ ]{0,3}\[[^\]\n]{1,200}\]:[ \t]*\S  # the address of a link,
    | ^[ ]{0,3}\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t]*(?::?-{3,}:?)?[ \t]*$  # a table,
    | \[[^\]\n]{1,200}\]\([^()\s]{1,2000}(?:[ ]"[^"\n]{0,200}")?\)  # a link,
    | \*\*[^\s*](?:[^*\n]{0,200}[^\s*])?\*\*  # or bold text.
    """,
    re.MULTILINE | re.VERBOSE,
)
#: Text without HTML has these on purpose; HTML can have them by chance.
_WEAK_SIGNS = re.compile(
    r"""
    ^[ ]{0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+\S  # An item of a list,
    | ^[ ]{0,3}>[ \t]*\S  # a quotation,
    | ^(?:={3,}|-{3,})[ \t]*$  # the line below a heading,
    | (?<![\w*])\*[^\s*](?:[^*\n]{0,200}[^\s*])?\*(?![\w*])  # or text in italics.
    | (?<![\w_])_[^\s_](?:[^_\n]{0,200}[^\s_])?_(?![\w_])
    """,
    re.MULTILINE | re.VERBOSE,
)

_SHORTCODE = re.compile(
    r"""\[/?[A-Za-z][\w-]*(?:\s+[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s\[\]"'/]+))+\s*/?\](?!\()"""
)
_ADDRESS = re.compile(r"""://[^\s<>()\[\]*`"']+""")

_WORDS = re.compile(r"[^\W_]+")
#: Words of Markdown that are not part of the text: labels of addresses, and numbers of items.
_NOT_TEXT = re.compile(
    r"(?<=\])\s?\[[^\]\n]{0,200}\]|^ *\[[^\]\n]{1,200}\](?=:)|^[ >]*\d+[.)](?=\s)"
    r"|\[\^[^\]\s]{1,200}\]",
    re.MULTILINE,
)
#: The beginning of a footnote, and its label. A longer label is text.
_FOOTNOTE = re.compile(r"^ {0,3}(\[\^[^\]\s]{1,200}\]):", re.MULTILINE)
_MARK = re.compile(r"\[\^")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,200}\]")


@dataclass(frozen=True, slots=True)
class Recognised:
    """The format of a text; a ``mixed`` one has signs of the other, too."""

    format: str
    is_mixed: bool = False


def recognised(text: str) -> Recognised:
    """Tell Markdown from HTML.

    Without HTML that makes blocks, signs of Markdown decide. With it, the more frequent signs do,
    and the text is mixed.
    """
    strong = sum(1 for _sign in _STRONG_SIGNS.finditer(text))
    blocks = sum(1 for _tag in _BLOCK_HTML.finditer(text))
    if blocks:
        return Recognised(MARKDOWN if strong > blocks else HTML, is_mixed=strong > 0)
    is_plain = not _INLINE_HTML.search(text)
    is_markdown = strong or (is_plain and _WEAK_SIGNS.search(text))
    return Recognised(MARKDOWN if is_markdown else HTML)


#: In the parser's environment, the mark of a text of which a part was kept as typed.
_IS_TYPED = "is_typed"


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of a text in Markdown, and the first words of it that are not in the HTML.

    ``is_typed`` is true if it was too long to be read and was kept with its signs.
    """

    html: str
    lost: str = ""
    is_typed: bool = False


def footnotes(text: str) -> frozenset[str]:
    """Return the marks of the footnotes that ``text`` has, such as ``[^1]``."""
    return frozenset(_FOOTNOTE.findall(text))


def rendered(text: str) -> Rendered:
    """Render Markdown. HTML in it stays, as CommonMark has it (https://spec.commonmark.org)."""
    env: dict[str, Any] = {}
    try:
        html = _PARSER.render(text, env)
    except TooManyBlocksError:
        return Rendered(escapeHtml(text), is_typed=True)
    return Rendered(html, " ".join(_lost(text, html)[:8]), _IS_TYPED in env)


def _lost(text: str, html: str) -> list[str]:
    """Return the words of ``text`` that ``html`` has not as often, in order.

    The parser drops addresses that no link uses, and what is nested too deep.
    """
    left = Counter(_WORDS.findall(unescape(html)))
    lost = []
    for word in _WORDS.findall(unescape(_NOT_TEXT.sub("", text))):
        left[word] -= 1
        if left[word] < 0:
            lost.append(word)
    return lost


class _Renderer(RendererHTML):
    """Writes line breaks as the reader of posts takes them: there, a newline is a break."""

    def softbreak(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        return " "

    def hardbreak(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        return "<br>"

    def text_special(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        return escapeHtml(tokens[idx].content)

    def footnote_ref(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        return f" ({tokens[idx].meta['id'] + 1})"


class _Parser(MarkdownIt):
    """Keeps addresses as they are: the reader of posts judges and reports them."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link


def _render_paragraphs(state: StateCore) -> None:
    """Read and write one paragraph after the other, so that memory holds the signs of one."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        if len(token.content) > _MAX_PARAGRAPH:
            html = escapeHtml(token.content)
            state.env[_IS_TYPED] = True
        else:
            signs: list[Token] = []
            state.md.inline.parse(token.content, state.md, state.env, signs)
            html = state.md.renderer.render(signs, state.md.options, state.env)
        token.children = [Token("html_inline", "", 0, content=html)]


def _list_footnotes(state: StateCore) -> None:
    """Move the footnotes to a list at the end: those with a mark in its order, then the others."""
    main: list[Token] = []
    notes: dict[str, list[Token]] = {}
    around = [main]
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            around.append(notes.setdefault(token.meta["label"], []))
        elif token.type == "footnote_reference_close":
            around.pop()
        else:
            around[-1].append(token)
    numbers = {label: state.env["footnotes"]["refs"][f":{label}"] for label in notes}
    in_order = sorted(notes, key=lambda label: (numbers[label] < 0, numbers[label]))
    items = ((_html("<li>"), *notes[label], _html("</li>")) for label in in_order)
    listed = [_html("<ol>"), *chain.from_iterable(items), _html("</ol>")] if notes else []
    state.tokens = [*main, *listed]


def _html(html: str) -> Token:
    return Token("html_block", "", 0, content=html)


def _keep_as_typed(state: StateInline, silent: bool) -> bool:
    """Take a shortcode with attributes, or the rest of a bare address, as text.

    Otherwise, the asterisks and underscores in them would count. A mark without an end is text,
    too, because each would be looked for in all of the paragraph.
    """
    source, start = state.src, state.pos
    if source.startswith("[^", start):
        found = None if _FOOTNOTE_MARK.match(source, start) else _MARK.match(source, start)
    elif source[start] == "[":
        found = _SHORTCODE.match(source, start)
    elif source[start] == ":" and source[max(0, start - 5) : start].lower().endswith(
        ("http", "https")
    ):
        found = _ADDRESS.match(source, start)
    else:
        found = None
    if not found:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"maxNesting": _MAX_NESTING}, renderer_cls=_Renderer)
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.add_render_rule("footnote_ref", _Renderer.footnote_ref)
    parser.core.ruler.at("block", read_blocks)
    parser.core.ruler.at("inline", _render_paragraphs)
    parser.core.ruler.after("inline", "footnotes", _list_footnotes)
    parser.inline.ruler.before("escape", "as_typed", _keep_as_typed)
    return parser


_PARSER = _parser()
