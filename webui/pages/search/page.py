"""Search for posts of an organisation: the page, hits during typing, and forms that ask for a post."""

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
    """Show the hits of a search."""
    return render_template("pages/search/page.html", page=_found(organisation_id))


@bp.get("/<organisation_id>/search.json")
def data(organisation_id: str) -> Response:
    """Return the hits of a search as JSON."""
    return jsonify(asdict(_found(organisation_id)))


def _found(organisation_id: str) -> SearchContext:
    viewer = current_viewer()
    return search_context(
        viewer, requested_organisation(organisation_id), search_query(viewer.args)
    )


_MOST_HITS = 20
# The kinds of hits.
POST = "post"
# The label of the list of hits during typing on a chart, and its text without hits.
HIT_LIST, NO_HITS = N_("Matching posts"), N_("No post matches")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An entry that a search found, with the chain above it.

    Attributes
    ----------
    kind
        The kind of entry: `post`. A chart of this kind selects it; other charts link to its page.
    """

    kind: str
    post: PostLink
    chain: str


@dataclass(frozen=True, slots=True)
class SearchContext:
    """The result of a search."""

    organisation: OrganisationLink
    query: str
    hits: tuple[SearchHit, ...]
    count: int
    count_words: str


@dataclass(frozen=True, slots=True)
class Chooser:
    """A search field for choosing a post.

    Attributes
    ----------
    name
        The parameter of the search text.
    kept
        Names and values of the form's hidden fields.
    target
        The URL of a choice, with `__id__` as a placeholder for the post's id.
    search
        The URL from which hits are fetched during typing.
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
    """Return the posts that match a search, each with the chain above it."""
    hits, count = search_hits(viewer, loaded, query)
    words = hit_words(viewer, count)
    return SearchContext(
        organisation=organisation_link(viewer, loaded.organisation, "search"),
        query=query,
        hits=hits,
        count=count,
        count_words=words,
    )


def search_hits(viewer: Viewer, loaded: Loaded, query: str) -> tuple[tuple[SearchHit, ...], int]:
    """Return the best hits of a search, and the number of all hits."""
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
    """Return the number of hits in words, and whether all are listed."""
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
    """Return a search field for a post; `target` is the URL of a choice."""
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
