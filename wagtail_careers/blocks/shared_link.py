"""One link of a list: a shared link, with the deep path and the note that the page adds."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from wagtail_careers.blocks.chooser import BulkChooserMixin
from wagtail_careers.blocks.comparison import StructComparison
from wagtail_careers.blocks.line import LineBlock, TitleBlock
from wagtail_careers.blocks.wording import WordlessStructBlock
from wagtail_careers.rich_text.targets import Ids, parse_path, targets_of
from wagtail_careers.safe_url import MAX_DEEP_PATH, clean_deep_path, full_address, path_below


class SharedLinkChooserBlock(BulkChooserMixin, SnippetChooserBlock):
    """A chooser of a shared link, which needs no query while a body is rendered."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("target_model", None)
        super().__init__("wagtail_careers.SharedLink", **kwargs)

    @cached_property
    def widget(self) -> Any:
        from wagtail_careers.blocks.shared_link_widget import SharedLinkChooser

        # Wagtail's own, which also sets the icon of the block.
        icon = super().widget.icon
        return SharedLinkChooser(self.target_model, icon=icon)

    @cached_property
    def field(self) -> Any:
        field = super().field
        field.error_messages["required"] = _(
            "Application links: choose a shared link, or delete the entry."
        )
        return field

    def find(self, pks: frozenset[int]) -> Mapping[int, Any]:
        return targets_of(Ids(shared_links=pks)).shared_links

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Freeze as Wagtail's class, so that migrations do not depend on this module."""
        _path, _args, kwargs = super().deconstruct()
        return (
            "wagtail.snippets.blocks.SnippetChooserBlock",
            ("wagtail_careers.SharedLink",),
            kwargs,
        )


class DeepPathBlock(CharBlock):
    """The part of an address that a page adds to a shared link (see ``clean_deep_path``)."""

    def to_python(self, value: Any) -> str:
        return parse_path(value)

    def clean(self, value: str | None) -> str:
        text = super().clean(value or "")
        if full_address(text):
            raise ValidationError(
                _(
                    "No shared link has this address. Paste it into the search of the shared link "
                    "above, where you can create one."
                )
            )
        return clean_deep_path(text)

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Return nothing for translators: a path is no text. A hook of wagtail-localize."""
        return []

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Freeze as Wagtail's class, so that migrations do not depend on this module."""
        _path, _args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", (), kwargs


class LinkValue(StructValue):
    """A shared link, with the deep path and the note that one page adds."""

    @cached_property
    def live_link(self) -> Any:
        """The shared link in the reader's language, or None if there is none that is live."""
        link = self["shared_link"]
        if link is None or link.pk is None:
            return link  # The preview of the block shows a link that is not saved.
        ids = Ids(shared_links=frozenset({link.pk}))
        return targets_of(ids).live_shared_link(link.pk)

    @property
    def link(self) -> Any:
        """The shared link to show: the live one, or else the chosen one if it was ever live.

        None for a link that was never published, because its name may not be final.
        """
        chosen = self["shared_link"]
        return self.live_link or (chosen if chosen and chosen.first_published_at else None)

    @property
    def name(self) -> str:
        """The name of the entry as readers see it: its own text, or else that of the link."""
        return str(self["text"] or (self.link.name if self.link else ""))

    @property
    def explanation(self) -> str:
        """The note of the entry, or else the description of the live link."""
        return str(self["note"] or (self.live_link.description if self.live_link else ""))

    @property
    def is_visible(self) -> bool:
        """Return whether readers see the entry. The note of a deleted link stays."""
        return bool(self.link or (self["note"] and not self["shared_link"]))

    @property
    def url(self) -> str:
        """The address to link to; empty if the link is not live or is shown as dead."""
        return "" if self.is_dead else self._address

    @property
    def is_dead(self) -> bool:
        """Return whether the link is dead, on a site with ``SHOW_DEAD_LINKS``."""
        link = self.live_link
        if link is None or link.pk is None:
            return False
        ids = Ids(shared_links=frozenset({self["shared_link"].pk}))
        return self._address in targets_of(ids).dead_urls

    @property
    def _address(self) -> str:
        link = self.live_link
        return link.href_for(self["path"]) if link else ""


class LinkBlock(WordlessStructBlock):
    """One entry of the list of links: a shared link, an optional deep path, a note."""

    shared_link = SharedLinkChooserBlock(
        label=_("Shared link"),
        help_text=_("Choose a link. To change its address, open Shared links in the Careers menu."),
    )
    path = DeepPathBlock(
        required=False,
        max_length=MAX_DEEP_PATH,
        label=_("Page on that site"),
        help_text=_(
            "Optional. Enter the part of the address after the link’s own address, for example "
            "“explore-roles/nursing”."
        ),
    )
    text = TitleBlock(
        required=False,
        max_length=255,
        label=_("Link text"),
        help_text=_(
            "Optional. Enter where the link leads, for example “Porter jobs on NHS Jobs”. Leave "
            "empty to use the name of the shared link."
        ),
    )
    note = LineBlock(
        required=False,
        max_length=255,
        label=_("Note"),
        help_text=_(
            "Optional. Enter what readers find there, for example “Part-time jobs near you”."
        ),
    )

    def get_comparison_class(self) -> Any:
        return StructComparison

    def clean(self, value: Any) -> Any:
        value = super().clean(self._taken_apart(value))
        if value["path"] and not (value["text"] or value["note"] or self.is_deferred_validation):
            # The name of the link alone would say that it leads to the start of that site.
            message = _(
                "This link leads to a page of “%(name)s”. Enter a text that says which page."
            )
            error = ValidationError(message, params={"name": value["shared_link"].name})
            raise StructBlockValidationError({"text": error})
        return value

    def _taken_apart(self, value: Any) -> Any:
        """Return the value with a deep path, if a full address was entered instead of one.

        The address of another shared link's site chooses that link.
        """
        link, text = value["shared_link"], value["path"] or ""
        address = full_address(text)
        if not address:
            return value
        path = path_below(link.base_url, address) if link else None
        if path is None:
            links = self.child_blocks["shared_link"].target_model.objects
            in_language = links.filter(locale=link.locale_id) if link else links.all()
            found = in_language.find([address]).get(address)
            if found is None:
                return value
            link, path = found.link, found.path
        return self.meta.value_class(self, {**value, "shared_link": link, "path": path})

    class Meta:
        icon = "link-external"
        label = _("Link")
        value_class = LinkValue
