"""The names by which text can mention a role."""

from wagtail_careers.importing.planning.destination import Destination
from wagtail_careers.importing.planning.index import Index
from wagtail_careers.importing.roles.progression import RoleName, RoleNames
from wagtail_careers.importing.sources.conventions import Conventions


def role_names(destination: Destination, index: Index, conventions: Conventions) -> RoleNames:
    """Return all names by which a text can mention a role, whether its post is imported now or not.

    An imported role has the title of its post, that of its page and the alternative ones. The
    first is taken from the post if it is imported now, because it may have changed since.
    """
    names = RoleNames(conventions)
    former = destination.source_titles()
    for title, role in destination.role_titles():
        is_role = role.key not in index or role.key in index.role_titles
        is_outdated = role.key in index and title == former.get(role.key)
        if is_role and not is_outdated:
            names.add(title, role)
    for key, title in (former | index.role_titles).items():
        if key not in index or key in index.role_titles:
            names.add(title, RoleName(key=key))
    return names
