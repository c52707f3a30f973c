"""The accessibility statement."""
