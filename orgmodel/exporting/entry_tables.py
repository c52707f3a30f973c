"""A chart's entries as a table, a row each; of posts, one that `orgmodel import` reads back.

The import takes a post's id, superior, title, name, status, unit, seats and full-time equivalents;
what the other columns say is for people, and the import lists them as not taken up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.tables import (
    Table,
    count_column,
    interval_column,
    text_column,
)
from orgmodel.exporting.contents import contents
from orgmodel.exporting.csv_tables import csv_text
from orgmodel.exporting.records import one_line, plain
from orgmodel.model.amounts import Interval
from orgmodel.model.columns import HOLDERS_APART
from orgmodel.model.statuses import Status
from orgmodel.texts import N_, Joined, message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgmodel.analysis.tables import Column, Value
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.exporting.records import Node, Subject

_GROUP = 3
# What stands for a name where a post is vacant; the import knows it in both languages.
_VACANT = N_("Vacant")


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry with what its row needs; `above` is the one over it on the chart."""

    node: Node
    above: str | None
    subject: Subject
    exhibit: Exhibit


_Said = tuple["Column", "Callable[[_Entry], Value]"]


def entries_csv(exhibit: Exhibit) -> str:
    """Return a chart's entries as CSV, as spreadsheets open it; see `csv_text`."""
    return csv_text(entries_table(exhibit), exhibit.language)


def entries_table(exhibit: Exhibit) -> Table:
    """Return a chart's entries as a table, in the order of the chart.

    The post that one reports to, or the unit that one is part of, is only named where it is on the
    chart too.
    """
    found = contents(exhibit)
    subject = found.subject
    above = {edge.target: edge.source for edge in found.edges if not edge.is_relation}
    entries = [_Entry(one.node, above.get(one.node.id), subject, exhibit) for one in found.drawn]
    said: Sequence[_Said] = _UNITS if exhibit.view.units else _POSTS
    left_out = {
        "more_seats": not any(one.node.seats_at_least for one in entries),
        "open_seats": not any(one.node.open_seats for one in entries),
        "hidden": not subject.hidden,
    }
    columns = [one for one in (*said, *_OF_BOTH) if not left_out.get(one[0].key, False)]
    return Table(
        subject.entries,
        Joined((subject.title,)),
        Joined(subject.footer, " · "),
        tuple(column for column, _say in columns),
        tuple(tuple(_cell(say(one)) for _column, say in columns) for one in entries),
    )


def _cell(value: Value) -> Value:
    """Return a text in one line: programs take a row for a line."""
    return one_line(value) if isinstance(value, str) else value


def _holders(entry: _Entry) -> str | None:
    """Return who holds a post, so that the import tells several apart, or its word for a vacant one."""
    organisation, node = entry.exhibit.organisation, entry.node
    if node.holder is None and node.status == Status.VACANT.value:
        return message(_VACANT).text(entry.exhibit.language)
    return HOLDERS_APART.join(plain(one.name) for one in organisation.holders(node.id)) or None


def _fte(entry: _Entry) -> str | None:
    """Return full-time equivalents so that nobody takes decimals for thousands: 2,1250."""
    value = entry.node.fte
    if value is None:
        return None
    whole, _point, decimals = f"{value:.6f}".rstrip("0").partition(".")
    if not decimals:
        return whole
    padded = f"{decimals}0" if len(decimals) == _GROUP else decimals
    return f"{whole}{',' if entry.exhibit.language == 'da' else '.'}{padded}"


def _more_seats(entry: _Entry) -> Value:
    return message(N_("yes")) if entry.node.seats_at_least else None


def _interval(low: int | None, high: int | None) -> Interval | None:
    return None if low is None else Interval(low, high)


_POSTS: tuple[_Said, ...] = (
    (
        text_column("id", N_("Id"), N_("The post's id in the data.")),
        lambda one: one.node.id,
    ),
    (
        text_column(
            "reports_to",
            N_("Reports to"),
            N_("The id of the post that it reports to, where that is in the file too."),
        ),
        lambda one: one.above,
    ),
    (
        text_column("title", N_("Title"), N_("The title of the post.")),
        lambda one: one.node.label,
    ),
    (
        text_column("name", N_("Name"), N_("Who holds the post, or that it is vacant.")),
        _holders,
    ),
    (
        text_column("unit", N_("Unit"), N_("The unit that the post is in.")),
        lambda one: one.node.unit,
    ),
    (
        count_column(
            "headcount", N_("Headcount"), N_("How many identical posts the row stands for.")
        ),
        lambda one: one.node.seats,
    ),
    (
        text_column("fte", N_("FTE"), N_("The full-time equivalents of all its seats.")),
        _fte,
    ),
    (
        text_column("more_seats", N_("Maybe more"), N_("Whether there may be more such posts.")),
        _more_seats,
    ),
    (
        count_column(
            "open_seats",
            N_("Open seats"),
            N_("How many of the posts nobody is named for, where somebody is for others."),
        ),
        lambda one: one.node.open_seats,
    ),
    (
        text_column("unit_id", N_("Unit's id"), N_("The unit's id in the data.")),
        lambda one: one.node.unit_id,
    ),
)
_UNITS: tuple[_Said, ...] = (
    (
        text_column("id", N_("Id"), N_("The unit's id in the data.")),
        lambda one: one.node.id,
    ),
    (
        text_column(
            "part_of",
            N_("Part of"),
            N_("The id of the unit that it is part of, where that is in the file too."),
        ),
        lambda one: one.above,
    ),
    (
        text_column("name", N_("Name"), N_("The name of the unit.")),
        lambda one: one.node.label,
    ),
    (
        count_column(
            "count", N_("Identical units"), N_("How many identical units the row stands for.")
        ),
        lambda one: one.node.seats,
    ),
    (
        text_column("leader_id", N_("Leader's id"), N_("The id of the post that leads the unit.")),
        lambda one: one.node.leader_id,
    ),
    (
        text_column("leader", N_("Leader's title"), N_("The title of the post that leads it.")),
        lambda one: one.node.leader,
    ),
    (
        text_column("holder", N_("Holder"), N_("Who holds that post.")),
        lambda one: one.node.holder,
    ),
)
_OF_BOTH: tuple[_Said, ...] = (
    (
        text_column("kind", N_("Kind of unit"), N_("In the organisation's own word.")),
        lambda one: one.node.kind,
    ),
    (
        text_column("status", N_("Status"), N_("What is known of the holder.")),
        lambda one: one.node.status_words,
    ),
    (
        text_column("level", N_("Level"), N_("By the leaders below, not by the title.")),
        lambda one: one.node.level_words,
    ),
    (
        count_column("layer", N_("Layer"), N_("1 at the top.")),
        lambda one: one.node.layer,
    ),
    (
        interval_column(
            "span",
            N_("Span"),
            N_("Whom the leader leads directly: direct leaders and direct staff."),
        ),
        lambda one: _interval(one.node.span_low, one.node.span_high),
    ),
    (
        interval_column("reach", N_("Reach"), N_("Everyone below; this is not a span.")),
        lambda one: _interval(one.node.reach_low, one.node.reach_high),
    ),
    (
        text_column(
            "line", N_("Line"), N_("Whether a source states the line upwards, or it is inferred.")
        ),
        lambda one: one.node.line_words,
    ),
    (
        text_column("sources", N_("Sources"), N_("The documents that the entry cites.")),
        lambda one: one.node.sources,
    ),
    (
        text_column("organisation_name", N_("Organisation"), N_("The organisation's name.")),
        lambda one: one.subject.name,
    ),
    (
        text_column("organisation_id", N_("Organisation's id"), N_("Its id in the data.")),
        lambda one: one.subject.organisation,
    ),
    (
        text_column("as_of", N_("Data as of"), N_("The date of the data.")),
        lambda one: one.subject.as_of,
    ),
    (
        text_column("shown_on", N_("Shown as of"), N_("The day on which the data are shown.")),
        lambda one: one.subject.shown_on,
    ),
    (
        count_column("hidden", N_("Not in the file"), N_("How many more there are in all.")),
        lambda one: one.subject.hidden,
    ),
)
