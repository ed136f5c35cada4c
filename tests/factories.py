"""Factories of the package's records, and short forms of a body's raw data."""

import uuid
from typing import Any

import factory
import wagtail_factories
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from wagtail_careers.models import LinkUse, RoleCategory, SharedLink, Trait
from wagtail_careers.pages.models import RoleIndexPage, RolePage

#: The sections that a new page has, in order, and their default titles.
SECTIONS = (
    "heading",
    "person_spec",
    "duties",
    "training",
    "application_links",
    "progression",
)
DEFAULT_TITLES = {
    "person_spec": "What sort of person would I need to be?",
    "duties": "What would I be doing?",
    "training": "What training would I get?",
    "application_links": "How do I apply?",
    "progression": "Where could this role lead?",
}


class RoleCategoryFactory(DjangoModelFactory):
    class Meta:
        model = RoleCategory

    name = factory.Sequence("Category {}".format)
    slug = factory.Sequence("category-{}".format)


class SharedLinkFactory(DjangoModelFactory):
    class Meta:
        model = SharedLink

    name = factory.Sequence("Link {}".format)
    base_url = factory.Sequence("https://link{}.example/".format)
    locale = factory.LazyFunction(Locale.get_default)


class TraitFactory(DjangoModelFactory):
    class Meta:
        model = Trait

    name = factory.Sequence("Trait {}".format)


class RoleIndexPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = RoleIndexPage

    title = "Roles"


class RolePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = RolePage

    title = factory.Sequence("Role {}".format)
    category = factory.SubFactory(RoleCategoryFactory)


def child(block_type: str, value: dict[str, Any]) -> dict[str, Any]:
    """One block of raw stream or list data."""
    return {"type": block_type, "value": value, "id": str(uuid.uuid4())}


def link_item(
    link: SharedLink | int, path: str = "", note: str = "", text: str = ""
) -> dict[str, Any]:
    pk = link if isinstance(link, int) else link.pk
    return child("item", {"shared_link": pk, "path": path, "text": text, "note": note})


def step_item(
    title: str = "", page: Any = None, relation: str = "next", note: str = ""
) -> dict[str, Any]:
    pk = page if page is None or isinstance(page, int) else page.pk
    return child("item", {"title": title, "page": pk, "relation": relation, "note": note})


def lose(*links: SharedLink) -> None:
    """Delete links that are in use, which the model refuses: as a restored backup would."""
    pks = [link.pk for link in links]
    LinkUse.objects.filter(shared_link__in=pks).delete()
    lost = SharedLink.objects.filter(pk__in=pks)
    lost._raw_delete(lost.db)


def shared_link_html(link: SharedLink | int, text: str, path: str = "") -> str:
    pk = link if isinstance(link, int) else link.pk
    path_attr = f' path="{path}"' if path else ""
    return f'<a linktype="shared-link" id="{pk}"{path_attr}>{text}</a>'


def body(**sections: Any) -> list[dict[str, Any]]:
    """The six sections as raw data; a section given by name replaces the plain one.

    A string is the prose (the introduction, for ``heading``); a dictionary is merged into
    the section; None leaves the section out.
    """
    children = []
    for name in (*SECTIONS, "text"):
        if name == "text" and name not in sections:
            continue
        given = sections.get(name, f"<p>Words on {name}.</p>")
        if given is None:
            continue
        key = "introduction" if name == "heading" else "prose"
        plain = {key: f"<p>Words on {name}.</p>"}
        if name != "heading":
            plain["title"] = f"Title of {name}"
        if name == "application_links":
            plain["links"] = []
        if name == "progression":
            plain["steps"] = []
        children.append(child(name, plain | ({key: given} if isinstance(given, str) else given)))
    return children
