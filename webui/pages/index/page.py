"""The front page: a search, three ways in, and all organisations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from orgmodel.files import shown_name
from orgmodel.model.dates import PartialDate
from orgmodel.texts import N_
from webui.asking.edge import current_viewer, repository, requested_listings
from webui.parts.building import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from webui.asking.viewer import Viewer
    from webui.parts.context import Phrase
    from webui.store.data_files import FaultyFile, Listing

bp = Blueprint("organisations", __name__)

# The ways in: name and words, by key; and the page of an organisation that each leads to.
DOORS = {
    "new": (
        N_("I am new here"),
        N_("Your leader, your team, your groups and your first tasks, in five steps"),
    ),
    "spans": (
        N_("Spans of control"),
        N_("Who leads how many, what we know, and what to look at first"),
    ),
    "present": (
        N_("Use in a presentation"),
        N_("A part of the chart as slides, a picture or a link, in two minutes"),
    ),
}
DOOR_PAGES = {"new": "walks.start", "spans": "spans.page", "present": "presentations.page"}


@bp.get("/")
def index() -> str:
    """Show all organisations."""
    context = index_context(
        current_viewer(), requested_listings(), repository().faulty(), repository().unread()
    )
    return render_template("pages/index/page.html", page=context)


@dataclass(frozen=True, slots=True)
class Door:
    """A way in."""

    name: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation in a list; `advertised` is the number of advertised posts in words."""

    name: Phrase
    href: str
    facts: str
    advertised: str


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """An error in a file."""

    place: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class FaultyContext:
    """A file with errors.

    Attributes
    ----------
    is_served
        Whether its last error-free version is shown.
    """

    name: str
    problems: tuple[ProblemLine, ...]
    is_served: bool


@dataclass(frozen=True, slots=True)
class IndexContext:
    """The front page."""

    doors: tuple[Door, ...]
    organisations: tuple[OrganisationRow, ...]
    faulty: tuple[FaultyContext, ...]
    unread: int


@dataclass(frozen=True, slots=True)
class ErrorContext:
    """An error page, with links to alternatives or to try again."""

    status: int
    title: str
    text: str
    suggestions: tuple[tuple[str, str], ...] = ()
    faulty: tuple[FaultyContext, ...] = ()
    again_href: str = ""
    code: str = ""


def index_context(
    viewer: Viewer, listings: Sequence[Listing], faulty: Iterable[FaultyFile], unread: int
) -> IndexContext:
    """Return the organisations, the files with errors, and how many files are not read yet."""
    return IndexContext(
        doors=tuple(
            Door(viewer._(name), viewer._(words), door_href(viewer, key, listings))
            for key, (name, words) in DOORS.items()
        )
        if listings
        else (),
        organisations=tuple(organisation_row(viewer, one, "charts.page") for one in listings),
        faulty=tuple(faulty_file(viewer, one) for one in faulty),
        unread=unread,
    )


def door_href(viewer: Viewer, key: str, listings: Sequence[Listing]) -> str:
    """Return where a door leads: to the page itself, or to the choice of an organisation."""
    if len(listings) == 1:
        return viewer.url_for(DOOR_PAGES[key], organisation_id=listings[0].id)
    return viewer.url_for("starts.page", door=key)


def organisation_row(viewer: Viewer, listing: Listing, endpoint: str) -> OrganisationRow:
    """Return an organisation in a list, with a link to one of its pages."""
    return OrganisationRow(
        name=phrase(viewer, listing.name),
        href=viewer.url_for(endpoint, organisation_id=listing.id),
        facts=" · ".join(_facts(viewer, listing)),
        advertised=viewer.ngettext("{n} advertised post", "{n} advertised posts", listing.vacant)
        if listing.vacant
        else "",
    )


def _facts(viewer: Viewer, listing: Listing) -> Iterator[str]:
    language, as_of = viewer.language, listing.as_of
    if listing.employees is not None:
        yield viewer._("{number} employees", number=listing.employees.text(language))
    yield viewer.ngettext("{n} post", "{n} posts", listing.posts)
    yield PartialDate(as_of.year, as_of.month).text(language)


def faulty_file(viewer: Viewer, file: FaultyFile) -> FaultyContext:
    """Return a file with all its errors."""
    language = viewer.language
    # The page shows the file's name only, so that it does not disclose the server's folders.
    name = shown_name(file.path.name)
    return FaultyContext(
        name=name,
        problems=tuple(
            ProblemLine(
                place=f"{name}:{problem.location.line}:{problem.location.column}",
                code=problem.code,
                # Messages quote the file, and a quotation may be a person's name.
                message=problem.message(language) if viewer.names else "",
            )
            for problem in file.problems
        ),
        is_served=file.served_id is not None,
    )


def served_with_errors() -> tuple[FaultyContext, ...]:
    """Return the file of the page's organisation if its newest version has errors and is not shown."""
    viewer = current_viewer()
    organisation_id = viewer.path.get("organisation_id")
    if organisation_id is None:
        return ()
    found = repository().served_with_errors(organisation_id)
    return tuple(faulty_file(viewer, one) for one in found)
