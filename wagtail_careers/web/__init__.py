"""Connections to other sites, which no other code of the package opens.

``addresses`` decides which addresses are allowed. ``connections`` connects to these addresses only,
``client`` sends requests within limits of time, size and number, and ``failures`` has the ways in
which a request can fail.
"""
