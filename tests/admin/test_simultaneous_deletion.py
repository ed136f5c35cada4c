"""A link is deleted while a page is saved with it: one of the two is refused."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from tests.admin.test_editor import edit_url, form, items, prose, sections
from tests.conftest import plant_home
from tests.factories import (
    RoleCategoryFactory,
    RoleIndexPageFactory,
    RolePageFactory,
    SharedLinkFactory,
    body,
    shared_link_html,
)
from tests.links.test_simultaneous_replacements import at_once
from wagtail_careers.links.mentions import mentions
from wagtail_careers.models import LinkClaim, LinkUse, SharedLink
from wagtail_careers.models.link_claim import VALID_FOR
from wagtail_careers.pages.models import RolePage

ROUNDS = 20


class Site:
    """A role and its index page, and somebody who may do everything."""

    def __init__(self) -> None:
        self.index = RoleIndexPageFactory(parent=plant_home(), slug="roles")
        category = RoleCategoryFactory()
        self.page = RolePageFactory(parent=self.index, category=category, title="Nurse")
        self.page.save_revision().publish()
        user = get_user_model().objects.create_superuser("editor")
        self.deleting, self.saving = Client(), Client()
        self.deleting.force_login(user)
        self.saving.force_login(user)

    def delete(self, link: SharedLink) -> int:
        url = reverse("careers_shared_links:delete", args=[link.pk])
        return int(self.deleting.post(url).status_code)

    def delete_many(self, link: SharedLink) -> int:
        url = reverse("wagtail_bulk_action", args=["wagtail_careers", "sharedlink", "delete"])
        return int(self.deleting.post(f"{url}?id={link.pk}").status_code)

    def save(self, link: SharedLink, **values: Any) -> Any:
        data = form(with_link(link), **values)
        return self.saving.post(edit_url(self.page), data)

    def create(self, link: SharedLink, **values: Any) -> Any:
        args = ["wagtail_careers_pages", "rolepage", self.index.pk]
        slug = f"nurse-{link.pk}"
        data = form(with_link(link), slug=slug, **values)
        return self.saving.post(reverse("wagtailadmin_pages:add", args=args), data)


def with_link(link: SharedLink) -> Any:
    html = f'<p><a linktype="shared-link" id="{link.pk}">x</a></p>'
    return sections(
        duties={"title": "", "prose": prose(html)},
        application_links={"links": items({"shared_link": link.pk, "path": "", "note": ""})},
    )


def named_by_drafts() -> set[int]:
    """The shared links that any version of a page names."""
    contents = Revision.objects.values_list("content", flat=True)
    return {mention.shared_link for content in contents for mention in mentions(content)}


def check(link: SharedLink, deleted: int, saved: Any) -> None:
    if SharedLink.objects.filter(pk=link.pk).exists():
        assert (deleted, saved.status_code) == (409, 302)
        assert link.pk in named_by_drafts()
    else:
        assert deleted == 302
        assert link.pk not in named_by_drafts()


@pytest.fixture
def site(db: None) -> Site:
    return Site()


@pytest.mark.parametrize("save", ["save", "create"])
@pytest.mark.parametrize("delete", ["delete", "delete_many"])
def test_link_is_not_deleted_between_the_check_of_a_page_and_its_saving(
    site: Site, monkeypatch: pytest.MonkeyPatch, save: str, delete: str
) -> None:
    link = SharedLinkFactory()
    deleted = []
    original = RolePage.save_revision

    def save_revision(page: RolePage, *args: Any, **kwargs: Any) -> Any:
        deleted.append(getattr(site, delete)(link))
        return original(page, *args, **kwargs)

    monkeypatch.setattr(RolePage, "save_revision", save_revision)
    response = getattr(site, save)(link)
    check(link, deleted[0], response)
    assert deleted == [409]


@pytest.mark.parametrize("save", ["save", "create"])
def test_page_with_a_link_that_was_deleted_meanwhile_is_refused(site: Site, save: str) -> None:
    link = SharedLinkFactory()
    assert site.delete(link) == 302
    response = getattr(site, save)(link)
    assert response.status_code == 200
    assert "A shared link that you added has been deleted." in response.content.decode()


def test_draft_that_has_a_missing_link_can_be_saved(site: Site) -> None:
    link = SharedLinkFactory()
    site.page.body = body(duties=shared_link_html(link, "x"))
    site.page.save_revision()
    LinkUse.objects.all().delete()
    SharedLink.objects.filter(pk=link.pk).delete()
    assert site.save(link).status_code == 302


def test_claim_of_a_page_that_was_not_saved_expires(site: Site) -> None:
    link = SharedLinkFactory()
    LinkClaim.objects.create(shared_link=link, made_at=timezone.now() - VALID_FOR / 2)
    assert site.delete(link) == 409
    LinkClaim.objects.update(made_at=timezone.now() - VALID_FOR)
    assert site.delete(link) == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("save", ["save", "create"])
def test_one_of_the_two_is_refused(save: str) -> None:
    site = Site()
    # Wagtail reads before it writes in the transaction that creates a page, which SQLite refuses in
    # its deferred mode where another has written in between.
    deferred = save == "save"
    for _round in range(ROUNDS):
        link = SharedLinkFactory()
        deleted, saved = at_once(
            lambda link=link: site.delete(link),
            lambda link=link: getattr(site, save)(link),
            deferred=deferred,
        )
        check(link, deleted, saved)
