"""Contexts, builders and templates that several pages share."""
