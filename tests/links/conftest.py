"""Two shared links: pages that use the old one get the new one."""

import pytest

from tests.factories import SharedLinkFactory
from wagtail_careers.models import SharedLink


@pytest.fixture
def old(db: None) -> SharedLink:
    return SharedLinkFactory(name="Old", base_url="https://old.example/")


@pytest.fixture
def new(db: None) -> SharedLink:
    return SharedLinkFactory(name="New", base_url="https://new.example/")
