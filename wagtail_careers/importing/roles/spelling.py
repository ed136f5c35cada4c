"""Spelling mistakes: the word that somebody meant, if it is one of a few known ones.

A mistake is within a word: “trainning”, “developement”, “qualfications”. Words that only share
letters are others: “Pinterest” is not “interested”, and “trainers” is not “training”.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

#: Shorter words are not misspelt, but other words. Longer ones are not compared.
_SHORTEST, _LONGEST = 5, 30
#: From this length, a word can have two mistakes, between the same first and last letter.
_LONG = 8
_REMEMBERED = 4096


class Spelling:
    """Corrects words to one of ``known``."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if _SHORTEST <= len(word) <= _LONGEST:
                self._by_beginning[word[0]].append(word)
        self.of = lru_cache(_REMEMBERED)(self._correct)

    def _correct(self, word: str) -> str:
        """Return the known word that ``word`` means, or ``word`` itself."""
        if word in self._known or not _SHORTEST <= len(word) <= _LONGEST:
            return word
        alike = (known for known in self._by_beginning[word[0]] if is_mistake(word, known))
        return next(alike, word)


def is_mistake(word: str, known: str) -> bool:
    """Return True if ``word``, with the same first letter, is ``known`` with a mistake or two."""
    is_long = min(len(word), len(known)) >= _LONG and word[-1] == known[-1]
    limit = 2 if is_long else 1
    if abs(len(word) - len(known)) > limit or len(set(word) ^ set(known)) > 2 * limit:
        return False
    return _distance(word, known) <= limit


def _distance(one: str, other: str) -> int:
    """Count the letters to add, remove, replace or swap with the next one.

    This is the optimal string alignment distance:
    https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, row, before = before, [i], row
        for j, counterpart in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], counterpart):
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
