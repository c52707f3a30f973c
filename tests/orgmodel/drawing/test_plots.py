"""Plots: every number of their tables is on them as text, and no text becomes anything else."""

import io
import re
from xml.etree.ElementTree import fromstring

import pytest
import yaml
from PIL import Image

from orgmodel import loads, spans
from orgmodel.analysis.span_report import span_report
from orgmodel.drawing.plots import MOST_LAYERS, PLOTS, plot_png, plot_svg
from orgmodel.model.entities import Level
from orgmodel.model.wording import headline_words, interval_words
from orgmodel.reading.bands import shipped_bands
from orgmodel.texts import format_number
from tests.builders import tree, units

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


def report_of(data):
    return span_report(spans(data), shipped_bands())


def texts(svg):
    """Every text of an SVG, in its order."""
    found = fromstring(svg)  # noqa: S314 - our own
    return ["".join(one.itertext()) for one in found.iter() if one.tag.endswith("}text")]


def drawn(data, plot, language="da"):
    return texts(plot_svg(PLOTS[plot](report_of(data), language)))


def check_harmless(svg):
    found = fromstring(svg)  # noqa: S314 - our own
    for element in found.iter():
        tag = element.tag.rsplit("}", 1)[-1]
        assert tag in {"svg", "g", "path", "text", "rect", "line", "circle", "title", "desc"}
        for name, value in element.attrib.items():
            plain = name.rsplit("}", 1)[-1]
            assert plain not in {"style", "id", "href", "src"}
            assert not plain.startswith("on")
            assert "url(" not in value


class TestNumbers:
    def test_bands(self, aalborg):
        words = drawn(aalborg, "bands")
        # by the least span: two of one (chiefs of one leader); three of 4 to 7 (five, seven and
        # seven); of 19 nothing is known; the alderman is in no statistics
        assert {"2, 0 afgjort", "3, 0 afgjort", "19", "0"} <= set(words)
        assert {"1", "2–3", "4–7", "8–12", "13–16", "17 og flere", "ikke oplyst"} <= set(words)

    @pytest.mark.slow
    @pytest.mark.parametrize("language", ["da", "en"])
    @pytest.mark.parametrize("name", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
    def test_every_number_of_the_layers_and_the_matrix(self, shipped, name, language):
        report = report_of(shipped[name])
        layers = " ".join(texts(plot_svg(PLOTS["layers"](report, language))))
        for one in report.layer_counts():
            assert f"{format_number(one.leaders, language)} l" in layers
            assert headline_words(one.staff).text(language) in layers
        cells = texts(plot_svg(PLOTS["matrix"](report, language)))
        for numbers in report.matrix().values():
            for number in numbers:
                assert not number or format_number(number, language) in cells

    def test_the_kinds_of_work(self):
        words = drawn(units(BODY), "work")
        # M's span is 4 − 1 = 3, below 30–40; L leads two leaders and perhaps up to six more
        assert {"Pleje og sundhed (30–40)", "Leder af ledere (5–8)", "1"} <= set(words)
        assert {"Smalt", "Passende", "Bredt"} <= set(words)

    def test_the_widest(self, aalborg):
        words = drawn(aalborg, "widest")
        report = report_of(aalborg)
        known = [row for row in report.spans if not row.span.is_unknown]
        for row in known:
            # politicians are in no statistics
            if row.level is Level.POLITICAL:
                continue
            assert interval_words(row.span).text("da") in words
        assert "Afdelingschef, Børne- og Familieafdelingen" in words
        assert "Arne Lund Kristensen" not in " ".join(words)

    def test_letters_stay_whole(self):
        words = drawn(units(BODY), "widest")
        assert "Ålborgchef, Ærø Økonomi" in words


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
        body = {
            "organisation": "test",
            "name": title,
            "as_of": "2026-02-09",
            "units": [
                {
                    "id": "a",
                    "name": "U",
                    "kind": "plejecenter",
                    "employees": 12,
                    "leader": {"id": "l", "title": title},
                }
            ],
        }
        text = yaml.safe_dump(body, allow_unicode=True).replace("'2026-02-09'", "2026-02-09")
        svg = plot_svg(PLOTS[plot](report_of(loads(text)), "da"))
        check_harmless(svg)
        if plot == "widest":
            shown = " ".join(texts(svg))
            start = re.split(r"\s+", title)[0][:20]
            assert start in shown

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
        {f"p{n}": f"p{n - 1}" if n else None for n in range(300)},
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
    report = report_of(tree({f"p{n}": f"p{n - 1}" if n else None for n in range(300)}))
    words = drawn(tree({f"p{n}": f"p{n - 1}" if n else None for n in range(300)}), plot)
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
