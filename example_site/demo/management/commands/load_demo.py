"""Fills an empty site with the demonstration's content."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from example_site.demo import content
from example_site.demo.content import PASSWORD, USER
from example_site.home.models import HomePage
from wagtail_careers.blocks import default_body
from wagtail_careers.choices import Verdict
from wagtail_careers.models import LinkCheck, RoleCategory, SharedLink
from wagtail_careers.pages.models import RoleIndexPage, RolePage

WELCOME = (
    "<p>Find out what it is like to work in health and care: what each role involves, "
    "who it suits, how to apply and where it can lead.</p>"
)
DESCRIPTION = (
    "Careers at Westmoor Health and Care: what each role involves, who it suits, how to apply and "
    "where it can lead."
)
ROLES = (
    "<p>Each page tells you what the work is, what sort of person it suits and how to start.</p>"
)


class Command(BaseCommand):
    help = "Adds what is missing of the demonstration's content; leaves alone what is there."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        index = self.load_tree()
        categories, links = self.load_records()
        created = self.load_roles(index, categories, links)
        self.stdout.write(f"{created} roles added, {RolePage.objects.count()} in all.")
        self.load_user()

    def load_tree(self) -> RoleIndexPage:
        home = HomePage.objects.first()
        if home is None:
            # Wagtail's own migrations put a welcome page where the home page goes.
            Page.objects.filter(depth=2, slug="home").delete()
            home = HomePage(
                title="Careers at Westmoor",
                slug="home",
                introduction=WELCOME,
                search_description=DESCRIPTION,
            )
            Page.get_first_root_node().add_child(instance=home)
            home.save_revision().publish()
            Site.objects.update_or_create(
                is_default_site=True,
                defaults={
                    "hostname": "localhost",
                    "site_name": "Westmoor Health and Care",
                    "root_page": home,
                },
            )
        index = RoleIndexPage.objects.child_of(home).first()
        if index is None:
            index = RoleIndexPage(title="Roles", slug="roles", introduction=ROLES)
            home.add_child(instance=index)
            index.save_revision().publish()
        return index

    def load_records(self) -> tuple[dict[str, RoleCategory], dict[str, int]]:
        site = content.read_site()
        categories = {
            data["slug"]: RoleCategory.objects.get_or_create(slug=data["slug"], defaults=data)[0]
            for data in site["categories"]
        }
        links = {}
        for data in site["shared_links"]:
            key, draft, dead = (data.pop(name, None) for name in ("key", "draft", "dead"))
            link = SharedLink.objects.filter(base_url=data["base_url"]).first()
            if link is None:
                link = SharedLink.objects.create(**data, locale=Locale.get_default(), live=False)
                revision = link.save_revision()
                if not draft:
                    revision.publish()
                if dead:
                    self.load_check(link)
            links[key] = link.pk
        return categories, links

    def load_check(self, link: SharedLink) -> None:
        """The evidence of a week in which the site did not have the page."""
        now = timezone.now()
        LinkCheck.objects.create(
            shared_link=link,
            url=link.base_url,
            verdict=Verdict.NOT_FOUND,
            status=404,
            checked_at=now,
            last_good_at=now - timedelta(days=7),
            failing_days=7,
            failed_on=timezone.localdate(now),
        )

    def load_roles(
        self, index: RoleIndexPage, categories: dict[str, RoleCategory], links: dict[str, int]
    ) -> int:
        """All pages come first, so that each can link to the others."""
        pages = {page.slug: page for page in RolePage.objects.child_of(index)}
        new = [role for role in content.read_roles() if role["slug"] not in pages]
        for role in new:
            page = RolePage(
                title=role["title"],
                slug=role["slug"],
                category=categories[role["category"]],
                live=False,
            )
            index.add_child(instance=page)
            pages[page.slug] = page
        ids = {slug: page.pk for slug, page in pages.items()}
        titles = {name: value.get("title", "") for name, value in default_body()}
        for role in new:
            page = pages[role["slug"]]
            page.body = content.body(role, titles, links, ids)
            page.role_alternative_titles.set(
                [
                    page.role_alternative_titles.model(title=title, sort_order=number)
                    for number, title in enumerate(role.get("alternative_titles", []))
                ]
            )
            revision = page.save_revision()
            if not role.get("draft"):
                revision.publish()
        return len(new)

    def load_user(self) -> None:
        user_model = get_user_model()
        if not user_model.objects.filter(username=USER).exists():
            user_model.objects.create_superuser(USER, "admin@example.com", PASSWORD)
        self.stdout.write(f"The admin is at /admin/. User: {USER}  Password: {PASSWORD}")
