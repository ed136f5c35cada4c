"""Rules about a role page as a whole: its sections, traits, languages, and copied text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.passages import Passage
from wagtail_careers.lint.places import TraitPlace
from wagtail_careers.lint.rule import (
    ROLES,
    WCAG,
    Context,
    Example,
    Finding,
    Level,
    OwnWord,
    Rule,
)
from wagtail_careers.lint.sentences import words
from wagtail_careers.lint.site import long_passages
from wagtail_careers.lint.sources import LANGUAGE, REVIEW, ROLE_PAGES

FEWEST_TRAITS = 2
_FULL = tuple(
    (name, {"introduction" if name == "heading" else "prose": "<p>Text.</p>"})
    for name in (
        "heading",
        "person_spec",
        "duties",
        "training",
        "application_links",
        "progression",
    )
)
_LONG = "<p>" + " ".join(f"word{number}" for number in range(40)) + "</p>"


class SectionMissing(Rule):
    id = "section-missing"
    level = Level.ADVICE
    source = ROLE_PAGES
    profiles = (ROLES,)
    message = _("Readers look for this section, and the page does not have it: %(text)s.")
    fix = _("Add the section, and answer its question in a few sentences.")
    good = (Example(body=_FULL),)
    bad = (Example(body=_FULL[1:]),)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for label in content.missing:
            yield self.finding(content.as_section, label)


class TraitsFew(Rule):
    id = "traits-few"
    level = Level.ADVICE
    source = ROLE_PAGES
    profiles = (ROLES,)
    message = _("Traits highlighted in this section: %(number)d. Readers compare roles by them.")
    fix = _("Select the qualities that matter most, one by one, and press the Trait button.")
    good = (
        Example(f"{_LONG}<p><mark>care</mark>, <mark>calm</mark></p>", section="person_spec"),
        Example(_LONG),
    )
    bad = (Example(_LONG, section="person_spec"),)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for each in content.sections:
            marked = {place.text for place in each.places if isinstance(place, TraitPlace)}
            number = len(marked)
            is_long = sum(len(words(passage.text)) for passage in each.prose) >= 20
            if each.section.name == "person_spec" and is_long and number < FEWEST_TRAITS:
                yield self.finding(each.section, each.section.title, number=number)


class TextCopied(Rule):
    id = "text-copied"
    level = Level.ADVICE
    source = REVIEW
    profiles = (ROLES,)
    compares_roles = True
    message = _("Nearly the same paragraph is on “%(other)s”: “%(text)s”")
    fix = _("Say what is special about this role, or keep the text on one page and link to it.")
    good = (Example(_LONG, others=("<p>Another text.</p>",)),)
    bad = (Example(_LONG, others=(_LONG.replace("word39", "end"),)),)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        if context.site is None:
            return
        for section, passage in long_passages(content):
            if title := context.site.likeness(content, passage):
                yield self.finding(section, passage.text, other=title, offset=passage.offset)


class OwnWords(Rule):
    id = "own-words"
    source = REVIEW
    message = _("Your organisation does not use “%(text)s”. %(name)s")
    fix = _("Write %(other)s.")
    good = (Example("<p>You help guests.</p>", context=Context(words=(OwnWord("guest"),))),)
    bad = (
        Example(
            "<p>You help Punters.</p>",
            context=Context(words=(OwnWord("punters", "patients", "It is rude."),)),
        ),
        Example(
            "<p>You are on the front line.</p>", context=Context(words=(OwnWord("front line"),))
        ),
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for each in context.words:
            other = f"“{each.replacement}”" if each.replacement else gettext("another word")
            spaced = r"\s+".join(map(re.escape, each.word.split()))
            pattern = re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)
            for section, passage in content.passages():
                for match in pattern.finditer(passage.text):
                    yield self.finding(
                        section,
                        match[0],
                        name=each.reason,
                        other=other,
                        offset=passage.offset + match.start(),
                    )


class OtherLanguage(Rule):
    id = "other-language"
    source = LANGUAGE
    profiles = (WCAG,)
    message = _("This text is in another language than the page: “%(text)s”")
    fix = _("Mark its language, move it to a page in that language, or translate it.")
    good = (
        "<p>You say “bonjour” and “merci” to people who come from France for the day.</p>",
        "<p>Shukran (شكرا) means thank you.</p>",
        '<p><span lang="ar">مرحبا بكم في المستشفى العام هنا</span></p>',
    )
    bad = (
        "<p>مرحبا بكم في المستشفى العام هنا</p>",
        "<p>Vous travaillez avec les patients dans un service de la ville et vous êtes "
        "responsable des soins pour eux.</p>",
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for each in content.sections:
            own = content.language_of(each)
            for passage in each.prose:
                is_other = _has_other_script(passage, own) or _has_other_words(passage, own)
                if is_other and not passage.languages:
                    yield self.finding(each.section, passage.text, offset=passage.offset)


#: The scripts of languages that do not have Latin letters alone.
_SCRIPTS = {
    language: frozenset(scripts.split())
    for languages, scripts in (
        ("ar fa ur ps ug ku", "ARABIC LATIN"),
        ("ru uk bg sr mk be kk", "CYRILLIC LATIN"),
        ("he yi", "HEBREW"),
        ("hi mr ne", "DEVANAGARI"),
        ("el", "GREEK"),
        ("bn", "BENGALI"),
        ("pa", "GURMUKHI"),
        ("gu", "GUJARATI"),
        ("ta", "TAMIL"),
        ("th", "THAI"),
        ("zh", "CJK"),
        ("ja", "CJK HIRAGANA KATAKANA KATAKANA-HIRAGANA"),
        ("ko", "HANGUL CJK"),
    )
    for language in languages.split()
}
_LATIN = frozenset({"LATIN"})
#: Frequent words of languages, of which few are words of another.
_FREQUENT = {
    language: frozenset(frequent.split())
    for language, frequent in {
        "en": "the of and to in is you that it for on are with as be at this have from or by not "
        "your we can will an they which their all if a what do how",
        "fr": "le la les de des du et un une vous est dans pour que qui sur avec pas ce cette au "
        "aux par ne se sont votre nous plus ou ils elle",
        "de": "der die das und ist nicht mit für auf ein eine den von zu sie wir im dem des sich "
        "als auch bei es aus werden oder ihr einen",
        "es": "el los las de del y en que un una es por con para su se al lo como más pero sus "
        "usted este esta son o nos",
        "it": "il lo gli le di del della e un una che è per con non si nel da al sono come più "
        "anche ma dei delle alla",
        "pt": "o os as de do da dos das e em um uma que é para com não se no na por mais como ao "
        "você seu sua são",
        "pl": "i w na z do nie się to jest że o jak po za od dla przez oraz ale są lub który "
        "które jako przy",
        "cy": "y yr yn a i o ar mae eich chi ei gan gyda am fod neu bydd wedi hyn ac nid sydd "
        "hefyd eu at ein ni",
        "ro": "și în de la cu pe un o este pentru nu care din sau ca mai vă să prin sunt al ale",
        "nl": "de het een en van is dat op te voor met zijn niet aan er ook als bij je of uit "
        "naar om door we",
    }.items()
}


def _has_other_script(passage: Passage, language: str) -> bool:
    expected = _SCRIPTS.get(language) or (_LATIN if language in _FREQUENT else None)
    if expected is None:
        return False
    letters = [each for each in passage.text if each.isalpha()]
    scripts = Counter(unicodedata.name(each, "").partition(" ")[0] for each in letters)
    others = sum(number for script, number in scripts.items() if script not in expected)
    return others > 10 and others > len(letters) / 2


def _has_other_words(passage: Passage, language: str) -> bool:
    found = [word.lower() for word in words(passage.text)]
    if len(found) < 12 or language not in _FREQUENT:
        return False
    shares = {
        each: sum(word in frequent for word in found) / len(found)
        for each, frequent in _FREQUENT.items()
    }
    other = max(share for each, share in shares.items() if each != language)
    return other >= 0.3 and shares[language] <= 0.1
