"""Verdicts on links, from the answers of sites. Nothing here uses the network or the database."""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from wagtail_careers.choices import Verdict
from wagtail_careers.web.addresses import URL
from wagtail_careers.web.client import Answer

PERMANENT = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})

#: Statuses that a program may get where a reader does not: log in, forbidden, wrong method or
#: format (from firewalls), too many requests, not in this country, and LinkedIn's answer to
#: programs.
_REFUSALS = frozenset({401, 402, 403, 405, 406, 407, 429, 451, 999})
#: Faults that often pass within a moment.
_PASSING = frozenset({408, 502, 503, 504})

#: The path of a home page, of a site or of one of its languages.
_HOME = re.compile(
    r"(?:/[a-z]{2}(?:[-_][a-z]{2})?)?/?(?:(?:index|default|home)(?:\.[a-z]{2,5})?/?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Judgement:
    """A verdict on an address, with its reason if the verdict does not say it."""

    verdict: Verdict
    detail: str = ""


@dataclass(frozen=True)
class Trail:
    """The way from an address to its end: the statuses of its redirects, and the last answer.

    If the last request got no answer, ``fault`` explains why.
    """

    asked: URL
    final: URL
    redirects: tuple[int, ...] = ()
    answer: Answer | None = None
    fault: Judgement | None = None
    #: Whether the fault may pass within a moment.
    passing: bool = False
    #: Whether any answer set a cookie. Cookies are not kept.
    cookies: bool = False

    def answered(self, answer: Answer) -> "Trail":
        return replace(self, answer=answer, cookies=self.cookies or "set-cookie" in answer.headers)

    def redirected(self, url: URL) -> "Trail":
        assert self.answer is not None  # noqa: S101 - for the type checker
        return replace(self, final=url, redirects=(*self.redirects, self.answer.status))

    def failed(self, verdict: Verdict, detail: str, *, passing: bool = False) -> "Trail":
        return replace(self, fault=Judgement(verdict, detail), passing=passing)

    @property
    def status(self) -> int | None:
        return self.answer.status if self.answer else None

    @property
    def final_url(self) -> str:
        """The end of the redirects, with the requested fragment; empty without redirects."""
        if not self.redirects:
            return ""
        # RFC 9110, section 10.2.2.
        fragment = self.final.fragment or self.asked.fragment
        return str(self.final.copy_with(fragment=fragment or None))


def judge(trail: Trail) -> Judgement:
    """Return the judgement on an address, whether or not it also works with https."""
    if trail.fault or trail.status is None:
        return trail.fault or Judgement(Verdict.NOT_CHECKED)
    if trail.status < 300 or trail.status in (300, 304):
        return Judgement(_judge_redirects(trail))
    if trail.status in _REFUSALS:
        return Judgement(Verdict.REFUSED_ROBOTS)
    if trail.status == 404:
        return Judgement(Verdict.NOT_FOUND)
    if trail.status == 410:
        return Judgement(Verdict.GONE)
    if trail.status == 408:
        return Judgement(Verdict.TIMED_OUT)
    if 400 <= trail.status < 500:
        # This status does not say that there is no such page.
        return Judgement(Verdict.CHECK_MANUALLY, _("The site did not accept the request."))
    # This includes a redirect without a location.
    return Judgement(Verdict.SERVER_ERROR)


def may_pass(trail: Trail) -> bool:
    """Return whether a second attempt is worthwhile."""
    if trail.fault:
        return trail.passing
    answer = trail.answer
    return answer is not None and (answer.status in _PASSING or answer.retry_after is not None)


def is_home(url: URL) -> bool:
    """Return whether ``url`` looks like the address of a home page.

    An address with a query does not, because a query can name a page, as in WordPress's ``/?p=12``.
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
    # After a temporary redirect, the original address stays in use (RFC 9110, section 15.4.3).
    return Verdict.OK


def encrypted(url: URL) -> URL | None:
    """Return the https version of an http address, or None if it has a port or is not http.

    The port of an http address does not tell the port for https.
    """
    if url.scheme != "http" or url.port is not None:
        return None
    return url.copy_with(scheme="https")
