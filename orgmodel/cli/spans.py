"""`orgmodel spans`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text as Cell

from orgmodel.cli.common import (
    bands_at,
    bands_option,
    console,
    format_option,
    holder_words,
    language_option,
    organisation_at,
    print_json,
    text_table,
)
from orgmodel.cli.group import main
from orgmodel.model.statuses import LEFT_OUT_AT_FIRST, Who
from orgmodel.model.wording import headline_words, interval_words, level_words
from orgmodel.texts import N_, Language, message, plural_message, say

if TYPE_CHECKING:
    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.model.bands import BandSet


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option(
    "--explain",
    "leader",
    metavar="POSITION",
    help="Show what the span and the reach of one leader are made of.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=100,
    show_default=True,
    help="With --explain: how many entries to show at most.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes for several files; 1 is this one alone.  [default: one for every core]",
)
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all tables to this .xlsx file, or the leaders to this .csv file.",
)
@click.option("--names", is_flag=True, help="With --output: name the leaders.")
@click.option(
    "--leave-out",
    "left_out",
    multiple=True,
    type=click.Choice([who.value for who in Who if who not in LEFT_OUT_AT_FIRST]),
    help="Posts that do not count; may be repeated.",
)
@click.option(
    "--count",
    "counted",
    multiple=True,
    type=click.Choice([who.value for who in Who if who in LEFT_OUT_AT_FIRST]),
    help="Posts that count although they are left out at first; may be repeated.",
)
@bands_option
@format_option
@language_option
def spans(  # noqa: PLR0913 - an option each
    paths: tuple[Path, ...],
    leader: str | None,
    limit: int,
    jobs: int | None,
    path: Path | None,
    *,
    names: bool,
    left_out: tuple[str, ...],
    counted: tuple[str, ...],
    bands: Path | None,
    output: str,
    language: Language,
) -> None:
    """Show span of control, reach and layers of every leader.

    Of several files, or a folder of several: one row an organisation; what is wrong with a file
    comes at the end, and the exit code is then 1.

    A POSITION is a post's id, or its title or its holder's name where only one post has it.
    """
    from orgmodel.analysis.spans.spans import spans as count_spans
    from orgmodel.reading.loading import data_files

    files = list(data_files(paths))
    if len(files) > 1:
        if leader is not None:
            raise click.UsageError(message(N_("--explain needs one file")).text(language))
        if path is not None:
            raise click.UsageError(message(N_("--output needs one file")).text(language))
        from orgmodel.cli.surveys import show_survey

        show_survey(files, jobs=jobs, output=output, language=language)
        return
    organisation = organisation_at(files[0] if files else paths[0], language)
    leave_out = (LEFT_OUT_AT_FIRST | set(map(Who, left_out))) - set(map(Who, counted))
    figures = count_spans(organisation, leave_out=leave_out)
    if leader is not None:
        from orgmodel.cli.explanations import show_explanations

        show_explanations(figures, leader, limit=limit, output=output, language=language)
        return
    if path is not None:
        from orgmodel.cli.span_files import write_spans

        write_spans(figures, path, bands_at(bands, language), names=names, language=language)
        return
    _print_spans(figures, bands_at(bands, language), output, language)


def _print_spans(figures: Spans, bands: BandSet, output: str, language: Language) -> None:
    from orgmodel.analysis.spans.figures import Figures
    from orgmodel.analysis.statistics.leaders import left_out_posts, left_out_words
    from orgmodel.analysis.statistics.span_report import span_report
    from orgmodel.analysis.statistics.span_tables import published_table
    from orgmodel.analysis.statistics.summary import summarise

    organisation, words = figures.organisation, Figures(figures)
    summary = summarise(figures)
    published = published_table(span_report(figures, bands))
    if output == "json":
        leaders = [row.as_dict() for row in figures]
        content = {
            "organisation": organisation.id,
            "leaders": leaders,
            "left_out": {who.value: n for who, n in left_out_posts(figures).items()},
            "summary": summary.as_dict(),
            "published": list(published.records(language)),
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
            interval_words(row.direct_leaders),
            interval_words(row.direct_staff),
            headline_words(row.span),
            "" if (reach := words.reach(row.position_id)) is None else reach.words,
            row.layers_above,
            row.layers_below,
            level_words(row.level, is_least=row.level_is_least),
        )
        table.add_row(*(Cell(say(cell, language)) for cell in cells))
    out = console()
    out.print(table)
    known = message(
        N_(
            "{leaders}; the span is settled for {settled}, assumed for {assumed}, “at least” for "
            "{bounded}, not known for {unknown}."
        ),
        leaders=plural_message("{n} leader", "{n} leaders", summary.leaders),
        settled=summary.spans_settled,
        assumed=summary.spans_assumed,
        bounded=summary.spans_bounded,
        unknown=summary.spans_unknown,
    )
    out.print(known.text(language))
    out.print(left_out_words(figures).text(language))
    out.print()
    out.print(f"{published.name.text(language)}. {published.about.text(language)}")
    names = [column.name.text(language) for column in published.columns]
    lines = text_table(names, language)
    for line in published.rows:
        lines.add_row(*(Cell(say(one, language)) for one in line))
    out.print(lines)
