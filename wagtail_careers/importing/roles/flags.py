"""Flags: codes with parameters for everything that people should know about an imported role.

``wagtail_careers.models.import_flags`` words them in the language of the reader.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from wagtail_careers.blocks.registry import FREE_TEXT
from wagtail_careers.importing.reading.content import Block, Content
from wagtail_careers.importing.reading.elements import STRUCK_OUT
from wagtail_careers.importing.reading.restrictions import restricted
from wagtail_careers.importing.reading.shortcode_runs import HINT, SHORTCODE
from wagtail_careers.importing.reading.shortcodes import without_passwords, written_tags
from wagtail_careers.importing.roles.sections import MAX_SECTIONS, Section, is_recognised
from wagtail_careers.importing.sources.fields import is_restriction
from wagtail_careers.importing.sources.posts import Post
from wagtail_careers.models.import_flags import flag_message
from wagtail_careers.text import beginning

#: The code of the flag on a page that cannot be published yet.
INCOMPLETE = "incomplete"
#: Codes of flags on pages that may lack words of their post.
LOSSES = frozenset({"not_shown", "unaccounted"})
#: Codes of flags on pages whose posts may not have been for everybody.
NOT_FOR_EVERYBODY = frozenset({"date_unread", "restricted"})
#: Codes of flags on pages that the import never publishes.
_HOLDING_BACK = LOSSES | NOT_FOR_EVERYBODY | {INCOMPLETE, "languages", "template", "unclosed"}

#: Codes of losses of which a page lacks no words, and that change little of the meaning.
_MINOR = frozenset({"adjacent_lists", "list_numbers", "markup"})

#: How qTranslate-X and its like mark the languages that one text has.
_OF_LANGUAGE = re.compile(r"\[:[a-z]{2}\]|\{:[a-z]{2}\}|<!--:[a-z]{2}-->")

#: How many flags of one code a post can have.
MAX_OF_A_CODE = 100
#: How much of a tag is shown.
_SHOWN = 200

#: Below this confidence, somebody has to check that a section was recognised correctly.
SURE = 0.85


@dataclass(frozen=True, slots=True)
class Flag:
    """A fact about an imported role; with ``review``, one that somebody has to look at.

    ``section`` is the number of the section that it is about, from 1, or 0 if it is about none.
    ``block`` is the ID of that section on the page, once there is one.
    """

    code: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    review: bool = True
    section: int = 0
    block: str = ""

    @property
    def message(self) -> str:
        """Word the flag in the active language."""
        return flag_message(self.as_json())

    def as_json(self) -> dict[str, Any]:
        """Return the form in which ``ImportRecord`` stores the flag."""
        stored = {"code": self.code, "parameters": dict(self.parameters), "review": self.review}
        return {**stored, "block": self.block} if self.block else stored


def limited(flags: Iterable[Flag]) -> Iterator[Flag]:
    """Yield at most ``MAX_OF_A_CODE`` flags of each code, and how many more there are.

    Nobody reads thousands, and the account has every word in any case.
    """
    numbers: Counter[str] = Counter()
    for flag in flags:
        numbers[flag.code] += 1
        if numbers[flag.code] <= MAX_OF_A_CODE:
            yield flag
    for code, number in numbers.items():
        if number > MAX_OF_A_CODE:
            yield Flag("more", {"code": code, "number": str(number - MAX_OF_A_CODE)})


def can_be_published(flags: Iterable[Flag]) -> bool:
    """Return True if a page with ``flags`` is complete, and has no words too few or too many."""
    return not any(flag.code in _HOLDING_BACK for flag in flags)


def section_flags(sections: Iterable[Section]) -> Iterator[Flag]:
    """Flag sections that were not recognised for certain, and headings that are too long."""
    sections = tuple(sections)
    if not is_recognised(sections):
        yield Flag("unrecognised")
    if len(sections) > MAX_SECTIONS:
        yield Flag("many_sections", {"limit": str(MAX_SECTIONS)})
    for number, section in enumerate(sections, start=1):
        heading = section.title_text
        parameters = {"heading": heading}
        if section.kind != section.meant and section.meant:
            yield Flag("second_section", parameters, review=False, section=number)
        elif section.kind == FREE_TEXT and section.confidence < 1:
            yield Flag("text_section", parameters, review=False, section=number)
        elif section.title and section.confidence < SURE:
            parameters = {**parameters, "section": section.kind}
            yield Flag("doubtful_section", parameters, section=number)
        if section.title and not section.is_titled:
            yield Flag("long_heading", {"heading": heading[:40]}, section=number)
        if section.title and not any(block.text for block in section.blocks):
            parameters = {"heading": heading, "left_out": _left_out(section)}
            yield Flag("empty_section", parameters, section=number)


def _left_out(section: Section) -> str:
    """Return the beginning of the text under a heading that shows none."""
    runs = (run for block in section.blocks for run in block.runs)
    return beginning(" ".join(run.text for run in islice(runs, 10))) or "–"


def post_flags(post: Post) -> Iterator[Flag]:
    """Flag what is remarkable about how a post was read."""
    for remark in post.remarks:
        yield Flag(remark.code, remark.parameters, remark.review)
    if any(_OF_LANGUAGE.search(text) for text in (post.title, post.content, post.excerpt_html)):
        yield Flag("languages")
    restricting = (field.name for field in post.fields if is_restriction(field))
    for tag in dict.fromkeys((*restricted(post.content), *restricting)):
        yield Flag("restricted", {"tag": without_passwords(tag)[:_SHOWN]})


def content_flags(content: Content) -> Iterator[Flag]:
    """Flag content that a page cannot hold."""
    for embed in content.embeds:
        yield Flag("embed", {"element": embed.element, "address": embed.src})
    for block in dict.fromkeys(content.unwritten):
        yield Flag("block", {"block": beginning(block, 1000)})
    for word in dict.fromkeys(content.raised):
        yield Flag("raised_digits", {"word": word[:100]})
    for loss in content.losses:
        yield Flag(loss.code, loss.parameters, review=loss.code not in _MINOR)
    for text in dict.fromkeys(_dropped(content.blocks, STRUCK_OUT)):
        yield Flag("struck_out", {"text": beginning(text)})
    dropped = (*_dropped(content.blocks, SHORTCODE), *_dropped(content.blocks, HINT))
    tags = (tag for text in dropped for tag in written_tags(text))
    for tag in dict.fromkeys(map(without_passwords, tags)):
        yield Flag("shortcode", {"shortcode": beginning(tag, 300)})


def _dropped(blocks: Iterable[Block], reason: str) -> Iterator[str]:
    """Yield each stretch of text that was dropped for ``reason``."""
    for block in blocks:
        for dropped, group in groupby(block.runs, key=lambda run: run.dropped):
            if dropped == reason:
                yield "".join(run.text for run in group)
