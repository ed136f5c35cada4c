"""Pages that are no roles are published as if the package was not installed, or nearly so."""

import json
import os
import subprocess
import sys


def queries_of_publications(*, with_package: bool) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.publication"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.publication_settings",
            "WITH_PACKAGE": "1" if with_package else "",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, int] = json.loads(done.stdout)
    return found


def test_publishing_another_page_takes_at_most_one_query_more() -> None:
    without = queries_of_publications(with_package=False)
    with_package = queries_of_publications(with_package=True)
    assert min(without.values()) > 20
    more = {name: with_package[name] - number for name, number in without.items()}
    assert set(more) == {"BarePage", "TextPage"}
    assert max(more.values()) <= 1, more
