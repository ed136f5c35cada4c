"""The plugin of the editor that ends the package's inline styles where the editor expects it."""

from typing import Any

JS = "wagtail_careers/js/style-edges.js"
_PLUGIN = {"type": "CAREERS-STYLE-EDGES"}


def add_style_edges(options: dict[str, Any]) -> None:
    """Add the plugin to the options of an editor, once for all of its features."""
    plugins = options.setdefault("plugins", [])
    if _PLUGIN not in plugins:
        plugins.append(_PLUGIN)
