"""Faults that the walk excludes are those of plain blocks, forms and views of Wagtail."""

from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.blocks import CharBlock, ListBlock, StreamBlock
from wagtail.models import Page

from tests.bare.models import BarePage
from tests.benchmarks.forms import page_form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("block", [StreamBlock([("text", CharBlock())]), ListBlock(CharBlock())])
@pytest.mark.parametrize("data", [{}, {"x-count": "²"}, {"x-count": "1"}])
def test_block_reads_what_the_count_announces(block: Any, data: dict[str, str]) -> None:
    with pytest.raises((KeyError, ValueError)):
        block.value_from_datadict(data, {}, "x")


@pytest.mark.parametrize("key", ["²", "abc"])
def test_bulk_action_looks_for_any_key(key: str, admin: Client) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    with pytest.raises(ValueError, match="expected a number"):
        admin.get(url, {"id": key})


@pytest.fixture
def bare(site: None, db: None) -> BarePage:
    page = BarePage(title="Bare", slug="bare")
    Page.objects.get(depth=2).add_child(instance=page)
    page.save_revision()
    return page


def test_page_redirects_to_a_word(bare: BarePage, admin: Client) -> None:
    form = {**page_form(bare), "action-publish": "x", "next": "abc"}
    with pytest.raises(NoReverseMatch):
        admin.post(reverse("wagtailadmin_pages:edit", args=[bare.pk]), form)


def test_formset_reads_what_it_announces(bare: BarePage, admin: Client) -> None:
    form = {**page_form(bare), "comments-TOTAL_FORMS": "3", "comments-INITIAL_FORMS": "3"}
    with pytest.raises(KeyError):
        admin.post(reverse("wagtailadmin_pages:edit", args=[bare.pk]), form)
