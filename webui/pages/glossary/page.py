"""The glossary: every term of the product with its definition, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from orgmodel.model.bands import SPAN_BANDS
from orgmodel.model.glossary import SUBJECTS
from orgmodel.texts import LANGUAGES, core_catalogue
from webui.asking.edge import current_viewer, served_bands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.model.bands import BandSet
    from webui.asking.viewer import Viewer

bp = Blueprint("glossary", __name__)


@bp.get("/glossary")
def page() -> str:
    """Show the glossary."""
    context = glossary_context(current_viewer(), served_bands())
    return render_template("pages/glossary/page.html", page=context)


@dataclass(frozen=True, slots=True)
class TermContext:
    """A term of the glossary.

    Attributes
    ----------
    other, other_language
        Its name in the other language, if that differs.
    ranges
        The numbers that belong to it, each with its source.
    """

    key: str
    name: str
    other: str
    other_language: str
    definition: str
    more: str
    ranges: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SubjectContext:
    """The terms of one subject."""

    id: str
    name: str
    terms: tuple[TermContext, ...]


@dataclass(frozen=True, slots=True)
class GlossaryContext:
    """The page of all terms."""

    subjects: tuple[SubjectContext, ...]


def glossary_context(viewer: Viewer, bands: BandSet) -> GlossaryContext:
    """Return all terms by subject, with the ranges that this server compares spans with."""
    other = next(one for one in LANGUAGES if one != viewer.language)
    numbers = {
        "fit": tuple(_guidelines(viewer, bands)),
        "band": tuple((band.words().text(viewer.language), "") for band in SPAN_BANDS),
    }
    return GlossaryContext(
        tuple(
            SubjectContext(
                id=subject.id,
                name=viewer._(subject.name),
                terms=tuple(
                    TermContext(
                        key=key,
                        name=viewer._(term.name),
                        other=core_catalogue().gettext(other, term.name),
                        other_language=other,
                        definition=viewer._(term.definition),
                        more=viewer._(term.more) if term.more else "",
                        ranges=numbers.get(key, ()),
                    )
                    for key, term in subject.terms.items()
                ),
            )
            for subject in SUBJECTS
        )
    )


def _guidelines(viewer: Viewer, bands: BandSet) -> Iterator[tuple[str, str]]:
    """Yield the guideline span of each kind of work that has one, with its reference."""
    for work in bands.work:
        words = work.range_words()
        if words is not None:
            language = viewer.language
            name = work.name.text(language)
            yield f"{name}: {words.text(language)}", work.basis_words().text(language)
