"""Plots: every number of their tables is on them as text, and no text becomes anything else."""

import io
import re
from datetime import date
from xml.etree.ElementTree import fromstring

import pytest
import yaml
from PIL import Image

from orgmodel import loads, spans
from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.analysis.statistics.span_report import span_report
from orgmodel.drawing.looks import PENS
from orgmodel.drawing.plot_parts import CERTAINTY_FILLS, EDGE, whole_axis
from orgmodel.drawing.plots import MOST_LAYERS, PLOT_NAMES, PLOTS, headed_plot, plot_png, plot_svg
from orgmodel.drawing.styles import contrast
from orgmodel.model.entities import Level
from orgmodel.model.wording import interval_words
from orgmodel.reading.bands import shipped_bands
from orgmodel.texts import format_number, message
from tests.builders import chain, tree, units

BODY = """
    - id: a
      name: Ærø Økonomi
      kind: stab
      employees: 12
      leader: {id: l, title: Ålborgchef}
      units:
        - {id: b, name: B, kind: plejecenter, employees: 4, leader: {id: m, title: M}}
        - {id: c, name: C, kind: k, leader: {id: n, title: N}}
"""


TAGS = {*["svg", "g", "path", "text", "rect", "line", "circle", "title", "desc", "tspan"]}


def report_of(data):
    return span_report(spans(data), shipped_bands())


def texts(svg):
    """Every text of an SVG, in its order."""
    found = fromstring(svg)  # noqa: S314 - our own
    return ["".join(one.itertext()) for one in found.iter() if one.tag.endswith("}text")]


def drawn(data, plot, language="da"):
    return texts(plot_svg(PLOTS[plot](report_of(data), language)))


def parts_of(spec):
    return spec.get("hconcat", [spec])


def layers_of(spec):
    return [one for part in parts_of(spec) for one in part["layer"]]


def check_harmless(svg):
    found = fromstring(svg)  # noqa: S314 - our own
    for element in found.iter():
        assert element.tag.rsplit("}", 1)[-1] in TAGS
        for name, value in element.attrib.items():
            plain = name.rsplit("}", 1)[-1]
            assert plain not in {"style", "id", "href", "src"}
            assert not plain.startswith("on")
            # The accessible name is plain text and may contain anything.
            assert "url(" not in value or plain == "aria-label"


class TestNumbers:
    def test_bands(self, aalborg):
        words = drawn(aalborg, "bands")
        # by the least span: two of one (chiefs of one leader); three of 4 to 7 (five, seven and
        # seven); of 18 nothing is known; the alderman and the head of day care are in no statistics
        assert {"2", "3", "18", "0"} <= set(words)
        assert {"1", "2–3", "4–7", "8–12", "13–16", "17 og flere", "ikke oplyst"} <= set(words)

    @pytest.mark.slow
    @pytest.mark.parametrize("language", ["da", "en"])
    @pytest.mark.parametrize("name", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
    def test_every_number_of_the_layers_and_the_matrix(self, shipped, name, language):
        report = report_of(shipped[name])
        layers = " ".join(texts(plot_svg(PLOTS["layers"](report, language))))
        for one in report.layer_counts():
            assert f"{format_number(one.leaders, language)} l" in layers
            assert interval_words(one.staff).text(language) in layers
        cells = texts(plot_svg(PLOTS["matrix"](report, language)))
        for numbers in report.matrix().values():
            for number in numbers:
                assert not number or format_number(number, language) in cells

    def test_the_kinds_of_work(self):
        bands = shipped_bands().with_own().with_limits({"care": (30, 40)})
        report = span_report(spans(units(BODY)), bands)
        words = texts(plot_svg(PLOTS["work"](report, "da")))
        # M's span is 4 − 1 = 3, below 30–40; L leads two leaders and perhaps up to six more
        assert {"Ældrepleje (30–40)", "Leder af ledere (5–8)", "1"} <= set(words)
        assert {"Smalt", "Passende", "Bredt"} <= set(words)

    def test_the_widest(self, aalborg):
        words = drawn(aalborg, "widest")
        report = report_of(aalborg)
        for row in report.spans:
            # politicians are in no statistics
            if not row.span.is_unknown and row.level is not Level.POLITICAL:
                assert interval_words(row.span).text("da") in words
        assert "Afdelingschef, Børne- og Familieafdelingen" in words
        assert "Arne Lund Kristensen" not in " ".join(words)

    def test_letters_stay_whole(self):
        words = drawn(units(BODY), "widest")
        assert "Ålborgchef, Ærø Økonomi" in words


class TestFile:
    @pytest.mark.slow
    @pytest.mark.parametrize("language", ["da", "en"])
    @pytest.mark.parametrize("plot", list(PLOTS))
    def test_says_by_itself_what_it_shows(self, aalborg, plot, language):
        spec = headed_plot(plot, report_of(aalborg), "Nord", language)
        words = texts(plot_svg(spec))
        assert message(PLOT_NAMES[plot]).text(language) in words
        # Lines break at spaces.
        said = "".join(words).replace(" ", "")
        assert "AalborgKommune,JobogSocial·Nord" in said
        day = "9. februar 2026" if language == "da" else "9 February 2026"
        assert day.replace(" ", "") in said
        for source in aalborg.sources.values():
            assert source.title.text(language).replace(" ", "") in said
        # the alderman, and the head of day care of another administration
        left_out = {
            "da": "Udeladt: 1 politiker, 1 stilling i en anden organisation.",
            "en": "Left out: 1 politician, 1 post of another organisation.",
        }
        assert left_out[language].replace(" ", "") in said

    def test_of_the_whole_says_so(self, aalborg):
        name = aalborg.name.text("en")
        spec = headed_plot("bands", report_of(aalborg), name, "en")
        assert f"{name} · All leaders" in spec["title"]["subtitle"]

    @pytest.mark.parametrize("plot", list(PLOTS))
    def test_has_a_legend(self, aalborg, plot):
        legends = [
            channel["legend"]
            for one in layers_of(PLOTS[plot](report_of(aalborg), "da"))
            for channel in one["encoding"].values()
            if channel.get("legend")
        ]
        assert legends


class TestAxes:
    @pytest.mark.parametrize("plot", ["bands", "work", "layers", "widest"])
    @pytest.mark.parametrize("name", ["aalborg", "skanderborg"])
    def test_have_ticks_at_whole_numbers_only(self, shipped, plot, name):
        axes = [
            channel["axis"]
            for one in layers_of(PLOTS[plot](report_of(shipped[name]), "da"))
            for key, channel in one["encoding"].items()
            if key in "xy" and channel["type"] == "quantitative"
        ]
        assert axes
        for axis in axes:
            assert all(isinstance(tick, int) for tick in axis["values"])
            assert len(set(axis["values"])) == len(axis["values"]) <= 10

    @pytest.mark.parametrize("top", [0, 1, 2, 7, 9, 14, 99, 100, 101, 1_366, 250_000])
    def test_reach_as_far_as_what_is_drawn(self, top):
        _axis, ticks = whole_axis(top, None, "da")
        assert ticks[0] == 0
        assert ticks[-1] >= max(1, top)
        assert len(ticks) <= 10

    @pytest.mark.parametrize("plot", ["bands", "matrix"])
    def test_not_known_stands_apart_from_the_bands(self, aalborg, plot):
        x = layers_of(PLOTS[plot](report_of(aalborg), "da"))[0]["encoding"]["x"]
        assert x["scale"]["domain"][-2:] == [" ", "ikke oplyst"]
        assert " " not in x["axis"]["values"]


class TestCertainty:
    def test_colours_differ_by_three_to_one_or_have_an_edge(self):
        settled, at_least = (CERTAINTY_FILLS[one] for one in (Knowing.SETTLED, Knowing.BOUNDED))
        assert contrast(settled, at_least) >= 3
        for fill in CERTAINTY_FILLS.values():
            assert contrast(fill, EDGE) >= 3 or contrast(fill, PENS["paper"]) >= 3

    def test_bars_are_divided_by_what_is_settled(self, aalborg):
        report = report_of(aalborg)
        drawn_parts = PLOTS["bands"](report, "en")["data"]["values"]
        settled = sum(
            one["to"] - one["from"]
            for one in drawn_parts
            if one["certainty"] == "Exact: one number"
        )
        assert settled == int(report.counts.seats[report.counts.is_settled].sum())
        unknown = [one for one in drawn_parts if one["certainty"] == "Not stated"]
        assert [one["band"] for one in unknown] == ["not stated"]

    def test_a_line_that_goes_on_ends_in_two_strokes_and_they_are_explained(self, aalborg):
        spec = PLOTS["widest"](report_of(aalborg), "en")
        cut = [one for one in spec["data"]["values"] if one["cut"]]
        assert {one["label"] for one in cut} >= {"at least 1"}
        assert spec["title"]["text"] == "Two strokes: the line continues beyond the plot."
        assert all(not one["cut"] for one in spec["data"]["values"] if one["label"] == "1")

    def test_where_nothing_is_cut_nothing_is_explained(self, skanderborg):
        spec = PLOTS["widest"](report_of(skanderborg), "en")
        assert not any(one["cut"] for one in spec["data"]["values"])
        assert "title" not in spec


HOSTILE = [
    "</text><script>alert(1)</script>",
    "${x} `y` \\u0022 \\",
    "\\\"'); datum.x; (\\'",
    "datum.x",
    "]]> <!-- & &amp; &#60;",
    "æøå ÆØÅ é ß",
    "__proto__",
    "url(https://example.org)",
    "x" * 500,
]


class TestHostileTitles:
    @pytest.mark.slow
    @pytest.mark.parametrize("title", HOSTILE)
    @pytest.mark.parametrize("plot", list(PLOTS))
    def test_stay_texts(self, title, plot):
        leader = {"id": "l", "title": title}
        unit = {"id": "a", "name": "U", "kind": "plejecenter", "employees": 12, "leader": leader}
        body = {"organisation": "test", "name": title, "as_of": date(2026, 2, 9), "units": [unit]}
        data = loads(yaml.safe_dump(body, allow_unicode=True))
        svg = plot_svg(headed_plot(plot, report_of(data), title, "da"))
        check_harmless(svg)
        if plot == "widest":
            assert re.split(r"\s+", title)[0][:20] in " ".join(texts(svg))

    def test_a_label_is_looked_up_and_never_run(self):
        data = units("- {id: a, name: U, kind: k, employees: 9, leader: {id: l, title: P}}")
        (axis,) = {
            str(layer["encoding"]["y"]["axis"]["labelExpr"])
            for layer in PLOTS["widest"](report_of(data), "da")["layer"]
        }
        assert axis == '({"00": "P, U"})[datum.value]'


@pytest.mark.slow
@pytest.mark.parametrize("plot", list(PLOTS))
@pytest.mark.parametrize(
    "edges",
    [
        {"a": None, "b": "a"},
        {"a": None},
        chain(300),
    ],
    ids=["one leader", "nobody leads", "three hundred layers"],
)
def test_any_organisation_can_be_drawn(plot, edges):
    report = report_of(tree(edges))
    svg = plot_svg(PLOTS[plot](report, "da"))
    check_harmless(svg)
    height = float(fromstring(svg).attrib["height"])  # noqa: S314 - our own
    assert height <= 1_600


@pytest.mark.parametrize("plot", list(PLOTS))
def test_nothing_known_of_one_can_be_drawn(plot):
    data = units("- {id: a, name: A, kind: k, leader: {id: l, title: L}}")
    check_harmless(plot_svg(PLOTS[plot](report_of(data), "en")))


@pytest.mark.parametrize(("plot", "row"), [("layers", "Lag 40"), ("matrix", "Lag 40")])
def test_of_many_layers_the_top_ones_are_drawn_and_it_says_so(plot, row):
    report = report_of(tree(chain(300)))
    words = texts(plot_svg(PLOTS[plot](report, "da")))
    assert MOST_LAYERS == 40
    assert row in words
    assert "Lag 41" not in words
    # 299 layers of leaders, and in the picture of layers the last one's report below them
    more = len(report.matrix() if plot == "matrix" else report.layer_counts()) - 40
    assert any(str(more) in word and "lag" in word.lower() for word in words)
    assert len(report.matrix()) == 299


@pytest.mark.slow
@pytest.mark.parametrize("plot", list(PLOTS))
def test_a_picture_is_not_blank(aalborg, plot):
    picture = Image.open(io.BytesIO(plot_png(PLOTS[plot](report_of(aalborg), "da"))))
    assert picture.format == "PNG"
    assert picture.width >= 1_200
    colours = picture.convert("RGB").getcolors(maxcolors=1 << 24)
    assert colours is not None
    assert len(colours) > 10
    assert max(colours)[1] == (255, 255, 255)


@pytest.mark.slow
def test_every_plot_of_a_municipality_is_harmless(shipped):
    for data in shipped.values():
        for draw in PLOTS.values():
            check_harmless(plot_svg(draw(report_of(data), "da")))
