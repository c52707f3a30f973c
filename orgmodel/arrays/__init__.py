"""Reporting lines as arrays, for figures over all posts of organisations of any size."""
