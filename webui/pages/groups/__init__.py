"""The groups of an organisation, as a page and as data."""
