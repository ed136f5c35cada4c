"""Base classes of rules that look for a pattern or for words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, NamedTuple

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.passages import Kind, Passage
from wagtail_careers.lint.rule import Context, Finding, Rule

PROSE = (Kind.PARAGRAPH, Kind.ITEM, Kind.LINE)


class PatternRule(Rule):
    """A rule with a finding for each match of ``pattern`` in passages of ``kinds``."""

    pattern: ClassVar[re.Pattern[str]]
    kinds: ClassVar[tuple[Kind, ...]] = PROSE

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, passage in content.passages():
            if passage.kind not in self.kinds:
                continue
            for match in self.pattern.finditer(passage.text):
                values = self.values(match, passage, content)
                if values is not None:
                    offset = passage.offset + match.start()
                    yield self.finding(section, match[0], offset=offset, **values)

    def values(
        self, match: re.Match[str], passage: Passage, content: Content
    ) -> Mapping[str, Any] | None:
        """Return the values of the finding about a match, or None if it is no finding."""
        return {}


class Term(NamedTuple):
    """A wording, as a regular expression, and what to write instead."""

    pattern: str
    replacement: str


class TermRule(PatternRule):
    """A rule with a list of wordings, each with a replacement, for ``%(other)s``."""

    terms: ClassVar[tuple[Term, ...]]
    kinds = (*PROSE, Kind.TITLE, Kind.HEADING)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "terms" in vars(cls):
            alternatives = "|".join(f"({term.pattern})" for term in cls.terms)
            cls.pattern = re.compile(rf"(?<![\w/-])(?:{alternatives})(?![\w-])", re.IGNORECASE)

    def values(
        self, match: re.Match[str], passage: Passage, content: Content
    ) -> Mapping[str, Any] | None:
        return {"other": self.terms[(match.lastindex or 1) - 1].replacement}
