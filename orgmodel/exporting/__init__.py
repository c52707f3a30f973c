"""Tables of figures as files that other programs open."""
