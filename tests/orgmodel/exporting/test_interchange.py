"""Charts as other programs read them: the fields of an entry, equal in every format."""

import json
import math
import subprocess
import xml.etree.ElementTree as ET

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.drawing.looks import PENS
from orgmodel.drawing.selection import Opening
from orgmodel.drawing.views import Cut
from orgmodel.exporting.contents import one_line, plain
from orgmodel.exporting.dot import PREFIX, dot
from orgmodel.exporting.entry_tables import entries_csv
from orgmodel.exporting.graphs import edges_of, file_graph, graphml, is_relation, node_link
from orgmodel.exporting.mermaid import mermaid
from orgmodel.model.names import Text
from tests.builders import changed, forests, nameless, organisation, post, show, tree, unit, units
from tests.orgmodel.exporting.interchange import HOSTILE, hostile, many_relations, posts
from tests.programs import program
from tests.series import series

FORMATS = (mermaid, dot, graphml, node_link, entries_csv)
IDS = ("aalborg", "ballerup", "silkeborg", "skanderborg")


def nodes_of(exhibit):
    return dict(file_graph(exhibit).nodes.items())


def edges_in(exhibit):
    """The fields of each edge, in order."""
    return [values for _start, _end, _key, values in edges_of(file_graph(exhibit))]


def relations_in(exhibit):
    return [edge for edge in edges_in(exhibit) if is_relation(edge)]


class TestRecords:
    def test_a_leader_with_open_figures(self, aalborg):
        node = nodes_of(show(aalborg))["direktoer"]
        # Five direct leaders are listed; how many of 4,320 employees are direct staff is open. The
        # director is one of these or not.
        assert node["span_low"] == 5
        assert "span_high" not in node
        assert (node["reach_low"], node["reach_high"]) == (4319, 4320)
        assert (node["label"], node["holder"], node["unit"]) == (
            "Direktør",
            "Arne Lund Kristensen",
            "Job og Social",
        )
        assert (node["level"], node["layer"], node["status"]) == ("top", 2, "named")

    def test_what_is_not_known_is_absent_and_never_0(self, aalborg):
        node = nodes_of(show(aalborg))["stabschef-oekonomi-og-it"]
        assert {"holder", "span_low", "span_high", "reach_low", "reach_high"}.isdisjoint(node)
        assert (node["status"], node["status_words"]) == ("unnamed", "Ikke navngivet")

    def test_no_value_is_none_anywhere(self, shipped):
        for data in shipped.values():
            for is_units in (False, True):
                exhibit = show(data, units=is_units)
                assert None not in file_graph(exhibit).graph.values()
                for one in (*nodes_of(exhibit).values(), *edges_in(exhibit)):
                    assert None not in one.values()

    def test_vacant_and_planned_are_told_apart(self, silkeborg):
        found = [one["status"] for one in nodes_of(show(silkeborg)).values()]
        assert (found.count("vacant"), found.count("planned")) == (1, 1)

    def test_a_line_is_stated_or_inferred(self, aalborg):
        nodes = nodes_of(show(aalborg))
        assert nodes["chef-voksensocial"]["line"] == "explicit"
        assert nodes["stabschef-oekonomi-og-it"]["line"] == "inferred"
        assert "line" not in nodes["raadmand"]

    def test_a_unit_has_its_leader(self, aalborg):
        node = nodes_of(show(aalborg, units=True))["job-og-social"]
        assert (node["leader_id"], node["holder"]) == ("direktoer", "Arne Lund Kristensen")
        assert (node["unit_id"], node["kind"], node["reach_low"]) == (
            "aalborg-kommune",
            "forvaltning",
            4319,
        )

    def test_a_unit_without_a_leader_has_no_status(self, aalborg):
        node = nodes_of(show(aalborg, units=True))["aalborg-kommune"]
        assert {"status", "level", "leader", "unit"}.isdisjoint(node)

    def test_english_is_english_throughout(self, aalborg):
        exhibit = show(aalborg, language="en")
        node = nodes_of(exhibit)["direktoer"]
        assert (node["label"], node["status_words"], node["line_words"]) == (
            "Director",
            "Named",
            "derived",
        )
        assert file_graph(exhibit).graph["date_words"] == "Data as of 9 February 2026"
        assert {edge["words"] for edge in edges_in(exhibit)} == {"leads", "coordinates with"}

    def test_the_date_and_the_sources_come_along(self, aalborg):
        about = file_graph(show(aalborg)).graph
        assert (about["as_of"], about["shown_on"]) == ("2026-02-09", "2026-02-09")
        assert "Jobprofiler for to afdelingschefer i Job og Social" in about["sources"]
        for make in FORMATS:
            assert "Jobprofiler for to afdelingschefer i Job og Social" in make(show(aalborg))

    def test_entries_come_in_the_order_of_the_chart(self, aalborg):
        exhibit = show(aalborg)
        wanted = [one.card.id for one in exhibit.chart.cards]
        assert list(file_graph(exhibit)) == wanted

    def test_the_top_of_a_branch_has_nothing_above_but_keeps_its_layer(self, aalborg):
        exhibit = show(aalborg, entries=("chef-voksensocial",))
        first_id, first = next(iter(nodes_of(exhibit).items()))
        assert (first_id, first.get("line"), first["layer"]) == ("chef-voksensocial", None, 3)

    def test_how_many_are_hidden_is_said_everywhere(self, aalborg):
        exhibit = show(aalborg, entries=("chef-voksensocial",), language="en")
        hidden = file_graph(exhibit).graph["hidden"]
        # 25 seats in all (22 entries, one of four seats); in the branch 10, of 7 entries.
        assert hidden == 25 - sum(one["seats"] for one in nodes_of(exhibit).values()) == 15
        for make in (mermaid, dot, graphml, node_link):
            assert "15 posts are not in it." in make(exhibit)
        assert entries_csv(exhibit).splitlines()[1].endswith(",15")

    def test_cards_for_more_are_no_entries(self):
        wide = posts([f"Post {n}" for n in range(200)])
        exhibit = show(wide, cut=Cut.OPENED, opening=Opening(opened=frozenset({"top"})))
        assert any(one.shown.more for one in exhibit.chart.cards)
        found = file_graph(exhibit)
        assert found.graph["hidden"] == 201 - len(found) > 0
        assert set(found) <= set(wide.positions)

    def test_every_relation_is_there_not_only_those_that_are_drawn(self):
        exhibit = show(many_relations(60))
        assert len(exhibit.chart.cross_lines) == 40
        assert len(relations_in(exhibit)) == 60

    def test_files_hold_relations_that_pictures_do_not_show(self):
        exhibit = show(many_relations(3), cross_lines=False)
        assert exhibit.chart.cross_lines == ()
        assert len(relations_in(exhibit)) == 3

    def test_a_view_of_the_reporting_line_has_none(self):
        assert relations_in(show(many_relations(3), cut=Cut.AROUND, entries=("top",))) == []

    def test_a_relation_to_what_is_not_shown_is_left_out(self, aalborg):
        exhibit = show(aalborg, entries=("chef-boern-og-familie",))
        assert relations_in(exhibit) == []

    def test_several_seats_are_counted(self, aalborg):
        found = [one["seats"] for one in nodes_of(show(aalborg)).values()]
        assert sorted(found)[-2:] == [1, 4]

    @series(sample=40, full=2_000)
    @given(forests())
    def test_layers_count_from_the_top(self, edges):
        nodes = nodes_of(show(tree(edges)))
        for name, superior in edges.items():
            assert nodes[name]["layer"] == (nodes[superior]["layer"] + 1 if superior else 1)

    def test_what_no_file_can_hold_is_dropped(self):
        assert plain("a\x00\x07b\ud800\ufffe\x7fc\r\nd\x85e\u2028f") == "abc\nd\ne\nf"
        assert one_line("  a\n\tb  c\u00a0d ") == "a b c\u00a0d"

    def test_ids_of_edges_are_unlike_each_other(self, skanderborg):
        keys = [key for _start, _end, key in file_graph(show(skanderborg)).edges(keys=True)]
        assert len(set(keys)) == len(keys) > 20


class TestNamesLeftOut:
    @pytest.mark.slow
    @pytest.mark.parametrize("make", FORMATS)
    @pytest.mark.parametrize("name", IDS)
    def test_nobody_is_named_in_any_format(self, shipped, name, make):
        data = shipped[name]
        people = [person.name for person in data.people.values()]
        for is_units in (False, True):
            for language in ("da", "en"):
                named = make(show(data, units=is_units, language=language))
                hidden = make(show(nameless(data), units=is_units, language=language))
                assert any(person in named for person in people)
                assert not any(person in hidden for person in people)
                # Nor a family name alone.
                assert not any(f" {person.split()[-1]}" in hidden for person in people)

    def test_an_id_that_holds_a_name_is_neutral(self):
        data = units(unit("a", post("leder-ida-boje", title="Leder", holder="Ida Boje")))
        for make in FORMATS:
            written = make(show(data)).lower()
            if make is not mermaid:
                assert "ida-boje" in written
            assert "boje" not in make(show(nameless(data))).lower()


def run_dot(text, to):
    ran = subprocess.run(
        [program("dot"), f"-T{to}"], input=text.encode(), capture_output=True, check=True
    )
    assert ran.stderr == b""
    return ran.stdout.decode()


def drawn_texts(drawn):
    """The texts that Graphviz draws for a label."""
    return [op["text"] for op in drawn if op["op"] == "T"]


class TestDot:
    @pytest.mark.parametrize("units", [False, True])
    @pytest.mark.parametrize("name", IDS)
    def test_graphviz_reads_every_entry_and_line(self, shipped, name, units):
        exhibit = show(shipped[name], units=units)
        found = file_graph(exhibit)
        read = json.loads(run_dot(dot(exhibit), "json"))
        assert [one["name"] for one in read["objects"]] == list(found)
        names = {one["_gvid"]: one["name"] for one in read["objects"]}
        assert sorted((names[one["tail"]], names[one["head"]]) for one in read["edges"]) == sorted(
            found.edges()
        )
        for one, said in zip(read["objects"], found.nodes.values(), strict=True):
            kept = {key: one[f"{PREFIX}{key}"] for key in said}
            assert kept == {key: str(value) for key, value in said.items()}
            # What another node has and this one has not is empty, as Graphviz has it.
            others = {key for key in one if key.startswith(PREFIX)} - {PREFIX + k for k in said}
            assert {one[key] for key in others} <= {""}

    def test_labels_are_the_lines_of_the_cards(self, aalborg):
        read = json.loads(run_dot(dot(show(aalborg)), "json"))
        labels = {one["name"]: drawn_texts(one["_ldraw_"]) for one in read["objects"]}
        assert labels["direktoer"][:3] == ["Direktør", "Arne Lund Kristensen", "Job og Social"]
        assert labels["chef-voksensocial"][:3] == [
            "Afdelingschef",
            "Opslået, fra 1. maj 2026",
            "Voksensocialafdelingen",
        ]
        caption = drawn_texts(read["_ldraw_"])
        assert caption[0] == "Aalborg Kommune, Job og Social"
        assert any("9. februar 2026" in line for line in caption)

    def test_colours_and_outlines_are_those_of_the_screen(self, silkeborg):
        exhibit = show(silkeborg)
        read = json.loads(run_dot(dot(exhibit), "json"))
        colours = {one["name"]: one for one in read["objects"]}
        for card in exhibit.chart.cards:
            one, look = colours[card.card.id], exhibit.chart.looks[card.value]
            status = card.card.status.value
            is_open = status in {"vacant", "planned"}
            assert one["fillcolor"] == (PENS["paper"] if status == "planned" else look.tint)
            assert one["color"] == (PENS[status] if is_open else look.band)
            assert ("dashed" in one["style"]) == is_open
            assert one["fontcolor"] == look.ink

    def test_lines_look_as_they_are_known(self, aalborg):
        read = json.loads(run_dot(dot(show(aalborg)), "json"))
        styles: dict[tuple[str, str], set[str]] = {}
        for edge in read["edges"]:
            key = (edge[f"{PREFIX}kind"], edge[f"{PREFIX}basis"])
            styles.setdefault(key, set()).add(edge.get("style", ""))
        assert styles == {
            ("leads", "explicit"): {""},
            ("leads", "inferred"): {"dashed"},
            ("coordinates-with", "explicit"): {"dotted"},
        }

    @pytest.mark.parametrize("words", [HOSTILE, HOSTILE[:20], HOSTILE[20:]])
    def test_hostile_words_are_drawn_as_they_are_written(self, words):
        exhibit = show(hostile(words))
        read = json.loads(run_dot(dot(exhibit), "json"))
        by_id = {one["name"]: one for one in read["objects"]}
        assert len(by_id) == len(words) + 1
        labels = nx.get_node_attributes(file_graph(exhibit), "label")
        for one in exhibit.chart.cards:
            texts = drawn_texts(by_id[one.card.id]["_ldraw_"])
            assert texts[: len(one.card.title)] == list(one.card.title)
            if one.card.is_compact:
                assert texts == [*one.card.title, *one.card.unit]
            # Graphviz leaves a backslash as it is written where it draws nothing.
            kept = by_id[one.card.id][f"{PREFIX}label"].replace("\\\\", "\\")
            assert kept == labels[one.card.id]
        assert len(read["edges"]) == 2 * len(words) - 1

    def test_it_becomes_a_picture_without_a_warning_and_without_script(self):
        picture = ET.fromstring(run_dot(dot(show(hostile())), "svg"))  # noqa: S314 - our own
        kinds = {element.tag.rpartition("}")[2] for element in picture.iter()}
        assert "text" in kinds
        assert kinds.isdisjoint({"script", "img", "image", "foreignObject"})
        texts = [element.text or "" for element in picture.iter() if element.tag.endswith("}text")]
        assert any(text.startswith("<img src=x") for text in texts)
        assert any(text.startswith("&amp; &lt;b&gt;") for text in texts)

    def test_an_empty_chart_is_a_graph_too(self):
        empty = organisation("units:\n  - {id: a, name: A, kind: k}\n")
        assert json.loads(run_dot(dot(show(empty)), "json")).get("objects", []) == []


def same_graphs(left, right):
    assert dict(left.nodes(data=True)) == dict(right.nodes(data=True))
    assert list(left) == list(right)
    edges = [
        sorted(one.edges(keys=True, data=True), key=lambda edge: edge[2]) for one in (left, right)
    ]
    assert edges[0] == edges[1]


def typed(graph):
    """The type of every value, so that 1 is not taken for 1.0 or True."""
    return {
        (node, key): type(value)
        for node, values in graph.nodes(data=True)
        for key, value in values.items()
    }


CASES = [(name, units) for name in IDS for units in (False, True)]
READERS = {
    graphml: lambda text: nx.parse_graphml(text, force_multigraph=True),
    node_link: lambda text: nx.node_link_graph(json.loads(text), edges="edges"),
}


class TestGraphs:
    @pytest.mark.parametrize("make", READERS)
    @pytest.mark.parametrize(("name", "units"), CASES)
    def test_networkx_reads_it_back(self, shipped, name, units, make):
        exhibit = show(shipped[name], units=units)
        read, written = READERS[make](make(exhibit)), file_graph(exhibit)
        same_graphs(read, written)
        assert typed(read) == typed(written)
        assert {key: read.graph[key] for key in written.graph} == written.graph
        assert make is graphml or read.graph == written.graph
        assert read.is_multigraph()
        assert read.is_directed()

    def test_node_link_has_what_d3_needs(self, aalborg):
        data = json.loads(node_link(show(aalborg)))
        ids = [node["id"] for node in data["nodes"]]
        assert len(ids) == len(set(ids)) == 22
        # 20 posts below another, and two relations between posts.
        assert len(data["edges"]) == 22
        assert all({edge["source"], edge["target"]} <= set(ids) for edge in data["edges"])

    def test_igraph_reads_graphml(self, aalborg, tmp_path):
        exhibit = show(aalborg)
        path = tmp_path / "chart.graphml"
        path.write_text(graphml(exhibit), encoding="utf-8")
        read = igraph.Graph.Read_GraphML(str(path))
        found = file_graph(exhibit)
        assert read.is_directed()
        assert read.vs["id"] == list(found)
        assert read.vs["label"] == [node["label"] for node in found.nodes.values()]
        assert sorted(
            (read.vs[e.source]["id"], read.vs[e.target]["id"]) for e in read.es
        ) == sorted(found.edges())
        director = read.vs.find(id="direktoer")
        assert (director["span_low"], director["reach_high"]) == (5, 4320)
        assert math.isnan(read.vs.find(id="stabschef-oekonomi-og-it")["span_low"])

    def test_graphml_declares_each_key_once(self, skanderborg):
        root = ET.fromstring(graphml(show(skanderborg)).encode())  # noqa: S314 - our own
        space = "{http://graphml.graphdrawing.org/xmlns}"
        keys = [(key.get("for"), key.get("attr.name")) for key in root.iter(f"{space}key")]
        assert len(keys) == len(set(keys)) > 20
        ids = [edge.get("id") for edge in root.iter(f"{space}edge")]
        assert len(ids) == len(set(ids))

    @pytest.mark.parametrize("make", READERS)
    def test_hostile_words_come_back_as_they_were(self, make):
        exhibit = show(hostile())
        read = READERS[make](make(exhibit))
        same_graphs(read, file_graph(exhibit))
        labels = [read.nodes[f"p{n}"]["label"] for n in range(len(HOSTILE))]
        assert labels == [" ".join(words.split()) for words in HOSTILE]

    @pytest.mark.slow
    @series(sample=60, full=5_000)
    @given(st.text(max_size=60))
    def test_any_title_goes_through_every_format(self, words):
        title = words or "x"
        exhibit = show(changed(posts(["Leder"]), p0={"title": Text(title)}))
        wanted = plain(title)
        read, link = (READERS[make](make(exhibit)).nodes["p0"] for make in (graphml, node_link))
        # A reader may trim a text of nothing but white space.
        assert (read.get("label") or "").strip() == wanted.strip()
        assert link["label"] == wanted
        for make in FORMATS:
            make(exhibit).encode()
