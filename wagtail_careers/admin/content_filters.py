"""The filters of the reports on what rules about content found.

The rules are imported when a report is opened, because a site starts without them.
"""

from typing import Any

import django_filters
import swapper
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale

from wagtail_careers.admin.keys import without_huge_numbers
from wagtail_careers.admin.policies import editable_live_roles
from wagtail_careers.models import RoleCategory, RoleFinding
from wagtail_careers.role_models import role_page_models

PageModel = swapper.load_model("wagtailcore", "Page")


def level_choices() -> list[tuple[str, Any]]:
    from wagtail_careers.lint.rule import Level

    return list(Level.choices)


def rule_choices() -> list[tuple[str, str]]:
    """Return the rules that found anything, by id, which the reference explains."""
    rules = RoleFinding.objects.order_by("rule").values_list("rule", flat=True).distinct()
    return [(rule, rule) for rule in rules]


def profile_choices() -> list[tuple[str, Any]]:
    from wagtail_careers.lint.registry import all_profiles, site_profiles

    return [(name, all_profiles()[name].label) for name in site_profiles()]


class FindingFilterSet(WagtailFilterSet):
    """The filters that both reports have. All conditions are about the same finding."""

    level = django_filters.ChoiceFilter(label=gettext_lazy("Level"), choices=level_choices)
    rule = django_filters.ChoiceFilter(label=gettext_lazy("Rule"), choices=rule_choices)
    profile = django_filters.ChoiceFilter(
        label=gettext_lazy("Profile"), choices=profile_choices, method="keep"
    )
    category = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Category"),
        queryset=lambda request: RoleCategory.objects.for_language(Locale.get_active().pk),
        method="keep",
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(without_huge_numbers(data), *args, **kwargs)

    def keep(self, queryset: Any, name: str, value: Any) -> Any:
        """Leave the filter to ``filter_queryset``."""
        return queryset

    @cached_property
    def wanted(self) -> Q:
        """The condition of findings, without the category, which is that of the page."""
        from wagtail_careers.lint.registry import rules_of

        data = getattr(self.form, "cleaned_data", {})
        wanted = Q(**{name: data[name] for name in ("level", "rule") if data.get(name)})
        if profile := data.get("profile"):
            wanted &= Q(rule__in=[rule.id for rule in rules_of([profile])])
        return wanted

    def roles_in_category(self) -> list[int] | None:
        """Return the keys of the roles in the chosen category, or None without one."""
        category = getattr(self.form, "cleaned_data", {}).get("category")
        if category is None:
            return None
        pks = [version.pk for version in category.versions()]
        return [
            pk
            for model in role_page_models()
            for pk in model.objects.filter(category__in=pks).values_list("pk", flat=True)
        ]


class MatrixFilterSet(FindingFilterSet):
    """The filters of roles by what was found on them."""

    class Meta:
        model = PageModel
        fields: list[str] = []

    level = django_filters.ChoiceFilter(
        label=gettext_lazy("Level"), choices=level_choices, method="keep"
    )
    rule = django_filters.ChoiceFilter(
        label=gettext_lazy("Rule"), choices=rule_choices, method="keep"
    )

    def filter_queryset(self, queryset: Any) -> Any:
        if (pks := self.roles_in_category()) is not None:
            queryset = queryset.filter(pk__in=pks)
        if self.wanted:
            found = RoleFinding.objects.filter(self.wanted)
            queryset = queryset.filter(pk__in=found.order_by().values("page"))
        return queryset


def _roles_with_findings(request: Any) -> Any:
    """Return the live roles with findings that a user can edit, by title."""
    found = RoleFinding.objects.order_by().values("page")
    return editable_live_roles(request.user).filter(pk__in=found).order_by("title", "pk")


class ListFilterSet(FindingFilterSet):
    """The filters of findings."""

    page = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Role"), queryset=_roles_with_findings, method="keep"
    )

    class Meta:
        model = RoleFinding
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        queryset = queryset.filter(self.wanted)
        if page := getattr(self.form, "cleaned_data", {}).get("page"):
            queryset = queryset.filter(page=page)
        if (pks := self.roles_in_category()) is not None:
            queryset = queryset.filter(page__in=pks)
        return queryset
