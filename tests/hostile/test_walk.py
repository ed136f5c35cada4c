"""No view of the package answers hostile requests with a server error.

A fault of Wagtail's own, in a view or a form that a site without the package has as well, is
excluded by its place, with the reason. ``test_wagtails_own`` shows those that code of the package
leads to.
"""

import pytest
from django.test import Client

from tests.hostile.values import TEXTS
from tests.hostile.views import View, found_views
from tests.hostile.walk import Walk
from wagtail_careers.pages.models import RoleIndexPage, RolePage

pytestmark = [
    pytest.mark.django_db,
    # Wagtail sends notifications in a way that the newest Django advises against.
    pytest.mark.filterwarnings("ignore:get_connection"),
    pytest.mark.filterwarnings("ignore:Django 2028 will not have a default mailer"),
    pytest.mark.filterwarnings("ignore:.*received a naive datetime"),
]

GENERIC = "wagtail.admin.views.generic"
BULK = "wagtail.admin.views.bulk_action.base_bulk_action"
STREAM, LIST = "wagtail.blocks.stream_block", "wagtail.blocks.list_block"
CLUSTER = "modelcluster.forms"
NEXT = "redirects to a word in `next` as to the name of a view"
COUNT = "reads the number of blocks without checking it"
FORMSET = "reads the rows that the management form of a formset announces"
KEYS = "looks for keys without checking them"
#: The faults of Wagtail's own, by place.
WAGTAILS = {
    f"NoReverseMatch in {GENERIC}.models.post": NEXT,
    f"NoReverseMatch in {GENERIC}.workflow.post": NEXT,
    f"NoReverseMatch in {GENERIC}.workflow.dispatch": NEXT,
    f"NoReverseMatch in {BULK}.form_valid": NEXT,
    "NoReverseMatch in wagtail.admin.views.pages.create.redirect_away": NEXT,
    "NoReverseMatch in wagtail.admin.views.pages.edit.redirect_away": NEXT,
    f"ValueError in {BULK}.get_queryset": KEYS,
    f"OverflowError in {BULK}.get_queryset": KEYS,
    f"DataError in {BULK}.get_queryset": KEYS,
    f"ValueError in {GENERIC}.models.get_object": "takes any text for a key in one regular URL",
    f"OverflowError in {GENERIC}.base.filter_queryset": "filters histories by any number of a user",
    f"ValueError in {GENERIC}.mixins.overwrite_revision": KEYS,
    f"AttributeError in {GENERIC}.chooser.post": "has a view to create without a form for it",
    f"ValueError in {STREAM}.value_from_datadict": COUNT,
    f"MultiValueDictKeyError in {STREAM}.value_from_datadict": COUNT,
    f"AttributeError in {STREAM}.get_prep_value": "compares a stream with text of a hidden field",
    f"ValueError in {LIST}.value_from_datadict": COUNT,
    f"TypeError in {LIST}.value_from_datadict": COUNT,
    f"MultiValueDictKeyError in {LIST}.value_from_datadict": COUNT,
    f"MultiValueDictKeyError in {CLUSTER}._construct_form": FORMSET,
    f"ValidationError in {CLUSTER}._construct_form": FORMSET,
    "KeyError in wagtail.admin.panels.inline_panel.<lambda>": FORMSET,
}
VIEWS = found_views()
#: Some of each kind: a view that the finder no longer finds would not be walked.
KNOWN = {
    "careers_before_publication",
    "careers_link_health:ignore",
    "careers_plain_links:host",
    "careers_replacements",
    "careers_roles:index",
    "careers_shared_link_chooser:resolve",
    "careers_shared_links:replace",
    "careers_traits:edit",
    "wagtail_bulk_action wagtail_careers trait delete",
    "wagtail_bulk_action wagtailcore page publish",
    "wagtail_careers_imported_roles",
    "wagtailadmin_pages:add wagtail_careers_pages rolepage",
    "wagtailadmin_pages:edit wagtail_careers_pages.RolePage",
    "wagtailadmin_pages:workflow_action",
}


def test_views_are_found() -> None:
    names = {str(view) for view in VIEWS}
    assert names >= KNOWN
    assert len(names) == len(VIEWS) > 90


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_no_view_fails(view: View, admin: Client) -> None:
    walk = Walk(view, admin)
    assert walk.path, "The world has no record for this view. Add one to `world.build`."
    walk.run()
    faults = {place: fault for place, fault in walk.faults.items() if place not in WAGTAILS}
    assert not faults, "\n\n".join(f"{fault.request}\n{fault.trace}" for fault in faults.values())


@pytest.mark.parametrize("model", [RoleIndexPage, RolePage])
def test_no_page_fails(model: type, admin: Client) -> None:
    url = model.objects.live().first().url  # type: ignore[attr-defined]
    for text in TEXTS:
        query = dict.fromkeys(("q", "p", "page", "mode", "preview", "locale", text[:10]), text)
        assert admin.get(url, query).status_code == 200


def test_walk_finds_parameters_and_fields(admin: Client) -> None:
    """A walk that found none of them would prove nothing."""
    found = {str(view): Walk(view, admin) for view in VIEWS if str(view) in KNOWN}
    assert {"category", "trait", "q", "p"} <= set(found["careers_roles:index"].parameters)
    replace = found["careers_shared_links:replace"]
    assert {"new", "paths", "without_path"} <= set(replace.fields)
    role = found["wagtailadmin_pages:edit wagtail_careers_pages.RolePage"]
    assert {"title", "category", "body-count", "body-0-value-introduction"} <= set(role.fields)
