"""Footnotes of WordPress's block editor, put where WordPress shows them.

The text of a post only has their numbers. Their own texts are in a custom field, as JSON, and a
block without HTML says where to list them.
https://wordpress.org/documentation/article/footnotes-block/
"""

import json
import re
from typing import Any

from wagtail_careers.importing.sources.html_parser import parsed

#: The custom field.
FOOTNOTES = "footnotes"

_BLOCK = re.compile(r"<!--\s*wp:(?:core/)?footnotes\b[^<>]*-->")


def with_footnotes(content: str, value: str) -> str | None:
    """Return ``content`` with the footnotes in ``value``; None if that does not have any.

    Each number in the text is set in brackets, and no longer leads to its footnote: a page has
    no place for such links. The list is at the end if no block says where.
    """
    notes = _notes(value)
    if not notes:
        return None
    listed = f"<ol>{''.join(f'<li>{note}</li>' for note in notes)}</ol>"
    html = _with_numbers(content)
    before, *after = _BLOCK.split(html, maxsplit=1)
    return f"{before}{listed}{after[0]}" if after else f"{html}\n\n{listed}"


def _notes(value: str) -> list[str]:
    try:
        notes = json.loads(value)
    except (ValueError, RecursionError):
        return []
    if not isinstance(notes, list) or not all(_is_note(note) for note in notes):
        return []
    return [_closed(note["content"]) for note in notes]


def _is_note(note: Any) -> bool:
    return isinstance(note, dict) and isinstance(note.get("content"), str)


def _closed(html: str) -> str:
    """Close what ``html`` leaves open, so that it does not spread over the next footnote."""
    body = parsed(html).body
    return body.inner_html or "" if body else ""


def _with_numbers(content: str) -> str:
    # Posts with footnotes were written with the block editor, whose HTML is complete: to write
    # it again changes nothing else.
    body = parsed(content).body
    if body is None:
        return content
    for link in body.css("sup[data-fn] > a"):
        if link.parent:
            link.parent.insert_before(f" ({link.text().strip()})")
        link.decompose()
    return body.inner_html or ""
