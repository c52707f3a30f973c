"""The charts of an organisation, of its posts and of its units, as pages and as data."""
