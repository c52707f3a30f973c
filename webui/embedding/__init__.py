"""Embedding of live views on other sites: signed links, permitted sites, and content."""
