"""Rules about wording that keeps people from applying: who can do the role, and who feels asked.

The wordings are few, because a word is only unfair of people who may apply: “young” is not when it
is about patients.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.passages import Passage
from wagtail_careers.lint.rule import ENGLISH, FAIR, Context, Example, Finding, Level, Rule
from wagtail_careers.lint.rules.patterns import Term, TermRule
from wagtail_careers.lint.sources import (
    ADVERTS,
    EQUALITY_ACT,
    GENDERED_WORDING,
    NHS_INCLUSIVE,
)

#: Lists in a person spec that are shorter say little about what is required.
FEWEST_REQUIREMENTS = 6
#: People of a workforce. “Young people” and “a young person” are mostly those it works for.
_STAFF = r"(?:candidates?|applicants?|team|staff|workforce|professionals?|graduates?)"
_FIX = _("Write “%(other)s”.")


class FairRule(TermRule):
    """A rule about wordings, each with a replacement."""

    level = Level.WARNING
    profiles = (FAIR,)
    languages = ENGLISH
    fix = _FIX


class FairGender(FairRule):
    id = "fair-gender"
    source = ADVERTS
    message = _("“%(text)s” can read as if the role were for one gender.")
    terms = (
        Term(r"he ?/ ?she|she ?/ ?he|s/he|\(s\)he|he or she|she or he", "they"),
        Term(r"his ?/ ?hers?|hers? ?/ ?his|his or her|her or his", "their"),
        Term(r"him ?/ ?her|her ?/ ?him|him or her|her or him|himself or herself", "them"),
        Term(r"chairman", "chair"),
        Term(r"craftsm[ae]n|tradesm[ae]n", "skilled worker"),
        Term(r"firem[ae]n", "firefighter"),
        Term(r"policem[ae]n|policewom[ae]n", "police officer"),
        Term(r"salesm[ae]n|saleswom[ae]n", "sales assistant"),
        Term(r"handym[ae]n", "maintenance worker"),
        Term(r"foreman|foremen", "supervisor"),
        Term(r"workm[ae]n", "worker"),
        Term(r"storem[ae]n", "stores assistant"),
        Term(r"male nurses?", "nurse"),
        Term(r"(?:lady|female|woman) doctors?", "doctor"),
        Term(r"cleaning lad(?:y|ies)|tea lad(?:y|ies)|dinner lad(?:y|ies)", "assistant"),
        Term(r"man[- ]?power", "staff"),
        Term(r"man[- ]hours", "hours of work"),
        Term(r"manning", "staffing"),
        Term(r"manned", "staffed"),
        Term(r"mankind", "people"),
        Term(r"the right man|best man for the job|guys", "the right person"),
    )
    good = ("<p>They look after their patients. You manage a team on the ward.</p>",)
    bad = (
        "<p>The nurse knows his or her patients.</p>",
        "<p>You lead the storemen.</p>",
        "<p>The desk is manned all night.</p>",
    )


class FairGenderCoded(FairRule):
    id = "fair-gender-coded"
    level = Level.ADVICE
    source = GENDERED_WORDING
    message = _("Words such as “%(text)s” put off people who do not see themselves in them.")
    terms = (
        Term(r"ninjas?|rock ?stars?|gurus?|superstars?|wizards?", "expert"),
        Term(r"dominant|dominate", "lead"),
        Term(r"aggressive(?:ly)?", "determined"),
        Term(r"fearless", "confident"),
        Term(r"hungry for success|killer instinct|go-getters?", "keen to do well"),
        Term(r"thick[- ]skinned|thick skin", "able to cope with pressure"),
    )
    good = (
        "<p>You are confident, and you work with others.</p>",
        "<p>You stay calm with aggressive or upset patients.</p>",
    )
    bad = ("<p>We look for a coding ninja.</p>", "<p>You need a thick skin.</p>")

    _of_others = re.compile(
        r"(?:\s+\w+){0,3}\s+(?:patients?|behaviou?rs?|people|customers?|cancers?|tumours?|hand)\b"
    )

    def values(
        self, match: re.Match[str], passage: Passage, content: Content
    ) -> Mapping[str, Any] | None:
        # Of patients, not of people who apply.
        if self._of_others.match(passage.text, match.end()):
            return None
        return super().values(match, passage, content)


class FairAge(FairRule):
    id = "fair-age"
    source = ADVERTS
    message = _("“%(text)s” can read as if people of some ages need not apply.")
    terms = (
        Term(
            r"(?:young|youthful)(?:,? (?:and )?(?!people|person|adult|carer|offender)\w+)? "
            rf"{_STAFF}",
            "people",
        ),
        Term(r"youthful", "lively"),
        Term(
            r"recent graduates?|recently graduated",
            "people with a degree",
        ),
        Term(r"digital natives?", "people who are good with computers"),
        Term(
            r"mature (?:person|individual|candidate|applicant)s?",
            "someone who can work on their own",
        ),
        Term(
            r"(?:at least|minimum(?: of)?) (?:\d+|two|three|four|five|six|ten) "
            r"years[’']? (?:of )?(?:\w+ )?experience",
            "experience of …, however long it took",
        ),
        Term(r"energetic young", "keen"),
    )
    good = (
        "<p>You care for young people and older patients, and for people under the age of 18.</p>",
        "<p>You need experience of working with children in our young adult team.</p>",
        "<p>If you are under 25, you pay no fee. Our staff have over 20 years’ experience.</p>",
    )
    bad = (
        "<p>We want a recent graduate.</p>",
        "<p>You need at least 5 years’ experience.</p>",
        "<p>Join our youthful team.</p>",
    )


class FairNationality(FairRule):
    id = "fair-nationality"
    source = ADVERTS
    message = _("“%(text)s” keeps out people who can do the role.")
    terms = (
        Term(r"native(?:[- ]level)? (?:\w+ )?speakers?", "a fluent speaker"),
        Term(
            r"English (?:as (?:your|a|their) )?(?:mother tongue|first language)", "fluent English"
        ),
        Term(r"mother[- ]tongue English", "fluent English"),
        Term(
            r"(?:British|UK|EU|English) (?:citizens?|nationals?|passport holders?)"
            r"(?: only)?(?= need| must| only|[.])",
            "people with the right to work in the UK",
        ),
        Term(r"must be (?:British|English|a UK national)", "need the right to work in the UK"),
    )
    good = ("<p>You speak fluent English. You need the right to work in the UK.</p>",)
    bad = (
        "<p>You are a native English speaker.</p>",
        "<p>English must be… English as your first language helps.</p>",
        "<p>You must be British.</p>",
    )


class FairAbility(FairRule):
    id = "fair-ability"
    source = NHS_INCLUSIVE
    message = _("“%(text)s” keeps disabled people from applying, or names people by a condition.")
    terms = (
        Term(r"able[- ]bodied", "able to do the tasks, with adjustments if needed"),
        Term(
            r"(?:be |are )?physically fit(?: and (?:active|healthy|strong|able))?"
            r"|(?:good|high) (?:level of )?physical fitness|good level of fitness"
            r"|reasonable level of (?:physical )?fitness",
            "able to … (name the task, such as “lift 10kg, with equipment”)",
        ),
        Term(
            r"in good health|good (?:general )?health(?! and safety)|clean bill of health",
            "able to do the tasks, with adjustments if needed",
        ),
        Term(
            r"perfect (?:eyesight|vision|hearing)|(?:good|normal) (?:eyesight|hearing)",
            "able to … (name the task)",
        ),
        Term(r"wheelchair[- ]bound|confined to a wheelchair", "a wheelchair user"),
        Term(
            r"the (?:disabled|handicapped|blind|deaf)(?= \w*(?:ed|ing|and|who|are|in)\b|[.,])",
            "disabled people",
        ),
        Term(r"handicapped|crippled", "disabled"),
        Term(r"mentally (?:ill|retarded|handicapped)", "with a mental health condition"),
    )
    good = (
        "<p>You can move boxes of 10kg, with equipment. You work with deaf people.</p>",
        "<p>You promote good mental health. You test people’s hearing.</p>",
        "<p>You must keep to good health and safety practice.</p>",
    )
    bad = (
        "<p>You need to be physically fit.</p>",
        "<p>You need good eyesight.</p>",
        "<p>You help the disabled.</p>",
    )

    def values(
        self, match: re.Match[str], passage: Passage, content: Content
    ) -> Mapping[str, Any] | None:
        is_about_others = "health" in match[0].lower() and not re.search(
            r"\b(?:you|must|need|require|candidate|applicant)", passage.text, re.IGNORECASE
        )
        is_aim = re.search(
            r"(?:maintain\w*|promot\w*|keep\w*|stay\w*|lead\w*|people|patients?|them)\s+(?:\w+\s+)?$",
            passage.text[: match.start()],
            re.IGNORECASE,
        )
        return None if is_about_others or is_aim else super().values(match, passage, content)


class FairLicence(FairRule):
    id = "fair-licence"
    level = Level.ADVICE
    source = EQUALITY_ACT
    message = _("“%(text)s” keeps out people who cannot drive, and many tasks need no car.")
    fix = _("Unless driving is the task, write “%(other)s”.")
    terms = (
        Term(
            r"(?:full |clean |valid |current |UK )*driv(?:ing|er[’']?s?) licen[cs]es?",
            "you can travel between sites",
        ),
        Term(
            r"(?:your )?own (?:car|vehicle|transport)|car (?:owner|driver)s?"
            r"|access to a (?:car|vehicle)|use of a car",
            "you can travel between sites",
        ),
    )
    good = (
        "<p>You can travel between sites.</p>",
        Example("<p>You need a full driving licence.</p>", title="Ambulance driver"),
        "<p>You drive a van, so you need a driving licence.</p>",
    )
    bad = ("<p>You need a full UK driving licence.</p>", "<p>You need your own car.</p>")
    _driving = re.compile(
        r"\bdriver|ambulance|paramedic|\byou (?:will |would )?drive\b"
        r"|\bdriving (?:a|the|patients)\b|transport|deliver(?:y|ing)",
        re.IGNORECASE,
    )

    def values(
        self, match: re.Match[str], passage: Passage, content: Content
    ) -> Mapping[str, Any] | None:
        around = passage.text[: match.start()] + passage.text[match.end() :]
        is_task = self._driving.search(content.title) or self._driving.search(around)
        return None if is_task else super().values(match, passage, content)


class FairDegree(FairRule):
    id = "fair-degree"
    level = Level.ADVICE
    source = EQUALITY_ACT
    message = _("“%(text)s” keeps out people who learned the same at work.")
    fix = _("Unless the law asks for it, add “%(other)s”.")
    terms = (
        Term(
            r"(?:educated|qualified) to (?:at least )?(?:a )?degree[- ]level(?: or above)?"
            r"|degree[- ]educated|graduate[- ]calibre|of graduate calibre"
            r"|(?:must|need to) (?:have|hold) a (?:university )?degree|graduates only",
            "or equivalent experience",
        ),
    )
    good = (
        "<p>You are educated to degree level or have equivalent experience.</p>",
        "<p>To register as a nurse, you must have a degree in nursing.</p>",
    )
    bad = ("<p>You are educated to degree level.</p>", "<p>You must have a degree.</p>")

    def values(
        self, match: re.Match[str], passage: Passage, content: Content
    ) -> Mapping[str, Any] | None:
        is_open = re.search(
            r"equivalent|or (?:have )?(?:relevant |similar )?experience|regist(?:er|ration)"
            r"|degree in \w+",
            passage.text,
            re.IGNORECASE,
        )
        return None if is_open else super().values(match, passage, content)


class FairPreference(FairRule):
    id = "fair-preference"
    level = Level.ADVICE
    source = ADVERTS
    message = _("“%(text)s” does not say whether people without it can apply.")
    terms = (
        Term(
            r"ideally(?! (?:located|placed|situated|suited))|preferably",
            "it helps, but you can apply without",
        ),
        Term(
            r"would be (?:an advantage|advantageous|preferred|preferable)"
            r"|is (?:preferred|preferable|advantageous)",
            "is helpful, but you can apply without it",
        ),
    )
    good = (
        "<p>Experience is helpful, but you can apply without it.</p>",
        "<p>The hospital is ideally placed for the station.</p>",
    )
    bad = ("<p>You should ideally have some experience.</p>",)


class FairRequirements(Rule):
    id = "fair-requirements"
    level = Level.ADVICE
    source = ADVERTS
    profiles = (FAIR,)
    languages = ENGLISH
    message = _(
        "This list has %(number)d items, and does not say which of them people must have to apply."
    )
    fix = _("Divide it into what is required and what is helpful.")
    _says = re.compile(
        r"\b(?:must|essential|required?|requirements?|need(?:ed|s)?|necessary|desirable|helpful"
        r"|useful|optional|bonus|advantage|learn|training is given|not expected)\b",
        re.IGNORECASE,
    )
    good = (
        Example(
            f"<p>You must have:</p><ul>{'<li>a</li>' * 6}</ul><p>It is helpful to have:</p>"
            "<ul><li>b</li><li>c</li></ul>",
            section="person_spec",
        ),
        f"<ul>{'<li>a</li>' * 6}</ul>",
    )
    bad = (Example(f"<p>You have:</p><ul>{'<li>a</li>' * 6}</ul>", section="person_spec"),)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for each in content.sections:
            prose = "\n".join(passage.text for passage in each.prose)
            if each.section.name != "person_spec" or self._says.search(prose):
                continue
            for items in each.lists:
                if len(items) >= FEWEST_REQUIREMENTS:
                    yield self.finding(
                        each.section, items[0].text, number=len(items), offset=items[0].offset
                    )
