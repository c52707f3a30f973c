"""Core -> words: builds the context of each page from an organisation."""
