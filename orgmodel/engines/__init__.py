"""Third-party drawing engines, each in a separate process."""
