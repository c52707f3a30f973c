"""Making the API's answers from an organisation on a date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgmodel.analysis.findings.touching import findings_touching
from orgmodel.analysis.questions.chains import (
    chain_between,
    chain_to_top,
    closest_common_leader,
    direct_reports,
    groups_of,
)
from orgmodel.analysis.spans.leader_figures import FIGURES
from orgmodel.analysis.spans.leader_rows import fit_of, found_places
from orgmodel.analysis.spans.span_comparison import differences
from orgmodel.analysis.spans.who_counts import left_out_posts
from orgmodel.model.names import Text
from webui.pages.api.answers import (
    Between,
    Chain,
    Change,
    Comparison,
    Difference,
    FigureValue,
    Finding,
    FoundBy,
    Hit,
    Holder,
    Leader,
    Listed,
    Organisation,
    Post,
    PostInFull,
    Seat,
    Side,
    Spans,
    Unit,
)
from webui.parts.building import known_members

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from orgmodel.analysis.questions.changes import Change as FoundChange
    from orgmodel.analysis.questions.search import Hit as FoundHit
    from orgmodel.analysis.spans.figure_facts import Figure
    from orgmodel.analysis.spans.span_report import SpanReport
    from orgmodel.model.entities import Group
    from orgmodel.model.findings import Finding as FoundFinding
    from orgmodel.texts import Language, Worded
    from webui.asking.span_params import SpanRequest
    from webui.store.data_files import Listing
    from webui.store.loaded import Loaded

_ONE_TO_ONE = {1: True, 0: False, -1: None}


def both(words: Worded) -> Text:
    """Return what is worded in both languages as a text of both."""
    return Text(words.text("da"), words.text("en"))


def listed(listing: Listing) -> Listed:
    """Return an organisation in the list of all."""
    return Listed(
        id=listing.id,
        name=listing.name,
        description=listing.description,
        as_of=listing.as_of,
        posts=listing.posts,
        leaders=listing.leaders,
        vacant=listing.vacant,
        layers=listing.layers,
        findings=listing.findings,
    )


def organisation_answer(loaded: Loaded, days: Sequence[Any]) -> Organisation:
    """Return an organisation; `days` are those on which something changes."""
    organisation = loaded.organisation
    return Organisation(
        id=organisation.id,
        name=organisation.name,
        description=organisation.record.description,
        as_of=organisation.as_of,
        day=organisation.day,
        posts=organisation.seats,
        units=organisation.unit_count,
        groups=len(organisation.groups),
        top_ids=organisation.roots,
        kinds=organisation.record.kinds,
        days=tuple(days),
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
    """Return a group with the members that are there on the date, or raise UnknownIdError."""
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
            Holder(
                person_id=one.person_id,
                name=people[one.person_id].name,
                acting=one.acting,
                period=one.period,
                evidence=one.evidence,
            )
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
    """Return a post with its figures and all that touches it, or raise UnknownIdError."""
    organisation = loaded.organisation
    position = organisation.position(position_id)
    touching = findings_touching(organisation, loaded.finding_index, position_id)
    return PostInFull.of(
        position,
        **_on_the_day(loaded, position_id),
        span=_figure(loaded.figures.span(position_id)),
        reach=_figure(loaded.figures.reach(position_id)),
        report_ids=direct_reports(organisation, position_id),
        seats_in_groups=tuple(
            Seat(group_id=group.id, role=seat.role, basis=seat.basis)
            for group, seat in groups_of(organisation, position_id)
        ),
        profile=organisation.profiles.get(position_id),
        findings=tuple(map(finding_answer, touching)),
    )


def _figure(figure: Figure | None) -> FigureValue | None:
    if figure is None:
        return None
    cited = dict.fromkeys(one for step in figure.steps for one in step.citations)
    return FigureValue(value=figure.interval, basis=figure.origin, citations=tuple(cited))


def chain_answer(loaded: Loaded, position_id: str) -> Chain:
    """Return the chain from a post to the top, or raise UnknownIdError."""
    chain = chain_to_top(loaded.organisation, position_id)
    return Chain(
        organisation_id=loaded.organisation.id,
        day=loaded.organisation.day,
        items=tuple(post_answer(loaded, one) for one in chain),
    )


def between_answer(loaded: Loaded, first_id: str, second_id: str) -> Between:
    """Return the chain from one post to another, or raise UnknownIdError."""
    organisation = loaded.organisation
    chain = chain_between(organisation, first_id, second_id)
    return Between(
        organisation_id=organisation.id,
        day=organisation.day,
        common_leader_id=closest_common_leader(organisation, first_id, second_id),
        items=tuple(post_answer(loaded, one) for one in chain),
    )


def finding_answer(finding: FoundFinding) -> Finding:
    """Return a finding."""
    return Finding(
        code=finding.code,
        severity=finding.severity,
        entity_ids=finding.entity_ids,
        message=both(finding.message),
        citations=finding.citations,
        recorded=finding.recorded,
        parts=tuple(map(finding_answer, finding.parts)),
    )


def hit_answer(loaded: Loaded, hit: FoundHit) -> Hit:
    """Return a post that a search found."""
    return Hit(found_by=[*FoundBy][hit.rank], post=post_answer(loaded, hit.position_id))


def change_answer(change: FoundChange) -> Change:
    """Return a change between two dates."""
    return Change(
        kind=change.kind,
        entity_id=change.entity_id,
        position_id=change.position_id,
        name=both(change.name),
        before=None if change.before is None else both(change.before),
        after=None if change.after is None else both(change.after),
        day=change.day,
    )


def spans_answer(
    asked: SpanRequest,
    language: Language,
    part: slice,
    next_href: Callable[[int], str | None],
) -> Spans:
    """Return the spans that are asked about, with a part of the leaders.

    Parameters
    ----------
    language
        How texts sort, where a column of texts is sorted by.
    next_href
        Returns the address of the leaders that follow, of how many there are.
    """
    report = asked.report()
    places = found_places(report, asked.query, names=asked.names, language=language)
    return Spans(
        organisation_id=asked.loaded.organisation.id,
        day=asked.loaded.organisation.day,
        choice=asked.choice,
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
        **{one.key: one.value(row) for one in FIGURES},
    )


def comparison_answer(sides: Sequence[SpanRequest]) -> Comparison:
    """Return both sides with every measure of them; of no sides an empty comparison."""
    found = differences(*(side.report() for side in sides)) if sides else ()
    return Comparison(
        sides=tuple(
            Side(
                organisation_id=side.loaded.organisation.id,
                unit_id=side.choice.unit_id,
                day=side.loaded.organisation.day,
            )
            for side in sides
        ),
        differences=tuple(
            Difference(
                id=one.id,
                name=both(one.name),
                is_share=one.is_share,
                first=one.first,
                second=one.second,
                least=one.least,
                most=one.most,
                is_certain=one.is_certain,
            )
            for one in found
        ),
    )
