"""Sections: the content of a post, divided at its headings.

The meaning of a heading (``headings``) decides which section it begins. Its place among the
other sections and the classes around it can support that meaning, but do not decide alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from wagtail_careers.blocks.registry import FREE_TEXT, INTRODUCTION
from wagtail_careers.blocks.sections.base import MAX_TITLE
from wagtail_careers.importing.reading.content import Block, Content, Kind, shown_text
from wagtail_careers.importing.roles.headings import DOUBTFUL, WHOLE, Phrasebook, words
from wagtail_careers.importing.sources.conventions import DEFAULTS, Conventions

#: The confidence from which a heading begins a known section.
RECOGNISED = 0.75
#: How much the place and the classes of a heading add to its score at most.
_PLACE = 0.25
_CLASS = 0.15
#: Below this score, place and classes add nothing.
_SUPPORTABLE = 0.5

#: Paragraphs that look like headings are below all real headings.
_NO_LEVEL = 7
_ENDS_SENTENCE = (".", ",", ";", "!")
_REPEATS_TITLE = "repeats_title"

#: More headings than these become sub-headings.
MAX_SECTIONS = 100


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a role page. ``title`` is its heading, or None in the introduction.

    ``meant`` is the kind that the heading means; a second section of that kind becomes text.
    ``confidence`` in that meaning is from 0 to 1.
    """

    kind: str
    title: Block | None = None
    blocks: tuple[Block, ...] = ()
    confidence: float = 1.0
    meant: str = ""

    @property
    def title_text(self) -> str:
        return self.title.text if self.title else ""

    @property
    def is_titled(self) -> bool:
        """Return True if the heading fits into the title; otherwise it begins the text."""
        return self.title is not None and len(self.title.text) <= MAX_TITLE


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A heading that may begin a section, with its meaning."""

    position: int
    level: int
    section: str
    score: float


def divide(
    content: Content,
    page_title: str,
    phrasebook: Phrasebook,
    assigned: Mapping[str, str] | None = None,
    conventions: Conventions = DEFAULTS,
) -> tuple[Section, ...]:
    """Divide a post into sections, in its own order, with the introduction first.

    ``assigned`` maps the text of some headings to the section that they begin.
    """
    chosen = {words(heading): section for heading, section in (assigned or {}).items()}
    blocks = _with_headings(content.blocks, page_title, phrasebook, conventions)
    candidates = _candidates(blocks, page_title, phrasebook, chosen)
    if not any(each.score >= RECOGNISED for each in candidates):
        blocks = _with_plain_headings(blocks, page_title, phrasebook)
        candidates = [
            replace(each, score=min(each.score, DOUBTFUL))
            for each in _candidates(blocks, page_title, phrasebook, chosen)
        ]
    starts = {each.position: each for each in _starts(blocks, candidates)}
    sections = [Section(INTRODUCTION)]
    below: list[list[Block]] = [[]]
    used: set[str] = set()
    titles: set[tuple[str, ...]] = set()
    for number, block in enumerate(blocks):
        start = starts.get(number)
        # Two sections with one title could not be distinguished; the second joins the one above.
        is_free = len(sections) <= MAX_SECTIONS
        if start and is_free and words(block.text) not in titles:
            kind = start.section if start.section not in used else FREE_TEXT
            used |= {kind} - {FREE_TEXT}
            titles.add(words(block.text))
            confidence = round(start.score, 2)
            sections.append(Section(kind, block, confidence=confidence, meant=start.section))
            below.append([])
        else:
            below[-1].append(block)
    return tuple(
        replace(section, blocks=tuple(blocks))
        for section, blocks in zip(sections, below, strict=True)
    )


def is_recognised(sections: Iterable[Section]) -> bool:
    """Return True if any section is more than an introduction or text."""
    return any(section.kind not in (INTRODUCTION, FREE_TEXT) for section in sections)


def _with_headings(
    blocks: Sequence[Block], page_title: str, phrasebook: Phrasebook, conventions: Conventions
) -> list[Block]:
    """Make headings of paragraphs that look like one, and paragraphs of empty headings."""
    result: list[Block] = []
    is_first = True
    for block, following in zip_longest(blocks, blocks[1:]):
        if block.kind == Kind.HEADING and not block.text:
            block = replace(block, kind=Kind.PARAGRAPH)
        elif (
            block.kind == Kind.HEADING
            and block.level == 1
            and (is_first or _is_opening(block, conventions))
        ):
            if phrasebook.meaning(block.text, page_title).score < RECOGNISED:
                block = _opening(block, page_title)
        elif _is_heading_in_disguise(block, following):
            block = replace(block, kind=Kind.HEADING, level=_NO_LEVEL)
        is_first = is_first and not block.text
        result.append(block)
    return result


def _with_plain_headings(
    blocks: Sequence[Block], page_title: str, phrasebook: Phrasebook
) -> list[Block]:
    """Make headings of paragraphs that only their words identify as headings.

    For posts whose headings are plain paragraphs, perhaps in capitals or underlined. In other
    posts, such words belong to the text.
    """
    return [
        replace(block, kind=Kind.HEADING, level=_NO_LEVEL)
        if _could_be_heading(block, following)
        and phrasebook.meaning(block.text, page_title).score >= WHOLE
        else block
        for block, following in zip_longest(blocks, blocks[1:])
    ]


def _is_opening(block: Block, conventions: Conventions) -> bool:
    """Return True if a top heading introduces the page instead of beginning a section."""
    is_introduction = conventions.introduction_class.search
    return len(block.text) > MAX_TITLE or any(is_introduction(name) for name in block.classes)


def _opening(block: Block, page_title: str) -> Block:
    runs = block.runs
    if words(block.text) == words(page_title):
        runs = tuple(replace(run, dropped=run.dropped or _REPEATS_TITLE) for run in runs)
    return replace(block, kind=Kind.PARAGRAPH, level=0, runs=runs)


def _is_heading_in_disguise(block: Block, following: Block | None) -> bool:
    """Return True if a paragraph looks like a heading and the next one does not."""
    return (
        block.looks_like_heading
        and _could_be_heading(block, following)
        and following is not None
        and not following.looks_like_heading
    )


def _could_be_heading(block: Block, following: Block | None) -> bool:
    """Return True if a paragraph is one short line with something below it, and not in a table."""
    text = block.text
    return (
        block.kind == Kind.PARAGRAPH
        and not block.in_table
        and len(text) <= MAX_TITLE
        and "\n" not in shown_text(block.runs)
        and not text.endswith(_ENDS_SENTENCE)
        and not any(run.href for run in block.runs)
        and any(character.isalpha() for character in text)
        and following is not None
        and following.kind != Kind.HEADING
    )


def _candidates(
    blocks: Sequence[Block],
    page_title: str,
    phrasebook: Phrasebook,
    chosen: Mapping[tuple[str, ...], str],
) -> list[_Candidate]:
    result = []
    for number, block in enumerate(blocks):
        if block.kind != Kind.HEADING:
            continue
        if section := chosen.get(words(block.text)):
            result.append(_Candidate(number, block.level, section, 1.0))
            continue
        meaning = phrasebook.meaning(block.text, page_title)
        result.append(_Candidate(number, block.level, meaning.section, meaning.score))
    return _supported(blocks, result, phrasebook.order)


def _supported(
    blocks: Sequence[Block], candidates: list[_Candidate], order: Sequence[str]
) -> list[_Candidate]:
    """Add to the scores of candidates that their place or their classes support.

    ``order`` is the usual order of sections.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for each in candidates:
        if each.score >= RECOGNISED:
            places[each.section].append(each.position)
    result = []
    for each in candidates:
        if _SUPPORTABLE <= each.score < RECOGNISED and each.section not in places:
            score = each.score
            if _fits_between(each, places, order):
                score += _PLACE
            if _has_class_of(blocks[each.position], each.section):
                score += _CLASS
            each = replace(each, score=min(score, DOUBTFUL))
        result.append(each)
    return result


def _fits_between(
    candidate: _Candidate, places: Mapping[str, Sequence[int]], order: Sequence[str]
) -> bool:
    """Return True if the sections before and after the candidate are in the usual ``order``.

    ``places`` has the positions of the headings of each section, in order.
    """
    place = order.index(candidate.section) if candidate.section in order else -1
    neighbours = [section for section in places if section in order]
    return bool(neighbours) and all(
        places[each][-1] < candidate.position
        if order.index(each) < place
        else places[each][0] > candidate.position
        for each in neighbours
    )


def _has_class_of(block: Block, section: str) -> bool:
    names = {part for name in block.classes for part in words(name.replace("_", " "))}
    return bool(names & {part for part in section.split("_") if part not in ("links", "spec")})


def _starts(blocks: Sequence[Block], candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Select the candidates that begin a section: recognised ones, and others of their level.

    A deeper one that is recognised is a sub-heading if its section is of the same kind, or if
    a higher heading has the same meaning. Every heading in the introduction begins a section,
    because introductions have no sub-headings.
    """
    if not candidates:
        return []
    recognised = [each for each in candidates if each.score >= RECOGNISED]
    levels = Counter(each.level for each in recognised)
    level = levels.most_common(1)[0][0] if levels else min(each.level for each in candidates)
    top: dict[str, int] = {}
    for each in recognised:
        top[each.section] = min(each.level, top.get(each.section, each.level))
    starts: list[_Candidate] = []
    for each in candidates:
        if each.score >= RECOGNISED:
            if not (starts and _divides(each, starts[-1], top)):
                starts.append(each)
        elif each.level <= level or not starts:
            starts.append(replace(each, section=FREE_TEXT))
    return starts


def _divides(candidate: _Candidate, section: _Candidate, top: Mapping[str, int]) -> bool:
    """Return True if a recognised heading is a sub-heading of the ``section`` around it.

    ``top`` has the level of the highest heading for each section.
    """
    is_same = candidate.section == section.section
    return candidate.level > section.level and (is_same or top[candidate.section] < candidate.level)
