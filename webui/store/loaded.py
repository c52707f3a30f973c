"""An organisation with its derived data, each computed once on first use."""

from __future__ import annotations

import bisect
import threading
from collections import OrderedDict
from functools import cached_property
from typing import TYPE_CHECKING

from orgmodel.analysis.findings.checks import findings
from orgmodel.analysis.findings.coverage import coverage
from orgmodel.analysis.findings.grouping import index_findings
from orgmodel.analysis.questions.chains import reading_order
from orgmodel.analysis.questions.changes import Change, change_days, changes
from orgmodel.analysis.questions.forums import Forums, forums
from orgmodel.analysis.questions.search import SearchIndex
from orgmodel.analysis.questions.ties import Ties
from orgmodel.analysis.spans.counting import levels
from orgmodel.analysis.spans.explaining import Explainer
from orgmodel.analysis.spans.facets import Facets, Property, UnitFacets
from orgmodel.analysis.spans.figures import Figures
from orgmodel.analysis.spans.headcounts import undistributed
from orgmodel.analysis.spans.spans import spans
from orgmodel.analysis.statistics.leader_table import COLUMN_KEYS, LeaderQuery, leaders_table
from orgmodel.analysis.statistics.leaders import Leaders
from orgmodel.analysis.statistics.span_report import SpanReport
from orgmodel.analysis.statistics.summary import summarise
from orgmodel.drawing.card_texts import CardTexts
from orgmodel.drawing.views import DrawingContext
from orgmodel.model.anonymity import Anonymous
from orgmodel.model.bands import BandSet
from orgmodel.model.organisation import Organisation
from orgmodel.model.provenance import every_citation
from orgmodel.model.statuses import LEFT_OUT_AT_FIRST, Who
from orgmodel.texts import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from orgmodel.analysis.findings.coverage import Coverage
    from orgmodel.analysis.findings.grouping import FindingIndex
    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.analysis.statistics.summary import Summary
    from orgmodel.model.amounts import Interval
    from orgmodel.model.entities import Level
    from orgmodel.model.findings import Finding
    from orgmodel.texts import Language

    Compared = tuple[tuple[Change, ...], tuple[int, int]]

if TYPE_CHECKING:
    cached = cached_property
else:

    class cached(cached_property):  # noqa: N801 - it stands where functools' own would
        """A property computed on first use, by one thread while the others wait.

        The instance has a reentrant `lock`, so that one property may use another.
        """

        def __get__(self, instance, owner=None):
            """Return the value, computed under the instance's lock."""
            if instance is None or self.attrname in instance.__dict__:
                return super().__get__(instance, owner)
            with instance.lock:
                return super().__get__(instance, owner)


_MOST_VARIANTS = 8
_MOST_COUNTINGS = 6
_MOST_COMPARED = 32


class Counting:
    """The span figures for one choice of posts left out, with derived data."""

    def __init__(self, spans: Spans) -> None:
        self.spans = spans
        self.lock = threading.RLock()

    @cached
    def leaders(self) -> Leaders:
        """The leaders with the properties that filters use."""
        return Leaders(self.spans)

    @cached
    def explainer(self) -> Explainer:
        """The explainer of the figures; the first reach takes one pass over all posts."""
        return Explainer(self.spans)


class Loaded(DrawingContext):
    """An organisation on a date, with or without names, and its derived data.

    Parameters
    ----------
    organisation
        The organisation.
    named
        For a version without names: the one with names, whose figures and findings it shares.
    anonymous
        For a version without names: how names were replaced.
    """

    def __init__(
        self,
        organisation: Organisation,
        named: Loaded | None = None,
        anonymous: Anonymous | None = None,
    ) -> None:
        self.organisation = organisation
        self.lock = threading.RLock()
        self._named = named
        self._anonymous = anonymous
        self._cards: dict[Language, CardTexts] = {}
        self._countings: OrderedDict[frozenset[Who], Counting] = OrderedDict()

    @property
    def spans(self) -> Spans:
        """The span figures, shared with the version without names."""
        return self.counting().spans

    def counting(self, leave_out: frozenset[Who] = LEFT_OUT_AT_FIRST) -> Counting:
        """Return the span figures with some posts left out; the latest ones used are cached."""
        with self.lock:
            if leave_out not in self._countings:
                self._countings[leave_out] = Counting(self._spans_counting(leave_out))
            self._countings.move_to_end(leave_out)
            # The page always needs the first one, and its averages the one without advertised posts.
            for key in [*self._countings][:-_MOST_COUNTINGS]:
                del self._countings[key]
            return self._countings[leave_out]

    def _spans_counting(self, leave_out: frozenset[Who]) -> Spans:
        if self._named is not None and self._anonymous is not None:
            named = self._named.counting(leave_out).spans
            return named.for_nameless(self.organisation, self._anonymous.id)
        return spans(self.organisation, leave_out=leave_out)

    @cached
    def undistributed(self) -> dict[str, Interval]:
        """How many people of each unit's stated total are in no part with its own headcount."""
        return undistributed(self.organisation)

    @cached
    def figures(self) -> Figures:
        """The figures in words, with their derivation."""
        return Figures(self.spans)

    @cached
    def summary(self) -> Summary:
        """The figures of the whole organisation."""
        return summarise(self.spans)

    @cached
    def coverage(self) -> Coverage:
        """How many facts are stated, derived or unknown."""
        return coverage(self.spans)

    @cached
    def citations(self) -> int:
        """The number of citations in the data."""
        return sum(1 for _citation in every_citation(self.organisation.record))

    @cached
    def levels(self) -> dict[str, Level]:
        """The leadership level of each post."""
        return levels(self.organisation)

    @cached
    def findings(self) -> tuple[Finding, ...]:
        """The findings in the data."""
        if self._named is not None and self._anonymous is not None:
            return self._anonymous.findings(self._named.findings)
        return findings(self.organisation)

    @cached
    def finding_index(self) -> FindingIndex:
        """The findings by the ids that they are about."""
        return index_findings(self.findings)

    @cached
    def search(self) -> SearchIndex:
        """The search index."""
        return SearchIndex(self.organisation)

    @cached
    def ties(self) -> Ties:
        """What ties posts, units and groups to each other."""
        return Ties(self.organisation)

    @cached
    def forums(self) -> Forums:
        """Who sits in most groups."""
        return forums(self.organisation)

    @cached
    def facets(self) -> Facets:
        """The filter properties of the posts."""
        return Facets(self.spans)

    @cached
    def unit_facets(self) -> UnitFacets:
        """The filter properties of the units."""
        return UnitFacets(self.spans)

    @cached
    def open_below(self) -> dict[str, int]:
        """How many seats below each post are advertised, acting or planned, without zeros."""
        organisation = self.organisation
        found: dict[str, int] = {}
        for position_id in reversed(reading_order(organisation)):
            superior_id = organisation.lines[position_id].superior_id
            own = organisation.positions[position_id].seats if self.is_open(position_id) else 0
            count = found.get(position_id, 0) + own
            if superior_id is not None and count:
                found[superior_id] = found.get(superior_id, 0) + count
        return found

    def is_open(self, position_id: str) -> bool:
        """Tell whether a post is advertised, acting or planned."""
        return self.organisation.status(position_id).facts.awaits_holder

    def cards(self, language: Language) -> CardTexts:
        """Return the cards of the posts in a language."""
        if language not in self._cards:
            self._cards[language] = CardTexts(self.spans, self.levels, language)
        return self._cards[language]

    def warm(self) -> None:
        """Precompute the data of a first page and a first search."""
        for facet in (self.facets, self.unit_facets):
            facet.values(Property.LAYER)
        self.search.find("a")
        self.cards(DEFAULT_LANGUAGE)
        _ = self.summary, self.finding_index, self.undistributed
        self._warm_spans()

    def _warm_spans(self) -> None:
        """Precompute the data of a page of spans with any search and sort order."""
        without_vacant = self.counting(LEFT_OUT_AT_FIRST | {Who.VACANT})
        report = SpanReport(self.counting().leaders, without_vacant.spans, BandSet())
        for key in COLUMN_KEYS:
            leaders_table(report, LeaderQuery(text="a", sort=key), names=True)


class Versions:
    """An organisation on its own date with names, and its versions on other dates or without.

    Dates without a change between them share one version; the latest used are cached.
    """

    def __init__(self, organisation: Organisation) -> None:
        self.base = Loaded(organisation)
        self._days = change_days(organisation.record)
        self._own = self._stretch(organisation.day)
        self._others: OrderedDict[tuple[int, bool], Loaded] = OrderedDict()
        self.lock = threading.RLock()
        self._compared: dict[tuple[int, int, bool], Compared] = {}

    def version(self, day: date | None, *, names: bool) -> Loaded:
        """Return the organisation as it is on a day, its own date if None."""
        stretch = self._own if day is None else self._stretch(day)
        if stretch == self._own and names:
            return self.base
        with self.lock:
            named = self._kept((stretch, True), lambda: self._on(stretch, day))
            if names:
                return named
            return self._kept((stretch, False), lambda: self._nameless(named))

    def changes(
        self, start: date, end: date, *, names: bool
    ) -> tuple[tuple[Change, ...], tuple[int, int]]:
        """Return the changes between two days, and the number of posts on each."""
        stretches = (self._stretch(start), self._stretch(end))
        key = (*stretches, names)
        with self.lock:
            known = self._compared.get(key)
        if known is None:
            known = self._compare(start, end, names=names, same=stretches[0] == stretches[1])
            with self.lock:
                if len(self._compared) >= _MOST_COMPARED:
                    self._compared.clear()
                self._compared[key] = known
        return known

    def _compare(self, start: date, end: date, *, names: bool, same: bool) -> Compared:
        organisation = self.base.organisation
        if not names:
            organisation = Organisation(self.anonymous.record)
        sizes = (organisation.on(start).seats, organisation.on(end).seats)
        return (() if same else changes(organisation, start, end), sizes)

    def _kept(self, key: tuple[int, bool], make: Callable[[], Loaded]) -> Loaded:
        if key not in self._others:
            self._others[key] = make()
        self._others.move_to_end(key)
        while len(self._others) > _MOST_VARIANTS:
            self._others.popitem(last=False)
        return self._others[key]

    def _on(self, stretch: int, day: date | None) -> Loaded:
        if day is None or stretch == self._own:
            return self.base
        return Loaded(self.base.organisation.on(day))

    def _nameless(self, named: Loaded) -> Loaded:
        organisation = Organisation(self.anonymous.record, named.organisation.day)
        return Loaded(organisation, named, self.anonymous)

    @cached
    def anonymous(self) -> Anonymous:
        """The organisation with names hidden."""
        return Anonymous(self.base.organisation.record)

    def _stretch(self, day: date) -> int:
        """Return the number of changes up to a day, which is equal for days without changes between."""
        return bisect.bisect_right(self._days, day)
