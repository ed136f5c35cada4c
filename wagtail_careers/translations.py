"""The translation of a role page: a copy of it in another language."""

from typing import Any

from wagtail.signals import copy_for_translation_done

from wagtail_careers.models import RolePageMixin


def _on_copy(sender: Any, target_obj: Any, **kwargs: Any) -> None:
    """Give the copy the category in its own language, if the category is translated.

    Wagtail copies the foreign key as it is. An alias keeps the category of its source page, with
    which Wagtail synchronises it.
    """
    if not isinstance(target_obj, RolePageMixin) or getattr(target_obj, "alias_of_id", None):
        return
    category = target_obj.shown_category
    if category is None or category.pk == target_obj.category_id:
        return
    target_obj.category = category
    copy: Any = target_obj
    # Not validated, because an incomplete draft can be copied too.
    copy.save(update_fields=["category"], clean=False)
    revision = copy.latest_revision
    revision.content["category"] = category.pk
    revision.save(update_fields=["content"])


def connect() -> None:
    """Connect to the signal of a copy. Called once, when the app is ready."""
    copy_for_translation_done.connect(_on_copy, dispatch_uid="wagtail_careers.translations")
