"""What it costs to find and purge the pages that show one link: queries and memory."""

import tracemalloc
import uuid
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils.text import slugify
from rich.console import Console
from rich.table import Table
from wagtail.models import Page, ReferenceIndex

from tests.conftest import plant_home
from tests.factories import (
    RoleIndexPageFactory,
    RolePageFactory,
    SharedLinkFactory,
    body,
    link_item,
    shared_link_html,
)
from wagtail_careers.caches import purging
from wagtail_careers.caches.changes import Changes
from wagtail_careers.caches.refresh import refresh
from wagtail_careers.models import CachePurge, SharedLink
from wagtail_careers.pages.models import RolePage

FEW = 1000
MANY = 10_000
QUICK_MANY = 2000
BATCH = 1000


@dataclass(frozen=True)
class Cost:
    pages: int
    purged: int
    queries: int
    peak_megabytes: float


def run(quick: bool) -> None:
    """Print what purging the users of one link costs, with few of them and with many."""
    numbers = [FEW, QUICK_MANY if quick else MANY]
    index = RoleIndexPageFactory(parent=plant_home(), slug="roles")
    links = [_link_used_by(index, number) for number in numbers]
    with (
        override_settings(WAGTAILFRONTENDCACHE_LOCATION="http://127.0.0.1:1/"),
        # A thread or a worker purges what is stored.
        patch.object(purging, "_run_in_thread"),
    ):
        refresh(Changes(links=frozenset({links[0].pk})))  # Fills what is cached.
        costs = [_measure(link, number) for link, number in zip(links, numbers, strict=True)]
    # The next benchmark would share its time with a thread that purges them.
    CachePurge.objects.all().delete()
    _print(costs)


def _measure(link: SharedLink, pages: int) -> Cost:
    """Queries and memory are counted one after the other: keeping queries takes memory."""
    changes = Changes(links=frozenset({link.pk}))
    CachePurge.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        refresh(changes)
    purged = sum(len(purge.urls) for purge in CachePurge.objects.all())
    tracemalloc.start()
    try:
        refresh(changes)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return Cost(pages, purged, len(queries), peak / 2**20)


def _print(costs: list[Cost]) -> None:
    few, many = costs
    table = Table(
        "Roles with the link",
        "Purged",
        "Queries",
        "per 1,000 (at most 10)",
        "Peak (MB)",
        title="Purging the pages that show one link",
    )
    for cost in costs:
        table.add_row(
            f"{cost.pages:,}",
            f"{cost.purged:,}",
            str(cost.queries),
            f"{cost.queries * 1000 / cost.pages:.1f}",
            f"{cost.peak_megabytes:.1f}",
        )
    Console(width=100).print(table)
    ratio = many.peak_megabytes / few.peak_megabytes
    growth = many.pages / few.pages
    Console(width=100).print(f"Memory for {growth:.0f} times the roles: {ratio:.2f} times")


def _link_used_by(index: Page, number: int) -> SharedLink:
    """A link in the text and the list of so many live roles, written row by row for speed.

    One role is made as an editor would, and its rows are copied.
    """
    link = SharedLinkFactory()
    html = f"<p>You apply on {shared_link_html(link, link.name, 'a/path')}.</p>"
    original = RolePageFactory(
        parent=index,
        title=f"Original {link.pk}",
        body=body(duties=html, application_links={"links": [link_item(link)]}),
    )
    references = list(_references(original, link))
    made = 1
    while made < number:
        pages = _copy_pages(original, made, min(BATCH, number - made))
        _copy_references(references, pages)
        made += len(pages)
    Page.objects.filter(pk=index.pk).update(numchild=Page.objects.child_of(index).count())
    return link


def _references(role: Any, link: SharedLink) -> Any:
    return ReferenceIndex.objects.filter(
        object_id=str(role.pk),
        to_content_type=ContentType.objects.get_for_model(SharedLink),
        to_object_id=str(link.pk),
    )


def _copy_pages(original: Any, start: int, number: int) -> list[Page]:
    last = Page.objects.filter(depth=original.depth).order_by("path").last().path
    base, step = last[: -Page.steplen], Page._str2int(last[-Page.steplen :])
    pages = []
    for offset in range(number):
        page = Page()
        for field in Page._meta.concrete_fields:
            if not field.primary_key:
                setattr(page, field.attname, getattr(original, field.attname))
        page.title = f"{original.title} {start + offset}"
        page.slug = slugify(page.title)
        page.url_path = f"{original.url_path.rsplit('/', 2)[0]}/{page.slug}/"
        page.path = Page._get_path(base, original.depth, step + 1 + offset)
        page.translation_key = uuid.uuid4()
        pages.append(page)
    Page.objects.bulk_create(pages)
    made = list(Page.objects.filter(path__in=[page.path for page in pages]))
    _copy_role_rows(original, made)
    return made


def _copy_role_rows(original: Any, pages: list[Page]) -> None:
    """Django's bulk_create() knows no models with a parent's table."""
    quote = connection.ops.quote_name
    fields = RolePage._meta.local_concrete_fields
    columns = [quote(field.column) for field in fields if not field.primary_key]
    key, table = quote(RolePage._meta.pk.column), quote(RolePage._meta.db_table)
    paths = [page.path for page in pages]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({key}, {', '.join(columns)}) "  # noqa: S608 - our names
            f"SELECT page.id, {', '.join(f'role.{column}' for column in columns)} "
            f"FROM {quote(Page._meta.db_table)} page, {table} role "
            f"WHERE role.{key} = %s AND page.path BETWEEN %s AND %s AND page.depth = %s",
            [original.pk, min(paths), max(paths), original.depth],
        )


def _copy_references(references: list[ReferenceIndex], pages: list[Page]) -> None:
    names = [field.attname for field in ReferenceIndex._meta.fields if not field.primary_key]
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            **{name: getattr(reference, name) for name in names} | {"object_id": str(page.pk)}
        )
        for page in pages
        for reference in references
    )
