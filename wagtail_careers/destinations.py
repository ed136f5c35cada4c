"""Kinds of pages that redirects lead to, as far as their addresses show. Looks nothing up.

A site that removes a page often redirects its readers to an error page, to its home page or to a
log-in page, by a status that reports success.
"""

import re
from enum import Enum, auto
from urllib.parse import SplitResult, unquote, urlsplit


class Destination(Enum):
    """The kind of a page that does not replace the page that was requested."""

    ERROR_PAGE = auto()
    LOG_IN = auto()
    HOME = auto()
    #: The query may name a page, as in WordPress's ``/?p=12``, or only a place of origin.
    HOME_WITH_QUERY = auto()


# Compiled when they are first used: a site that starts judges no redirects.
#: The path of a home page, of a site or of one of its languages.
_HOME = (
    r"(?i)(?:/[a-z]{2}(?:[-_](?:[a-z]{2}|hans|hant|latn|cyrl))?)?(?:/pages(?=/default\.))?"
    r"(?:/(?:index|default|home)(?:\.[a-z]{2,5})?)*/?"
)
_EXTENSION = r"\.[a-z]{2,5}$"
#: Segments of a path, in lower case, with hyphens and without an extension.
_ERROR_SEGMENT = (
    r"(?:http-?|custom-?|page-?|server-?)?(?:errors?|fehler|erreur|errore|erro|fout|gwall)"
    r"(?:-?(?:page|pages|seite))?(?:-?[45]\d\d)?"
    r"|(?:(?:http|e|errors?|page|fehler|erreur)-?)*(?:404|410)(?:-?(?:errors?|page|fehler|erreur))*"
    r"|(?:.+-)?(?:page|file|content|job|vacancy)?not-?found(?:-.+)?"
    r"|(?:page-)?(?:introuvable|non-trouvee)|(?:seite-)?nicht-gefunden"
    r"|pagina-(?:no-encontrada|non-trovata|niet-gevonden|nao-encontrada)"
    r"|tudalen-heb-ei-chanfod|oops"
)
_ERROR_QUERY = (
    r"(?i)(?:^|&)(?:aspxerrorpath=|404(?:$|[=&;])"
    r"|(?:e|err|error|errorcode|error_code|status|statuscode|code)=(?:404|410|(?:page)?_?not_?found))"
)
_LOG_IN_SEGMENT = (
    r"(?:(?:user|member|account|wp)-?)?(?:log|sign)-?(?:in|on)"
    r"|sso|auth|oauth2?|authenticate|authorize|saml2?|adfs"
    r"|anmelden|anmeldung|connexion|inloggen|iniciar-sesion|accesso|mewngofnodi"
)
_LOG_IN_QUERY = (
    r"(?i)(?:^|&)(?:return_?url|return_?to|redirect_?uri|samlrequest|relaystate|wreply)="
)
_LOG_IN_HOST = r"(?:login|signin|auth|sso|idp|accounts|adfs)\..+"


def destination(asked: str, final: str) -> Destination | None:
    """Return the kind of the page at ``final``, to which the address ``asked`` redirects.

    Return None if nothing shows that it is another kind of page than the requested one: the error
    page that was asked for is a page like any other. A home page may become another page of its
    own host, or the home page of another host.
    """
    try:
        before, after = urlsplit(asked), urlsplit(final)
    except ValueError:
        return Destination.ERROR_PAGE
    if _becomes(before, after, _ERROR_SEGMENT, _ERROR_QUERY):
        return Destination.ERROR_PAGE
    is_log_in_host = re.match(_LOG_IN_HOST, after.netloc) and not re.match(
        _LOG_IN_HOST, before.netloc
    )
    if is_log_in_host or _becomes(before, after, _LOG_IN_SEGMENT, _LOG_IN_QUERY):
        return Destination.LOG_IN
    if not re.fullmatch(_HOME, after.path) or is_own_home(asked, final):
        return None
    if after.query:
        return Destination.HOME_WITH_QUERY
    return None if _is_home(before) else Destination.HOME


def is_own_home(asked: str, final: str) -> bool:
    """Return whether both are home pages of one host, as ``/home`` and ``/en/``.

    The requested one has no query, because a query can name a page.
    """
    before, after = urlsplit(asked), urlsplit(final)
    is_home = _is_home(before) and bool(re.fullmatch(_HOME, after.path))
    return is_home and before.hostname == after.hostname


def _is_home(parts: SplitResult) -> bool:
    return not parts.query and bool(re.fullmatch(_HOME, parts.path))


def _becomes(before: SplitResult, after: SplitResult, segment: str, query: str) -> bool:
    """Return whether a segment or the query of ``after`` matches, and none of ``before`` does."""

    def matches(parts: SplitResult) -> bool:
        return any(re.fullmatch(segment, each) for each in _segments(parts)) or bool(
            re.search(query, parts.query)
        )

    return matches(after) and not matches(before)


def _segments(parts: SplitResult) -> set[str]:
    """Return the segments of the path, so that patterns need to know one spelling only."""
    path = unquote(parts.path).lower().replace("_", "-").replace(" ", "-")
    return {re.sub(_EXTENSION, "", segment) for segment in path.split("/")}
