"""Rules about sentences and paragraphs: how long and how hard to read they are."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_careers.lint.content import Content, SectionContent
from wagtail_careers.lint.passages import Span
from wagtail_careers.lint.rule import ENGLISH, GOVUK, NHS, Context, Example, Finding, Level, Rule
from wagtail_careers.lint.sentences import sentences, words
from wagtail_careers.lint.sources import GOVUK_WRITING, NHS_LITERACY, NHS_WRITING

MAX_WORDS = 25
MAX_SENTENCES = 5
MAX_AGE = 14
#: The formula has no meaning above the age at which people leave school.
ADULT = 18
#: With fewer words than this, formulas say little.
FEWEST_WORDS = 100
#: Flesch reading ease: below, a text is fairly difficult.
LEAST_EASE = 50.0

_LONG = "You look after patients on the ward and in their homes, and " * 3
_HARD = (
    "<p>Responsibilities encompass comprehensive multidisciplinary collaboration regarding "
    "individualised rehabilitation programmes.</p>"
) * 12
_HARD_GERMAN = (
    "Verantwortungsbewusste Zusammenarbeit mit unterschiedlichen Gesundheitseinrichtungen sowie "
    "selbstständige Dokumentation rehabilitationsmedizinischer Behandlungsergebnisse. "
)


class SentenceLong(Rule):
    id = "sentence-long"
    level = Level.ADVICE
    source = GOVUK_WRITING
    profiles = (NHS, GOVUK)
    message = _("This sentence has %(number)d words. Over %(limit)d are hard to follow: “%(text)s”")
    fix = _("Divide it into two sentences, or make a list of its parts.")
    good = ("<p>You look after patients, e.g. in their homes. You work in a team.</p>",)
    bad = (f"<p>{_LONG} you write reports.</p>",)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, passage in content.prose():
            for sentence in sentences(passage.text, passage.offset):
                number = len(words(sentence.text))
                if number > MAX_WORDS:
                    yield self.finding(
                        section,
                        sentence.text,
                        number=number,
                        limit=MAX_WORDS,
                        offset=sentence.offset,
                    )


class ParagraphLong(Rule):
    id = "paragraph-long"
    level = Level.ADVICE
    source = GOVUK_WRITING
    profiles = (NHS, GOVUK)
    message = _("This paragraph has %(number)d sentences. Aim for %(limit)d or fewer.")
    fix = _("Divide it into paragraphs with one idea each.")
    good = (f"<p>{'You work in a team. ' * 5}</p>",)
    bad = (f"<p>{'You work in a team. ' * 6}</p>",)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, passage in content.prose():
            number = len(list(sentences(passage.text)))
            if number > MAX_SENTENCES:
                yield self.finding(
                    section,
                    passage.text,
                    number=number,
                    limit=MAX_SENTENCES,
                    offset=passage.offset,
                )


class ReadingAge(Rule):
    id = "reading-age"
    level = Level.ADVICE
    source = NHS_LITERACY
    profiles = (NHS, GOVUK)
    languages = ENGLISH
    message = _("This section has a reading age of %(number)d or more. Aim for %(limit)d or less.")
    fix = _("Use shorter words and sentences. Begin with: “%(text)s”")
    good = (f"<p>{'You look after patients. You work in a team. ' * 15}</p>",)
    bad = (_HARD,)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for each in content.sections:
            text = _running_text(each)
            if len(words(text)) < FEWEST_WORDS or not (statistics := statistics_of("en")):
                continue
            # Without syllables: to count those of English, textstat downloads a dictionary.
            age = min(round(statistics.automated_readability_index(text)) + 5, ADULT)
            if age > MAX_AGE:
                longest = _longest_sentence(each)
                yield self.finding(
                    each.section, longest.text, number=age, limit=MAX_AGE, offset=longest.offset
                )


class ReadingEase(Rule):
    id = "reading-ease"
    level = Level.ADVICE
    source = NHS_WRITING
    profiles = (NHS, GOVUK)
    #: The languages for which textstat has a formula, English apart.
    languages = ("de", "es", "fr", "it", "nl", "ru")
    message = _("This section is difficult to read, by the Flesch formula for its language.")
    fix = ReadingAge.fix
    good = (Example(f"<p>{'Du hilfst im Team. Du lernst viel. ' * 20}</p>", language="de"),)
    bad = (Example(f"<p>{_HARD_GERMAN * 12}</p>", language="de"),)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for each in content.sections:
            text, language = _running_text(each), content.language_of(each)
            if len(words(text)) < FEWEST_WORDS or not (statistics := statistics_of(language)):
                continue
            if statistics.flesch_reading_ease(text) < LEAST_EASE:
                longest = _longest_sentence(each)
                yield self.finding(each.section, longest.text, offset=longest.offset)


def _running_text(content: SectionContent) -> str:
    """Return the prose with each item of a list as a sentence, as readers take it."""
    texts = (passage.text for passage in content.prose)
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in texts)


def _longest_sentence(content: SectionContent) -> Span:
    found = [
        sentence
        for passage in content.prose
        for sentence in sentences(passage.text, passage.offset)
    ]
    return max(found, key=lambda sentence: len(sentence.text))


@cache
def statistics_of(language: str) -> Any:
    """Return the formulas of textstat for a language, or None if it is not installed."""
    try:
        from textstat.textstat import textstatistics
    except ImportError:
        return None
    found = textstatistics()
    found.set_lang(language)
    return found
