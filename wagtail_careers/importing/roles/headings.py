"""Tells what a heading means, however it is put: how well it goes with the phrases of a section.

A heading and a phrase are compared by their words. Words that carry little, such as “what” and
“the role”, weigh little; spelling mistakes are forgiven; words of the page's own title say
nothing of the section. A heading goes well with a section when a phrase of it is in the
heading, and when the heading says nothing that no phrase of that section says.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['\u2018\u2019\u00b4`]")

#: Words that any heading may have.
_LIGHT = frozenset(
    """
    a about am an and are as at be by can could d did do does for from get go has have her
    here his how i if in into is it its job ll m may me might must my of on or organisation
    our position post re role s shall should so t that the their them then there this to up
    us ve was we were what when where which who why will with would you your
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
_LIGHT_WEIGHT = 0.2
#: How alike two words are that differ by a mistake, and how long a word must be for one.
_ALIKE = 0.84
_LONG = 5


@dataclass(frozen=True, slots=True)
class Meaning:
    """The section that a heading goes best with, and how well: from 0 to 1."""

    section: str
    score: float


#: From which score on a heading is a known phrase and nothing else.
WHOLE = 0.95
#: From which score on what is left without the words of the title decides.
_SURE = 0.75


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    section: str
    phrases: tuple[tuple[str, ...], ...]
    words: frozenset[str]


class Phrasebook:
    """The phrases of each section, ready to be compared with headings."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._sections = []
        for section, texts in phrases.items():
            split = tuple(words(text) for text in texts)
            every = frozenset(word for phrase in split for word in phrase)
            self._sections.append(_Vocabulary(section, split, every))
        self._known: dict[tuple[str, ...], Meaning] = {}

    def meaning(self, heading: str, title: str = "") -> Meaning:
        """What ``heading`` means on a page with this ``title``.

        The words of the title say nothing, for “What does a porter do?” is about any role. But
        where a heading is all of a known phrase, they belong to it: “Training” of an adviser.
        """
        every, of_title = words(heading), frozenset(words(title))
        whole = self._meaning(every)
        rest = self._meaning(
            tuple(word for word in every if word not in of_title or word in _LIGHT)
        )
        return whole if whole.score >= WHOLE or rest.score < _SURE < whole.score else rest

    def _meaning(self, told: tuple[str, ...]) -> Meaning:
        if told not in self._known:
            meanings = [Meaning(each.section, _score(told, each)) for each in self._sections]
            self._known[told] = max(meanings, key=lambda meaning: meaning.score)
        return self._known[told]


def words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_APOSTROPHES.sub(" ", text).casefold()))


def _score(heading: tuple[str, ...], vocabulary: _Vocabulary) -> float:
    known = tuple(_as_known(word, vocabulary.words) for word in heading)
    weight = _weight(known)
    if not weight:
        return 0.0
    said = frozenset(known)
    best = max(_coverage(phrase, said) for phrase in vocabulary.phrases if phrase)
    told = _weight(word for word in known if word in vocabulary.words or is_light(word))
    return best * told / weight


def _coverage(phrase: Collection[str], said: Collection[str]) -> float:
    """How much of ``phrase`` is among the words ``said``, from 0 to 1."""
    found = [word for word in phrase if word in said]
    if len(found) == 1 < len(phrase) and is_light(found[0]):
        return 0.0  # “About the role” is not half of “about you”.
    return _weight(found) / _weight(phrase)


def _as_known(word: str, known: Collection[str]) -> str:
    """``word`` as the phrases spell it, if a mistake is all that is different."""
    if word in known or word in _LIGHT or len(word) < _LONG:
        return word
    return next(iter(get_close_matches(word, known, n=1, cutoff=_ALIKE)), word)


def _weight(told: Iterable[str]) -> float:
    return sum(_LIGHT_WEIGHT if is_light(word) else 1.0 for word in told)


def is_light(word: str) -> bool:
    """Whether ``word`` says little: any heading may have it."""
    return word in _LIGHT or word.isdigit()  # Headings may be numbered.
