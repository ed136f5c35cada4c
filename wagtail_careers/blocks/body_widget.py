"""The widget of a body in the form of a page."""

from typing import Any

from django.forms import Media
from wagtail.blocks.base import BlockWidget


class BodyWidget(BlockWidget):
    """Wagtail's widget for blocks, without work that an autosave would repeat.

    To name its scripts and styles, Wagtail packs the definitions of all blocks, and an autosave
    asks for the scripts but shows no form. It reads the posted body to validate it, and again to
    learn whether it has changed.
    """

    def __init__(self, block_def: Any, attrs: Any = None) -> None:
        super().__init__(block_def, attrs=attrs)
        # Each form has a copy of the widget. All copies share this list.
        self._files: list[Media] = []
        self._read: tuple[Any, str, Any] = (None, "", None)

    @property
    def media(self) -> Media:
        """The scripts and styles, which depend on the blocks alone."""
        if not self._files:
            self._files.append(super().media)
        return self._files[0]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        read_data, read_name, value = self._read
        if read_data is not data or read_name != name:
            value = super().value_from_datadict(data, files, name)
            self._read = (data, name, value)
        return value
