"""Requests that no browser sends, to every view that the package adds."""
