"""Questions to an organisation, its spans of control, their statistics as tables, and findings."""
