"""The addresses that readers get from the shared links on a page, in each language.

A page names one shared link, and its readers get the live translation of it in their language.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from wagtail.models import Locale

from wagtail_careers.conf import has_languages
from wagtail_careers.links.usage import addresses_on
from wagtail_careers.models import SharedLink


class ReaderLinks(NamedTuple):
    """The shared links that readers get, by translation key and locale."""

    keys: Mapping[int, UUID] = MappingProxyType({})
    live: Mapping[tuple[UUID, int], int] = MappingProxyType({})
    #: The locales in which any page can be read; empty if the address of a page tells its locale.
    locales: Collection[int] = ()

    def addresses_on(self, page: Any) -> set[tuple[int, str]]:
        """Return the shared links, with deep paths, that readers of a specific page get.

        The newest version counts as well as the live one.
        """
        return {
            (self._for_reader(pk, locale), path)
            for pk, path in addresses_on(page)
            for locale in self.locales or [page.locale_id]
        }

    def with_translations(self, pks: Collection[int]) -> set[int]:
        """Return ``pks``, and those of all links that pages can name to lead to one of them."""
        keys = {self.keys[pk] for pk in pks if pk in self.keys}
        return {*pks, *(pk for pk, key in self.keys.items() if key in keys)}

    def _for_reader(self, pk: int, locale: int) -> int:
        key = self.keys.get(pk)
        return pk if key is None else self.live.get((key, locale), pk)


def reader_links() -> ReaderLinks:
    """Look up the links that readers get, in few queries; in none on a site with one language."""
    if not has_languages():
        return ReaderLinks()
    rows = list(SharedLink.objects.values_list("pk", "translation_key", "locale_id", "live"))
    return ReaderLinks(
        keys={pk: key for pk, key, _locale, _is_live in rows},
        live={(key, locale): pk for pk, key, locale, is_live in rows if is_live},
        locales=() if _addresses_have_languages() else Locale.objects.values_list("pk", flat=True),
    )


def _addresses_have_languages() -> bool:
    """Return whether the addresses of pages begin with their language, as with i18n_patterns.

    If not, the reader's language is that of the browser, whatever the page.
    """
    used, _prefix_default = is_language_prefix_patterns_used(settings.ROOT_URLCONF)
    return bool(used)
