"""Repairs of an item whose XML is broken, as exporters break it that do not escape text.

A parser accepts or rejects; it does not say what was meant. These repairs follow the shape of an
export, in which text is in the same few elements. They are made only if the parser rejects an
item, so XML never loses its meaning.
"""

import re
import sys
from html import escape
from html.entities import html5

from wagtail_careers.importing.sources.repairs import CHARACTER, MARKUP

#: The elements that have text which people wrote.
_TEXTS = (
    "title",
    "description",
    "content:encoded",
    "excerpt:encoded",
    "category",
    "wp:meta_value",
    "wp:comment_author",
    "wp:comment_content",
    "wp:post_password",
)
_TEXT_BEGINS = re.compile(rf"<({'|'.join(_TEXTS)})(?:\s[^<>]*)?(?<!/)>")
_TAGS = {name: re.compile(rf"<(/?){name}(?:\s[^<>]*)?>") for name in _TEXTS}

_BEGIN, _END = "<![CDATA[", "]]>"
#: The end of a CDATA section within one, which is divided between two.
_DIVIDED = "]]]]><![CDATA[>"
_SECTIONS = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)

#: A character reference, several in a row (halves of one character can be), or an ampersand.
_REFERENCES = re.compile(
    r"(?P<numbers>(?:&#(?:\d{1,7}|[xX][0-9A-Fa-f]{1,6});)+)|&(?P<name>[A-Za-z]\w{0,30};)?"
)
_NUMBER = re.compile(r"&#(?:(\d+)|[xX](\w+));")
_DECLARED = frozenset({"amp;", "apos;", "gt;", "lt;", "quot;"})
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_ITEM_ENDS = re.compile(r"</item\s*>\Z")
_PREFIXES = re.compile(r"</?([A-Za-z_][\w.-]*):")


def repaired(text: str, declared: str = "") -> str:
    """Return ``text``, the XML of an item, with marks where it was mended.

    ``declared`` is the beginning of the file, which declares the prefixes of names.
    """
    result: list[str] = []
    done = 0
    while begin := _TEXT_BEGINS.search(text, done):
        end = _end(begin[1], text, begin.end())
        result += (_escaped(text[done : begin.end()]), _as_text(text[begin.end() : end]))
        done = end
    result.append(_escaped(text[done:]))
    if text.startswith("<item") and not _ITEM_ENDS.search(text):
        result.append("</item>")
    return _with_prefixes("".join(result), declared)


def _end(name: str, text: str, start: int) -> int:
    """Return where the element ends whose text begins at ``start``.

    That is at its first end tag, unless it has a CDATA section, which a later one completes.
    """
    first = -1
    has_section = text.startswith(_BEGIN, start)
    for tag in _TAGS[name].finditer(text, start):
        if not tag[1]:
            break
        if first < 0:
            first = tag.start()
        if not has_section or text.endswith(_END, start, tag.start()):
            return tag.start()
    return first if first >= 0 else len(text)


def _as_text(inside: str) -> str:
    """Return the inside of an element that has text only, as XML."""
    if "<" not in inside:
        return _escaped(inside)
    if inside.startswith(_BEGIN) and inside.endswith(_END):
        content = inside[len(_BEGIN) : -len(_END)].replace(_DIVIDED, _END)
        if _END not in content:
            return inside
        return f"{_BEGIN}{content.replace(_END, f'{MARKUP}{_DIVIDED}')}{_END}"
    content = inside.replace(_BEGIN, "").replace(_END, "")
    return f"{_BEGIN}{MARKUP}{content}{_END}"


def _escaped(text: str) -> str:
    """Return XML with what it does not allow escaped, outside of CDATA sections."""
    pieces = _SECTIONS.split(text)
    pieces[::2] = [
        _REFERENCES.sub(_reference, piece).replace(_END, f"{MARKUP}]]&gt;") for piece in pieces[::2]
    ]
    return "".join(pieces)


def _reference(found: re.Match[str]) -> str:
    if found["numbers"]:
        return _characters(found["numbers"])
    name = found["name"] or ""
    if name in _DECLARED:
        return found[0]
    if name in html5:
        return f"{MARKUP}{escape(html5[name])}"
    return f"{MARKUP}&amp;{name}"


def _characters(references: str) -> str:
    """Return character references as they are, or the characters if XML does not allow them."""
    numbers = (
        int(decimal) if decimal else int(hexadecimal, 16)
        for decimal, hexadecimal in _NUMBER.findall(references)
    )
    # A number above U+10FFFF is not a character either.
    characters = "".join(chr(number if number <= sys.maxunicode else 0) for number in numbers)
    if not _NOT_XML.search(characters):
        return references
    joined = characters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return CHARACTER + escape(_NOT_XML.sub("\ufffd", joined))


def _with_prefixes(text: str, declared: str) -> str:
    """Declare the prefixes in ``text`` that are not declared."""
    unknown = sorted(
        prefix
        for prefix in set(_PREFIXES.findall(text)) - {"xml"}
        if f"xmlns:{prefix}=" not in declared
    )
    names = "".join(f' xmlns:{prefix}="undeclared:{prefix}"' for prefix in unknown)
    return text.replace("<item", f"<item{names}", 1) if names else text
