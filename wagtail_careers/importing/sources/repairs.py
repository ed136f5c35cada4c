"""Repairs: places of a file that cannot be read as they are, and were mended.

A file is mended as a stream, long before anybody knows which post a place belongs to. So each
mended place gets a mark in the text, which the reader of the post takes out again. The marks are
noncharacters (https://www.unicode.org/faq/private_use.html): XML and HTML keep
them, and no text has them, because a file's own noncharacters are mended themselves.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from wagtail_careers.importing.sources.posts import Remark

#: What was mended, by mark. ``bytes`` are not in the file's encoding, a ``character`` cannot be
#: in text, and ``markup`` is not XML.
_PROBLEMS = {"\ufdd0": "bytes", "\ufdd1": "character", "\ufdd2": "markup"}
BYTES, CHARACTER, MARKUP = _PROBLEMS
_MARKS = re.compile("[\ufdd0-\ufdd2]")

#: A file in the wrong encoding has as many mended places as it has accents.
_MAX_REMARKS = 20
#: Places of one problem that are closer together are one repair.
_REACH = 60
_TAGS = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Repair:
    """A mended place: a ``problem``, and the ``words`` around it.

    The words of a ``field`` that may be private are not repeated; it is named instead.
    """

    problem: str
    words: str = ""
    field: str = ""


def remarks_on(repairs: Iterable[Repair]) -> tuple[Remark, ...]:
    """Return a remark for each of ``repairs``, up to a number that people can look at."""
    different = tuple(dict.fromkeys(repairs))
    remarks = tuple(map(_remark, different[:_MAX_REMARKS]))
    if more := len(different) - len(remarks):
        remarks += (Remark("repaired", {"problem": "more", "number": str(more)}),)
    return remarks


def _remark(repair: Repair) -> Remark:
    if repair.field:
        return Remark("repaired", {"problem": "field", "field": repair.field})
    return Remark("repaired", {"problem": repair.problem, "words": repair.words})


def has_marks(text: str) -> bool:
    return bool(_MARKS.search(text))


def without_marks(text: str) -> str:
    return _MARKS.sub("", text)


def repairs_in(text: str) -> Iterator[Repair]:
    """Yield the repairs in ``text``, which may be HTML, in order."""
    last: dict[str, int] = {}
    for mark in _MARKS.finditer(text):
        problem = _PROBLEMS[mark[0]]
        is_new = problem not in last or mark.start() - last[problem] > _REACH
        last[problem] = mark.start()
        if is_new:
            yield Repair(problem, _around(text, mark.start()))


def _around(text: str, position: int) -> str:
    """Return up to three words before and after ``position``, with the one that is there."""
    before = _TAGS.sub(" ", text[max(0, position - _REACH) : position])
    after = _TAGS.sub(" ", text[position : position + _REACH])
    joined = _plain(before).split(" ")[-4:]
    following = _plain(after).split(" ")[:4]
    return " ".join("".join((" ".join(joined), " ".join(following))).split())


def _plain(text: str) -> str:
    """Return ``text`` with single spaces, also at its ends, and as people read it."""
    return re.sub(r"\s+", " ", unescape(without_marks(text)))
