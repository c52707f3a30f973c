"""The front page: the organisations, and the files that could not be read."""
