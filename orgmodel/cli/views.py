"""The view that the options of `orgmodel export` ask for, and what it is drawn from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from orgmodel.cli.common import organisation_at, position_at, unit_at
from orgmodel.drawing.choices import Coloring
from orgmodel.drawing.views import Cut, DrawingContext, View
from orgmodel.model.anonymity import Anonymous
from orgmodel.model.organisation import Organisation
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    from orgmodel.texts import Language


def context_and_view(  # noqa: PLR0913 - what the options say
    path: Path,
    language: Language,
    *,
    root: str | None,
    depth: int | None,
    around: str | None,
    chain: str | None,
    units: bool,
    color: str,
    day: datetime | None,
    without_names: bool,
) -> tuple[DrawingContext, View]:
    """Return the view and what to draw it from; say what is wrong and exit where there is none."""
    subjects = {Cut.BRANCH: root, Cut.AROUND: around, Cut.CHAIN: chain}
    named = {cut: name for cut, name in subjects.items() if name is not None}
    if len(named) > 1:
        reason = message(N_("--root, --around and --chain exclude each other"))
        raise click.UsageError(reason.text(language))
    organisation = organisation_at(path, language)
    view = View(Cut.BRANCH, units=units, depth=depth, coloring=Coloring(color))
    on = day.date() if day else None
    if on is not None:
        organisation = organisation.on(on)
    find: Callable[[Organisation, str, Language], str] = unit_at if units else position_at
    for cut, name in named.items():
        view = replace(view, cut=cut, entries=(find(organisation, name, language),))
    return _context(organisation, view, on, without_names=without_names)


def _context(
    organisation: Organisation, view: View, on: date | None, *, without_names: bool
) -> tuple[DrawingContext, View]:
    """Return what to draw from; without names, ids that hold a name are others."""
    if not without_names:
        return DrawingContext(organisation), view
    anonymous = Anonymous(organisation.record)
    nameless = Organisation(anonymous.record, on)
    entries = tuple(anonymous.id(one) for one in view.entries)
    return DrawingContext(nameless), replace(view, entries=entries)
