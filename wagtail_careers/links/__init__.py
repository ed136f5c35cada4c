"""The use of shared links: where they are mentioned, who uses them, and replacing them."""
