"""Engines that are not ours and draw for us, each in a process of its own."""
