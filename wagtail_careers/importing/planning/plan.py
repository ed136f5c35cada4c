"""The plan: decides on an action for each post, and writes nothing."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from wagtail_careers.choices import ImportState
from wagtail_careers.importing.planning.action import Action, Case, Intent
from wagtail_careers.importing.planning.destination import Destination
from wagtail_careers.importing.planning.documents import Documents
from wagtail_careers.importing.planning.fingerprint import fingerprint, with_mentions
from wagtail_careers.importing.planning.index import Index
from wagtail_careers.importing.planning.names import role_names
from wagtail_careers.importing.planning.options import Options
from wagtail_careers.importing.reading import addresses
from wagtail_careers.importing.roles.flags import Flag, limited
from wagtail_careers.importing.roles.links import (
    DocumentTarget,
    LinkBook,
    NoTarget,
    PageTarget,
    PlainTarget,
    SharedTarget,
    Target,
)
from wagtail_careers.importing.roles.progression import RoleMention, RoleName, candidates
from wagtail_careers.importing.roles.role import Choice, Role
from wagtail_careers.importing.sources import uploads, wordpress
from wagtail_careers.importing.sources.posts import Post
from wagtail_careers.models import ImportRecord
from wagtail_careers.text import has_words

#: Codes of flags that a copy of the old site's files may settle.
_LACKING = frozenset({"document_refused", "image_missing", "image_refused", "old_host"})


class Planner:
    """Decides about each post, given the index of all posts and the state of the site."""

    def __init__(
        self,
        destination: Destination,
        index: Index,
        options: Options,
        documents: Documents,
        *,
        publish: bool,
    ) -> None:
        self._destination = destination
        self.options = options
        self.publish = publish
        self.index = index
        self._fingerprint = options.fingerprint()
        self._names = role_names(destination, index, options.conventions)
        self._seen: set[str] = set()
        #: The keys of posts that were imported before.
        self._recorded: set[str] = set()
        for key, permalink, others in destination.old_addresses():
            self._recorded.add(key)
            index.add_addresses(key, permalink, others)
        names = {url: link.name for url, link in destination.shared_links.items()}
        self._documents = documents
        self.links = LinkBook(index.links, names, index.page_of, documents.can_link)

    def consider(self, post: Post) -> Action | Case:
        """Return the action for ``post``, or a case if it has to be converted first.

        A post that is known and unchanged costs one query, and a new one none.
        """
        if post.key in self._seen:
            message = _("Not imported: an earlier post in these sources has the ID %(id)s.")
            return Action(Intent.REFUSE, post, message=message % {"id": post.post_id or "–"})
        self._seen.add(post.key)
        if post.key in self._recorded:
            return self.reconsider(post)
        return self._decided(post, record=None)

    def reconsider(self, post: Post) -> Action | Case:
        """Consider a post that was waiting for pages that exist by now."""
        records = ImportRecord.objects.select_related("page")
        return self._decided(post, records.filter(key=post.key).first())

    def _decided(self, post: Post, record: ImportRecord | None) -> Action | Case:
        choice = self.options.choice_for(post)
        if choice.skip:
            return Action(Intent.SKIP, post, message=_("The map file skips this post."))
        # Posts link to posts that a later import brings, and change then.
        linked = self.index.posts_linked_from(post.key)
        source_hash = fingerprint(post, choice, f"{self._fingerprint} {linked}")
        case = Case(post, choice, record, source_hash)
        return (record and self._without_conversion(case, record)) or case

    def _without_conversion(self, case: Case, record: ImportRecord) -> Action | None:
        """Return the action for a post that was imported before, unless it must be converted."""
        post, source_hash = case.post, case.source_hash
        if record.page is None:
            if case.choice.again:
                return None
            message = _("The page was deleted. To import it again, set “again = true” in the map.")
            return Action(Intent.SKIP, post, source_hash, message, record=record)
        # A role that the post mentions can have got a page since, or lost it.
        steps = self._steps(record.written.get("progression", ""), post)
        source_hash = with_mentions(source_hash, steps)
        # Conflicts and waiting links can have been settled since, without a change of the source.
        if record.source_hash != source_hash or record.state != ImportState.COMPLETE:
            return None
        if self._documents.has_files and any(self._is_lacking(flag) for flag in record.flags):
            return None
        publishable = self._is_publishable(post, {flag["code"] for flag in record.flags})
        may_publish = self.publish and publishable
        is_draft = not record.was_published and not record.page.live
        return Action(
            Intent.PUBLISH if may_publish and is_draft else Intent.UNCHANGED,
            post,
            source_hash,
            record=record,
            is_publishable=publishable,
            may_publish=may_publish,
        )

    def _is_lacking(self, flag: Mapping[str, Any]) -> bool:
        """Return True if a copy of the old site's files may settle ``flag``."""
        has_place = bool(self._destination.image_field)
        return flag["code"] in _LACKING or (has_place and flag["code"] == "featured_image")

    def choice(self, case: Case) -> Choice:
        """Return the choices of a case, with the category for all roles if it has none."""
        return replace(case.choice, category=case.choice.category or self.options.category)

    def plan(self, case: Case, role: Role) -> Action:
        """Return the action for a case that was converted into ``role``."""
        if not role.is_recognised and self.options.unrecognised == "skip":
            message = _("No section was recognised, and such posts are skipped.")
            return Action(Intent.SKIP, case.post, message=message)
        record = case.record
        every = (*role.flags, *self._flags(role), *_flags_of_page(case.post, record))
        flags = tuple(limited(every))
        steps = self._steps(role.progression_text, case.post)
        publishable = self._is_publishable(case.post, {flag.code for flag in flags})
        return Action(
            Intent.CREATE if record is None or record.page is None else Intent.UPDATE,
            case.post,
            with_mentions(case.source_hash, steps),
            role=role,
            steps=steps,
            flags=flags,
            record=record,
            is_publishable=publishable,
            may_publish=self.publish and publishable,
        )

    def _steps(self, text: str, post: Post) -> tuple[RoleMention, ...]:
        return self._names.find(text, RoleName(key=post.key))

    def _is_publishable(self, post: Post, flag_codes: Collection[str]) -> bool:
        held_back = "unrecognised" in flag_codes and self.options.unrecognised == "draft"
        is_known = self.options.is_known_type(post.kind)
        return post.is_public and is_known and not held_back

    def _flags(self, role: Role) -> Iterator[Flag]:
        post = role.post
        if role.category.doubt:
            yield Flag("category", {"doubt": role.category.doubt, **role.category.parameters})
        may_add = role.is_for_everybody
        for number, href, text in role.links():
            target = self.links.target(href, post.permalink, may_add=may_add)
            flags = (
                *_link_flags(href, text, target),
                *self._file_flags(post, href, text, target),
            )
            yield from (replace(flag, section=number) for flag in flags)
        if names := self._unmatched(role):
            yield Flag("candidates", {"names": ", ".join(names)}, review=False)
        if not post.is_public:
            yield Flag("status", {"status": post.status}, review=False)
        if not self.options.is_known_type(post.kind):
            yield Flag("type", {"type": post.kind})
        if self.index.has_twin(post):
            yield Flag("same_slug", {"slug": post.slug})
        if not apps.is_installed("wagtail.contrib.redirects"):
            yield Flag("no_redirects", review=False)

    def _file_flags(self, post: Post, href: str, text: str, target: Target) -> Iterator[Flag]:
        """Flag a link to a document, and one that will not work once the old site is gone."""
        address = addresses.parse(href, post.permalink)
        values = {"text": text, "address": href[:300]}
        if isinstance(target, DocumentTarget):
            yield Flag("document", values, review=False)
        elif isinstance(target, (PlainTarget, SharedTarget)) and address:
            found = self._documents.find(address)
            if found and found.errors:
                yield Flag("document_refused", {**values, "errors": found.errors})
            elif found:
                yield Flag("file_withheld", {"src": href[:300]})
            elif _is_of_old_site(address.url, post):
                yield Flag("old_host", values)

    def _unmatched(self, role: Role) -> tuple[str, ...]:
        """Return names in the progression that may be roles and have no page."""
        itself = RoleName(key=role.post.key)
        found = candidates(role.progression_text, self.options.conventions)
        return tuple(name for name in found if not self._names.find(name, itself))


def _is_of_old_site(url: str, post: Post) -> bool:
    """Return True if ``url`` is on the blog of ``post``, or is an upload on its host.

    The blogs of a network have their uploads in one place.
    """
    home = wordpress.blog_of(post.home, post.permalink)
    if f"{wordpress.blog(url)}/".startswith(f"{home}/"):
        return True
    return uploads.is_upload(url) and wordpress.host(url) == home.partition("/")[0]


def _flags_of_page(post: Post, record: ImportRecord | None) -> Iterator[Flag]:
    """Flag a page that readers can still see, unlike its post."""
    if record and record.page and record.page.live and not post.is_public:
        yield Flag("still_live", {"status": post.status})


def _link_flags(href: str, text: str, target: Target) -> Iterator[Flag]:
    """Flag a link that was removed, that says nothing, or whose address was corrected."""
    values = {"text": text, "address": href[:200]}
    if isinstance(target, NoTarget):
        reason = {"reason": target.reason, "scheme": target.scheme}
        yield Flag("link", {"problem": "removed", **values, **reason})
    elif not has_words(text):
        yield Flag("link", {"problem": "unclear", **values})
    elif isinstance(target, PageTarget) and target.fragment:
        yield Flag("link", {"problem": "part", **values})
    elif addresses.is_mistyped(href):
        yield Flag("link", {"problem": "corrected", **values})
