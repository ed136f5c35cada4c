"""Slugs: the old one, or one from the title if they do not agree."""

import unicodedata
from collections.abc import Iterator

from django.conf import settings
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

from wagtail_careers.importing.roles.flags import Flag
from wagtail_careers.importing.roles.role import Choice
from wagtail_careers.importing.sources.posts import Post

MAX_SLUG = 255
#: The slug of a post in whose title nothing can be spoken.
UNNAMED = "role"

#: Letters for which WordPress writes two in the slugs of German and Danish sites
#: (https://developer.wordpress.org/reference/functions/remove_accents/).
_TWO_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"}
)


def slug_for(post: Post, title: str, choice: Choice) -> tuple[str, list[Flag]]:
    """Return the slug of the page with ``title``, and a flag if it is not the old one."""
    if chosen := as_slug(choice.slug):
        return chosen, []
    old, new = as_slug(post.slug), as_slug(title)
    if old and (not new or old == new or _suits(post.slug, title)):
        return old, []
    if not old:
        return new or UNNAMED, []
    return new, [Flag("slug_changed", {"old": post.slug, "new": new}, review=False)]


def as_slug(text: str) -> str:
    """Return ``text`` as a slug that the site allows; empty if nothing in it can be spoken.

    Letters stay as they are if ``WAGTAIL_ALLOW_UNICODE_SLUGS`` is on, as it is by default. A
    script whose vowels are marks on other letters is always transliterated, because slugs
    cannot have marks.
    """
    slug = slugify(text, allow_unicode=True)
    allows_all = getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True) and not _has_marks(text)
    if not slug or not (allows_all or slug.isascii()):
        slug = slugify(string_to_ascii(text))
    if len(slug) <= MAX_SLUG:
        return slug
    return slug[: MAX_SLUG + 1].rpartition("-")[0] or slug[:MAX_SLUG]


def _has_marks(text: str) -> bool:
    composed = unicodedata.normalize("NFKC", text)
    return any(unicodedata.category(each) in ("Mc", "Mn") for each in composed)


def _suits(slug: str, title: str) -> bool:
    """Return True if at least half of the slug's words are in the title, or nobody can tell.

    Words in different scripts cannot be compared, and somebody has chosen such a slug.
    """
    words = [word for word in _words(slug) if not word.isdigit()]
    if not _is_latin(title) and _is_latin(slug):
        return bool(words)
    of_title = {*_words(title), *_words(title.casefold().translate(_TWO_LETTERS))}
    return bool(words) and 2 * sum(word in of_title for word in words) >= len(words)


def _words(text: str) -> Iterator[str]:
    yield from slugify(string_to_ascii(text)).split("-")


def _is_latin(text: str) -> bool:
    """Return True if at least half of the letters are Latin ones."""
    letters = [each for each in text if each.isalpha()]
    latin = sum(unicodedata.name(each, "").startswith("LATIN") for each in letters)
    return 2 * latin >= len(letters)
