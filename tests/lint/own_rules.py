"""Rules of a site's own, for tests that need an error or a warning whose words they know."""

from collections.abc import Iterator
from typing import ClassVar

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.rule import Context, Finding, Level, Rule, Source

PLACEHOLDER = "tests.lint.own_rules.Placeholder"
FILLER = "tests.lint.own_rules.Filler"
OWN = {"LINT_PROFILES": [], "LINT_RULES": [PLACEHOLDER, FILLER]}


class PhraseRule(Rule):
    """A rule that finds a phrase in the title and in the text of each section."""

    source = Source("The site's own", "https://example.com/style")
    phrase: ClassVar[str]

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        if self.phrase in content.title:
            yield self.finding(content.as_section, self.phrase)
        for each in content.sections:
            for passage in each.prose:
                if self.phrase in passage.text:
                    at = passage.offset + passage.text.index(self.phrase)
                    yield self.finding(each.section, self.phrase, offset=at)


class Placeholder(PhraseRule):
    id = "placeholder"
    level = Level.ERROR
    phrase = "lorem ipsum"
    message = "This text is a placeholder."
    fix = "Write the text."


class Filler(PhraseRule):
    id = "filler"
    level = Level.WARNING
    phrase = "in order to"
    message = "“%(text)s” is longer than it needs to be."
    fix = "Write “to”."
