"""The permission policies of views that no viewset builds."""

from wagtail.permission_policies import ModelPermissionPolicy

from wagtail_careers.models import SharedLink, Trait

SHARED_LINKS = ModelPermissionPolicy(SharedLink)
TRAITS = ModelPermissionPolicy(Trait)
