"""Which addresses an editor of some pages sees in reports: none from pages of others."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page

from tests.factories import SharedLinkFactory, body, link_item, shared_link_html
from wagtail_careers.admin.visibility import visible_checks
from wagtail_careers.choices import PageOutcome, Verdict
from wagtail_careers.link_checks import health
from wagtail_careers.links import replacements
from wagtail_careers.models import LinkCheck, Replacement, SharedLink

REPORT = "/admin/reports/link-health/"
SECRET, OWN = "merger/plans", "porters"
PLAIN = "https://secret-host.example/merger"


@pytest.fixture
def link(db: None) -> SharedLink:
    return SharedLinkFactory(name="Jobs", base_url="https://jobs.example/")


@pytest.fixture
def own(publish_role: Any, link: SharedLink) -> Any:
    html = f"<p>{shared_link_html(link, 'x', OWN)}</p>"
    return publish_role(title="Porter", slug="porter", body=body(duties=html))


@pytest.fixture
def secret(publish_role: Any, link: SharedLink) -> Any:
    links = {"links": [link_item(link, SECRET)]}
    plain = f'<p><a href="{PLAIN}">Plans</a></p>'
    return publish_role(
        title="Secret", slug="secret", body=body(duties=plain, application_links=links)
    )


@pytest.fixture
def checks(own: Any, secret: Any) -> dict[str, LinkCheck]:
    """All addresses have moved, so that they need attention and can be accepted."""
    rows = health.prepare()
    LinkCheck.objects.update(
        verdict=Verdict.MOVED, final_url="https://new.example/x", checked_at=timezone.now()
    )
    assert sorted(row.deep_path for row in rows) == ["", "", SECRET, OWN]
    return {row.deep_path or row.link_name: row for row in rows}


@pytest.fixture
def editor(client_of: Any, own: Any) -> Client:
    """May change shared links, and the page of the porters alone."""
    client: Client = client_of("change_sharedlink")
    group = Group.objects.create(name="Porters")
    GroupPagePermission.objects.create(group=group, page=own, permission_type="change")
    user_of(client).groups.add(group)
    return client


def user_of(client: Client) -> Any:
    request: Any = type("Request", (), {"session": client.session})
    return get_user(request)


def read(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("screen", ["", "results/", "accept/", "?attention=needed"])
def test_paths_and_plain_links_of_other_pages_are_not_listed(
    checks: Any, editor: Client, admin_client: Client, screen: str
) -> None:
    for text in (SECRET, "secret-host.example"):
        assert text not in read(editor, REPORT + screen)
        # The list of what can be accepted is without plain links, for everybody.
        if text == SECRET or "accept" not in screen:
            assert text in read(admin_client, REPORT + screen)
    assert f"https://jobs.example/{OWN}" in read(editor, REPORT + screen)


def test_export_has_what_the_screen_has(checks: Any, editor: Client) -> None:
    response: Any = editor.get(REPORT, {"export": "csv"})
    rows = csv.DictReader(StringIO(b"".join(response.streaming_content).decode()))
    addresses = {row["Address"] for row in rows}
    assert addresses == {"https://jobs.example/", f"https://jobs.example/{OWN}"}


def test_panel_counts_what_the_report_lists(
    checks: Any, editor: Client, admin_client: Client
) -> None:
    assert "2 link addresses need attention" in " ".join(read(editor, "/admin/").split())
    assert "4 link addresses need attention" in " ".join(read(admin_client, "/admin/").split())


def test_path_of_another_page_is_neither_ignored_nor_accepted(
    checks: dict[str, LinkCheck], editor: Client
) -> None:
    secret = checks[SECRET]
    assert editor.get(reverse("careers_link_health:ignore", args=[secret.pk])).status_code == 404
    own = reverse("careers_link_health:ignore", args=[checks[OWN].pk])
    assert editor.get(own).status_code == 200
    response: Any = editor.post(reverse("careers_link_health:accept"), {"check": secret.pk})
    assert response.status_code == 302
    secret.refresh_from_db()
    assert secret.final_url == "https://new.example/x"


def test_who_may_change_all_pages_sees_all(checks: Any, editor: Client, link: SharedLink) -> None:
    group = Group.objects.create(name="All")
    root = Page.get_first_root_node()
    GroupPagePermission.objects.create(group=group, page=root, permission_type="change")
    user_of(editor).groups.add(group)
    assert SECRET in read(editor, REPORT)
    assert visible_checks(user_of(editor)).count() == 4


def test_path_that_only_a_draft_of_ones_page_has_is_listed(
    checks: Any, editor: Client, own: Any, link: SharedLink
) -> None:
    own.body = body(duties=f"<p>{shared_link_html(link, 'x', SECRET)}</p>")
    own.save_revision()
    assert SECRET in read(editor, REPORT)


def test_path_counts_under_the_link_that_readers_of_the_page_get(
    checks: Any, editor: Client, link: SharedLink, settings: Any
) -> None:
    settings.WAGTAIL_I18N_ENABLED = True
    french = link.copy_for_translation(Locale.objects.create(language_code="fr"))
    french.base_url = "https://emplois.example/"
    french.live = True
    french.save()
    paths = {row.url for row in health.prepare()}
    assert {f"https://emplois.example/{OWN}", f"https://emplois.example/{SECRET}"} <= paths
    html = read(editor, REPORT)
    assert f"https://emplois.example/{OWN}" in html
    assert SECRET not in html


@pytest.mark.parametrize("screen", ["results/", "?export=csv"])
def test_search_of_plain_links_finds_no_address_of_another_page(
    secret: Any, own: Any, editor: Client, admin_client: Client, screen: str
) -> None:
    def found(client: Client, text: str) -> bool:
        query = {"q": text, "export": "csv"} if "csv" in screen else {"q": text}
        response: Any = client.get(f"{report}{screen.partition('?')[0]}", query)
        parts = response.streaming_content if response.streaming else [response.content]
        return "secret-host.example" in b"".join(parts).decode()

    report = reverse("careers_plain_links:index")
    assert found(admin_client, "merger")
    assert not found(editor, "merger")
    # The host alone says little, and is managed as a whole.
    assert found(editor, "secret-host")


def test_list_of_links_counts_what_the_report_shows(
    checks: Any, editor: Client, admin_client: Client
) -> None:
    url = reverse("careers_shared_links:list")
    assert "2 addresses need attention" in " ".join(read(editor, url).split())
    assert "3 addresses need attention" in " ".join(read(admin_client, url).split())


class TestReplacements:
    """Of whole links, all are listed, and of paths and plain links those on one's own pages."""

    @pytest.fixture
    def hidden(self, secret: Any, link: SharedLink, admin_user: Any) -> list[Replacement]:
        return [
            replacements.replace_path(link, SECRET, "open", user=admin_user),
            replacements.replace_plain_links("secret-host.example", user=admin_user),
        ]

    @pytest.fixture
    def shown(self, own: Any, link: SharedLink, admin_user: Any) -> list[Replacement]:
        others = SharedLinkFactory.create_batch(2)
        return [
            replacements.replace_path(link, OWN, "closed", user=admin_user),
            replacements.replace_link(*others, user=admin_user),
        ]

    def test_are_listed_and_exported(
        self, hidden: list[Any], shown: list[Any], editor: Client, admin_client: Client
    ) -> None:
        report = reverse("careers_replacements")
        screens = [report, f"{report}?q=secret", f"{report}?q=merger", f"{report}results/"]
        for url in screens:
            for text in (SECRET, "secret-host.example"):
                assert text not in read(editor, url)
        listed = read(editor, report)
        assert f"https://jobs.example/{OWN}" in listed
        assert reverse("careers_shared_links:replacement", args=[shown[1].pk]) in listed
        assert SECRET in read(admin_client, report)
        response: Any = editor.get(report, {"export": "csv"})
        exported = b"".join(response.streaming_content).decode()
        assert SECRET not in exported
        assert OWN in exported

    @pytest.mark.parametrize("name", ["replacement", "cancel_replacement"])
    def test_are_opened(
        self, hidden: list[Any], shown: list[Any], editor: Client, name: str
    ) -> None:
        def status(replacement: Replacement) -> int:
            url = reverse(f"careers_shared_links:{name}", args=[replacement.pk])
            return int(editor.get(url).status_code)

        assert [status(each) for each in hidden] == [404, 404]
        assert [status(each) for each in shown] == [200, 200]

    def test_are_continued(self, hidden: list[Any], editor: Client) -> None:
        for each in hidden:
            url = reverse("careers_shared_links:continue_replacement", args=[each.pk])
            assert editor.post(url).status_code == 404
            each.refresh_from_db()
            assert each.continued_by is None

    def test_are_ones_own(self, secret: Any, link: SharedLink, editor: Client) -> None:
        replacement = replacements.replace_path(link, SECRET, "open", user=user_of(editor))
        url = reverse("careers_shared_links:replacement", args=[replacement.pk])
        assert SECRET in read(editor, url)


@pytest.mark.parametrize(("path", "is_shown"), [(OWN, True), (SECRET, False), ("guess", False)])
def test_path_is_not_found_by_guessing(
    own: Any, secret: Any, link: SharedLink, editor: Client, path: str, is_shown: bool
) -> None:
    usage = reverse("careers_shared_links:usage", args=[link.pk]) + f"?path={path}"
    change = reverse("careers_shared_links:change_path", args=[link.pk]) + f"?path={path}"
    assert ("Porter" in read(editor, usage)) is is_shown
    assert "(Private" not in read(editor, usage)
    assert ("No page uses this path." in read(editor, change)) is not is_shown
    editor.post(change, {"path": "closed"})
    assert Replacement.objects.exists() is is_shown


def test_page_of_others_is_shown_as_private_where_ones_own_has_the_path(
    own: Any, publish_role: Any, link: SharedLink, editor: Client
) -> None:
    publish_role(title="Cook", body=body(duties=f"<p>{shared_link_html(link, 'x', OWN)}</p>"))
    usage = reverse("careers_shared_links:usage", args=[link.pk])
    listed = read(editor, f"{usage}?path={OWN}")
    assert "Cook" not in listed
    assert "(Private role page)" in listed


@pytest.mark.parametrize(("page", "is_offered"), [("own", True), ("secret", False)])
def test_retry_is_offered_to_those_who_can_change_a_page(
    request: Any, link: SharedLink, admin_user: Any, editor: Client, page: str, is_offered: bool
) -> None:
    unchanged = request.getfixturevalue(page)
    replacement = replacements.replace_link(link, SharedLinkFactory(), user=admin_user)
    replacement.pages.update(outcome=PageOutcome.PUBLISHED)
    replacement.pages.filter(page=unchanged).update(outcome=PageOutcome.NOT_ALLOWED)
    url = reverse("careers_shared_links:replacement", args=[replacement.pk])
    assert ("Retry failed pages" in read(editor, url)) is is_offered


def test_number_of_queries_does_not_grow_with_the_paths(
    checks: Any, editor: Client, own: Any, link: SharedLink, django_assert_num_queries: Any
) -> None:
    read(editor, REPORT)
    with CaptureQueriesContext(connection) as queries:
        read(editor, REPORT)
    before = len(queries)
    links = "".join(f"<p>{shared_link_html(link, 'x', f'p{number}')}</p>" for number in range(10))
    own.body = body(duties=links)
    own.save_revision().publish()
    health.prepare()
    read(editor, REPORT)
    with django_assert_num_queries(before):
        read(editor, REPORT)
