"""Searching an organisation for posts, as a page and as data."""
