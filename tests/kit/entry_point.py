"""What an installation writes, so that pytest finds the plugin."""

import tomllib
from importlib.metadata import entry_points
from pathlib import Path

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def install_entry_point(folder: Path) -> None:
    """Write the entry point into ``folder``, unless the package was installed since it has one."""
    if any(found.name == "wagtail_careers" for found in entry_points(group="pytest11")):
        return
    plugins = tomllib.loads(PYPROJECT.read_text())["project"]["entry-points"]["pytest11"]
    lines = [f"{name} = {module}" for name, module in plugins.items()]
    metadata = folder / "outside_kit-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: outside-kit\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text("\n".join(["[pytest11]", *lines, ""]))
