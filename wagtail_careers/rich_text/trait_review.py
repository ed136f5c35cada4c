"""A review of highlighted phrases before publication: what would be recorded for each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wagtail_careers.rich_text.similarity import Similar
from wagtail_careers.rich_text.traits import (
    is_too_long,
    is_too_short,
    trait_key,
    trimmed,
    visible,
)


class PhraseKind(TextChoices):
    """The relation of a highlighted phrase to the traits that are recorded."""

    KNOWN = "known", _("Known trait")
    NEW = "new", _("New trait")
    SIMILAR = "similar", _("New trait, nearly the same as a known one")
    TOO_LONG = "too_long", _("Too long to be recorded")
    TOO_SHORT = "too_short", _("Too short to be recorded")


@dataclass(frozen=True)
class TraitNote:
    """A highlighted phrase, as it would be recorded, and its kind.

    ``similar_to`` is the name of the trait that a known phrase means or that a similar phrase
    resembles, and empty for other kinds.
    """

    phrase: str
    kind: PhraseKind
    similar_to: str = ""


def review(
    texts: Iterable[str], known: Mapping[str, str], similar: Similar | None = None
) -> list[TraitNote]:
    """Return a note for each different phrase among ``texts``, in order.

    ``texts`` are the highlighted texts of a page (``traits.marked_texts`` of each rich text).
    ``known`` maps the keys of traits and aliases to the names of the traits
    (``models.trait.known_traits()``), and ``similar`` is their index, if many pages are reviewed.
    Texts without a visible character are left out.
    """
    similar = similar or Similar(known)
    notes: dict[str, TraitNote] = {}
    for text in texts:
        phrase = trimmed(text) or visible(text)
        key = trait_key(phrase)
        if phrase and (key or phrase) not in notes:
            notes[key or phrase] = _note(phrase, key, known, similar)
    return list(notes.values())


def _note(phrase: str, key: str, known: Mapping[str, str], similar: Similar) -> TraitNote:
    if is_too_short(phrase):
        return TraitNote(phrase, PhraseKind.TOO_SHORT)
    if is_too_long(phrase):
        return TraitNote(phrase, PhraseKind.TOO_LONG)
    if key in known:
        return TraitNote(phrase, PhraseKind.KNOWN, known[key])
    nearest = similar.find(key)
    if nearest is not None:
        return TraitNote(phrase, PhraseKind.SIMILAR, known[nearest])
    return TraitNote(phrase, PhraseKind.NEW)
