"""The rich-text features of the package: ``trait`` and ``shared-link``."""
