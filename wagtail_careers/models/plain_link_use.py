"""The addresses that the newest versions of pages link to without a shared link."""

import swapper
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_careers.models.fields import DigestField

#: A host name of 253 characters (RFC 1035), and a port.
MAX_HOST = 260


class PlainLinkUse(models.Model):
    """An address to which the newest version of a page has plain links.

    Derived data, written by ``wagtail_careers.links.recording``.
    """

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="plain_link_uses",
    )
    #: The host of the address without ``www.``, and with the port unless it is the default.
    host = models.CharField(_("host"), max_length=MAX_HOST, db_index=True)
    address = models.TextField(_("address"))
    #: A fixed length for the unique constraint, which an address can be too long for.
    address_hash = DigestField(of="address")
    number = models.PositiveIntegerField(_("number of links"))

    class Meta:
        verbose_name = _("plain link")
        verbose_name_plural = _("plain links")
        ordering = ["host", "address"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "address_hash"], name="wagtail_careers_one_plain_link_use"
            )
        ]

    def __str__(self) -> str:
        return self.address
