"""Explains a span or a reach by listing every post and stated headcount that it counts.

The list consists of entries of the ledger (`ledger.py`), so it adds up to the figure: the lower ends
to its lower end, the upper ends to its upper end. Each entry names the rule by which it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from orgmodel.analysis.spans.figure_facts import KIND_TEXTS, citations_of
from orgmodel.analysis.spans.figures import Figures
from orgmodel.analysis.spans.leader_figures import interval_of
from orgmodel.analysis.spans.ledger import EntryKind
from orgmodel.model.amounts import ZERO, Interval, total
from orgmodel.model.wording import interval_words
from orgmodel.texts import N_, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgmodel.analysis.spans.figures import Figure
    from orgmodel.analysis.spans.ledger import Entries
    from orgmodel.analysis.spans.spans import LeaderSpan, Spans
    from orgmodel.model.provenance import Basis, Citation
    from orgmodel.model.reporting import LineRule
    from orgmodel.texts import Worded


class Explained(StrEnum):
    """Which figure is explained."""

    SPAN = "span"
    REACH = "reach"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One entry of a figure.

    Attributes
    ----------
    kind
        The role in which it is counted.
    adds
        Heads added to the lower and to the upper end of the figure; negative for a deduction, so
        that the ends need not be in order.
    position_id
        The post; for headcounts, the leader of their units.
    seats
        How many identical posts the entry represents; 0 if it is not a post.
    unit_ids
        For headcounts, the units.
    rule, basis, reason
        For posts, how their line is known.
    other_ids
        For posts that may report to several: the other possible superiors.
    text
        For headcounts, the statement in words.
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
    """The entries that make up one figure of one leader.

    Attributes
    ----------
    measure, position_id
        The figure and the leader's post.
    figure
        The figure, with its words and steps.
    counted
        The entries in reading order, up to the requested limit.
    more, rest
        How many further entries there are, and what they add.
    included
        Seats of listed posts below that are in a stated headcount, and so not counted one by one.
    unknowns
        The unknowns that affect the figure, in words.
    """

    measure: Explained
    position_id: str
    figure: Figure
    counted: tuple[Counted, ...]
    more: int = 0
    rest: Interval = ZERO
    included: int = 0
    unknowns: tuple[Worded, ...] = ()


_OF_HEADCOUNTS = frozenset(
    {
        EntryKind.UNLISTED,
        EntryKind.STATED_LEADERS,
        EntryKind.STATED_STAFF,
        EntryKind.STATED,
        EntryKind.OWN_SEAT,
        *KIND_TEXTS,
    }
)
_UNSETTLED = (EntryKind.MAY_REPORT_HERE, EntryKind.MAY_REPORT_ELSEWHERE)


def explain_span(spans: Spans, position_id: str, *, limit: int | None = None) -> Explanation:
    """Return the explanation of a leader's span of control.

    Parameters
    ----------
    spans
        The result of `spans`; posts that it leaves out are left out here.
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
    """Return the explanation of a leader's reach; parameters and errors are those of `explain_span`."""
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
        """Return the explanation of a leader's span of control, as `explain_span` does."""
        row = self._spans.of(position_id)
        places = self._figures.span_places(position_id)
        return self._explanation(
            Explained.SPAN,
            position_id,
            tuple(self._entry(self._ledger.spans, one) for one in places[:limit]),
            len(places),
            unknowns=tuple(self._span_unknowns(row, places)),
        )

    def reach(self, position_id: str, *, limit: int | None = None) -> Explanation:
        """Return the explanation of a leader's reach, as `explain_reach` does."""
        row = self._spans.of(position_id)
        parts = self._figures.reach_parts
        number = self._figures.numbers[position_id]
        return self._explanation(
            Explained.REACH,
            position_id,
            tuple(islice(self._reach_entries(number), limit)),
            int(parts.entries[number]),
            included=int(parts.included[number]),
            unknowns=tuple(self._reach_unknowns(row)),
        )

    def _explanation(
        self,
        measure: Explained,
        position_id: str,
        counted: tuple[Counted, ...],
        entry_count: int,
        *,
        included: int = 0,
        unknowns: tuple[Worded, ...],
    ) -> Explanation:
        is_span = measure is Explained.SPAN
        figures = self._figures
        figure = figures.span(position_id) if is_span else figures.reach(position_id)
        assert figure is not None  # noqa: S101 - it is a leader's
        more, rest = _rest(figure.interval, counted, entry_count)
        return Explanation(
            measure=measure,
            position_id=position_id,
            figure=figure,
            counted=counted,
            more=more,
            rest=rest,
            included=included,
            unknowns=unknowns,
        )

    # Entries --------------------------------------------------------------------------------

    def _entry(self, entries: Entries, place: int, *, is_open: bool = False) -> Counted:
        """Return a ledger entry as `Counted`; `is_open` if a post above it may report elsewhere."""
        kind = entries.kind(place)
        low, high = float(entries.low[place]), float(entries.high[place])
        adds = interval_of(0.0 if is_open else low, high)
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
        """Return the entry of a stated headcount, or of a number derived from one."""
        position_id = self._id(leader)
        figures = self._figures
        unit_ids: tuple[str, ...] = ()
        seats = 0
        citations: Iterable[Citation] = ()
        text: Worded
        if kind in KIND_TEXTS:
            text = message(KIND_TEXTS[kind])
        elif kind is EntryKind.UNLISTED:
            row = self._spans.of(position_id)
            unit_ids = figures.unlisted_units(position_id)
            people = None if row.unlisted_staff.high != 0 else adds
            text = next(figures.unlisted_steps(row, people)).text
            citations = citations_of(figures.amounts(unit_ids))
        elif kind in {EntryKind.STATED_LEADERS, EntryKind.STATED_STAFF}:
            step = figures.stated_step(position_id, kind)
            text, citations = step.text, step.citations
        else:
            unit_ids = (figures.unit_ids[unit],)
            amounts = figures.amounts(unit_ids)
            if kind is EntryKind.STATED:
                text, citations = figures.stated_text(unit_ids), citations_of(amounts)
            else:
                seats = figures.heads(self._organisation.positions[position_id])
                text = figures.own_seat_words(position_id, amounts)
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
        """Yield the entries of a reach, each leader's own before those of the posts below."""
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
        """Return the entry of a post below a leader in the leader's reach."""
        ledger = self._ledger
        seats, most = float(ledger.posts.counted[post]), float(ledger.posts.most[post])
        is_unsettled = bool(ledger.posts.unsettled[post])
        kind = self._figures.kind_of(post, is_direct=is_direct)
        adds = interval_of(0.0 if is_open or is_unsettled else seats, most)
        leader = int(ledger.posts.forest.parents[post])
        return self._post(kind, adds, post, leader=leader)

    def _base(self, post: int, *, is_open: bool) -> Iterator[Counted]:
        """Yield the entries that a reach begins with, before the posts below are added."""
        entries = self._ledger.reach_starts.entries
        for place in entries.of(post).tolist():
            yield self._entry(entries, place, is_open=is_open)
        low, high = self._figures.reach_parts.gains[post].tolist()
        if low or high:
            adds = interval_of(0.0 if is_open else low, high)
            yield self._headcount(EntryKind.KNOWN_BELOW, adds, post, 0)

    # What is not known ----------------------------------------------------------------------

    def _span_unknowns(self, row: LeaderSpan, places: list[int]) -> Iterator[Worded]:
        entries, ledger = self._ledger.spans, self._ledger
        counted = [(entries.kind(one), one) for one in places if entries.high[one] > 0]
        unsettled = sum(kind in _UNSETTLED for kind, _place in counted)
        more = sum(
            bool(ledger.posts.seats_at_least[entries.posts[one]])
            for kind, one in counted
            if kind not in _OF_HEADCOUNTS
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
            _not_stated: parts.not_stated,
            _bounded: parts.bounded,
            _unsettled: parts.unsettled,
            _more_seats: parts.more_seats,
        }
        for words_of, found in counts.items():
            if found[number]:
                yield words_of(int(found[number]))

    def _read_as(self, leader: int) -> Iterator[Worded]:
        """Say in words which interval is assumed for stated headcounts."""
        entries = self._ledger.reach_starts.entries
        places = entries.of(leader)
        stated = places[entries.are(EntryKind.STATED, at=places)]
        whole = interval_of(float(entries.low[stated].sum()), float(entries.high[stated].sum()))
        if not whole.is_exact:
            unit_ids = [self._figures.unit_ids[one] for one in entries.units[stated]]
            words = self._figures.stated_words(unit_ids)
            yield message(
                N_("{stated} counts as {interval}."), stated=words, interval=interval_words(whole)
            )

    def _unlisted_unknowns(self, row: LeaderSpan) -> Iterator[Worded]:
        if not row.unlisted_staff.is_exact:
            yield next(self._figures.unlisted_steps(row)).text


def _rest(
    figure: Interval, counted: tuple[Counted, ...], entry_count: int
) -> tuple[int, Interval]:
    """Return how many entries are not shown, and what they add."""
    more = entry_count - len(counted)
    if not more:
        return 0, ZERO
    shown = total([one.adds for one in counted])
    high = None if figure.high is None or shown.high is None else figure.high - shown.high
    return more, Interval(figure.low - shown.low, high)


def _not_stated(n: int) -> Worded:
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
        "For {n} post the sources do not make clear which leader it reports to.",
        "For {n} posts the sources do not make clear which leader they report to.",
        n,
    )


def _more_seats(n: int) -> Worded:
    return plural_message(
        "{n} post may have more seats than the sources count.",
        "{n} posts may have more seats than the sources count.",
        n,
    )
