"""One link of a list: a shared link with what this page adds to it."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, StructValue
from wagtail.snippets.blocks import SnippetChooserBlock

from wagtail_careers.rich_text.targets import Ids, targets_of
from wagtail_careers.safe_url import MAX_DEEP_PATH, clean_deep_path


class SharedLinkChooserBlock(SnippetChooserBlock):
    """Chooses a shared link; within a body that is being rendered it costs no query."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("target_model", None)
        super().__init__("wagtail_careers.SharedLink", **kwargs)

    @cached_property
    def field(self) -> Any:
        field = super().field
        field.error_messages["required"] = _(
            "Application links: choose a shared link, or remove the entry."
        )
        return field

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        pks = frozenset(pk for pk in values if pk is not None)
        found = targets_of(Ids(shared_links=pks)).shared_links
        return [found.get(pk) if pk is not None else None for pk in values]

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Freeze as Wagtail's class, so that migrations do not depend on this module."""
        _path, _args, kwargs = super().deconstruct()
        return (
            "wagtail.snippets.blocks.SnippetChooserBlock",
            ("wagtail_careers.SharedLink",),
            kwargs,
        )


class DeepPathBlock(CharBlock):
    """The part of an address that is added to a shared link's own (see ``clean_deep_path``)."""

    def clean(self, value: str | None) -> str:
        return clean_deep_path(super().clean(value or ""))

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Freeze as Wagtail's class, so that migrations do not depend on this module."""
        _path, _args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", (), kwargs


class LinkValue(StructValue):
    """A shared link with what one page adds to it."""

    @cached_property
    def live_link(self) -> Any:
        """The shared link, or None when it was deleted, unpublished or never chosen."""
        link = self["shared_link"]
        if link is None or link.pk is None:
            return link  # The block's preview shows a link that was never saved.
        ids = Ids(shared_links=frozenset({link.pk}))
        return targets_of(ids).live_shared_link(link.pk)

    @property
    def link(self) -> Any:
        """The shared link to show: the live one, else the one that was chosen."""
        return self.live_link or self["shared_link"]

    @property
    def url(self) -> str:
        """Where readers are sent; empty where they should not be."""
        return "" if self.is_dead else self._address

    @property
    def is_dead(self) -> bool:
        """Whether the site says of dead links that they do not work, and this is one."""
        link = self.live_link
        if link is None or link.pk is None:
            return False
        ids = Ids(shared_links=frozenset({self["shared_link"].pk}))
        return self._address in targets_of(ids).dead_urls

    @property
    def _address(self) -> str:
        link = self.live_link
        return link.url_for(self["path"]) if link else ""


class LinkBlock(StructBlock):
    """One entry of the list of links: a shared link, an optional deep path, a note."""

    shared_link = SharedLinkChooserBlock(
        label=_("Shared link"),
        help_text=_("One record for each site. Its address is managed in Careers, Shared links."),
    )
    path = DeepPathBlock(
        required=False,
        max_length=MAX_DEEP_PATH,
        label=_("Page on that site"),
        help_text=_(
            "Optional: what comes after the link’s own address, such as “explore-roles/nursing”."
        ),
    )
    note = CharBlock(
        required=False,
        max_length=255,
        label=_("Note"),
        help_text=_("Optional: what readers of this role find there."),
    )

    class Meta:
        icon = "link-external"
        label = _("Link")
        label_format = "{shared_link}"
        value_class = LinkValue
