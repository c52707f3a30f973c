"""Embedded views: making links to them, showing them in frames, telling programs of them."""
