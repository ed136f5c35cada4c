"""Who could see a post on the old site, in all spellings that exporters have for it.

A post counts as public only if nothing says otherwise. What is said in a way that is not known
makes it a draft: a page can still be published, but what readers saw cannot be unseen.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain
from pathlib import PurePath
from typing import Any

from django.utils import timezone

from wagtail_careers.importing.sources.audiences import limits_audience
from wagtail_careers.importing.sources.static_sites import file_name
from wagtail_careers.importing.sources.switches import NO, YES
from wagtail_careers.importing.sources.wordpress import parse_date

PUBLISHED = "publish"
DRAFT = "draft"
PRIVATE = "private"
PROTECTED = "password"
TO_COME = "future"
EXPIRED = "expired"
HIDDEN = "hidden"

#: In lower case, the values that say that there is no password, and that everybody could see it.
_NO_PASSWORD = frozenset({"", "false", "null", "~"})
_PUBLIC = frozenset({"", "featured", "live", "public", "publish", "published", "visible"})

#: Keys of front matter, in lower case and without marks, by what their value says.
_STATUSES = frozenset({"poststatus", "postvisibility", "status", "visibility"})
#: Keys that may say something else, too, such as an address in the state of Texas.
_MAYBE_STATUSES = frozenset({"access", "audience", "visibleto"})
_ENDS_OF_STATUSES = ("state", "status")
_NOT_PUBLIC = frozenset(
    {"archived", "draft", "hidden", "internal", "members", "password", "pending", "private"}
    | {"protected", "restricted", "scheduled", "trash", "unlisted", "unpublished"}
    | {"loggedin", "member", "paid", "registered", "staff", "subscribers"}
)
_IF_PUBLIC = frozenset(
    {
        "active",
        "dgpublish",
        "enabled",
        "live",
        "ispublic",
        "ispublished",
        "listed",
        "public",
        "publish",
        "published",
    }
    | {"visible"}
)
_IF_NOT = {
    "archived": "archived",
    "confidential": PRIVATE,
    "deleted": "trash",
    "draft": DRAFT,
    "eleventyexcludefromcollections": HIDDEN,
    "encrypted": PROTECTED,
    "exclude": HIDDEN,
    "expired": EXPIRED,
    "headless": HIDDEN,
    "hidden": HIDDEN,
    "hide": HIDDEN,
    "internal": PRIVATE,
    "isdraft": DRAFT,
    "ishidden": HIDDEN,
    "isprivate": PRIVATE,
    "loginrequired": PRIVATE,
    "members": PRIVATE,
    "membersonly": PRIVATE,
    "passwordprotected": PROTECTED,
    "private": PRIVATE,
    "protected": PROTECTED,
    "requireslogin": PRIVATE,
    "restricted": PRIVATE,
    "restrictedto": PRIVATE,
    "secret": PRIVATE,
    "unlisted": "unlisted",
    "unpublished": DRAFT,
    "wip": DRAFT,
}
_PASSWORDS = frozenset({"passphrase", "password", "postpassword"})
_BEGINS = frozenset(
    {"date", "postdate", "postdategmt", "pubdate", "publishat", "publishdate", "publishedat"}
    | {"publishedon", "publishon", "scheduled", "scheduledat", "scheduledfor"}
    | {"availablefrom", "embargo", "embargountil", "goliveat", "publishfrom", "releasedate"}
)
_ENDS = frozenset(
    {"enddate", "expirationdate", "expires", "expiresat", "expirydate", "unpublishat"}
    | {"unpublishdate", "unpublishon", "validuntil"}
    | {"expiration", "jobexpires", "expiredate", "expireson", "expiry", "unpublishedat"}
)
#: Tables that have such keys, too.
_TABLES = frozenset({"cascade", "extra", "meta", "metadata", "params"})
#: Hugo's table of what is built of a page (https://gohugo.io/content-management/build-options/).
_BUILD = "build"
#: Grav's table of who may see a page (https://learn.getgrav.org/17/content/headers#access).
_ACCESS = "access"
_DRAFTS = "_drafts"
_WRITES_PAGE = frozenset({"output", "permalink", "render"})
_UNBUILT = frozenset({"false", "never"})
#: Dates that custom fields have of other things, such as an event.
_OF_OTHER_THINGS = frozenset({"date", "postdate", "postdategmt", "pubdate"})
#: Seconds since 1970, as plug-ins keep the end of a post.
_SECONDS = re.compile(r"\d{9,11}")

_ONLY_VISIBILITY = _STATUSES | _IF_PUBLIC | _IF_NOT.keys() | _BEGINS | _ENDS

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def status_of(front: Mapping[str, Any], source: str = "") -> str:
    """Return the status of a post with the front matter ``front``; texts are as somebody typed.

    Jekyll has drafts in a folder of their own, and dates in the names of files; both are in the
    path of the ``source``.
    """
    date = file_name(source).date
    folders = PurePath(source.replace("\\", "/").casefold()).parts
    of_file = DRAFT if _DRAFTS in folders else _to_come(date) if date else ""
    return next(filter(None, (*_reasons(front), of_file)), PUBLISHED)


def has_password(front: Mapping[str, Any]) -> bool:
    """Return True if ``front`` has the password of its post."""
    return any(_reason(_key(name), _text(each)) == PROTECTED for name, each in front.items())


def reads(name: str, value: Any) -> bool:
    """Return True if a key of front matter only says who can see the post."""
    key = _key(name)
    if key in _PASSWORDS:
        return True
    return isinstance(value, str) and (key in _ONLY_VISIBILITY or bool(_reason(key, _text(value))))


def status_of_item(statuses: Iterable[str], password: str, when: datetime | None) -> str:
    """Return the status of an item of an export, which should have one of ``statuses``."""
    told = {status.strip().casefold() for status in statuses}
    if told != {PUBLISHED}:
        return next(iter(sorted(told - {PUBLISHED, ""})), DRAFT)
    if password.strip("\r\n\t"):  # A space is a password, too.
        return PROTECTED
    return TO_COME if when and _is_to_come(when) else PUBLISHED


def status_of_fields(fields: Iterable[tuple[str, str]]) -> str:
    """Return the status that custom fields, by name and value, give a post; empty for none."""
    for name, value in fields:
        key, text = _key(name), _text(value)
        # A field called “status” can be that of anything, such as a vacancy.
        is_other = key in _OF_OTHER_THINGS or (key in _STATUSES and text not in _NOT_PUBLIC)
        if not is_other and (reason := _reason(key, text)):
            return reason
        if limits_audience(name, text):
            return PRIVATE
    return ""


def is_to_come(value: str) -> bool:
    """Return True if a date may be in the future."""
    return bool(_to_come(value))


def _reasons(front: Mapping[str, Any]) -> Iterator[str]:
    """Yield a status for everything in ``front`` that says that a post was not public."""
    for name, value in chain.from_iterable(map(Mapping.items, _tables(front))):
        key = _key(name)
        if key == _ACCESS and isinstance(value, Mapping):
            yield from (PRIVATE for each in value.values() if _text(each) not in NO)
        if key == _BUILD and isinstance(value, Mapping):
            yield from (HIDDEN for name, each in value.items() if _is_unbuilt(name, _text(each)))
        yield _reason(key, _text(value))
        yield PRIVATE if limits_audience(str(name), _text(value)) else ""


def _tables(front: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield ``front`` and the tables in it that can say the same, alone or in a list."""
    seen: set[int] = set()
    stack: list[Any] = [front]
    while stack:
        table = stack.pop()
        if isinstance(table, list):
            stack += table
        elif isinstance(table, Mapping) and id(table) not in seen:
            seen.add(id(table))  # An alias of YAML is the same table in many places.
            yield table
            stack += (value for name, value in table.items() if _key(name) in _TABLES)


def _is_unbuilt(name: str, value: str) -> bool:
    """Return True if Hugo writes no page, or puts it on no list."""
    return value in _UNBUILT or (_key(name) == "render" and value not in YES | {"", "always"})


def _key(name: object) -> str:
    return re.sub(r"[\W_]", "", str(name).casefold())


def _reason(key: str, value: str) -> str:
    """Return the status that a key gives a post; empty if it may be public."""
    if key in _STATUSES and value not in _PUBLIC:
        return value
    is_status = key in _MAYBE_STATUSES or key.endswith(_ENDS_OF_STATUSES)
    if is_status and value in _NOT_PUBLIC:
        return value
    if key in _IF_NOT and value not in NO:
        return _IF_NOT[key]
    if key in _PASSWORDS and value not in _NO_PASSWORD:
        return PROTECTED
    if key in _IF_PUBLIC and value and value not in YES:
        return DRAFT if value in NO or not _year(value) else _to_come(value)
    if key in _BEGINS and value not in NO:
        return _to_come(value)
    if key in _ENDS and value not in NO:
        when = _time(value)
        return "" if when and _is_to_come(when) else EXPIRED
    # Eleventy and Jekyll write no page for such a post.
    return HIDDEN if key in _WRITES_PAGE and value == "false" else ""


def _text(value: Any) -> str:
    """Return a value in lower case; of lists and tables only if they are empty."""
    if isinstance(value, str):
        return value.strip().casefold()
    return "" if not value else "unknown"


def _to_come(value: str) -> str:
    """Return the status if a date may be in the future; of one that is unclear, the year counts."""
    when = _time(value)
    if when:
        return TO_COME if _is_to_come(when) else ""
    year = _year(value)
    return "" if year and int(year) < datetime.now(UTC).year else TO_COME


def _time(value: str) -> datetime | None:
    if _SECONDS.fullmatch(value):
        return datetime.fromtimestamp(int(value), UTC)
    return parse_date(value)


def _year(value: str) -> str:
    found = _YEAR.search(value)
    return found[0] if found else ""


def _is_to_come(when: datetime) -> bool:
    """Return True if ``when`` is in the future; a naive time counts in the site's time zone."""
    if timezone.is_naive(when):
        when = timezone.make_aware(when, timezone.get_current_timezone())
    return when > datetime.now(UTC)
