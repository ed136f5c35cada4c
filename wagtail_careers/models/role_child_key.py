"""The key of child objects that only role pages have."""

from typing import Any

from django.utils.functional import cached_property
from modelcluster.fields import (
    ChildObjectsDescriptor,
    ParentalKey,
    create_deferring_foreign_related_manager,
)

from wagtail_careers.role_models import role_page_models


class _RoleChildrenDescriptor(ChildObjectsDescriptor):
    """The accessor of the child objects of a page, which asks for none if it is no role."""

    @cached_property
    def child_object_manager_cls(self) -> Any:
        manager: Any = create_deferring_foreign_related_manager(self.rel, self.related_manager_cls)

        class RoleChildrenManager(manager):  # type: ignore[misc]
            def get_live_queryset(self) -> Any:
                if not _can_be_a_role(type(self.instance)):
                    return self.model._default_manager.none()
                return super().get_live_queryset()

            def commit(self) -> None:
                if _can_be_a_role(type(self.instance)) or self.get_object_list():
                    super().commit()

        return RoleChildrenManager


class RoleChildKey(ParentalKey):
    """A ``ParentalKey`` to the page model whose objects cost other pages no queries.

    The key points at the model of all pages, so that it serves any role page model. Wagtail
    reads and writes the child objects of a page several times when it is saved.
    """

    related_accessor_class = _RoleChildrenDescriptor

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Freeze as modelcluster's class, so that migrations do not depend on this module."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "modelcluster.fields.ParentalKey", args, kwargs


def _can_be_a_role(model: type[Any]) -> bool:
    """Return whether an instance of ``model`` can be a role, perhaps of a model below it."""
    return any(issubclass(role, model) or issubclass(model, role) for role in role_page_models())
