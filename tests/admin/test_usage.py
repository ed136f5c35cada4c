"""The usage page of a shared link, its form, and the refusal to delete it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import (
    RoleIndexPageFactory,
    SharedLinkFactory,
    body,
    link_item,
    shared_link_html,
)
from wagtail_careers.models import SharedLink


@pytest.fixture
def link(db: None) -> SharedLink:
    return SharedLinkFactory(name="NHS Jobs", base_url="https://jobs.example/")


def usage_url(link: SharedLink) -> str:
    return reverse("careers_shared_links:usage", args=[link.pk])


def rows(client: Client, link: SharedLink) -> list[list[str]]:
    soup = BeautifulSoup(client.get(usage_url(link)).content, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        for row in soup.select("main table tbody tr")
    ]


class TestUsage:
    def test_says_where_in_the_page_with_which_text_and_path(
        self, admin_client: Client, publish_role: Any, link: SharedLink
    ) -> None:
        publish_role(
            title="Nurse",
            body=body(
                duties=f"<p>{shared_link_html(link, 'vacancies', 'nursing')}</p>",
                application_links={"links": [link_item(link)]},
            ),
        )
        ((title, type_name, where),) = rows(admin_client, link)
        assert title == "Nurse"
        assert type_name == "Role page"
        assert where == "Duties: “vacancies” nursing live Application links live"

    def test_tells_the_draft_of_a_live_page_from_what_is_live(
        self, admin_client: Client, publish_role: Any, link: SharedLink
    ) -> None:
        page = publish_role(body=body(duties=shared_link_html(link, "old words")))
        page.body = body(training=shared_link_html(link, "new words"))
        page.save_revision()
        ((_title, _type, where),) = rows(admin_client, link)
        assert where == ("Training: “new words” draft only Duties: “old words” live, not in draft")

    def test_finds_a_page_whose_draft_alone_has_the_link(
        self, admin_client: Client, publish_role: Any, link: SharedLink
    ) -> None:
        page = publish_role(title="Nurse", body=body())
        page.body = body(training=shared_link_html(link, "words"))
        page.save_revision()
        assert [row[0] for row in rows(admin_client, link)] == ["Nurse"]

    def test_finds_other_page_types(
        self, admin_client: Client, home: Any, link: SharedLink
    ) -> None:
        RoleIndexPageFactory(parent=home, introduction=f"<p>{shared_link_html(link, 'x')}</p>")
        ((_title, type_name, where),) = rows(admin_client, link)
        assert (type_name, where) == ("Role index page", "Introduction: “x” live")

    def test_hides_pages_from_those_who_may_not_edit_them(
        self, editor: Client, home: Any, publish_role: Any, link: SharedLink
    ) -> None:
        publish_role(title="Nurse", body=body(duties=shared_link_html(link, "x")))
        RoleIndexPageFactory(
            parent=home, slug="other", title="Secret", introduction=shared_link_html(link, "x")
        )
        assert sorted(row[0] for row in rows(editor, link)) == [
            "(Private role index page)",
            "Nurse",
        ]
        edit = editor.get(reverse("careers_shared_links:edit", args=[link.pk])).content.decode()
        assert "Secret" not in edit
        assert "(Private page)" in edit

    def test_says_nothing_of_the_content_of_these_pages(
        self, client_of: Any, publish_role: Any, link: SharedLink
    ) -> None:
        publish_role(title="Nurse", body=body(duties=shared_link_html(link, "words", "path")))
        client = client_of("change_sharedlink", "view_sharedlink")
        assert rows(client, link) == [["(Private role page)", "Role page", ""]]

    def test_is_for_those_who_may_change_links(self, outsider: Client, link: SharedLink) -> None:
        assert outsider.get(usage_url(link)).status_code in (302, 403)

    def test_number_of_queries_does_not_grow_with_the_pages(
        self, admin_client: Client, publish_role: Any, link: SharedLink, queries_of: Any
    ) -> None:
        using = body(duties=shared_link_html(link, "x"))
        publish_role(body=using)
        before = queries_of(usage_url(link))
        for _number in range(10):
            publish_role(body=using)
        assert queries_of(usage_url(link)) == before

    def test_offers_to_replace(
        self, admin_client: Client, publish_role: Any, link: SharedLink
    ) -> None:
        html = admin_client.get(usage_url(link)).content.decode()
        assert reverse("careers_shared_links:replace", args=[link.pk]) in html


class TestForm:
    def edit(self, client: Client, link: SharedLink) -> BeautifulSoup:
        url = reverse("careers_shared_links:edit", args=[link.pk])
        return BeautifulSoup(client.get(url).content, "html.parser").main

    def test_names_the_pages_that_a_change_affects(
        self, admin_client: Client, publish_role: Any, link: SharedLink
    ) -> None:
        publish_role(title="Nurse", body=body(duties=shared_link_html(link, "x")))
        text = " ".join(self.edit(admin_client, link).get_text(" ").split())
        assert "1 page uses this link. Nurse" in text

    def test_says_how_many_pages_keep_the_old_address_until_the_draft_is_published(
        self, admin_client: Client, publish_role: Any, link: SharedLink
    ) -> None:
        for _number in range(2):
            publish_role(body=body(duties=shared_link_html(link, "x")))
        message = (
            "2 pages keep the old address, https://jobs.example/, until this link is published."
        )
        link.description = "Another description."
        link.save_revision()
        assert message not in " ".join(self.edit(admin_client, link).get_text().split())
        link.base_url = "https://new.example/"
        revision = link.save_revision()
        assert message in " ".join(self.edit(admin_client, link).get_text().split())
        url = reverse("careers_shared_links:edit", args=[link.pk])
        refused = admin_client.post(
            url, {"name": "", "base_url": link.base_url, "action-publish": "1"}
        )
        assert message in " ".join(refused.content.decode().split())
        revision.publish()
        assert "keep the old address" not in self.edit(admin_client, link).get_text()

    def test_of_a_draft_has_no_old_address(
        self, admin_client: Client, publish_role: Any, link: SharedLink
    ) -> None:
        publish_role(body=body(duties=shared_link_html(link, "x")))
        link.unpublish()
        link.base_url = "https://new.example/"
        link.save_revision()
        assert "old address" not in self.edit(admin_client, link).get_text()

    def test_says_that_nothing_uses_the_link(self, admin_client: Client, link: SharedLink) -> None:
        assert "This link is not in use." in self.edit(admin_client, link).get_text()

    def test_of_a_new_link_has_no_use(self, admin_client: Client) -> None:
        html = admin_client.get(reverse("careers_shared_links:add")).content.decode()
        assert "Pages that use this link" not in html

    def test_of_a_retired_link_leads_to_the_other(
        self, admin_client: Client, link: SharedLink
    ) -> None:
        other = SharedLinkFactory(name="Health Careers")
        link.successor = other
        link.save()
        main = self.edit(admin_client, link)
        assert "was replaced by “Health Careers”" in " ".join(main.get_text().split())
        assert main.select(f'a[href="{reverse("careers_shared_links:edit", args=[other.pk])}"]')


class TestDeletion:
    @pytest.fixture
    def used(self, publish_role: Any, link: SharedLink) -> SharedLink:
        publish_role(title="Nurse", body=body(duties=shared_link_html(link, "x")))
        return link

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_of_a_link_in_use_is_refused_with_the_pages_and_the_offer_to_replace(
        self, admin_client: Client, used: SharedLink, method: str
    ) -> None:
        url = reverse("careers_shared_links:delete", args=[used.pk])
        response = getattr(admin_client, method)(url)
        assert response.status_code == 409
        html = response.content.decode()
        assert "Nurse" in html
        assert reverse("careers_shared_links:replace", args=[used.pk]) in html
        assert SharedLink.objects.filter(pk=used.pk).exists()

    def test_of_many_is_refused_if_one_is_in_use(
        self, admin_client: Client, used: SharedLink
    ) -> None:
        unused = SharedLinkFactory(name="Unused")
        url = reverse("wagtail_bulk_action", args=["wagtail_careers", "sharedlink", "delete"])
        response = admin_client.post(f"{url}?id={used.pk}&id={unused.pk}")
        assert response.status_code == 409
        html = response.content.decode()
        assert "Nurse" in html
        assert "Unused" in html
        assert SharedLink.objects.count() == 2

    def test_of_a_link_that_a_draft_alone_has_is_refused(
        self, admin_client: Client, publish_role: Any, link: SharedLink
    ) -> None:
        page = publish_role(body=body())
        page.body = body(training=shared_link_html(link, "words"))
        page.save_revision()
        url = reverse("careers_shared_links:delete", args=[link.pk])
        assert admin_client.post(url).status_code == 409
        assert SharedLink.objects.filter(pk=link.pk).exists()

    def test_of_a_link_that_nothing_uses_is_done(
        self, admin_client: Client, link: SharedLink
    ) -> None:
        url = reverse("careers_shared_links:delete", args=[link.pk])
        assert admin_client.post(url).status_code == 302
        assert not SharedLink.objects.exists()

    def test_asks_what_is_to_become_of_older_versions(
        self, admin_client: Client, link: SharedLink
    ) -> None:
        url = reverse("careers_shared_links:delete", args=[link.pk])
        loss = "If somebody restores one of them, the link is missing."
        instead = "If you keep it, they get “New” instead."
        text = admin_client.get(url).content.decode()
        assert loss in text
        assert instead not in text
        SharedLink.objects.filter(pk=link.pk).update(successor=SharedLinkFactory(name="New"))
        text = admin_client.get(url).content.decode()
        assert f"{loss} {instead}" in text

    def test_of_a_trait_is_no_concern_of_links(self, admin_client: Client, db: None) -> None:
        from tests.factories import TraitFactory

        url = reverse("careers_traits:delete", args=[TraitFactory().pk])
        assert admin_client.post(url).status_code == 302
