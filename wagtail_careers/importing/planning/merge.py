"""Merges three versions of a page's sections: the source then, the source now, the page now.

A section is a block of the body's raw data. Where only one side changed it, that side is
taken. Where both did, the editor's is kept and the source's becomes a note.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail_careers.importing.planning.comparison import normal_html

Raw = Mapping[str, Any]
#: What a section is recognised by in another version: kind, title, and which of several.
Key = tuple[str, str, int]

_SPACE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Note:
    """What the source now says in a section of which an editor's version was kept.

    ``section`` is its kind, ``raw`` its raw data; None when the source has it no more.
    """

    section: str
    title: str
    raw: Raw | None


@dataclass(frozen=True, slots=True)
class Merged:
    """The body that results, and what the source says where it was not taken."""

    body: tuple[Raw, ...]
    notes: tuple[Note, ...] = ()


def merge(then: Sequence[Raw], now: Sequence[Raw], page: Sequence[Raw]) -> Merged:
    """Merge the body as it was imported, as the source has it now, and as the page has it."""
    new = dict(zip(keys(now), now, strict=True))
    old = _follow(dict(zip(keys(then), then, strict=True)), new, page)
    result: list[tuple[Key | None, Raw]] = []
    notes: list[Note] = []
    page_keys = _page_keys(old, page)
    for key, block in zip(page_keys, page, strict=True):
        kept, note = _merge_block(old.get(key), new.get(key), block) if key else (block, None)
        result += [(key, kept)] if kept is not None else []
        notes += [note] if note is not None else []
    for key, block in new.items():
        if key in page_keys:
            continue
        if key not in old:
            result.insert(_place(key, list(new), [known for known, _block in result]), (key, block))
        elif not same(old[key], block):
            notes.append(_note(block, old[key]))  # An editor took the section away.
    return Merged(tuple(block for _key, block in result), tuple(notes))


def _merge_block(old: Raw | None, new: Raw | None, page: Raw) -> tuple[Raw | None, Note | None]:
    """What becomes of a section that the page has: it, or nothing; and the conflict, if any."""
    if same(page, new) or (old is None and new is None) or (old is not None and same(old, new)):
        # Both say the same, or only the editor has changed it.
        return page if new is None else _as_kind_of(new, page), None
    if old is not None and same(old, page):
        return ({**new, "id": page.get("id")} if new is not None else None), None
    return page, _note(new, old or page)


def unresolved(notes: Iterable[Note], now: Sequence[Raw], page: Sequence[Raw]) -> tuple[Note, ...]:
    """Those of earlier ``notes`` that the source still says, and the page does not."""
    return tuple(note for note in notes if _says(now, note) and not _says(page, note))


def _says(body: Sequence[Raw], note: Note) -> bool:
    if note.raw is None:
        name = _name({"type": note.section, "value": {"title": note.title}})
        return all(_name(block) != name for block in body)
    return any(block["type"] == note.section and same(block, note.raw) for block in body)


def merge_value(then: Any, now: Any, page: Any) -> Any:
    """The same for a single value, such as a title; the editor's wins where both changed."""
    return now if page == then else page


def keys(body: Sequence[Raw]) -> list[Key]:
    """What each block is recognised by in other versions: its kind; for ``text`` its title."""
    seen: Counter[tuple[str, str]] = Counter()
    result = []
    for block in body:
        name = _name(block)
        result.append((*name, seen[name]))
        seen[name] += 1
    return result


def _name(block: Raw) -> tuple[str, str]:
    kind = str(block["type"])
    title = _SPACE.sub(" ", str(block["value"].get("title") or "")).casefold()
    return kind, title if kind == "text" else ""


def same(one: Raw | None, other: Raw | None) -> bool:
    """Whether two blocks say the same, however their rich text is written."""
    if one is None or other is None:
        return one is other
    return bool(normal(one["value"]) == normal(other["value"]))


def normal(value: Any) -> Any:
    """A value of raw data without what the editor changes when it saves what it was given."""
    if isinstance(value, str):
        return normal_html(value) if "<" in value else " ".join(value.split())
    if isinstance(value, Mapping):
        if set(value) >= {"type", "value"}:
            return normal(value["value"])  # An entry of a list, without its id.
        return {name: normal(each) for name, each in value.items() if each not in (None, "", [])}
    if isinstance(value, Sequence):
        return [normal(each) for each in value]
    return value


def _page_keys(then_by_key: Mapping[Key, Raw], page: Sequence[Raw]) -> list[Key | None]:
    """The key of each block of the page: by its id, which lasts when its title changes."""
    by_id = {str(block.get("id")): key for key, block in then_by_key.items() if block.get("id")}
    found: list[Key | None] = [by_id.get(str(block.get("id"))) for block in page]
    taken = {key for key in found if key}
    for number, key in enumerate(keys(page)):
        if found[number] is None and key not in taken:
            found[number] = key
            taken.add(key)
    return found


def _follow(
    old: Mapping[Key, Raw], new: Mapping[Key, Raw], page: Sequence[Raw]
) -> Mapping[Key, Raw]:
    """``old`` with sections that the source recognises by another key now under that key.

    That is so where an editor has renamed a section as the source did, and where a text says
    the same and has become a section of a known kind.
    """
    result = dict(old)
    on_page = keys(page)
    by_id = {str(block.get("id")): key for block, key in zip(page, on_page, strict=True)}
    for key, block in old.items():
        if key in new:
            continue
        renamed = by_id.get(str(block.get("id")))
        is_text = key[0] == "text"
        successors = (
            each
            for each, said in new.items()
            if each not in result
            and (each == renamed or (is_text and each not in on_page and same(block, said)))
        )
        if successor := next(successors, None):
            result[successor] = result.pop(key)
    return result


def _as_kind_of(new: Raw, page: Raw) -> Raw:
    """The ``page``'s version of a section, as one of the kind that the source has it as."""
    if page["type"] == new["type"]:
        return page
    return {**page, "type": new["type"], "value": {**new["value"], **page["value"]}}


def _place(key: Key, order: Sequence[Key], there: Sequence[Key | None]) -> int:
    """Where a new section goes: after the one that it follows in the source, if that is there."""
    for before in reversed(order[: order.index(key)]):
        if before in there:
            return there.index(before) + 1
    return 0 if key[0] == "heading" else len(there)


def _note(new: Raw | None, old: Raw) -> Note:
    told = new or old
    return Note(str(told["type"]), str(told["value"].get("title") or ""), new)
