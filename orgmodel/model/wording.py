"""The texts for statuses, levels, roles, amounts and intervals, shared by all pages and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.model.amounts import Measure, Precision
from orgmodel.model.entities import Level, MemberRole, RelationKind
from orgmodel.model.findings import Severity
from orgmodel.model.profiles import MilestoneKind
from orgmodel.model.provenance import Basis, Numbering
from orgmodel.model.reporting import LineRule
from orgmodel.model.statuses import Status
from orgmodel.texts import (
    N_,
    Joined,
    Message,
    format_number,
    format_percent,
    message,
    plural_message,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.model.amounts import Amount, Interval
    from orgmodel.model.entities import Kind, Position
    from orgmodel.model.organisation import Organisation
    from orgmodel.model.provenance import Citation, Source
    from orgmodel.texts import Language, Worded

STATUS_WORDS: Mapping[Status, str] = {one: one.facts.words for one in Status}
LEVEL_WORDS: Mapping[Level, str] = {
    Level.STAFF: N_("staff"),
    Level.LEADER_OF_STAFF: N_("leader of staff"),
    Level.LEADER_OF_LEADERS: N_("leader of leaders"),
    Level.FUNCTIONAL: N_("functional leader"),
    Level.TOP: N_("top executive"),
    Level.POLITICAL: N_("political leader"),
}
RULE_WORDS: Mapping[LineRule, str] = {
    LineRule.STATED: N_("It is stated for the post itself."),
    LineRule.UNIT_LEADER: N_("The post is in a unit and reports to the unit's leader."),
    LineRule.UNIT_ABOVE: N_(
        "The leader of a unit reports to the leader of the nearest unit above."
    ),
    LineRule.NONE: N_("The post reports to nobody."),
}
# An entry that infers its line does not state it.
_INFERRED_ENTRY = N_("It is derived for the post itself.")
_AT_LEAST_LEVEL = N_("at least {level}")
ROLE_WORDS: Mapping[MemberRole, str] = {
    MemberRole.MEMBER: N_("member"),
    MemberRole.CHAIR: N_("chair"),
    MemberRole.DEPUTY_CHAIR: N_("deputy chair"),
    MemberRole.SECRETARY: N_("secretary"),
}
# Symbols in the table of groups and posts.
ROLE_MARKS: Mapping[MemberRole, str] = {
    MemberRole.MEMBER: "●",
    MemberRole.CHAIR: "★",
    MemberRole.DEPUTY_CHAIR: "☆",
    MemberRole.SECRETARY: "✎",
}
RELATION_WORDS: Mapping[RelationKind, str] = {
    RelationKind.SERVES: N_("serves"),
    RelationKind.SUPPLIES: N_("supplies"),
    RelationKind.COORDINATES_WITH: N_("coordinates with"),
    RelationKind.PROFESSIONAL_REFERENCE: N_("reports professionally to"),
    RelationKind.DEPUTISES_FOR: N_("deputises for"),
}
# The same lines, worded from their other end.
RELATION_WORDS_BACK: Mapping[RelationKind, str] = {
    RelationKind.SERVES: N_("is served by"),
    RelationKind.SUPPLIES: N_("is supplied by"),
    RelationKind.COORDINATES_WITH: N_("coordinates with"),
    RelationKind.PROFESSIONAL_REFERENCE: N_("leads professionally"),
    RelationKind.DEPUTISES_FOR: N_("has as deputy"),
}
MILESTONE_WORDS: Mapping[MilestoneKind, str] = {
    MilestoneKind.DEADLINE: N_("Application deadline"),
    MilestoneKind.INTERVIEW: N_("Interview"),
    MilestoneKind.MEETING: N_("Meeting"),
    MilestoneKind.START: N_("Start"),
    MilestoneKind.OTHER: N_("Other"),
}
BASIS_WORDS: Mapping[Basis, str] = {
    Basis.EXPLICIT: N_("stated in the source"),
    Basis.INFERRED: N_("derived"),
}
SEVERITY_WORDS: Mapping[Severity, str] = {
    Severity.WARNING: N_("Look into this"),
    Severity.NOTE: N_("Good to know"),
}
_PRECISION_WORDS: Mapping[Precision, str] = {
    Precision.EXACT: N_("{value}"),
    Precision.APPROXIMATE: N_("approx. {value}"),
    Precision.JUST_OVER: N_("just over {value}"),
    Precision.JUST_UNDER: N_("just under {value}"),
    Precision.AT_LEAST: N_("at least {value}"),
    Precision.AT_MOST: N_("at most {value}"),
    Precision.RANGE: N_("{value}–{upper}"),
}
_PLACE_WORDS: Mapping[Numbering, str] = {
    Numbering.LINE: N_("line {place}"),
    Numbering.PAGE: N_("page {place}"),
    Numbering.SECTION: N_("section {place}"),
    Numbering.ROW: N_("row {place}"),
}
_MILLION, _BILLION = 10**6, 10**9


class _Money:
    """A sum in kroner, in millions or billions if large."""

    def __init__(self, value: float) -> None:
        self.value = value

    def text(self, language: Language) -> str:
        """Return the sum in words."""
        for scale, word in ((_BILLION, N_("{n} bn kr.")), (_MILLION, N_("{n} m kr."))):
            if self.value >= scale:
                number = format_number(round(self.value / scale, 1), language)
                return message(word, n=number).text(language)
        return message(N_("{n} kr."), n=self.value).text(language)


class KindWords:
    """A word of an organisation's vocabulary; in English with the Danish: Section (sektion)."""

    def __init__(self, kind: Kind | None, kind_id: str) -> None:
        self._danish = kind.name.da if kind else kind_id
        self.english = kind.name.en if kind else None

    def text(self, language: Language) -> str:
        """Return the word."""
        is_translated = language == "en" and self.english is not None
        return f"{self.english} ({self._danish})" if is_translated else self._danish


class _Percent:
    """A share as an integer percentage."""

    def __init__(self, share: float) -> None:
        self.share = share

    def text(self, language: Language) -> str:
        """Return the share in percent."""
        return format_percent(self.share, language)


def number_words(amount: Amount) -> Message:
    """Return an amount with its qualifier, without its unit: ca. 1.000."""
    if amount.value is None:
        return message("{share}", share=_Percent(amount.share or 0))
    is_money = amount.measure is Measure.BUDGET
    value: object = _Money(amount.value) if is_money else amount.value
    upper: object = amount.upper if amount.upper is not None else ""
    if is_money and amount.upper is not None:
        upper = _Money(amount.upper)
    return message(_PRECISION_WORDS[amount.precision], value=value, upper=upper)


def amount_words(amount: Amount) -> Message:
    """Return an amount with its unit: ca. 1.000 ansatte, 3.644 fuldtidsstillinger."""
    number = number_words(amount)
    if amount.measure is Measure.EMPLOYEES and amount.value is not None:
        return message(N_("{number} employees"), number=number)
    if amount.measure is Measure.FTE and amount.value is not None:
        return message(N_("{number} full-time posts"), number=number)
    return number


def interval_words(interval: Interval) -> Message:
    """Return an interval in words, never 0 for unknown: 7, 950–1.049, at least 7, not known."""
    if interval.is_exact:
        return message(N_("{value}"), value=interval.low)
    if interval.is_unknown:
        return message(N_("not stated"))
    if interval.high is None:
        return message(N_("at least {value}"), value=interval.low)
    return message(N_("{value}–{upper}"), value=interval.low, upper=interval.high)


def headline_words(interval: Interval) -> Message:
    """Return an interval as a headline figure: its lower bound, marked if it is not exact.

    Both bounds are shown if the lower bound is 0.
    """
    if interval.low == 0 or interval.is_exact:
        return interval_words(interval)
    return message(N_("at least {value}"), value=interval.low)


def about_words(interval: Interval, about: float) -> Message:
    """Return an interval as a headline figure, marked at least as `about` if it is approximate."""
    if about <= interval.low:
        return headline_words(interval) if interval.high is None else interval_words(interval)
    number = message(_PRECISION_WORDS[Precision.APPROXIMATE], value=about)
    if interval.high is None:
        return message(N_("at least {value}"), value=number)
    return number


def level_words(level: Level, *, is_least: bool) -> Worded:
    """Return a leadership level; marked if no reports are known, because it may then be higher."""
    words = message(LEVEL_WORDS[level])
    return message(_AT_LEAST_LEVEL, level=words) if is_least else words


def place_words(citation: Citation, source: Source) -> Message | None:
    """Return the location of a citation in its source: linje 159–161."""
    if citation.place is None:
        return None
    place = citation.place.replace("-", "–")
    return message(_PLACE_WORDS[source.numbered_by], place=place)


def seats_words(position: Position) -> Worded | None:
    """Return the number of seats of a post; None for a single seat."""
    if position.seats_at_least:
        return plural_message("at least {n} seat", "at least {n} seats", position.seats)
    if position.seats == 1:
        return None
    return plural_message("{n} seat", "{n} seats", position.seats)


def open_seats_words(organisation: Organisation, position_id: str) -> Worded | None:
    """Return the number of open seats of a held post, or None.

    A seat is open if no source names a holder; the open seats of an advertised post are
    advertised.
    """
    n = organisation.open_seats(position_id)
    if not n:
        return None
    if organisation.position(position_id).declared_status is Status.VACANT:
        return plural_message("{n} advertised", "{n} advertised", n)
    return plural_message("{n} open", "{n} open", n)


def held_words(organisation: Organisation, position_id: str) -> Worded:
    """Return the status of a post, with its open seats if it is partly held."""
    status = message(STATUS_WORDS[organisation.status(position_id)])
    some = open_seats_words(organisation, position_id)
    return status if some is None else Joined((status, some), " · ")


def line_origin_words(organisation: Organisation, position_id: str) -> Worded | None:
    """Return how the line of a post is derived; None where a source states it."""
    line = organisation.lines[position_id]
    if line.superior_id is None or line.basis is not Basis.INFERRED:
        return None
    return line.reason or rule_words(line.rule, line.basis)


def line_doubt_words(organisation: Organisation, position_id: str) -> Worded | None:
    """Return who else a post may report to, where the sources leave it open."""
    others = organisation.lines[position_id].alternative_ids
    if not others:
        return None
    titles = Joined(tuple(organisation.positions[one].title for one in others), ", ")
    return message(N_("the source leaves it open: it may also be {others}"), others=titles)


def rule_words(rule: LineRule, basis: Basis | None) -> Message:
    """Return the rule that found a post's line; its own entry may state or infer the line."""
    is_inferred = rule is LineRule.STATED and basis is Basis.INFERRED
    return message(_INFERRED_ENTRY if is_inferred else RULE_WORDS[rule])
