"""What each page shows, in words: all that its template may use, and its JSON twin."""
