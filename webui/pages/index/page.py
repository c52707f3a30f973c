"""The front page and the search page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from orgmodel.files import shown_name
from webui.asking.edge import current_viewer, repository, requested_listings
from webui.parts.building import count_words, optional_phrase
from webui.parts.navigation import organisation_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from webui.asking.viewer import Viewer
    from webui.parts.context import OrganisationLink, Phrase
    from webui.store.data_files import FaultyFile, Listing

bp = Blueprint("organisations", __name__)


@bp.get("/")
def index() -> str:
    """Show all organisations."""
    context = index_context(
        current_viewer(), requested_listings(), repository().faulty(), repository().unread()
    )
    return render_template("pages/index/page.html", page=context)


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation on the front page."""

    link: OrganisationLink
    description: Phrase | None
    facts: tuple[str, ...]


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

    organisations: tuple[OrganisationCard, ...]
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
    viewer: Viewer, organisations: Iterable[Listing], faulty: Iterable[FaultyFile], unread: int
) -> IndexContext:
    """Return the organisations, the files with errors, and how many files are not read yet."""
    return IndexContext(
        organisations=tuple(_organisation_card(viewer, one) for one in organisations),
        faulty=tuple(faulty_file(viewer, one) for one in faulty),
        unread=unread,
    )


def _organisation_card(viewer: Viewer, listing: Listing) -> OrganisationCard:
    return OrganisationCard(
        link=organisation_link(viewer, listing),
        description=optional_phrase(viewer, listing.description),
        facts=tuple(_facts(viewer, listing)),
    )


def _facts(viewer: Viewer, listing: Listing) -> Iterator[str]:
    if listing.employees is not None:
        yield viewer._("{number} employees", number=listing.employees.text(viewer.language))
    yield count_words(viewer, listing.posts, listing.leaders)
    yield viewer.ngettext("{n} layer", "{n} layers", listing.layers)
    if listing.vacant:
        yield viewer.ngettext("{n} advertised post", "{n} advertised posts", listing.vacant)
    if listing.findings:
        yield viewer.ngettext("{n} finding", "{n} findings", listing.findings)


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
