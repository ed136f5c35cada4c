"""The open elements of a post, and the effect that they have on the text in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from wagtail_careers.importing.reading.content import TextRun
from wagtail_careers.importing.reading.lists import Numbering
from wagtail_careers.importing.reading.tree import INVISIBLE
from wagtail_careers.importing.sources.conventions import Conventions
from wagtail_careers.languages import known_language

#: Codes of reasons for dropping text; ``tree.INVISIBLE`` has those of elements.
HIDDEN = "hidden"
STRUCK_OUT = "struck_out"

#: Deeper lists are raised to this depth, because readers lose track below it.
MAX_LISTS = 4
#: The number of classes around a block that count, so that deep elements cost no more memory.
MAX_CLASSES = 50

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"em", "i", "cite", "dfn", "var"})
_STRUCK_OUT = frozenset({"del", "s", "strike"})
#: Elements above or below the line.
_RAISED = frozenset({"sub", "sup"})

_NOT_DISPLAYED = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_STRUCK_OUT_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^:;]*line-through", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Element:
    """An open element, with the effect that it and those around it have on the text in it."""

    tag: str = ""
    look: TextRun = field(default_factory=lambda: TextRun(""))
    classes: tuple[str, ...] = ()
    level: int = 0
    lists: tuple[str, ...] = ()
    #: The number of the innermost list and of the item, in the post.
    list_number: int = 0
    item: int = 0
    numbering: Numbering | None = None
    in_table: bool = False
    in_row: bool = False
    is_preformatted: bool = False
    is_raised: bool = False
    is_apart: bool = False
    is_anchor: bool = False
    quotes: int = 0
    language: str = ""
    direction: str = ""


def look_inside(
    outside: TextRun, tag: str, attributes: Mapping[str, Any], conventions: Conventions
) -> TextRun:
    """Return the look of the text in an element, without that of a link.

    The cells of a header are not bold: they would look like headings, or like traits.
    """
    style = attributes.get("style") or ""
    look = outside
    if not look.dropped and (reason := _reason_for_dropping(tag, attributes, style)):
        look = replace(look, dropped=reason)
    if not look.bold and (tag in _BOLD or _BOLD_STYLE.search(style)):
        look = replace(look, bold=True)
    if not look.italic and tag in _ITALIC:
        look = replace(look, italic=True)
    if not look.titled and _is_title(tag, attributes.get("class") or "", conventions):
        look = replace(look, titled=True)
    if (language := known_language(attributes.get("lang"))) and language != look.language:
        look = replace(look, language=language)
    return look


def inside(outside: Element, tag: str, attributes: Mapping[str, Any], look: TextRun) -> Element:
    """Return the effect of an element that is not a list or an item."""
    names = tuple((attributes.get("class") or "").split())
    return replace(
        outside,
        tag=tag,
        look=look,
        classes=(*names, *outside.classes)[:MAX_CLASSES] if names else outside.classes,
        level=int(tag[1]) if tag in _HEADINGS and not outside.lists else outside.level,
        in_table=outside.in_table or tag == "table",
        in_row=outside.in_row or tag == "tr",
        is_preformatted=outside.is_preformatted or tag == "pre",
        is_raised=outside.is_raised or tag in _RAISED,
        is_apart=False,
        is_anchor=False,
        quotes=outside.quotes + (tag == "q"),
        language=(attributes.get("lang") or "").strip() or outside.language,
        direction=(attributes.get("dir") or "").strip().lower() or outside.direction,
    )


def in_list(element: Element, numbering: Numbering, number: int) -> Element:
    """Return the effect of the ``element`` of a list.

    A list that is too deep counts as the one around it.
    """
    if len(element.lists) == MAX_LISTS:
        return replace(element, numbering=numbering, item=0)
    lists = (*element.lists, numbering.tag)
    return replace(element, lists=lists, list_number=number, numbering=numbering, item=0)


def in_item(element: Element, number: int) -> Element:
    """Return the effect of the ``element`` of an item."""
    return replace(element, item=number, lists=element.lists or ("ul",), level=0)


def _reason_for_dropping(tag: str, attributes: Mapping[str, Any], style: str) -> str:
    if tag in INVISIBLE:
        return INVISIBLE[tag]
    if "hidden" in attributes or _NOT_DISPLAYED.search(style):
        return HIDDEN
    if tag in _STRUCK_OUT or _STRUCK_OUT_STYLE.search(style):
        return STRUCK_OUT
    return ""


def _is_title(tag: str, classes: str, conventions: Conventions) -> bool:
    return bool(
        classes and tag in conventions.title_elements and conventions.title_class.search(classes)
    )
