"""The shortcodes in the runs of a paragraph: dropped, or made into links."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from wagtail_careers.importing.reading import shortcodes
from wagtail_careers.importing.reading.content import Tape, TextRun, shown_address
from wagtail_careers.importing.reading.shortcodes import Tag, Target
from wagtail_careers.importing.sources.conventions import Conventions
from wagtail_careers.text import has_words

#: Codes of the reason for dropping a shortcode. One that stands for content, or has words:
SHORTCODE = "shortcode"
#: One that is nothing but markup around text:
MARKUP = "shortcode_markup"
#: Markup within a word, such as the first letter in ``[dropcap]A[/dropcap]bout``:
WITHIN_WORD = "shortcode_within_word"
#: The same with words of its own, such as ``[tooltip text="Emergency department"]ED[/tooltip]``:
HINT = "shortcode_hint"


class ShortcodeReader:
    """Marks the shortcodes in the paragraphs of one post, and makes links of some.

    ``ended`` are the names of shortcodes that have an end in the post, and ``numbers`` numbers
    the links.
    """

    def __init__(
        self, ended: frozenset[str], conventions: Conventions, numbers: Iterator[int]
    ) -> None:
        self._ended = ended
        self._conventions = conventions
        self._numbers = numbers

    def marked(self, runs: Iterable[TextRun]) -> Iterator[TextRun]:
        """Mark the shortcodes in a paragraph as dropped, and add the links that they stand for."""
        tape = Tape(runs)
        if "[" not in tape.text:
            yield from tape.runs
            return
        tags = tuple(shortcodes.find(tape.text, self._ended, self._conventions))
        ends = Counter(tag.name for tag in tags if tag.is_end)
        link, at = _Link(), 0
        for tag, following in zip_longest(tags, tags[1:]):
            yield from link.around(tape.cut(at, tag.start))
            at = tag.end
            ends[tag.name] -= tag.is_end
            written = tape.cut(tag.start, tag.end)
            target = self._target(tag, written)
            encloses_text = ends[tag.name] > 0 and not _is_empty(tag, following, tape.text)
            code = self._code(tag, target, encloses_text=encloses_text)
            yield from (replace(run, dropped=run.dropped or code) for run in written)
            if target or (tag.is_end and tag.name == link.name):
                yield from link.end()
                link = _Link()
            if target:
                link = _Link(tag.name, target, next(self._numbers))
            if target and not encloses_text:
                yield from link.end()
                link = _Link()
        yield from link.around(tape.cut(at, len(tape.text)))
        yield from link.end()

    def _target(self, tag: Tag, written: Iterable[TextRun]) -> Target | None:
        """Return the target of a tag that readers could have seen."""
        is_shown = all(run.is_shown for run in written)
        return shortcodes.target(tag, self._conventions) if is_shown else None

    def _code(self, tag: Tag, target: Target | None, *, encloses_text: bool) -> str:
        """Return the code of the reason for dropping a tag."""
        if tag.name in self._conventions.shortcodes_within_words:
            return HINT if shortcodes.has_words(tag) else WITHIN_WORD
        if tag.is_end:
            return MARKUP
        used = set()
        if target:
            # The text that a button encloses is the text of the link, rather than an attribute.
            is_enclosed = encloses_text and not target.is_box
            used = {target.address_attribute, "" if is_enclosed else target.text_attribute}
        is_around_text = target is not None or tag.name in self._ended
        return MARKUP if is_around_text and not shortcodes.has_words(tag, used) else SHORTCODE


def _is_empty(tag: Tag, following: Tag | None, text: str) -> bool:
    """Return True if a tag is followed by its end, without words between them."""
    if following is None or not following.is_end or following.name != tag.name:
        return False
    return not has_words(text[tag.end : following.start])


class _Link:
    """The link of a shortcode while it is open; without a ``target``, it is no link."""

    def __init__(self, name: str = "", target: Target | None = None, number: int = 0) -> None:
        self.name = name
        self._target = target
        self._number = number
        self._has_words = False

    def around(self, runs: Iterable[TextRun]) -> Iterator[TextRun]:
        """Make the text that the shortcode encloses the text of the link, unless it is a box."""
        for run in runs:
            if self._target and not self._target.is_box and run.is_shown and not run.href:
                self._has_words |= has_words(run.text)
                run = replace(run, href=self._target.href, link=self._number)
            yield run

    def end(self) -> Iterator[TextRun]:
        """Yield the text of a link that encloses none."""
        if self._target and not self._has_words:
            href = self._target.href
            text = self._target.text or shown_address(href)
            yield TextRun(text, href=href, link=self._number, added=True)
