"""Replacing a shared link in the admin: choosing, confirming, progress and result."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django_tasks import default_task_backend
from wagtail.models import ReferenceIndex

from tests.factories import SharedLinkFactory, TraitFactory, body, link_item, shared_link_html
from wagtail_careers import tasks
from wagtail_careers.admin import replacing
from wagtail_careers.background import run_in_background
from wagtail_careers.choices import PageOutcome
from wagtail_careers.links import progress
from wagtail_careers.links import replacements as replace
from wagtail_careers.models import Replacement, SharedLink


@pytest.fixture
def old(db: None) -> SharedLink:
    return SharedLinkFactory(name="Old Jobs", base_url="https://old.example/")


@pytest.fixture
def new(db: None) -> SharedLink:
    return SharedLinkFactory(name="New Jobs", base_url="https://new.example/")


@pytest.fixture
def pages(publish_role: Any, old: SharedLink) -> list[Any]:
    """One with a deep path, one without."""
    return [
        publish_role(title="Nurse", body=body(duties=shared_link_html(old, "x", "nursing"))),
        publish_role(title="Cook", body=body(application_links={"links": [link_item(old)]})),
    ]


def replace_url(link: SharedLink) -> str:
    return reverse("careers_shared_links:replace", args=[link.pk])


def text_of(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("view", ["replace", "restore", "replacement", "continue_replacement"])
def test_is_for_those_who_may_change_links(
    outsider: Client,
    admin_user: Any,
    old: SharedLink,
    new: SharedLink,
    pages: list[Any],
    view: str,
    method: str,
) -> None:
    replacement = replace.replace_link(old, new, user=admin_user)
    pk = replacement.pk if "replacement" in view else old.pk
    url = reverse(f"careers_shared_links:{view}", args=[pk])
    response = getattr(outsider, method)(url, {"new": new.pk, "paths": "keep"})
    # A view that does what it is asked for redirects as well, but not there.
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")
    assert progress.outcomes(replacement) == {PageOutcome.WAITING: len(pages)}
    assert Replacement.objects.count() == 1
    assert SharedLink.objects.get(pk=old.pk).successor == new


class TestChoosing:
    def test_starts_with_the_question_which_link(
        self, admin_client: Client, old: SharedLink
    ) -> None:
        response = admin_client.get(replace_url(old))
        assert response.status_code == 200
        assert "Choose a link to use instead." in text_of(response)

    @pytest.mark.parametrize(
        ("choice", "message"),
        [
            ("itself", "Choose a different link."),
            ("draft", "is not live"),
            ("retired", "was replaced by another link. Choose “Newest” instead."),
            ("none", "This field is required."),
        ],
    )
    def test_of_what_cannot_take_its_place_says_why(
        self, admin_client: Client, old: SharedLink, choice: str, message: str
    ) -> None:
        newest = SharedLinkFactory(name="Newest")
        choices = {
            "itself": old.pk,
            "draft": SharedLinkFactory(live=False).pk,
            "retired": SharedLinkFactory(successor=newest).pk,
            "none": "",
        }
        response = admin_client.get(replace_url(old), {"new": choices[choice]})
        assert response.status_code == 200
        assert message in text_of(response)

    def test_shows_the_pages_and_the_addresses_before_anything_changes(
        self, admin_client: Client, old: SharedLink, new: SharedLink, pages: list[Any]
    ) -> None:
        text = text_of(admin_client.get(replace_url(old), {"new": new.pk}))
        assert "Replace “Old Jobs” with “New Jobs”" in text
        assert "2 pages will each get a new version." in text
        assert "Nurse Duties: “x” nursing live New address: https://new.example/nursing" in text
        assert "Cook Application links live" in text
        assert not Replacement.objects.exists()

    def test_lists_pages_with_a_path_first_and_leads_to_those_that_it_does_not_list(
        self,
        admin_client: Client,
        old: SharedLink,
        new: SharedLink,
        pages: list[Any],
        publish_role: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(replacing, "SHOWN", 1)
        publish_role(title="Baker", body=body(application_links={"links": [link_item(old)]}))
        response = admin_client.get(replace_url(old), {"new": new.pk})
        main = BeautifulSoup(response.content, "html.parser").main
        titles = [row.select("td")[1].get_text(strip=True) for row in main.select("tbody tr")]
        assert titles == ["Nurse", "Baker"]
        assert not main.select("details")
        assert "and 1 more page. See all places" in text_of(response)
        assert main.select(f'a[href="{reverse("careers_shared_links:usage", args=[old.pk])}"]')

    def test_without_paths_does_not_ask_about_them(
        self, admin_client: Client, old: SharedLink, new: SharedLink, publish_role: Any
    ) -> None:
        publish_role(title="Cook", body=body(application_links={"links": [link_item(old)]}))
        response = admin_client.get(replace_url(old), {"new": new.pk})
        main = BeautifulSoup(response.content, "html.parser").main
        assert not main.select("input[type=radio], input[type=checkbox]")
        data = {field["name"]: field["value"] for field in main.select("form input[type=hidden]")}
        admin_client.post(replace_url(old), data)
        assert Replacement.objects.get().new == new

    def test_counts_no_alias_which_changes_with_its_page(
        self, admin_client: Client, old: SharedLink, new: SharedLink, pages: list[Any]
    ) -> None:
        pages[0].create_alias(parent=pages[0].get_parent(), update_slug="alias")
        text = text_of(admin_client.get(replace_url(old), {"new": new.pk}))
        assert "2 pages will each get a new version." in text

    def test_says_nothing_of_pages_and_records_that_one_may_not_edit(
        self, client_of: Any, old: SharedLink, new: SharedLink, publish_role: Any
    ) -> None:
        publish_role(title="Hidden role", body=body(duties=shared_link_html(old, "x", "secret")))
        trait = TraitFactory(name="Hidden trait")
        trait_type = ContentType.objects.get_for_model(trait)
        ReferenceIndex.objects.create(
            base_content_type=trait_type,
            content_type=trait_type,
            object_id=str(trait.pk),
            to_content_type=ContentType.objects.get_for_model(old),
            to_object_id=str(old.pk),
            model_path="name",
            content_path="name",
            content_path_hash="0" * 32,
        )
        client = client_of("change_sharedlink", "view_sharedlink")
        response = client.get(replace_url(old), {"new": new.pk})
        assert "(Private role page)" in text_of(response)
        assert "(Private trait)" in text_of(response)
        html = response.content.decode()
        assert "Remove path" not in html
        assert "Hidden" not in html
        assert "secret" not in html

    def test_number_of_queries_does_not_grow_with_the_pages(
        self, old: SharedLink, new: SharedLink, publish_role: Any, queries_of: Any
    ) -> None:
        url = f"{replace_url(old)}?new={new.pk}"
        using = body(duties=shared_link_html(old, "x", "path"))
        publish_role(body=using)
        before = queries_of(url)
        for _number in range(8):
            publish_role(body=using)
        assert queries_of(url) == before


class TestConfirming:
    def confirm(self, client: Client, old: SharedLink, new: SharedLink, **data: Any) -> Any:
        return client.post(replace_url(old), {"new": new.pk, "paths": "keep", **data}, follow=True)

    def test_asks_again_if_pages_are_selected_and_paths_are_to_stay(
        self, admin_client: Client, old: SharedLink, new: SharedLink, pages: list[Any]
    ) -> None:
        response = self.confirm(admin_client, old, new, without_path=[pages[0].pk])
        assert "You selected pages below." in text_of(response)
        assert not Replacement.objects.exists()
        checked = BeautifulSoup(response.content, "html.parser").select("[name=without_path]")
        assert [box["value"] for box in checked if box.has_attr("checked")] == [str(pages[0].pk)]

    @pytest.mark.parametrize(
        ("paths", "ticked", "kept"),
        [("keep", False, True), ("drop", False, False), ("choose", True, False)],
    )
    def test_notes_the_pages_and_what_becomes_of_their_paths(
        self,
        admin_client: Client,
        old: SharedLink,
        new: SharedLink,
        pages: list[Any],
        paths: str,
        ticked: bool,
        kept: bool,
    ) -> None:
        nurse, _cook = pages
        data = {"without_path": [nurse.pk]} if ticked else {}
        response = self.confirm(admin_client, old, new, paths=paths, **data)
        replacement = Replacement.objects.get()
        assert response.redirect_chain[-1][0].endswith(f"/replacements/{replacement.pk}/")
        assert replacement.pages.count() == 2
        assert replacement.pages.get(page_id=nurse.pk).keep_path is kept
        old.refresh_from_db()
        assert old.successor == new

    def test_without_a_worker_the_next_page_does_the_work_step_by_step(
        self, admin_client: Client, old: SharedLink, new: SharedLink, pages: list[Any]
    ) -> None:
        response = self.confirm(admin_client, old, new)
        assert "0 of 2 pages done" in text_of(response)
        replacement = Replacement.objects.get()
        url = reverse("careers_shared_links:continue_replacement", args=[replacement.pk])
        answer = admin_client.post(url, headers={"X-Requested-With": "XMLHttpRequest"})
        assert answer.json() == {"done": 2, "total": 2, "text": "2 of 2 pages done"}
        result = text_of(admin_client.get(response.redirect_chain[-1][0]))
        assert "The replacement is finished. Published: 2" in result
        assert "Nurse Published" in result

    def test_without_a_script_the_button_does_the_work(
        self, admin_client: Client, old: SharedLink, new: SharedLink, pages: list[Any]
    ) -> None:
        self.confirm(admin_client, old, new)
        replacement = Replacement.objects.get()
        url = reverse("careers_shared_links:continue_replacement", args=[replacement.pk])
        assert "The replacement is finished." in text_of(admin_client.post(url, follow=True))

    def test_with_a_worker_the_work_is_handed_to_it(
        self,
        admin_client: Client,
        old: SharedLink,
        new: SharedLink,
        pages: list[Any],
        settings: Any,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        assert run_in_background()
        with django_capture_on_commit_callbacks(execute=True):
            self.confirm(admin_client, old, new)
        replacement = Replacement.objects.get()
        assert progress.outcomes(replacement) == {PageOutcome.WAITING: 2}
        watch, work = default_task_backend.results
        assert (watch.task.name, work.task.name) == ("continue_replacements", "replace_shared_link")
        tasks.replace_shared_link.func(*work.args)
        assert progress.outcomes(replacement) == {PageOutcome.PUBLISHED: 2}

    def test_of_a_link_that_no_page_uses_is_finished_at_once(
        self, admin_client: Client, old: SharedLink, new: SharedLink
    ) -> None:
        assert "The replacement is finished." in text_of(self.confirm(admin_client, old, new))

    @pytest.mark.parametrize("first", ["successor", "itself"])
    def test_of_what_others_have_just_decided_says_so(
        self,
        admin_client: Client,
        admin_user: Any,
        old: SharedLink,
        new: SharedLink,
        pages: list[Any],
        first: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """The other decision comes after the form was found valid."""
        is_valid = replacing.ConfirmationForm.is_valid

        def decide_before(form: Any) -> bool:
            valid = is_valid(form)
            if first == "successor":
                replace.replace_link(new, SharedLinkFactory(), user=admin_user)
            else:
                replace.replace_link(old, new, user=admin_user)
            return valid

        monkeypatch.setattr(replacing.ConfirmationForm, "is_valid", decide_before)
        response = self.confirm(admin_client, old, new)
        assert response.status_code == 200
        expected = {"successor": "was replaced by another link", "itself": "is not finished"}
        assert expected[first] in response.content.decode()
        assert Replacement.objects.count() == 1

    def test_of_nonsense_changes_nothing(
        self, admin_client: Client, old: SharedLink, new: SharedLink, pages: list[Any]
    ) -> None:
        self.confirm(admin_client, old, old)
        self.confirm(admin_client, old, new, paths="burn")
        self.confirm(admin_client, old, new, paths="choose", without_path=["9999"])
        assert not Replacement.objects.exists()


def test_retired_link_is_used_again(admin_client: Client, old: SharedLink, new: SharedLink) -> None:
    replace.replace_link(old, new, user=None)
    url = reverse("careers_shared_links:restore", args=[old.pk])
    assert "was replaced by “New Jobs”" in text_of(admin_client.get(url))
    admin_client.post(url)
    old.refresh_from_db()
    assert old.successor is None
    for again in (admin_client.get(url, follow=True), admin_client.post(url, follow=True)):
        assert "“Old Jobs” is not replaced." in again.content.decode()
        assert "None" not in text_of(again)
