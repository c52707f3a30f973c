"""A view as a PowerPoint presentation with editable native shapes in the template's colours."""

from orgmodel.exporting.slides.decks import deck, slide_pages
from orgmodel.exporting.slides.opening import open_template

__all__ = ["deck", "open_template", "slide_pages"]
