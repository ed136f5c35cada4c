"""Requests that no form sends do not make a view fail."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import SharedLinkFactory
from wagtail_careers.pages.models import RoleIndexPage

pytestmark = pytest.mark.django_db

NO_KEYS = ("word", "²", "\x00", "-1", str(10**30), "")


@pytest.mark.parametrize("key", NO_KEYS)
def test_key_that_is_none_is_not_found(
    key: str, admin_client: Client, index: RoleIndexPage
) -> None:
    link = SharedLinkFactory()
    replace = reverse("careers_shared_links:replace", args=[link.pk])
    assert admin_client.get(replace, {"new": key}).status_code == 200
    accept = reverse("careers_link_health:accept")
    assert admin_client.post(accept, {"check": key}).status_code == 302
    parent = reverse("careers_roles:choose_parent")
    assert admin_client.post(parent, {"parent_page": key}).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "word",
        "[]",
        "1e999",
        "[" * 100_000,
        "\ud800",
        *(
            json.dumps({key: value})
            for key in ("addresses", "links", "locale")
            for value in (5, True, "word", {}, {"a": 1}, [[]], [{}], [5], [None], ["\ud800\x00"])
        ),
        *(
            json.dumps({"links": [{"id": pk, "path": path}]})
            for pk in ("word", "²", 10**30, -1, True, None, [], {}, 1e300, "9" * 5000)
            for path in (5, None, [], {"a": 1}, "\x00\ud800", "x" * 10_000)
        ),
        '{"links": [{"id": Infinity}, {"id": NaN}], "locale": "\\u0000"}',
    ],
    ids=lambda sent: sent[:40],
)
def test_no_json_makes_the_endpoint_of_the_editor_fail(sent: str, admin_client: Client) -> None:
    url = reverse("careers_shared_link_chooser:resolve")
    body = sent.encode("utf-8", "surrogatepass")
    response = admin_client.post(url, body, content_type="application/json")
    assert response.status_code in (200, 400)
