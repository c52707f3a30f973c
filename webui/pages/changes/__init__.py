"""What changes between two dates, as a page and as data."""
