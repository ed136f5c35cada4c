"""Rules about the text of links."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from wagtail_careers.lint.content import Content
from wagtail_careers.lint.passages import Passage, Span
from wagtail_careers.lint.places import Section
from wagtail_careers.lint.rule import (
    ENGLISH,
    GOVUK,
    NHS,
    WCAG,
    Context,
    Example,
    Finding,
    Level,
    Rule,
)
from wagtail_careers.lint.rules.patterns import PatternRule
from wagtail_careers.lint.site import link_key, site_of, target_of
from wagtail_careers.lint.sources import GOVUK_STYLE, LINK_PURPOSE, NHS_LINKS
from wagtail_careers.rich_text.traits import visible

#: Texts that say nothing of a target. A longer text with one of them can be good.
VAGUE = frozenset(
    {
        "click", "click here", "click this link", "click on this link", "click for more",
        "click here for more", "click here for more information", "click here for details",
        "click here to find out more", "click here to apply", "click to apply",
        "continue", "details", "download", "download here", "find out more",
        "find out more here", "follow this link", "for more information", "full details", "go",
        "go here", "here", "info", "information", "learn more", "link", "more", "more details",
        "more here", "more info", "more information", "on this link", "our website", "read here",
        "read more", "read more here", "see here", "see more", "site", "the link", "the website",
        "their website", "this", "this link", "this page", "this site", "this website", "view",
        "view here", "view more", "visit", "visit website", "visit the website", "web page",
        "webpage", "website", "web site",
    }
)  # fmt: skip
_FILE = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|odt|ods|odp|csv|zip|rtf)$", re.IGNORECASE)
_FILE_TYPE = re.compile(
    r"\b(pdf|word|docx?|excel|xlsx?|powerpoint|pptx?|opendocument|odt|ods|odp|csv|zip|rtf)\b", re.I
)
_FILE_SIZE = re.compile(r"\d\s?(?:bytes|kb|mb|gb)\b", re.IGNORECASE)

Found = tuple[Section, Passage, Span]


def links(content: Content) -> Iterator[Found]:
    """Yield the links in prose that have a text, with their sections and passages."""
    for section, passage in content.passages():
        for link in passage.links:
            if visible(link.text):
                yield section, passage, link


class LinkEmpty(Rule):
    id = "link-empty"
    level = Level.ERROR
    source = LINK_PURPOSE
    profiles = (WCAG,)
    message = _("This link has no visible text, so people cannot see it or hear what it is.")
    fix = _("Delete the link, or enter a text for it.")
    good = ('<p>See <a href="https://a.example/">our jobs</a>.</p>',)
    bad = (
        '<p>See our jobs<a href="https://a.example/"> </a>.</p>',
        '<p>See our jobs <a href="https://a.example/">\u200b</a>.</p>',
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, passage in content.passages():
            for link in passage.links:
                if not visible(link.text):
                    yield self.finding(section, passage.text, offset=link.offset)


class LinkTextVague(Rule):
    id = "link-text-vague"
    source = LINK_PURPOSE
    profiles = (WCAG, NHS, GOVUK)
    languages = ENGLISH
    message = _("The link “%(text)s” does not say where it leads.")
    fix = _("Link the words that name the page, for example “NHS Jobs”.")
    good = (
        '<p>Search for vacancies on <a href="https://a.example/">NHS Jobs</a>.</p>',
        '<p><a href="https://a.example/">Find out more about midwifery</a></p>',
    )
    bad = (
        '<p>To apply, <a href="https://a.example/">click here</a>.</p>',
        '<p>See jobs. <a href="https://a.example/">Read more…</a></p>',
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, _passage, link in links(content):
            if link_key(link) in VAGUE:
                yield self.finding(section, link.text, offset=link.offset)


class LinksIndistinct(Rule):
    id = "links-indistinct"
    level = Level.ERROR
    source = LINK_PURPOSE
    profiles = (WCAG,)
    message = _(
        "Another link with the text “%(text)s” leads elsewhere, and nothing in its paragraph or "
        "below its heading says which is which."
    )
    fix = _("Give each of these links a text that names its own target.")
    good = (
        '<p>Nurses: <a href="https://a.example/">apply</a></p>'
        '<p>Midwives: <a href="https://b.example/">apply</a></p>',
        '<h3>Nurses</h3><p><a href="https://a.example/">Apply</a></p>'
        '<h3>Midwives</h3><p><a href="https://b.example/">Apply</a></p>',
        '<ul><li>Nurses<ul><li><a href="https://a.example/">Apply</a></li></ul></li>'
        '<li>Midwives<ul><li><a href="https://b.example/">Apply</a></li></ul></li></ul>',
    )
    bad = (
        '<p>Nurses</p><p><a href="https://a.example/">Apply</a></p>'
        '<p>Midwives</p><p><a href="https://b.example/">Apply</a></p>',
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for each in content.sections:
            heading = 0
            first: dict[tuple[int, str], str] = {}
            for passage in each.passages:
                heading += passage in each.headings
                # The item around an inner list says what its links are about.
                for link in passage.links if passage.depth < 2 else ():
                    if visible(link.text) and link.text.strip() == passage.text.strip():
                        target = first.setdefault((heading, link_key(link)), target_of(link))
                        if target != target_of(link):
                            yield self.finding(each.section, link.text, offset=link.offset)


class LinkSameText(Rule):
    id = "link-same-text"
    source = LINK_PURPOSE
    profiles = (WCAG, NHS)
    message = _("“%(text)s” leads to two different targets on this page.")
    fix = _("Give each link a text that names its own target.")
    good = (
        '<p>See <a href="https://a.example/">jobs</a>, then '
        '<a href="https://a.example/">jobs</a>.</p>',
    )
    bad = (
        '<p>See <a href="https://a.example/">jobs</a> and '
        '<a href="https://b.example/">Jobs</a>.</p>',
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        first: dict[str, str] = {}
        for section, _passage, link in links(content):
            key = link_key(link)
            if key not in VAGUE and first.setdefault(key, target_of(link)) != target_of(link):
                yield self.finding(section, link.text, offset=link.offset)


class LinkSameTextOnSite(Rule):
    id = "link-same-text-on-site"
    level = Level.ADVICE
    source = NHS_LINKS
    profiles = (NHS, GOVUK)
    compares_roles = True
    message = _("“%(text)s” leads to a different site on the page “%(other)s”.")
    fix = _("Use one shared link on both pages, or give the links different texts.")
    good = (
        Example(
            '<p>See <a href="https://a.example/nurse">our jobs</a>.</p>',
            others=('<p>See <a href="https://a.example/midwife">our jobs</a>.</p>',),
        ),
    )
    bad = (
        Example(
            '<p>See <a href="https://a.example/">our jobs</a>.</p>',
            others=('<p>See <a href="https://b.example/">our jobs</a>.</p>',),
        ),
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        if context.site is None:
            return
        for section, _passage, link in links(content):
            key = link_key(link)
            sites = context.site.sites_by_text.get(key, {})
            others = [title for site, title in sites.items() if site != site_of(link)]
            if key not in VAGUE and others:
                yield self.finding(section, link.text, other=others[0], offset=link.offset)


#: A text that is an address. It has a rule of its own.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)


class LinkManyTexts(Rule):
    id = "link-many-texts"
    level = Level.ADVICE
    source = NHS_LINKS
    profiles = (NHS, GOVUK)
    message = _("“%(text)s” and “%(other)s” lead to the same target.")
    fix = _("Link once, or use the same text for both links.")
    good = (LinkSameText.good[0],)
    bad = (
        '<p>See <a href="https://a.example/">NHS Jobs</a> or '
        '<a href="https://a.example/">our vacancies</a>.</p>',
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        first: dict[str, str] = {}
        for section, _passage, link in links(content):
            if _ADDRESS.fullmatch(link.text.strip()) or link_key(link) in VAGUE:
                continue
            other = first.setdefault(target_of(link), link.text)
            key, other_key = link_key(link), link_key(Span(other, 0))
            if key not in other_key and other_key not in key:
                yield self.finding(section, link.text, other=other, offset=link.offset)


class LinkBareUrl(Rule):
    id = "link-bare-url"
    source = NHS_LINKS
    profiles = (NHS, GOVUK)
    message = _("The text of this link is an address, which screen readers spell out: %(text)s")
    fix = _("Use the name of the page or the site as the text.")
    good = (
        '<p>See <a href="https://a.example/">NHS Jobs</a>.</p>',
        '<p>Email <a href="mailto:a@a.example">a@a.example</a>.</p>',
    )
    bad = (
        '<p>See <a href="https://a.example/">https://a.example/jobs</a>.</p>',
        '<p>See <a href="https://a.example/">www.a.example</a>.</p>',
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, _passage, link in links(content):
            if _ADDRESS.fullmatch(link.text.strip()):
                yield self.finding(section, link.text, offset=link.offset)


class UrlNotLinked(PatternRule):
    id = "url-not-linked"
    level = Level.ADVICE
    source = NHS_LINKS
    profiles = (NHS, GOVUK)
    message = _("This address is not a link: %(text)s")
    fix = _("Delete the address, select the name of the site and press Shared link or Link.")
    pattern = re.compile(r"(?<![\w@/.])(?:https?://|www\.)[\w-]+(?:\.[\w-]+)+(?:/[^\s,;)]*)?")
    good = ('<p>See <a href="https://a.example/">https://a.example/</a>.</p>',)
    bad = ("<p>See www.nhsjobs.example for vacancies.</p>",)

    def values(
        self, match: re.Match[str], passage: Passage, content: Content
    ) -> dict[str, str] | None:
        start = passage.offset + match.start()
        is_linked = any(link.offset <= start < link.end for link in passage.links)
        return None if is_linked else {}


class LinkFullStop(Rule):
    id = "link-full-stop"
    level = Level.ADVICE
    source = GOVUK_STYLE
    profiles = (NHS, GOVUK)
    message = _("The link “%(text)s” includes the punctuation mark at its end.")
    fix = _("Link only the words, and leave the punctuation mark outside the link.")
    good = (
        '<p>See <a href="https://a.example/">NHS Jobs</a>.</p>',
        '<p>See <a href="https://a.example/">Example Ltd.</a></p>',
    )
    bad = ('<p>See <a href="https://a.example/">our jobs.</a></p>',)
    _abbreviation = re.compile(r"\b(?:ltd|inc|co|etc|\w)\.$", re.IGNORECASE)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, _passage, link in links(content):
            text = link.text.strip()
            is_mark = text[-1] in ".,;:" and not text.endswith("..")
            if is_mark and not self._abbreviation.search(text):
                yield self.finding(section, link.text, offset=link.offset)


class LinkFile(Rule):
    id = "link-file"
    source = NHS_LINKS
    profiles = (NHS, GOVUK)
    message = _("The link “%(text)s” opens a file, and does not say its type and size.")
    fix = _("Add them to the text of the link, for example “Job description (PDF, 200KB)”.")
    good = ('<p><a href="https://a.example/a.pdf">Job description (PDF, 20KB)</a></p>',)
    bad = (
        '<p><a href="https://a.example/a.pdf">Job description</a></p>',
        '<p><a linktype="document" id="3">Job description (PDF)</a></p>',
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for section, passage, link in links(content):
            end = link.end - passage.offset
            said = link.text + passage.text[end : end + 30]
            if _is_file(link) and not (_FILE_TYPE.search(said) and _FILE_SIZE.search(said)):
                yield self.finding(section, link.text, offset=link.offset)


def _is_file(link: Span) -> bool:
    if link.attrs.get("linktype") == "document":
        return True
    try:
        return bool(_FILE.search(urlsplit(link.attrs.get("href", "")).path))
    except ValueError:
        return False
