"""The spans of an organisation as data: what the page says, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.statistics.leader_table import LEADERS, LeaderRows, leaders_table
from orgmodel.analysis.statistics.leaders import left_out_posts
from orgmodel.analysis.statistics.span_tables import TABLES, span_tables
from webui.asking.languages import current_language
from webui.asking.span_params import leader_query, names_are_asked_for

if TYPE_CHECKING:
    from orgmodel.analysis.spans.spans import LeaderSpan
    from orgmodel.analysis.spans.tables import Table
    from orgmodel.analysis.statistics.span_report import SpanReport
    from webui.asking.span_params import SpanView


def asked_tables(report: SpanReport) -> tuple[Table, ...]:
    """Return all tables, that of the leaders as the address asks for it."""
    return span_tables(
        report, leader_query(), names=names_are_asked_for(), language=current_language()
    )


def asked_table(report: SpanReport, table_id: str) -> Table | None:
    """Return one of these tables, without making the others; None where there is none."""
    if table_id == LEADERS:
        names, language = names_are_asked_for(), current_language()
        return leaders_table(report, leader_query(), names=names, language=language)
    make = TABLES.get(table_id)
    return None if make is None else make(report)


def span_data(view: SpanView) -> dict[str, object]:
    """Return all tables, and what was asked for; `openapi.json` describes it."""
    organisation = view.loaded.organisation
    language = current_language()
    *summaries, leaders = asked_tables(view.report())
    assert isinstance(leaders.rows, LeaderRows)  # noqa: S101 - it is what the table holds
    records = zip(leaders.records(language), range(len(leaders.rows)), strict=True)
    return {
        "organisation": organisation.id,
        "day": organisation.day.isoformat(),
        "language": language,
        "choice": {
            "unit": view.choice.unit_id,
            "kinds": list(view.choice.kind_ids),
            "layers": list(view.choice.layers),
        },
        "left_out": {who.value: n for who, n in left_out_posts(view.counting.spans).items()},
        "tables": {table.id: list(table.records(language)) for table in summaries},
        "leaders": [{**figures_of(leaders.rows.leader(n)), **record} for record, n in records],
    }


def figures_of(row: LeaderSpan) -> dict[str, object]:
    """Return the figures of a leader by the names that they have everywhere."""
    return {
        "id": row.position_id,
        "status_code": row.status.value,
        "level_code": row.level.value,
        "known_code": row.knowing.value,
        **row.figures(),
    }
