"""Conventions of static-site generators, mainly Jekyll and Hugo, for files with front matter.

https://jekyllrb.com/docs/permalinks/, https://gohugo.io/content-management/urls/
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from wagtail_careers.importing.sources import wordpress
from wagtail_careers.importing.sources.switches import ONLY_SWITCHES
from wagtail_careers.safe_url import DEFAULT_PORTS

#: The scheme of a link that names the file of another post, and not its address.
FILE = "post-file"

#: Layouts and types that say how a post looks, and not what it is about.
_LAYOUTS = frozenset({"base", "default", "none", "post", "posts", "single"})

#: The ending of a file, and the language that Hugo has before it.
_ENDING = re.compile(r"(?:\.[a-z]{2}(?:-[a-z]{2})?)?\.(?:html?|markdown|md|mdown|mkd|txt)$", re.I)
_DATED = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})[-_ ](?P<slug>.+)")
#: File names that say nothing; the folder around them has the name.
_INDEXES = frozenset({"_index", "index"})

#: Jekyll's names for the usual forms of a permalink.
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}
_PLACEHOLDER = re.compile(
    r":(basename|categories|collection|day|filename|hour|i_day|i_month|long_day|long_month|minute"
    r"|month|monthname|name|output_ext|path|second|sections?|short_day|short_month|short_year|slug"
    r"|slugified_categories|slugorfilename|title|w_day|w_year|week|weekday|y_day|year|yearday)\b"
)

#: An instruction that stands for an address, after what begins an address in Markdown or HTML.
#: The length of a file's path is limited so that no text takes more than linear time.
_REFERENCE = re.compile(
    r"""
    (?P<before> \]\(\s*+<?+ | ^[ ]{0,3}\[[^\]\n]{1,200}\]:[ ]*+<?+ | \bhref\s*+=\s*+["']?+ )
    (?:\{\{-?\s*+site\.(?:base)?url\s*+-?\}\})*+
    (?: \{\{[<%]\s*+(?:rel)?ref\s+(?:path\s*+=\s*+)?
          ["'`]?(?P<hugo>[^"'`{}<>\s]++)[^{}<>%\n]*+[>%]\}\}
      | \{%-?\s*+(?:post_url|link)\s+(?P<jekyll>[^%{}\s]++)\s*+-?%\}
      | \{\{-?\s*+["'](?P<path>[^"'{}\n]++)["']\s*+\|[^{}\n]*+\}\}
      | (?P<file>(?!www\.)[^\s()<>"'{}\#?:]{1,1000}+(?<=\.md)(?:\#[^\s()<>"']*+)?)
      | (?=/)
    )
    """,
    re.VERBOSE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class FileName:
    """The name of a file without its ending, divided into a date and a slug if it begins so."""

    whole: str
    date: str = ""
    slug: str = ""


def file_name(path: str) -> FileName:
    """Return the name of the file at ``path``, or that of its folder for ``index.md``."""
    parts = PurePosixPath(path.replace("\\", "/"))
    stem = _ENDING.sub("", parts.name)
    name = parts.parent.name if stem in _INDEXES else stem
    found = _DATED.fullmatch(name)
    if found and wordpress.parse_date(found["date"]):
        return FileName(name, found["date"], found["slug"])
    return FileName(name)


def file_address(name: str) -> str:
    """Return the address of the post in the file ``name``, which only posts can link to."""
    return f"{FILE}:{quote(name.casefold(), safe='')}"


def named_file(href: str) -> str:
    """Return the address of the file that ``href`` names in any way; empty if it names none."""
    scheme, _mark, rest = href.partition(":")
    path = unquote(rest.partition("#")[0])
    return file_address(file_name(path).whole) if scheme.lower() == FILE else ""


def kind_of(kinds: Iterable[str]) -> str:
    """Return the first of ``kinds`` that is a type of posts, and not only a layout."""
    is_page = False
    for kind in kinds:
        if kind.casefold() == "page":
            is_page = True
        elif kind and kind.casefold() not in _LAYOUTS:
            return kind
    return "page" if is_page else "post"


def permalink(text: str, date: str, slug: str, front: Mapping[str, Any]) -> str:
    """Return the permalink in ``text``, with the placeholders of Jekyll filled in.

    It is empty if it is not an address, such as an instruction to another program.
    """
    values = {"title": slug, "slug": slug, "output_ext": ".html", **_parts_of(date)}
    values["categories"] = _folders(front.get("categories") or [front.get("category")])
    form = _STYLES.get(text, text)
    filled = _PLACEHOLDER.sub(lambda found: values.get(found[1]) or found[0], form)
    filled = filled.replace("/:categories/", "/")
    if not _is_complete(filled) or filled.casefold() in ONLY_SWITCHES:
        return ""
    try:
        scheme = urlsplit(filled).scheme
    except ValueError:
        return ""
    if not scheme:
        return absolute(filled, "")
    return filled if scheme in DEFAULT_PORTS and wordpress.host(filled) else ""


def _folders(categories: Any) -> str:
    """Return the folders of ``categories``: Jekyll has them in a list, or in a text with spaces."""
    names = categories.split() if isinstance(categories, str) else categories or ()
    return "/".join(quote(name.lower()) for name in names if isinstance(name, str))


def absolute(text: str, base: str) -> str:
    """Return ``text`` as a web address or a path from the root; empty if it is neither.

    A path without a slash is beside the page ``base``, as Hugo has it.
    """
    if text.startswith("//"):
        text = f"https:{text}"
    try:
        joined = urljoin(base.rstrip("/"), text.strip())
        parts = urlsplit(joined)
    except ValueError:
        return ""
    is_web = parts.scheme in DEFAULT_PORTS and wordpress.host(joined)
    if not _is_complete(text) or not parts.path or not (is_web or not parts.scheme):
        return ""
    return joined if is_web or joined.startswith("/") else f"/{joined}"


def _is_complete(address: str) -> bool:
    return "{" not in address and not _PLACEHOLDER.search(address)


def with_addresses(content: str) -> str:
    """Replace instructions that stand for an address, where a link has its address."""
    return _REFERENCE.sub(_with_address, content)


def _with_address(found: re.Match[str]) -> str:
    if file := found["hugo"] or found["jekyll"] or found["file"]:
        address = file if file.startswith("#") else f"{FILE}:{file}"
    else:
        address = found["path"] or ""
    return f"{found['before']}{address}"


def _parts_of(date: str) -> Mapping[str, str]:
    when = wordpress.parse_date(date)
    if when is None:
        return {}
    year, month, day = when.date().isoformat().split("-")
    numbers = {"i_month": str(when.month), "i_day": str(when.day), "short_year": year[2:]}
    return {"year": year, "month": month, "day": day, **numbers}
