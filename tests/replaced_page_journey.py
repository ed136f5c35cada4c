"""What editors and readers do on a site that has replaced ``Page``; run in its shell.

Nothing here comes from tests that need ``wagtail_careers.pages``.
"""

import io
import time
from typing import Any

from careers.models import RoleIndexPage, RolePage
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from home.models import HomePage
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.caches.recorder import Recorder
from wagtail_careers.links import running
from wagtail_careers.models import LinkUse, Replacement, RoleCategory, RoleTrait, SharedLink
from wagtail_careers.rich_text import INLINE_FEATURES, PROSE_FEATURES

WAIT_SECONDS = 20


def prose(text: str) -> dict[str, Any]:
    return {"prose": rich_text(text, features=list(PROSE_FEATURES))}


def introduction(text: str) -> str:
    return rich_text(text, features=list(INLINE_FEATURES))


def add(editor: Client, model: Any, parent: Any, **values: Any) -> Any:
    """The page that an editor publishes with the form."""
    names = [model._meta.app_label, model._meta.model_name, parent.pk]
    url = reverse("wagtailadmin_pages:add", args=names)
    assert editor.get(url).status_code == 200
    common = {"seo_title": "", "search_description": "", "go_live_at": "", "expire_at": ""}
    data = {**common, "comments": inline_formset([]), **values}
    response = editor.post(url, nested_form_data(data | {"action-publish": "action-publish"}))
    assert response.status_code == 302, response.content.decode()
    return model.objects.get(slug=values["slug"])


def html(page: Any) -> str:
    response = Client().get(page.get_url())
    assert response.status_code == 200
    return str(response.content.decode())


def publish(editor: Client, old: SharedLink) -> tuple[Any, Any]:
    index = add(
        editor,
        RoleIndexPage,
        HomePage.objects.get(),
        title="Roles",
        slug="roles",
        introduction=introduction("<p>All our roles.</p>"),
    )
    link = f'<a linktype="shared-link" id="{old.pk}">this</a>'
    sections = [
        ("heading", {"introduction": introduction("<p>You move patients.</p>")}),
        ("person_spec", {"title": "You", **prose("<p>You show <mark>patience</mark>.</p>")}),
        ("duties", {"title": "Duties", **prose(f"<p>See {link}.</p>")}),
    ]
    role = add(
        editor,
        RolePage,
        index,
        title="Porter",
        slug="porter",
        category=str(RoleCategory.objects.create(name="Careers", slug="careers").pk),
        role_alternative_titles=inline_formset([{"title": "Carrier"}]),
        body=streamfield(sections),
    )
    return index, role


def pages_are_shown(index: Any, role: Any) -> None:
    assert [row.trait.name for row in RoleTrait.objects.filter(page=role)] == ["patience"]
    lists, words = html(index), html(role)
    for text in (lists, words):
        assert "Site header" in text, "the base template of the site is not used"
        assert text.count("<h1") == 1
        assert "wagtail_careers/css/careers" in text
    assert all(each in lists for each in ("Careers", "Porter", "All our roles."))
    assert all(each in words for each in ("Carrier", "Duties", "patience", "https://old.example/"))


def link_is_replaced(editor: Client, old: SharedLink, role: Any) -> None:
    new = SharedLink.objects.create(name="New", base_url="https://new.example/")
    assert LinkUse.objects.filter(page=role, shared_link=old).exists()
    url = reverse("careers_shared_links:replace", args=[old.pk])
    assert editor.post(url, {"new": new.pk, "paths": "keep"}).status_code == 302
    running.run(Replacement.objects.get())
    assert "https://new.example/" in html(role)
    assert not LinkUse.objects.filter(page=role, shared_link=old).exists()


def index_follows_its_roles(index: Any, role: Any) -> None:
    """A renamed role is listed, and caches are told to forget the list."""
    Recorder.urls.clear()
    changed_at = type(index).objects.get().surroundings_changed_at
    role.refresh_from_db()
    role.title = "Senior porter"
    role.save_revision().publish()
    assert "Senior porter" in html(index)
    assert type(index).objects.get().surroundings_changed_at != changed_at
    deadline = time.monotonic() + WAIT_SECONDS
    while not {index.full_url, role.full_url} <= set(Recorder.urls):
        assert time.monotonic() < deadline, Recorder.urls
        time.sleep(0.05)


def admin_opens(editor: Client, *pages: Any) -> None:
    names = ("careers_roles:index", "careers_shared_links:list", "careers_link_health:index")
    edited = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in pages]
    for url in [reverse("wagtailadmin_home"), *map(reverse, names), *edited]:
        assert editor.get(url).status_code == 200, url


def run() -> None:
    call_command("check", fail_level="WARNING")
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    editor = Client()
    editor.force_login(get_user_model().objects.create_superuser("editor"))
    old = SharedLink.objects.create(name="Old", base_url="https://old.example/")
    index, role = publish(editor, old)
    pages_are_shown(index, role)
    link_is_replaced(editor, old, role)
    index_follows_its_roles(index, role)
    admin_opens(editor, index, role)
    call_command("rebuild_roles", stdout=io.StringIO(), stderr=io.StringIO())
