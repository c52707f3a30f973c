"""Making the API's answers from an organisation on a date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from orgmodel.analysis.findings.grouping import findings_about_post
from orgmodel.analysis.questions.chains import (
    chain_between,
    closest_common_leader,
    direct_reports,
    groups_of,
)
from orgmodel.analysis.questions.changes import change_days
from orgmodel.analysis.questions.findable import HitKind
from orgmodel.analysis.questions.forums import Sitting
from orgmodel.analysis.spans.leader_figures import FIGURES
from orgmodel.analysis.statistics.leader_table import fit_of, found_places
from orgmodel.analysis.statistics.leaders import left_out_posts
from orgmodel.analysis.statistics.span_comparison import differences
from orgmodel.model.entities import Framework, Group, Relation
from orgmodel.model.findings import Finding
from orgmodel.model.names import Text
from orgmodel.model.provenance import Source
from orgmodel.model.reporting import ReportingLine
from orgmodel.texts import N_
from webui.pages.api.answers import (
    Between,
    Comparison,
    FigureValue,
    FoundBy,
    Hit,
    Holder,
    Leader,
    Organisation,
    OtherHit,
    OtherHits,
    Post,
    PostInFull,
    SearchResult,
    Seat,
    Side,
    Spans,
    Unit,
)
from webui.parts.building import known_members

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from orgmodel.analysis.questions.search import Hit as FoundHit
    from orgmodel.analysis.spans.figure_facts import Figure
    from orgmodel.analysis.statistics.span_report import SpanReport
    from orgmodel.texts import Language
    from webui.asking.span_params import SpanRequest
    from webui.store.loaded import Loaded

    # Returns the address of the next page of a list with that many items.
    NextHref = Callable[[int], str | None]

_POSTS = (HitKind.POST, HitKind.PERSON)
_ONE_TO_ONE = {1: True, 0: False, -1: None}


def organisation_answer(loaded: Loaded) -> Organisation:
    """Return an organisation."""
    whole = loaded.organisation
    return Organisation.of(
        whole,
        description=whole.record.description,
        posts=whole.seats,
        units=whole.unit_count,
        groups=len(whole.groups),
        top_ids=whole.roots,
        kinds=whole.record.kinds,
        days=change_days(whole.record),
    )


def unit_answer(loaded: Loaded, unit_id: str) -> Unit:
    """Return a unit, or raise UnknownIdError."""
    organisation = loaded.organisation
    unit = replace(organisation.unit(unit_id), leader_id=organisation.leader_of(unit_id))
    return Unit.of(
        unit,
        subunit_ids=organisation.subunits.get(unit_id, ()),
        position_ids=organisation.positions_in.get(unit_id, ()),
    )


def group_answer(loaded: Loaded, group_id: str) -> Group:
    """Return a group with its members on the date, or raise UnknownIdError."""
    group = loaded.organisation.group(group_id)
    return replace(group, members=tuple(known_members(loaded.organisation, group)))


def post_answer(loaded: Loaded, position_id: str) -> Post:
    """Return a post, or raise UnknownIdError."""
    return Post.of(loaded.organisation.position(position_id), **_on_the_day(loaded, position_id))


def _on_the_day(loaded: Loaded, position_id: str) -> dict[str, Any]:
    organisation = loaded.organisation
    people = organisation.people
    number = loaded.figures.numbers[position_id]
    return {
        "status": organisation.status(position_id),
        "holders": tuple(
            Holder.of(one, name=people[one.person_id].name)
            for one in organisation.holdings(position_id)
            if people[one.person_id].name
        ),
        "is_leader": position_id in organisation.leader_ids,
        "level": loaded.levels[position_id],
        "layer": int(organisation.forest.depths[number]) + 1,
        "led_unit_ids": organisation.led_units.get(position_id, ()),
        "line": organisation.lines[position_id],
    }


def post_in_full(loaded: Loaded, position_id: str) -> PostInFull:
    """Return a post with its figures, groups, profile and findings, or raise UnknownIdError."""
    organisation = loaded.organisation
    position = organisation.position(position_id)
    touching = findings_about_post(organisation, loaded.finding_index, position_id)
    return PostInFull.of(
        position,
        **_on_the_day(loaded, position_id),
        span=_figure(loaded.figures.span(position_id)),
        reach=_figure(loaded.figures.reach(position_id)),
        report_ids=direct_reports(organisation, position_id),
        seats_in_groups=tuple(
            Seat.of(seat, group_id=group.id)
            for group, seat in groups_of(organisation, position_id)
        ),
        profile=organisation.profiles.get(position_id),
        findings=touching,
    )


def _figure(figure: Figure | None) -> FigureValue | None:
    if figure is None:
        return None
    cited = dict.fromkeys(one for step in figure.steps for one in step.citations)
    return FigureValue(value=figure.interval, basis=figure.origin, citations=tuple(cited))


def between_answer(
    loaded: Loaded, ends: tuple[str, str], part: slice, next_href: NextHref
) -> Between:
    """Return one page of the chain between two posts."""
    organisation = loaded.organisation
    chain = chain_between(organisation, *ends)
    return Between(
        organisation_id=organisation.id,
        day=organisation.day,
        common_leader_id=closest_common_leader(organisation, *ends),
        total=len(chain),
        next=next_href(len(chain)),
        items=tuple(post_answer(loaded, one) for one in chain[part]),
    )


def search_answer(loaded: Loaded, query: str, part: slice, next_href: NextHref) -> SearchResult:
    """Return one page of what a search finds in an organisation."""
    matches = loaded.search.search(query)
    posts = matches.posts(part.stop)
    others = [one for one in matches.groups(part.stop) if one.kind not in _POSTS]
    return SearchResult(
        organisation_id=loaded.organisation.id,
        day=loaded.organisation.day,
        total=posts.total,
        next=next_href(max([posts.total, *(one.total for one in others)])),
        items=tuple(
            Hit(found_by=_found_by(one), post=post_answer(loaded, one.id))
            for one in posts.hits[part]
        ),
        others=tuple(
            OtherHits(
                kind=one.kind,
                total=one.total,
                items=tuple(_other_hit(loaded, hit) for hit in one.hits[part]),
            )
            for one in others
        ),
    )


def _other_hit(loaded: Loaded, hit: FoundHit) -> OtherHit:
    entry = loaded.search.entry(hit)
    title = next(text for field in (entry.names, entry.tags, entry.texts) for text in field)
    return OtherHit(
        id=entry.about_id,
        title=Text(title) if isinstance(title, str) else title,
        found_by=_found_by(hit),
    )


def _found_by(hit: FoundHit) -> FoundBy:
    return tuple(FoundBy)[hit.found_in]


def spans_answer(
    asked: SpanRequest,
    language: Language,
    part: slice,
    next_href: NextHref,
) -> Spans:
    """Return the statistics of the requested spans, with one page of the leaders.

    Parameters
    ----------
    language
        The language by which a column of texts is sorted.
    """
    report = asked.report()
    places = found_places(report, asked.query, names=asked.names, language=language)
    return Spans(
        organisation_id=asked.loaded.organisation.id,
        day=asked.loaded.organisation.day,
        filter=asked.choice,
        left_out={who.value: n for who, n in left_out_posts(report.spans).items()},
        bands=tuple(report.band_counts()),
        work=tuple(report.work_counts()),
        layers=tuple(report.layer_counts()),
        averages=tuple(report.averages()),
        one_to_one=report.one_to_one(),
        total=len(places),
        next=next_href(len(places)),
        items=tuple(_leader(report, n, names=asked.names) for n in places[part].tolist()),
    )


def _leader(report: SpanReport, place: int, *, names: bool) -> object:
    organisation, row = report.spans.organisation, report.spans[int(report.places[place])]
    position = organisation.positions[row.position_id]
    work = int(report.work_codes[place])
    return Leader(
        id=row.position_id,
        title=position.title,
        holder=(organisation.holder_names(row.position_id) or None) if names else None,
        unit_id=position.unit_id,
        status=row.status,
        level=row.level,
        level_is_least=row.level_is_least,
        layer=row.layers_above + 1,
        known=row.knowing,
        work_id=None if work < 0 else report.bands.work[work].id,
        fit=fit_of(report, place),
        one_to_one=_ONE_TO_ONE[int(report.one_to_one_codes[place])],
        leader_share=row.leader_share,
        **{one.key: getattr(row, one.key) for one in FIGURES},
    )


def comparison_answer(sides: Sequence[SpanRequest]) -> Comparison:
    """Return both sides with every measure; without sides an empty comparison."""
    return Comparison(
        sides=tuple(
            Side(
                organisation_id=side.loaded.organisation.id,
                unit_id=side.choice.unit_id,
                day=side.loaded.organisation.day,
            )
            for side in sides
        ),
        differences=tuple(differences(*(side.report() for side in sides))) if sides else (),
    )


# Lists -----------------------------------------------------------------------------------------


class ListOf(NamedTuple):
    """A list of an organisation's entries.

    Attributes
    ----------
    about
        Its description on the page of the API.
    answer
        The type of its items.
    entries
        Returns the entries, or their ids.
    make
        Returns the item of an entry.
    """

    about: str
    answer: type
    entries: Callable[[Loaded], Collection[Any]]
    make: Callable[[Loaded, Any], object] = lambda _loaded, entry: entry


LISTS: Mapping[str, ListOf] = {
    "units": ListOf(N_("Its units."), Unit, lambda one: one.organisation.units, unit_answer),
    "posts": ListOf(
        N_("Its posts, each with the leader it reports to."),
        Post,
        lambda one: one.organisation.positions,
        post_answer,
    ),
    "groups": ListOf(
        N_("Its groups with their members."),
        Group,
        lambda one: one.organisation.groups,
        group_answer,
    ),
    "lines": ListOf(
        N_("Who each post reports to, and how that is known."),
        ReportingLine,
        lambda one: one.organisation.lines.values(),
    ),
    "relations": ListOf(
        N_("Cross-cutting lines."),
        Relation,
        lambda one: one.organisation.relations,
    ),
    "forums": ListOf(
        N_("The posts that sit in groups, those in most groups first."),
        Sitting,
        lambda one: one.forums.sittings,
    ),
    "sources": ListOf(
        N_("The documents that are cited."), Source, lambda one: one.organisation.sources.values()
    ),
    "frameworks": ListOf(
        N_("The stated leadership principles."),
        Framework,
        lambda one: one.organisation.frameworks,
    ),
    "findings": ListOf(
        N_("What is not stated, contradictory or assumed."), Finding, lambda one: one.findings
    ),
}
