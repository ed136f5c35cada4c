from typing import Any

import pytest
from wagtail.models import Locale

from tests.factories import SharedLinkFactory
from wagtail_careers.links.addresses import Found, find_links


def find(address: str, locale: Any = None) -> Found | None:
    return find_links([address], locale).get(address)


@pytest.mark.parametrize(
    ("address", "base_url", "path"),
    [
        ("https://www.jobs.example/xi/search?q=a&b=c", "https://jobs.example/xi", "search?q=a&b=c"),
        ("http://jobs.example/xi/", "https://jobs.example/xi", ""),
        ("https://jobs.example/xii", "https://jobs.example/", "xii"),
        ("https://jobs.example/?from=us&q=a", "https://jobs.example/?from=us", "?q=a"),
        ("https://jobs.example/xi?from=us", "https://jobs.example/xi", "?from=us"),
        ("https://xn--bcher-kva.example/a", "https://bücher.example/", "a"),
    ],
)
def test_longest_base_wins(db: None, address: str, base_url: str, path: str) -> None:
    for url in (
        "https://jobs.example/",
        "https://jobs.example/?from=us",
        "https://jobs.example/xi",
        "https://bücher.example/",
        "https://other.example/",
    ):
        SharedLinkFactory(base_url=url)
    found = find(address)
    assert found is not None
    assert (found.link.base_url, found.path) == (base_url, path)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jobs",
        "mailto:a@jobs.example",
        "javascript:alert(1)",
        "https://other.example/",
        "https://jobs.example.evil.example/",
        "https://jobs.example:8000/",
        "https://jobs.example/../x",
        "https://user@jobs.example/",
        f"https://jobs.example/{'x' * 501}",
    ],
)
def test_other_texts_have_no_link(db: None, address: str) -> None:
    SharedLinkFactory(base_url="https://jobs.example/")
    assert find(address) is None


def test_link_that_was_replaced_gives_its_successor(db: None) -> None:
    new = SharedLinkFactory()
    newer = SharedLinkFactory()
    SharedLinkFactory(base_url="https://old.example/", successor=new)
    assert find("https://old.example/a") == Found(new, "a")
    new.successor = newer
    new.save()
    assert find("https://old.example/a") == Found(newer, "a")


def test_link_in_use_comes_before_a_double_that_was_replaced(db: None) -> None:
    new = SharedLinkFactory()
    SharedLinkFactory(base_url="http://jobs.example/", successor=new)
    kept = SharedLinkFactory(base_url="https://jobs.example/")
    assert find("https://jobs.example/a") == Found(kept, "a")


def test_language_can_be_chosen(db: None) -> None:
    french = Locale.objects.create(language_code="fr")
    german = Locale.objects.create(language_code="de")
    english = SharedLinkFactory(base_url="https://jobs.example/")
    translated = SharedLinkFactory(base_url="https://jobs.example/", locale=french)
    assert find("https://jobs.example/a", french) == Found(translated, "a")
    assert find("https://jobs.example/a", german) is None
    assert find("https://jobs.example/a") == Found(english, "a")


def test_many_addresses_cost_one_query(db: None, django_assert_num_queries: Any) -> None:
    links = SharedLinkFactory.create_batch(20)
    with django_assert_num_queries(1):
        found = find_links([f"{link.base_url}a/b/{link.pk}" for link in links] + ["x"])
    assert [each.link for each in found.values()] == links


def test_link_is_found_by_its_address_after_a_change(db: None) -> None:
    link = SharedLinkFactory(base_url="https://old.example/")
    link.base_url = "https://new.example/"
    link.save()
    assert find("https://old.example/a") is None
    assert find("https://new.example/a") == Found(link, "a")
