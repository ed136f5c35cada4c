"""The links and the text that explain how to apply for a role."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from wagtail_careers.blocks.prose import ProseBlock
from wagtail_careers.blocks.sections.base import SectionBlock, SectionValue
from wagtail_careers.blocks.shared_link import LinkBlock, SharedLinkChooserBlock
from wagtail_careers.choices import Purpose
from wagtail_careers.text import has_text


def _preview_value() -> dict[str, Any]:
    shared_link = SharedLinkChooserBlock().target_model(
        name=gettext("Job vacancies"),
        base_url="https://jobs.example/",
        purpose=Purpose.VACANCIES,
        organisation=gettext("Example organisation"),
    )
    return {
        "title": _("How do I apply?"),
        "prose": _("<p>We advertise vacancies every week.</p>"),
        "links": [
            {
                "shared_link": shared_link,
                "path": "porter",
                "text": "",
                "note": _("Search for “porter”."),
            }
        ],
    }


class ApplicationLinksValue(SectionValue):
    """A section about how to apply, with the links that readers see."""

    @property
    def shown_links(self) -> list[Any]:
        """The entries that readers see, in order: a link that was never published is left out."""
        return [entry for entry in self["links"] if entry.is_visible]


class ApplicationLinksBlock(SectionBlock):
    """A section about how to apply: prose, and a list of shared links."""

    prose = ProseBlock(
        required=False,
        label=_("Text"),
        help_text=_("Explain how to apply or find out more. You can use shared links in the text."),
    )
    links = ListBlock(
        LinkBlock(),
        default=[],
        label=_("Links"),
        help_text=_("Add the sites that readers should visit next, the most useful first."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation or has_text(value["prose"].source) or value["links"]:
            return value
        raise StructBlockValidationError(
            {
                "prose": ValidationError(
                    _("Application links: enter text, add a link, or remove this section.")
                )
            }
        )

    class Meta:
        icon = "link-external"
        label = _("Application links")
        description = _("How to apply, with links to other sites.")
        template = "wagtail_careers/blocks/application_links.html"
        value_class = ApplicationLinksValue
        default_title = _("How do I apply?")
        import_phrases = (
            "I am interested in this role what do I do",
            "I am interested in this role how do I apply",
            "interested",
            "are you interested",
            "how do I apply",
            "how to apply",
            "how can I apply",
            "where do I apply",
            "apply",
            "apply now",
            "applying",
            "applications",
            "how do I find vacancies",
            "where are vacancies advertised",
            "current vacancies",
            "find out more",
            "how do I find out more",
            "where can I find more information",
            "further information",
            "more information",
            "useful links",
            "comment postuler",
            "postuler",
            "Bewerbung",
            "so bewirbst du dich",
            "jetzt bewerben",
            "cómo solicitar",
            "cómo presentar la solicitud",
        )
        # Static, because Wagtail calls it without an argument.
        preview_value = staticmethod(_preview_value)
