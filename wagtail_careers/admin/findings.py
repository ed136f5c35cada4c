"""Findings in words for the admin, with the addresses of the forms in which to act on them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.permission_policies.pages import PagePermissionPolicy

from wagtail_careers.admin.policies import SHARED_LINKS, TRAITS
from wagtail_careers.dates import today
from wagtail_careers.lint.pages import page_findings
from wagtail_careers.lint.publication import panel_rules
from wagtail_careers.lint.rule import Finding, Level
from wagtail_careers.lint.waivers import Waived, place_of, waiver_of, waivers_of
from wagtail_careers.lint.wording import advice, problem
from wagtail_careers.lint.words import own_words
from wagtail_careers.models import Trait
from wagtail_careers.rich_text.traits import trait_key

PAGES = PagePermissionPolicy()


@dataclass(frozen=True)
class Row:
    """A finding in words, with the address of its section in the form and of the record to edit.

    ``record_url`` and ``record_label`` are empty for people who cannot edit the record.
    """

    section: str
    section_url: str
    text: str
    problem: str
    advice: str
    record_url: str
    record_label: str
    record_name: str
    level: str = ""
    #: The address of the form to waive it, for people who can publish the page.
    waiver_url: str = ""
    #: The last day and the reason of its waiver, if it is waived.
    waived_until: date | None = None
    waived_because: str = ""


@dataclass(frozen=True)
class Summary:
    """The findings about one page, as an editor reads them."""

    rows: tuple[Row, ...]
    known_traits: tuple[str, ...]

    @property
    def text(self) -> str:
        count = len(self.rows)
        if not count:
            return _(
                "No problems with links, steps or traits. Required content is checked when you "
                "publish."
            )
        return ngettext(
            "%(count)d thing to check before publication.",
            "%(count)d things to check before publication.",
            count,
        ) % {"count": count}


class Records:
    """The records of findings that a user can edit, looked up in a constant number of queries."""

    def __init__(self, found: Iterable[Finding], user: Any) -> None:
        found = list(found)
        self.can_edit_links = SHARED_LINKS.user_has_permission(user, "change")
        pages = {finding.page for finding in found if finding.page}
        keys = {trait_key(finding.trait) for finding in found if finding.trait}
        if not TRAITS.user_has_permission(user, "change"):
            keys = set()
        self.editable_pages = _editable(pages, user)
        self.traits = dict(Trait.objects.filter(key__in=keys).values_list("key", "pk"))

    def edit(self, finding: Finding) -> tuple[str, str]:
        """Return the address and the label of the record's form; both empty if there is none."""
        trait = self.traits.get(trait_key(finding.trait)) if finding.trait else None
        if finding.link and self.can_edit_links:
            return reverse("careers_shared_links:edit", args=[finding.link]), _("Edit shared link")
        if finding.page in self.editable_pages:
            return reverse("wagtailadmin_pages:edit", args=[finding.page]), _("Edit page")
        if trait:
            return reverse("careers_traits:edit", args=[trait]), _("Edit trait")
        return "", ""


def _editable(pages: set[int], user: Any) -> frozenset[int]:
    if not pages:
        return frozenset()
    editable = PAGES.instances_user_has_permission_for(user, "change")
    return frozenset(editable.filter(pk__in=pages).values_list("pk", flat=True))


def summarise(
    found: Sequence[Finding],
    records: Records,
    form_url: str = "",
    waivers: Collection[Waived] = (),
    waive_url: str = "",
) -> Summary:
    """Return findings in words. ``form_url`` is empty inside the form of the page.

    ``waivers`` are those of the page, and ``waive_url`` leads to the form for one.
    """
    return Summary(
        rows=tuple(
            _with_waiver(_row(finding, records, form_url), finding, waivers, waive_url)
            for finding in found
            if finding.is_concern
        ),
        known_traits=tuple(finding.text for finding in found if not finding.is_concern),
    )


def _row(finding: Finding, records: Records, form_url: str) -> Row:
    block = finding.section.block_id
    record_url, record_label = records.edit(finding)
    return Row(
        section=finding.section.label,
        section_url=f"{form_url}#block-{block}-section" if block else form_url,
        text=finding.text,
        problem=problem(finding),
        advice=advice(finding),
        record_url=record_url,
        record_label=record_label,
        record_name=finding.name or finding.trait,
        level=str(finding.rule.level.label) if finding.rule.level == Level.ERROR else "",
    )


def _with_waiver(row: Row, finding: Finding, waivers: Collection[Waived], waive_url: str) -> Row:
    waiver = waiver_of(finding, waivers)
    query = urlencode({"rule": finding.rule.id, "place": place_of(finding)})
    return replace(
        row,
        waiver_url=f"{waive_url}?{query}" if waive_url else "",
        waived_until=waiver.until if waiver else None,
        waived_because=waiver.reason if waiver else "",
    )


def page_summary(page: Any, user: Any, form_url: str = "") -> Summary:
    """Return the findings about the newest version of ``page``, as ``user`` may act on them."""
    language = page.locale.language_code
    found = page_findings(page, panel_rules(), own_words(language))
    waivers = waivers_of([page.pk], today()).get(page.pk, ()) if found else ()
    may_waive = bool(found) and page.permissions_for_user(user).can_publish()
    waive_url = reverse("careers_waivers:waive", args=[page.pk]) if may_waive else ""
    return summarise(found, Records(found, user), form_url, waivers, waive_url)
