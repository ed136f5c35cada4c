"""Switches: values that say yes or no to a program, as people and exporters spell them.

All are in lower case.
"""

YES = frozenset({"1", "on", "true", "y", "yes"})
NO = frozenset({"", "0", "false", "n", "no", "none", "null", "off", "~"})

#: The values that are a switch wherever they are. A number, a letter and “none” can be words for
#: readers, such as “Experience: none”.
ONLY_SWITCHES = (YES | NO) - {"0", "1", "n", "none", "y"}
