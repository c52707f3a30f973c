"""`orgmodel spans`."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text as Cell

from orgmodel.analysis.spans import spans as count_spans
from orgmodel.analysis.summary import summarise
from orgmodel.cli.common import (
    console,
    format_option,
    holder_words,
    language_option,
    organisation_at,
    print_json,
    text_table,
)
from orgmodel.cli.group import main
from orgmodel.model.wording import LEVEL_WORDS, headline_words, interval_words
from orgmodel.texts import N_, Language, message, plural_message, say


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@format_option
@language_option
def spans(path: Path, output: str, language: Language) -> None:
    """Show span of control, reach and layers of every leader."""
    organisation = organisation_at(path, language)
    figures = count_spans(organisation)
    summary = summarise(figures)
    if output == "json":
        leaders = [row.as_dict() for row in figures]
        content = {
            "organisation": organisation.id,
            "leaders": leaders,
            "summary": summary.as_dict(),
        }
        print_json(content)
        return
    columns = (
        N_("Post"), N_("Holder"), N_("Unit"), N_("Direct leaders"), N_("Direct staff"),
        N_("Span"), N_("Reach"), N_("Layers above"), N_("Layers below"), N_("Level"),
    )  # fmt: skip
    table = text_table(columns, language, numeric={3, 4, 5, 6, 7, 8})
    for row in figures:
        position = organisation.positions[row.position_id]
        cells = (
            position.title,
            holder_words(organisation, row.position_id),
            organisation.units[position.unit_id].name,
            row.direct_leaders,
            interval_words(row.direct_staff),
            headline_words(row.span),
            interval_words(row.reach),
            row.layers_above,
            row.layers_below,
            message(LEVEL_WORDS[row.level]),
        )
        table.add_row(*(Cell(say(cell, language)) for cell in cells))
    out = console()
    out.print(table)
    known = message(
        N_(
            "{leaders}; the span is exact for {exact}, bounded for {bounded}, unknown for {unknown}."
        ),
        leaders=plural_message("{n} leader", "{n} leaders", summary.leaders),
        exact=summary.spans_exact,
        bounded=summary.spans_bounded,
        unknown=summary.spans_unknown,
    )
    out.print(known.text(language))
