"""The walk for a new leader."""
