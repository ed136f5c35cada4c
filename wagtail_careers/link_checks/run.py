"""Runs of link checks: select the addresses, check them, and save the results.

Together with ``check``, this is the only module of ``link_checks`` that imports network libraries.
It is imported when a check runs, and not before.
"""

import logging
from collections.abc import Collection, Generator
from contextlib import closing
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.conf import settings as django_settings
from django.db import DatabaseError, DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

import wagtail_careers
from wagtail_careers.caches import purge_for_links, purging
from wagtail_careers.choices import Verdict
from wagtail_careers.conf import get_settings
from wagtail_careers.link_checks import check
from wagtail_careers.link_checks.health import prepare
from wagtail_careers.models import LinkCheck, SharedLink
from wagtail_careers.web.addresses import AddressPolicy, ascii_url
from wagtail_careers.web.client import Limits, Network

logger = logging.getLogger(__name__)

#: The fields that a check saves. Editors can ignore a link at the same time, in other fields.
EVIDENCE = (
    "verdict",
    "status",
    "final_url",
    "detail",
    "checked_at",
    "last_good_at",
    "faulty_since",
    "failing_days",
    "failed_on",
    "etag",
    "last_modified",
)


def check_links(
    link_pks: Collection[int] | None = None, *, not_since: datetime | None = None
) -> Generator[LinkCheck, None, None]:
    """Check the addresses of these shared links, or of all links, and save the results.

    With ``not_since``, addresses checked since that time are skipped. Yields each check after it
    is saved, together with those of the same moment. If the iterator is closed early, the saved
    results are kept.
    """
    rows = prepare(link_pks)
    if not_since is not None:
        rows = [row for row in rows if row.checked_at is None or row.checked_at < not_since]
    return check_addresses(rows)


def check_addresses(link_checks: Collection[LinkCheck]) -> Generator[LinkCheck, None, None]:
    """Check the addresses in these rows from ``prepare``, and save the results.

    An address that several links share is requested once.
    """
    by_url: dict[str, list[LinkCheck]] = {}
    for link_check in link_checks:
        by_url.setdefault(link_check.url, []).append(link_check)
    targets = [
        check.CheckRequest(url, etag=checks[0].etag, last_modified=checks[0].last_modified)
        for url, checks in by_url.items()
    ]
    found = check.check_urls(targets, user_agent=user_agent(), network=network(), limits=limits())
    changed: set[Any] = set()
    try:
        with closing(found):
            for batch in check.credible(found):
                answered = [(row, result) for result in batch for row in by_url[result.url]]
                rows = [row for row, _result in answered]
                were_dead = {row.pk for row in rows if row.is_shown_as_dead}
                for row, result in answered:
                    row.record(result)
                _save_evidence(rows)
                changed |= {
                    row.shared_link_id
                    for row in rows
                    if row.is_shown_as_dead != (row.pk in were_dead)
                }
                yield from rows
    finally:
        # Pages show the change, and an update sends no signal. Purge once for all links.
        if changed and get_settings().show_dead_links:
            purge_for_links(SharedLink.objects.filter(pk__in=changed))
        # On a site whose queue plans nothing for later, the daily run is the next attempt.
        purging.try_again()


def _save_evidence(link_checks: list[LinkCheck]) -> None:
    """Save the evidence in one transaction, or row by row if the database refuses any of it."""
    try:
        with transaction.atomic():
            # In one order, so that no two runs wait for each other.
            for link_check in sorted(link_checks, key=attrgetter("pk")):
                _update(link_check)
    except (DatabaseError, ValueError):
        for link_check in link_checks:
            _save_alone(link_check)


def _update(link_check: LinkCheck) -> None:
    """Save the evidence, unless the row was deleted or its address has changed."""
    values = {name: getattr(link_check, name) for name in EVIDENCE}
    LinkCheck.objects.filter(pk=link_check.pk, url=link_check.url).update(**values)


def _save_alone(link_check: LinkCheck) -> None:
    """Save the evidence. If it is refused, the row says so and counts as not checked."""
    try:
        with transaction.atomic():
            _update(link_check)
    except (DataError, IntegrityError, ValueError) as error:
        logger.exception("The check of %s could not be saved", link_check.url)
        link_check.refresh_from_db()
        link_check.checked_at = None
        link_check.verdict = Verdict.NOT_CHECKED
        link_check.detail = _("The result could not be saved: %s") % error


def user_agent() -> str:
    """Return the User-Agent, with a contact for site owners (RFC 9110, section 10.1.5)."""
    contact = get_settings().link_check_contact or _base_url()
    comment = f"link check; +{contact}" if contact else "link check"
    return f"wagtail-careers/{wagtail_careers.__version__} ({comment})"


def _base_url() -> str:
    """Return the address of the admin in ASCII, as headers require; empty if there is none."""
    return ascii_url(getattr(django_settings, "WAGTAILADMIN_BASE_URL", None) or "")


def network() -> Network:
    """Return the network that may be reached: public addresses, at the ports in the settings."""
    return Network(AddressPolicy(ports=frozenset(get_settings().link_check_ports)))


def limits() -> Limits:
    return Limits(run_seconds=get_settings().link_check_run_seconds)
