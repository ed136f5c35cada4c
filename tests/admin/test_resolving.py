import json
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Site

from tests.factories import SharedLinkFactory
from wagtail_careers.admin.resolving import MAX_BYTES, MAX_LINKS
from wagtail_careers.choices import Verdict
from wagtail_careers.models import LinkCheck

URL = "/admin/careers/shared-link-chooser/resolve/"


def resolve(client: Client, body: Any) -> Any:
    return client.post(URL, json.dumps(body), content_type="application/json")


def test_addresses_are_taken_apart_and_links_described(admin_client: Client) -> None:
    jobs = SharedLinkFactory(name="NHS Jobs", base_url="https://www.jobs.example/xi")
    LinkCheck.objects.create(
        shared_link=jobs,
        deep_path="gone",
        url="https://www.jobs.example/xi/gone",
        verdict=Verdict.GONE,
        failing_days=9,
    )
    pasted = "http://jobs.example/xi/search?q=a&b=c#top"
    answer = resolve(
        admin_client,
        {
            "addresses": [pasted, "https://unknown.example/", "mailto:a@b.example", ""],
            "links": [{"id": jobs.pk, "path": "gone"}, {"id": "4040"}, {"id": "x", "path": None}],
        },
    ).json()
    assert answer["addresses"] == {
        pasted: {
            "id": jobs.pk,
            "path": "search?q=a&b=c#top",
            "url": "https://www.jobs.example/xi/search?q=a&b=c#top",
            "title": "NHS Jobs",
            "state": "live",
            "stateLabel": "Live",
        }
    }
    dead, missing, none = answer["links"]
    assert (dead["state"], dead["stateLabel"]) == ("dead", "Does not work")
    assert (missing["id"], missing["state"], missing["url"]) == (4040, "missing", "")
    assert (none["id"], none["state"], none["path"]) == (0, "missing", "")


def test_addresses_of_other_sites_without_a_link_are_told_apart_from_those_of_this_one(
    admin_client: Client, home: Any
) -> None:
    SharedLinkFactory(base_url="https://jobs.example/")
    site = Site.objects.get()
    site.hostname = "careers.example"
    site.save()
    addresses = [
        "https://jobs.example/a",
        "https://new.example/b",
        "https://careers.example/roles/",
        "http://testserver/roles/",
        "https://user:secret@new.example/",
        "mailto:jobs@new.example",
        "nonsense",
    ]
    answer = resolve(admin_client, {"addresses": addresses}).json()
    assert list(answer["addresses"]) == ["https://jobs.example/a"]
    assert answer["unknown"] == ["https://new.example/b"]


def test_links_are_found_in_the_language_of_the_page(admin_client: Client) -> None:
    french = Locale.objects.create(language_code="fr")
    for locale in (Locale.get_default(), french):
        SharedLinkFactory(
            base_url="https://jobs.example/", name=locale.language_code, locale=locale
        )
    body = {"addresses": ["https://jobs.example/a"], "locale": "fr"}
    (found,) = resolve(admin_client, body).json()["addresses"].values()
    assert found["title"] == "fr"


@pytest.mark.parametrize(
    "body", [[], 3, "x", {"addresses": 3}, {"addresses": [3]}, {"links": [3]}, {"links": [{}]}]
)
def test_what_cannot_be_read_is_refused(admin_client: Client, body: Any) -> None:
    assert resolve(admin_client, body).status_code == 400


def test_text_that_is_not_json_is_refused(admin_client: Client) -> None:
    for text in (b"{", b"\xff", b"[" * 100_000):
        assert admin_client.post(URL, text, content_type="application/json").status_code == 400


def test_form_with_files_is_refused(admin_user: User) -> None:
    # The check of the token reads such a form, and its body cannot be read again.
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    client.cookies[settings.CSRF_COOKIE_NAME] = token = "a" * 32
    form = {"addresses": "x", "csrfmiddlewaretoken": token}
    assert client.post(URL, form).status_code == 400


def test_more_than_a_page_needs_is_refused(admin_client: Client) -> None:
    assert resolve(admin_client, {"links": [{"id": 1}] * (MAX_LINKS + 1)}).status_code == 413
    assert resolve(admin_client, {"addresses": ["x" * MAX_BYTES]}).status_code == 413


def test_many_links_cost_no_more_queries_than_one(
    admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    links = SharedLinkFactory.create_batch(30)
    with django_assert_max_num_queries(9):
        answer = resolve(
            admin_client,
            {
                "addresses": [f"{link.base_url}a" for link in links],
                "links": [{"id": link.pk, "path": "b"} for link in links],
            },
        )
    assert len(answer.json()["addresses"]) == len(answer.json()["links"]) == 30


def test_is_for_people_who_can_use_the_admin(client: Client, db: None) -> None:
    assert resolve(client, {}).status_code == 302
    assert reverse("careers_shared_link_chooser:resolve") == URL


def test_does_not_answer_other_sites(admin_user: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(admin_user)
    assert resolve(strict, {}).status_code == 403
