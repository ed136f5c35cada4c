"""Sphinx configuration: https://www.sphinx-doc.org/en/master/usage/configuration.html"""

from importlib.metadata import version as installed_version

project = "wagtail-careers"
author = "wagtail-careers contributors"
copyright = f"2026, {author}"
release = version = installed_version(project)

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
nitpicky = True

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"{project} {release}"
