"""Names that say that not everybody sees something: of custom fields, front matter and blocks.

Plug-ins for members each have their own, such as ``_membership_level`` and ``is_protected``. What
the words of a name have in common serves for plug-ins that nobody has listed.
"""

from wagtail_careers.importing.sources.switches import NO, YES
from wagtail_careers.text import name_parts

#: Words that have no other meaning in such a name.
_LIMITS = frozenset({"gated", "memberful", "memberonly", "membersonly", "paywall", "restrict"})
#: Words that also occur in the names of other things, such as a professional membership.
_MAY_LIMIT = frozenset(
    """
    access loggedin logged login member members membership memberships premium private protect
    protected restricted restriction restrictions subscriber subscribers subscription
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: Words beside those that say who sees something.
_OF_RULES = frozenset(
    """
    access area capability group groups level levels only permission permissions plan plans required
    role roles rule rules tier tiers
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
#: Words in the names of what can be restricted in a job, not on a page.
_OF_OTHER_THINGS = frozenset(
    """
    age building disabled height practice professional sector site step title wheelchair work
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)
_FOR_EVERYBODY = NO | frozenset(
    """
    [] a:0:{} all anyone default everybody everyone inherit open public visible {}
    """.split()  # noqa: SIM905 - a table to read, not a list to edit
)


def limits_audience(name: str, value: str) -> bool:
    """Return True if ``value``, under ``name``, says that not everybody sees something.

    ``value`` is in lower case.
    """
    if value in _FOR_EVERYBODY:
        return False
    words = set(name_parts(name))
    if words & _OF_OTHER_THINGS:
        return False
    found = words & _MAY_LIMIT
    is_rule = bool(found) and (value in YES or bool(words & _OF_RULES - found) or len(found) > 1)
    return is_rule or bool(words & _LIMITS)
