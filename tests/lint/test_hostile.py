"""Every rule reads every text. No test here uses the database."""

import pytest
from django.utils.html import escape
from hypothesis import given, settings
from hypothesis import strategies as st

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.examples import content_of
from wagtail_careers.lint.findings import findings
from wagtail_careers.lint.registry import all_rules
from wagtail_careers.lint.rule import Context, Example, Finding, OwnWord
from wagtail_careers.lint.site import Site
from wagtail_careers.lint.wording import advice, problem

PIECES = (
    "a", "A", "é", "ß", "ا", "中", "9", " ", "\n", "\u200b", "\u00ad", "\u202e", "-", "–", ".", ",",
    ":", "?", "•", "%", "%(text)s", "{", "&", "’", "(", ")", "/", "e.g.", "NHS", "THE", "1.", "he",
    "she", "www.a.example", "young", "<b>", "</b>", "<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>",
    "<h3>", "</h3>", "<br/>", "<mark>", "</mark>", '<a href="/x.pdf">', '<a href="//[">', "</a>",
)  # fmt: skip


def checked(content: Content) -> tuple[Finding, ...]:
    words = OwnWord("a"), OwnWord("("), OwnWord(" "), OwnWord("%", "%d", "%s")
    context = Context(words=words, other_places=("A", "+"), site=Site((content, content)))
    return findings(content, context, all_rules().values())


@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=40),
    section=st.sampled_from(("duties", "person_spec", "text")),
)
@settings(max_examples=150, deadline=None)
def test_findings_are_in_the_text_that_they_are_about(pieces: list[str], section: str) -> None:
    content = content_of(Example("".join(pieces), title="%s", heading="X", section=section))
    for finding in checked(content):
        assert problem(finding)
        assert advice(finding) is not None
        if finding.section.number >= 0:
            assert 0 <= finding.offset <= len(content.sections[0].text)


@pytest.mark.parametrize(
    "piece", ["A ", "a.", "e.g. ", "1-2 ", "THE ", "- ", "www.a", "he/she ", "’", "a\n", "Aa. "]
)
def test_long_text_is_read(piece: str) -> None:
    content = content_of(f"<p>{escape(piece * (20_000 // len(piece)))}</p>")
    assert isinstance(checked(content), tuple)
