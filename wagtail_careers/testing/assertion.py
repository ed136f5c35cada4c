"""The assertion that a page is accessible, for tests with pytest."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from wagtail_careers.testing.checks import NAMES
from wagtail_careers.testing.modes import Mode, named
from wagtail_careers.testing.report import Report, format_report
from wagtail_careers.testing.session import Session

_NO_SERVER = (
    "assert_accessible needs a server for “{path}”. Add pytest-django's “live_server” to the "
    "arguments of the test, or start pytest with --careers-base-url, or give a whole address."
)


class AssertAccessible:
    """The function that the fixture ``assert_accessible`` gives to a test."""

    def __init__(self, session: Session, base_url: str) -> None:
        self._session = session
        self._base_url = base_url

    def __call__(
        self,
        url_or_page: Any,
        modes: Iterable[Mode | str] | None = None,
        ignore: Iterable[str] = (),
        checks: Iterable[str] = NAMES,
    ) -> Report:
        """Raise ``AssertionError`` if the page has a problem, or else return what was tested.

        ``url_or_page`` is an address, a path, or a page of Wagtail or another object with an
        address. ``modes`` are modes or their names, by default those of ``--careers-mode``.
        ``ignore`` has ids of rules ("region") and numbers of criteria ("1.4.3"), each of them for
        the whole page or, after a space, for the element with a selector ("region #chat").
        """
        __tracebackhide__ = True
        url = address_of(url_or_page, self._base_url)
        chosen = None if modes is None else [_mode(mode) for mode in modes]
        report = self._session.check(url, chosen, _listed(ignore), _listed(checks))
        raise_if_found(report, url)
        return report


def raise_if_found(report: Report, url: str) -> None:
    """Raise ``AssertionError``, with what was found on the page at ``url``, if anything was."""
    __tracebackhide__ = True
    if report.found:
        raise AssertionError(f"{url} is not accessible.\n\n{format_report(report)}")


def address_of(url_or_page: Any, base_url: str) -> str:
    """Return the address to open. Raises ``pytest.UsageError`` if there is no server for it."""
    __tracebackhide__ = True
    path = url_or_page if isinstance(url_or_page, str) else _path_of(url_or_page)
    if urlsplit(path).scheme:
        return path
    if not base_url:
        raise pytest.UsageError(_NO_SERVER.format(path=path))
    return urljoin(f"{base_url.rstrip('/')}/", path)


def _path_of(page: Any) -> str:
    __tracebackhide__ = True
    if hasattr(page, "get_url_parts"):
        parts = page.get_url_parts()
        if parts is None or not parts[2]:
            raise pytest.UsageError(
                f"assert_accessible: “{page}” has no address. Add it below the root page of a site."
            )
        return str(parts[2])
    if hasattr(page, "get_absolute_url"):
        return str(page.get_absolute_url())
    raise TypeError(
        f"assert_accessible takes an address or a page, not {type(page).__name__}: {page!r}"
    )


def _mode(mode: Mode | str) -> Mode:
    return named(mode) if isinstance(mode, str) else mode


def _listed(names: Iterable[str]) -> list[str]:
    # One text alone would count as its letters.
    return [names] if isinstance(names, str) else list(names)
