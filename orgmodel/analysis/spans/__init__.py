"""Spans of control: the ledger, the figures summed from it, and their reports."""
