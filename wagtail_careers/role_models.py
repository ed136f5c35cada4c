"""The role page models of the site."""

from typing import Any

from django.apps import apps


def role_page_models() -> list[type[Any]]:
    """Return the installed models with ``RolePageMixin``.

    They are recognised by the mixin's attribute ``is_role_page``, because blocks, which call this
    function, are declared before the mixin.
    """
    return [model for model in apps.get_models() if getattr(model, "is_role_page", False)]
