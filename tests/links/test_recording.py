"""The records of plain links follow the newest version of each page."""

from typing import Any

import pytest
from django.db import connection
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests.factories import RoleIndexPageFactory, body
from wagtail_careers.models import PlainLinkUse

NHS = "https://www.nhs.uk/jobs"


def plain(address: str) -> str:
    return f'<p><a href="{address}">x</a></p>'


def recorded(page: Any) -> dict[str, int]:
    return dict(page.plain_link_uses.values_list("address", "number"))


def test_addresses_are_counted_with_their_host(publish_role: Any) -> None:
    page = publish_role(body=body(heading=plain(NHS), duties=plain(NHS), text=plain("http://b.uk")))
    assert recorded(page) == {NHS: 2, "http://b.uk": 1}
    assert set(PlainLinkUse.objects.values_list("host", flat=True)) == {"nhs.uk", "b.uk"}


def test_draft_counts_as_soon_as_it_is_saved(publish_role: Any) -> None:
    page = publish_role(body=body(duties=plain(NHS), training=plain("http://b.uk")))
    page.body = body(heading=plain(NHS), duties=plain(NHS), text=plain("http://c.uk"))
    page.save_revision(clean=False)
    assert recorded(page) == {NHS: 2, "http://c.uk": 1}
    page.body = body()
    page.save_revision()
    assert recorded(page) == {}


def test_older_revision_that_is_saved_again_changes_nothing(publish_role: Any) -> None:
    page = publish_role(body=body())
    older = page.latest_revision
    page.body = body(duties=plain(NHS))
    page.save_revision()
    older.save()
    assert recorded(page) == {NHS: 1}


def test_page_without_a_revision_counts_too(home: Any) -> None:
    page = RoleIndexPageFactory(parent=home, introduction=plain(NHS))
    assert recorded(page) == {NHS: 1}
    page.introduction = ""
    page.save()
    assert recorded(page) == {}


def test_saved_page_does_not_hide_its_draft(publish_role: Any) -> None:
    page = publish_role(body=body())
    page.body = body(duties=plain(NHS))
    page.save_revision()
    for each in (Page.objects.get(pk=page.pk), Page.objects.get(pk=page.pk).specific):
        each.save()
    assert recorded(page) == {NHS: 1}


def test_alias_has_none_of_its_own(publish_role: Any) -> None:
    page = publish_role(body=body(duties=plain(NHS)))
    alias = page.create_alias(parent=page.get_parent(), update_slug="alias")
    page.save_revision().publish()
    assert recorded(alias) == {}


def test_copy_has_its_own(publish_role: Any) -> None:
    page = publish_role(body=body(duties=plain(NHS)))
    copy = page.copy(update_attrs={"slug": "copy"})
    assert recorded(copy) == {NHS: 1}


def test_data_from_a_fixture_changes_nothing(publish_role: Any) -> None:
    page = publish_role(body=body(duties=plain(NHS)))
    PlainLinkUse.objects.all().delete()
    for instance in (page, page.latest_revision):
        post_save.send(type(instance), instance=instance, created=True, raw=True)
    assert recorded(page) == {}


def test_long_addresses_and_hosts_are_kept_whole(publish_role: Any) -> None:
    label = "a" * 61
    address = f"https://{label}.{label}.{label}.example:65535/{'p' * 1500}?{'q' * 200}"
    assert recorded(publish_role(body=body(duties=plain(address)))) == {address: 1}


def test_use_that_another_process_notes_at_the_same_moment_is_no_error(
    publish_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = publish_role(body=body(duties=plain(NHS)))
    (use,) = PlainLinkUse.objects.all()
    original = PlainLinkUse.objects.bulk_create

    def bulk_create(rows: Any, **kwargs: Any) -> Any:
        PlainLinkUse.objects.create(
            page=page, host=use.host, address=NHS, address_hash=use.address_hash, number=1
        )
        return original(rows, **kwargs)

    use.delete()
    monkeypatch.setattr(PlainLinkUse.objects, "bulk_create", bulk_create)
    page.save_revision()
    assert recorded(page) == {NHS: 1}


def test_autosave_takes_one_query_where_nothing_changed(publish_role: Any) -> None:
    page = publish_role(body=body(duties=plain(NHS), text=plain("http://b.uk")))
    with CaptureQueriesContext(connection) as queries:
        page.save_revision()
    table = PlainLinkUse._meta.db_table
    assert len([query for query in queries if table in query["sql"]]) == 1
