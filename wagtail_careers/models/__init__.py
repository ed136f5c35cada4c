"""The package's models. The concrete pages are in ``wagtail_careers.pages``."""

from wagtail_careers.models.cache_purge import CachePurge
from wagtail_careers.models.category import RoleCategory
from wagtail_careers.models.completeness import RoleCompleteness
from wagtail_careers.models.import_record import ImportRecord
from wagtail_careers.models.link_check import LinkCheck
from wagtail_careers.models.link_claim import LinkClaim
from wagtail_careers.models.link_use import LinkUse
from wagtail_careers.models.organisation_word import OrganisationWord
from wagtail_careers.models.plain_link_use import PlainLinkUse
from wagtail_careers.models.replacement import Replacement, ReplacementPage
from wagtail_careers.models.role import (
    AbstractRoleIndexPage,
    AbstractRolePage,
    AlternativeTitle,
    RoleIndexPageMixin,
    RolePageMixin,
)
from wagtail_careers.models.role_finding import FindingCount, RoleFinding
from wagtail_careers.models.shared_link import SharedLink
from wagtail_careers.models.step import Step
from wagtail_careers.models.surroundings import SurroundingsMixin
from wagtail_careers.models.trait import RoleTrait, Trait, TraitAlias
from wagtail_careers.models.waiver import FindingWaiver

__all__ = [
    "AbstractRoleIndexPage",
    "AbstractRolePage",
    "AlternativeTitle",
    "CachePurge",
    "FindingCount",
    "FindingWaiver",
    "ImportRecord",
    "LinkCheck",
    "LinkClaim",
    "LinkUse",
    "OrganisationWord",
    "PlainLinkUse",
    "Replacement",
    "ReplacementPage",
    "RoleCategory",
    "RoleCompleteness",
    "RoleFinding",
    "RoleIndexPageMixin",
    "RolePageMixin",
    "RoleTrait",
    "SharedLink",
    "Step",
    "SurroundingsMixin",
    "Trait",
    "TraitAlias",
]
