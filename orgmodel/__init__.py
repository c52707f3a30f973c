"""Reporting structures of public organisations: their chains, their spans, their pictures."""
