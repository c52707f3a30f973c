"""What leaves the explorer: the screen's own chart, with its date and the documents behind it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import UnknownIdError, direct_reports, everyone_below
from orgmodel.analysis.spans.facets import Property
from orgmodel.drawing.choices import Coloring
from orgmodel.drawing.exhibits import exhibit
from orgmodel.drawing.looks import PENS
from orgmodel.drawing.selection import whole_branch
from orgmodel.drawing.svg import way
from orgmodel.drawing.views import Cut, DrawingContext, View, draw_view
from tests.builders import forests, organisation, show, star, tree
from webui.parts.picture import PAGE_ROOM


def shown_ids(chart):
    return [one.card.id for one in chart.cards if not one.shown.more]


class TestTheWholeChart:
    def test_has_every_post_once(self, shipped):
        for data in shipped.values():
            ids = shown_ids(show(data).chart)
            assert sorted(ids) == sorted(data.positions)
            assert show(data).chart.hidden == 0

    def test_has_every_unit_once(self, shipped):
        for data in shipped.values():
            assert sorted(shown_ids(show(data, units=True).chart)) == sorted(data.units)

    def test_shows_a_wide_family_whole(self):
        data = tree(star(500))
        assert len(shown_ids(show(data).chart)) == 501


class TestABranch:
    def test_is_a_post_and_all_below(self, aalborg):
        below = {"chef-voksensocial", *everyone_below(aalborg, "chef-voksensocial")}
        chart = show(aalborg, entries=("chef-voksensocial",)).chart
        assert set(shown_ids(chart)) == below
        assert chart.cards[0].shown.parent_id is None

    def test_is_as_deep_as_asked_for(self, aalborg):
        top = aalborg.roots[0]
        one = show(aalborg, entries=(top,), depth=1).chart
        assert shown_ids(one) == [top, *direct_reports(aalborg, top)]
        none = show(aalborg, entries=(top,), depth=0).chart
        assert shown_ids(none) == [top]

    @given(edges=forests(), depth=st.integers(0, 6), most=st.integers(1, 50))
    def test_loses_nobody_whatever_its_shape(self, edges, depth, most):
        data = tree(edges)
        context = DrawingContext(data)
        found = whole_branch(context.posts, None, depth, most)
        ids = [one.id for one in found.shown]
        assert len(ids) == len(set(ids)) <= max(most, 1)
        assert all(one.layer <= depth for one in found.shown)
        assert len(ids) + found.hidden == len(edges)
        opened = {one.id for one in found.shown if one.is_open}
        for one in found.shown:
            assert one.parent_id is None or one.parent_id in opened
            assert one.folded == (0 if one.is_open else len(data.reports[one.id]))

    def test_of_nobody_known_names_those_alike(self, aalborg):
        with pytest.raises(UnknownIdError) as error:
            show(aalborg, entries=("jobcenterchefen",))
        assert error.value.nearest[0] == "jobcenterchef"


class TestOtherCuts:
    def test_the_chain_goes_to_the_top(self, aalborg):
        chart = show(aalborg, cut=Cut.CHAIN, entries=("leder-rusmiddelafsnittet",)).chart
        here = "leder-rusmiddelafsnittet"
        for one in reversed(shown_ids(chart)):
            assert one == here
            here = aalborg.lines[here].superior_id
        assert here is None

    def test_two_chains_meet_in_the_common_leader(self, aalborg):
        entries = ("centerchef-livskraft", "jobcenterchef")
        chart = show(aalborg, cut=Cut.BETWEEN, entries=entries).chart
        assert shown_ids(chart)[0] == "direktoer"
        assert set(entries) <= set(shown_ids(chart))

    @pytest.mark.slow
    @pytest.mark.parametrize(("cut", "page"), [(Cut.AROUND, "focus"), (Cut.CHAIN, "chain")])
    def test_have_no_lines_but_those_of_their_page(self, client, aalborg, cut, page):
        for post in aalborg.positions:
            chart = show(aalborg, cut=cut, entries=(post,), room=PAGE_ROOM).chart
            drawn = client.get(f"/aalborg/{page}/{post}").get_data(as_text=True)
            assert chart.cross_lines == ()
            assert PENS["cross"] not in drawn
            assert all(way(line.points) in drawn for line in chart.connectors)

    @pytest.mark.slow
    def test_what_is_opened_is_what_the_screen_shows(self, client, aalborg):
        for query, view in (
            ("", View()),
            ("?color=band&cross=off", View(coloring=Coloring.BAND, cross_lines=False)),
            ("?status=named", View(filters={Property.STATUS: ("named",)})),
        ):
            data = client.get(f"/aalborg/chart.json{query}").get_json()
            chart = draw_view(DrawingContext(aalborg), view, "da")
            assert [node["id"] for node in data["nodes"]] == [one.card.id for one in chart.cards]
            assert [node["card"]["marks"] for node in data["nodes"]] == [
                [pytest.approx(list(mark), abs=0.01) for mark in one.marks()]
                for one in chart.cards
            ]
            assert [(node["x"], node["y"]) for node in data["nodes"]] == [
                (place.x, place.middle)
                for place in (chart.layout.places[one.card.id] for one in chart.cards)
            ]


class TestWhatIsSaidOfIt:
    def test_the_date_of_the_data(self, aalborg):
        assert show(aalborg).date_words == "Oplysninger pr. 9. februar 2026"
        assert show(aalborg, language="en").date_words == "Data as of 9 February 2026"

    def test_and_another_that_it_is_shown_on(self, aalborg):
        day = date(2026, 5, 1)
        context = DrawingContext(aalborg.on(day))
        words = exhibit(context, View(), "da", shown_on=day).date_words
        assert words == "Oplysninger pr. 9. februar 2026, vist pr. 1. maj 2026"

    def test_the_documents_that_what_is_shown_rests_on(self, shipped):
        for data in shipped.values():
            found = show(data)
            assert {one.id for one in found.sources} <= set(data.sources)
            assert found.sources
            assert found.sources[0].title.text("da") in found.source_words

    def test_a_document_that_only_others_cite_is_not_named(self):
        data = organisation("""
            sources: {one: {title: Vedtægt}, two: {title: Opslag}}
            units:
              - id: a
                name: A
                kind: enhed
                leader: {id: l, title: Leder, cite: one 1}
                units:
                  - {id: b, name: B, kind: enhed, leader: {id: m, title: Chef, cite: two 2}}
        """)
        assert show(data).source_words == "Kilder: Vedtægt; Opslag"
        only = show(data, entries=("m",))
        assert only.source_words == "Kilder: Opslag"

    def test_nothing_where_no_document_is_known(self):
        found = show(tree({"a": None}))
        assert found.source_words == ""
        assert found.footer == found.date_words

    def test_the_title_names_what_it_is_about(self, aalborg):
        name = aalborg.name.da
        assert show(aalborg).title == name
        branch = show(aalborg, entries=("jobcenterchef",))
        assert branch.title.endswith(f" – {name}")
        assert branch.title.startswith(aalborg.positions["jobcenterchef"].title.da)
