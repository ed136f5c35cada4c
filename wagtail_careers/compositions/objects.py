"""The objects that an editor can choose, whatever has become of them since."""

from typing import Any

from hypothesis import strategies as st

#: A key that no object has: the object was deleted after it was chosen.
MISSING = 2**31 - 1

#: Enough to have an object in each state, such as live, unpublished, replaced and private.
_MOST = 100


def keys(model: Any) -> st.SearchStrategy[str]:
    """Return the primary keys of the objects of ``model`` when an example is made, as posted.

    One in fifty is a key that no object has.
    """
    exist = st.sampled_from((True,) * 49 + (False,))
    return exist.flatmap(lambda exists: _existing(model) if exists else st.just(str(MISSING)))


def _existing(model: Any) -> st.SearchStrategy[str]:
    pks = list(model._default_manager.order_by("pk").values_list("pk", flat=True)[:_MOST])
    return st.sampled_from([str(pk) for pk in pks] or [str(MISSING)])
