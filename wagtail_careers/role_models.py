"""The page models of this site that are role pages."""

from typing import Any

from django.apps import apps


def role_page_models() -> list[type[Any]]:
    """The installed models with ``RolePageMixin``, which marks them with ``is_role_page``.

    The mark, rather than the class, because blocks are declared before models are.
    """
    return [model for model in apps.get_models() if getattr(model, "is_role_page", False)]
