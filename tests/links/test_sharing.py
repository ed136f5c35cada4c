"""Plain links become shared links, a host at a time."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import Page, PageLogEntry, Site

from tests.factories import RoleIndexPageFactory, SharedLinkFactory, body
from wagtail_careers.choices import PageOutcome
from wagtail_careers.links import progress, replacements, running
from wagtail_careers.links.history import SHARE_LINKS
from wagtail_careers.links.mentions import mentions
from wagtail_careers.links.plain_links import plain_links
from wagtail_careers.links.sharing import fitting_links, is_ready, pages_to_share
from wagtail_careers.links.usage import newest_content
from wagtail_careers.models import PlainLinkUse, Replacement, SharedLink


@pytest.fixture
def nhs(db: None) -> SharedLink:
    return SharedLinkFactory(name="NHS", base_url="https://www.nhs.uk/")


@pytest.fixture
def jobs(db: None) -> SharedLink:
    return SharedLinkFactory(name="NHS Jobs", base_url="https://www.nhs.uk/jobs/")


def plain(*addresses: str) -> str:
    return "".join(f'<p><a href="{address}">x</a></p>' for address in addresses)


def share(host: str, user: Any) -> Replacement:
    replacement = replacements.replace_plain_links(host, user=user)
    running.run(replacement)
    replacement.refresh_from_db()
    return replacement


def content_of(page: Any) -> tuple[list[tuple[int, str]], list[str]]:
    """The shared and the plain links of a page's newest version."""
    page = Page.objects.get(pk=page.pk).specific
    content = newest_content(page)
    return (
        [(each.shared_link, each.deep_path) for each in mentions(content)],
        [link.address for link in plain_links(type(page), content)],
    )


class TestFittingLinks:
    def test_are_those_with_the_longest_base(self, nhs: SharedLink, jobs: SharedLink) -> None:
        places = [("http://nhs.uk/a?b=1", 1), ("https://nhs.uk/jobs/2", 1), ("https://b.uk/", 1)]
        found = fitting_links(places)
        assert {place: (each.link, each.path) for place, each in found.items()} == {
            places[0]: (nhs, "a?b=1"),
            places[1]: (jobs, "2"),
        }

    def test_are_ready_once_they_are_live(self, nhs: SharedLink) -> None:
        SharedLinkFactory(base_url="https://draft.example/", live=False)
        found = fitting_links([("https://nhs.uk/", 1), ("https://draft.example/", 1)])
        assert [is_ready(each) for each in found.values()] == [True, False]

    @pytest.mark.parametrize(
        "address", ["https://www.our.example/roles/", "http://our.example:8000/"]
    )
    def test_are_not_offered_for_this_sites_own_hosts(self, home: Any, address: str) -> None:
        SharedLinkFactory(base_url=address)
        assert fitting_links([(address, 1)])
        Site.objects.create(hostname="our.example", root_page=home)
        assert not fitting_links([(address, 1)])

    def test_prefer_the_language_of_the_page(
        self, nhs: SharedLink, add_language: Callable[[str], Any]
    ) -> None:
        welsh = add_language("cy")
        own = SharedLinkFactory(base_url="https://www.nhs.uk/", locale=welsh)
        address, other = "https://nhs.uk/a", "https://nhs.uk/b"
        found = fitting_links([(address, welsh.pk), (address, nhs.locale_id), (other, welsh.pk)])
        assert [each.link for each in found.values()] == [own, nhs, own]

    def test_take_as_many_queries_for_many_places(
        self, nhs: SharedLink, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(2):
            fitting_links([(f"https://nhs.uk/{number}", 1) for number in range(50)])


class TestPages:
    def test_published_one_is_published_with_one_revision(
        self, publish_role: Any, nhs: SharedLink, jobs: SharedLink, admin_user: Any, client: Any
    ) -> None:
        page = publish_role(
            body=body(
                heading=plain("https://nhs.uk/a"),
                duties=plain("http://www.nhs.uk/jobs/1", "https://other.example/"),
            )
        )
        before = page.revisions.count()
        replacement = share("nhs.uk", admin_user)
        assert replacement.finished_at
        assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: 1}
        assert page.revisions.count() == before + 1
        shared, left = content_of(page)
        assert (shared, left) == ([(nhs.pk, "a"), (jobs.pk, "1")], ["https://other.example/"])
        html = client.get(page.url).content.decode()
        assert "https://www.nhs.uk/a" in html
        assert "https://www.nhs.uk/jobs/1" in html

    def test_everything_else_stays_the_same_to_the_byte(
        self, publish_role: Any, nhs: SharedLink, admin_user: Any
    ) -> None:
        link, text = plain("https://nhs.uk/?a=1&amp;b=2"), "<p>é &amp; “x” <mark>wit</mark></p>"
        page = publish_role(body=body(duties=f"{text}{link}{text}"))
        before = newest_content(page)["body"]
        share("nhs.uk", admin_user)
        page = Page.objects.get(pk=page.pk).specific
        tag = f'<a linktype="shared-link" id="{nhs.pk}" path="?a=1&amp;b=2">'
        opening = '<a href="https://nhs.uk/?a=1&amp;b=2">'
        assert newest_content(page)["body"] == before.replace(
            json.dumps(opening)[1:-1], json.dumps(tag)[1:-1]
        )

    def test_one_with_unpublished_changes_gets_them_in_the_draft_only(
        self, publish_role: Any, nhs: SharedLink, admin_user: Any, client: Any
    ) -> None:
        page = publish_role(body=body(duties=plain("https://nhs.uk/a")))
        page.title = "A title that is not ready"
        page.save_revision()
        replacement = share("nhs.uk", admin_user)
        assert progress.outcomes(replacement) == {PageOutcome.DRAFTED: 1}
        assert content_of(page) == ([(nhs.pk, "a")], [])
        assert "not ready" not in client.get(page.url).content.decode()

    def test_one_without_a_revision_is_changed_too(
        self, home: Any, nhs: SharedLink, admin_user: Any
    ) -> None:
        page = RoleIndexPageFactory(parent=home, introduction=plain("https://nhs.uk/a"))
        share("nhs.uk", admin_user)
        assert content_of(page) == ([(nhs.pk, "a")], [])

    def test_alias_is_changed_with_the_page_that_it_is_an_alias_of(
        self, publish_role: Any, nhs: SharedLink, admin_user: Any
    ) -> None:
        page = publish_role(body=body(duties=plain("https://nhs.uk/")))
        alias = page.create_alias(parent=page.get_parent(), update_slug="alias")
        replacement = share("nhs.uk", admin_user)
        assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: 1}
        assert content_of(alias) == ([(nhs.pk, "")], [])

    def test_locked_and_private_ones_are_left_alone(
        self, publish_role: Any, nhs: SharedLink, admin_user: Any, django_user_model: Any
    ) -> None:
        page = publish_role(body=body(duties=plain("https://nhs.uk/")), locked=True)
        stranger = django_user_model.objects.create_user("stranger")
        outcomes = [progress.outcomes(share("nhs.uk", stranger))]
        outcomes.append(progress.outcomes(share("nhs.uk", admin_user)))
        assert outcomes == [{PageOutcome.NOT_ALLOWED: 1}, {PageOutcome.LOCKED: 1}]
        assert content_of(page) == ([], ["https://nhs.uk/"])

    def test_are_those_with_a_link_that_fits(
        self, publish_role: Any, jobs: SharedLink, admin_user: Any
    ) -> None:
        fits = publish_role(body=body(duties=plain("https://nhs.uk/jobs/", "https://nhs.uk/")))
        publish_role(body=body(duties=plain("https://nhs.uk/")))
        assert pages_to_share("nhs.uk") == {fits.pk}
        assert pages_to_share("other.example") == set()
        share("nhs.uk", admin_user)
        assert content_of(fits) == ([(jobs.pk, "")], ["https://nhs.uk/"])
        assert list(PlainLinkUse.objects.values_list("address", "number")) == (
            [("https://nhs.uk/", 1)] * 2
        )

    def test_link_that_is_not_live_takes_none(
        self, publish_role: Any, nhs: SharedLink, admin_user: Any
    ) -> None:
        """Readers would lose a link that works."""
        publish_role(body=body(duties=plain("https://nhs.uk/")))
        replacement = replacements.replace_plain_links("nhs.uk", user=admin_user)
        SharedLink.objects.update(live=False)
        running.run(replacement)
        assert progress.outcomes(replacement) == {PageOutcome.UNCHANGED: 1}
        assert pages_to_share("nhs.uk") == set()

    def test_run_goes_on_where_it_was_interrupted(
        self, publish_role: Any, nhs: SharedLink, admin_user: Any
    ) -> None:
        for _number in range(3):
            publish_role(body=body(duties=plain("https://nhs.uk/")))
        replacement = replacements.replace_plain_links("nhs.uk", user=admin_user)
        running.run(replacement, seconds=0)
        assert progress.of(replacement) == progress.Progress(done=1, total=3)
        running.run(replacement)
        assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: 3}
        assert not PlainLinkUse.objects.exists()

    def test_history_names_the_host(
        self, publish_role: Any, nhs: SharedLink, admin_user: Any, admin_client: Any
    ) -> None:
        page = publish_role(body=body(duties=plain("https://nhs.uk/")))
        share("nhs.uk", admin_user)
        assert PageLogEntry.objects.get(action=SHARE_LINKS).user == admin_user
        html = admin_client.get(f"/admin/pages/{page.pk}/history/").content.decode()
        assert "Plain links changed to shared links: nhs.uk" in html


@pytest.mark.parametrize("fields", [{}, {"host": "nhs.uk", "old": True}, {"old": True}])
def test_replacement_is_of_a_link_or_of_a_host(nhs: SharedLink, fields: dict[str, Any]) -> None:
    given = {name: nhs if value is True else value for name, value in fields.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Replacement.objects.create(**given)
