"""The languages of texts: their tags, their names and their directions (WCAG 3.1.1, 3.1.2).

A tag is that of BCP 47, as HTML's ``lang`` has it: ``cy``, ``en-GB``, ``zh-Hans``. The known
languages are those of the site, those that Django knows, and a few more. Screen readers would speak
a text with an unknown tag in the wrong voice, so unknown tags are dropped.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.conf import global_settings, settings
from django.conf.locale import LANG_INFO
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from wagtail_careers.text import sort_key

#: The longest tag that is stored (RFC 5646, section 4.4.1). Migrations contain this number.
MAX_TAG = 35

#: Languages that readers of careers pages speak, and that Django has no translations for: their
#: names, and their names in themselves.
FURTHER: Mapping[str, tuple[Any, str]] = {
    "am": (_("Amharic"), "አማርኛ"),
    "gu": (_("Gujarati"), "ગુજરાતી"),
    "gv": (_("Manx"), "Gaelg"),
    "ku": (_("Kurdish"), "Kurdî"),
    "kw": (_("Cornish"), "Kernewek"),
    "la": (_("Latin"), "Latina"),
    "mi": (_("Māori"), "Māori"),
    "ps": (_("Pashto"), "پښتو"),
    "rom": (_("Romani"), "Romani"),
    "sco": (_("Scots"), "Scots"),
    "si": (_("Sinhala"), "සිංහල"),
    "sn": (_("Shona"), "chiShona"),
    "so": (_("Somali"), "Soomaali"),
    "ti": (_("Tigrinya"), "ትግርኛ"),
    "tl": (_("Tagalog"), "Tagalog"),
    "yi": (_("Yiddish"), "ייִדיש"),
    "yo": (_("Yoruba"), "Yorùbá"),
    "zh": (_("Chinese"), "中文"),
}

_TAG = re.compile(r"[a-z]{2,8}(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)
_RIGHT_TO_LEFT = frozenset({"ps", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})

_around: ContextVar[str] = ContextVar("wagtail_careers_language", default="")


def known_language(text: Any) -> str:
    """Return the tag of the known language that ``text`` means, or an empty string.

    ``text`` is a tag in any case, with hyphens or underscores. A region that is not known is left
    out: ``cy-GB`` means ``cy``.
    """
    if not isinstance(text, str) or not _TAG.fullmatch(text := text.strip()):
        return ""
    parts = text.lower().replace("_", "-").split("-")
    known = _known()
    tags = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((known[tag] for tag in tags if tag in known), "")


def known_languages() -> tuple[str, ...]:
    """Return the tags of all known languages, those of the site first."""
    return tuple(_known().values())


def site_languages() -> tuple[str, ...]:
    """Return the tags of the languages that the site has content in."""
    listed = getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", settings.LANGUAGES)
    codes = [code for code, _name in listed]
    # Without a list of the site's own, it has all languages that Django is translated to.
    if set(codes) >= {code for code, _name in global_settings.LANGUAGES}:
        codes = []
    return tuple(dict.fromkeys(map(_canonical, [settings.LANGUAGE_CODE, *codes])))


def language_name(tag: str) -> str:
    """Return the name of a language in the active language, and its own: “Welsh (Cymraeg)”."""
    code = tag.lower()
    if code in FURTHER:
        name, own = FURTHER[code]
        return _named(str(name), own)
    info = LANG_INFO.get(code, {})
    if "name" in info:
        return _named(gettext(info["name"]), info["name_local"])
    listed = {
        **dict(settings.LANGUAGES),
        **dict(getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", ())),
    }
    return str(next((name for each, name in listed.items() if each.lower() == code), tag))


#: The name of a group in a form, and the tag and the name of each language in it.
Group = tuple[str, tuple[tuple[str, str], ...]]


def language_choices() -> tuple[Group, ...]:
    """Return the known languages in two groups for a form: those of the site, and the others."""
    return _choices(get_language())


@cache
def _choices(_active: str | None) -> tuple[Group, ...]:
    """Return the choices in the active language. Each form with a body asks for them often."""
    site = site_languages()
    others = [(tag, language_name(tag)) for tag in known_languages() if tag not in site]
    return (
        (gettext("Languages of this site"), tuple((tag, language_name(tag)) for tag in site)),
        (
            gettext("Other languages"),
            tuple(sorted(others, key=lambda choice: sort_key(choice[1]))),
        ),
    )


def text_direction(tag: str) -> str:
    """Return the direction of a language's script: ``rtl`` or ``ltr``."""
    parts = tag.lower().split("-")
    if scripts := [part for part in parts[1:] if len(part) == 4]:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    language = parts[0]
    is_bidi = LANG_INFO.get(language, {}).get("bidi") or language in settings.LANGUAGES_BIDI
    return "rtl" if is_bidi or language in _RIGHT_TO_LEFT else "ltr"


def language_attributes(tag: str, around: str) -> dict[str, str]:
    """Return ``lang`` and ``dir`` for an element in the language ``tag`` inside one in ``around``.

    It gets none if it is in no other language, and no ``dir`` if text runs in the same direction.
    """
    if not tag or tag == around:
        return {}
    direction = text_direction(tag)
    is_same = direction == text_direction(around)
    return {"lang": tag} if is_same else {"lang": tag, "dir": direction}


def language_around() -> str:
    """Return the tag of the language of the text that is being rendered."""
    return _around.get() or known_language(get_language())


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Let ``language_around`` return ``tag``, and the package speak that language if it can.

    An empty ``tag`` changes nothing. A language that is not one of the site's ``LANGUAGES`` is not
    activated: Django would make addresses with a prefix that the site does not have.
    """
    token = _around.set(tag or _around.get())
    try:
        with translation.override(interface_language(tag) or get_language()):
            yield
    finally:
        _around.reset(token)


def interface_language(tag: str) -> str:
    """Return the code by which Django can activate a language; empty if the site has it not."""
    code = tag.lower()
    return code if code in {each.lower() for each, _name in settings.LANGUAGES} else ""


@cache
def _known() -> dict[str, str]:
    """Return the tags of the known languages, by their lower case."""
    named = (code for code, info in LANG_INFO.items() if "name" in info)
    listed = (code for code, _name in settings.LANGUAGES)
    tags = [*site_languages(), *map(_canonical, [*named, *listed]), *FURTHER]
    return {tag.lower(): tag for tag in tags if len(tag) <= MAX_TAG and _TAG.fullmatch(tag)}


def _canonical(code: str) -> str:
    """Return a tag as BCP 47 recommends to write it: ``en-GB``, ``zh-Hans``."""
    language, *others = code.lower().replace("_", "-").split("-")
    shown = [
        part.title()
        if len(part) == 4 and part.isalpha()
        else (part.upper() if len(part) == 2 else part)
        for part in others
    ]
    return "-".join([language, *shown])


def _named(name: str, own: str) -> str:
    return name if own.casefold() == name.casefold() else f"{name} ({own})"


@receiver(setting_changed)
def _forget_languages(*, setting: str, **kwargs: Any) -> None:
    if setting in ("LANGUAGES", "LANGUAGE_CODE", "WAGTAIL_CONTENT_LANGUAGES"):
        _known.cache_clear()
        _choices.cache_clear()
