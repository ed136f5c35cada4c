"""Retired links in what is saved, and links that pages wait for."""

from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from tests.admin.test_editor import edit_url, form, prose, sections
from tests.factories import SharedLinkFactory, body, link_item, shared_link_html
from wagtail_careers.choices import PageOutcome
from wagtail_careers.links import replacements as replace
from wagtail_careers.links.mentions import mentions
from wagtail_careers.links.running import run
from wagtail_careers.links.usage import live_content, newest_content, pages_using, retired_in_use
from wagtail_careers.models import SharedLink
from wagtail_careers.pages.models import RolePage

PUBLISH = {"action-publish": "action-publish"}


def using(link: SharedLink, path: str = "") -> list[dict[str, Any]]:
    return body(
        duties=f"<p>See {shared_link_html(link, 'this', path)}.</p>",
        application_links={"links": [link_item(link, path)]},
    )


def uses(content: Any) -> set[tuple[int, str]]:
    return {(mention.shared_link, mention.deep_path) for mention in mentions(content)}


def fresh(page: Any) -> RolePage:
    found: RolePage = RolePage.objects.get(pk=page.pk)
    return found


class TestForm:
    """The form was opened before the replacement, and is saved after it."""

    @pytest.fixture
    def page(self, publish_role: Any, old: SharedLink) -> RolePage:
        published: RolePage = publish_role(title="Nurse", slug="nurse", body=using(old, "a"))
        return published

    def post(self, client: Client, page: RolePage, old: SharedLink, **values: Any) -> Any:
        stale = sections(duties={"prose": prose(f"<p>{shared_link_html(old, 'x', 'a')}</p>")})
        values |= {"title": "Nurse", "slug": "nurse", "category": str(page.category_id)}
        return client.post(edit_url(page), form(stale, **values), follow=True)

    @pytest.mark.parametrize("action", [{}, PUBLISH], ids=["draft", "publish"])
    @pytest.mark.parametrize("is_live", [True, False], ids=["live", "never-published"])
    def test_gets_the_successor_and_says_so(
        self,
        admin_client: Client,
        admin_user: Any,
        page: RolePage,
        old: SharedLink,
        new: SharedLink,
        action: dict[str, str],
        is_live: bool,
    ) -> None:
        if not is_live:
            page.unpublish()
        run(replace.replace_link(old, new, user=admin_user))
        response = self.post(admin_client, page, old, **action)
        page = fresh(page)
        assert uses(newest_content(page)) == {(new.pk, "a")}
        assert not pages_using(old).exists()
        text = response.content.decode()
        assert text.count("“Old” was replaced by “New”, so this page now has “New”.") == 1
        if action:
            assert uses(live_content(page)) == {(new.pk, "a")}

    def test_loses_the_path_where_the_replacement_did(
        self,
        admin_client: Client,
        admin_user: Any,
        page: RolePage,
        old: SharedLink,
        new: SharedLink,
    ) -> None:
        run(replace.replace_link(old, new, user=admin_user, without_path=[page.pk]))
        self.post(admin_client, page, old)
        assert uses(newest_content(fresh(page))) == {(new.pk, "")}

    def test_says_nothing_to_a_script_that_saves_by_itself(
        self,
        admin_client: Client,
        admin_user: Any,
        page: RolePage,
        old: SharedLink,
        new: SharedLink,
    ) -> None:
        run(replace.replace_link(old, new, user=admin_user))
        stale = sections(duties={"prose": prose(f"<p>{shared_link_html(old, 'x', 'a')}</p>")})
        data = form(stale, title="Nurse", slug="nurse")
        answer = admin_client.post(edit_url(page), data, headers={"Accept": "application/json"})
        assert answer.json()["success"]
        assert uses(newest_content(fresh(page))) == {(new.pk, "a")}
        html = admin_client.get(edit_url(page)).content.decode()
        assert "this page now has" not in html

    @pytest.mark.parametrize("removed_by", ["first", "second"])
    def test_path_that_any_replacement_on_the_way_removed_stays_removed(
        self,
        admin_client: Client,
        admin_user: Any,
        page: RolePage,
        old: SharedLink,
        new: SharedLink,
        removed_by: str,
    ) -> None:
        newest = SharedLinkFactory()
        without = {removed_by: [page.pk]}
        first, second = without.get("first", ()), without.get("second", ())
        run(replace.replace_link(old, new, user=admin_user, without_path=first))
        run(replace.replace_link(new, newest, user=admin_user, without_path=second))
        self.post(admin_client, page, old)
        assert uses(newest_content(fresh(page))) == {(newest.pk, "")}

    def test_keeps_a_link_that_was_restored(
        self,
        admin_client: Client,
        admin_user: Any,
        page: RolePage,
        old: SharedLink,
        new: SharedLink,
    ) -> None:
        run(replace.replace_link(old, new, user=admin_user))
        replace.restore_link(old, user=admin_user)
        self.post(admin_client, page, old)
        assert uses(newest_content(fresh(page))) == {(old.pk, "a")}


def test_any_version_that_is_saved_gets_the_newest_successor(
    publish_role: Any, old: SharedLink, new: SharedLink, admin_user: Any
) -> None:
    newest = SharedLinkFactory()
    run(replace.replace_link(old, new, user=admin_user))
    run(replace.replace_link(new, newest, user=admin_user))
    page = publish_role(body=using(old, "a"))
    alias = page.create_alias(parent=page.get_parent(), update_slug="alias")
    page.body = using(old, "b")
    page.save_revision().publish()
    for each in (page, alias):
        assert uses(fresh(each).serializable_data()) == {(newest.pk, "b")}


def test_retired_links_in_use_are_known_with_the_number_of_pages(
    publish_role: Any, old: SharedLink, new: SharedLink, admin_user: Any
) -> None:
    publish_role(body=using(old))
    replacement = replace.replace_link(old, new, user=admin_user)
    assert [(link.pk, link.usage) for link in retired_in_use()] == [(old.pk, 1)]
    run(replacement)
    assert not list(retired_in_use())


def test_list_says_that_a_retired_link_is_still_used_and_leads_to_its_replacement(
    admin_client: Client, admin_user: Any, publish_role: Any, old: SharedLink, new: SharedLink
) -> None:
    publish_role(body=using(old))
    replacement = replace.replace_link(old, new, user=admin_user)
    url = reverse("careers_shared_links:list")
    html = admin_client.get(url).content.decode()
    assert "Still used in 1 place" in " ".join(html.split())
    again = f"{reverse('careers_shared_links:replace', args=[old.pk])}?new={new.pk}"
    assert f'href="{again}"' in html
    run(replacement)
    assert "Still used" not in admin_client.get(url).content.decode()


class TestDeletion:
    @pytest.fixture
    def waiting(self, publish_role: Any, old: SharedLink, new: SharedLink, admin_user: Any) -> Any:
        publish_role(body=using(old))
        return replace.replace_link(old, new, user=admin_user)

    def test_of_a_link_that_pages_wait_for_is_refused(self, waiting: Any, new: SharedLink) -> None:
        with (
            pytest.raises(ProtectedError, match="until this replacement is finished"),
            transaction.atomic(),
        ):
            new.delete()
        run(waiting)
        assert SharedLink.objects.filter(pk=new.pk).exists()

    def test_of_the_newest_successor_is_refused_too(
        self, waiting: Any, new: SharedLink, admin_user: Any
    ) -> None:
        newest = SharedLinkFactory()
        replace.replace_link(new, newest, user=admin_user)
        with pytest.raises(ProtectedError):
            newest.delete()

    def test_is_done_once_the_replacement_is_over(self, waiting: Any, new: SharedLink) -> None:
        run(waiting)
        for page in list(pages_using(new)):
            page.delete()
        new.delete()
        assert not SharedLink.objects.filter(pk=new.pk).exists()

    def test_is_refused_while_pages_still_use_a_link_that_it_replaced(
        self, admin_client: Client, waiting: Any, old: SharedLink, new: SharedLink
    ) -> None:
        newest = SharedLinkFactory()
        waiting.pages.update(outcome=PageOutcome.LOCKED)
        replace.replace_link(new, newest, user=waiting.user)
        for link in (new, newest):
            with (
                pytest.raises(ProtectedError, match="it replaced “Old”, which is still used"),
                transaction.atomic(),
            ):
                link.delete()
            url = reverse("careers_shared_links:delete", args=[link.pk])
            response = admin_client.post(url)
            assert response.status_code == 409
            usage = reverse("careers_shared_links:replace", args=[old.pk])
            assert usage in response.content.decode()
        for page in list(pages_using(old)):
            page.delete()
        newest.delete()

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_in_the_admin_leads_to_the_replacement(
        self, admin_client: Client, waiting: Any, new: SharedLink, method: str
    ) -> None:
        url = reverse("careers_shared_links:delete", args=[new.pk])
        response = getattr(admin_client, method)(url)
        assert response.status_code == 409
        assert reverse("careers_shared_links:replacement", args=[waiting.pk]) in (
            response.content.decode()
        )
        assert SharedLink.objects.filter(pk=new.pk).exists()
