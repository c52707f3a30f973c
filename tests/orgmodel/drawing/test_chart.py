"""What a chart shows, and the pyvis network made of it."""

import itertools
import json
from typing import Any

import pytest

from orgmodel.drawing.chart import COMPACT_FROM
from orgmodel.drawing.choices import Coloring
from orgmodel.drawing.graph import chart_graph
from orgmodel.drawing.hierarchy import PostHierarchy
from orgmodel.drawing.looks import PENS
from orgmodel.drawing.network import VIS_NETWORK, Network, chart_network, network_data
from orgmodel.drawing.selection import Opening, branch, matches, opened_branches
from orgmodel.drawing.styles import contrast
from tests.builders import chart_of, star, tree

ALLOWED = {
    "id", "label", "shape", "size", "x", "y", "parent", "layer", "reports", "open", "card", "color",
    "more", "dimmed", "look", "uncertain", "why",
}  # fmt: skip


def chart(data, opening=None):
    return chart_of(data, opened_branches(PostHierarchy(data), opening or Opening()))


def shown(found):
    return [one.card.id for one in found.cards]


def steps(points):
    """Return the pixels that a level or upright line passes."""
    found = set()
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        length = round(max(abs(x2 - x1), abs(y2 - y1)))
        found |= {
            (round(x1 + (x2 - x1) * n / length), round(y1 + (y2 - y1) * n / length))
            for n in range(length + 1)
        }
    return found


class TestLines:
    def test_relations_are_drawn_between_the_leaders_of_their_units(self, aalborg):
        ends = {(line.from_id, line.to_id) for line in chart(aalborg).cross_lines}
        assert ends == {
            ("chef-boern-og-familie", "chef-voksensocial"),
            ("chef-boern-og-familie", "dagtilbudschef"),
        }

    def test_a_relation_up_the_chain_is_not_drawn_beside_the_reporting_line(self, skanderborg):
        relations = {(one.from_id, one.to_id) for one in skanderborg.relations}
        assert ("aktivitet-og-traening", "soh") in relations
        ends = {line.to_id for line in chart(skanderborg).cross_lines}
        assert ends
        assert "chef-soh" not in ends

    def test_a_relation_is_not_drawn_to_a_card_that_is_folded_away(self, aalborg):
        found = chart(aalborg, Opening(closed=frozenset({"direktoer"})))
        assert found.cross_lines == ()

    def test_two_lines_never_lie_on_one_another(self, aalborg):
        first, second = (line.points for line in chart(aalborg).cross_lines)
        # they may cross
        assert len(steps(first) & steps(second)) <= 1

    def test_lines_beside_the_line_can_be_left_out(self, aalborg):
        assert chart_of(aalborg, cross_lines=False).cross_lines == ()

    def test_units_are_joined_by_their_relations_too(self, aalborg):
        ends = {(one.from_id, one.to_id) for one in chart_of(aalborg, units=True).cross_lines}
        assert ("voksensocialafdelingen", "boerne-og-familieafdelingen") in ends or (
            "boerne-og-familieafdelingen",
            "voksensocialafdelingen",
        ) in ends


class TestUnits:
    def test_every_unit_is_a_card_with_its_leader(self, aalborg):
        found = {one.card.id: one.card for one in chart_of(aalborg, units=True).cards}
        assert len(found) == len(aalborg.units)
        card = found["job-og-social"]
        assert card.title == ("Job og Social",)
        assert card.name == "Arne Lund Kristensen"
        assert card.full_unit == "Direktør · forvaltning"
        # three of the five lines are inferred
        assert card.figures_in_words == (
            "4.319–4.320 under · 5 ledere direkte · medarb. ikke oplyst"
        )

    def test_a_unit_without_a_known_leader_says_so_and_is_not_vacant(self, aalborg):
        found = {one.card.id: one.card for one in chart_of(aalborg, units=True).cards}
        card = found["boern-og-unge"]
        assert (card.name, card.chip, card.status) == ("", "Leder ikke oplyst", "unnamed")

    def test_staff_units_stand_beside_the_line(self, aalborg):
        places = chart_of(aalborg, units=True).layout.places
        staff, leader = places["ledelse-og-jura"], places["job-og-social"]
        line = places["voksensocialafdelingen"]
        assert leader.bottom < staff.y < staff.bottom < line.y


class TestWideFamilies:
    def test_leaves_of_a_wide_leader_are_compact_and_stand_in_columns(self):
        wide = tree(star(60))
        found = chart(wide)
        cards = {one.card.id: one.card for one in found.cards}
        assert len(cards) == 61
        assert not cards["top"].is_compact
        assert all(cards[f"p{n}"].is_compact for n in range(60))
        columns = {place.x for key, place in found.layout.places.items() if key != "top"}
        assert 4 <= len(columns) <= 8
        assert 1 < found.layout.width / found.layout.height < 2.5

    def test_who_has_fewer_reports_than_thirty_keeps_whole_cards(self):
        some = tree(star(COMPACT_FROM - 1))
        assert not any(one.card.is_compact for one in chart(some).cards)

    def test_an_open_card_in_a_wide_family_is_whole(self):
        wide = tree({"top": None, **{f"p{n}": "top" for n in range(40)}, "q": "p0"})
        opening = Opening(frozenset({"top", "p0"}))
        cards = {one.card.id: one.card for one in chart(wide, opening).cards}
        assert not cards["p0"].is_compact
        assert cards["p1"].is_compact


class TestColours:
    def test_by_span_unknown_is_not_narrow(self, aalborg):
        found = chart_of(aalborg, coloring=Coloring.BAND)
        values = {one.card.id: one.value for one in found.cards}
        assert values["direktoer"] == values["chef-voksensocial"] == "4-7"
        assert values["raadmand"] == "1"
        assert values["jobcenterchef"] == "unknown"
        words = [entry.words.text("da") for entry in found.legend]
        assert words == ["1 direkte", "4–7 direkte", "Ledelsesspænd ikke oplyst"]

    def test_by_vacancy(self, aalborg):
        found = chart_of(aalborg, coloring=Coloring.STATUS)
        values = {one.card.id: one.value for one in found.cards}
        assert values["chef-voksensocial"] == "vacant"
        assert values["sekretariatschef-voksensocial"] == "acting"
        assert found.looks["vacant"] != found.looks["named"]

    def test_by_kind_each_kind_has_its_own(self, aalborg):
        found = chart_of(aalborg, units=True, coloring=Coloring.KIND)
        looks = [entry.look for entry in found.legend]
        assert len(looks) == len(set(looks)) == 9
        assert found.legend[-1].words.text("da") == "Andre typer"

    def test_none_has_no_legend(self, aalborg):
        found = chart_of(aalborg, coloring=Coloring.NONE)
        assert found.legend == ()
        assert len({found.looks[one.value] for one in found.cards}) == 1

    @pytest.mark.parametrize("coloring", Coloring)
    def test_every_text_can_be_read_on_its_ground(self, shipped, coloring):
        for data in shipped.values():
            for is_units in (False, True):
                found = chart_of(data, units=is_units, coloring=coloring)
                for look in found.looks.values():
                    assert contrast(look.ink, PENS["paper"]) >= 4.5
                    assert contrast(look.quiet, PENS["paper"]) >= 4.5
                    assert contrast(look.mark, look.tint) >= 4.5

    def test_a_part_of_the_chart_keeps_the_colours_of_the_whole(self, aalborg):
        whole = {one.card.id: one.value for one in chart_of(aalborg).cards}
        part = chart_of(aalborg, branch(PostHierarchy(aalborg), "chef-voksensocial"))
        assert {one.card.id: one.value for one in part.cards}.items() <= whole.items()

    def test_who_is_not_lit_is_dimmed(self, aalborg):
        found = chart_of(aalborg, lit={"direktoer", "jobcenterchef"})
        dimmed = {one.card.id for one in found.cards if one.is_dimmed}
        assert dimmed == set(aalborg.positions) - {"direktoer", "jobcenterchef"}

    def test_what_stands_over_a_match_is_dimmed(self, aalborg):
        hierarchy = PostHierarchy(aalborg)
        found = chart_of(aalborg, matches(hierarchy, {"jobcenterchef": None}, Opening()))
        assert {one.card.id: one.is_dimmed for one in found.cards} == {
            "raadmand": True, "direktoer": True, "jobcenterchef": False,
        }  # fmt: skip


class TestNetwork:
    def test_is_a_pyvis_network_of_the_shown_posts(self, aalborg):
        network = chart_network(chart_graph(chart(aalborg)))
        assert isinstance(network, Network)
        assert [node["id"] for node in network.nodes] == shown(chart(aalborg))
        reporting = [edge for edge in network.edges if edge["kind"] == "line"]
        assert len(reporting) == 20
        lines = {(edge["from"], edge["to"]) for edge in reporting}
        assert lines == set(aalborg.reporting_tree().edges)

    def test_stated_lines_are_solid_and_inferred_ones_dashed(self, aalborg):
        edges = chart_network(chart_graph(chart(aalborg))).edges
        style = {edge["to"]: edge["style"] for edge in edges if edge["kind"] == "line"}
        # the source's explicit lines: two departments, and Voksen's five centres in two entries
        assert sorted(key for key, value in style.items() if value == "solid") == [
            "centerchef-livskraft",
            "centerchefer-oevrige",
            "chef-boern-og-familie",
            "chef-voksensocial",
        ]

    def test_nodes_carry_an_allow_list_and_no_title(self, aalborg):
        for node in chart_network(chart_graph(chart(aalborg))).get_network_data()[0]:
            assert set(node) <= ALLOWED

    def test_a_line_that_is_not_settled_has_its_mark_at_the_last_corner(self, aalborg):
        found = chart(aalborg, Opening(layers=5))
        edges: Any = network_data(found)["edges"]
        (edge,) = [one for one in edges if "mark" in one]
        assert aalborg.lines[edge["to"]].alternative_ids == ("centerchef-livskraft",)
        assert "Centerchef" in edge["why"]
        (x, y), size = edge["points"][-2], 18
        assert edge["mark"] == ("doubt", x - size / 2, y, "?", size)
        assert [edge["points"]] == list(found.doubts)

    def test_everything_is_plain_json_with_physics_off(self, aalborg):
        found = json.loads(json.dumps(network_data(chart(aalborg))))
        assert found["options"]["physics"] == {"enabled": False}
        assert found["width"] > found["nodes"][0]["card"]["width"]

    def test_the_script_is_the_one_that_pyvis_brings(self):
        assert VIS_NETWORK.stat().st_size > 100_000


def test_names_cannot_become_markup():
    hostile = "</script><img src=x onerror=alert(1)>"
    data = tree({"a": None})
    assert hostile not in json.dumps(network_data(chart(data)))


@pytest.mark.parametrize("posts", [1, 2])
def test_tiny_organisations(posts):
    found = chart(tree({f"p{n}": None for n in range(posts)}))
    assert len(found.cards) == posts
