"""`orgmodel export`: every format on the disk, read by what reads it; every refusal with a reason."""

import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import polars as pl
import pytest
from click.testing import CliRunner
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from orgmodel import load
from orgmodel.engines.engine import Engine
from orgmodel.exporting import pictures
from orgmodel.exporting.formats import formats
from tests.builders import HEAD
from webui.cli import main

DATA = Path(__file__).parents[2] / "data"
AALBORG = str(DATA / "aalborg.yaml")
BALLERUP = str(DATA / "ballerup.yaml")


def run(*arguments):
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


@pytest.fixture
def made(tmp_path):
    def make(path, format_id, *options):
        target = tmp_path / "made"
        result = run(path, "--format", format_id, "-o", target, *options)
        assert result.exit_code == 0, result.output
        return target.read_bytes()

    return make


def slide_words(content):
    deck = Presentation(io.BytesIO(content))
    return "\n".join(
        shape.text_frame.text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
    )


def pdf_words(content):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


class TestFormats:
    @pytest.mark.slow
    def test_slides(self, made):
        words = slide_words(made(AALBORG, "pptx"))
        assert "Voksensocialafdelingen" in words
        assert "Oplysninger pr. 9. februar 2026" in words

    @pytest.mark.slow
    def test_pictures_have_the_size_that_is_asked_for(self, made):
        png = Image.open(io.BytesIO(made(AALBORG, "png")))
        assert png.size == (2560, 1440)
        root = ET.fromstring(made(AALBORG, "svg", "--size", "a4"))  # noqa: S314 - it is our own
        assert sorted(map(float, root.attrib["viewBox"].split()[2:])) == pytest.approx(
            [595.28, 841.89], abs=0.01
        )
        assert png.convert("RGBA").getchannel("A").getextrema() == (255, 255)

    @pytest.mark.slow
    def test_a_picture_without_ground(self, made):
        png = Image.open(io.BytesIO(made(AALBORG, "png", "--transparent")))
        assert png.getchannel("A").getpixel((0, 0)) == 0

    def test_print(self, made):
        assert "Sundhedsfremme" in pdf_words(made(BALLERUP, "pdf"))

    @pytest.mark.slow
    def test_data(self, made):
        posts = set(load(AALBORG).positions)
        graph = nx.node_link_graph(json.loads(made(AALBORG, "json")), edges="edges")
        assert set(graph) == posts
        assert set(nx.read_graphml(io.BytesIO(made(AALBORG, "graphml")))) == posts
        rows = pl.read_csv(made(AALBORG, "csv"), separator=";", infer_schema=False)
        assert set(rows[rows.columns[0]]) == posts

    @pytest.mark.slow
    def test_text_for_other_programs(self, made):
        assert made(AALBORG, "dot").decode().startswith("digraph")
        assert "flowchart TD" in made(AALBORG, "mermaid").decode()

    def test_a_page(self, made):
        page = made(BALLERUP, "html", "--lang", "en").decode()
        assert page.startswith("<!doctype html>")
        assert '<html lang="en"' in page

    @pytest.mark.slow
    @pytest.mark.parametrize("format_id", tuple(formats()))
    def test_the_same_twice_is_the_same_file(self, made, format_id):
        assert made(BALLERUP, format_id) == made(BALLERUP, format_id)


class TestNames:
    @pytest.mark.slow
    @pytest.mark.parametrize("format_id", tuple(formats()))
    @pytest.mark.parametrize("name", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
    def test_can_be_left_out_of_every_format(self, made, name, format_id):
        path = DATA / f"{name}.yaml"
        content = made(path, format_id, "--without-names")
        texts = [content.decode("utf-8", "replace")]
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as whole:
                texts = [whole.read(one).decode("utf-8", "replace") for one in whole.namelist()]
        if format_id == "pdf":
            texts = [pdf_words(content), str(PdfReader(io.BytesIO(content)).metadata)]
        for person in load(path).people.values():
            assert not any(person.name in text for text in texts), person.name

    def test_a_slide_on_spans_comes_with_an_option(self, made):
        plain, more = (
            Presentation(io.BytesIO(made(BALLERUP, "pptx", *options)))
            for options in ((), ("--spans",))
        )
        assert len(more.slides) == len(plain.slides) + 1
        assert any(shape.has_chart for shape in more.slides[len(plain.slides)].shapes)

    @pytest.mark.parametrize("format_id", ["pptx", "svg", "csv", "html"])
    def test_are_there_otherwise(self, made, format_id):
        content = made(AALBORG, format_id)
        words = slide_words(content) if format_id == "pptx" else content.decode()
        assert "Arne Lund Kristensen" in words


class TestParts:
    @pytest.mark.parametrize("name", ["chef-voksensocial", "Afdelingschef"])
    def test_a_branch_by_id_or_title(self, made, name, tmp_path):
        path = tmp_path / "small.yaml"
        path.write_text(
            HEAD + "units:\n"
            "  - {id: a, name: A, kind: k, leader: {id: top, title: Direktør}, units: [\n"
            "      {id: b, name: B, kind: k, leader: {id: chef-voksensocial, title: Afdelingschef}},\n"
            "      {id: c, name: C, kind: k, leader: {id: anden, title: Centerchef}}]}\n",
            encoding="utf-8",
        )
        nodes = json.loads(made(path, "json", "--root", name))["nodes"]
        assert [node["id"] for node in nodes] == ["chef-voksensocial"]

    def test_layers(self, made):
        organisation = load(AALBORG)
        nodes = json.loads(made(AALBORG, "json", "--root", "direktoer", "--depth", "1"))["nodes"]
        assert [node["id"] for node in nodes] == ["direktoer", *organisation.reports["direktoer"]]

    def test_the_chain(self, made):
        found = made(AALBORG, "json", "--chain", "leder-rusmiddelafsnittet")
        assert json.loads(found)["nodes"][-1]["id"] == "leder-rusmiddelafsnittet"

    def test_units(self, made):
        nodes = json.loads(made(BALLERUP, "json", "--units"))["nodes"]
        assert {node["id"] for node in nodes} == set(load(BALLERUP).units)

    def test_a_unit_by_its_name(self, made):
        unit = next(iter(load(BALLERUP).units.values()))
        nodes = json.loads(
            made(BALLERUP, "json", "--units", "--root", unit.name.da, "--depth", "0")
        )["nodes"]
        assert [node["id"] for node in nodes] == [unit.id]

    def test_another_date(self, made):
        assert "vist pr. 1. maj 2026" in made(AALBORG, "svg", "--date", "2026-05-01").decode()


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    posts = "".join(f"      - {{id: p{n}, title: Konsulent}}\n" for n in range(20_100))
    path = tmp_path_factory.mktemp("many") / "mange.yaml"
    path.write_text(
        f"{HEAD}units:\n  - id: a\n    name: A\n    kind: k\n"
        f"    leader: {{id: chef, title: Chef}}\n    positions:\n{posts}"
    )
    return path


class TestManyCards:
    @pytest.mark.slow
    def test_data_are_whole(self, many, tmp_path):
        target = tmp_path / "mange.csv"
        result = run(many, "--format", "csv", "-o", target)
        assert (result.exit_code, result.output) == (0, "")
        assert len(target.read_text().splitlines()) == 20_102

    @pytest.mark.slow
    def test_a_picture_says_what_it_leaves_out(self, many, tmp_path):
        result = run(many, "--format", "svg", "-o", tmp_path / "mange.svg", "--lang", "en")
        assert result.exit_code == 0
        assert "20,100 posts are left out" in result.stderr


class TestFiles:
    @pytest.mark.slow
    def test_has_a_name_of_its_own_where_none_is_given(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        result = run(AALBORG, "--format", "dot", "--root", "direktoer")
        assert (result.exit_code, result.output) == (0, "aalborg-direktoer.dot\n")
        assert (tmp_path / "aalborg-direktoer.dot").exists()

    @pytest.mark.slow
    def test_replaces_nothing_that_was_not_named(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "aalborg.dot").write_text("mine")
        result = run(AALBORG, "--format", "dot", "--lang", "en")
        assert result.exit_code == 1
        assert "is there already" in result.output
        assert (tmp_path / "aalborg.dot").read_text() == "mine"
        assert run(AALBORG, "--format", "dot", "-o", "aalborg.dot").exit_code == 0
        assert (tmp_path / "aalborg.dot").read_text() != "mine"

    def test_goes_to_standard_output(self):
        result = run(AALBORG, "--format", "json", "-o", "-")
        assert json.loads(result.stdout)["nodes"]

    def test_cannot_be_written(self, tmp_path):
        result = run(AALBORG, "--format", "dot", "-o", tmp_path / "no" / "a.dot", "--lang", "en")
        assert result.exit_code == 1
        assert "cannot be written" in result.output


class TestRefusals:
    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (("--format", "bmp"), "'bmp' is not one of pptx, png"),
            (("--format", "png", "--root", "jobcenterchefen"), "did you mean “jobcenterchef"),
            (("--format", "png", "--units", "--root", "nope"), "there is no unit “nope”"),
            (("--format", "png", "--root", "a", "--chain", "b"), "exclude each other"),
            (("--format", "png", "--depth", "-1"), "--depth"),
            (("--format", "png", "--size", "a5"), "--size"),
            (("--format", "png", "--date", "maj"), "--date"),
        ],
    )
    def test_say_what_would_be_right(self, options, words):
        result = run(AALBORG, *options, "--lang", "en")
        assert result.exit_code == 2
        assert words in result.output

    def test_a_name_that_fits_several_posts_lists_them(self, shipped):
        titles = [one.title.da for one in shipped["aalborg"].positions.values()]
        twice = next(title for title in titles if titles.count(title) > 1)
        result = run(AALBORG, "--format", "png", "--root", twice)
        assert result.exit_code == 2
        ids = [one.id for one in shipped["aalborg"].positions.values() if one.title.da == twice]
        assert all(one in result.output for one in ids)

    @pytest.mark.parametrize(
        ("language", "words"), [("da", "filen er ikke lavet"), ("en", "the file is not made")]
    )
    def test_an_engine_that_fails(self, tmp_path, monkeypatch, language, words):
        engine = Engine("pictures")
        monkeypatch.setattr(pictures, "_engine", engine)
        monkeypatch.setattr("orgmodel.engines.engine._PROGRAM", tmp_path / "none.py")
        target = tmp_path / "a.png"
        result = run(AALBORG, "--format", "png", "-o", target, "--lang", language)
        assert result.exit_code == 1
        assert f"Error: {words}: the program for pictures failed: it ended with" in result.output
        assert not target.exists()

    def test_a_template_that_is_none(self, tmp_path):
        path = tmp_path / "skabelon.pptx"
        path.write_bytes(b"no slides")
        result = run(AALBORG, "--format", "pptx", "--template", path, "-o", tmp_path / "a.pptx")
        assert result.exit_code == 2
        assert "PowerPoint" in result.output
        assert not (tmp_path / "a.pptx").exists()
