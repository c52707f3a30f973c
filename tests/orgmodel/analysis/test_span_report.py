"""Span reports, with the expected numbers calculated by hand."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orgmodel import Interval, loads, spans
from orgmodel.analysis.spans.spans import Spans
from orgmodel.analysis.statistics.leader_table import LeaderQuery, LeaderRows, leaders_table
from orgmodel.analysis.statistics.leaders import LeaderFilter
from orgmodel.analysis.statistics.span_report import span_report
from orgmodel.analysis.statistics.span_tables import TABLES, span_tables
from orgmodel.analysis.tables import ColumnType
from orgmodel.model.bands import Fit
from orgmodel.model.statuses import Who
from orgmodel.reading.bands import shipped_bands
from orgmodel.texts import Worded, say
from tests.builders import (
    HEAD,
    forests,
    leader_of,
    organisation,
    post,
    problems,
    tree,
    unit,
    units,
)
from tests.orgmodel.analysis.test_counting import columns
from tests.orgmodel.analysis.test_explaining import organisations

# Our own ranges, and one set for care; no reference gives ranges for either.
JUDGING = shipped_bands().with_own().with_limits({"care": (30, 40)})


def report(data, **choice):
    return span_report(spans(data), JUDGING, LeaderFilter(**choice))


def bands(found):
    """The leaders, settled and possible, of each non-empty band."""
    return {
        "unknown" if one.band is None else one.band.id: (one.leaders, one.settled, one.possible)
        for one in found.band_counts()
        if one.leaders
    }


def averages(found):
    return {
        one.id: (one.leaders, one.known, one.mean, one.mean_without_vacant)
        for one in found.averages()
    }


def exactly(*numbers):
    return tuple(Interval(number, number) for number in numbers)


# A (stab, complete): L leads M, N (vacant) and 2 of staff                          span 5
#   B (plejecenter, complete, 40): M × 2, each with half of 38                                span 38, 19 each
#   C (plejecenter, complete): N, vacant, leads O alone                             span 1
#     D (plejecenter): O, of whose staff nothing is said                            span 0 to …
SMALL = """
sources: {s: {title: S}}
units:
  - id: a
    name: Ærø
    kind: stab
    complete: {value: true, cite: s}
    leader: {id: l, title: Chef}
    positions: [{id: s, title: S, seats: 2, reports_to: l}]
    units:
      - id: b
        name: Åby
        kind: plejecenter
        complete: {value: true, cite: s}
        employees: {value: 40, leader_included: true}
        leader: {id: m, title: Øverst, seats: 2, reports_to: l}
      - id: c
        name: Aarhus
        kind: plejecenter
        complete: {value: true, cite: s}
        leader: {id: n, title: Zone, status: vacant, reports_to: l}
        units: [{id: d, name: Dal, kind: plejecenter, leader: {id: o, title: Ældre, reports_to: n}}]
"""
# The same organisation with unstated fields derived from the units.
ASSUMED = SMALL.replace("complete: {value: true, cite: s}", "complete: true")
for leader in "lmn":
    ASSUMED = ASSUMED.replace(f", reports_to: {leader}}}", "}")


class TestSmall:
    @pytest.fixture
    def small(self):
        return organisation(SMALL)

    def test_the_spans(self, small):
        figures = spans(small)
        assert figures.of("l").span == Interval(2 + 1 + 2, 5)
        assert figures.of("m").span == Interval(38, 38)
        assert figures.of("n").span == Interval(1, 1)
        assert figures.of("o").span.is_unknown

    def test_bands_count_seats(self, small):
        # L 5; M's two seats 19 each; N 1; O not known, who may be in any
        assert bands(report(small)) == {
            "1": (1, 1, 2),
            "4-7": (1, 1, 2),
            "17-": (2, 2, 3),
            "unknown": (1, 0, 1),
        }
        assert report(small).seats == 5

    def test_what_is_assumed_is_certain_of_no_band(self):
        found = report(organisation(ASSUMED))
        assert [row.span for row in found.spans] == [
            row.span for row in spans(organisation(SMALL))
        ]
        counts = {
            one.band and one.band.id: (one.leaders, one.settled, one.assumed, one.certain)
            for one in found.band_counts()
            if one.leaders
        }
        # L, M's two seats and N have one number each under the assumptions
        assert counts == {
            "1": (1, 0, 1, 0),
            "4-7": (1, 0, 1, 0),
            "17-": (2, 0, 2, 0),
            None: (1, 0, 0, 0),
        }
        work = {one.work and one.work.id: one.fits for one in found.work_counts() if one.leaders}
        # assumed spans are not judged by ranges
        assert {key: fits[Fit.OPEN] for key, fits in work.items()} == {"leaders": 2, "care": 3}

    def test_kinds_of_work(self, small):
        found = {one.work and one.work.id: one.fits for one in report(small).work_counts()}
        # L and N lead leaders: 5 fits 5–8, 1 is narrow. M's two, of 19 each, are below 30; O is open.
        assert found["leaders"][Fit.FITTING] == 1
        assert found["leaders"][Fit.NARROW] == 1
        assert found["care"][Fit.NARROW] == 2
        assert found["care"][Fit.OPEN] == 1
        assert sum(sum(fits.values()) for fits in found.values()) == 5

    def test_without_a_reference_nothing_is_judged(self, small):
        found = span_report(spans(small), shipped_bands())
        counted = {
            one.work and one.work.id: one.fits for one in found.work_counts() if one.leaders
        }
        assert {work: fits[Fit.NONE] for work, fits in counted.items()} == {
            "leaders": 2,
            "care": 3,
        }
        rows_of = [row for row in TABLES["work"](found).records("en") if row["leaders"]]
        assert {row["reference"] for row in rows_of} == {"No guideline for this work"}
        assert {row["narrow"] for row in rows_of} == {None}

    def test_what_is_published_of_the_work_here_stands_beside(self, small):
        found = span_report(spans(small), shipped_bands())
        said = [(work and work.id, one.figure.value, one.low) for work, one in found.published()]
        assert ("care", "mean", 55.5) in said
        assert (None, "mean", 21) in said
        # Nobody here leads a day-care institution.
        assert "day-care" not in {work for work, _figure, _low in said}

    def test_layers_with_their_staff(self, small):
        found = [
            (one.layer, one.leaders, one.leaders_of_leaders, one.leaders_of_staff, one.staff)
            for one in report(small).layer_counts()
        ]
        assert found == [
            (1, 1, 1, 0, Interval(0, 0)),
            (2, 3, 1, 2, Interval(2, 2)),  # S, who reports to L
            (3, 1, 0, 1, Interval(38, 38)),  # the staff of M; C is complete
            (4, 0, 0, 0, Interval(0, None)),  # that of O
        ]

    def test_layers_against_bands(self, small):
        #                   0  1  2–3 4–7 8–12 13–16 17– unknown
        assert report(small).matrix() == {
            1: [0, 0, 0, 1, 0, 0, 0, 0],
            2: [0, 1, 0, 0, 0, 0, 2, 0],
            3: [0, 0, 0, 0, 0, 0, 0, 1],
        }

    def test_averages(self, small):
        found = averages(report(small))
        # (5 + 19 + 19 + 1) / 4; without N's seat L leads 4, and O still has somebody above: whoever
        # comes for N leads one, so (4 + 19 + 19 + 1) / 4 = 10.75
        assert found["all"] == (5, 4, *exactly(11, 10.8))
        # (5 + 1) / 2; without N's seat (4 + 1) / 2
        assert found["of-leaders"] == (2, 2, *exactly(3, 2.5))
        assert found["of-staff"] == (3, 2, *exactly(19, 19))
        assert found["tops"] == (1, 1, *exactly(5, 4))
        # M twice and N: (19 + 19 + 1) / 3, whether N's own seat counts or not
        assert found["right-below"] == (3, 3, *exactly(13, 13))
        assert found["below"] == (4, 3, *exactly(13, 13))

    def test_one_to_one(self, small):
        links = report(small).one_to_one()
        # N leads O alone; O may lead one leader, whom no source names
        assert (links.certain, links.possible) == (1, 1)

    def test_the_widest_and_the_narrowest(self, small):
        found = report(small)
        ids = [found.spans.ids[n] for n in found.places]
        assert [ids[n] for n in found.widest(9)] == ["m", "l", "n"]
        assert [ids[n] for n in found.narrowest(9)] == ["n", "l", "m"]
        assert len(found.widest(1)) == 1

    @pytest.mark.parametrize(
        ("choice", "ids"),
        [
            ({}, ["l", "m", "n", "o"]),
            ({"unit_id": "c"}, ["n", "o"]),
            ({"kind_ids": ("stab",)}, ["l"]),
            ({"layers": (2, 3)}, ["m", "n", "o"]),
            ({"unit_id": "c", "layers": (2,)}, ["n"]),
            ({"unit_id": "b", "kind_ids": ("stab",)}, []),
            ({"layers": (9,)}, []),
        ],
    )
    def test_choices(self, small, choice, ids):
        found = report(small, **choice)
        assert [found.spans.ids[n] for n in found.places] == ids

    def test_the_top_of_a_part_is_its_own(self, small):
        found = averages(report(small, unit_id="c"))
        assert (found["tops"][0], found["below"][0]) == (1, 1)
        assert found["tops"][2] == Interval(1, 1)

    def test_where_nothing_fits_everything_is_empty(self, small):
        found = report(small, layers=(9,))
        assert found.seats == 0
        assert bands(found) == {}
        assert found.layer_counts() == []
        assert found.matrix() == {}
        assert {one[0] for one in averages(found).values()} == {0}
        assert len(found.widest(3)) == len(found.narrowest(3)) == 0
        tables = span_tables(found, names=True)
        assert [list(table.records("da")) for table in tables][-1] == []


class TestMunicipalities:
    def test_aalborg_by_bands(self, aalborg):
        # The heads of the assessment unit and of Nord lead at least 1. The director 5, two heads of
        # department 7 each, all open above. 4 of the other 18 seats are those of the four centres.
        # The alderman is a politician, the head of day care in another administration: both are in no
        # statistics.
        assert {band: count[:2] for band, count in bands(report(aalborg)).items()} == {
            "1": (2, 0),
            "4-7": (3, 0),
            "unknown": (18, 0),
        }

    def test_aalborg_by_layers(self, aalborg):
        found = {one.layer: one.leaders for one in report(aalborg).layer_counts()}
        # below the alderman, who is left out: the director; two heads of staff and three of
        # department; 7 + 7 chiefs; 2 + 1 leaders below, and their staff
        assert found == {2: 1, 3: 5, 4: 14, 5: 3, 6: 0}
        assert report(aalborg).layer_counts()[0].political == 0
        everybody = span_report(spans(aalborg, leave_out={Who.PLANNED}), shipped_bands())
        # with the alderman and the head of day care
        assert (everybody.seats, everybody.layer_counts()[0].political) == (25, 1)

    def test_aalborg_on_average(self, aalborg):
        found = averages(report(aalborg))
        # (5 + 7 + 7 + 1 + 1) / 5 = 4.2; without the seats of the two vacant heads the director leads
        # 3, and theirs still lead 7 each: (3 + 7 + 7 + 1 + 1) / 5 = 3.8
        assert found["all"] == (23, 5, Interval(4.2, None), Interval(3.8, None))
        assert found["of-leaders"] == (5, 5, Interval(4.2, None), Interval(3.8, None))
        assert found["of-staff"][:3] == (18, 0, None)

    def test_aalborg_one_to_one(self, aalborg):
        links = report(aalborg).one_to_one()
        # all but the director and the two heads of department may be
        assert (links.certain, links.possible) == (0, 23 - 3)

    def test_silkeborg_by_bands(self, silkeborg):
        # The head of health leads five sections and nobody else; the section leader one leader and a
        # team, at least two; the director at least one; of the five others nothing is known, and the
        # planned one is not there.
        assert {band: count[:2] for band, count in bands(report(silkeborg)).items()} == {
            "1": (1, 0),
            "2-3": (1, 0),
            "4-7": (1, 1),
            "unknown": (5, 0),
        }
        assert report(silkeborg).seats == 8

    def test_silkeborg_by_work(self, silkeborg):
        found = {one.work and one.work.id: one.fits for one in report(silkeborg).work_counts()}
        # 5 fits 5–8; the two others lead leaders and are open above
        assert (found["leaders"][Fit.FITTING], found["leaders"][Fit.OPEN]) == (1, 2)
        assert found[None][Fit.NONE] == 5

    def test_silkeborg_by_layers(self, silkeborg):
        found = [(one.layer, one.leaders) for one in report(silkeborg).layer_counts()]
        assert found == [(1, 1), (2, 1), (3, 5), (4, 1), (5, 0)]

    def test_silkeborg_right_below(self, silkeborg):
        found = averages(report(silkeborg))
        # the head of health leads five; without the vacant section leader four
        assert found["right-below"] == (1, 1, *exactly(5, 4))


@pytest.mark.parametrize(
    ("low", "high", "fit"),
    [
        (0, 29, Fit.NARROW),
        (30, 40, Fit.FITTING),
        (41, None, Fit.WIDE),
        (29, 30, Fit.OPEN),
        (40, 41, Fit.OPEN),
        (30, None, Fit.OPEN),
        (0, None, Fit.OPEN),
        (25, 25, Fit.NARROW),
    ],
)
def test_a_span_fits_for_certain_or_is_left_open(low, high, fit):
    found = span_report(spans(leader_of(low, high, "sengeafsnit")), shipped_bands())
    assert {
        one.work and one.work.id: one.fits[fit] for one in found.work_counts() if one.leaders
    } == {"hospital": 1}


def check_sums(found):
    leaders = found.seats
    counts = found.band_counts()
    assert sum(one.leaders for one in counts) == leaders
    for one in counts:
        assert one.settled + one.assumed <= one.leaders <= leaders
        assert one.certain <= one.possible <= leaders
    matrix = found.matrix()
    assert sum(map(sum, matrix.values())) == leaders
    by_layer = {one.layer: one.leaders for one in found.layer_counts() if one.leaders}
    assert {layer: sum(row) for layer, row in matrix.items() if sum(row)} == by_layer
    columns_of = np.array(list(matrix.values())).reshape(-1, len(counts)).sum(axis=0)
    assert columns_of.tolist() == [one.leaders for one in counts]
    assert sum(one.leaders for one in found.work_counts()) == leaders
    levels = [
        (one.leaders_of_leaders, one.leaders_of_staff, one.political)
        for one in found.layer_counts()
    ]
    assert sum(map(sum, levels)) <= leaders
    links = found.one_to_one()
    assert 0 <= links.certain + links.possible <= leaders
    for average in found.averages():
        assert average.known <= average.leaders <= leaders
        for interval in (average.mean, average.median):
            assert interval is None or interval.high is None or interval.low <= interval.high


@pytest.mark.slow
@given(organisations(), st.sampled_from([{}, {"unit_id": "u0"}, {"layers": (1, 3)}]))
def test_sums_agree(body, choice):
    text = HEAD + "units:\n" + body
    assume(not problems(text))
    check_sums(report(loads(text), **choice))


@pytest.mark.slow
@given(forests())
def test_where_all_is_listed_all_is_settled(edges):
    found = report(tree(edges))
    check_sums(found)
    for one in found.band_counts():
        assert one.leaders == one.settled == one.possible


# The table of leaders -------------------------------------------------------------------------


def rows(found, names=True, **query):
    """The ids of the leaders that match a query, in its order."""
    table = leaders_table(found, LeaderQuery(**query), names=names)
    assert isinstance(table.rows, LeaderRows)
    return [table.rows.leader(n).position_id for n in range(len(table.rows))]


class TestTable:
    @pytest.fixture
    def small(self):
        return report(organisation(SMALL))

    def test_in_reading_order(self, small):
        assert rows(small) == ["l", "m", "n", "o"]

    def test_danish_letters_come_last(self, small):
        # Chef, Zone, Ældre, Øverst; Dal, Ærø, Åby and Aarhus, which sorts as Århus
        assert rows(small, sort="post") == ["l", "n", "o", "m"]
        assert rows(small, sort="post", descending=True) == ["m", "o", "n", "l"]
        assert rows(small, sort="unit") == ["o", "l", "m", "n"]

    def test_the_unknown_comes_last_either_way(self, small):
        assert rows(small, sort="span") == ["n", "l", "m", "o"]
        assert rows(small, sort="span", descending=True) == ["m", "l", "n", "o"]

    def test_search(self, small):
        assert rows(small, text="ÆLD") == ["o"]
        assert rows(small, text="aa") == rows(small, text="å")
        assert rows(small, text="dre") == []
        assert rows(small, text="zone aarhus") == ["n"]

    def test_names_are_found_only_where_they_are_shown(self):
        found = report(units(unit("a", post("l", holder="Bo Ravn"))))
        assert rows(found, text="ravn") == ["l"]
        assert rows(found, names=False, text="ravn") == []
        assert "holder" not in [column.key for column in leaders_table(found, names=False).columns]

    def test_filters(self, small):
        assert rows(small, band="17-") == ["m"]
        assert rows(small, band="unknown") == ["o"]
        assert rows(small, fit=Fit.NARROW) == ["m", "n"]
        assert rows(small, fit=Fit.NARROW, band="1") == ["n"]
        assert rows(small, fit=Fit.WIDE) == []

    def test_slices_are_rows_too(self, small):
        table = leaders_table(small, LeaderQuery(sort="span"), names=True)
        assert [row[8] for row in table.rows[1:3]] == [table.rows[1][8], table.rows[2][8]]
        assert len(table.rows[9:]) == 0
        assert table.rows[-1][0] == table.rows[3][0]
        with pytest.raises(IndexError):
            table.rows[4]

    def test_a_level_that_is_the_least_stands_beside_its_own(self, small):
        # N leads O; of O nobody below is known; M leads 38, as B's headcount tells
        levels = [say(row[5], "en") for row in leaders_table(small, names=True).rows]
        assert levels == [
            "functional leader",
            "leader of staff",
            "leader of leaders",
            "at least leader of staff",
        ]
        assert rows(small, sort="level") == ["m", "o", "n", "l"]

    def test_a_column_that_is_not_there_sorts_nothing(self, small):
        assert rows(small, sort="colour") == ["l", "m", "n", "o"]


def test_the_status_tells_open_seats():
    leader = post("l", seats=3, holder=["N", "O"])
    data = units(unit("a", leader, complete=True, positions=["p"]))
    table = leaders_table(report(data), names=True)
    (row,) = table.rows
    place = [column.key for column in table.columns].index("status")
    status = row[place]
    assert isinstance(status, Worded)
    assert (status.text("en"), status.text("da")) == ("Named · 1 open", "Navngivet · 1 åben")


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", ["aalborg", "silkeborg"])
def test_every_column_sorts_with_the_unknown_last(shipped, name, descending):
    found = report(shipped[name])
    table = leaders_table(found, names=True)
    keys = [column.key for column in table.columns]
    for n, column in enumerate(table.columns):
        query = LeaderQuery(sort=column.key, descending=descending)
        ordered = leaders_table(found, query, names=True)
        assert [one.key for one in ordered.columns] == keys
        values = [row[n] for row in ordered.rows]
        unknown = [one is None or (isinstance(one, Interval) and one.is_unknown) for one in values]
        assert unknown == sorted(unknown), column.key
        if column.type is not ColumnType.TEXT:
            lows: list[Any] = [
                one.low if isinstance(one, Interval) else one
                for one, is_unknown in zip(values, unknown, strict=True)
                if not is_unknown
            ]
            assert lows == sorted(lows, reverse=descending), column.key
        else:
            groups = [say(one, "da") for one in values if one is not None]
            changes = sum(a != b for a, b in pairwise(groups))
            assert changes == max(0, len(set(groups)) - 1), column.key
        assert sorted(map(str, ordered.records("da"))) == sorted(map(str, table.records("da")))


SIZE = 20_000


@pytest.fixture(scope="module")
def many():
    parents = [-1, *([0] * SIZE), *range(1, SIZE + 1)]
    return span_report(spans(columns(parents).organisation()), shipped_bands())


class TestMany:
    """20,000 leaders under one, each with one report that leads nobody."""

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "query",
        [
            LeaderQuery(sort="span", descending=True),
            LeaderQuery(sort="reach"),
            LeaderQuery(sort="layer", band="1"),
            LeaderQuery(sort="leader_share", descending=True),
            LeaderQuery(text="p19999"),
            LeaderQuery(sort="fit"),
            LeaderQuery(sort="one_to_one"),
            LeaderQuery(sort="post"),
            LeaderQuery(sort="kind", descending=True),
            LeaderQuery(sort="status"),
            LeaderQuery(sort="work"),
        ],
        ids=lambda query: f"{query.sort} {query.text}",
    )
    def test_only_what_is_shown_is_made(self, many, query, monkeypatch):
        made = []
        new_row = Spans._new_row

        def noted(self, n):
            made.append(n)
            return new_row(self, n)

        monkeypatch.setattr(Spans, "_new_row", noted)
        many.spans._rows.clear()
        table = leaders_table(many, query, names=False)
        page = list(table.rows[:50])
        assert len(page) == min(50, len(table.rows))
        assert len(made) <= 50

    def test_the_numbers(self, many):
        assert many.seats == SIZE + 1
        assert many.matrix() == {
            1: [0, 0, 0, 0, 0, 0, 1, 0],
            2: [0, SIZE, 0, 0, 0, 0, 0, 0],
        }
        assert rows(many, sort="span", descending=True, text="p0") == ["p0"]
