"""docs/how-to/use-your-own-page-model.md on Wagtail 8, followed to the letter in a new project."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import wagtail

from tests.test_docs import ROOT, fences, read, start_site

pytestmark = pytest.mark.skipif(
    wagtail.VERSION < (8,), reason="WAGTAIL_PAGE_MODEL is new in Wagtail 8"
)

DOCUMENT = "how-to/use-your-own-page-model.md"
STEPS = ["### 1. Replace the page model", "### 2. Write the role pages", "### 3. Install the apps"]
_FILE = re.compile(r"# (\S+\.py)\n")

#: The second migration of Wagtail's guide to base page models.
BOOTSTRAP = """
from django.db import migrations
from wagtail.models import (
    BootstrapLocaleField,
    BootstrapTranslatableModel,
    BootstrapTranslationKeyField,
)


class Migration(migrations.Migration):
    dependencies = [
        ("site_pages", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        BootstrapLocaleField("site_pages.SitePage"),
        BootstrapTranslationKeyField("site_pages.SitePage"),
        BootstrapTranslatableModel("site_pages.SitePage"),
    ]
"""

#: What refers to models that Wagtail creates later, which its guide takes out of the first.
LATER = {"latest_revision", "live_revision", "locale", "translation_key"}

SITE_BASE = """<html><head><title>{% block title %}{% endblock %}</title>
{% block extra_css %}{% endblock %}</head>
<body><p>Site header</p>{% block content %}{% endblock %}</body></html>
"""
MORE_SETTINGS = """
ALLOWED_HOSTS = ["*"]
WAGTAIL_CAREERS = {"BASE_TEMPLATE": "careers_site.html"}
WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "tests.caches.recorder.Recorder"}}
INSTALLED_APPS += ["wagtail.contrib.frontend_cache"]
"""

JOURNEY = "from tests.replaced_page_journey import run; run()"


class Project:
    """A project of ``wagtail start`` whose developer does what documents say."""

    def __init__(self, folder: Path) -> None:
        start_site(folder)
        self.folder = folder
        self.settings = folder / "mysite/settings/base.py"

    def follow(self, step: str) -> None:
        """Write the files of a step, add to the settings, and run its commands."""
        for fence in fences(read(DOCUMENT, step)):
            if fence.language == "console":
                for command in re.findall(r"^\$ python (.+)$", fence.text, re.MULTILINE):
                    self.python(*command.split())
                continue
            (name,) = _FILE.findall(fence.text)
            if name == "mysite/settings.py":
                before = "    # … the apps that were there before\n"
                assert before in fence.text
                self.configure(fence.text.replace(before, "    *INSTALLED_APPS,\n"))
            else:
                self.start_app(name.partition("/")[0])
                (self.folder / name).write_text(fence.text, encoding="utf-8")

    def start_app(self, name: str) -> None:
        """As ``startapp`` does, which loads all of Wagtail for two empty files."""
        migrations = self.folder / name / "migrations"
        migrations.mkdir(parents=True)
        for folder in (migrations, migrations.parent):
            (folder / "__init__.py").touch()

    def configure(self, text: str) -> None:
        with self.settings.open("a", encoding="utf-8") as settings:
            settings.write(f"\n{text}")

    def edit(self, name: str, *changes: tuple[str, str]) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"{old} is not in {name}"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    def python(self, *arguments: str, answers: str = "") -> str:
        skip = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={
                **{name: value for name, value in os.environ.items() if name not in skip},
                "PYTHONPATH": os.pathsep.join([str(self.folder), str(ROOT), *sys.path]),
            },
            input=answers,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def follow_wagtails_guide(project: Project) -> None:
    """Do what Wagtail's guide says once the model is written and chosen, in its order."""
    text = project.settings.read_text(encoding="utf-8")
    project.edit("mysite/settings/base.py", ('    "home",\n', ""))
    project.python("manage.py", "makemigrations")
    migrations = project.folder / "site_pages/migrations"
    begin_before_wagtail(migrations / "0001_initial.py")
    (migrations / "0002_bootstrap_page_model.py").write_text(BOOTSTRAP, encoding="utf-8")
    project.python("manage.py", "makemigrations", "site_pages", answers="2\n")
    project.settings.write_text(text, encoding="utf-8")
    use = ("from wagtail.models import Page", "from site_pages.models import SitePage as Page")
    project.edit("home/models.py", use)
    project.edit("search/views.py", use)
    project.edit(
        "home/migrations/0001_initial.py",
        ("page_ptr", "sitepage_ptr"),
        ("wagtailcore.Page", "site_pages.SitePage"),
        ("wagtailcore.page", "site_pages.sitepage"),
    )
    project.edit(
        "home/migrations/0002_create_homepage.py",
        ("wagtailcore.Page", "site_pages.SitePage"),
        ('model="page", app_label="wagtailcore"', 'model="sitepage", app_label="site_pages"'),
    )


def begin_before_wagtail(migration: Path) -> None:
    """Take what Wagtail creates later out of the first migration."""
    tree = ast.parse(migration.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.List):
            node.elts = [each for each in node.elts if not _is_later(each)]
        if isinstance(node, ast.Dict):
            kept = [
                (key, value)
                for key, value in zip(node.keys, node.values, strict=True)
                if not (isinstance(key, ast.Constant) and key.value == "unique_together")
            ]
            node.keys, node.values = [key for key, _ in kept], [value for _, value in kept]
    migration.write_text(ast.unparse(tree), encoding="utf-8")


def _is_later(element: ast.expr) -> bool:
    if not (isinstance(element, ast.Tuple) and isinstance(element.elts[0], ast.Constant)):
        return False
    return element.elts[0].value in LATER | {"wagtailcore"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("replaced"))
    (databases,) = fences(read("reference/settings.md", "## Databases"))
    project.configure(databases.text)
    project.follow(STEPS[0])
    follow_wagtails_guide(project)
    project.follow(STEPS[1])
    project.follow(STEPS[2])
    return project


def test_roles_are_published_in_the_base_template_of_the_site(project: Project) -> None:
    project.configure(MORE_SETTINGS)
    template = project.folder / "mysite/templates/careers_site.html"
    template.write_text(SITE_BASE, encoding="utf-8")
    project.python("manage.py", "shell", "--verbosity=0", "--command", JOURNEY)
