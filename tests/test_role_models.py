from wagtail.models import Page

from tests.bare.models import BarePage
from tests.testapp.models import OwnRolePage, PaidRolePage, StaffRolePage
from wagtail_careers.pages.models import RoleIndexPage, RolePage
from wagtail_careers.role_models import role_page_models


def test_all_installed_role_pages_are_known_and_the_packages_own_comes_first() -> None:
    assert role_page_models() == [RolePage, PaidRolePage, StaffRolePage, OwnRolePage]


def test_other_pages_are_no_role_pages() -> None:
    assert not {Page, BarePage, RoleIndexPage} & set(role_page_models())
