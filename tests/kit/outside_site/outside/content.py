"""A site with one role page."""

from typing import Any

from wagtail.models import Locale, Page, Site

BODY = [
    ("heading", {"introduction": "<p>You help people to move around the hospital.</p>"}),
    ("person_spec", {"prose": "<p>You have <mark>patience</mark>.</p>"}),
    ("duties", {"prose": "<ul><li>meeting people</li><li>checking equipment</li></ul>"}),
]


def add_role() -> Any:
    """Add the site, from an empty database, and return its role page."""
    from wagtail_careers.pages.models import RoleIndexPage

    Locale.objects.get_or_create(language_code="en")
    root = Page.add_root(instance=Page(title="Root", slug="root"))
    index = root.add_child(instance=RoleIndexPage(title="Roles", slug="roles"))
    Site.objects.create(hostname="localhost", root_page=index, is_default_site=True)
    Site.clear_site_root_paths_cache()
    return add_below(index, "porter")


def add_below(index: Any, slug: str, **fields: Any) -> Any:
    """Add a role page below the index page."""
    from wagtail_careers.models import RoleCategory
    from wagtail_careers.pages.models import RolePage

    category, _created = RoleCategory.objects.get_or_create(name="Careers", slug="careers")
    role = RolePage(title=slug.title(), slug=slug, category=category, body=BODY, **fields)
    return index.add_child(instance=role)
