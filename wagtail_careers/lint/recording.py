"""The recorded findings about published roles, on which reports are based."""

from collections.abc import Iterable
from typing import Any

import swapper
from django.db import transaction
from django.db.models import Count, Q

from wagtail_careers.dates import today
from wagtail_careers.lint.publication import site_concerns
from wagtail_careers.lint.rule import Finding, Level
from wagtail_careers.lint.run import Role, read_roles, role_findings, roles_of, site_of
from wagtail_careers.lint.waivers import Waived, place_of, waiver_at, waivers_of
from wagtail_careers.lint.wording import problem
from wagtail_careers.lint.words import own_words
from wagtail_careers.models import FindingCount, RoleFinding
from wagtail_careers.role_models import role_page_models

_CHUNK = 500


def record(page_pk: int) -> None:
    """Record the findings about one page, or none if it is not a live role, and today's numbers.

    Findings of rules that compare roles stay as ``record_all`` found them.
    """
    page = swapper.load_model("wagtailcore", "Page").objects.filter(pk=page_pk, live=True)
    roles = roles_of(list(page.type(*role_page_models()).specific()), own_words)
    rules = site_concerns()
    compared = [rule.id for rule in rules if rule.compares_roles]
    rows = _rows(roles, [rule for rule in rules if not rule.compares_roles], site_of(()))
    with transaction.atomic():
        old = RoleFinding.objects.filter(page=page_pk)
        (old.exclude(rule__in=compared) if roles else old).delete()
        RoleFinding.objects.bulk_create(rows)
        record_numbers()


def record_all() -> int:
    """Record the findings about all live roles, and today's numbers. Return how many there are.

    Takes a constant number of queries for each hundred roles.
    """
    roles = read_roles(own_words)
    rows = _rows(roles, site_concerns(), site_of(roles))
    with transaction.atomic():
        RoleFinding.objects.all().delete()
        RoleFinding.objects.bulk_create(rows, batch_size=_CHUNK)
        record_numbers()
    return len(rows)


def record_waivers(page_pk: int) -> None:
    """Record until when the findings about a page are waived, and why."""
    waivers = waivers_of([page_pk], today()).get(page_pk, ())
    rows = list(RoleFinding.objects.filter(page=page_pk))
    for row in rows:
        _waive(row, waivers)
    RoleFinding.objects.bulk_update(rows, ["waived_until", "waived_because"])


def record_numbers() -> None:
    """Record the numbers of findings at this moment as those of today."""
    waived = Count("pk", filter=Q(waived_until__gte=today()))
    by_level = RoleFinding.objects.order_by().values("level")
    counted = by_level.annotate(
        findings=Count("pk"), waived=waived, roles=Count("page", distinct=True)
    ).values_list("level", "findings", "waived", "roles")
    numbers = {level: tuple(values) for level, *values in counted}
    recorded = FindingCount.objects.filter(day=today())
    known = {each.level: (each.findings, each.waived, each.roles) for each in recorded}
    for level in Level.values:
        newest = found, accepted, roles = numbers.get(level, (0, 0, 0))
        # Most publications change none of them.
        if known.get(level) != newest:
            FindingCount.objects.update_or_create(
                day=today(),
                level=level,
                defaults={"findings": found, "waived": accepted, "roles": roles},
            )


def _rows(roles: list[Role], rules: Iterable[Any], site: Any) -> list[RoleFinding]:
    rules = list(rules)
    waivers = waivers_of([role.pk for role in roles], today())
    return [
        _row(role, finding, number, waivers.get(role.pk, ()))
        for role in roles
        for number, finding in enumerate(role_findings(role, site, rules))
    ]


def _row(role: Role, finding: Finding, number: int, waivers: Iterable[Waived]) -> RoleFinding:
    section = finding.section
    row = RoleFinding(
        page_id=role.pk,
        rule=finding.rule.id,
        level=finding.rule.level,
        section=section.name[:100],
        section_label=section.label[:255],
        block_id=section.block_id[:40],
        text=finding.text,
        problem=problem(finding),
        place=place_of(finding),
        sort_order=number,
    )
    _waive(row, waivers)
    return row


def _waive(row: RoleFinding, waivers: Iterable[Waived]) -> None:
    """Set the waiver of a recorded finding, or none."""
    waiver = waiver_at(row.rule, row.place, waivers)
    row.waived_until = waiver.until if waiver else None
    row.waived_because = waiver.reason if waiver else ""
