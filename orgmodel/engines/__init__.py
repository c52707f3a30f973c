"""Native libraries that draw and typeset, each in a process of its own."""
