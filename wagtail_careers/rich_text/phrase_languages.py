"""The languages of phrases in rich text, stored as ``<span lang="cy">`` (WCAG 3.1.2)."""

import re

from django.utils.html import format_html, format_html_join

from wagtail_careers.languages import known_language, language_around, language_attributes

_SPAN = re.compile(r"""<span\b(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_HAS_LANG = re.compile(r"\slang\b", re.IGNORECASE)
_LANG = re.compile(r"""\slang\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def with_sound_languages(html: str) -> str:
    """Return rich text in the database form with the languages of its phrases as readers get them.

    A phrase in the language around it needs none, one whose script runs in the other direction gets
    ``dir``, and unknown languages are left out.
    """
    return _SPAN.sub(_sound, html) if "<span" in html else html


def phrase_language(tag: str) -> str:
    """Return the known language in an opening tag, or an empty string."""
    found = _LANG.search(tag)
    return known_language(found[1] or found[2]) if found else ""


def _sound(match: re.Match[str]) -> str:
    if not _HAS_LANG.search(match[0]):
        return match[0]
    attributes = language_attributes(phrase_language(match[0]), language_around())
    return format_html("<span{}>", format_html_join("", ' {}="{}"', attributes.items()))
