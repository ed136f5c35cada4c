"""Connections to other sites, which no other code of the package opens.

``addresses`` decides which addresses are allowed. ``client`` connects to these addresses only,
within limits of time, size and number.
"""
