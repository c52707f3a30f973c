"""Two sets of spans of control side by side: two organisations, two parts, or two dates."""
