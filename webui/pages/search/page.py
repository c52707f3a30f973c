"""Searching an organisation for posts: the page, the hits as one types, and the forms that ask for a post."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from orgmodel.analysis.questions.chains import chain_to_top
from orgmodel.texts import N_
from webui.asking.addresses import LONGEST_QUERY, PLACEHOLDER
from webui.asking.edge import current_viewer, requested_organisation
from webui.asking.params import search_query
from webui.parts.building import post_link
from webui.parts.navigation import organisation_link

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask import Response

    from webui.asking.viewer import Viewer
    from webui.parts.context import OrganisationLink, PostLink
    from webui.store.loaded import Loaded

bp = Blueprint("searches", __name__)


@bp.get("/<organisation_id>/search")
def page(organisation_id: str) -> str:
    """Show what a search finds."""
    return render_template("pages/search/page.html", page=_found(organisation_id))


@bp.get("/<organisation_id>/search.json")
def data(organisation_id: str) -> Response:
    """Return what a search finds."""
    return jsonify(asdict(_found(organisation_id)))


def _found(organisation_id: str) -> SearchContext:
    viewer = current_viewer()
    return search_context(
        viewer, requested_organisation(organisation_id), search_query(viewer.args)
    )


_MOST_HITS = 20
# What a hit can be.
POST = "post"
# The name of the list of hits that a chart shows while one types, and what it says without hits.
HIT_LIST, NO_HITS = N_("Matching posts"), N_("No post matches")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An entry that a search found, with the chain above it.

    Attributes
    ----------
    kind
        What the entry is: `post`. A chart of the same kind shows it, any other leads to its own.
    """

    kind: str
    post: PostLink
    chain: str


@dataclass(frozen=True, slots=True)
class SearchContext:
    """What a search found."""

    organisation: OrganisationLink
    query: str
    hits: tuple[SearchHit, ...]
    count: int
    count_words: str


@dataclass(frozen=True, slots=True)
class Chooser:
    """A search for a post.

    Attributes
    ----------
    name
        The parameter that holds what is searched for.
    kept
        Names and values that the form passes on.
    target
        The address that a choice leads to, with `__id__` for the post's id.
    search
        Where hits are fetched as one types.
    """

    label: str
    name: str
    query: str
    kept: tuple[tuple[str, str], ...]
    target: str
    search: str
    hits: tuple[tuple[SearchHit, str], ...]
    count_words: str


def search_context(viewer: Viewer, loaded: Loaded, query: str) -> SearchContext:
    """Return the posts that a search finds, each with the chain above it."""
    hits, count = search_hits(viewer, loaded, query)
    words = hit_words(viewer, count)
    return SearchContext(
        organisation=organisation_link(viewer, loaded.organisation),
        query=query,
        hits=hits,
        count=count,
        count_words=words,
    )


def search_hits(viewer: Viewer, loaded: Loaded, query: str) -> tuple[tuple[SearchHit, ...], int]:
    """Return the first posts that a search finds, best first, and how many there are in all."""
    found = loaded.search.find(query, limit=_MOST_HITS)
    hits = tuple(
        SearchHit(
            POST,
            post_link(viewer, loaded, hit.position_id),
            _chain_words(viewer, loaded, hit.position_id),
        )
        for hit in found.hits
    )
    return hits, found.total


def hit_words(viewer: Viewer, total: int) -> str:
    """Return how many posts a search finds, and whether all of them are listed."""
    fitting = viewer.ngettext("{n} post matches", "{n} posts match", total)
    if total <= _MOST_HITS:
        return fitting
    return viewer._(
        "{posts}; the first {n} are listed", posts=fitting, n=viewer.number(_MOST_HITS)
    )


def chooser(
    viewer: Viewer,
    loaded: Loaded,
    name: str,
    label: str,
    target: Callable[[str], str],
    kept: Sequence[tuple[str, str]] = (),
) -> Chooser:
    """Return a search for a post; `target` gives where a choice leads."""
    query = viewer.args.get(name, "")[:LONGEST_QUERY]
    hits, count = search_hits(viewer, loaded, query)
    return Chooser(
        label=label,
        name=name,
        query=query,
        kept=(*viewer.visit_params(), *kept),
        target=target(PLACEHOLDER),
        search=viewer.url_for("searches.data"),
        hits=tuple((hit, target(hit.post.id)) for hit in hits),
        count_words=hit_words(viewer, count) if query else "",
    )


def _chain_words(viewer: Viewer, loaded: Loaded, position_id: str) -> str:
    organisation, language = loaded.organisation, viewer.language
    above = chain_to_top(organisation, position_id)[1:]
    return " › ".join(
        organisation.positions[post].title.text(language) for post in reversed(above)
    )
