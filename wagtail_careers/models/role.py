"""Role pages and their index pages: the mixins, the abstract pages, and alternative titles."""

from collections.abc import Mapping
from copy import copy
from typing import Any

import swapper
from django import forms
from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.models import Orderable, Page
from wagtail.search import index

from wagtail_careers.blocks.body import RoleBodyBlock, default_body
from wagtail_careers.models.category import RoleCategory, shown_categories
from wagtail_careers.models.frame import frame_context
from wagtail_careers.models.panels import BodyPanel, CategoryPanel
from wagtail_careers.models.prose_field import ProseField
from wagtail_careers.models.role_child_key import RoleChildKey
from wagtail_careers.models.role_form import RolePageForm, TitledPageForm
from wagtail_careers.models.surroundings import SurroundingsMixin
from wagtail_careers.models.trait import RoleTrait
from wagtail_careers.models.wordless_fields import WordlessForeignKey, WordlessStreamField
from wagtail_careers.rich_text import INLINE_FEATURES
from wagtail_careers.role_models import role_page_models
from wagtail_careers.text import has_words, sort_key, summary


class AlternativeTitle(Orderable):
    """Another title of a role: its name elsewhere, or a title that people search for."""

    page = RoleChildKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="role_alternative_titles",
    )
    title = models.CharField(_("title"), max_length=255)

    class Meta(Orderable.Meta):
        verbose_name = _("alternative title")
        verbose_name_plural = _("alternative titles")

    def __str__(self) -> str:
        return self.title


class IndexedOnce(index.SearchField):
    """A search field whose text is made once for each indexed copy of a page.

    Search backends ask for it when they collect the titles, the texts and the completions.
    """

    def get_value(self, obj: Any) -> Any:
        texts = obj.__dict__.get("_texts_to_index")
        if texts is None:
            return super().get_value(obj)
        if self.field_name not in texts:
            texts[self.field_name] = super().get_value(obj)
        return texts[self.field_name]


class RolePageMixin(SurroundingsMixin):
    """The fields and methods of a role page, for a page model that exists already.

    Put it before the page class. Add ``role_panels`` to the model's ``content_panels`` and
    ``role_search_fields`` to its ``search_fields``.
    """

    category = WordlessForeignKey(
        RoleCategory,
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("The kind of role, for example “Apprenticeships”."),
    )
    body = WordlessStreamField(
        RoleBodyBlock(),
        default=default_body,
        verbose_name=_("sections"),
        help_text=_("Drag the sections into order. The heading must be first."),
    )
    #: Derived from the published body, so that lists of roles need not load the body.
    summary = models.TextField(editable=False, blank=True, default="")

    is_role_page = True
    #: Wagtail would index a published role before its derived rows, which are indexed after it.
    search_auto_update = False
    base_form_class = RolePageForm

    role_panels = [
        # The list is short, so a select is quicker to use than a chooser.
        CategoryPanel("category", widget=forms.Select),
        InlinePanel(
            "role_alternative_titles",
            heading=_("Alternative titles"),
            label=_("Alternative title"),
            help_text=_("Optional. Enter other names for this role, for example “Staff nurse”."),
        ),
        BodyPanel("body"),
        # Models cannot import the admin. A template can, with its tags.
        HelpPanel(
            heading=_("Before publication"),  # type: ignore[arg-type]
            template="wagtail_careers/admin/before_publication_panel.html",
        ),
    ]
    role_search_fields: list[Any] = [
        IndexedOnce("body"),
        index.RelatedFields(
            "role_alternative_titles",
            [index.SearchField("title"), index.AutocompleteField("title")],
        ),
        index.RelatedFields(
            "role_traits",
            [
                index.RelatedFields(  # type: ignore[list-item]  # Related fields can be nested.
                    "trait", [index.SearchField("name"), index.AutocompleteField("name")]
                )
            ],
        ),
        index.FilterField("category"),
    ]

    class Meta:
        abstract = True

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """Return the pages to index, with the names of their traits fetched in bulk."""
        return super().get_indexed_objects().prefetch_related("role_traits__trait")  # type: ignore[misc]

    def get_indexed_instance(self) -> Any:
        """Return a copy of the page to index, with all that search fields read fetched once.

        Each search field of a relation would fetch it again, and each name of a trait too.
        """
        specific = super().get_indexed_instance()  # type: ignore[misc]
        if specific is None:
            return None  # Fixtures are still being loaded.
        indexed = copy(specific)
        indexed._prefetched_objects_cache = {}
        indexed._texts_to_index = {}
        traits = RoleTrait.objects.select_related("trait")
        prefetch_related_objects(
            [indexed], "role_alternative_titles", models.Prefetch("role_traits", traits)
        )
        return indexed

    @classmethod
    def from_serializable_data(cls, data: Any, *args: Any, **kwargs: Any) -> Any:
        """Return a page from a revision, without its category if that has been deleted.

        Only the category of the saved page is protected from deletion. modelcluster cannot build
        an object whose protected target is missing.
        """
        category = data.get("category")
        if category and not RoleCategory.objects.filter(pk=category).exists():
            data = {**data, "category": None}
        return super().from_serializable_data(data, *args, **kwargs)  # type: ignore[misc]

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> list[str]:
        """Return the template named after the model, with the package's own as a fallback."""
        named_after_model: Any = super().get_template(request, *args, **kwargs)  # type: ignore[misc]
        return [named_after_model, "wagtail_careers/role_page.html"]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context.update(frame_context(self))
        return context

    @property
    def shown_category(self) -> RoleCategory | None:
        """The category as readers see it: its translation, or else the one that was chosen."""
        return shown_categories([(self.category_id, self.locale_id)])[0]  # type: ignore[attr-defined]

    @cached_property
    def introduction(self) -> str:
        """The rich text of the heading section, or an empty string in a draft without one."""
        for child in self.body.raw_data:
            if child["type"] == "heading" and isinstance(child["value"], Mapping):
                return str(child["value"].get("introduction") or "")
        return ""

    @property
    def alternative_titles(self) -> list[str]:
        """The alternative titles, in order, without those that have no word."""
        titles: Any = self.role_alternative_titles  # type: ignore[attr-defined]
        return [each.title for each in titles.all() if has_words(each.title)]

    @property
    def meta_description(self) -> str:
        """The editor's description for search engines, or else the start of the introduction."""
        written: str = getattr(self, "search_description", "")
        return written or summary(self.introduction)


class AbstractRolePage(RolePageMixin, Page):
    """A role page, for sites that add fields of their own."""

    content_panels = [*Page.content_panels, *RolePageMixin.role_panels]
    search_fields = [*Page.search_fields, *RolePageMixin.role_search_fields]

    class Meta:
        abstract = True


class RoleIndexPageMixin(SurroundingsMixin):
    """The fields and methods of an index page, for a page model that exists already.

    Put it before the page class. Add ``role_index_panels`` to the model's ``content_panels`` and
    ``role_index_search_fields`` to its ``search_fields``.
    """

    introduction = ProseField(
        _("introduction"),
        blank=True,
        features=list(INLINE_FEATURES),
        help_text=_("Optional. Enter a few sentences to show above the list of roles."),
    )

    base_form_class = TitledPageForm

    role_index_panels = [FieldPanel("introduction")]
    role_index_search_fields = [index.SearchField("introduction")]

    class Meta:
        abstract = True

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> list[str]:
        """Return the template named after the model, with the package's own as a fallback."""
        named_after_model: Any = super().get_template(request, *args, **kwargs)  # type: ignore[misc]
        return [named_after_model, "wagtail_careers/role_index_page.html"]

    @property
    def meta_description(self) -> str:
        """The editor's description for search engines, or else the start of the introduction."""
        written: str = getattr(self, "search_description", "")
        return written or summary(self.introduction)

    def get_roles(self) -> list[Any]:
        """Return the live role pages directly below, by title, without their bodies.

        Roles with view restrictions of their own are left out. Roles that are private only
        because the index page is private are included: people who can read it can read them.
        """
        pages = swapper.load_model("wagtailcore", "Page").objects.child_of(self).live()
        roles = pages.filter(view_restrictions__isnull=True).type(*role_page_models())
        return sorted(roles.defer_streamfields().specific(), key=lambda role: sort_key(role.title))

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context.update(frame_context(self))
        context["groups"] = group_by_category(self.get_roles())
        return context


class AbstractRoleIndexPage(RoleIndexPageMixin, Page):
    """A page that lists the role pages below it, for sites that add fields of their own."""

    content_panels = [*Page.content_panels, *RoleIndexPageMixin.role_index_panels]
    search_fields = [*Page.search_fields, *RoleIndexPageMixin.role_index_search_fields]

    class Meta:
        abstract = True


def group_by_category(roles: list[Any]) -> list[tuple[RoleCategory | None, list[Any]]]:
    """Return ``roles`` grouped by the category that they show, in order of the categories' names.

    Roles keep their order within a category. Roles without a category come last.
    """
    shown = shown_categories([(role.category_id, role.locale_id) for role in roles])
    categories = sorted(set(shown) - {None}, key=_name_key)
    groups: dict[RoleCategory | None, list[Any]] = {category: [] for category in categories}
    for role, category in zip(roles, shown, strict=True):
        groups.setdefault(category, []).append(role)
    return list(groups.items())


def _name_key(category: Any) -> Any:
    return sort_key(category.name)
