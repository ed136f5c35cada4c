"""Role pages for organisations that publish careers information with Wagtail."""

__version__ = "0.1.0"
