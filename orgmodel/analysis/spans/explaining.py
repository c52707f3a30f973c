"""Every post and every stated headcount that a span or a reach is made of, one by one.

What is counted are the entries of the ledger (`ledger.py`), and so adds up to the figure: the lower
ends to its lower end, the upper ends to its upper end. Each entry says by which rule it is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from orgmodel.analysis.spans.figure_facts import citations_of
from orgmodel.analysis.spans.figures import Figures
from orgmodel.analysis.spans.leader_figures import plain_number
from orgmodel.analysis.spans.ledger import ENTRY_KINDS, EntryKind
from orgmodel.model.amounts import ZERO, Interval, total
from orgmodel.model.provenance import Basis
from orgmodel.model.reporting import LineRule
from orgmodel.model.wording import interval_words
from orgmodel.texts import N_, Message, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orgmodel.analysis.spans.figures import Figure
    from orgmodel.analysis.spans.ledger import Entries
    from orgmodel.analysis.spans.spans import LeaderSpan, Spans
    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Worded


def explain_span(spans: Spans, position_id: str, *, limit: int | None = None) -> Explanation:
    """Return whom a leader's span of control counts.

    Parameters
    ----------
    spans
        What `spans` returned; what it leaves out is left out here.
    position_id
        The leader's post.
    limit
        How many entries to show at most; None means all.

    Raises
    ------
    UnknownIdError
        If the post leads nobody.
    """
    return Explainer(spans).span(position_id, limit=limit)


def explain_reach(spans: Spans, position_id: str, *, limit: int | None = None) -> Explanation:
    """Return whom a leader's reach counts; parameters and errors are those of `explain_span`."""
    return Explainer(spans).reach(position_id, limit=limit)


class Explainer:
    """Explains the figures of one organisation.

    The first reach takes one pass over all posts; each explanation after it takes time in
    proportion to what it shows and to the leader's direct reports.
    """

    def __init__(self, spans: Spans) -> None:
        self._spans = spans
        self._organisation = spans.organisation
        self._figures = Figures(spans)
        self._ledger = spans.ledger

    def span(self, position_id: str, *, limit: int | None = None) -> Explanation:
        """Return whom a leader's span of control counts, as `explain_span` does."""
        row = self._spans.of(position_id)
        entries = self._ledger.spans
        places = self._figures.span_places(position_id)
        counted = tuple(self._entry(entries, one) for one in places[:limit])
        more, rest = _rest(row.span, counted, len(places))
        figure = self._figures.span(position_id)
        assert figure is not None  # noqa: S101 - it is a leader's
        return Explanation(
            measure=Explained.SPAN,
            position_id=position_id,
            figure=figure,
            counted=counted,
            more=more,
            rest=rest,
            unknowns=tuple(self._span_unknowns(row, places)),
        )

    def reach(self, position_id: str, *, limit: int | None = None) -> Explanation:
        """Return whom a leader's reach counts, as `explain_reach` does."""
        row = self._spans.of(position_id)
        parts = self._figures.reach_parts
        number = self._figures.numbers[position_id]
        entry_count = int(parts.entries[number])
        shown = entry_count if limit is None else min(limit, entry_count)
        counted = tuple(islice(self._reach_entries(number), shown))
        more, rest = _rest(row.reach, counted, entry_count)
        figure = self._figures.reach(position_id)
        assert figure is not None  # noqa: S101 - it is a leader's
        return Explanation(
            measure=Explained.REACH,
            position_id=position_id,
            figure=figure,
            counted=counted,
            more=more,
            rest=rest,
            included=int(parts.included[number]),
            unknowns=tuple(self._reach_unknowns(row)),
        )

    # Entries --------------------------------------------------------------------------------

    def _entry(self, entries: Entries, place: int, *, is_open: bool = False) -> Counted:
        """Return an entry of the ledger; `is_open` where somebody above may report elsewhere."""
        kind = ENTRY_KINDS[entries.kinds[place]]
        low, high = float(entries.low[place]), float(entries.high[place])
        adds = _interval(0.0 if is_open else low, high)
        post = int(entries.posts[place])
        if kind in _OF_HEADCOUNTS:
            return self._headcount(kind, adds, post, int(entries.units[place]))
        if kind is EntryKind.INFERRED_ELSEWHERE:
            text = self._figures.elsewhere_words(float(entries.firm_high[place]))
            return Counted(kind=kind, adds=adds, position_id=self._id(post), text=text)
        return self._post(kind, adds, post, leader=int(entries.leaders[place]))

    def _post(self, kind: EntryKind, adds: Interval, post: int, *, leader: int) -> Counted:
        position_id = self._id(post)
        line = self._organisation.lines[position_id]
        others = line.alternative_ids
        if kind is EntryKind.MAY_REPORT_HERE:
            here = self._id(leader)
            everybody = (line.superior_id, *line.alternative_ids)
            others = tuple(one for one in everybody if one is not None and one != here)
        return Counted(
            kind=kind,
            adds=adds,
            position_id=position_id,
            seats=self._organisation.positions[position_id].seats,
            rule=line.rule,
            basis=line.basis,
            reason=line.reason,
            other_ids=others,
            citations=line.evidence.all(),
        )

    def _headcount(self, kind: EntryKind, adds: Interval, leader: int, unit: int) -> Counted:
        """Return what is stated of a number of people, or follows from it."""
        position_id = self._id(leader)
        figures = self._figures
        row = self._spans.of(position_id)
        unit_ids: tuple[str, ...] = ()
        seats = 0
        text: Worded | None
        citations: Iterable[Citation]
        if kind is EntryKind.UNLISTED:
            unit_ids = figures.unlisted_units(position_id)
            people = None if row.unlisted_staff.high != 0 else adds
            step = next(figures.unlisted_steps(row, people))
            text, citations = step.text, citations_of(figures.amounts(unit_ids))
        elif kind in {EntryKind.STATED_LEADERS, EntryKind.STATED_STAFF}:
            step = figures.stated_step(position_id, kind)
            text, citations = step.text, step.citations
        elif kind is EntryKind.UNLISTED_LEADERS:
            text, citations = figures.unlisted_leaders_words(), ()
        elif kind in {EntryKind.NO_EMPLOYEES, EntryKind.NOT_COUNTED}:
            text, citations = figures.differing_words(kind), ()
        elif kind is EntryKind.KNOWN_BELOW:
            text, citations = message(N_("More are listed below than the headcount states.")), ()
        else:
            unit_ids = (figures.unit_ids[unit],)
            amounts = figures.amounts(unit_ids)
            if kind is EntryKind.STATED:
                name = self._organisation.units[unit_ids[0]].name
                text = message(
                    N_("{units}: {stated}."), units=name, stated=figures.stated_words(unit_ids)
                )
                citations = citations_of(amounts)
            else:
                seats = figures.heads(self._organisation.positions[position_id])
                text, citations = figures.own_seat_words(position_id, amounts), ()
        return Counted(
            kind=kind,
            adds=adds,
            position_id=position_id,
            seats=seats,
            unit_ids=unit_ids,
            text=text,
            citations=tuple(citations),
        )

    def _id(self, post: int) -> str:
        return self._figures.position_ids[post]

    # Reach ----------------------------------------------------------------------------------

    def _reach_entries(self, leader: int) -> Iterator[Counted]:
        """Yield what a reach is made of, each leader's own before those below it."""
        ledger, organisation = self._ledger, self._organisation
        unsettled = ledger.posts.unsettled
        yield from self._base(leader, is_open=False)
        waiting = [(iter(organisation.reports[self._id(leader)]), False)]
        while waiting:
            reports, is_open = waiting[-1]
            report_id = next(reports, None)
            if report_id is None:
                waiting.pop()
                continue
            report = self._figures.numbers[report_id]
            if ledger.reach_starts.added[report]:
                yield self._below(report, is_direct=len(waiting) == 1, is_open=is_open)
                is_open_below = is_open or bool(unsettled[report])
                yield from self._base(report, is_open=is_open_below)
                waiting.append((iter(organisation.reports[report_id]), is_open_below))

    def _below(self, post: int, *, is_direct: bool, is_open: bool) -> Counted:
        """Return what a post below a leader adds to the reach."""
        ledger = self._ledger
        seats, most = float(ledger.seats[post]), float(ledger.most[post])
        is_unsettled = bool(ledger.posts.unsettled[post])
        kind = self._figures.kind_of(post, is_direct=is_direct)
        adds = _interval(0.0 if is_open or is_unsettled else seats, most)
        leader = int(ledger.posts.forest.parents[post])
        return self._post(kind, adds, post, leader=leader)

    def _base(self, post: int, *, is_open: bool) -> Iterator[Counted]:
        """Yield what a reach begins with, before those below are added."""
        entries = self._ledger.reach_starts.entries
        for place in entries.of(post).tolist():
            yield self._entry(entries, place, is_open=is_open)
        low, high = self._figures.reach_parts.gains[post].tolist()
        if low or high:
            adds = _interval(0.0 if is_open else low, high)
            yield self._headcount(EntryKind.KNOWN_BELOW, adds, post, 0)

    # What is not known ----------------------------------------------------------------------

    def _span_unknowns(self, row: LeaderSpan, places: list[int]) -> Iterator[Worded]:
        entries, ledger = self._ledger.spans, self._ledger
        counted = [one for one in places if entries.high[one] > 0]
        parts = {one: ENTRY_KINDS[entries.kinds[one]] for one in counted}
        may_move = (EntryKind.MAY_REPORT_HERE, EntryKind.MAY_REPORT_ELSEWHERE)
        unsettled = sum(parts[one] in may_move for one in counted)
        more = sum(
            bool(ledger.posts.seats_at_least[entries.posts[one]])
            for one in counted
            if parts[one] not in _OF_HEADCOUNTS
        )
        yield from self._unlisted_unknowns(row)
        if unsettled:
            yield _unsettled(unsettled)
        if more:
            yield _more_seats(more)

    def _reach_unknowns(self, row: LeaderSpan) -> Iterator[Worded]:
        parts = self._figures.reach_parts
        number = self._figures.numbers[row.position_id]
        if not self._ledger.reach_starts.is_stated[number]:
            yield from self._unlisted_unknowns(row)
        else:
            yield from self._read_as(number)
        counts = {
            _silent: parts.silent,
            _bounded: parts.bounded,
            _unsettled: parts.unsettled,
            _more_seats: parts.more_seats,
        }
        for words_of, found in counts.items():
            if found[number]:
                yield words_of(int(found[number]))

    def _read_as(self, leader: int) -> Iterator[Worded]:
        """Say between what stated headcounts are taken to lie."""
        entries = self._ledger.reach_starts.entries
        stated = [
            one
            for one in entries.of(leader).tolist()
            if ENTRY_KINDS[entries.kinds[one]] is EntryKind.STATED
        ]
        whole = total([_interval(float(entries.low[n]), float(entries.high[n])) for n in stated])
        if not whole.is_exact:
            unit_ids = [self._figures.unit_ids[entries.units[one]] for one in stated]
            words = self._figures.stated_words(unit_ids)
            yield message(
                N_("{stated} is read as {interval}."), stated=words, interval=interval_words(whole)
            )

    def _unlisted_unknowns(self, row: LeaderSpan) -> Iterator[Worded]:
        if not row.unlisted_staff.is_exact:
            yield next(self._figures.unlisted_steps(row)).text


_OF_HEADCOUNTS = frozenset(
    {
        EntryKind.UNLISTED,
        EntryKind.UNLISTED_LEADERS,
        EntryKind.STATED_LEADERS,
        EntryKind.STATED_STAFF,
        EntryKind.STATED,
        EntryKind.OWN_SEAT,
        EntryKind.NO_EMPLOYEES,
        EntryKind.NOT_COUNTED,
        EntryKind.KNOWN_BELOW,
    }
)


def _rest(
    figure: Interval, counted: tuple[Counted, ...], entry_count: int
) -> tuple[int, Interval]:
    """Return how many entries are not shown, and what they add."""
    more = entry_count - len(counted)
    if not more:
        return 0, ZERO
    shown = total([one.adds for one in counted])
    is_open = figure.high is None or shown.high is None
    high = None if is_open else (figure.high or 0) - (shown.high or 0)
    return more, Interval(figure.low - shown.low, high)


def _interval(low: float, high: float) -> Interval:
    return Interval(plain_number(low), plain_number(high))


def _silent(n: int) -> Worded:
    return plural_message(
        "For {n} leader below, no source states how many people are in no listed post.",
        "For {n} leaders below, no source states how many people are in no listed post.",
        n,
    )


def _bounded(n: int) -> Worded:
    return plural_message(
        "For {n} leader below, the number of people is known only within a range.",
        "For {n} leaders below, the number of people is known only within a range.",
        n,
    )


def _unsettled(n: int) -> Worded:
    return plural_message(
        "For {n} post it is not settled which leader it reports to.",
        "For {n} posts it is not settled which leader they report to.",
        n,
    )


def _more_seats(n: int) -> Worded:
    return plural_message(
        "{n} post may have more seats than the sources count.",
        "{n} posts may have more seats than the sources count.",
        n,
    )


class Explained(StrEnum):
    """Which figure is explained."""

    SPAN = "span"
    REACH = "reach"


ENTRY_KIND_WORDS: Mapping[EntryKind, str] = {
    EntryKind.DIRECT_LEADER: N_("direct leader"),
    EntryKind.DIRECT_STAFF: N_("direct staff"),
    EntryKind.BELOW: N_("below"),
    EntryKind.AMONG_STATED: N_("among the number that is stated"),
    EntryKind.PLANNED: N_("not counted: planned posts are left out"),
    EntryKind.VACANT: N_("not counted: advertised posts are left out"),
    EntryKind.LEFT_OUT: N_("not counted: such posts are left out"),
    EntryKind.MAY_REPORT_HERE: N_("may report here"),
    EntryKind.MAY_REPORT_ELSEWHERE: N_("may report elsewhere"),
    EntryKind.STATED_LEADERS: N_("leaders directly, as stated"),
    EntryKind.STATED_STAFF: N_("staff directly, as stated"),
    EntryKind.STATED: N_("stated headcount"),
    EntryKind.OWN_SEAT: N_("own seat"),
    EntryKind.NO_EMPLOYEES: N_("below, and in no headcount"),
    EntryKind.NOT_COUNTED: N_("in the headcount, and not counted"),
    EntryKind.KNOWN_BELOW: N_("known below beyond the stated headcount"),
    EntryKind.UNLISTED: N_("in no listed post"),
    EntryKind.UNLISTED_LEADERS: N_("leaders in no listed post"),
    EntryKind.INFERRED_ELSEWHERE: N_("drawn elsewhere by inference"),
}
RULE_WORDS: Mapping[LineRule, str] = {
    LineRule.STATED: N_("The post's own entry says who it reports to."),
    LineRule.UNIT_LEADER: N_("The post is in a unit and reports to the unit's leader."),
    LineRule.UNIT_ABOVE: N_("The line goes to the leader of the nearest unit above."),
    LineRule.NONE: N_("The post reports to nobody."),
}
# An entry that infers its line does not state it.
_INFERRED_ENTRY = N_("Who the post reports to is inferred.")


def rule_words(rule: LineRule, basis: Basis | None) -> Message:
    """Return by which rule a post is where it is; an entry of its own states that or infers it."""
    is_inferred = rule is LineRule.STATED and basis is Basis.INFERRED
    return message(_INFERRED_ENTRY if is_inferred else RULE_WORDS[rule])


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One thing that a figure is made of.

    Attributes
    ----------
    kind
        As what it is counted.
    adds
        What it adds at the lower and at the upper end of the figure, in heads; below 0 where
        something is taken off, so that the ends need not be in order.
    position_id
        The post; of headcounts, the leader whose units they are of.
    seats
        How many alike posts the entry stands for; 0 where it is no post.
    unit_ids
        Of headcounts, the units.
    rule, basis, reason
        Of posts, how their line is known.
    other_ids
        Of posts that may report to several: the others.
    text
        Of headcounts, what is stated, in words.
    """

    kind: EntryKind
    adds: Interval
    position_id: str
    seats: int = 0
    unit_ids: tuple[str, ...] = ()
    rule: LineRule | None = None
    basis: Basis | None = None
    reason: Worded | None = None
    other_ids: tuple[str, ...] = ()
    text: Worded | None = None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What one figure of one leader is made of.

    Attributes
    ----------
    measure, position_id
        Which figure of which leader's post.
    figure
        The figure, with its words and steps.
    counted
        What was counted, in reading order, up to the limit that was asked for.
    more, rest
        How many entries come after those, and what they add.
    included
        Seats of listed posts below that are in a stated headcount, and so not counted one by one.
    unknowns
        What is not known, in words.
    """

    measure: Explained
    position_id: str
    figure: Figure
    counted: tuple[Counted, ...]
    more: int = 0
    rest: Interval = ZERO
    included: int = 0
    unknowns: tuple[Worded, ...] = ()
