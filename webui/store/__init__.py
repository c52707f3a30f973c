"""The organisations that are served: read from files, kept, and opened when asked for."""
