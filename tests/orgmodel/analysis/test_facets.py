"""The properties of posts and units, and the bands of spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import spans
from orgmodel.analysis.spans.facets import LEADS_NOBODY, UNKNOWN, Facets, Property, UnitFacets
from orgmodel.model.bands import SPAN_BANDS, band_of
from tests.builders import unit, units


@pytest.fixture(scope="module")
def facets(aalborg):
    return Facets(spans(aalborg))


class TestBands:
    @given(st.integers(1, 500))
    def test_every_span_lies_in_one_band(self, span):
        assert [band for band in SPAN_BANDS if band.holds(span)] == [band_of(span)]

    def test_are_those_that_others_publish(self):
        assert [band.words().text("da") for band in SPAN_BANDS] == [
            "1", "2–3", "4–7", "8–12", "13–16", "17 og flere",
        ]  # fmt: skip

    def test_nobody_is_in_none(self):
        assert band_of(0) is None


class TestOfPosts:
    @pytest.mark.parametrize(
        ("position_id", "asked", "values"),
        [
            ("chef-voksensocial", Property.KIND, ("fagafdeling",)),
            ("raadmand", Property.LAYER, ("1",)),
            ("leder-rusmiddelafsnittet", Property.LAYER, ("5",)),
            ("chef-voksensocial", Property.STATUS, ("vacant",)),
            ("sekretariatschef-voksensocial", Property.STATUS, ("acting",)),
            ("direktoer", Property.BAND, ("4-7",)),
            ("jobcenterchef", Property.BAND, (UNKNOWN,)),
        ],
    )
    def test_each_has_its_values(self, facets, position_id, asked, values):
        assert facets.of(position_id, asked) == values

    def test_a_post_has_as_many_groups_as_it_sits_in(self, facets, aalborg):
        for position_id in aalborg.positions:
            seats = aalborg.memberships.get(position_id, ())
            assert len(facets.of(position_id, Property.GROUP)) == len(seats)

    def test_counts_are_by_seats_and_add_up(self, facets, aalborg):
        for asked in (Property.KIND, Property.LAYER, Property.STATUS, Property.BAND):
            assert sum(value.count for value in facets.values(asked)) == aalborg.seats == 25

    def test_layers_and_bands_stand_in_their_order(self, facets):
        assert [value.id for value in facets.values(Property.LAYER)] == ["1", "2", "3", "4", "5"]
        assert [value.id for value in facets.values(Property.BAND)] == ["1", "4-7", UNKNOWN]

    def test_who_leads_nobody_is_not_who_leads_few(self):
        data = units(unit("a", "l", complete=True, positions=["p"]))
        found = Facets(spans(data))
        assert found.of("p", Property.BAND) == (LEADS_NOBODY,)
        assert found.of("l", Property.BAND) == ("1",)

    def test_a_leader_of_a_unit_of_nobody_leads_nobody(self):
        data = units("- {id: a, name: A, kind: k, complete: true, leader: {id: l, title: L}}")
        assert Facets(spans(data)).of("l", Property.BAND) in {(LEADS_NOBODY,), (UNKNOWN,)}


class TestFitting:
    def test_is_in_reading_order(self, facets, aalborg):
        found = facets.fitting({Property.KIND: {"center"}})
        assert list(found) == [one for one in found if one in aalborg.positions]
        assert next(iter(found)) == "centerchef-livskraft"

    @given(st.data())
    def test_equals_a_look_at_every_post(self, facets, aalborg, data):
        wanted = {}
        for asked in data.draw(st.lists(st.sampled_from(Property), unique=True, max_size=3)):
            known = [value.id for value in facets.values(asked)]
            wanted[asked] = data.draw(st.lists(st.sampled_from([*known, "nope"]), min_size=1))
        slow = {
            post
            for post in aalborg.positions
            if all(set(facets.of(post, asked)) & set(values) for asked, values in wanted.items())
        }
        assert set(facets.fitting(wanted)) == slow


class TestOfUnits:
    def test_a_unit_has_its_own_kind_and_layer_and_its_leaders_status(self, aalborg):
        found = UnitFacets(spans(aalborg))
        assert found.of("voksensocialafdelingen", Property.KIND) == ("fagafdeling",)
        assert found.of("voksensocialafdelingen", Property.LAYER) == ("3",)
        assert found.of("voksensocialafdelingen", Property.STATUS) == ("vacant",)

    def test_a_unit_without_a_known_leader_has_no_status(self, aalborg):
        assert UnitFacets(spans(aalborg)).of("boern-og-unge", Property.STATUS) == ()
