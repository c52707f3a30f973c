"""Terms on pages, each with its definition beside it."""

from __future__ import annotations

from dataclasses import dataclass

from orgmodel.model.glossary import TERMS
from webui.asking.edge import current_viewer, next_number


@dataclass(frozen=True, slots=True)
class TermTip:
    """A term on a page; `id` is that of the element with its definition, unique on the page."""

    id: str
    key: str
    name: str
    definition: str


def term_tip(key: str) -> TermTip:
    """Return a term for the page that is being rendered.

    Raises
    ------
    KeyError
        If the glossary has no such term.
    """
    viewer, term = current_viewer(), TERMS[key]
    return TermTip(f"term-{next_number()}", key, viewer._(term.name), viewer._(term.definition))


def is_term(key: str) -> bool:
    """Tell whether the glossary has a term."""
    return key in TERMS
