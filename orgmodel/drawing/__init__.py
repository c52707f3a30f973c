"""Layout, cards, charts and plots. Depends on no web code and writes no files."""
