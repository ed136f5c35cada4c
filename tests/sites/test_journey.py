"""What editors and readers do on every site, however it is set up."""

import re
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django_tasks import default_task_backend
from wagtail.models import Page, Site

from tests.admin.test_editor import form, items, prose, sections, words
from tests.factories import (
    RoleCategoryFactory,
    RolePageFactory,
    SharedLinkFactory,
    body,
    link_item,
    shared_link_html,
)
from tests.web.servers import Web
from wagtail_careers.choices import PageOutcome, Verdict
from wagtail_careers.link_checks import run
from wagtail_careers.models import LinkCheck, LinkUse, Replacement, RoleTrait, SharedLink
from wagtail_careers.pages.models import RolePage

if apps.is_installed("django_tasks_db"):
    from django_tasks_db.models import DBTaskResult

LISTS = [
    "careers_roles:index",
    "careers_shared_links:list",
    "careers_traits:list",
    "careers_categories:list",
]
REPORTS = [
    "careers_link_health:index",
    "careers_plain_links:index",
    "careers_replacements",
    "wagtail_careers_imported_roles",
]
POST = """---
id: 7
title: Ward porter
slug: ward-porter
date: 2024-03-01 09:00:00
link: https://old.example/ward-porter/
---

You move patients and equipment.
"""


@pytest.fixture
def link(site: Any) -> SharedLink:
    saved: SharedLink = SharedLinkFactory(name="NHS Jobs", base_url="https://careers.example/")
    saved.save_revision().publish()
    return saved


@pytest.fixture
def role(site: Any, link: SharedLink) -> RolePage:
    """A live role with the link in prose, with a path, and in the list."""
    page: RolePage = RolePageFactory(
        parent=site,
        title="Nurse",
        slug="nurse",
        live=False,
        body=body(
            person_spec="<p>You show <mark>patience</mark>.</p>",
            duties=f"<p>See {shared_link_html(link, 'this', 'nursing')}.</p>",
            application_links={"links": [link_item(link)]},
        ),
    )
    page.save_revision().publish()
    return RolePage.objects.get(pk=page.pk)


def read(client: Client, page: Page) -> BeautifulSoup:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def links_of(soup: BeautifulSoup) -> dict[str, str]:
    return {a.get_text(strip=True): a["href"] for a in soup.select("article a[href]")}


def run_tasks() -> None:
    """Run the package's tasks that wait for a worker, if the site has one."""
    if apps.is_installed("django_tasks_db"):
        call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
        failed = DBTaskResult.objects.failed()
        assert [(each.task_path, each.traceback) for each in failed] == []
    for result in getattr(default_task_backend, "results", ()):
        if result.task.module_path.startswith("wagtail_careers."):
            result.task.call(*result.args, **result.kwargs)


def opened(client: Client, names: Iterable[str], **parameters: str) -> dict[str, int]:
    """The status of each view."""
    return {name: client.get(reverse(name), parameters).status_code for name in names}


def test_lists_and_reports_open_and_are_exported(
    admin: Client, role: RolePage, link: SharedLink
) -> None:
    LinkCheck.objects.create(shared_link=link, url=link.base_url, checked_at=timezone.now())
    views = ["wagtailadmin_home", *LISTS, *REPORTS]
    assert opened(admin, views) == dict.fromkeys(views, 200)
    exported = [*LISTS[:2], *REPORTS]
    assert opened(admin, exported, export="xlsx") == dict.fromkeys(exported, 200)
    assert opened(admin, exported, export="csv") == dict.fromkeys(exported, 200)


def test_editor_publishes_a_role(admin: Client, client: Client, site: Any, link: Any) -> None:
    category = RoleCategoryFactory(name="Apprenticeships")
    data = form(
        sections(
            person_spec={"prose": prose("<p>You show <mark>patience</mark>.</p>")},
            training={
                "title": "What you learn",
                "prose": prose(f"<p>See {shared_link_html(link, 'this', 'imaging')}.</p>"),
            },
            application_links={
                "links": items({"shared_link": link.pk, "path": "/apply", "note": "Search."})
            },
        ),
        category=str(category.pk),
        **{"action-publish": "action-publish"},
    )
    add_url = reverse("wagtailadmin_pages:add", args=["wagtail_careers_pages", "rolepage", site.pk])
    assert admin.get(add_url).status_code == 200
    response = admin.post(add_url, data)
    assert response.status_code == 302, words(response)
    page = RolePage.objects.get(slug="imaging-apprentice")
    assert [row.trait.name for row in RoleTrait.objects.filter(page=page)] == ["patience"]
    assert LinkUse.objects.filter(page=page, shared_link=link).exists()
    soup = read(client, page)
    assert soup.html["dir"] == ("rtl" if get_language_bidi() else "ltr")
    shown = links_of(soup)
    assert shown["this"] == "https://careers.example/imaging"
    assert shown["NHS Jobs"] == "https://careers.example/apply"
    assert soup.select_one("mark").text == "patience"
    assert links_of_index(client, site) == {"Imaging apprentice": page.get_url()}
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for url in (edit_url, reverse("wagtailadmin_pages:history", args=[page.pk])):
        assert admin.get(url).status_code == 200


def links_of_index(client: Client, index: Page) -> dict[str, str]:
    return {a.get_text(strip=True): a["href"] for a in read(client, index).select("main li a")}


def test_addresses_of_the_site_are_where_it_is_mounted(
    admin: Client, client: Client, role: RolePage
) -> None:
    """Nothing in a page or in the admin leads past the path at which a server has the site."""
    mount = settings.FORCE_SCRIPT_NAME or ""
    assert role.get_url().startswith(f"{mount}/")
    edit = admin.get(reverse("wagtailadmin_pages:edit", args=[role.pk])).content.decode()
    soup = BeautifulSoup(edit, "html.parser")
    for page in (read(client, role), soup):
        for element in page.select("[href^='/'], [src^='/'], [action^='/']"):
            address = element.get("href") or element.get("src") or element.get("action")
            assert address.startswith(f"{mount}/"), element
    ours = re.findall(r"/[\w/-]*careers/[\w/-]*", edit)
    assert [path for path in ours if not path.startswith(f"{mount}/")] == []


def test_editor_replaces_a_link(
    admin: Client, client: Client, role: RolePage, link: SharedLink
) -> None:
    new = SharedLinkFactory(name="New Jobs", base_url="https://new.example/")
    url = reverse("careers_shared_links:replace", args=[link.pk])
    assert admin.get(url, {"new": new.pk}).status_code == 200
    response = admin.post(url, {"new": new.pk, "paths": "keep"})
    assert response.status_code == 302
    run_tasks()
    replacement = Replacement.objects.get()
    progress_url = reverse("careers_shared_links:replacement", args=[replacement.pk])
    continue_url = reverse("careers_shared_links:continue_replacement", args=[replacement.pk])
    admin.post(continue_url)
    assert replacement.user.username == "editor"
    assert [row.outcome for row in replacement.pages.all()] == [PageOutcome.PUBLISHED]
    assert admin.get(progress_url).status_code == 200
    assert admin.get(reverse("careers_replacements")).status_code == 200
    shown = links_of(read(client, role))
    assert shown["this"] == "https://new.example/nursing"
    assert shown["New Jobs"] == "https://new.example/"


def test_links_are_checked_and_ignored(
    admin: Client, role: RolePage, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "network", lambda: web.network)
    web.page("/")
    web.page("/nursing", 404)
    with pytest.raises(SystemExit) as stopped:
        call_command("check_links", stdout=StringIO(), stderr=StringIO())
    assert stopped.value.code == 1
    verdicts = dict(LinkCheck.objects.values_list("url", "verdict"))
    assert verdicts == {
        "https://careers.example/": Verdict.OK,
        "https://careers.example/nursing": Verdict.NOT_FOUND,
    }
    web.clear()
    web.page("/")
    web.page("/nursing")
    call_command("check_links", stdout=StringIO(), stderr=StringIO())
    assert set(LinkCheck.objects.values_list("verdict", flat=True)) == {Verdict.OK}
    check = LinkCheck.objects.get(url="https://careers.example/nursing")
    LinkCheck.objects.filter(pk=check.pk).update(verdict=Verdict.NOT_FOUND, failing_days=9)
    health = reverse("careers_link_health:index")
    assert "nursing" in admin.get(health, {"attention": "needed"}).content.decode()
    ignore_url = reverse("careers_link_health:ignore", args=[check.pk])
    assert admin.get(ignore_url).status_code == 200
    given = {"ignored_because": "Being rebuilt", "ignored_until": "2999-01-01"}
    assert admin.post(ignore_url, given).status_code == 302
    assert "Being rebuilt" in admin.get(health, {"attention": "ignored"}).content.decode()


def test_commands_run(role: RolePage, tmp_path: Path) -> None:
    RoleTrait.objects.all().delete()
    call_command("rebuild_roles", stdout=StringIO(), stderr=StringIO())
    assert RoleTrait.objects.filter(page=role).exists()
    post = tmp_path / "porter.md"
    post.write_text(POST, encoding="utf-8")
    options = {"stdout": StringIO(), "stderr": StringIO()}
    call_command("import_roles", str(post), parent="/roles/", report=tmp_path / "r.json", **options)
    assert RolePage.objects.get(slug="ward-porter").title == "Ward porter"
    call_command("publish_scheduled", **options)
    call_command("check", fail_level="ERROR", **options)


def test_site_without_a_record_of_it_can_be_edited(admin: Client, role: RolePage) -> None:
    """Until a site is added under Settings, its pages have no addresses."""
    Site.objects.all().delete()
    Site.clear_site_root_paths_cache()
    views = ["wagtailadmin_home", *LISTS, *REPORTS]
    assert opened(admin, views) == dict.fromkeys(views, 200)
    assert admin.get(reverse("wagtailadmin_pages:edit", args=[role.pk])).status_code == 200
    role.save_revision().publish()


def test_user_can_be_deleted(admin: Client, role: RolePage, link: SharedLink) -> None:
    """What a user did stays when the user is gone."""
    new = SharedLinkFactory(base_url="https://new.example/")
    admin.post(
        reverse("careers_shared_links:replace", args=[link.pk]), {"new": new.pk, "paths": "keep"}
    )
    get_user_model().objects.all().delete()
    assert Replacement.objects.get().user is None
