"""What the lists of the admin have in common: the names of sections and of lists of roles."""

from typing import Any

from wagtail_careers.blocks.registry import site_sections
from wagtail_careers.role_models import role_page_models


def section_labels() -> dict[str, Any]:
    """Return the labels of all sections that the site's role pages can have, by name."""
    return {name: section.label for name, section in site_sections().items()}


def listing_names() -> dict[type[Any], str]:
    """Return the URL namespaces of the lists of roles, by page model.

    The first one is ``careers_roles``.
    """
    return {
        model: f"careers_roles_{model._meta.label_lower}" if number else "careers_roles"
        for number, model in enumerate(role_page_models())
    }
