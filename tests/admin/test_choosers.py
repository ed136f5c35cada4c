import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from tests.factories import SharedLinkFactory
from wagtail_careers.models import LinkCheck, SharedLink

NAMESPACE = "careers_shared_link_chooser"


def url(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def get(client: Client, name: str, *args: Any, **params: Any) -> dict[str, Any]:
    """The modal's answer to a GET request."""
    response = client.get(url(name, *args), params)
    assert response.status_code == 200
    return dict(json.loads(response.content))


def names(html: str | bytes) -> list[str]:
    """The links that a list in the modal offers."""
    soup = BeautifulSoup(html, "html.parser")
    return [link.get_text(strip=True) for link in soup.select("a[data-chooser-modal-choice]")]


class TestList:
    def test_offers_all_links_with_what_tells_them_apart(self, admin_client: Client) -> None:
        SharedLinkFactory(name="Jobs", base_url="https://www.one.example/", purpose="vacancies")
        SharedLinkFactory(name="Jobs", base_url="https://two.example/", purpose="training")
        answer = get(admin_client, "choose")
        assert answer["step"] == "choose"
        assert names(answer["html"]) == ["Jobs", "Jobs"]
        for words in ("one.example", "Vacancies", "two.example", "Training"):
            assert words in answer["html"]

    def test_choice_keeps_the_wish_for_a_deep_path(self, admin_client: Client) -> None:
        SharedLinkFactory()
        soup = BeautifulSoup(get(admin_client, "choose", deep_path=1)["html"], "html.parser")
        assert "deep_path=1" in soup.select_one("a[data-chooser-modal-choice]")["href"]
        assert "deep_path=1" in soup.select_one("form[data-chooser-modal-creation-form]")["action"]

    @pytest.mark.parametrize("words", ["NHS", "one.ex", "Authority"])
    @pytest.mark.usefixtures("search_index")
    def test_search_finds_name_address_and_organisation(
        self, admin_client: Client, words: str
    ) -> None:
        SharedLinkFactory(
            name="NHS Jobs", base_url="https://one.example/", organisation="Authority"
        )
        SharedLinkFactory(name="Courses", base_url="https://two.example/")
        response = admin_client.get(url("choose_results"), {"q": words})
        assert names(response.content) == ["NHS Jobs"]

    def test_search_for_nothing_that_is_there_says_so(self, admin_client: Client) -> None:
        SharedLinkFactory(name="NHS Jobs")
        response = admin_client.get(url("choose_results"), {"q": "zebra"})
        assert names(response.content) == []
        assert "No shared links match “zebra”." in response.content.decode()

    def test_says_shared_link_and_not_snippet(self, admin_client: Client) -> None:
        for html in (
            get(admin_client, "choose")["html"],
            admin_client.get(url("choose_results")).content.decode(),
            admin_client.get(url("choose_results"), {"q": "zebra"}).content.decode(),
        ):
            text = BeautifulSoup(html, "html.parser").get_text(" ").lower()
            assert "shared link" in text
            assert "snippet" not in text

    def test_shows_the_state_of_each_link(
        self, admin_client: Client, django_assert_max_num_queries: Any
    ) -> None:
        live = SharedLinkFactory(name="A")
        SharedLinkFactory(name="B", live=False)
        SharedLinkFactory(name="C", successor=live)
        dead = SharedLinkFactory(name="D")
        LinkCheck.objects.create(
            shared_link=dead, url=dead.base_url, verdict="gone", failing_days=9
        )
        for successor in SharedLinkFactory.create_batch(10):
            SharedLinkFactory(name="Z", successor=successor)
        with django_assert_max_num_queries(10):
            html = admin_client.get(url("choose_results")).content
        rows = BeautifulSoup(html, "html.parser").select("tbody tr")[:4]
        states = [row.select_one(".w-status").get_text(strip=True) for row in rows]
        assert states == ["Live", "Not published yet", "Replaced", "Does not work"]

    def test_form_for_a_new_link_is_offered_to_those_who_may_create(
        self, editor: Client, outsider: Client
    ) -> None:
        assert 'name="shared-link-chooser-base_url"' in get(editor, "choose")["html"]
        assert 'name="shared-link-chooser-base_url"' not in get(outsider, "choose")["html"]

    def test_shows_markup_in_a_name_as_text(self, admin_client: Client) -> None:
        SharedLinkFactory(name="<script>alert(1)</script>")
        assert "<script>alert" not in get(admin_client, "choose")["html"]


class TestChosen:
    def test_field_of_a_block_gets_what_it_needs(self, admin_client: Client) -> None:
        link = SharedLinkFactory(name="NHS Jobs")
        answer = get(admin_client, "chosen", link.pk)
        assert answer["step"] == "chosen"
        assert answer["result"]["id"] == str(link.pk)
        assert answer["result"]["string"] == "NHS Jobs"
        assert answer["result"]["edit_url"] == reverse("careers_shared_links:edit", args=[link.pk])

    def test_rich_text_gets_what_it_needs(self, admin_client: Client) -> None:
        link = SharedLinkFactory(name="NHS Jobs", base_url="https://jobs.example/")
        result = get(admin_client, "chosen", link.pk)["result"]
        assert (result["title"], result["url"]) == ("NHS Jobs", "https://jobs.example/")

    def test_link_that_is_gone_is_not_found(self, admin_client: Client) -> None:
        assert admin_client.get(url("chosen", 4040)).status_code == 404


class TestDeepPath:
    def test_is_asked_for_when_rich_text_wants_one(self, admin_client: Client) -> None:
        link = SharedLinkFactory(name="NHS Jobs", base_url="https://jobs.example/")
        answer = get(admin_client, "chosen", link.pk, deep_path=1, path="nursing")
        assert answer["step"] == "deep_path"
        soup = BeautifulSoup(answer["html"], "html.parser")
        assert soup.select_one("input[name=path]")["value"] == "nursing"
        assert soup.form["action"] == f"{url('deep_path', link.pk)}?deep_path=1"
        assert "https://jobs.example/" in soup.text
        assert soup.select_one("a[data-choose-another]")["href"] == f"{url('choose')}?deep_path=1"
        assert "Draft" not in soup.text

    def test_of_a_draft_link_comes_with_a_warning(self, admin_client: Client) -> None:
        link = SharedLinkFactory(live=False)
        answer = get(admin_client, "chosen", link.pk, deep_path=1)
        assert "until it is published, readers see the text without a link" in answer["html"]

    @pytest.mark.parametrize(
        ("path", "cleaned", "address"),
        [
            ("", "", "https://jobs.example/careers"),
            (" /nursing/ ", "nursing/", "https://jobs.example/careers/nursing/"),
            ("jobs?q=nurse", "jobs?q=nurse", "https://jobs.example/careers/jobs?q=nurse"),
        ],
    )
    def test_is_added_to_the_chosen_link(
        self, admin_client: Client, path: str, cleaned: str, address: str
    ) -> None:
        link = SharedLinkFactory(name="NHS Jobs", base_url="https://jobs.example/careers")
        response = admin_client.post(url("deep_path", link.pk), {"path": path})
        answer = json.loads(response.content)
        assert answer["step"] == "chosen"
        assert answer["result"]["id"] == str(link.pk)
        assert answer["result"]["title"] == "NHS Jobs"
        assert answer["result"]["path"] == cleaned
        assert answer["result"]["url"] == address

    @pytest.mark.parametrize(
        ("path", "message"),
        [
            ("//evil.example", "Enter only the part of the address"),
            ("javascript:alert(1)", "Enter only the part of the address"),
            ("/a/../x", "Remove the “.” and “..” parts"),
            ("../x", "Remove the “.” and “..” parts"),
            ("%2e%2e/x", "Remove the “.” and “..” parts"),
            ("a b", "Remove spaces, backslashes"),
            ("x" * 501, "at most 500 characters"),
            (f"https://jobs.example/{'x' * 501}", "at most 500 characters"),
        ],
    )
    def test_that_is_not_safe_is_asked_for_again(
        self, admin_client: Client, path: str, message: str
    ) -> None:
        link = SharedLinkFactory(base_url="https://jobs.example/")
        response = admin_client.post(url("deep_path", link.pk), {"path": path})
        answer = json.loads(response.content)
        assert answer["step"] == "deep_path"
        assert message in answer["html"]
        field = BeautifulSoup(answer["html"], "html.parser").select_one("input[name=path]")
        assert field["value"] == path, "what was typed is there to be corrected"

    def test_says_that_the_query_of_a_link_is_kept(self, admin_client: Client) -> None:
        link = SharedLinkFactory(base_url="https://jobs.example/?from=us")
        html = get(admin_client, "chosen", link.pk, deep_path=1)["html"]
        assert "“?from=us” is kept" in html
        answer = admin_client.post(url("deep_path", link.pk), {"path": "a?q=1"}).json()
        assert answer["result"]["url"] == "https://jobs.example/a?from=us&q=1"

    def test_of_a_link_that_is_gone_is_not_found(self, admin_client: Client) -> None:
        assert admin_client.post(url("deep_path", 4040), {"path": ""}).status_code == 404


PASTED = "https://www.jobs.example/xi/search?q=a&b=c#top"


def choices(html: str | bytes) -> list[Any]:
    """The links and buttons by which the modal chooses something."""
    return BeautifulSoup(html, "html.parser").select("a[data-chooser-modal-choice]")


def follow(client: Client, choice: Any) -> dict[str, Any]:
    """The modal's answer to a click on a choice."""
    return dict(json.loads(client.get(choice["href"]).content))


def chosen_from(answer: dict[str, Any]) -> tuple[str, str, str]:
    result = answer["result"]
    return result["id"], result["path"], result["url"]


class TestPastedAddress:
    """A whole address, wherever the modal takes a part of it."""

    def test_in_the_field_of_its_own_link_is_reduced_to_the_path(
        self, admin_client: Client
    ) -> None:
        link = SharedLinkFactory(base_url="https://jobs.example/")
        for text in (PASTED, f" {PASTED} ", PASTED.removeprefix("https://")):
            answer = admin_client.post(url("deep_path", link.pk), {"path": text}).json()
            assert chosen_from(answer) == (
                str(link.pk),
                "xi/search?q=a&b=c#top",
                "https://jobs.example/xi/search?q=a&b=c#top",
            )

    def test_in_the_field_of_another_link_is_shown_with_its_own_link(
        self, admin_client: Client
    ) -> None:
        SharedLinkFactory(base_url="https://jobs.example/")
        longest = SharedLinkFactory(name="Jobs XI", base_url="http://jobs.example/xi")
        other = SharedLinkFactory()
        answer = admin_client.post(url("deep_path", other.pk), {"path": PASTED}).json()
        assert answer["step"] == "deep_path"
        soup = BeautifulSoup(answer["html"], "html.parser")
        assert "belongs to “Jobs XI”" in soup.select_one("[role=status]").text
        assert soup.form["action"] == url("deep_path", longest.pk)
        assert soup.select_one("input[name=path]")["value"] == "search?q=a&b=c#top"

    def test_of_an_unknown_site_opens_the_form_for_a_new_link(self, admin_client: Client) -> None:
        link = SharedLinkFactory()
        target = f"{url('deep_path', link.pk)}?deep_path=1&locale=en-gb"
        response = admin_client.post(target, {"path": PASTED}, follow=True)
        answer = response.json()
        assert (answer["step"], answer["tab"]) == ("choose", "create")
        soup = BeautifulSoup(answer["html"], "html.parser")
        form = soup.select_one("form[data-chooser-modal-creation-form]")
        assert form.select_one("[name$=-name]")["value"] == "jobs.example"
        assert form.select_one("[name$=-base_url]")["value"] == "https://www.jobs.example/"
        assert PASTED in form.text
        data = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
        data["shared-link-chooser-purpose"] = "vacancies"
        created = admin_client.post(form["action"], data).json()
        new = SharedLink.objects.get(name="jobs.example")
        assert chosen_from(created) == (str(new.pk), "xi/search?q=a&b=c#top", PASTED)

    @pytest.mark.parametrize("start", ["", "https://", "http://www.", "www."])
    def test_in_the_search_finds_its_link_which_is_chosen_with_the_path(
        self, admin_client: Client, start: str
    ) -> None:
        query = f"{start}jobs.example/xi/search?q=a&b=c#top"
        SharedLinkFactory(name="Home of the jobs", base_url="https://jobs.example/")
        link = SharedLinkFactory(name="Jobs XI", base_url="https://jobs.example/xi")
        response = admin_client.get(url("choose_results"), {"q": query, "deep_path": 1})
        assert names(response.content) == ["Jobs XI"]
        assert "Page on that site: search?q=a&amp;b=c#top" in response.content.decode()
        (choice,) = choices(response.content)
        answer = follow(admin_client, choice)
        assert answer["step"] == "chosen"
        assert chosen_from(answer)[:2] == (str(link.pk), "search?q=a&b=c#top")

    def test_of_the_site_itself_is_chosen_at_once(self, admin_client: Client) -> None:
        link = SharedLinkFactory(base_url="https://jobs.example/")
        query = {"q": "http://www.jobs.example", "deep_path": 1}
        response = admin_client.get(url("choose_results"), query)
        (choice,) = choices(response.content)
        answer = follow(admin_client, choice)
        assert chosen_from(answer) == (str(link.pk), "", "https://jobs.example/")

    def test_of_an_unknown_site_in_the_search_offers_a_new_link(self, editor: Client) -> None:
        SharedLinkFactory()
        response = editor.get(url("choose_results"), {"q": PASTED, "deep_path": 1})
        assert "There is no shared link for jobs.example." in response.content.decode()
        (choice,) = choices(response.content)
        answer = follow(editor, choice)
        assert answer["tab"] == "create"
        assert 'value="https://www.jobs.example/"' in answer["html"]

    def test_of_an_unknown_site_offers_nothing_to_those_who_may_not_create(
        self, outsider: Client
    ) -> None:
        response = outsider.get(url("choose_results"), {"q": PASTED})
        assert not choices(response.content)
        assert get(outsider, "choose", address=PASTED)["tab"] == "search"

    def test_is_looked_for_in_the_language_of_the_list(
        self, admin_client: Client, add_language: Any
    ) -> None:
        french = add_language("fr")
        SharedLinkFactory(name="Jobs", base_url="https://jobs.example/")
        SharedLinkFactory(name="Emplois", base_url="https://jobs.example/", locale=french)
        response = admin_client.get(url("choose_results"), {"q": PASTED, "locale": "fr"})
        assert names(response.content) == ["Emplois"]

    def test_below_another_link_offers_that_link_before_a_new_one_is_made(
        self, admin_client: Client
    ) -> None:
        link = SharedLinkFactory(name="NHS Jobs", base_url="https://jobs.example/")
        answer = TestCreate().post(admin_client, "?deep_path=1", base_url=PASTED).json()
        assert "This address belongs to the shared link “NHS Jobs”" in answer["htmlFragment"]
        (choice,) = choices(answer["htmlFragment"])
        assert choice.text == "Use “NHS Jobs”"
        path = "xi/search?q=a&b=c#top"
        assert chosen_from(follow(admin_client, choice))[:2] == (str(link.pk), path)
        TestCreate().post(admin_client, base_url="https://jobs.example/xi", separate="on")
        assert SharedLink.objects.filter(base_url="https://jobs.example/xi").exists()

    def test_hostile_path_is_not_taken_from_the_address_of_the_modal(
        self, admin_client: Client
    ) -> None:
        link = SharedLinkFactory()
        answer = get(admin_client, "chosen", link.pk, deep_path=1, found_path="//evil.example")
        assert answer["step"] == "deep_path"


class TestCreate:
    def post(self, client: Client, query: str = "", **values: Any) -> Any:
        data = {
            "name": "Health Careers",
            "base_url": "https://health.example",
            "purpose": "information",
            "organisation": "",
            **values,
        }
        prefixed = {f"shared-link-chooser-{name}": value for name, value in data.items()}
        return client.post(url("create") + query, prefixed)

    def test_by_a_publisher_makes_a_live_link_and_chooses_it(self, admin_client: Client) -> None:
        answer = json.loads(self.post(admin_client).content)
        link = SharedLink.objects.get()
        assert link.live
        assert not link.has_unpublished_changes
        assert link.base_url == "https://health.example/"
        assert link.locale == Locale.get_default()
        assert link.latest_revision is not None
        assert answer["step"] == "chosen"
        assert answer["result"]["id"] == str(link.pk)
        assert answer["result"]["title"] == "Health Careers"

    def test_by_an_editor_makes_a_draft_and_chooses_it(self, editor: Client) -> None:
        answer = json.loads(self.post(editor).content)
        link = SharedLink.objects.get()
        assert not link.live
        assert link.latest_revision is not None
        assert answer["result"]["id"] == str(link.pk)

    def test_from_rich_text_goes_on_to_the_deep_path(self, admin_client: Client) -> None:
        answer = json.loads(self.post(admin_client, "?deep_path=1").content)
        assert answer["step"] == "deep_path"
        assert "https://health.example/" in answer["html"]

    def test_is_logged_with_the_user(self, admin_client: Client, admin_user: Any) -> None:
        self.post(admin_client)
        revision = SharedLink.objects.get().latest_revision
        assert revision.user == admin_user

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"name": ""}, "This field is required."),
            ({"base_url": ""}, "This field is required."),
            ({"base_url": "javascript:alert(1)"}, "Enter a valid URL."),
            ({"base_url": "https://user:secret@health.example/"}, "Remove the user name"),
            ({"purpose": "fun"}, "Select a valid choice."),
        ],
    )
    def test_says_what_is_wrong_and_creates_nothing(
        self, admin_client: Client, values: dict[str, str], message: str
    ) -> None:
        answer = json.loads(self.post(admin_client, **values).content)
        assert answer["step"] == "reshow_creation_form"
        assert message in answer["htmlFragment"]
        assert not SharedLink.objects.exists()

    def test_keeps_the_wish_for_a_deep_path_when_something_is_wrong(
        self, admin_client: Client
    ) -> None:
        answer = json.loads(self.post(admin_client, "?deep_path=1", name="").content)
        assert "deep_path=1" in answer["htmlFragment"]

    def test_names_the_link_that_is_there_already(self, admin_client: Client) -> None:
        SharedLinkFactory(name="Careers in health", base_url="https://health.example/")
        answer = json.loads(self.post(admin_client).content)
        assert "“Careers in health” already has this address" in answer["htmlFragment"]
        assert SharedLink.objects.count() == 1

    def test_chooses_the_link_that_is_there_already_at_once(self, admin_client: Client) -> None:
        link = SharedLinkFactory(name="<b>", base_url="http://www.health.example/")
        answer = self.post(admin_client, "?deep_path=1&locale=en-gb").json()
        (choice,) = choices(answer["htmlFragment"])
        assert choice.text == "Use “<b>”"
        assert follow(admin_client, choice)["result"]["id"] == str(link.pk)

    def test_is_in_the_language_of_the_page(self, admin_client: Client, add_language: Any) -> None:
        french = add_language("fr")
        SharedLinkFactory(base_url="https://health.example/")
        self.post(admin_client, "?locale=fr")
        assert SharedLink.objects.get(locale=french).base_url == "https://health.example/"

    def test_is_refused_without_permission(self, outsider: Client) -> None:
        response = self.post(outsider)
        assert response.status_code in (302, 403)
        assert not SharedLink.objects.exists()

    def test_is_refused_to_strangers(self, client: Client, db: None) -> None:
        assert self.post(client).status_code == 302
        assert not SharedLink.objects.exists()

    def test_is_in_the_language_that_is_active(self, admin_client: Client, settings: Any) -> None:
        settings.WAGTAIL_I18N_ENABLED = True
        self.post(admin_client)
        assert SharedLink.objects.get().locale == Locale.get_active()


@pytest.mark.parametrize("name", ["choose", "choose_results", "create"])
def test_strangers_are_sent_to_the_login(client: Client, db: None, name: str) -> None:
    response = client.get(url(name))
    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("name", ["chosen", "deep_path"])
def test_strangers_learn_nothing_of_a_link(client: Client, db: None, name: str) -> None:
    link = SharedLinkFactory(name="Secret")
    for method in (client.get, client.post):
        response = method(url(name, link.pk))
        assert response.status_code == 302
        assert b"Secret" not in response.content


def test_addresses_are_those_that_the_editors_script_knows(db: None) -> None:
    """The script puts together the address of a chosen link from that of the modal."""
    assert url("chosen", 7) == f"{url('choose')}chosen/7/"


def test_link_that_was_replaced_leads_to_its_successor(admin_client: Client) -> None:
    newest = SharedLinkFactory(name="Newest", base_url="https://newest.example/")
    retired = SharedLinkFactory(name="Retired", successor=newest)
    url = reverse("careers_shared_link_chooser:chosen", args=[retired.pk])
    assert admin_client.get(url).json()["result"]["id"] == str(newest.pk)
    assert "newest.example" in admin_client.get(f"{url}?deep_path=1").json()["html"]
    url = reverse("careers_shared_link_chooser:deep_path", args=[retired.pk])
    answer = admin_client.post(url, {"path": "a"}).json()["result"]
    assert (answer["id"], answer["url"]) == (str(newest.pk), "https://newest.example/a")
