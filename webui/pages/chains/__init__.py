"""The chain from one post to the top, and the chain between two posts."""
