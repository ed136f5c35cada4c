"""A shared link: one external destination, managed once and used on many pages."""

import logging
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import (
    DraftStateMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from wagtail_careers.choices import Purpose
from wagtail_careers.models.fields import DestinationKeyField, HTTPSURLField
from wagtail_careers.models.link_addresses import SharedLinkQuerySet
from wagtail_careers.models.names import refuse_wordless
from wagtail_careers.safe_url import (
    MAX_DESTINATION_KEY,
    clean_base_url,
    destination_key,
    join_url,
    web_address,
)

logger = logging.getLogger(__name__)

#: The code of the error for an address that another link has. Its ``params`` contain the ``link``.
TAKEN = "taken"


class SharedLink(
    WorkflowMixin,
    DraftStateMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """One external destination. There is one record for each destination and language."""

    name = models.CharField(
        _("name"),
        max_length=255,
        help_text=_("The name shown to readers, for example “NHS Jobs”."),
    )
    base_url = HTTPSURLField(
        _("address"),
        max_length=500,
        help_text=_(
            "The address of the site or of its careers section, for example "
            "“https://www.jobs.nhs.uk/”. A page can add a path to it."
        ),
    )
    destination_key = DestinationKeyField(
        max_length=MAX_DESTINATION_KEY, editable=False, db_index=True, default=""
    )
    purpose = models.CharField(
        _("purpose"),
        max_length=20,
        choices=Purpose.choices,
        default=Purpose.INFORMATION,
        help_text=_("What readers can do there. Lists of links show it."),
    )
    organisation = models.CharField(
        _("organisation"),
        max_length=255,
        blank=True,
        help_text=_(
            "Optional. Enter the organisation that runs the site, if the name does not make it "
            "clear."
        ),
    )
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_(
            "Optional. Describe the site in one sentence, for example “Search for NHS jobs in "
            "England and Wales.”"
        ),
    )

    #: The link that replaced this one. A link with a successor is retired.
    successor = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="predecessors",
    )
    # A retired link does not count as a use of its successor.
    successor.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    objects = SharedLinkQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            # A draft needs its address, which no other link can have.
            [FieldPanel("name"), FieldPanel("base_url", required_on_save=True)],
            heading=_("Link"),
        ),
        MultiFieldPanel(
            [FieldPanel("purpose"), FieldPanel("organisation"), FieldPanel("description")],
            heading=_("Purpose and description"),
        ),
        PublishingPanel(),
    ]

    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("organisation"),
        index.SearchField("description"),
        index.SearchField("base_url"),
        index.AutocompleteField("name"),
        index.AutocompleteField("organisation"),
        index.AutocompleteField("base_url"),
        index.FilterField("purpose"),
        index.FilterField("live"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("shared link")
        verbose_name_plural = _("shared links")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["base_url", "locale"],
                name="wagtail_careers_one_link_per_address",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the link. A live one counts as published, even if other code made it live."""
        if self.live and self.first_published_at is None:
            self.first_published_at = timezone.now()
            if kwargs.get("update_fields"):
                kwargs["update_fields"] = {*kwargs["update_fields"], "first_published_at"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        refuse_wordless("name", self.name)
        if not self.base_url:
            return
        try:
            self.base_url = clean_base_url(self.base_url)
            # Cleaning can lengthen an address. The field has checked what was entered.
            self._meta.get_field("base_url").run_validators(self.base_url)  # type: ignore[union-attr]
        except ValidationError as error:
            raise ValidationError({"base_url": error}) from error
        # Forms have no locale field, so Django does not check the constraint.
        if taken := self._taken_by() or self._taken_by_draft():
            message = _(
                "The shared link “%(name)s” already has this address. Use that link instead."
            )
            params = {"name": taken.name, "link": taken}
            raise ValidationError({"base_url": ValidationError(message, TAKEN, params)})

    def _others(self) -> "models.QuerySet[SharedLink]":
        """Return the other links in the same language."""
        # A new link gets its locale when it is saved.
        locale = self.locale_id or self.get_default_locale().pk
        return SharedLink.objects.filter(locale=locale).exclude(pk=self.pk)

    def _taken_by(self) -> "SharedLink | None":
        """Return another link of this destination, if there is one.

        A link that had this destination before may keep it, next to the other link. Links of one
        destination could be created in former versions, and they stay editable.
        """
        if self._keeps_destination():
            return self._others().filter(base_url=self.base_url).first()
        return self._others().filter(destination_key=destination_key(self.base_url)).first()

    def _taken_by_draft(self) -> "SharedLink | None":
        """Return another link of this destination in a draft, unless this link already has it."""
        if self._keeps_destination():
            return None
        drafts = self._others().filter(has_unpublished_changes=True)
        addresses = drafts.values_list("pk", "latest_revision__content__base_url")
        key = destination_key(self.base_url)
        pks = [pk for pk, address in addresses if address and destination_key(address) == key]
        return SharedLink.objects.filter(pk__in=pks).first()

    def _keeps_destination(self) -> bool:
        key = destination_key(self.base_url)
        return SharedLink.objects.filter(pk=self.pk, destination_key=key).exists()

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """Publish a version, unless another link has taken its address since it was saved.

        Scheduled and approved versions are published long after the form was validated. An error
        here would stop ``publish_scheduled`` for everything after it, so it is logged.
        """
        version = revision.as_object()
        if taken := version._taken_by():
            logger.error(
                "“%s” (%s) was not published: “%s” (%s) already has the address %s.",
                *(version, version.pk, taken, taken.pk, version.base_url),
            )
            return
        super().publish(revision, *args, **kwargs)

    @property
    def href(self) -> str:
        """The address to link to; empty if it is not a web address, whatever it is."""
        return web_address(self.base_url)

    def href_for(self, deep_path: str | None) -> str:
        """Return the address to link to with ``deep_path`` added; empty as ``href``."""
        return web_address(self.url_for(deep_path))

    def url_for(self, deep_path: str | None) -> str:
        """Return the address with ``deep_path`` added.

        A path that would leave the site is left out, and so is one for which the link has no
        address to add it to. No form accepts either, but other code could store them.
        """
        base_url: str = self.base_url
        try:
            return join_url(base_url, deep_path or "")
        except (ValidationError, ValueError):
            return base_url

    @property
    def chain(self) -> "list[SharedLink]":
        """This link, its successor, the successor of that, and so on."""
        links, seen = [self], {self.pk}
        while (successor := links[-1].successor) is not None and successor.pk not in seen:
            links.append(successor)
            seen.add(successor.pk)
        return links

    @property
    def current(self) -> "SharedLink":
        """The link to use: this one, or the last in its chain of replacements."""
        return self.chain[-1]

    def with_content_json(self, content: Any) -> "SharedLink":
        """Return a version of the link, with its current successor even if the version is older."""
        version: SharedLink = super().with_content_json(content)
        version.successor_id = self.successor_id
        return version

    @property
    def purpose_label(self) -> str:
        """The purpose in words. Django's own method would translate all purposes to find one."""
        return str(Purpose(self.purpose).label)

    @property
    def host(self) -> str:
        """The site's host name without ``www.``, which shows readers where the link goes."""
        return urlsplit(self.href).netloc.removeprefix("www.")

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "wagtail_careers/shared_link_preview.html"
