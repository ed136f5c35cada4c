"""From what sites answered to what that means for a link. All is values."""

import re
from dataclasses import dataclass, replace

from wagtail_careers.choices import Verdict
from wagtail_careers.web.addresses import URL
from wagtail_careers.web.client import Answer

PERMANENT = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})

#: Answers that a program gets and a reader may not: log in, forbidden, wrong method or format
#: (from firewalls), too many requests, not in this country, and what LinkedIn says to programs.
_REFUSALS = frozenset({401, 402, 403, 405, 406, 407, 429, 451, 999})
#: Faults that are often gone a moment later.
_PASSING = frozenset({408, 502, 503, 504})

#: The path of a home page: of the site, or of one of its languages.
_HOME = re.compile(
    r"(?:/[a-z]{2}(?:[-_][a-z]{2})?)?/?(?:(?:index|default|home)(?:\.[a-z]{2,5})?/?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Trail:
    """Where an address led: the statuses of its redirects, and the end.

    The end is an answer, or a ``fault`` with what is known of it.
    """

    asked: URL
    final: URL
    redirects: tuple[int, ...] = ()
    answer: Answer | None = None
    fault: Verdict | None = None
    detail: str = ""
    #: Whether the fault may be gone a moment later.
    passing: bool = False
    #: Whether a cookie was set on the way; none is kept.
    cookies: bool = False

    def answered(self, answer: Answer) -> "Trail":
        return replace(self, answer=answer, cookies=self.cookies or "set-cookie" in answer.headers)

    def redirected(self, url: URL) -> "Trail":
        assert self.answer is not None  # noqa: S101 - for the type checker
        return replace(self, final=url, redirects=(*self.redirects, self.answer.status))

    def failed(self, fault: Verdict, detail: str, *, passing: bool = False) -> "Trail":
        return replace(self, fault=fault, detail=detail, passing=passing)

    @property
    def status(self) -> int | None:
        return self.answer.status if self.answer else None

    @property
    def final_url(self) -> str:
        """Where redirects led, with the fragment that was asked for; empty without redirects."""
        if not self.redirects:
            return ""
        # RFC 9110, section 10.2.2.
        fragment = self.final.fragment or self.asked.fragment
        return str(self.final.copy_with(fragment=fragment or None))


def judge(trail: Trail) -> Verdict:
    """The verdict on an address. Whether https works for it is another question."""
    if trail.fault or trail.status is None:
        return trail.fault or Verdict.NOT_CHECKED
    if trail.status < 300 or trail.status in (300, 304):
        return _judge_redirects(trail)
    if trail.status in _REFUSALS:
        return Verdict.REFUSED_ROBOTS
    if trail.status == 410:
        return Verdict.GONE
    if trail.status == 408:
        return Verdict.TIMED_OUT
    if 400 <= trail.status < 500:
        return Verdict.NOT_FOUND
    # Also a redirect that does not say where.
    return Verdict.SERVER_ERROR


def may_pass(trail: Trail) -> bool:
    """Whether it is worth while to ask once more."""
    if trail.fault:
        return trail.passing
    answer = trail.answer
    return answer is not None and (answer.status in _PASSING or answer.retry_after is not None)


def is_home(url: URL) -> bool:
    """Whether ``url`` is that of a home page, as far as it tells.

    A query may name a page: WordPress has addresses such as ``/?p=12``.
    """
    return not url.query and bool(_HOME.fullmatch(url.path))


def _judge_redirects(trail: Trail) -> Verdict:
    if not trail.redirects:
        return Verdict.OK
    if is_home(trail.final) and not is_home(trail.asked):
        return Verdict.SOFT_DEAD
    if trail.final == encrypted(trail.asked):
        return Verdict.HTTP_ONLY
    if PERMANENT.issuperset(trail.redirects):
        return Verdict.MOVED
    # A temporary redirect asks to go on using the address (RFC 9110, section 15.4.3).
    return Verdict.OK


def encrypted(url: URL) -> URL | None:
    """The https version of an http address; None where there cannot be one.

    An http address with a port of its own says nothing about the port of https.
    """
    if url.scheme != "http" or url.port is not None:
        return None
    return url.copy_with(scheme="https")
