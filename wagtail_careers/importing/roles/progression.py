"""Role names in the prose of a progression: those that have a page, and those that may be roles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wagtail_careers.choices import Relation
from wagtail_careers.importing.roles.headings import is_light, words

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")
_ARTICLES = frozenset({"a", "an", "the", "i"})
#: What can stand beside the name of a role that is written in small letters.
_BEFORE_A_ROLE = frozenset(
    {"a", "an", "and", "as", "be", "become", "becoming", "either", "or", "the"}
)
_AFTER_A_ROLE = frozenset(
    {"after", "and", "at", "before", "but", "by", "for", "from", "if", "in", "level", "on", "once"}
    | {"or", "role", "roles", "then", "through", "to", "when", "where", "who", "with", "within"}
)
_PLURALS = (("ies", "y"), ("wives", "wife"), ("s", ""))
_NAME = r"[A-Z][\w’'-]+(?:\s+(?:(?:of|and|in|for)\s+)?[A-Z][\w’'-]+)*"
_CANDIDATE = re.compile(rf"\b(?:an?|as|become|becoming|role of)\s+({_NAME})")
_CUES = (
    (Relation.SPECIALISE, re.compile(r"\bspeciali[sz]", re.IGNORECASE)),
    (
        Relation.WITH_TRAINING,
        re.compile(r"\b(?:training|qualif|degree|diploma|course|stud(?:y|ies))", re.IGNORECASE),
    ),
    (
        Relation.SIDEWAYS,
        re.compile(r"\b(?:similar|sideways|other (?:roles|areas)|also exist)", re.IGNORECASE),
    ),
)


@dataclass(frozen=True, slots=True)
class RoleName:
    """A role that a progression can lead to: the key of its post, or the id of its page."""

    key: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class FoundStep:
    """A role that the prose mentions, and how the sentence says it is reached."""

    role: RoleName
    relation: str


class RoleNames:
    """The titles of all roles, to be found in prose."""

    def __init__(self) -> None:
        self._roles: dict[tuple[str, ...], RoleName] = {}
        #: How many words titles have that begin with a word, the longest first.
        self._lengths: dict[str, tuple[int, ...]] = {}

    def add(self, title: str, role: RoleName) -> None:
        told = words(title)
        if all(is_light(word) for word in told):
            return  # “About” is in any prose.
        self._roles[told] = role
        lengths = {*self._lengths.get(told[0], ()), len(told)}
        self._lengths[told[0]] = tuple(sorted(lengths, reverse=True))

    def find(self, text: str, itself: RoleName) -> tuple[FoundStep, ...]:
        """The roles that ``text`` mentions, in order, each once; not ``itself``."""
        found: dict[RoleName, FoundStep] = {}
        for sentence in _SENTENCE_END.split(text):
            for role in self._in_sentence(sentence):
                if role != itself:
                    found.setdefault(role, FoundStep(role, relation_in(sentence)))
        return tuple(found.values())

    def _in_sentence(self, sentence: str) -> Iterator[RoleName]:
        tokens = list(_WORD.finditer(sentence))
        told = [token.group().casefold() for token in tokens]
        at = 0
        while at < len(tokens):
            role, length = self._at(sentence, tokens, told, at)
            if role:
                yield role
            at += length

    def _at(
        self, sentence: str, tokens: list[re.Match[str]], told: list[str], at: int
    ) -> tuple[RoleName | None, int]:
        """The role whose title begins at a word, and how many words are done with."""
        for first in (told[at], _singular(told[at])):
            for length in self._lengths.get(first, ()):
                phrase = (*told[at : at + length - 1], told[min(at + length, len(told)) - 1])
                role = self._roles.get(phrase) or self._roles.get(
                    (*phrase[:-1], _singular(phrase[-1]))
                )
                end = at + length
                if role and end <= len(told) and not _is_part_of_a_name(sentence, tokens, at, end):
                    return role, length
        return None, 1


def _singular(word: str) -> str:
    for plural, single in _PLURALS:
        if word.endswith(plural):
            return word.removesuffix(plural) + single
    return word


def relation_in(sentence: str) -> str:
    """How a role is reached, from the words of the sentence that names it."""
    for relation, cue in _CUES:
        if cue.search(sentence):
            return relation.value
    return Relation.NEXT.value


def candidates(text: str) -> tuple[str, ...]:
    """What may be the names of roles, for a person to look at: “to become a Ward Clerk”."""
    found = (" ".join(match[1].split()) for match in _CANDIDATE.finditer(text))
    return tuple(dict.fromkeys(name for name in found if len(name) > 2))


def _is_part_of_a_name(sentence: str, tokens: list[re.Match[str]], at: int, end: int) -> bool:
    """Whether the words beside make another role of it: a Nurse is no Community Nurse."""
    if not tokens[at].group()[0].isupper():
        return end == at + 1 and not _stands_alone(sentence, tokens, at)
    before = tokens[at - 1] if at else None
    after = tokens[end] if end < len(tokens) else None
    return _belongs(sentence, before, tokens[at]) or _belongs(sentence, tokens[end - 1], after)


def _stands_alone(sentence: str, tokens: list[re.Match[str]], at: int) -> bool:
    """Whether a word in small letters is a role by itself.

    “Become a nurse” names one; “a dental nurse”, “a nurse manager” and “to cook meals” do not.
    """
    return _fits(sentence, tokens[at - 1 : at + 1], 0, _BEFORE_A_ROLE) and _fits(
        sentence, tokens[at : at + 2], 1, _AFTER_A_ROLE
    )


def _fits(sentence: str, pair: list[re.Match[str]], neighbour: int, known: frozenset[str]) -> bool:
    """Whether the neighbour in a pair of words is ``known``, or there is none right beside."""
    if len(pair) < 2 or sentence[pair[0].end() : pair[1].start()] != " ":
        return True
    return pair[neighbour].group().casefold() in known


def _belongs(sentence: str, left: re.Match[str] | None, right: re.Match[str] | None) -> bool:
    if left is None or right is None or sentence[left.end() : right.start()] != " ":
        return False
    both_upper = left.group()[0].isupper() and right.group()[0].isupper()
    starts = left.start() == 0
    return both_upper and not starts and left.group().lower() not in _ARTICLES
