"""Questions to an organisation: chains, changes, search, graphs."""
