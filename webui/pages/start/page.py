"""The ways in from the front page: the choice of an organisation, and how to add one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, render_template

from orgmodel.analysis.spans.facets import Property
from orgmodel.drawing.card_texts import position_title
from orgmodel.errors import UnknownIdError
from orgmodel.model.statuses import Status
from webui.asking.edge import current_viewer, requested_listings, requested_organisation
from webui.pages.index.page import DOOR_PAGES, DOORS, door_href, organisation_row
from webui.parts.building import phrase
from webui.store.opened import StillReadingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from webui.asking.viewer import Viewer
    from webui.pages.index.page import OrganisationRow
    from webui.parts.context import Phrase
    from webui.store.data_files import Listing
    from webui.store.loaded import Loaded

bp = Blueprint("starts", __name__)

# Organisations whose advertised posts are listed; each must be opened.
_MOST_OPENED = 8
_MOST_LISTED = 6


@bp.get("/start/<door>")
def page(door: str) -> str | Response:
    """Ask which organisation a way in is about; with only one, go there."""
    viewer, listings = current_viewer(), requested_listings()
    if door not in DOORS:
        abort(404)
    if len(listings) == 1:
        return redirect(door_href(viewer, door, listings))
    opened = tuple(_opened(listings)) if door == "new" else ()
    context = start_context(viewer, door, listings, opened)
    return render_template("pages/start/page.html", page=context)


@bp.get("/start/own")
def own() -> str:
    """Show how to add an organisation."""
    return render_template("pages/start/own.html", page={})


@dataclass(frozen=True, slots=True)
class AdvertisedPost:
    """An advertised post; `href` is its first step for a new leader."""

    title: Phrase
    unit: Phrase
    href: str


@dataclass(frozen=True, slots=True)
class StartContext:
    """The choice of an organisation; for a new leader also the advertised posts."""

    door: str
    name: str
    words: str
    organisations: tuple[OrganisationRow, ...]
    advertised: tuple[tuple[OrganisationRow, tuple[AdvertisedPost, ...]], ...]


def start_context(
    viewer: Viewer, door: str, listings: Sequence[Listing], opened: Sequence[Loaded]
) -> StartContext:
    """Return the choice of an organisation; `opened` are those whose advertised posts are shown."""
    name, words = DOORS[door]
    rows = {one.id: organisation_row(viewer, one, DOOR_PAGES[door]) for one in listings}
    return StartContext(
        door=door,
        name=viewer._(name),
        words=viewer._(words),
        organisations=tuple(rows.values()),
        advertised=tuple((rows[one.organisation.id], _advertised(viewer, one)) for one in opened),
    )


def _opened(listings: Sequence[Listing]) -> list[Loaded]:
    opened = []
    for listing in [one for one in listings if one.vacant][:_MOST_OPENED]:
        try:
            opened.append(requested_organisation(listing.id))
        except (UnknownIdError, StillReadingError):
            continue
    return opened


def _advertised(viewer: Viewer, loaded: Loaded) -> tuple[AdvertisedPost, ...]:
    organisation = loaded.organisation
    found = loaded.facets.fitting({Property.STATUS: {Status.VACANT.value}})
    return tuple(
        AdvertisedPost(
            title=phrase(viewer, position_title(organisation, one)),
            unit=phrase(viewer, organisation.units[organisation.positions[one].unit_id].name),
            href=viewer.url_for(
                "walks.step", organisation_id=organisation.id, position_id=one, step="1"
            ),
        )
        for one in list(found)[:_MOST_LISTED]
    )
