"""Speaker notes: what a slide shows, of when and where from, and the words that it has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.drawing.describing import short_description
from orgmodel.drawing.page_cards import PageCard
from orgmodel.exporting.slides.shapes import LOCALES, plain
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pptx.slide import Slide

    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.pages import Page
    from orgmodel.model.provenance import Source
    from orgmodel.texts import Language


def chart_notes(exhibit: Exhibit, page: Page, *, title: str, has_footer: bool) -> tuple[str, ...]:
    """Return the lines of the notes of a slide with a chart.

    Parameters
    ----------
    title
        The slide's title, where the slide has it shortened; else empty.
    has_footer
        Whether all words of the footer are on the slide.
    """
    language = exhibit.language
    found = [title] if title else []
    found.append(short_description(page.chart, language))
    if page.links:
        hint = N_("Click a card with a number to go to the slide of those below it.")
        found.append(message(hint).text(language))
    if left := page.chart.cross_lines_left:
        words = plural_message(
            "{n} relation beside the line is not drawn.",
            "{n} relations beside the line are not drawn.",
            left,
        )
        found.append(words.text(language))
    found += source_notes(exhibit, has_footer=has_footer)
    shortened = [
        "; ".join(filter(None, (card.full_title, card.holder_words(), card.full_unit)))
        for card in (one.card for one in page.chart.cards)
        if isinstance(card, PageCard) and card.is_shortened
    ]
    if shortened:
        found += ["", message(N_("In full:")).text(language), *shortened]
    return tuple(found)


def source_notes(exhibit: Exhibit, *, has_footer: bool = True) -> Iterator[str]:
    """Yield the date of the data and its sources, one a line."""
    language = exhibit.language
    yield exhibit.date_words
    if not has_footer and exhibit.source_words:
        yield exhibit.source_words
    if exhibit.sources:
        yield ""
        yield message(N_("Sources:")).text(language)
        for source in exhibit.sources:
            yield f"• {_source_words(source, language)}"


def _source_words(source: Source, language: Language) -> str:
    date = source.date.text(language) if source.date else ""
    return ", ".join(filter(None, (source.title.text(language), source.publisher, date)))


def set_notes(slide: Slide, lines: Sequence[str], language: Language) -> None:
    """Write the notes of a slide."""
    frame = slide.notes_slide.notes_text_frame
    if frame is None:
        return
    frame.text = "\n".join(plain(line) for line in lines)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", LOCALES[language])
