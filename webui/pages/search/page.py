"""Search in all organisations: the page, hits during typing, and forms that ask for a post."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from orgmodel.analysis.questions.findable import HitKind
from orgmodel.analysis.questions.search import first_that_match
from webui.asking.addresses import LONGEST_QUERY, PLACEHOLDER, SEARCHES
from webui.asking.edge import current_viewer, requested_indexes, requested_organisation
from webui.asking.params import search_query
from webui.pages.search.hits import KIND_WORDS, search_hit
from webui.parts.navigation import organisation_link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flask import Response

    from orgmodel.analysis.questions.search import Hit, Matches, SearchIndex
    from webui.asking.viewer import Viewer
    from webui.pages.search.hits import SearchHit
    from webui.parts.context import OrganisationLink
    from webui.store.loaded import Loaded

bp = Blueprint(SEARCHES, __name__)


@bp.get("/search")
def everywhere() -> str:
    """Show the hits of a search in all organisations."""
    return _page(None)


@bp.get("/search.json")
def everywhere_data() -> Response:
    """Return the hits of a search in all organisations as JSON."""
    return _data(None)


@bp.get("/<organisation_id>/search")
def page(organisation_id: str) -> str:
    """Show the hits of a search, those in one organisation first."""
    return _page(requested_organisation(organisation_id))


@bp.get("/<organisation_id>/search.json")
def data(organisation_id: str) -> Response:
    """Return the hits of a search as JSON, those in one organisation first."""
    return _data(requested_organisation(organisation_id))


@bp.get("/<organisation_id>/search/posts.json")
def posts(organisation_id: str) -> Response:
    """Return the posts that a search finds in one organisation, in the shape of `data`."""
    viewer, loaded = current_viewer(), requested_organisation(organisation_id)
    return jsonify(asdict(found_posts(viewer, loaded, search_query(viewer.args))))


def _page(loaded: Loaded | None) -> str:
    viewer = current_viewer()
    context = SearchPage(
        organisation=organisation_link(viewer, loaded.organisation, "") if loaded else None,
        found=_found(loaded, _ON_A_PAGE),
        action=viewer.url_for("searches.page" if loaded else "searches.everywhere"),
        only=viewer.args.get("only", ""),
    )
    return render_template("pages/search/page.html", page=context)


def _data(loaded: Loaded | None) -> Response:
    return jsonify(asdict(_found(loaded, _WHILE_TYPING)))


def _found(loaded: Loaded | None, limits: Limits) -> FoundContext:
    viewer = current_viewer()
    indexes = requested_indexes()
    if loaded is not None:
        own_id = loaded.organisation.id
        others = (one for one in indexes if one.organisation.id != own_id)
        indexes = (loaded.search, *others)
    own = loaded.organisation.id if loaded else None
    return found_context(viewer, indexes, search_query(viewer.args), limits, own)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many hits of each kind are listed: on the page's own organisation, on others, of one kind."""

    own: int
    others: int
    only: int


_WHILE_TYPING = Limits(own=4, others=2, only=20)
_ON_A_PAGE = Limits(own=8, others=4, only=200)
_MOST_NEAR = 5
_MOST_POSTS = 20


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The hits of one kind.

    Attributes
    ----------
    count
        The number of all, of which some are listed.
    is_elsewhere
        Whether they are in other organisations than that of the page.
    all_href
        The page that lists more; empty if all are listed.
    """

    kind: str
    words: str
    count: int
    hits: tuple[SearchHit, ...]
    is_elsewhere: bool = False
    all_href: str = ""


@dataclass(frozen=True, slots=True)
class FoundContext:
    """The result of a search.

    Attributes
    ----------
    count_words
        The number of all hits in words.
    note
        Says that nothing matches, or that nothing is spelled as the query is; or empty.
    near
        What is near where nothing fits.
    all_href
        The page of the same search.
    """

    query: str
    groups: tuple[HitGroup, ...]
    count: int
    count_words: str
    note: str
    near: tuple[SearchHit, ...]
    all_href: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page of a search; `only` is the kind that it is limited to."""

    organisation: OrganisationLink | None
    found: FoundContext
    action: str
    only: str


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
    found: FoundContext
    hits: tuple[tuple[SearchHit, str], ...]


def found_context(
    viewer: Viewer, indexes: Sequence[SearchIndex], query: str, limits: Limits, own: str | None
) -> FoundContext:
    """Return what a search finds in some indexes; `own` is the organisation of the page, if any."""
    results = _Results(viewer, query, own)
    matches, is_misspelled = first_that_match(indexes, query)
    here = [one for one in matches if own in {None, one.index.organisation.id}]
    there = [one for one in matches if one not in here]
    groups = (
        *results.groups(here, limits.own, limits.only),
        *results.groups(there, limits.others, limits.only),
    )
    near = results.near(indexes) if query.strip() and not groups else ()
    return results.context(groups, near, is_misspelled=is_misspelled)


def found_posts(viewer: Viewer, loaded: Loaded, query: str) -> FoundContext:
    """Return the posts that a search finds in an organisation, as one group."""
    results = _Results(viewer, query, loaded.organisation.id)
    (matches,), is_misspelled = first_that_match([loaded.search], query)
    found = matches.posts(_MOST_POSTS)
    hits = [(hit, matches) for hit in found.hits]
    groups = (results.group(HitKind.POST, hits, found.total),) if hits else ()
    return results.context(groups, is_misspelled=is_misspelled)


class _Results:
    """Words the results of a search for a viewer; `own` is the organisation of the page, if any."""

    def __init__(self, viewer: Viewer, query: str, own: str | None) -> None:
        self._viewer = viewer
        self._query = query
        self._own = own

    def context(
        self,
        groups: tuple[HitGroup, ...],
        near: tuple[SearchHit, ...] = (),
        *,
        is_misspelled: bool,
    ) -> FoundContext:
        """Return all of the result."""
        count = sum(group.count for group in groups)
        note = ""
        if is_misspelled:
            note = self._viewer._(
                "No exact match for “{query}”. Similar results:", query=self._query
            )
        elif not count and self._query.strip():
            note = self._viewer._("Nothing matches “{query}”.", query=self._query)
        return FoundContext(
            query=self._query,
            groups=groups,
            count=count,
            count_words=self._viewer.ngettext("{n} result", "{n} results", count),
            note=note,
            near=near,
            all_href=self._href(),
        )

    def groups(self, matches: Sequence[Matches], limit: int, most: int) -> Iterator[HitGroup]:
        """Yield the hits by kind, that with the best one first; only `most` of a requested kind."""
        only = self._viewer.args.get("only") or None
        limit = most if only else limit
        totals: Counter[HitKind] = Counter()
        hits: dict[HitKind, list[tuple[Hit, Matches]]] = {}
        for one in matches:
            for found in one.groups(limit):
                totals[found.kind] += found.total
                hits.setdefault(found.kind, []).extend((hit, one) for hit in found.hits)
        for those in hits.values():
            those.sort(key=lambda pair: pair[0].steps)
        order = [*HitKind]
        for kind in sorted(hits, key=lambda one: (hits[one][0][0].steps, order.index(one))):
            if only in {None, kind}:
                yield self.group(kind, hits[kind][:limit], totals[kind])

    def group(self, kind: HitKind, hits: Sequence[tuple[Hit, Matches]], total: int) -> HitGroup:
        """Return the hits of a kind."""
        words = self._viewer._(KIND_WORDS[kind])
        is_elsewhere = self._own not in {None, hits[0][1].index.organisation.id}
        if is_elsewhere:
            words = self._viewer._("{kind} in other organisations", kind=words)
        return HitGroup(
            kind=kind,
            words=words,
            count=total,
            hits=self._shown(hits),
            is_elsewhere=is_elsewhere,
            all_href="" if len(hits) == total else self._href(kind),
        )

    def near(self, indexes: Sequence[SearchIndex]) -> tuple[SearchHit, ...]:
        """Return the entries nearest to the query, each title once."""
        found = [
            (hit, matches)
            for matches in (index.near(self._query) for index in indexes)
            for group in matches.groups(_MOST_NEAR)
            for hit in group.hits
        ]
        found.sort(key=lambda pair: (pair[0].steps[1], pair[0].steps[0]))
        titles = {one.title: one for one in self._shown(found[: 4 * _MOST_NEAR])}
        return tuple(islice(titles.values(), _MOST_NEAR))

    def _shown(self, hits: Sequence[tuple[Hit, Matches]]) -> tuple[SearchHit, ...]:
        return tuple(search_hit(self._viewer, matches, hit, self._own) for hit, matches in hits)

    def _href(self, only: str | None = None) -> str:
        values = {"q": self._query, "only": only}
        if self._own is None:
            return self._viewer.url_for("searches.everywhere", **values)
        return self._viewer.url_for("searches.page", organisation_id=self._own, **values)


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
    found = found_posts(viewer, loaded, query)
    return Chooser(
        label=label,
        name=name,
        query=query,
        kept=(*viewer.visit_params(), *kept),
        target=target(PLACEHOLDER),
        search=viewer.url_for("searches.posts"),
        found=found,
        hits=tuple((hit, target(hit.id)) for group in found.groups for hit in group.hits),
    )
