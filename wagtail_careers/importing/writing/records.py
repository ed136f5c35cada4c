"""Records that belong to a role page: shared links and categories."""

from collections.abc import Iterable
from typing import Any

from wagtail_careers.importing.roles.category import CategoryGuess
from wagtail_careers.importing.roles.links import Base
from wagtail_careers.importing.sources.posts import Term
from wagtail_careers.models import RoleCategory, SharedLink
from wagtail_careers.safe_url import destination_key


def shared_link_for(base: Base, locale: Any) -> SharedLink:
    """Return the shared link with an address in any spelling, or else one that is not saved.

    Raises ``ValidationError`` if there cannot be one.
    """
    others = SharedLink.objects.filter(locale=locale, destination_key=destination_key(base.url))
    known: SharedLink | None = others.first()
    if known is not None:
        return known.current
    link = SharedLink(name=base.name, base_url=base.url, locale=locale, live=False)
    link.clean()
    return link


def saved(link: SharedLink) -> SharedLink:
    """Save a new shared link as a draft. It is published with the first page that uses it."""
    if not link.pk:
        link.save()
        link.save_revision()
    return link


def publish_shared_links(pks: Iterable[int]) -> None:
    """Publish links that were never live; links that an editor unpublished stay unpublished."""
    drafts = SharedLink.objects.filter(pk__in=set(pks), live=False, first_published_at=None)
    for link in drafts:
        revision: Any = link.get_latest_revision()
        revision.publish()


def category_for(guess: CategoryGuess, term: Term, locale: Any) -> RoleCategory:
    """Return the category with the slug or name of ``term``, or else one that is not saved.

    On a site in several languages, it is the version for ``locale``.
    """
    found = _find_category(locale, slug=term.slug)
    found = found or _find_category(locale, name__iexact=term.name)
    if found is None and guess.is_apprenticeship:
        found = _find_category(locale, is_apprenticeship=True)
    if found is not None:
        return found
    return RoleCategory(
        name=term.name,
        slug=term.slug,
        is_apprenticeship=guess.is_apprenticeship,
        locale=locale,
    )


def _find_category(locale: Any, **lookup: Any) -> RoleCategory | None:
    """Return the category that matches, or the version for ``locale`` of another one that does."""
    known = RoleCategory.objects.for_language(locale.pk)
    keys = RoleCategory.objects.filter(**lookup).values("translation_key")
    return known.filter(**lookup).first() or known.filter(translation_key__in=keys).first()
