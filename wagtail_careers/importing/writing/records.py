"""Records that belong to a role page: shared links, categories and images."""

from collections.abc import Iterable
from hashlib import sha1
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.files import File

from wagtail_careers.importing.reading.content import Image
from wagtail_careers.importing.roles.category import CategoryGuess
from wagtail_careers.importing.roles.flags import Flag
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


def take_images(images: Iterable[Image], media: Path | None, *, is_dry: bool) -> list[Flag]:
    """Add images with a file in ``media`` to the library, and flag all images."""
    return [_take_image(image, media, is_dry=is_dry) for image in images]


def _take_image(image: Image, media: Path | None, *, is_dry: bool) -> Flag:
    values = {"alt": image.alt or "–", "src": image.src[:300]}
    file = find_file(image.src, media) if media else None
    try:
        taken = _in_library(file, image.alt, is_dry=is_dry) if file else None
    except ValidationError as error:
        return Flag("image_refused", {**values, "errors": " ".join(error.messages)})
    if taken is None:
        return Flag("image_missing", values)
    return Flag("image", {**values, "title": taken.title})


def _in_library(path: Path, alt: str, *, is_dry: bool) -> Any:
    """Return the image in ``path``, and add it to the library unless it is there.

    Raises ``ValidationError`` for a file that the library's own form would refuse.
    """
    from wagtail.images import get_image_model
    from wagtail.images.fields import WagtailImageField

    model = get_image_model()
    file_hash = sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
    known = model.objects.filter(file_hash=file_hash).first()
    if known is not None:
        return known
    with path.open("rb") as opened:
        file = File(opened, name=path.name)
        WagtailImageField().clean(file)
        opened.seek(0)
        title = (alt or path.stem)[:255]
        image = model(title=title, file=file, file_size=file.size, file_hash=file_hash)
        if not is_dry:
            image.save()
        return image


def find_file(src: str, media: Path) -> Path | None:
    """Find the file of an image below ``media``, by the longest part of its path that exists.

    WordPress adds the size to the names of scaled images; the original is found as well.
    """
    try:
        parts = [part for part in unquote(urlsplit(src).path).split("/") if part]
    except ValueError:
        return None
    if not parts or ".." in parts or "\x00" in src:
        return None
    root = media.resolve()
    for start in range(len(parts)):
        for name in (parts[-1], _unscaled(parts[-1])):
            candidate = root.joinpath(*parts[start:-1], name)
            if candidate.is_file() and candidate.resolve().is_relative_to(root):
                return candidate
    return None


def _unscaled(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    base, dash, size = stem.rpartition("-")
    width, cross, height = size.partition("x")
    is_size = cross and width.isdigit() and height.isdigit()
    return f"{base}{dot}{ending}" if dash and is_size else name
