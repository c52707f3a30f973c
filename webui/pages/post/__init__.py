"""The page of one post, and its JSON twin."""
