"""`orgmodel spans`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgmodel.cli.common import (
    bands_at,
    bands_option,
    console,
    format_option,
    holder_words,
    language_option,
    main,
    organisation_at,
    paths_argument,
    print_json,
    print_table,
    usage_error,
    write_or_exit,
)
from orgmodel.model.statuses import LEFT_OUT_AT_FIRST, Who
from orgmodel.model.wording import headline_words, interval_words, level_words
from orgmodel.texts import N_, Language, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.model.bands import BandSet


@main.command()
@paths_argument
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
def spans(  # noqa: PLR0913 - one parameter for each option
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
            raise usage_error(N_("--explain needs one file"), language)
        if path is not None:
            raise usage_error(N_("--output needs one file"), language)
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
        _write_spans(figures, path, bands_at(bands, language), names=names, language=language)
        return
    _print_spans(figures, bands_at(bands, language), output, language)


def _write_spans(
    figures: Spans, path: Path, bands: BandSet, *, names: bool, language: Language
) -> None:
    """Write all tables as an Excel file, or the leaders as CSV, by the file's extension."""
    from orgmodel.analysis.statistics.leader_table import leaders_table
    from orgmodel.analysis.statistics.span_report import span_report
    from orgmodel.analysis.statistics.span_tables import span_tables
    from orgmodel.exporting.csv_tables import csv_text
    from orgmodel.exporting.span_reports import span_workbook

    report = span_report(figures, bands)
    ending = path.suffix.lower()
    if ending == ".xlsx":
        scope = figures.organisation.name.text(language)
        content = span_workbook(report, span_tables(report, names=names), scope, language)
    elif ending == ".csv":
        table = leaders_table(report, names=names, language=language)
        content = csv_text(table, language).encode()
    else:
        text = N_("the name of the file must end in .xlsx or .csv, not “{path}”")
        raise usage_error(text, language, path=path)
    write_or_exit(path, content, language)


def _print_spans(figures: Spans, bands: BandSet, output: str, language: Language) -> None:
    from orgmodel.analysis.statistics.leaders import left_out_posts, left_out_words
    from orgmodel.analysis.statistics.span_report import span_report
    from orgmodel.analysis.statistics.span_tables import published_table
    from orgmodel.analysis.statistics.summary import summarise

    summary = summarise(figures)
    published = published_table(span_report(figures, bands))
    if output == "json":
        content = {
            "organisation": figures.organisation.id,
            "leaders": [row.as_dict() for row in figures],
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
    print_table(columns, _leader_rows(figures), language, numeric=range(3, 9))
    known = message(
        N_(
            "{leaders}; the span is exact for {settled}, assumed for {assumed}, “at least” "
            "for {bounded}, not stated for {unknown}."
        ),
        leaders=plural_message("{n} leader", "{n} leaders", summary.leaders),
        settled=summary.spans_settled,
        assumed=summary.spans_assumed,
        bounded=summary.spans_bounded,
        unknown=summary.spans_unknown,
    )
    out = console()
    out.print(known.text(language))
    out.print(left_out_words(figures).text(language))
    out.print()
    out.print(f"{published.name.text(language)}. {published.about.text(language)}")
    names = [column.name.text(language) for column in published.columns]
    print_table(names, published.rows, language)


def _leader_rows(figures: Spans) -> Iterator[tuple[object, ...]]:
    from orgmodel.analysis.spans.figures import Figures

    organisation, words = figures.organisation, Figures(figures)
    for row in figures:
        position = organisation.positions[row.position_id]
        reach = words.reach(row.position_id)
        yield (
            position.title,
            holder_words(organisation, row.position_id),
            organisation.units[position.unit_id].name,
            interval_words(row.direct_leaders),
            interval_words(row.direct_staff),
            headline_words(row.span),
            "" if reach is None else reach.words,
            row.layers_above,
            row.layers_below,
            level_words(row.level, is_least=row.level_is_least),
        )
