import pytest
from outside.content import add_role


@pytest.fixture
def role(live_server):
    return add_role()
