"""The picture of a network: cards that do not overlap, the same places each time, colours that are read."""

import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from orgmodel import loads
from orgmodel.analysis.questions.network import network_around, network_between, what_ties
from orgmodel.analysis.questions.ties import Ties
from orgmodel.drawing.network import tie_network_data
from orgmodel.drawing.styles import contrast
from orgmodel.drawing.tie_picture import network_pens, network_svg, tie_picture
from orgmodel.exporting.network_files import NETWORK_FORMATS, NetworkExhibit
from tests.builders import HEAD, body, nameless, posts, unit

ROOT = Path(__file__).resolve().parents[3]
HOSTILE = "<script>alert(1)</script>\"'&"


def drawn(data, node_id, steps=2, language="da"):
    ties = Ties(data)
    return tie_picture(ties, network_around(ties, node_id, steps), language)


def overlapping(picture):
    cards = picture.cards.cards
    places = picture.layout.places
    return [
        (one.id, other.id)
        for n, one in enumerate(cards)
        for other in cards[:n]
        if abs(places[one.id][0] - places[other.id][0]) < (one.width + other.width) / 2
        and abs(places[one.id][1] - places[other.id][1]) < (one.height + other.height) / 2
    ]


@pytest.mark.parametrize(
    ("name", "node_id"),
    [
        ("aalborg", "direktoer"),
        ("aalborg", "forvaltningsledelsen"),
        ("ballerup", "centerledelsen"),
        ("silkeborg", "sundheds-og-omsorgschef"),
        ("skanderborg", "fagsekretariatet"),
    ],
)
class TestPlaces:
    def test_no_card_is_on_another(self, shipped, name, node_id):
        for steps in (1, 2, 3):
            assert overlapping(drawn(shipped[name], node_id, steps)) == []

    def test_places_are_the_same_each_time(self, shipped, name, node_id):
        again = [drawn(shipped[name], node_id).layout for _n in range(2)]
        assert again[0] == again[1]


def test_150_cards_do_not_overlap():
    wide = [
        unit(
            f"u{n}",
            f"l{n}",
            positions=[{"id": f"x{n}-{m}", "title": "Medarbejder"} for m in range(9)],
        )
        for n in range(14)
    ]
    crowd = loads(HEAD + body(unit("top", "leader", units=wide)))
    picture = drawn(crowd, "leader", 3)
    assert len(picture.network.steps) == 150
    assert overlapping(picture) == []


def test_two_nodes_stand_left_and_right(skanderborg):
    ties = Ties(skanderborg)
    found = what_ties(ties, "konsulentafdelingen", "visitation-og-hjaelpemidler")
    picture = tie_picture(ties, network_between(ties, found), "da")
    across = {one: place[0] for one, place in picture.layout.places.items()}
    assert min(across, key=across.__getitem__) == "konsulentafdelingen"
    assert max(across, key=across.__getitem__) == "visitation-og-hjaelpemidler"


class TestCards:
    def test_what_is_left_out_is_a_card_with_its_number(self):
        picture = drawn(loads(HEAD + body(unit("u", "top", positions=posts(242)))), "top", 1)
        assert [one.title for one in picture.cards.cards if one.kind == "rest"] == [
            ("+ 212 flere",)
        ]

    def test_initials_are_those_of_the_holder_and_go_with_the_name(self, aalborg):
        assert {one.sign for one in drawn(aalborg, "direktoer").cards.cards} >= {"AK"}
        assert {one.sign for one in drawn(nameless(aalborg), "direktoer").cards.cards} == {""}

    def test_two_nodes_have_one_line_with_all_its_words(self, aalborg):
        lines = drawn(aalborg, "direktoer", 1).cards.lines
        pairs = [frozenset((one.from_id, one.to_id)) for one in lines]
        assert len(pairs) == len(set(pairs))
        (own,) = [
            one for one in lines if one.to_id == "job-og-social" and one.from_id == "direktoer"
        ]
        assert own.words == "leder · er en del af"

    def test_text_is_at_least_12_pixels(self, aalborg):
        sizes = re.findall(
            r'font-size="([\d.]+)"', network_svg(drawn(aalborg, "direktoer"), label="")
        )
        assert min(map(float, sizes)) >= 12


class TestColours:
    @pytest.mark.parametrize("dark", [False, True])
    def test_signs_and_texts_are_legible(self, dark):
        pens = network_pens(dark=dark)
        for name in ("ink", "quiet"):
            assert contrast(pens[name], pens["paper"]) >= 4.5
        for name in pens:
            if f"{name}-soft" in pens:
                assert contrast(pens[name], pens[f"{name}-soft"]) >= 4.5

    def test_the_page_has_the_same_colours(self):
        css = (ROOT / "webui" / "static" / "network.css").read_text(encoding="utf-8")
        light, dark, forced = css.split("@media")[:3]
        for part, pens in ((light, network_pens()), (dark, network_pens(dark=True))):
            assert dict(re.findall(r"--net-([\w-]+): (#\w+);", part)) == pens
        assert set(re.findall(r"--net-([\w-]+): \w+;", forced)) == network_pens().keys()


def test_the_browser_gets_the_places_of_the_picture_and_no_html(aalborg):
    picture = drawn(aalborg, "direktoer")
    data: dict[str, Any] = tie_network_data(picture)
    assert {one["id"]: (one["x"], one["y"]) for one in data["nodes"]} == picture.layout.places
    assert not any("title" in one for one in (*data["nodes"], *data["edges"]))


class TestFiles:
    def exhibit(self, data):
        ties = Ties(data)
        picture = tie_picture(ties, network_around(ties, "top", 1), "da")
        return NetworkExhibit(ties, picture, HOSTILE, "da")

    @pytest.fixture
    def hostile(self):
        members = [{"position": "top"}]
        group = {"id": "g", "name": HOSTILE, "kind": "k", "members": members}
        return self.exhibit(
            loads(HEAD + body(unit("u", "top", positions=posts(3)), groups=[group]))
        )

    def test_a_picture_has_hostile_names_as_text(self, hostile):
        svg = NETWORK_FORMATS["svg"].make(hostile).decode()
        assert "<script" not in svg
        assert HOSTILE in "".join(ET.fromstring(svg).itertext())  # noqa: S314 - made here

    def test_a_graph_is_read_back(self, hostile):
        graph: nx.Graph[str] = nx.read_graphml(
            io.BytesIO(NETWORK_FORMATS["graphml"].make(hostile))
        )
        assert set(graph) == {"top", "u", "g", "p0", "p1", "p2"}
        assert {edge["kind"] for *_ends, edge in graph.edges(data=True)} >= {
            "reports_to",
            "member_of",
        }
        assert graph.nodes["g"]["label"].startswith(HOSTILE)

    def test_a_table_has_a_row_for_each_tie(self, hostile):
        rows = NETWORK_FORMATS["csv"].make(hostile).decode().splitlines()
        assert len(rows) == 1 + len(hostile.picture.network.ties)

    def test_a_png_is_one(self, hostile):
        assert NETWORK_FORMATS["png"].make(hostile).startswith(b"\x89PNG")
