"""Helps to time code."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_off() -> Iterator[None]:
    """Collect garbage first and not meanwhile, so that no page pays for what another one left."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
