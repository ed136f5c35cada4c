"""The widget of a body remembers what it has read for one form alone."""

from copy import deepcopy
from typing import Any

from django.http import QueryDict
from wagtail.blocks import CharBlock, StreamBlock

from wagtail_careers.blocks.body_widget import BodyWidget

WIDGET = BodyWidget(StreamBlock([("text", CharBlock())]))


def posted(text: str, name: str = "body") -> QueryDict:
    values = {"count": "1", "0-type": "text", "0-order": "0", "0-deleted": "", "0-value": text}
    data = QueryDict(mutable=True)
    data.update({f"{name}-{key}": value for key, value in values.items()})
    return data


def texts(value: Any) -> list[str]:
    return [child.value for child in value]


def test_each_form_reads_its_own_data() -> None:
    first, second = deepcopy(WIDGET), deepcopy(WIDGET)
    assert texts(first.value_from_datadict(posted("one"), {}, "body")) == ["one"]
    assert texts(second.value_from_datadict(posted("two"), {}, "body")) == ["two"]


def test_other_data_and_other_names_are_read_again() -> None:
    widget, data = deepcopy(WIDGET), posted("one")
    data.update(posted("two", "other"))
    read = widget.value_from_datadict(data, {}, "body")
    assert widget.value_from_datadict(data, {}, "body") is read
    assert texts(widget.value_from_datadict(data, {}, "other")) == ["two"]
    assert texts(widget.value_from_datadict(posted("three"), {}, "body")) == ["three"]


def test_forms_name_the_same_files_as_wagtail_does() -> None:
    wagtails = deepcopy(WIDGET)
    ours = [str(deepcopy(WIDGET).media) for _form in range(2)]
    assert ours == [str(super(BodyWidget, wagtails).media)] * 2
    assert "telepath/blocks.js" in ours[0]
