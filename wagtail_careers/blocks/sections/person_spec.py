"""The person spec of a role page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_careers.blocks.prose import ProseBlock
from wagtail_careers.blocks.sections.base import SectionBlock, SectionValue
from wagtail_careers.rich_text.traits import trait_phrases


class PersonSpecValue(SectionValue):
    """A person spec, with its traits."""

    @property
    def traits(self) -> tuple[str, ...]:
        """The highlighted phrases, in order, each once."""
        return trait_phrases(self["prose"].source)


class PersonSpecBlock(SectionBlock):
    """The kind of person that the role asks for, with the traits highlighted."""

    prose = ProseBlock(
        label=_("Text"),
        help_text=_(
            "Describe the kind of person who suits the role. To highlight a trait, select it, for "
            "example “patience”, and press the Trait button or Ctrl+Shift+H (⌘+Shift+H). Readers "
            "also see a list of the traits."
        ),
        missing=_(
            "Person spec: describe the kind of person who suits the role, or remove this section."
        ),
    )

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_context(value, parent_context=parent_context)
        # The preview of the block shows it without a page.
        context.setdefault("careers_traits", value.traits)
        return context

    class Meta:
        icon = "user"
        label = _("Person spec")
        description = _("The kind of person who suits the role, with traits highlighted.")
        template = "wagtail_careers/blocks/person_spec.html"
        value_class = PersonSpecValue
        default_title = _("What sort of person would I need to be?")
        bold_is_trait = True
        lists_traits = True
        import_phrases = (
            "what sort of person would I need to be",
            "what sort of person would you be",
            "what kind of person are you",
            "what type of person suits this role",
            "who are we looking for",
            "who is this role for",
            "who would suit this role",
            "is this role for me",
            "is it right for me",
            "about you",
            "the ideal candidate",
            "the right person",
            "person specification",
            "personal qualities",
            "personal attributes",
            "personal characteristics",
            "what qualities do I need",
            "what skills do I need",
            "skills and qualities",
            "skills and attributes",
            "skills and experience",
            "skills required",
            "essential skills",
            "key skills",
            "skills",
            "requirements",
            "entry requirements",
            "quel profil",
            "votre profil",
            "qualités requises",
            "dein Profil",
            "Ihr Profil",
            "das bringst du mit",
            "das bringen Sie mit",
            "Anforderungen",
            "qué perfil buscamos",
            "tu perfil",
            "requisitos",
        )
        preview_value = {
            "title": _("What sort of person would I need to be?"),
            "prose": _("<p>You show <mark>patience</mark> and enjoy <mark>teamwork</mark>.</p>"),
        }
