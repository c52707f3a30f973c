"""Searching an organisation for posts: the page, its JSON twin, and the hits that other pages list."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from orgmodel.analysis.questions.chains import chain_to_top
from webui.asking.edge import current_viewer, requested_organisation
from webui.asking.params import search_query
from webui.parts.building import post_link
from webui.parts.navigation import organisation_link

if TYPE_CHECKING:
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


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A post that a search found, with the chain above it."""

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


def _chain_words(viewer: Viewer, loaded: Loaded, position_id: str) -> str:
    organisation, language = loaded.organisation, viewer.language
    above = chain_to_top(organisation, position_id)[1:]
    return " › ".join(
        organisation.positions[post].title.text(language) for post in reversed(above)
    )
