"""The rules of the package, one module for each subject."""
