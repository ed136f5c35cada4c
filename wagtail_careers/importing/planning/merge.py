"""Three-way merge of a page's sections: the source before, the source now, and the page now.

A section is a block of the body's raw data. If only one side changed it, that version is used.
If both changed it, the editor's version stays and the source's becomes a note. The same goes for
the order of the sections.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail_careers.importing.planning.comparison import Raw, content, same

#: Identifies a section in other versions: its kind, its title, and its number among equals.
Key = tuple[str, str, int]

_SPACE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Note:
    """The source's version of a section where the editor's version was kept.

    ``section`` is its kind, ``raw`` its raw data, or None if the source no longer has it.
    """

    section: str
    title: str
    raw: Raw | None


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged body, and the source's version of sections where it was not used.

    ``keeps_order`` is true if the source has moved sections that an editor had moved elsewhere.
    """

    body: tuple[Raw, ...]
    notes: tuple[Note, ...] = ()
    keeps_order: bool = False


def merge(
    then: Sequence[Raw], now: Sequence[Raw], page: Sequence[Raw], *, kept_order: bool = False
) -> Merged:
    """Merge the body as it was imported, as the source has it now, and as the page has it.

    ``kept_order`` says that the page's order was kept when the source changed its own before.
    """
    new = dict(zip(keys(now), now, strict=True))
    old = _follow(dict(zip(keys(then), then, strict=True)), new, page)
    result: list[tuple[Key | None, Raw]] = []
    notes: list[Note] = []
    page_keys = _page_keys(old, page)
    for key, block in zip(page_keys, page, strict=True):
        kept, note = _merge_block(old.get(key), new.get(key), block) if key else (block, None)
        result += [(key, kept)] if kept is not None else []
        notes += [note] if note is not None else []
    result, keeps_order = _in_order_of(new, result, old, kept_before=kept_order)
    for key, block in new.items():
        if key in page_keys:
            continue
        if key not in old:
            result.insert(_place(key, list(new), [known for known, _block in result]), (key, block))
        elif not same(old[key], block):
            notes.append(_note(block, old[key]))  # An editor removed the section.
    return Merged(tuple(block for _key, block in result), tuple(notes), keeps_order)


def _in_order_of(
    new: Mapping[Key, Raw],
    page: list[tuple[Key | None, Raw]],
    old: Mapping[Key, Raw],
    *,
    kept_before: bool,
) -> tuple[list[tuple[Key | None, Raw]], bool]:
    """Move sections as the source did, unless an editor has moved them.

    Return the sections, and True if both have moved them. Sections of editors keep their places.
    """
    everywhere = {key for key, _block in page} & set(new) & set(old)
    then, now = ([key for key in order if key in everywhere] for order in (old, new))
    there = [key for key, _block in page if key in everywhere]
    if now in (then, there):
        return page, kept_before and now != there
    if there != then:
        return page, True
    blocks = dict(page)
    moved = iter(now)
    return [
        (following := next(moved), blocks[following]) if key in everywhere else (key, block)
        for key, block in page
    ], False


def _merge_block(old: Raw | None, new: Raw | None, page: Raw) -> tuple[Raw | None, Note | None]:
    """Return the merged section, or None if it is removed, and a note if there is a conflict."""
    if same(page, new) or (old is None and new is None) or (old is not None and same(old, new)):
        # Both are the same, or only the editor changed the section.
        return page if new is None else _as_kind_of(new, page), None
    if old is not None and same(old, page):
        return ({**new, "id": page.get("id")} if new is not None else None), None
    return page, _note(new, old or page)


def unresolved(notes: Iterable[Note], now: Sequence[Raw], page: Sequence[Raw]) -> tuple[Note, ...]:
    """Return the earlier notes that the source still contains and the page does not."""
    notes = tuple(notes)
    if not notes:
        return ()
    in_source, on_page = _said_by(now), _said_by(page)
    return tuple(note for note in notes if in_source(note) and not on_page(note))


def _said_by(body: Sequence[Raw]) -> Callable[[Note], bool]:
    """Return a function that returns True if ``body`` contains what a note says."""
    names = {_name(block) for block in body}
    contents = {(block["type"], content(block)) for block in body}

    def says(note: Note) -> bool:
        if note.raw is None:
            return _name({"type": note.section, "value": {"title": note.title}}) not in names
        return (note.section, content(note.raw)) in contents

    return says


def merge_value(then: Any, now: Any, page: Any) -> Any:
    """Merge a single value, such as a title; if both changed, the editor's version wins."""
    return now if page == then else page


def keys(body: Sequence[Raw]) -> list[Key]:
    """Return the key of each block: its kind, and for ``text`` also its title."""
    seen: Counter[tuple[str, str]] = Counter()
    result = []
    for block in body:
        name = _name(block)
        result.append((*name, seen[name]))
        seen[name] += 1
    return result


def _name(block: Raw) -> tuple[str, str]:
    kind = str(block["type"])
    title = _SPACE.sub(" ", _title(block)).casefold()
    return kind, title if kind == "text" else ""


def _title(block: Raw) -> str:
    """Return the title of a section; a block that is not a section has none."""
    value = block["value"]
    return str(value.get("title") or "") if isinstance(value, Mapping) else ""


def _page_keys(then_by_key: Mapping[Key, Raw], page: Sequence[Raw]) -> list[Key | None]:
    """Return the key of each block of the page: by its ID, which survives a new title."""
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
    """Move sections of ``old`` whose key the source has changed to their new key.

    That applies if an editor has renamed a section as the source did, and if a text section has
    become one of a known kind with the same content.
    """
    result = dict(old)
    on_page = keys(page)
    by_id = {str(block.get("id")): key for block, key in zip(page, on_page, strict=True)}
    lost = [key for key in old if key not in new]
    free = [key for key in new if key not in old and key not in on_page] if lost else ()
    contents = {key: content(new[key]) for key in free}
    for key in lost:
        renamed = by_id.get(str(old[key].get("id")))
        said = content(old[key]) if key[0] == "text" and contents else None
        successors = (
            each
            for each in new
            if each not in result
            and (each == renamed or (said is not None and contents.get(each) == said))
        )
        if successor := next(successors, None):
            result[successor] = result.pop(key)
    return result


def _as_kind_of(new: Raw, page: Raw) -> Raw:
    """Return the section of the page with the kind that it has in the source."""
    if page["type"] == new["type"]:
        return page
    return {**page, "type": new["type"], "value": {**new["value"], **page["value"]}}


def _place(key: Key, order: Sequence[Key], there: Sequence[Key | None]) -> int:
    """Return the position of a new section: after the one that it follows in the source."""
    for before in reversed(order[: order.index(key)]):
        if before in there:
            return there.index(before) + 1
    return 0 if key[0] == "heading" else len(there)


def _note(new: Raw | None, old: Raw) -> Note:
    shown = new or old
    return Note(str(shown["type"]), _title(shown), new)
