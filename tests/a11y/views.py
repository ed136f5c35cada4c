"""The widths and the themes in which readers see a page."""

import pytest

from wagtail_careers.testing.browser import DARK, FORCED_COLORS, LIGHT

NARROW = 320
WIDE = 1280

in_each_width = pytest.mark.parametrize("width", [NARROW, WIDE])
in_each_theme = pytest.mark.parametrize(
    "theme", [LIGHT, DARK, FORCED_COLORS], ids=lambda theme: theme.name.replace(" ", "-")
)
