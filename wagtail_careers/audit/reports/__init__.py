"""The reports of an audit: a module a format, each of which turns an audit into text."""
