"""Rules about the phrases that are highlighted as traits."""

from collections.abc import Iterator
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.places import TraitPlace
from wagtail_careers.lint.records import Records
from wagtail_careers.lint.rule import Context, Example, Finding, Level, Rule
from wagtail_careers.lint.sources import REVIEW
from wagtail_careers.rich_text.trait_review import PhraseKind, review
from wagtail_careers.rich_text.traits import trait_key, trimmed, visible

_KNOWN = Context(Records(traits={"kind": "kindness", "patience": "patience"}))


def _marked(phrase: str) -> Example:
    return Example(f"<p>Show <mark>{phrase}</mark>.</p>", section="person_spec", context=_KNOWN)


class TraitRule(Rule):
    """A rule about one kind of highlighted phrase."""

    level = Level.ADVICE
    source = REVIEW
    kind: ClassVar[PhraseKind]

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        places = content.places.of(TraitPlace)
        first: dict[str, TraitPlace] = {}
        for place in places:
            first.setdefault(_identity(place.text), place)
        texts, records = [place.text for place in places], context.records
        for note in review(texts, records.traits, records.similar_traits) if texts else ():
            if note.kind is self.kind:
                place = first[_identity(note.phrase)]
                yield self.finding(
                    place.section, note.phrase, trait=note.similar_to, offset=place.offset
                )


class TraitKnown(TraitRule):
    id = "trait-known"
    kind = PhraseKind.KNOWN
    message = _("Known trait.")
    fix = ""
    is_concern = False
    good = (_marked("juggling"),)
    bad = (_marked("kind"),)


class TraitNew(TraitRule):
    id = "trait-new"
    kind = PhraseKind.NEW
    message = _("New trait. Publication adds it to the list of traits.")
    fix = _("Check the spelling.")
    good = (_marked("kind"),)
    bad = (_marked("juggling"),)


class TraitSimilar(TraitRule):
    id = "trait-similar"
    kind = PhraseKind.SIMILAR
    message = _("New trait, nearly the same as “%(trait)s”.")
    fix = _("Use the known trait, or make this phrase one of its aliases.")
    good = (_marked("juggling"),)
    bad = (_marked("patient"),)


class TraitTooLong(TraitRule):
    id = "trait-too-long"
    level = Level.WARNING
    kind = PhraseKind.TOO_LONG
    message = _("Too long to be recorded as a trait.")
    fix = _("Highlight only the quality, in a few words.")
    good = (_marked("kind"),)
    bad = (_marked("kind " * 60),)


class TraitTooShort(TraitRule):
    id = "trait-too-short"
    level = Level.WARNING
    kind = PhraseKind.TOO_SHORT
    message = _("Too short to be recorded as a trait.")
    fix = _("Highlight the whole word.")
    good = (_marked("kind"),)
    bad = (_marked("k"),)


def _identity(text: str) -> str:
    """Return what ``review`` takes for the same phrase."""
    phrase = trimmed(text) or visible(text)
    return trait_key(phrase) or phrase
