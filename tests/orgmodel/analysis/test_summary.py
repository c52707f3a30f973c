"""The figures of a whole organisation."""

import pytest

from orgmodel import Band, Interval, spans, summarise
from orgmodel.model.statuses import Who
from tests.builders import leader_of, post, tree, unit, units, with_leader


def summary(organisation, **options):
    return summarise(spans(organisation), **options)


class TestAalborg:
    def test_seats_by_status(self, aalborg):
        found = summary(aalborg)
        # rådmand, direktør, 2 staff, 3 departments, 7 + 2 in Voksen, 7 + 1 in Børn, dagtilbud
        assert found.positions == 1 + 1 + 2 + 3 + 9 + 8 + 1
        # all of them lead; the alderman and the head of day care, of another administration, are in no
        # statistics of leaders
        assert found.leaders == found.positions - 2
        assert (found.vacant, found.acting, found.planned) == (2, 1, 0)
        # two heads of staff; of Voksen's chiefs 4 + 1; of Børn's chiefs 5
        assert found.unnamed == 2 + 5 + 5
        assert found.vacant_share == pytest.approx(2 / 25)

    def test_headcounts(self, aalborg):
        found = summary(aalborg)
        assert found.employees == Interval(4320, 4320)
        assert found.fte == Interval(3644, 3644)
        # 23 leaders, without the alderman and the one who leads in another administration;
        # there may be leaders whom no source tells of, so it is at most 4,320 / 23
        assert found.employees_per_leader == Interval(0, 187.8)
        # 4,320 less 2,000 to 2,268 and 950 to 1,134 in two departments, the first without its head (or
        # with, of half of 4,320), the second with its head or without, and less four posts outside them: the director, two heads of staff, the head of the job centre
        assert found.unreported_headcount == Interval(
            4320 - (2268 + 1) - (1134 + 1) - 4, 4320 - (2000 + 1) - 950 - 4
        )

    def test_the_longest_chain(self, aalborg):
        # alderman, director, head of department, head of centre, leader of Rusmiddelafsnittet
        assert summary(aalborg).layers == 5

    def test_one_to_one(self, aalborg):
        # the alderman leads the director and nobody else, and counts where politicians do
        assert summary(aalborg).one_to_one == 0
        # nor is the alderman's line to the director stated
        assert summarise(spans(aalborg, leave_out={Who.PLANNED})).one_to_one == 0


#        a          spans: a 2, b 3, c 1 (one-to-one)
#      /   \
#     b     c
#   / | \   |
#  d  e  f  g
#           |      g 1 (of staff)
#           h
SHAPE = {"a": None, "b": "a", "d": "b", "e": "b", "f": "b", "c": "a", "g": "c", "h": "g"}


class TestSpans:
    def test_mean_median_quartiles_and_distribution(self):
        found = summary(tree(SHAPE))
        assert found.distribution == {1: 2, 2: 1, 3: 1}
        assert found.span_mean == Interval(1.8, 1.8)  # (2 + 3 + 1 + 1) / 4 = 1.75
        assert found.span_median == Interval(1.5, 1.5)
        assert found.span_quartiles == (Interval(1, 1), Interval(2.2, 2.2))  # 2.25
        assert (found.spans_settled, found.spans_assumed) == (4, 0)
        assert (found.spans_bounded, found.spans_unknown) == (0, 0)
        assert found.one_to_one == 1

    def test_an_open_span_opens_the_upper_figures(self):
        found = units(unit("a", "l", employees=5, units=[unit("b", "m", positions=["p"])]))
        figures = summary(found)
        assert figures.span_mean is not None
        assert figures.span_mean.high is None
        # of the five one is L, one M and one P; M's own staff is 1 and open
        assert figures.span_mean.low == 1.0

    def test_only_some_leaders(self):
        found = summary(tree(SHAPE), only=lambda row: row.layers_above == 1)
        assert (found.leaders, found.distribution) == (2, {1: 1, 3: 1})

    def test_bands_count_those_who_are_in_them_for_certain(self):
        bands = (Band(0, 1), Band(2, 2), Band(3))
        assert summary(tree(SHAPE), bands=bands).bands == {"0-1": 2, "2": 1, "3-": 1}

    def test_seats_share_a_posts_span(self):
        found = units(unit("a", post("l", seats=4), count=4, employees=with_leader(44)))
        # 44 less four leaders, shared by four
        assert summary(found).distribution == {10: 4}

    def test_planned_leaders_are_counted_nowhere(self, silkeborg):
        summary = summarise(spans(silkeborg))
        known = summary.spans_settled + summary.spans_assumed
        asked = summary.spans_bounded + summary.spans_unknown
        assert known + asked == summary.leaders == silkeborg.seats - summary.planned == 8

    def test_unless_they_are_counted_in_the_spans(self, silkeborg):
        assert summarise(spans(silkeborg, leave_out=set())).leaders == 9

    def test_nobody_leads(self):
        found = summary(tree({"a": None}))
        assert found.span_mean is None
        assert found.as_dict()["span_quartiles"] is None


@pytest.mark.parametrize(
    ("low", "high", "holds"),
    [(5, 5, True), (4, 8, True), (3, 8, False), (4, None, False), (9, 20, False), (0, 3, False)],
)
def test_a_band_says_only_what_is_certain(low, high, holds):
    found = summary(leader_of(low, high, "k"), bands=[Band(4, 8)])
    assert found.bands == {"4-8": int(holds)}
