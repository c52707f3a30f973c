"""The served organisations: read from files, cached on disk, and opened on demand."""
