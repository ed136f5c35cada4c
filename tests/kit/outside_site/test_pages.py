import pytest
from outside.defects import DEFECTS, HARMLESS


@pytest.mark.parametrize("name", DEFECTS)
def test_a_page_with_a_defect(assert_accessible, live_server, role, name):
    assert_accessible(f"{role.url}?defect={name}", modes=[DEFECTS[name].mode])


@pytest.mark.parametrize("name", HARMLESS)
def test_a_page_without_one(assert_accessible, live_server, role, name):
    assert_accessible(
        f"{role.url}?defect={name}", modes=["light", "reduced-motion", "no-javascript"]
    )


def test_a_page_in_all_modes(assert_accessible, role):
    assert_accessible(role)
