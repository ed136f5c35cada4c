"""The site is a project of its own: its tests run in another process, with its own settings."""

collect_ignore = ["outside_site"]
