"""A view as a PowerPoint presentation: native shapes that can be edited, in the template's colours."""

from orgmodel.exporting.slides.decks import deck
from orgmodel.exporting.slides.opening import TemplateError

__all__ = ["TemplateError", "deck"]
