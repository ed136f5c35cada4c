"""The objects that an editor can choose, whatever has become of them since."""

from typing import Any

from hypothesis import strategies as st

#: A key that no object has: the object was deleted after it was chosen.
MISSING = 2**31 - 1

#: Enough to have an object in each state, such as live, unpublished, replaced and private.
_MOST = 100
#: Numbers by which an object is chosen, and those by which none is.
_NUMBERS = range(200)
_NONE = range(196, 200)


def keys(model: Any) -> st.SearchStrategy[str]:
    """Return the primary keys of the objects of ``model`` when an example is made, as posted.

    One in fifty is a key that no object has.
    """

    def key(number: int) -> str:
        pks = model._default_manager.order_by("pk").values_list("pk", flat=True)[:_MOST]
        existing = list(pks) if number not in _NONE else []
        # Of any number of objects, so that Hypothesis can go on when there are more of them.
        return str(existing[number % len(existing)] if existing else MISSING)

    return st.sampled_from(_NUMBERS).map(key)
