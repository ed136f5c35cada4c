"""The use of shared links: mentions in content, the pages that use a link, and replacements."""
