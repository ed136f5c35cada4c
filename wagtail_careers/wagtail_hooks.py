"""Registration with Wagtail. The registered code is in ``admin`` and ``rich_text``."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from wagtail_careers.admin import (
    before_publication,
    cache_purges,
    content_checks,
    content_report,
    health,
    history,
    imported_roles,
    link_list,
    moderation,
    plain_links,
    replacements,
    traits,
    waivers,
)
from wagtail_careers.admin.bulk_publishing import refuse_incomplete_roles
from wagtail_careers.admin.successions import say_what_was_replaced
from wagtail_careers.admin.usage import refuse_to_delete_links_in_use
from wagtail_careers.admin.viewsets import CareersViewSetGroup, usual_names
from wagtail_careers.models import SharedLink
from wagtail_careers.plain_permalinks import redirect_on_a_page
from wagtail_careers.rich_text import language_feature, shared_link_feature, trait_feature

ICONS = ("heard", "language", "progression", "role", "shared-link", "training", "trait")


@hooks.register("register_rich_text_features")
def register_rich_text_features(features: Any) -> None:
    shared_link_feature.register(features, SharedLink)
    trait_feature.register(features)
    language_feature.register(features)


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("wagtail_careers/css/admin.css"))


@hooks.register("insert_global_admin_js")
def admin_js() -> str:
    return format_html('<script src="{}"></script>', static("wagtail_careers/js/list-labels.js"))


@hooks.register("insert_editor_js")
def editor_js() -> str:
    url = static("wagtail_careers/js/content-checks-panel.js")
    return format_html('<script src="{}"></script>', url)


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, *(f"wagtail_careers/icons/careers-{name}.svg" for name in ICONS)]


hooks.register("before_serve_page", redirect_on_a_page)
hooks.register("register_log_actions", history.register)
hooks.register("register_reports_menu_item", health.menu_item)
hooks.register("register_admin_urls", health.url_patterns)
hooks.register("construct_homepage_panels", health.add_panel)
hooks.register("register_reports_menu_item", cache_purges.menu_item)
hooks.register("register_admin_urls", cache_purges.url_patterns)
hooks.register("construct_homepage_panels", cache_purges.add_panel)
hooks.register("register_permissions", cache_purges.permissions)
hooks.register("register_reports_menu_item", plain_links.menu_item)
hooks.register("register_admin_urls", plain_links.url_patterns)
hooks.register("register_reports_menu_item", replacements.menu_item)
hooks.register("register_admin_urls", replacements.url_patterns)
hooks.register("register_reports_menu_item", imported_roles.menu_item)
hooks.register("register_admin_urls", imported_roles.url_patterns)
hooks.register("register_reports_menu_item", content_report.menu_item)
hooks.register("register_admin_urls", content_report.url_patterns)
hooks.register("register_admin_search_area", link_list.search_area)
hooks.register("register_admin_search_area", traits.search_area)
# After Wagtail's own action, whose place it takes for traits.
hooks.register("register_bulk_action", traits.TraitDeleteBulkAction, order=1)
hooks.register("register_admin_urls", before_publication.url_patterns)
hooks.register("construct_homepage_panels", before_publication.add_panel)
hooks.register("register_admin_urls", waivers.url_patterns)
hooks.register("construct_wagtail_userbar", content_checks.add_checks, order=content_checks.ORDER)
hooks.register("before_bulk_action", refuse_incomplete_roles)
hooks.register("register_admin_urls", moderation.guard_approvals)
hooks.register("before_delete_snippet", refuse_to_delete_links_in_use)
for hook in ("after_create_page", "after_edit_page", "before_publish_page"):
    hooks.register(hook, say_what_was_replaced)
register_snippet(CareersViewSetGroup)
# After the viewsets' own, which answer the requests.
hooks.register("register_admin_urls", usual_names, order=1)
