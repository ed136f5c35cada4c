"""Phrases that are nearly the same: “kind” and “kindness”, a plural, a typing error.

The endings are English. In other languages, spacing and typing errors are still found.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

_WORD_BREAK = re.compile(r"[\s-]+")
_ARTICLES = frozenset({"a", "an", "the"})
#: Endings and their replacements. So many letters must come before each that “witness” does not
#: become “wit”, nor “passion” and “passive” one word.
_ENDINGS = tuple(
    (re.compile(rf"(?<=\w{{{letters}}}){ending}$"), replacement)
    for letters, ending, replacement in (
        (3, "(?<!bus)iness", "y"),
        (4, "ness", ""),
        (2, "ies", "y"),
        (2, "sses", "ss"),
        (2, "(?<![ius])s", ""),
        (2, "ibility", "ible"),
        (2, "ability", "able"),
        (2, "osity", "ous"),
        (3, "sty", "st"),
        (2, "ivity", "ive"),
        (5, "ity", ""),
        (3, "enc[ey]", "ent"),
        (3, "anc[ey]", "ant"),
        (3, "ionate", "ion"),
        (3, "isation", "ise"),
        (3, "ation", "ate"),
        (5, "ment", ""),
        (5, "i(?:on|ve)", ""),
        (4, "ful", ""),
        (2, r"([bdgmnprt])\1(?:ing|ed)", r"\1"),
        (4, "(?:ing|ed)", ""),
        (3, "(?:ing|ed)", "e"),
    )
)
_VOWELS = frozenset("aeiouy")
_SIBILANTS = frozenset("csz")

# The fewest letters of two words whose one difference is an error rather than another meaning:
# where errors are frequent (a doubled letter, a vowel, “s” for “c”), elsewhere, and where a letter
# stands for a different one.
_FREQUENT_ERROR = 6
_OTHER_ERROR = 7
_DIFFERENT_LETTER = 10


class Similar:
    """An index of keys (``traits.trait_key``) that finds the one nearly the same as another."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_stem: dict[str, str] = {}
        self._by_initials: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for key in keys:
            self._by_stem.setdefault(_stem_of_all(key), key)
            self._by_initials[_initials(key)].append(key)

    def find(self, key: str) -> str | None:
        """Return the key in the index that is nearly the same as ``key``, or None."""
        if found := self._by_stem.get(_stem_of_all(key)):
            return found
        # The first letter of a word is rarely wrong: “caring” is not “daring”.
        candidates = self._by_initials.get(_initials(key), ())
        return next((each for each in candidates if _has_one_error(key, each)), None)


def stem(word: str) -> str:
    """Return ``word`` without endings such as “-ness” and “-ing”, which need not be a word."""
    word = word.replace("z", "s")
    while (shorter := _without_ending(word)) != word:
        word = shorter
    # “motivate” and “motivated”, but not “moral” and “morale”, or “human” and “humane”.
    return word[:-1] if len(word) > 4 and word[-1] == "e" and word[-2] not in "ln" else word


def is_typing_error(one: str, other: str) -> bool:
    """Return whether two words are probably one, with a letter wrong, missing or misplaced.

    Short words differ in one letter too often: “polite” and “police” are two words.
    """
    start = _shared_letters(one, other)
    rest, other_rest = one[start:][::-1], other[start:][::-1]
    end = _shared_letters(rest, other_rest)
    rest, other_rest = rest[end:], other_rest[end:]
    letters = rest + other_rest
    if any(letter.isdigit() for letter in letters):
        return False
    match sorted((len(rest), len(other_rest))):
        case [0, 1]:
            is_frequent = letters in _VOWELS or letters == one[start - 1 : start]
            fewest = _FREQUENT_ERROR if is_frequent else _OTHER_ERROR
        case [1, 1]:
            is_frequent = set(letters) <= _VOWELS or set(letters) <= _SIBILANTS
            fewest = _FREQUENT_ERROR if is_frequent else _DIFFERENT_LETTER
        case [2, 2] if rest == other_rest[::-1]:
            fewest = _OTHER_ERROR
        case _:
            return False
    return min(len(one), len(other)) >= fewest


def _shared_letters(one: str, other: str) -> int:
    """Return the number of letters with which both words begin."""
    differences = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differences, min(len(one), len(other)))


def _without_ending(word: str) -> str:
    shorter = (pattern.sub(end, word) for pattern, end in _ENDINGS if pattern.search(word))
    return next(shorter, word)


def _words(key: str) -> list[str]:
    return [word for word in _WORD_BREAK.split(key) if word]


def _stem_of_all(key: str) -> str:
    """Return the stems of a phrase in one word, because “team work” may be “teamwork”."""
    words = _words(key)
    return "".join(stem(word) for word in words if word not in _ARTICLES) or key


def _initials(key: str) -> tuple[str, ...]:
    return tuple(word[0] for word in _words(key))


def _has_one_error(one: str, other: str) -> bool:
    """Return whether phrases with as many words differ in one word, by a typing error."""
    pairs = [pair for pair in zip(_words(one), _words(other), strict=True) if pair[0] != pair[1]]
    return len(pairs) == 1 and is_typing_error(*pairs[0])
