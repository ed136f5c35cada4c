"""The order of the lists of the admin."""

from collections.abc import Collection
from typing import Any

from django.db.models.functions import Lower


def ignoring_case(ordering: str, names: Collection[str]) -> Any:
    """Return what to order by: ``ordering`` itself, or without regard to case for ``names``.

    Databases disagree: some sort “nursing” after “Radiography”, because n comes after R.
    """
    name = ordering.removeprefix("-")
    if name not in names:
        return ordering
    return Lower(name).desc() if ordering.startswith("-") else Lower(name).asc()
