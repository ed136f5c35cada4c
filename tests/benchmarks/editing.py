"""What saving and publishing a role in the editor costs, beside the do-it-yourself page."""

import statistics
import time
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rich.console import Console
from rich.table import Table

from tests.benchmarks.forms import page_form
from tests.benchmarks.timing import collector_off

ROUNDS = 60
QUICK_ROUNDS = 20
WARM_UP_ROUNDS = 3

ROLE = "Role page: 12 links, 20 traits"
YARDSTICK = "Do-it-yourself page: 12 links"
PAGES = (ROLE, YARDSTICK, "Bare Wagtail page")

#: The name of an action, and the most that a role can take of what the yardstick takes.
BOUNDS = {"Publish": 1.4, "Save a draft": 1.3, "Autosave": 1.2}


def run(quick: bool, pages: dict[str, Any]) -> None:
    """Print the medians of what editors do. Each page has its turn in each round."""
    rounds = QUICK_ROUNDS if quick else ROUNDS
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("bench", "bench@example.com"))
    editors = {name: Editor(client, pages[name]) for name in PAGES}
    table = Table(
        "Action",
        "Page",
        "Median (ms)",
        "Ratio",
        "Queries",
        title=f"Saving in the editor: medians of {rounds} rounds",
    )
    for action, bound in BOUNDS.items():
        times, queries = measure(editors, action, rounds)
        for name in PAGES:
            ratio = statistics.median(
                ours / theirs for ours, theirs in zip(times[name], times[YARDSTICK], strict=True)
            )
            table.add_row(
                action,
                name,
                f"{statistics.median(times[name]) * 1000:.1f}",
                f"{ratio:.2f} (at most {bound})" if name == ROLE else f"{ratio:.2f}",
                str(queries[name]),
            )
    Console(width=110).print(table)


def measure(
    editors: "dict[str, Editor]", action: str, rounds: int
) -> tuple[dict[str, list[float]], dict[str, int]]:
    """Return the seconds of each round and the queries of one, for each page."""
    times: dict[str, list[float]] = {name: [] for name in editors}
    for number in range(WARM_UP_ROUNDS + rounds):
        for name, editor in editors.items():
            with collector_off():
                # Of the processor, because other programs are busy too.
                started = time.process_time()
                editor.act(action)
                taken = time.process_time() - started
            if number >= WARM_UP_ROUNDS:
                times[name].append(taken)
    queries = {}
    for name, editor in editors.items():
        with CaptureQueriesContext(connection) as captured:
            editor.act(action)
        queries[name] = len(captured)
    return times, queries


class Editor:
    """An editor with the form of a page open, who changes a word before each action."""

    def __init__(self, client: Client, page: Any) -> None:
        self.client = client
        self.url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        self.form = page_form(page)
        self.number = 0
        self.overwrite: dict[str, str] = {}

    def act(self, action: str) -> None:
        """Change a word, and do what the key of ``BOUNDS`` says."""
        self.change()
        {"Publish": self.publish, "Save a draft": self.save, "Autosave": self.autosave}[action]()

    def change(self) -> None:
        """Change a word in each text, so that no action finds a version that it knows."""
        before, self.number = f"Version{self.number} ", self.number + 1
        for name, value in self.form.items():
            if "You help people" in value:
                value = value.replace(before, "")
                self.form[name] = value.replace("You help", f"Version{self.number} You help", 1)

    def publish(self) -> None:
        self._post({"action-publish": "action-publish"}, status=302)
        self.overwrite = {}

    def save(self) -> None:
        self._post({}, status=302)
        self.overwrite = {}

    def autosave(self) -> None:
        """Save in the background, over the version that the last autosave made."""
        response = self._post(self.overwrite, status=200, accept="application/json")
        saved = response.json()
        if not saved["success"]:
            raise RuntimeError(str(saved))
        self.overwrite = {"overwrite_revision_id": str(saved["revision_id"])}

    def _post(self, values: dict[str, str], *, status: int, accept: str = "text/html") -> Any:
        response = self.client.post(self.url, {**self.form, **values}, headers={"accept": accept})
        if response.status_code != status:
            raise RuntimeError(f"{self.url} answered {response.status_code}")
        return response
