"""Reporting lines as arrays: what is worked out over all posts at once, for any number of them."""
