"""The meaning of headings: how well each matches the phrases of a section.

Headings and phrases are compared word by word. Light words such as “what” and “the” weigh
little; spelling mistakes are forgiven, but leave a doubt; words of the page's own title do not
count. A heading matches a section if it contains one of its phrases and no words that are foreign
to them.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from wagtail_careers.importing.roles.spelling import Spelling
from wagtail_careers.importing.sources.conventions import DEFAULTS, Conventions

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['\u2018\u2019\u00b4`]")

#: The weight of a light word; other words have 1.
_LIGHT_WEIGHT = 0.2
#: Longer headings have no meaning, because they are sentences.
_MAX_WORDS = 60
#: How many words and headings are remembered.
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Meaning:
    """The section that a heading matches best, with a score from 0 to 1."""

    section: str
    score: float


#: The score of a heading that is a known phrase and nothing else.
WHOLE = 0.95
#: The score from which a heading without the words of the title decides.
_SURE = 0.75
#: The highest score of a heading that is misspelt, or that other things than its words indicate:
#: somebody should check it.
DOUBTFUL = 0.8


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    section: str
    phrases: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    spelling: Spelling


class Phrasebook:
    """The phrases of each section, prepared for comparison with headings."""

    def __init__(
        self, phrases: Mapping[str, Iterable[str]], conventions: Conventions = DEFAULTS
    ) -> None:
        #: The sections in their usual order.
        self.order = tuple(phrases)
        self._light_words = conventions.light_words
        self._sections = []
        for section, texts in phrases.items():
            split = tuple(words(text) for text in texts)
            every = frozenset(word for phrase in split for word in phrase)
            spelling = Spelling(every - self._light_words)
            self._sections.append(_Vocabulary(section, split, every, spelling))
        self._meaning = lru_cache(_REMEMBERED)(self._find_meaning)

    def meaning(self, heading: str, title: str = "") -> Meaning:
        """Return the meaning of ``heading`` on a page with this ``title``.

        Words of the title do not count: “What does a porter do?” is about any role. But they
        belong to a heading that is a whole phrase, such as “Training” of a training adviser.
        """
        every, of_title = words(heading), frozenset(words(title))
        whole = self._meaning(every)
        rest = self._meaning(
            tuple(word for word in every if word not in of_title or word in self._light_words)
        )
        return whole if whole.score >= WHOLE or rest.score < _SURE < whole.score else rest

    def _find_meaning(self, heading: tuple[str, ...]) -> Meaning:
        if len(heading) > _MAX_WORDS:
            return Meaning(self.order[0], 0.0)
        meanings = [Meaning(each.section, self._score(heading, each)) for each in self._sections]
        return max(meanings, key=lambda meaning: meaning.score)

    def _score(self, heading: tuple[str, ...], vocabulary: _Vocabulary) -> float:
        known = tuple(
            word if self._is_light(word) else vocabulary.spelling.of(word) for word in heading
        )
        weight = self._weight(known)
        if not weight:
            return 0.0
        words_in_it = frozenset(known)
        best = max(self._coverage(phrase, words_in_it) for phrase in vocabulary.phrases if phrase)
        covered = self._weight(
            word for word in known if word in vocabulary.words or self._is_light(word)
        )
        score = best * covered / weight
        return score if known == heading else min(score, DOUBTFUL)

    def _coverage(self, phrase: Collection[str], heading: Collection[str]) -> float:
        """Return the part of ``phrase`` that is among the words of ``heading``, from 0 to 1."""
        found = [word for word in phrase if word in heading]
        if not found:
            return 0.0
        if len(found) == 1 < len(phrase) and self._is_light(found[0]):
            return 0.0  # “About the role” is not half of “about you”.
        return self._weight(found) / self._weight(phrase)

    def _weight(self, heading: Iterable[str]) -> float:
        return sum(_LIGHT_WEIGHT if self._is_light(word) else 1.0 for word in heading)

    def _is_light(self, word: str) -> bool:
        return is_light(word, self._light_words)


def words(text: str) -> tuple[str, ...]:
    """Split ``text`` into words in lower case."""
    return tuple(_WORD.findall(_APOSTROPHES.sub(" ", text).casefold()))


def is_light(word: str, light_words: frozenset[str] = DEFAULTS.light_words) -> bool:
    """Return True if ``word`` carries little meaning; numbers do not count, either."""
    return word in light_words or word.isdigit()
