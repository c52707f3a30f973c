"""The front page and the search page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from orgmodel.analysis.questions.chains import chain_to_top
from orgmodel.files import shown_name
from webui.asking.languages import _, current_language, ngettext
from webui.asking.state import repository
from webui.asking.viewing import names_are_shown
from webui.pages.index.context import (
    FaultyContext,
    IndexContext,
    OrganisationCard,
    ProblemLine,
    SearchContext,
    SearchHit,
)
from webui.parts.building import (
    count_words,
    optional_phrase,
    organisation_link,
    post_link,
    say_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from webui.store.data_files import FaultyFile
    from webui.store.listings import Listing
    from webui.store.loaded import Loaded

_MOST_HITS = 20


def index_context(
    organisations: Iterable[Listing], faulty: Iterable[FaultyFile], unread: int
) -> IndexContext:
    """Return the list of organisations, of the files with errors, and how many are not read yet."""
    return IndexContext(
        organisations=tuple(map(_organisation_card, organisations)),
        faulty=tuple(map(faulty_file, faulty)),
        unread=unread,
    )


def _organisation_card(listing: Listing) -> OrganisationCard:
    return OrganisationCard(
        link=organisation_link(listing),
        description=optional_phrase(listing.description),
        facts=tuple(_facts(listing)),
    )


def _facts(listing: Listing) -> Iterator[str]:
    if listing.employees is not None:
        yield _("{number} employees", number=listing.employees.text(current_language()))
    yield count_words(listing.posts, listing.leaders)
    yield ngettext("{n} layer", "{n} layers", listing.layers)
    if listing.vacant:
        yield ngettext("{n} advertised post", "{n} advertised posts", listing.vacant)
    if listing.findings:
        yield ngettext("{n} finding", "{n} findings", listing.findings)


def faulty_file(file: FaultyFile) -> FaultyContext:
    """Return a file with errors, with all that is wrong in it."""
    language = current_language()
    # The page names the file, not the folder: where the data lie is the server's business.
    name = shown_name(file.path.name)
    return FaultyContext(
        name=name,
        problems=tuple(
            ProblemLine(
                place=f"{name}:{problem.location.line}:{problem.location.column}",
                code=problem.code,
                # Messages quote the file, and what it quotes may be a name.
                message=problem.message(language) if names_are_shown() else "",
            )
            for problem in file.problems
        ),
        is_served=file.served_id is not None,
    )


def served_with_errors() -> tuple[FaultyContext, ...]:
    """Return the file of the page's organisation where its content has errors and is not shown."""
    organisation_id = (request.view_args or {}).get("organisation_id")
    if organisation_id is None:
        return ()
    return tuple(map(faulty_file, repository().served_with_errors(organisation_id)))


def search_context(loaded: Loaded, query: str) -> SearchContext:
    """Return the posts that a search finds, each with the chain above it."""
    hits, count = search_hits(loaded, query)
    words = hit_words(count)
    return SearchContext(
        organisation=organisation_link(loaded.organisation),
        query=query,
        hits=hits,
        count=count,
        count_words=words,
    )


def search_hits(loaded: Loaded, query: str) -> tuple[tuple[SearchHit, ...], int]:
    """Return the first posts that a search finds, best first, and how many there are in all."""
    found = loaded.search.find(query, limit=_MOST_HITS)
    hits = tuple(
        SearchHit(post_link(loaded, hit.position_id), _chain_words(loaded, hit.position_id))
        for hit in found.hits
    )
    return hits, found.total


def hit_words(total: int) -> str:
    """Return how many posts a search finds, and whether all of them are listed."""
    fitting = ngettext("{n} post matches", "{n} posts match", total)
    if total <= _MOST_HITS:
        return fitting
    return _("{posts}; the first {n} are listed", posts=fitting, n=say_number(_MOST_HITS))


def _chain_words(loaded: Loaded, position_id: str) -> str:
    organisation, language = loaded.organisation, current_language()
    above = chain_to_top(organisation, position_id)[1:]
    return " › ".join(
        organisation.positions[post].title.text(language) for post in reversed(above)
    )
