"""What ``manage.py check`` costs with the package, against the same site without it."""

import os
import resource
import statistics
import subprocess
import sys

ROUNDS = 15
QUICK_ROUNDS = 5


def run(quick: bool) -> None:
    """Print the CPU time of the command and the ratio of the medians, round by round in turn."""
    rounds = QUICK_ROUNDS if quick else ROUNDS
    for with_package in (False, True):
        cpu_seconds(with_package)  # Compiles what was not compiled yet.
    pairs = [(cpu_seconds(False), cpu_seconds(True)) for _round in range(rounds)]
    without, with_it = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(ours / theirs for theirs, ours in pairs)
    print(
        f"manage.py check: {with_it:.2f} s of CPU with the package, {without:.2f} s without; "
        f"ratio {ratio:.3f} (median of {rounds} pairs)"
    )


def cpu_seconds(with_package: bool) -> float:
    """Return the user and system time of one run, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.startup_settings",
        "WITH_PACKAGE": "1" if with_package else "",
    }
    # pip compiles what it installs, so Wagtail needs no compiling either.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(
        [sys.executable, "-m", "django", "check"],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
