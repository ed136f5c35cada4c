"""Rules about what links and steps lead to: shared links, pages and plain addresses."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail_careers.choices import LinkState
from wagtail_careers.lint.content import Content
from wagtail_careers.lint.places import AddressPlace, LinkPlace, PagePlace, UnsafePlace
from wagtail_careers.lint.records import Record, Records
from wagtail_careers.lint.rule import Context, Effect, Example, Finding, Rule
from wagtail_careers.lint.sources import LINKS
from wagtail_careers.safe_url import clean_deep_path

_LIVE = Record("NHS Jobs")
_DRAFT = Record("NHS Jobs", is_live=False, was_live=False)
_UNPUBLISHED = replace(_DRAFT, was_live=True)
_SHARED = '<p>See <a linktype="shared-link" id="3">jobs</a>.</p>'
_WITH_PATH = '<p>See <a linktype="shared-link" id="3" path="%s">jobs</a>.</p>'
_PAGE = '<p>Read about <a linktype="page" id="7">nurses</a>.</p>'
_PLAIN = '<p>See <a href="https://jobs.example/">jobs</a>.</p>'


def _links(record: Record, state: LinkState, html: str = _SHARED, path: str = "") -> Example:
    urls = {(3, path): "https://jobs.example/"}
    records = Records(links={3: record}, states={(3, path): state}, urls=urls)
    return Example(html, context=Context(records))


def _pages(record: Record) -> Example:
    return Example(_PAGE, context=Context(Records(pages={7: record})))


class LinkRule(Rule):
    """A rule about uses of shared links that exist."""

    source = LINKS
    good = (_links(_LIVE, LinkState.LIVE),)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        records = context.records
        for place in content.places.of(LinkPlace):
            state = records.states.get((place.shared_link, place.deep_path), LinkState.MISSING)
            link = records.links.get(place.shared_link)
            if link is not None and state != LinkState.MISSING:
                yield from self.check_link(place, link, state, records)

    def check_link(
        self, place: LinkPlace, link: Record, state: LinkState, records: Records
    ) -> Iterator[Finding]:
        """Yield the findings about one use of a shared link."""
        raise NotImplementedError

    def about(self, place: LinkPlace, link: Record, **values: Any) -> Finding:
        """Return a finding about a use of a shared link."""
        return self.finding(
            place.section,
            place.text or link.name,
            name=link.name,
            link=place.shared_link,
            offset=place.offset,
            **values,
        )


class LinkNeverPublished(LinkRule):
    id = "link-never-published"
    message = _("The shared link “%(name)s” is not published yet.")
    fix = _("Publish the shared link, or choose another one.")
    bad = (_links(_DRAFT, LinkState.DRAFT),)

    def check_link(self, place: Any, link: Record, state: Any, records: Any) -> Iterator[Finding]:
        if _is_draft(link, state) and not link.was_live:
            yield self.about(place, link, effect=_effect(link, place.text))


class LinkUnpublished(LinkRule):
    id = "link-unpublished"
    message = _("The shared link “%(name)s” was unpublished.")
    fix = _("Publish the shared link again, or choose another one.")
    bad = (_links(_UNPUBLISHED, LinkState.DRAFT),)

    def check_link(self, place: Any, link: Record, state: Any, records: Any) -> Iterator[Finding]:
        if _is_draft(link, state) and link.was_live:
            yield self.about(place, link, effect=_effect(link, place.text))


class LinkReplaced(LinkRule):
    id = "link-replaced"
    message = _("The shared link “%(name)s” was replaced by “%(other)s”.")
    fix = _("Choose the new link.")
    bad = (_links(replace(_LIVE, successor="Health Jobs"), LinkState.RETIRED),)

    def check_link(self, place: Any, link: Record, state: Any, records: Any) -> Iterator[Finding]:
        if state == LinkState.RETIRED:
            effect = _effect(link, place.text)
            yield self.about(place, link, effect=effect, other=link.successor)


class LinkDead(LinkRule):
    id = "link-dead"
    message = _("The shared link “%(name)s” does not work: %(other)s")
    fix = _("Correct its address or the path, or choose another link.")
    bad = (_links(_LIVE, LinkState.DEAD),)

    def check_link(
        self, place: Any, link: Record, state: Any, records: Records
    ) -> Iterator[Finding]:
        if state == LinkState.DEAD:
            url = records.urls.get((place.shared_link, place.deep_path), "")
            yield self.about(place, link, other=url)


class LinkPathUnsafe(LinkRule):
    id = "link-path-unsafe"
    message = _(
        "The path “%(other)s” leads out of the site of “%(name)s”. Readers get the link without it."
    )
    fix = _("Enter the path again, or remove it.")
    bad = (_links(_LIVE, LinkState.LIVE, _WITH_PATH % "../x", "../x"),)

    def check_link(self, place: Any, link: Record, state: Any, records: Any) -> Iterator[Finding]:
        try:
            clean_deep_path(place.deep_path)
        except ValidationError:
            yield self.about(place, link, other=place.deep_path)


class LinkDeleted(Rule):
    id = "link-deleted"
    source = LINKS
    message = _("The shared link was deleted.")
    fix = _("Choose another shared link, or remove the link.")
    good = (_links(_LIVE, LinkState.LIVE),)
    bad = (_SHARED,)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        records = context.records
        for place in content.places.of(LinkPlace):
            state = records.states.get((place.shared_link, place.deep_path), LinkState.MISSING)
            if place.shared_link not in records.links or state == LinkState.MISSING:
                yield self.finding(
                    place.section,
                    place.text,
                    effect=_without_target(place.text),
                    offset=place.offset,
                )


class PageRule(Rule):
    """A rule about links and steps to pages that exist."""

    source = LINKS
    good = (_pages(_LIVE),)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for place in content.places.of(PagePlace):
            page = context.records.pages.get(place.page)
            if page is not None and self.applies(page, context.shown_on):
                yield self.finding(
                    place.section,
                    place.text or page.name,
                    effect=self.effect(page, place),
                    name=page.name,
                    page=place.page,
                    offset=place.offset,
                )

    def applies(self, page: Record, shown_on: str) -> bool:
        """Return whether a link to ``page`` is a finding, on the page at a tree path."""
        raise NotImplementedError

    def effect(self, page: Record, place: PagePlace) -> Effect:
        """Return what readers see of a link to ``page``."""
        return _effect(page, place.text)


class PageNeverPublished(PageRule):
    id = "page-never-published"
    message = _("The page “%(name)s” is not published yet.")
    fix = _("Publish that page first, or choose another one.")
    bad = (_pages(_DRAFT),)

    def applies(self, page: Record, shown_on: str) -> bool:
        return not page.is_live and not page.was_live


class PageUnpublished(PageRule):
    id = "page-unpublished"
    message = _("The page “%(name)s” was unpublished.")
    fix = _("Publish that page again, or choose another one.")
    bad = (_pages(_UNPUBLISHED),)

    def applies(self, page: Record, shown_on: str) -> bool:
        return not page.is_live and page.was_live


class PagePrivate(PageRule):
    id = "page-private"
    message = _("The page “%(name)s” is private. Not all readers can open it.")
    fix = _("Make that page public, or choose another one. A step can have a title of its own.")
    bad = (_pages(replace(_LIVE, restricted=("0001",))),)

    def applies(self, page: Record, shown_on: str) -> bool:
        return page.is_live and page.is_private_on(shown_on)

    def effect(self, page: Record, place: PagePlace) -> Effect:
        # A link in prose asks readers to log in.
        return _without_target(place.text) if place.is_step else Effect.NONE


class PageDeleted(Rule):
    id = "page-deleted"
    source = LINKS
    message = _("The page was deleted.")
    fix = _("Choose another page, or remove the link or step.")
    good = (_pages(_LIVE),)
    bad = (_PAGE,)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for place in content.places.of(PagePlace):
            if place.page not in context.records.pages:
                effect = _without_target(place.text)
                yield self.finding(place.section, place.text, effect=effect, offset=place.offset)


class PlainLink(Rule):
    id = "plain-link"
    source = LINKS
    message = _("This address belongs to the shared link “%(name)s”: %(other)s")
    fix = _("Select the link and press Shared link.")
    good = (_PLAIN,)
    bad = (
        Example(
            _PLAIN, context=Context(Records(managed={"https://jobs.example/": (3, "NHS Jobs")}))
        ),
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for place in content.places.of(AddressPlace):
            if managed := context.records.managed.get(place.address):
                pk, name = managed
                yield self.finding(
                    place.section,
                    place.text or place.address,
                    name=name,
                    other=place.address,
                    link=pk,
                    offset=place.offset,
                )


class PlainLinkDead(Rule):
    id = "plain-link-dead"
    source = LINKS
    message = _("This address does not work: %(other)s")
    fix = _("Correct the address, or remove the link.")
    good = (_PLAIN,)
    bad = (
        Example(
            _PLAIN,
            context=Context(Records(dead_addresses=frozenset({"https://jobs.example/"}))),
        ),
    )

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for place in content.places.of(AddressPlace):
            if place.address in context.records.dead_addresses:
                text = place.text or place.address
                yield self.finding(place.section, text, other=place.address, offset=place.offset)


class PlainLinkUnsafe(Rule):
    id = "plain-link-unsafe"
    source = LINKS
    message = _("This link has no web address that browsers should open.")
    fix = _("Enter an address that starts with “https://”, without a user name or password.")
    good = (_PLAIN,)
    bad = ('<p>See <a href="javascript:x()">jobs</a>.</p>',)

    def check(self, content: Content, context: Context) -> Iterator[Finding]:
        for place in content.places.of(UnsafePlace):
            effect = _without_target(place.text)
            yield self.finding(place.section, place.text, effect=effect, offset=place.offset)


def _is_draft(link: Record, state: LinkState) -> bool:
    return not link.is_live and state not in (LinkState.RETIRED, LinkState.DEAD)


def _without_target(text: str) -> Effect:
    """Return the effect of a target that readers do not get on a place with ``text``."""
    return Effect.NO_LINK if text else Effect.HIDDEN


def _effect(record: Record, text: str) -> Effect:
    """Return the effect of a record that is not live on a place with ``text`` of its own."""
    if record.is_live:
        return Effect.NONE
    return Effect.NO_LINK if text or record.was_live else Effect.HIDDEN
