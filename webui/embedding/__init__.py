"""Embedding a live view on another site: signed links, who may frame them, and what they show."""
