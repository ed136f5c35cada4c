"""Verdicts on links, from the answers of sites. Nothing here uses the network or the database."""

from dataclasses import dataclass, replace
from urllib.parse import unquote

from django.utils.translation import gettext as _

from wagtail_careers.choices import Verdict
from wagtail_careers.destinations import Destination, destination, is_own_home
from wagtail_careers.link_checks.pages import read_page
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
        """Return the trail to ``url``, with the last fragment if it has none of its own."""
        assert self.answer is not None  # noqa: S101 - for the type checker
        # RFC 9110, section 10.2.2.
        final = url if url.fragment else replace(url, fragment=self.final.fragment)
        return replace(self, final=final, redirects=(*self.redirects, self.answer.status))

    def failed(self, verdict: Verdict, detail: str, *, passing: bool = False) -> "Trail":
        return replace(self, fault=Judgement(verdict, detail), passing=passing)

    @property
    def status(self) -> int | None:
        return self.answer.status if self.answer else None

    @property
    def final_url(self) -> str:
        """The end of the redirects; empty without redirects."""
        return str(self.final) if self.redirects else ""


def judge(trail: Trail) -> Judgement:
    """Return the judgement on an address, whether or not it also works with https."""
    if trail.fault or trail.status is None:
        return trail.fault or Judgement(Verdict.NOT_CHECKED)
    if trail.status < 300 or trail.status in (300, 304):
        return _judge_page(trail, _judge_redirects(trail))
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


def _judge_page(trail: Trail, judgement: Judgement) -> Judgement:
    """Return the judgement on an address whose answer is a page, if so far it works."""
    page = read_page(trail.answer) if trail.answer else None
    if page is None or judgement.verdict not in (Verdict.OK, Verdict.MOVED, Verdict.HTTP_ONLY):
        return judgement
    if page.says_not_found:
        return Judgement(
            Verdict.CHECK_MANUALLY,
            _("The title or the first heading says that there is no such page."),
        )
    if judgement.verdict == Verdict.OK and page.lacks(trail.final.fragment):
        return Judgement(
            Verdict.CHECK_MANUALLY,
            _("The page works, but has no place “#%s”, unless a script adds it.")
            % unquote(trail.final.fragment),
        )
    return judgement


def _judge_redirects(trail: Trail) -> Judgement:
    if not trail.redirects:
        return Judgement(Verdict.OK)
    match destination(str(trail.asked), str(trail.final)):
        case Destination.ERROR_PAGE:
            return Judgement(
                Verdict.CHECK_MANUALLY, _("The address redirects to what looks like an error page.")
            )
        case Destination.LOG_IN:
            # As with status 401, readers who can log in may get the page.
            return Judgement(
                Verdict.REFUSED_ROBOTS, _("The address redirects to what looks like a log-in page.")
            )
        case Destination.HOME:
            return Judgement(Verdict.SOFT_DEAD)
        case Destination.HOME_WITH_QUERY:
            return Judgement(
                Verdict.CHECK_MANUALLY,
                _("The address redirects to a home page, with a query that may name a page."),
            )
    if trail.final == encrypted(trail.asked):
        return Judgement(Verdict.HTTP_ONLY)
    has_moved = PERMANENT.issuperset(trail.redirects)
    if has_moved and not is_own_home(str(trail.asked), str(trail.final)):
        return Judgement(Verdict.MOVED)
    # After a temporary redirect, the original address stays in use (RFC 9110, section 15.4.3). So
    # does the address of a home page that redirects to another name of itself.
    return Judgement(Verdict.OK)


def encrypted(url: URL) -> URL | None:
    """Return the https version of an http address, or None if it has a port or is not http.

    The port of an http address does not tell the port for https.
    """
    if url.scheme != "http" or url.port is not None:
        return None
    return replace(url, scheme="https")
