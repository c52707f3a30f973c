"""Organisations as pictures: layout, cards, and one format a module. Knows no web, writes no file."""
