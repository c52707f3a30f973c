"""A chart's entries as a table with one row each; tables of posts can be imported again.

`orgmodel import` reads a post's id, superior, title, name, status, unit, seats and full-time
equivalents; the other columns are for human readers, and the import reports them as ignored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.tables import Table, count_column, interval_column, text_column
from orgmodel.exporting.contents import entries, footer, one_line, plain, subject
from orgmodel.exporting.csv_tables import csv_text
from orgmodel.model.amounts import Interval
from orgmodel.model.columns import HOLDERS_APART
from orgmodel.model.statuses import Status
from orgmodel.texts import N_, Joined, message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from orgmodel.analysis.tables import Column, Value
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.texts import Language

_GROUP = 3
# The text in place of a name for a vacant post; the import knows it in both languages.
_VACANT = N_("Vacant")


def entries_csv(exhibit: Exhibit) -> str:
    """Return a chart's entries as CSV for spreadsheets; see `csv_text`."""
    return csv_text(entries_table(exhibit), exhibit.language)


def entries_table(exhibit: Exhibit) -> Table:
    """Return a chart's entries as a table, in the order of the chart.

    The superior post or the parent unit is included only if it is on the chart, too.
    """
    about, found = subject(exhibit), entries(exhibit)
    left_out = {
        "more_seats": not any("seats_at_least" in one for one in found.values()),
        "open_seats": not any("open_seats" in one for one in found.values()),
        "hidden": not about["hidden"],
    }
    own = _UNITS if exhibit.view.units else _POSTS
    columns = tuple(one for one in (*own, *_OF_BOTH) if not left_out.get(one.key, False))
    superiors = {one.card.id: one.shown.parent_id for one in exhibit.chart.cards}
    every = {
        "organisation_name": about["name"],
        "organisation_id": about["organisation"],
        "as_of": about["as_of"],
        "shown_on": about["shown_on"],
        "hidden": about["hidden"],
    }
    rows = (
        {**_cells(exhibit, entry_id, entry, superiors[entry_id]), **every}
        for entry_id, entry in found.items()
    )
    return Table(
        about["entries"],
        Joined((about["title"],)),
        Joined(tuple(footer(about)), " · "),
        columns,
        tuple(tuple(_one_line(row.get(column.key)) for column in columns) for row in rows),
    )


def _cells(
    exhibit: Exhibit, entry_id: str, entry: Mapping[str, Any], superior: str | None
) -> dict[str, Value]:
    """Return the cells of an entry by column key; most keys are those of `contents`."""
    if exhibit.view.units:
        own = {"part_of": superior, "name": entry["label"], "count": entry["seats"]}
    else:
        own = {
            "reports_to": superior,
            "title": entry["label"],
            "name": _holders(exhibit, entry_id, entry),
            "headcount": entry["seats"],
            "fte": _fte(entry.get("fte"), exhibit.language),
            "more_seats": message(N_("yes")) if "seats_at_least" in entry else None,
        }
    return {
        **entry,
        "id": entry_id,
        **own,
        "status": entry.get("status_words"),
        "level": entry.get("level_words"),
        "span": _interval(entry, "span"),
        "reach": _interval(entry, "reach"),
        "line": entry.get("line_words"),
    }


def _one_line(value: Value) -> Value:
    """Return a text on one line, because some programs treat every line as a row."""
    return one_line(value) if isinstance(value, str) else value


def _holders(exhibit: Exhibit, position_id: str, entry: Mapping[str, Any]) -> str | None:
    """Return the holders of a post, separated as in imports, or the text for a vacant post."""
    if "holder" not in entry and entry["status"] == Status.VACANT.value:
        return message(_VACANT).text(exhibit.language)
    holders = exhibit.organisation.holders(position_id)
    return HOLDERS_APART.join(plain(one.name) for one in holders) or None


def _fte(value: float | None, language: Language) -> str | None:
    """Return full-time equivalents with decimals that cannot be read as thousands: 2,1250."""
    if value is None:
        return None
    whole, _point, decimals = f"{value:.6f}".rstrip("0").partition(".")
    if not decimals:
        return whole
    padded = f"{decimals}0" if len(decimals) == _GROUP else decimals
    return f"{whole}{',' if language == 'da' else '.'}{padded}"


def _interval(entry: Mapping[str, Any], name: str) -> Interval | None:
    low = entry.get(f"{name}_low")
    return None if low is None else Interval(low, entry.get(f"{name}_high"))


_POSTS: tuple[Column, ...] = (
    text_column("id", N_("Id"), N_("The post's id in the data.")),
    text_column(
        "reports_to",
        N_("Reports to"),
        N_("The id of the post that it reports to, where that is in the file too."),
    ),
    text_column("title", N_("Title"), N_("The title of the post.")),
    text_column("name", N_("Name"), N_("Who holds the post, or that it is vacant.")),
    text_column("unit", N_("Unit"), N_("The unit that the post is in.")),
    count_column("headcount", N_("Headcount"), N_("How many identical posts the row stands for.")),
    text_column("fte", N_("FTE"), N_("The full-time equivalents of all its seats.")),
    text_column("more_seats", N_("Maybe more"), N_("Whether there may be more such posts.")),
    count_column(
        "open_seats",
        N_("Open seats"),
        N_("How many of the seats have no holder named in the sources, where others do."),
    ),
    text_column("unit_id", N_("Unit's id"), N_("The unit's id in the data.")),
)
_UNITS: tuple[Column, ...] = (
    text_column("id", N_("Id"), N_("The unit's id in the data.")),
    text_column(
        "part_of",
        N_("Part of"),
        N_("The id of the unit that it is part of, where that is in the file too."),
    ),
    text_column("name", N_("Name"), N_("The name of the unit.")),
    count_column(
        "count", N_("Identical units"), N_("How many identical units the row stands for.")
    ),
    text_column("leader_id", N_("Leader's id"), N_("The id of the post that leads the unit.")),
    text_column("leader", N_("Leader's title"), N_("The title of the post that leads it.")),
    text_column("holder", N_("Holder"), N_("Who holds that post.")),
)
_OF_BOTH: tuple[Column, ...] = (
    text_column("kind", N_("Kind of unit"), N_("In the organisation's own word.")),
    text_column("status", N_("Status"), N_("What is known of the holder.")),
    text_column("level", N_("Level"), N_("By the leaders below, not by the title.")),
    count_column("layer", N_("Layer"), N_("1 at the top.")),
    interval_column(
        "span", N_("Span"), N_("Whom the leader leads directly: direct leaders and direct staff.")
    ),
    interval_column("reach", N_("Reach"), N_("Everyone below; this is not a span.")),
    text_column(
        "line", N_("Line"), N_("Whether the line upwards is stated in the source or derived.")
    ),
    text_column("sources", N_("Sources"), N_("The documents that the entry cites.")),
    text_column("organisation_name", N_("Organisation"), N_("The organisation's name.")),
    text_column("organisation_id", N_("Organisation's id"), N_("Its id in the data.")),
    text_column("as_of", N_("Data as of"), N_("The date of the data.")),
    text_column("shown_on", N_("Shown as of"), N_("The day on which the data are shown.")),
    count_column("hidden", N_("Not in the file"), N_("How many more there are in all.")),
)
