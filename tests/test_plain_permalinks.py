"""Plain permalinks: a query leads to a post only if it names one, and only to a live page."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from tests.factories import RolePageFactory
from wagtail_careers.plain_permalinks import id_in, middleware, redirect_on_a_page


@pytest.fixture
def post(index: Any) -> Any:
    page = RolePageFactory(parent=index, title="Porter")
    Redirect.objects.create(old_path="/blog?p=2", redirect_page_id=page.pk)
    Redirect.objects.create(old_path="/?p=2", redirect_page_id=page.pk)
    return page


@pytest.mark.parametrize(
    ("address", "post_id"),
    [
        ("/?p=12", "12"),
        ("/?utm_source=a&p=12&x", "12"),
        ("/blog/?page_id=12", "12"),
        ("/?p=x", ""),
        ("/?p=", ""),
        ("/?p=１２", ""),
        ("/?page=12", ""),
        ("/", ""),
        ("http://[?p=1", ""),
        (f"/?{'&'.join('p=1' for _ in range(200))}", ""),
    ],
)
def test_id(address: str, post_id: str) -> None:
    assert id_in(address) == post_id


@given(st.text())
def test_no_address_is_an_error(address: str) -> None:
    assert id_in(address).isdigit() or not id_in(address)


def respond(address: str, status: int = 404, method: str = "GET") -> Any:
    request = RequestFactory().generic(method, address)
    return middleware(lambda _request: HttpResponse(status=status))(request)


@pytest.mark.parametrize(
    ("address", "status", "method", "expected"),
    [
        ("/blog/?p=2&fbclid=x", 404, "GET", 301),
        ("/blog?fbclid=x&page_id=2", 404, "HEAD", 301),
        ("/blog/?p=2", 404, "POST", 404),
        ("/blog/?p=2", 200, "GET", 200),
        ("/blog/?p=3", 404, "GET", 404),
        ("/blog/", 404, "GET", 404),
        ("/%00/?p=2", 404, "GET", 404),
        ("/%ff/?p=2", 404, "GET", 404),
    ],
)
def test_only_what_is_not_found_is_looked_for(
    post: Any, address: str, status: int, method: str, expected: int
) -> None:
    response = respond(address, status, method)
    assert response.status_code == expected
    assert response.headers.get("Location", post.url) == post.url


def test_page_that_is_not_live_takes_nothing_over(post: Any) -> None:
    post.unpublish()
    assert respond("/blog/?p=2").status_code == 404


def test_redirect_of_the_site_goes_first(post: Any, index: Any) -> None:
    other = RolePageFactory(parent=index, title="Nurse")
    site = Site.objects.get()
    Redirect.objects.create(old_path="/blog?p=2", redirect_page_id=other.pk, site=site)
    assert respond("/blog/?p=2")["Location"] == other.url


@pytest.mark.parametrize(
    ("address", "queries"), [("/roles/", 0), ("/roles/?trait=calm", 0), ("/roles/?p=2", 1)]
)
def test_pages_pay_for_plain_permalinks_only(
    post: Any, index: Any, address: str, queries: int
) -> None:
    request = RequestFactory().get(address)
    Site.find_for_request(request)
    index.get_site()
    with CaptureQueriesContext(connection) as found:
        assert redirect_on_a_page(index, request, (), {}) is None
    assert len(found) == queries


def test_without_the_redirects_app_nothing_happens(
    post: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.apps import apps

    is_installed = apps.is_installed
    absent = "wagtail.contrib.redirects"
    monkeypatch.setattr(apps, "is_installed", lambda app: app != absent and is_installed(app))
    assert respond("/blog/?p=2").status_code == 404
