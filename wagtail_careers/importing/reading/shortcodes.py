"""WordPress shortcodes: ``[gallery ids="1,2"]``, ``[button link="…"]Apply[/button]``.

WordPress knows the names that plug-ins have registered; an export does not contain them. So a
phrase in brackets counts as a shortcode only if it can hardly be prose: it has an end elsewhere in
the post, a common name, or attributes in quotation marks and nothing else.
https://codex.wordpress.org/Shortcode_API
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from wagtail_careers.importing.sources import uploads
from wagtail_careers.importing.sources.conventions import Conventions
from wagtail_careers.importing.sources.switches import ONLY_SWITCHES

#: Doubled brackets are how WordPress writes about a shortcode, and ``[url=…]`` is a BBCode.
_TAG = re.compile(r"(?<!\[)\[(?P<end>/?)(?P<name>[A-Za-z][\w-]*+)(?P<rest>(?:[\s=][^\[\]]*+|/)?)\]")
_END = re.compile(r"\[/([A-Za-z][\w-]*+)\]")
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(?P<name>[\w-]++)\s*+=\s*+
    (?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|[“”″](?P<curly>[^“”″]*)[“”″]|(?P<bare>[^\s"'“”″]+))""",
    re.VERBOSE,
)

#: Names from WordPress itself and from the most common plug-ins.
_COMMON = frozenset(
    """
    archives audio caption contact-form-7 embed formidable gallery googlemaps gravityform
    mailpoet_form ninja_form playlist recent_posts rev_slider soundcloud table video vimeo
    wp_caption wpforms youtube
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: How the names of common page builders begin.
_BUILDERS = ("av_", "et_pb_", "fusion_", "mk_", "su_", "vc_")

#: Parts of the names of attributes that change the look, or that programs use.
_FOR_PROGRAMS = frozenset(
    """
    admin align alignment animation background bg border class color colour column columns css
    font height icon id ids layout margin orientation padding position rel shape size style target
    type version width
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: Last parts of the names of those for readers, whatever is before: ``icon_title``.
_FOR_READERS = frozenset(
    """
    alt caption content description heading label placeholder subtitle text title tooltip
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: The name of what has none, as in ``[tooltip "Bank holidays too"]``. WordPress numbers these.
_UNNAMED = "0"
_QUOTES = "\"'“”″"
_PASSWORD = re.compile(
    r"""(?P<name>\b(?:pass\w*+|pwd)\s*+=\s*+)(?:"[^"]*+"?|'[^']*+'?|[“”″][^“”″]*+[“”″]?|[^\s\]]++)""",
    re.IGNORECASE,
)
_SWITCHES = ONLY_SWITCHES | {"none"}
_ADDRESS = re.compile(r"://|\bwww\.")


@dataclass(frozen=True, slots=True)
class Tag:
    """A shortcode tag: its place in the text, its name and its attributes."""

    start: int
    end: int
    name: str
    attributes: Mapping[str, str]
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """The address to which a shortcode links, and the text of the link if an attribute has it.

    The text that a box encloses is not that of its link.
    """

    href: str
    text: str
    address_attribute: str
    text_attribute: str
    is_box: bool = False


def names_with_end(text: str) -> frozenset[str]:
    """Return the names that have an end in ``text``, such as ``[/caption]``."""
    return frozenset(_END.findall(text))


def every(text: str) -> Iterator[Tag]:
    """Yield each tag in ``text`` that has the form of a shortcode, whatever its name."""
    return map(_tag, _TAG.finditer(text))


def find(text: str, ended: frozenset[str], conventions: Conventions) -> Iterator[Tag]:
    """Yield each shortcode tag in ``text``; the text that it encloses is not in it."""
    for found in _TAG.finditer(text):
        name, rest, is_end = found["name"], found["rest"], bool(found["end"])
        is_named = is_end or name in ended or _is_known(name, conventions)
        if is_named or _has_form(name, rest, conventions):
            yield _tag(found)


def _tag(found: re.Match[str]) -> Tag:
    is_end = bool(found["end"])
    attributes = {} if is_end else _attributes(found["name"], found["rest"])
    return Tag(*found.span(), found["name"], attributes, is_end)


def without_passwords(tag: str) -> str:
    """Return the written ``tag`` with the values of passwords left out."""
    return _PASSWORD.sub(r"\g<name>…", tag)


def written_tags(text: str) -> list[str]:
    """Return the tags in ``text``, which is nothing but shortcodes, as they are written."""
    return re.findall(r"\[[^\]]*\]", text)


def target(tag: Tag, conventions: Conventions) -> Target | None:
    """Return the target of a shortcode that is a link by the ``conventions``, else None."""
    rule = conventions.shortcode_link(tag.name)
    name = next((name for name in rule.address if tag.attributes.get(name)), "") if rule else ""
    if not rule or not name:
        return None
    href, title = _address_and_title(tag.attributes[name])
    if href.startswith("#") or not any(mark in href for mark in "/:.?"):
        return None
    with_text = next((each for each in rule.text if tag.attributes.get(each)), "")
    text = tag.attributes.get(with_text, title)
    return Target(href, text, name, with_text, is_box=rule.is_box and bool(text))


def has_words(tag: Tag, besides: Collection[str] = ()) -> bool:
    """Return True if attributes other than ``besides`` have words or an address.

    Images are named elsewhere.
    """
    return any(
        _ADDRESS.search(value) or (_is_for_readers(name) and _is_worded(value))
        for name, value in tag.attributes.items()
        if name not in besides and not uploads.is_image(value)
    )


def _is_known(name: str, conventions: Conventions) -> bool:
    return name in _COMMON or name.startswith(_BUILDERS) or name in conventions.shortcodes


def _has_form(name: str, rest: str, conventions: Conventions) -> bool:
    """Return True if a tag has the form of a shortcode, and prose would not."""
    if rest.startswith("="):
        has_rule = conventions.shortcode_link(name) is not None
        return has_rule and _ADDRESS.search(rest) is not None
    found = list(_ATTRIBUTE.finditer(rest))
    if _ATTRIBUTE.sub("", rest).strip(" \t\n\xa0/"):
        return False  # Words that are not attributes.
    if not found:
        return rest.endswith("/") and name.islower()
    if any(each["bare"] is None for each in found):
        return True
    is_name = name.islower() and ("_" in name or "-" in name)
    return is_name or conventions.shortcode_link(name) is not None


def _attributes(name: str, rest: str) -> dict[str, str]:
    """Return the attributes in ``rest``; the value of ``[url=…]`` has the name of the shortcode."""
    written = f"{name}{rest}" if rest.startswith("=") else rest
    named = {
        found["name"].lower(): next(filter(None, found.group(2, 3, 4, 5)), "").strip()
        for found in _ATTRIBUTE.finditer(written)
    }
    unnamed = _ATTRIBUTE.sub(" ", written).strip(" \t\n\xa0/")
    # A single word is a switch, such as “full_width”.
    is_told = _ADDRESS.search(unnamed) or unnamed[:1] in _QUOTES or len(unnamed.split()) > 1
    return {**named, _UNNAMED: unnamed} if unnamed and is_told else named


def _address_and_title(value: str) -> tuple[str, str]:
    """Return the address and the title in ``value``.

    WPBakery writes ``url:https%3A%2F%2Fjobs.example|title:Apply``, and Enfold
    ``manually,https://jobs.example`` or ``page,12``.
    """
    kind, _comma, rest = value.partition(",")
    if kind == "manually":
        return rest.strip(), ""
    if kind in ("page", "post") and rest.isdecimal():
        return f"/?p={rest}", ""
    if not value.startswith("url:"):
        return value, ""
    parts = dict(part.partition(":")[::2] for part in value.split("|"))
    return unquote(parts["url"]).strip(), unquote(parts.get("title", "")).strip()


def _is_for_readers(name: str) -> bool:
    parts = name.replace("-", "_").split("_")
    if name.startswith("_") or "admin" in parts:
        return False
    return parts[-1] in _FOR_READERS or not _FOR_PROGRAMS & set(parts)


def _is_worded(value: str) -> bool:
    return value.casefold() not in _SWITCHES and any(character.isalpha() for character in value)
