"""Rules for the values of parameters: each returns why a value is invalid, or None."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.ties import NodeKind
from orgmodel.analysis.spans.facets import Property
from orgmodel.analysis.statistics.span_report import AMONG
from orgmodel.drawing.views import Cut
from orgmodel.model.organisation import nearest_names
from orgmodel.reading.bands import parse_range
from webui.asking.addresses import LONGEST_QUERY, SIDES, parse_day
from webui.asking.edge import own_ids, repository, requested_listings, served_bands
from webui.asking.params import ALL, COUNT, DEEPEST, UNITS, WHOLE, parse_room

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    from orgmodel.drawing.hierarchy import Hierarchy
    from webui.asking.viewer import Args, Viewer
    from webui.store.data_files import Listing
    from webui.store.loaded import Loaded

    # A rule returns the reason why a value is invalid, or None.
    Rule = Callable[["Subject", str], "Reason | None"]

# The greatest number of offered values; above it, only the most similar ones are listed.
MOST_OFFERED = 200
_MOST_NAMED = 12
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a value is invalid, and which values are valid.

    Attributes
    ----------
    offered
        The valid values, if they are few enough to choose from.
    nearest
        The valid values with the most similar spelling.
    """

    words: str
    offered: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()


class Subject:
    """The organisation that the parameters are about; it is opened when a rule needs it.

    Parameters
    ----------
    viewer
        The viewer of the request.
    args
        The parameters; for a submitted form its fields, not those of the URL.
    day
        The organisation's date; without it, that of the visit.
    units
        Whether the chart is that of the units regardless of the parameters.
    """

    def __init__(
        self,
        viewer: Viewer,
        args: Args,
        organisation_id: str | None,
        *,
        day: date | None = None,
        units: bool = False,
    ) -> None:
        self.viewer = viewer
        self.args = args
        self.is_of_units = units or args.get("chart") == UNITS
        self._organisation_id = organisation_id
        self._day = day or viewer.day

    @cached_property
    def loaded(self) -> Loaded:
        """The organisation on its date."""
        return self._seen(self._day)

    @cached_property
    def on_its_own_date(self) -> Loaded:
        """The organisation on the date of its data; other dates may lack some kinds and layers."""
        return self._seen(None)

    def _seen(self, day: date | None) -> Loaded:
        assert self._organisation_id is not None  # noqa: S101 - pages with such rules are about one
        return repository().get(self._organisation_id, day, names=self.viewer.names)

    @property
    def hierarchy(self) -> Hierarchy:
        """The hierarchy of the chart: posts or units."""
        return self.loaded.units if self.is_of_units else self.loaded.posts

    @property
    def nodes(self) -> Mapping[str, Mapping[str, object]]:
        """The nodes of the network by their kind."""
        organisation = self.loaded.organisation
        kinds = (organisation.positions, organisation.units, organisation.groups)
        return dict(zip(NodeKind, kinds, strict=True))

    def own(self, entry_id: str, known: Collection[str]) -> str:
        """Return this viewer's id of an entry, with or without names."""
        return entry_id if entry_id in known else self._own_ids.get(entry_id, entry_id)

    @cached_property
    def _own_ids(self) -> Mapping[str, str]:
        return own_ids(self.loaded)

    @cached_property
    def recorded(self) -> frozenset[str]:
        """The ids of everything that the organisation has on any date."""
        record = self.loaded.organisation.record
        parts = (record.units, record.positions, record.groups)
        return frozenset(one.id for part in parts for one in part)


# Rules: each returns why a value is invalid, or None ---------------------------------------------


def one_of(*offered: str) -> Rule:
    """Return a rule that accepts only some values."""

    def rule(subject: Subject, value: str) -> Reason | None:
        return None if value in offered else _none_of(subject, value, offered)

    return rule


def _shortened(value: str) -> str:
    """Return a value, truncated if it is too long for a sentence."""
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"


def _none_of(subject: Subject, value: str, offered: Iterable[str]) -> Reason:
    values = tuple(islice(offered, MOST_OFFERED))
    words = subject.viewer._(
        "There is no “{given}”. It can be: {values}.",
        given=_shortened(value),
        values=", ".join(values),
    )
    return Reason(words, values, nearest_names(value, values))


def _unknown(subject: Subject, value: str, known: Collection[str]) -> Reason:
    """Return the reason for an unknown id, with the known ids or the most similar ones."""
    nearest = nearest_names(value, known)
    if len(known) <= _MOST_NAMED:
        return _none_of(subject, value, known)
    offered = tuple(known) if len(known) <= MOST_OFFERED else nearest
    if nearest:
        names = ", ".join(nearest)
        words = subject.viewer._(
            "There is no “{given}” here. The closest: {values}.",
            given=_shortened(value),
            values=names,
        )
    else:
        words = subject.viewer._(
            "There is no “{given}” here, and nothing that is spelled like it.",
            given=_shortened(value),
        )
    return Reason(words, offered, nearest)


def is_day(subject: Subject, value: str) -> Reason | None:
    """Accept a date that `parse_day` reads."""
    if parse_day(value) is not None:
        return None
    return Reason(
        subject.viewer._(
            "“{given}” is not a date. Write it as 2026-05-01, between the years 1800 and 2200.",
            given=_shortened(value),
        )
    )


def is_number(least: int, most: int) -> Rule:
    """Return a rule that accepts whole numbers between two bounds."""

    def rule(subject: Subject, value: str) -> Reason | None:
        is_number = value.isascii() and value.isdigit() and len(value) <= len(str(most))
        if is_number and least <= int(value) <= most:
            return None
        return Reason(
            subject.viewer._(
                "“{given}” is not a whole number from {least} to {most}.",
                given=_shortened(value),
                least=least,
                most=most,
            )
        )

    return rule


def are_layers(subject: Subject, value: str) -> Reason | None:
    """Accept a number of layers, or all of them."""
    return None if value == ALL else is_number(1, DEEPEST)(subject, value)


def is_room(subject: Subject, value: str) -> Reason | None:
    """Accept the size of a canvas, such as 1400x750."""
    if parse_room(value) is not None:
        return None
    return Reason(
        subject.viewer._(
            "“{given}” is not a width and a height: write {form}.",
            given=_shortened(value),
            form="1400x750",
        )
    )


def is_short(subject: Subject, value: str) -> Reason | None:
    """Accept a search that is not too long."""
    if len(value) <= LONGEST_QUERY:
        return None
    return Reason(subject.viewer._("A search can have at most {n} characters.", n=LONGEST_QUERY))


def is_range(subject: Subject, value: str) -> Reason | None:
    """Accept a range such as 12-20."""
    if parse_range(value) is not None:
        return None
    return Reason(
        subject.viewer._("“{given}” is not a range. Write it as 12-20.", given=_shortened(value))
    )


def is_unit(subject: Subject, value: str) -> Reason | None:
    """Accept the id of a unit."""
    known = subject.loaded.organisation.units
    return None if subject.own(value, known) in known else _unknown(subject, value, known)


def is_post(subject: Subject, value: str) -> Reason | None:
    """Accept the id of a post."""
    known = subject.loaded.organisation.positions
    return None if subject.own(value, known) in known else _unknown(subject, value, known)


def is_group(subject: Subject, value: str) -> Reason | None:
    """Accept the id of a group that exists on any date."""
    known = subject.loaded.organisation.groups
    is_known = value in subject.recorded or subject.own(value, known) in known
    return None if is_known else _unknown(subject, value, known)


def is_entry(subject: Subject, value: str) -> Reason | None:
    """Accept the id of an entry of the chart: a post, or a unit in the chart of units."""
    known = subject.hierarchy
    is_known = known.has(value) or known.has(subject.own(value, ()))
    return None if is_known else _unknown(subject, value, known.entries)


def is_node(subject: Subject, value: str) -> Reason | None:
    """Accept a post, a unit or a group, written as post:id."""
    kind, _sign, entry_id = value.partition(":")
    known = subject.nodes.get(kind)
    if known is None:
        given = _shortened(value)
        words = subject.viewer._(
            "“{given}” is not a post, unit or group. Write it as post:id, unit:id or group:id.",
            given=given,
        )
        every = (f"{one}:{each}" for one, ids in subject.nodes.items() for each in ids)
        return Reason(words, (), nearest_names(value, every))
    if subject.own(entry_id, known) in known:
        return None
    found = _unknown(subject, entry_id, known)
    nearest = tuple(f"{kind}:{one}" for one in found.nearest)
    return Reason(found.words, tuple(f"{kind}:{one}" for one in found.offered), nearest)


def are_recorded(subject: Subject, value: str) -> Reason | None:
    """Accept ids of entries that exist on any date: addresses keep those of another date or chart."""
    for one in filter(None, value.split(",")):
        if one != ALL and not _is_recorded(subject, one):
            return _unknown(subject, one, subject.hierarchy.entries)
    return None


def are_counts(subject: Subject, value: str) -> Reason | None:
    """Accept entries with the number of direct reports shown: id~240."""
    for one in filter(None, value.split(",")):
        entry_id, _sign, count = one.rpartition(COUNT)
        if not (count.isascii() and count.isdigit() and (_sign or not entry_id)):
            return Reason(
                subject.viewer._(
                    "“{given}” is not an id and a number. Write it as {form}.",
                    given=_shortened(one),
                    form="id~240",
                )
            )
        if entry_id and not _is_recorded(subject, entry_id):
            return _unknown(subject, entry_id, subject.hierarchy.entries)
    return None


def _is_recorded(subject: Subject, entry_id: str) -> bool:
    return entry_id in subject.recorded or subject.own(entry_id, ()) in subject.recorded


def is_kind(subject: Subject, value: str) -> Reason | None:
    """Accept a kind of unit that is used on the date or on the date of the data."""
    for loaded in (subject.loaded, subject.on_its_own_date):
        known = {unit.kind_id: None for unit in loaded.organisation.units.values()}
        if value in known:
            return None
    return _unknown(subject, value, known)


def is_layer(subject: Subject, value: str) -> Reason | None:
    """Accept a layer that exists on the date or on the date of the data."""
    for loaded in (subject.loaded, subject.on_its_own_date):
        facets = loaded.unit_facets if subject.is_of_units else loaded.facets
        known = tuple(facets.order(Property.LAYER))
        if value in known:
            return None
    return _none_of(subject, value, known)


def is_band(subject: Subject, value: str) -> Reason | None:
    """Accept a band that cards are filtered by."""
    known = tuple(subject.loaded.facets.order(Property.BAND))
    return None if value in known else _none_of(subject, value, known)


def is_staff_work(subject: Subject, value: str) -> Reason | None:
    """Accept a kind of work for leaders of staff."""
    known = [one.id for one in served_bands().work if not one.leads_leaders]
    return None if value in known else _none_of(subject, value, known)


def is_among(subject: Subject, value: str) -> Reason | None:
    """Accept a group of leaders that a figure counts, or a kind of work."""
    known = [*AMONG, *(f"work-{one.id}" for one in served_bands().work)]
    return None if value in known else _none_of(subject, value, known)


def is_organisation(subject: Subject, value: str) -> Reason | None:
    """Accept the id of an organisation."""
    known = [one.id for one in requested_listings()]
    return None if value in known else _unknown(subject, value, known)


def is_part(subject: Subject, value: str) -> Reason | None:
    """Accept a part of a chart, if its entries are given."""
    offered = (WHOLE, *Cut)
    if value not in offered:
        return _none_of(subject, value, offered)
    if value in {WHOLE, Cut.OPENED}:
        return None
    if value == Cut.BETWEEN and subject.is_of_units:
        return Reason(
            subject.viewer._(
                "The chart of units has no path between two posts: leave out “chart=units”."
            )
        )
    args = subject.args
    named = [name for name in ("post", "other") if args.get(name)] or ["select"] * bool(
        args.get("select")
    )
    if value == Cut.BETWEEN and len(named) < len(("post", "other")):
        return Reason(
            subject.viewer._(
                "A path between two posts needs both: add “post” and “other” with their ids."
            )
        )
    if not named:
        return Reason(
            subject.viewer._("This part is about a post or a unit: add “post” with its id.")
        )
    return None


def on_side(side: str, rule: Rule) -> Rule:
    """Return a rule that checks a value against the organisation of one side of a comparison."""

    def of_side(subject: Subject, value: str) -> Reason | None:
        organisation_id = side_organisations(subject.args, requested_listings())[side]
        if organisation_id not in {one.id for one in requested_listings()}:
            # The unknown organisation is reported; the value cannot be checked without it.
            return None
        day = parse_day(subject.args.get(f"{side}-date"))
        return rule(Subject(subject.viewer, subject.args, organisation_id, day=day), value)

    return of_side


def side_organisations(args: Args, listings: Iterable[Listing]) -> Mapping[str, str]:
    """Return the organisation of each side; a side without one gets the next unused one."""
    ids = [one.id for one in listings]
    found: dict[str, str] = {}
    for side in SIDES:
        other = next((one for one in ids if one not in found.values()), ids[0] if ids else "")
        found[side] = args.get(f"{side}-organisation") or other
    return found
