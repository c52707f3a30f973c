"""By which words an entry is found: those by which the explorer's own search finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.questions.search import holder_names, titles, unit_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgmodel.drawing.exhibits import Exhibit


def search_words(exhibit: Exhibit, entry_id: str) -> tuple[str, str, str]:
    """Return the holders, titles and unit names of an entry, in every language and spelling.

    A unit is found by its leader's holders, by its own names, and by its leader's titles.
    """
    organisation = exhibit.organisation
    units = exhibit.view.units
    post = organisation.leader_of(entry_id) if units else entry_id
    unit_id = entry_id if units else organisation.positions[entry_id].unit_id
    unit = _line(unit_names(organisation.units[unit_id]))
    if post is None:
        return ("", unit, "")
    holders = _line(holder_names(organisation, post))
    post_titles = _line(titles(organisation.positions[post]))
    return (holders, unit, post_titles) if units else (holders, post_titles, unit)


def _line(texts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(texts))
