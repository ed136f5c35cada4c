"""Names of roles in the text of a progression: known ones, and ones that may be roles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from wagtail_careers.choices import Relation
from wagtail_careers.importing.roles.headings import is_light, words
from wagtail_careers.importing.sources.conventions import DEFAULTS, Conventions
from wagtail_careers.text import one_line

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")
_CAPITALISED = r"[A-Z][\w’'-]+"


@dataclass(frozen=True, slots=True)
class RoleName:
    """A role that a progression can lead to: the key of its post, or the ID of its page."""

    key: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A role that the text mentions, and how the sentence says that it is reached."""

    role: RoleName
    relation: str


class RoleNames:
    """The titles of all roles, prepared for finding them in text."""

    def __init__(self, conventions: Conventions = DEFAULTS) -> None:
        self._conventions = conventions
        self._roles: dict[tuple[str, ...], RoleName] = {}
        #: The lengths of titles by their first word, longest first.
        self._lengths: dict[str, tuple[int, ...]] = {}

    def add(self, title: str, role: RoleName) -> None:
        """Add a role, unless its title has nothing but light words, such as “About”."""
        in_title = words(title)
        if all(is_light(word, self._conventions.light_words) for word in in_title):
            return
        self._roles[in_title] = role
        lengths = {*self._lengths.get(in_title[0], ()), len(in_title)}
        self._lengths[in_title[0]] = tuple(sorted(lengths, reverse=True))

    def find(self, text: str, itself: RoleName) -> tuple[RoleMention, ...]:
        """Find the roles that ``text`` mentions, in order, each once, except ``itself``."""
        found: dict[RoleName, RoleMention] = {}
        for sentence in _SENTENCE_END.split(text):
            for role in self._in_sentence(sentence):
                if role != itself:
                    found.setdefault(
                        role, RoleMention(role, relation_in(sentence, self._conventions))
                    )
        return tuple(found.values())

    def _in_sentence(self, sentence: str) -> Iterator[RoleName]:
        tokens = list(_WORD.finditer(sentence))
        folded = [token.group().casefold() for token in tokens]
        at = 0
        while at < len(tokens):
            role, length = self._at(sentence, tokens, folded, at)
            if role:
                yield role
            at += length

    def _at(
        self, sentence: str, tokens: list[re.Match[str]], folded: list[str], at: int
    ) -> tuple[RoleName | None, int]:
        """Return the role whose title begins at a word, and the number of words to move on."""
        for first in (folded[at], self._singular(folded[at])):
            for length in self._lengths.get(first, ()):
                phrase = (*folded[at : at + length - 1], folded[min(at + length, len(folded)) - 1])
                role = self._roles.get(phrase) or self._roles.get(
                    (*phrase[:-1], self._singular(phrase[-1]))
                )
                end = at + length
                if (
                    role
                    and end <= len(folded)
                    and not self._is_part_of_a_name(sentence, tokens, at, end)
                ):
                    return role, length
        return None, 1

    def _singular(self, word: str) -> str:
        for plural, singular in self._conventions.plurals:
            if word.endswith(plural):
                return word.removesuffix(plural) + singular
        return word

    def _is_part_of_a_name(
        self, sentence: str, tokens: list[re.Match[str]], at: int, end: int
    ) -> bool:
        """Return True if the neighbours make it another role: Nurse in “Community Nurse”."""
        if not tokens[at].group()[0].isupper():
            return end == at + 1 and not self._is_alone(sentence, tokens, at)
        before = tokens[at - 1] if at else None
        after = tokens[end] if end < len(tokens) else None
        articles = self._conventions.articles
        return _belongs(sentence, before, tokens[at], articles) or _belongs(
            sentence, tokens[end - 1], after, articles
        )

    def _is_alone(self, sentence: str, tokens: list[re.Match[str]], at: int) -> bool:
        """Return True if a word in lower case is the name of a role by itself.

        “Become a nurse” names one; “a dental nurse”, “a nurse manager” and “to cook meals” do not.
        """
        before, after = self._conventions.before_a_role, self._conventions.after_a_role
        return _fits(sentence, tokens[at - 1 : at + 1], 0, before) and _fits(
            sentence, tokens[at : at + 2], 1, after
        )


def relation_in(sentence: str, conventions: Conventions = DEFAULTS) -> str:
    """Return how a role is reached, according to the sentence that names it."""
    for relation, cue in conventions.cues.items():
        if cue.search(sentence):
            return relation
    return Relation.NEXT.value


def candidates(text: str, conventions: Conventions = DEFAULTS) -> tuple[str, ...]:
    """Find names that may be roles, for a person to check: “to become a Ward Clerk”."""
    pattern = _candidate_pattern(conventions.introducing_words, conventions.inside_names)
    found = (one_line(match[1]) for match in pattern.finditer(text))
    return tuple(dict.fromkeys(name for name in found if len(name) > 2))


@cache
def _candidate_pattern(
    introducing_words: tuple[str, ...], inside_names: tuple[str, ...]
) -> re.Pattern[str]:
    introducing, inside = (
        "|".join(map(re.escape, texts)) or "(?!)" for texts in (introducing_words, inside_names)
    )
    name = rf"{_CAPITALISED}(?:\s+(?:(?:{inside})\s+)?{_CAPITALISED})*"
    return re.compile(rf"\b(?:{introducing})\s+({name})")


def _fits(sentence: str, pair: list[re.Match[str]], neighbour: int, known: frozenset[str]) -> bool:
    """Return True if the neighbour in a pair of words is ``known``, or not directly beside it."""
    if len(pair) < 2 or sentence[pair[0].end() : pair[1].start()] != " ":
        return True
    return pair[neighbour].group().casefold() in known


def _belongs(
    sentence: str,
    left: re.Match[str] | None,
    right: re.Match[str] | None,
    articles: frozenset[str],
) -> bool:
    if left is None or right is None or sentence[left.end() : right.start()] != " ":
        return False
    both_upper = left.group()[0].isupper() and right.group()[0].isupper()
    starts = left.start() == 0
    return both_upper and not starts and left.group().lower() not in articles
