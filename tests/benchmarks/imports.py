"""Times the import against a bare loop that makes the same pages, and measures its memory.

The bare loop is given the finished pages and only creates and publishes them through Wagtail:
what no import can do without.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

POSTS = 1000
QUICK_POSTS = 100
FEW_ITEMS, MANY_ITEMS = 1000, 10_000
QUICK_ITEMS = (100, 400)
#: Both take turns in batches, so that a busy moment of the machine falls on both.
BATCH = 50

#: The plan of an export, in a process of its own with a database in memory.
MEMORY_SCRIPT = """
import sys
from io import StringIO
from django.conf import settings
from django.core.management import call_command
import django

class NoMigrations:
    def __contains__(self, app): return True
    def __getitem__(self, app): return None

settings.MIGRATION_MODULES = NoMigrations()
django.setup()
call_command("migrate", run_syncdb=True, verbosity=0)
from tests.conftest import plant_home
from tests.factories import RoleIndexPageFactory
RoleIndexPageFactory(parent=plant_home(), slug="roles")
out = open(sys.argv[2], "w")
call_command("import_roles", sys.argv[1], parent="/roles/", dry_run=True, stdout=out)
# Not getrusage(), which counts what the process had before it became this program.
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


def run(quick: bool) -> None:
    """Print the table. The database of the benchmarks is set up."""
    from rich.console import Console
    from rich.table import Table

    number = QUICK_POSTS if quick else POSTS
    few_items, many_items = QUICK_ITEMS if quick else (FEW_ITEMS, MANY_ITEMS)
    with tempfile.TemporaryDirectory() as folder:
        imported, bare = measure_rates(number, Path(folder))
        few, many = (measure_memory(items, Path(folder)) for items in (few_items, many_items))
        more = f"{many - few:+.0f} MB"
    table = Table("Import", "Result", "Ratio", title=f"{number} posts from WordPress")
    table.add_row("Bare loop: create and publish (pages/s)", f"{bare:.1f}", "1.00")
    table.add_row("import_roles --publish (pages/s)", f"{imported:.1f}", f"{imported / bare:.2f}")
    table.add_row(f"Memory for an export of {few_items:,} items (MB)", f"{few:.0f}", "1.00")
    table.add_row(f"Memory for an export of {many_items:,} items (MB)", f"{many:.0f}", more)
    Console(width=100).print(table)


def measure_rates(number: int, folder: Path) -> tuple[float, float]:
    """Pages a second: of the import, and of the bare loop."""
    from django.core.management import call_command

    from tests.conftest import plant_home
    from tests.factories import RoleIndexPageFactory
    from wagtail_careers.pages.models import RolePage

    home = plant_home()
    there = RoleIndexPageFactory(parent=home, slug="imported")
    bare_index = RoleIndexPageFactory(parent=home, slug="bare")
    took = {"import": 0.0, "bare": 0.0}
    for batch, posts in enumerate(batches(number)):
        posts_folder = folder / str(batch)
        write_posts(posts, posts_folder)
        started = time.perf_counter()
        out, err = StringIO(), StringIO()
        call_command(
            "import_roles",
            str(posts_folder),
            parent="/imported/",
            publish=True,
            stdout=out,
            stderr=err,
        )
        took["import"] += time.perf_counter() - started
        pages = list(RolePage.objects.child_of(there).order_by("-pk")[: len(posts)])
        took["bare"] += time_bare_loop(bare_index, pages)
    assert RolePage.objects.child_of(there).live().count() == number
    return number / took["import"], number / took["bare"]


def time_bare_loop(parent: Any, finished: list[Any]) -> float:
    """Seconds for creating and publishing pages like ``finished`` ones, validated as editors' are.

    Saving validates the fields of a page, but not the blocks of its body.
    """
    from django.db import transaction
    from wagtail.blocks import StreamValue

    bodies = [list(page.body.raw_data) for page in finished]
    started = time.perf_counter()
    for page, body in zip(finished, bodies, strict=True):
        with transaction.atomic():
            new = type(page)(
                title=page.title,
                slug=page.slug,
                category_id=page.category_id,
                body=StreamValue(page.body.stream_block, body, is_lazy=True),
                live=False,
            )
            parent.add_child(instance=new)
            revision = new.save_revision()
            new.body.stream_block.clean(new.body)
            revision.publish()
    return time.perf_counter() - started


def measure_memory(items: int, folder: Path) -> float:
    """The most memory, in MB, that a process takes to plan the import of an export (Linux)."""
    from tests.importing.posts import head, item

    path = folder / f"{items}.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write(head())
        for number in range(items):
            file.write(item(number, f"Role {number}", post(number)))
        file.write("</channel></rss>")
    command = [sys.executable, "-c", MEMORY_SCRIPT, str(path), str(folder / "plan.txt")]
    env = {**os.environ, "DATABASE_URL": "sqlite://:memory:"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    return int(done.stdout.split()[-1]) / 1024


def batches(number: int) -> Iterator[range]:
    for start in range(0, number, BATCH):
        yield range(start, min(start + BATCH, number))


def write_posts(numbers: range, folder: Path) -> None:
    from tests.importing.posts import write_post

    for number in numbers:
        write_post(folder, number, f"Role {number}", html=post(number))


def post(number: int) -> str:
    """A post as long as those of the old site, with traits and links."""
    from tests.importing.posts import SECTIONS, content

    filler = " ".join(
        f"Sentence {each} of role {number} says what the work is." for each in range(9)
    )
    links = (
        '<a href="http://jobs.example/">Example Jobs</a> and'
        f' <a href="https://careers.example/explore/role-{number % 40}">Explore Careers</a>'
    )
    sections = {
        heading: f"{text} {filler} {links if 'interested' in heading else ''}\n\n{filler}"
        for heading, text in SECTIONS.items()
    }
    return content(sections, introduction=f"Role {number} is a role. {filler}")
