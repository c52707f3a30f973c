"""A view made ready for a presentation: its page, its picture, and its files in every format."""
