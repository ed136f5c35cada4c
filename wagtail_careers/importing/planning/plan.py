"""What is going to be done with each post: decided, and nothing written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_careers.choices import ImportState
from wagtail_careers.importing.planning.destination import Destination
from wagtail_careers.importing.planning.index import Index
from wagtail_careers.importing.planning.options import Choice, Options
from wagtail_careers.importing.reading import addresses
from wagtail_careers.importing.reading.html import read_html
from wagtail_careers.importing.roles.account import AccountError
from wagtail_careers.importing.roles.category import CategoryGuess
from wagtail_careers.importing.roles.links import LinkBook, NoTarget, Target
from wagtail_careers.importing.roles.progression import FoundStep, RoleName, RoleNames
from wagtail_careers.importing.roles.role import (
    Flag,
    Role,
    RoleError,
    candidates,
    convert,
    fingerprint,
    links_of,
)
from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.posts import Draft, Term
from wagtail_careers.models import ImportRecord


class Intent(StrEnum):
    """What is going to be done."""

    CREATE = "create"
    UPDATE = "update"
    PUBLISH = "publish"
    UNCHANGED = "unchanged"
    SKIP = "skip"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Action:
    """One step of the plan: a post, and what is going to be done with it and why."""

    intent: Intent
    draft: Draft
    source_hash: str = ""
    message: str = ""
    role: Role | None = None
    steps: tuple[FoundStep, ...] = ()
    flags: tuple[Flag, ...] = ()
    record: ImportRecord | None = None
    may_publish: bool = False


class Planner:
    """Decides for each post, from the post, the index of all posts and what the site has."""

    def __init__(
        self, destination: Destination, index: Index, options: Options, *, publish: bool
    ) -> None:
        self.options = options
        self.publish = publish
        self.index = index
        self._phrasebook = options.phrasebook()
        self._phrases = str(sorted((key, list(texts)) for key, texts in options.phrases.items()))
        self._names = RoleNames()
        self._seen: set[str] = set()
        before = destination.records()
        for key, address in before.items():
            index.add_address(key, address)
        for title, name in destination.role_titles():
            if name.key not in index:
                self._names.add(title, name)
        for key, title in index.role_titles.items():
            self._names.add(title, RoleName(key=key))
        names = {url: link.name for url, link in destination.shared_links.items()}
        self.links = LinkBook(index.links, names, index.page_of)

    def plan(self, draft: Draft) -> Action:
        """What is going to be done with ``draft``. At most one query for one that is known."""
        if draft.key in self._seen:
            message = _("Another post with the ID %(id)s came before it.")
            return Action(Intent.REFUSE, draft, message=message % {"id": draft.post_id or "–"})
        self._seen.add(draft.key)
        return self.plan_again(draft)

    def plan_again(self, draft: Draft) -> Action:
        """The same for a post that waited for pages that are there by now."""
        choice = self.options.choice_for(draft, wordpress.path(draft.permalink))
        if choice.skip:
            return Action(Intent.SKIP, draft, message=_("The map file leaves it out."))
        # A post that came later is linked from those that came before it.
        linked = self.index.posts_linked_from(draft.key)
        source_hash = fingerprint(
            draft,
            choice,
            f"{self._phrases} {self.options.category} {self.options.unrecognised} {linked}",
        )
        records = ImportRecord.objects.select_related("page")
        record = records.filter(key=draft.key).first()
        if record is not None and (known := self._known(draft, choice, record, source_hash)):
            return known
        return self._convert(draft, choice, record, source_hash)

    def _known(
        self, draft: Draft, choice: Choice, record: ImportRecord, source_hash: str
    ) -> Action | None:
        """What to do with a post that was imported before, if there is nothing to convert."""
        if record.page is None:
            if choice.again:
                return None
            message = _("Its page was deleted. Say “again = true” in the map file to import it.")
            return Action(Intent.SKIP, draft, source_hash, message, record=record)
        if _is_another_post(draft, record):
            message = _("“%(title)s” has its ID, and neither title nor date are the same.")
            return Action(Intent.REFUSE, draft, message=message % {"title": record.source_title})
        if record.source_hash != source_hash or record.state == ImportState.WAITING:
            return None
        may_publish = self._may_publish(draft, record.flags)
        if may_publish and not record.was_published and not record.page.live:
            return Action(Intent.PUBLISH, draft, source_hash, record=record, may_publish=True)
        return Action(Intent.UNCHANGED, draft, source_hash, record=record)

    def _convert(
        self, draft: Draft, choice: Choice, record: ImportRecord | None, source_hash: str
    ) -> Action:
        try:
            role = convert(draft, read_html(draft.content), self._phrasebook, choice)
        except (AccountError, RoleError) as error:
            return Action(Intent.REFUSE, draft, message=str(error))
        if not role.is_recognised and self.options.unrecognised == "skip":
            message = _("No section was recognised in it, and such posts are left out.")
            return Action(Intent.SKIP, draft, message=message)
        flags = [*role.flags, *self._flags(role, choice)]
        return Action(
            Intent.CREATE if record is None or record.page is None else Intent.UPDATE,
            draft,
            source_hash,
            role=replace(role, category=self._category(role, choice)),
            steps=self._names.find(role.progression_text, RoleName(key=draft.key)),
            flags=tuple(flags),
            record=record,
            may_publish=self._may_publish(draft, [{"code": flag.code} for flag in flags]),
        )

    def _category(self, role: Role, choice: Choice) -> CategoryGuess:
        told = choice.category or self.options.category
        return CategoryGuess(Term(told, told)) if told else role.category

    def _may_publish(self, draft: Draft, flags: Iterable[Any]) -> bool:
        is_unrecognised = any(flag["code"] == "unrecognised" for flag in flags)
        held_back = is_unrecognised and self.options.unrecognised == "draft"
        is_known = self.options.is_known_type(draft.kind)
        return self.publish and draft.is_public and is_known and not held_back

    def _flags(self, role: Role, choice: Choice) -> list[Flag]:
        flags = []
        if role.category.doubt and not (choice.category or self.options.category):
            message = _("Its category is uncertain: %(doubt)s.") % {"doubt": role.category.doubt}
            flags.append(Flag("category", message))
        for href, text in links_of(role):
            if problem := _link_problem(href, text, self.links.target(href, role.draft.permalink)):
                flags.append(Flag("link", problem))
        if names := self._unmatched(role):
            message = _("These may be roles that it leads to: %(names)s.")
            flags.append(Flag("candidates", message % {"names": ", ".join(names)}, review=False))
        if not role.draft.is_public:
            message = _("It was not public on the old site (%(status)s) and stays a draft.")
            flags.append(Flag("status", message % {"status": role.draft.status}, review=False))
        if not self.options.is_known_type(role.draft.kind):
            message = _(
                "Its type, %(type)s, is one of the old site’s own, and it stays a draft. Name the "
                "type under “types” in the map file if it holds roles."
            )
            flags.append(Flag("type", message % {"type": role.draft.kind}))
        if self.index.slugs[role.draft.slug] > 1 and role.draft.slug:
            message = _("Several posts have the slug “%(slug)s”.")
            flags.append(Flag("same_slug", message % {"slug": role.draft.slug}))
        if not apps.is_installed("wagtail.contrib.redirects"):
            message = _("Its old address does not lead to it: the redirects app is not installed.")
            flags.append(Flag("no_redirects", message, review=False))
        return flags

    def _unmatched(self, role: Role) -> tuple[str, ...]:
        matched = self._names.find
        return tuple(
            name for name in candidates(role) if not matched(name, RoleName(key=role.draft.key))
        )


def _link_problem(href: str, text: str, target: Target) -> str:
    """What somebody should know of a link of a post; empty if there is nothing."""
    values = {"text": text, "address": href[:200]}
    if isinstance(target, NoTarget):
        message = _("The link “%(text)s” to %(address)s was taken away: %(reason)s.")
        return message % {**values, "reason": target.reason}
    if not any(character.isalnum() for character in text):
        return _("The link “%(text)s” to %(address)s says nothing of where it leads.") % values
    if addresses.is_mistyped(href):
        return _("The link “%(text)s” was put right: %(address)s is no web address.") % values
    return ""


def _is_another_post(draft: Draft, record: ImportRecord) -> bool:
    """Whether a post only happens to have the ID of one that was imported: from another site.

    The date of a post stays when it is edited. Its slug says less: the first post of each new
    WordPress is at ``hello-world``. A draft of the old site gets all three when it is published.
    """
    was_draft = any(flag["code"] == "status" for flag in record.flags)
    if was_draft or record.source_title == draft.title:
        return False
    when = aware(draft.published_at)
    if record.source_date and when:
        return bool(record.source_date != when)
    return bool(record.source_slug != draft.slug[: wordpress.MAX_KEY])


def aware(when: datetime | None) -> datetime | None:
    """``when`` in the site's time zone if it has none; WordPress leaves it out."""
    return timezone.make_aware(when) if when and timezone.is_naive(when) else when
