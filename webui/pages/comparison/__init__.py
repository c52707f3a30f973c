"""The page that compares organisations, and its JSON twin."""
