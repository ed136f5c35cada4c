"""The shape of a rule and of what it finds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.places import Section
from wagtail_careers.lint.records import Records
from wagtail_careers.lint.site import Site

Text = str | Promise

#: The profiles of the package. A rule without profiles is checked on every site.
WCAG, NHS, GOVUK, FAIR, ROLES = PROFILES = ("wcag", "nhs", "govuk", "fair", "roles")
ENGLISH = ("en",)


class Level(TextChoices):
    """The weight of a finding. An error is a failure of WCAG, and stops publication."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")
    ADVICE = "advice", _("Advice")


class Effect(Enum):
    """The effect of a finding on what readers see."""

    NONE = "none"
    HIDDEN = "hidden"
    NO_LINK = "no_link"


@dataclass(frozen=True)
class Source:
    """The criterion or the rule of style that a rule enforces: its title and its address."""

    title: str
    url: str


@dataclass(frozen=True)
class OwnWord:
    """A word that an organisation avoids, what to write instead, and why. Both can be empty."""

    word: str
    replacement: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Context:
    """The facts that rules need besides a page.

    ``records`` are those that the page refers to (see ``records.look_up``). ``shown_on`` is the
    tree path of the page. ``words`` and ``other_places`` are the organisation's own words and
    the names of places outside its area. ``site`` has the content of all roles of the site, with
    this page, if they are checked together.
    """

    records: Records = field(default_factory=Records)
    shown_on: str = ""
    words: tuple[OwnWord, ...] = ()
    other_places: tuple[str, ...] = ()
    site: Site | None = None


@dataclass(frozen=True)
class Example:
    """A page to show or to test a rule with: rich text of one section, and what else matters."""

    prose: str = ""
    title: str = "Nurse"
    #: The title of the section; empty for the default one.
    heading: str = ""
    section: str = "duties"
    language: str = "en"
    #: More raw data of the body, by the names of sections.
    body: tuple[tuple[str, Any], ...] = ()
    context: Context = field(default_factory=Context, compare=False)
    #: The prose of other roles of the site.
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One place of a page, and what its editor should know about it.

    ``text`` is the text of the place, or else the name of what it refers to, and ``offset`` its
    position in the text of the section (see ``content.SectionContent.text``). ``link`` and
    ``page`` are the primary keys of the record that the finding is about, and ``trait`` the name
    of the trait. ``name``, ``other``, ``number`` and ``limit`` are for the message.
    """

    rule: "Rule"
    section: Section
    text: str
    effect: Effect = Effect.NONE
    name: str = ""
    other: str = ""
    link: int | None = None
    page: int | None = None
    trait: str = ""
    number: int = 0
    limit: int = 0
    offset: int = field(default=0, compare=False)

    @property
    def is_concern(self) -> bool:
        """Return whether there is anything to do. A known trait is listed, but is no concern."""
        return self.rule.is_concern


class Rule:
    """A content rule. A subclass sets the attributes and yields its findings from ``check``.

    ``message`` says what happened and ``fix`` what to do. Both can contain ``%(text)s``,
    ``%(name)s``, ``%(other)s``, ``%(trait)s``, ``%(number)d`` and ``%(limit)d`` of the finding.
    ``good`` examples have no finding of the rule, and each of ``bad`` has one.
    """

    #: A name that stays the same, such as “link-text-vague”.
    id: ClassVar[str]
    level: ClassVar[Level] = Level.WARNING
    source: ClassVar[Source]
    message: ClassVar[Text]
    fix: ClassVar[Text]
    #: The names of the profiles with the rule; empty for a rule that every site checks.
    profiles: ClassVar[tuple[str, ...]] = ()
    #: The languages of sections that the rule can read, such as “en”; empty for all.
    languages: ClassVar[tuple[str, ...]] = ()
    good: ClassVar[tuple[Example | str, ...]] = ()
    bad: ClassVar[tuple[Example | str, ...]] = ()
    is_concern: ClassVar[bool] = True
    #: Whether the rule compares roles, and so finds nothing on a page that is checked alone.
    compares_roles: ClassVar[bool] = False

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        """Yield the findings about a page."""
        raise NotImplementedError

    def finding(self, section: Section, text: str, **values: Any) -> Finding:
        """Return a finding of this rule. ``Finding`` describes the values."""
        return Finding(self, section, text, **values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rule) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<Rule {self.id}>"
