"""The link checks, the replacements and the pages with a path that a user may see.

A plain address and a deep path are part of the text of pages, which only their editors may see.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from wagtail_careers.admin.policies import editable_pages, may_edit_all_pages
from wagtail_careers.links.readers import reader_links
from wagtail_careers.links.usage import pages_with_links, pages_with_path
from wagtail_careers.models import (
    LinkCheck,
    PlainLinkUse,
    Replacement,
    ReplacementPage,
    SharedLink,
)


def visible_checks(user: Any, checks: Any = None) -> Any:
    """Return those of ``checks`` whose address ``user`` may see; without ``checks``, of all."""
    if checks is None:
        checks = LinkCheck.objects.all()
    if may_edit_all_pages(user):
        return checks
    pages = editable_pages(user)
    addresses = PlainLinkUse.objects.filter(page__in=pages).values("address_hash")
    own_address = Q(plain_digest=None, deep_path="")
    below = _below_links(checks.exclude(shared_link=None).exclude(deep_path=""), pages)
    return checks.filter(own_address | Q(plain_digest__in=addresses) | Q(pk__in=below))


def visible_replacements(user: Any) -> QuerySet[Replacement]:
    """Return the replacements that ``user`` may see.

    That is those of whole links, one's own, and those of paths and plain links on one's pages.
    """
    replacements = Replacement.objects.all()
    if may_edit_all_pages(user):
        return replacements
    pages = ReplacementPage.objects.filter(page__in=editable_pages(user))
    return replacements.filter(
        Q(host="", old_path=None)
        | Q(user=user)
        | Q(continued_by=user)
        | Exists(pages.filter(replacement=OuterRef("pk")))
    )


def visible_pages_with_path(user: Any, link: SharedLink, deep_path: str) -> Any:
    """Return the pages that use ``link`` with ``deep_path``.

    There are none unless ``user`` may edit one of them: nobody finds out paths by guessing.
    """
    pages = pages_with_path(link, deep_path)
    if may_edit_all_pages(user) or pages.filter(pk__in=editable_pages(user)).exists():
        return pages
    return pages.none()


def _below_links(checks: Any, pages: Any) -> list[int]:
    """Return the keys of ``checks`` whose deep paths are on ``pages``, which are read for that."""
    rows = checks.order_by().values_list("pk", "shared_link", "deep_path")
    found = {(link, path): pk for pk, link, path in rows}
    if not found:
        return []
    for_readers = reader_links()
    links = for_readers.with_translations({link for link, _path in found})
    on_pages: set[tuple[int, str]] = set()
    for page in pages_with_links(links, pages):
        on_pages |= for_readers.addresses_on(page)
    return [pk for address, pk in found.items() if address in on_pages]
