"""The report on imported roles, and what the history of a page says of its import."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from tests.factories import RolePageFactory
from wagtail_careers.admin.imported_roles import URL_NAME
from wagtail_careers.choices import ImportState
from wagtail_careers.models import ImportRecord


@pytest.fixture
def records(index: Any) -> list[ImportRecord]:
    porter = RolePageFactory(parent=index, title="Porter")
    nurse = RolePageFactory(parent=index, title="Nurse", live=False)
    common = {"source_hash": "x"}
    return [
        ImportRecord.objects.create(
            key="1", source="posts/1.md", source_title="Porter", page=porter, **common
        ),
        ImportRecord.objects.create(
            key="2",
            source="posts/2.md",
            source_title="Nurse",
            page=nurse,
            state=ImportState.CONFLICT,
            needs_review=True,
            flags=[
                {"code": "a", "message": "Look <b>here</b>.", "review": True},
                {"code": "b", "message": "Never mind.", "review": False},
                {
                    "code": "long_heading",
                    "parameters": {"heading": "Very long"},
                    "review": True,
                    "block": "0a1b",
                },
                {"code": "shortcode", "parameters": {}, "review": False, "block": "gone"},
            ],
            written={"body": [{"type": "duties", "id": "0a1b", "value": {"title": "Work"}}]},
            notes=[
                {
                    "section": "duties",
                    "title": "Work",
                    "source": {"value": {"prose": "<p>New.</p>"}},
                }
            ],
            **common,
        ),
        ImportRecord.objects.create(
            key="3", source="posts/3.md", source_title="Cook", page=None, **common
        ),
    ]


def read(client: Client, **query: str) -> str:
    response = client.get(reverse(URL_NAME), query)
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_in_the_menu(records: Any, admin_client: Client) -> None:
    home = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Imported roles" in home
    assert reverse(URL_NAME) in home


def test_it_says_where_each_role_is_from_and_what_to_look_at(
    records: list[ImportRecord], admin_client: Client
) -> None:
    html = read(admin_client)
    for record in records[:2]:
        assert reverse("wagtailadmin_pages:edit", args=[record.page_id]) in html
        assert record.source in html
    assert "Look &lt;b&gt;here&lt;/b&gt;." in html
    assert "2 things to know" in html
    assert "Never mind." in html
    assert "New." in html
    assert "The page was deleted." in html
    assert "Conflict: an editor’s version was kept" in html


def test_it_leads_to_the_section_that_a_flag_is_about(
    records: list[ImportRecord], admin_client: Client
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[records[1].page_id])
    html = clean(read(admin_client))
    assert f'href="{edit}#block-0a1b-section">Go to “Work”</a>' in html
    assert html.count("-section") == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "sections"}, {"posts/2.md"}),
        ({"kind": "left_out"}, {"posts/2.md"}),
        ({"kind": "media"}, set()),
        ({"kind": "bogus"}, {"posts/1.md", "posts/2.md", "posts/3.md"}),
        ({"needs_review": "true"}, {"posts/2.md"}),
        ({"state": "complete"}, {"posts/1.md", "posts/3.md"}),
        ({"live": "false"}, {"posts/2.md"}),
        ({"q": "port"}, {"posts/1.md"}),
    ],
)
def test_it_is_filtered(
    records: Any, admin_client: Client, query: dict[str, str], found: set[str]
) -> None:
    html = read(admin_client, **query)
    assert {record.source for record in records if f">{record.source}" in clean(html)} == found


def clean(html: str) -> str:
    return "".join(line.strip() for line in html.splitlines())


@pytest.mark.parametrize("ordering", ["title", "-imported_at", "state", "bogus"])
def test_it_is_ordered(records: Any, admin_client: Client, ordering: str) -> None:
    assert "posts/1.md" in read(admin_client, ordering=ordering)


def test_renamed_page_is_found_and_sorted_by_the_title_that_is_shown(
    records: list[ImportRecord], admin_client: Client
) -> None:
    Page.objects.filter(pk=records[0].page_id).update(title="assistant")
    assert "posts/1.md" in read(admin_client, q="assist")
    html = read(admin_client, ordering="title")
    places = [html.index(f"posts/{number}.md") for number in (1, 3, 2)]
    assert places == sorted(places)
    html = read(admin_client, ordering="-title")
    places = [html.index(f"posts/{number}.md") for number in (2, 3, 1)]
    assert places == sorted(places)


def test_it_is_exported(records: Any, admin_client: Client) -> None:
    response = admin_client.get(reverse(URL_NAME), {"export": "csv"})
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 4
    assert "posts/2.md" in lines[2]
    assert "Look <b>here</b>." in lines[2]


def test_an_editor_sees_the_roles_that_they_may_edit(
    records: list[ImportRecord], client: Client
) -> None:
    editor(client, records[0].page)
    html = read(client)
    assert "posts/1.md" in html
    assert "posts/2.md" not in html
    assert "posts/3.md" not in html
    response = client.get(reverse(URL_NAME), {"export": "csv"})
    exported = b"".join(response.streaming_content).decode()
    assert "Porter" in exported
    assert "Cook" not in exported


def test_who_may_edit_all_pages_sees_what_became_of_deleted_ones(
    records: list[ImportRecord], client: Client
) -> None:
    editor(client, Page.get_first_root_node())
    assert "posts/3.md" in read(client)


def editor(client: Client, root: Any) -> None:
    """Log somebody in who may edit the pages below ``root``."""
    group = Group.objects.create(name="Porters")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=root, permission=change)
    user = User.objects.create_user("editor")
    user.groups.add(group)
    client.force_login(user)


def test_it_needs_as_many_queries_for_many_as_for_few(
    records: Any, index: Any, admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    def count() -> int:
        with django_assert_max_num_queries(60) as queries:
            read(admin_client)
        return len(queries)

    read(admin_client)
    few = count()
    for number in range(20):
        page = RolePageFactory(parent=index)
        ImportRecord.objects.create(
            key=f"more {number}", source="s", source_title="t", source_hash="x", page=page
        )
    assert count() == few
