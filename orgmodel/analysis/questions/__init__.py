"""Queries on an organisation: chains, changes, search, graphs."""
