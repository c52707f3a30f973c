"""An exhibit on a sheet: the chart of the screen, its words around it, nothing cut off or covered."""

import base64
import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest

from orgmodel.analysis.spans.facets import Property
from orgmodel.drawing.captions import POINTS
from orgmodel.drawing.choices import Coloring, PageSize
from orgmodel.drawing.measuring import FONT_FILES, FONTS, REGULAR, text_width
from orgmodel.drawing.sheets import sheet_size, sheet_svg, smallest_text
from orgmodel.drawing.styles import DARK
from orgmodel.drawing.svg import svg
from orgmodel.drawing.views import Cut
from tests.builders import chain, crowd, nameless, post, show, tree, unit, units
from tests.effort import works_at_most
from tests.orgmodel.exporting.interchange import many_relations

NS = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script>\"'&<img src=x onerror=alert(1)>${7*7}`"
COMPOUND = "Voksensocialafdelingensrehabiliteringskoordinatorkonsulenter"
LONG = "Anne-Margrethe Kirstine Vestergaard-Hansen af Frederikshavn og Nørresundby-Thorup"
INCH, MILLIMETRE = 72, 72 / 25.4


def texts(element):
    return [text.text for text in element.iter(f"{NS}text")]


@dataclass
class Drawn:
    """A sheet, read back: all measures in points."""

    root: ET.Element
    width: float
    height: float
    scale: float
    left: float
    top: float

    @property
    def chart(self):
        return next(one for one in self.root if "scale" in one.get("transform", ""))

    def boxes(self):
        """The cards, with their frames and marks, as left, top, right, bottom."""
        for rect in self.chart.iter(f"{NS}rect"):
            x, y, w, h = (
                float(rect.attrib[k]) * self.scale for k in ("x", "y", "width", "height")
            )
            yield (self.left + x, self.top + y, self.left + x + w, self.top + y + h)

    def captions(self):
        """The words around the chart, likewise."""
        for one in self.root:
            if one.tag == f"{NS}text":
                x, y, size = (float(one.attrib[name]) for name in ("x", "y", "font-size"))
                wide = text_width(one.text, size, int(one.get("font-weight", REGULAR)))
                yield (x, y - size * 0.75, x + wide, y + size * 0.25)


def draw(shown, **options):
    text = sheet_svg(shown, embed_fonts=False, **options)
    root = ET.fromstring(text)  # noqa: S314 - it is our own
    place = next(
        found for one in root
        if (found := re.match(r"translate\((\S+) (\S+)\) scale\((\S+)\)$", one.get("transform", "")))
    )  # fmt: skip
    left, top, scale = map(float, place.groups())
    width, height = (float(root.attrib[name].removesuffix("pt")) for name in ("width", "height"))
    return Drawn(root, width, height, scale, left, top)


@pytest.mark.parametrize("sheet", PageSize)
@pytest.mark.parametrize("is_units", [False, True])
def test_the_chart_says_what_the_screen_says_in_its_order(shipped, sheet, is_units):
    for data in shipped.values():
        shown = show(data, units=is_units)
        on_screen = ET.fromstring(svg(shown.chart, label="", buttons=False))  # noqa: S314
        assert texts(draw(shown, sheet=sheet).chart) == texts(on_screen)


@pytest.mark.parametrize("coloring", Coloring)
def test_the_chart_looks_as_the_screen_does(aalborg, coloring):
    shown = show(aalborg, cut=Cut.OPENED, coloring=coloring, selected="direktoer")
    on_screen = svg(shown.chart, label="", buttons=False, selected="direktoer")
    marks = re.findall(r"<(?:rect|path|text)[^>]*>", on_screen)
    on_sheet = re.findall(r"<(?:rect|path|text)[^>]*>", sheet_svg(shown, embed_fonts=False))
    start = on_sheet.index(marks[0])
    assert on_sheet[start : start + len(marks)] == marks


@pytest.mark.parametrize(
    ("sheet", "longer", "shorter"),
    [
        (PageSize.SLIDE, 40 / 3 * INCH, 7.5 * INCH),
        (PageSize.A4, 297 * MILLIMETRE, 210 * MILLIMETRE),
        (PageSize.A3, 420 * MILLIMETRE, 297 * MILLIMETRE),
    ],
)
def test_sheets_are_as_large_as_their_paper(shipped, sheet, longer, shorter):
    for data in shipped.values():
        drawn = draw(show(data), sheet=sheet)
        sides = sorted((drawn.width, drawn.height), reverse=True)
        assert sides == pytest.approx([longer, shorter], abs=0.001)
        size = sheet_size(show(data), sheet)
        assert size == pytest.approx((drawn.width, drawn.height), abs=0.001)


def test_a_fitting_sheet_holds_the_chart_at_scale_one(aalborg):
    shown = show(aalborg)
    drawn = draw(shown)
    assert drawn.scale == POINTS
    assert drawn.width == pytest.approx(shown.chart.layout.width * POINTS + 30, abs=0.01)
    assert smallest_text(shown, PageSize.FIT) == 12 * POINTS


def nothing_is_cut_off_or_covered(drawn):
    captions, boxes = list(drawn.captions()), list(drawn.boxes())
    for left, top, right, bottom in (*captions, *boxes):
        assert 1 <= left <= right <= drawn.width - 1
        assert 1 <= top <= bottom <= drawn.height - 1
    inside = [
        (one, box) for one in captions for box in boxes
        if one[0] < box[2] and box[0] < one[2] and one[1] < box[3] and box[1] < one[3]
    ]  # fmt: skip
    assert inside == []
    rows = sorted(captions, key=lambda box: (box[1], box[0]))
    for i, one in enumerate(rows):
        for other in rows[i + 1 :]:
            assert other[1] >= one[3] - 0.1 or other[0] >= one[2] or other[2] <= one[0]


@pytest.mark.slow
@pytest.mark.parametrize("sheet", PageSize)
@pytest.mark.parametrize("coloring", Coloring)
def test_nothing_is_cut_off_or_covered(shipped, sheet, coloring):
    for data in shipped.values():
        for cut in (Cut.BRANCH, Cut.OPENED):
            drawn = draw(show(data, cut=cut, coloring=coloring), sheet=sheet)
            nothing_is_cut_off_or_covered(drawn)
            assert drawn.scale <= 1.6 * POINTS + 0.0001


@pytest.mark.parametrize("sheet", PageSize)
def test_long_words_and_names_stay_on_their_sheet(sheet):
    leader = post("l", title=COMPOUND, holder=LONG)
    data = units(unit("a", leader, name=COMPOUND, kind=COMPOUND.lower()))
    assert len(COMPOUND) == 60
    assert len(LONG) >= 80
    shown = show(data, cut=Cut.AROUND, entries=tuple(data.positions))
    drawn = draw(shown, sheet=sheet)
    nothing_is_cut_off_or_covered(drawn)
    cards = [box for box in drawn.boxes() if box[2] - box[0] > 100 * drawn.scale]
    for text in drawn.chart.iter(f"{NS}text"):
        size = float(text.get("font-size"))
        wide = text_width(text.text, size, int(text.get("font-weight", REGULAR)))
        right = drawn.left + (float(text.get("x")) + wide) * drawn.scale
        assert right <= max(box[2] for box in cards)


def test_cards_whose_words_are_cut_have_them_whole():
    data = units(unit("a", post("l", title="Chef", holder=LONG), name="U"))
    (card,) = (one for one in draw(show(data)).chart if one.tag == f"{NS}g")
    assert card.findtext(f"{NS}title") == f"Chef, {LONG}, U, antal ikke oplyst"
    assert any(text.endswith("…") for text in texts(card))


def test_cards_that_say_all_have_no_title(ballerup):
    chart = draw(show(ballerup)).chart
    assert len(list(chart.iter(f"{NS}g"))) == 1 + len(show(ballerup).chart.cards)
    assert list(chart.iter(f"{NS}title")) == []


def test_cards_of_wide_families_say_all_in_their_title():
    shown = show(tree({"a": None, **{f"b{n}": "a" for n in range(30)}}))
    titles = [one.text for one in draw(shown).chart.iter(f"{NS}title")]
    assert titles[0] == "B0, navn ikke oplyst, Unit"
    assert len(titles) == 30


def test_the_smallest_text_is_the_smallest_on_the_chart(shipped, tmp_path):
    for data in (*shipped.values(), crowd(200, tmp_path)):
        for view in ({}, {"cut": Cut.OPENED}, {"units": True}):
            shown = show(data, **view)
            for sheet in PageSize:
                drawn = draw(shown, sheet=sheet)
                sizes = [float(one.get("font-size")) for one in drawn.chart.iter(f"{NS}text")]
                assert smallest_text(shown, sheet) == pytest.approx(
                    min(sizes) * drawn.scale, rel=1e-4
                )


def test_titles_and_footers_have_one_size_whatever_the_chart(shipped, tmp_path):
    small, large = show(shipped["ballerup"]), show(crowd(200, tmp_path))
    sizes = [
        {float(one.get("font-size")) for one in draw(shown, sheet=PageSize.A4).root if one.tag == f"{NS}text"}
        for shown in (small, large)
    ]  # fmt: skip
    assert min(sizes[0]) == min(sizes[1]) == 8
    assert max(sizes[1]) == 17


def test_a_tall_chart_on_a_slide_has_its_words_beside_it(tmp_path):
    tall = draw(show(tree(chain(6))), sheet=PageSize.SLIDE)
    assert max(box[2] for box in tall.captions()) < min(box[0] for box in tall.boxes())
    assert tall.scale * show(tree(chain(6))).chart.layout.height > 0.85 * tall.height
    wide = draw(show(crowd(20, tmp_path)), sheet=PageSize.SLIDE)
    assert min(box[1] for box in wide.boxes()) > min(box[3] for box in wide.captions())


def test_paper_stands_for_a_tall_chart_and_lies_for_a_wide_one(silkeborg):
    for data, stands in ((tree(chain(6)), True), (silkeborg, False)):
        width, height = sheet_size(show(data), PageSize.A4)
        assert (width < height) == stands


def captions(shown, **options):
    return [one.text for one in draw(shown, **options).root if one.tag == f"{NS}text"]


def test_the_key_tells_what_is_on_the_chart_and_nothing_else(aalborg, silkeborg):
    assert captions(show(aalborg, language="en"), sheet=PageSize.A3) == [
        "Aalborg Kommune, Job og Social",
        "Layer:", "Political", "Layer 1", "Layer 2", "Layer 3", "Layer 4", "Layer 5",
        "derived, not stated in the source", "cross-cutting line", "advertised",
        show(aalborg, language="en").footer,
    ]  # fmt: skip
    said = captions(show(silkeborg, language="en"), sheet=PageSize.A3)
    assert {"advertised", "planned"} <= set(said)
    assert "cross-cutting line" not in said
    plain = tree({"a": None, "b": "a"})
    shown = show(plain, coloring=Coloring.NONE)
    assert captions(shown) == ["Test", shown.footer]


def test_the_key_tells_of_what_is_folded_away_and_of_what_is_framed(aalborg):
    post = "leder-rusmiddelafsnittet"
    said = captions(show(aalborg, cut=Cut.CHAIN, entries=(post,), language="en"))
    assert "in focus" in said
    assert "n more directly below, not shown" in said
    assert "in focus" not in captions(show(aalborg, language="en"))


def test_lines_that_are_too_many_to_draw_are_counted():
    shown = show(many_relations(45), language="en")
    left = shown.chart.cross_lines_left
    assert left == 5
    assert f"cross-cutting line ({left} more are not drawn)" in captions(shown)


def test_the_footer_is_on_every_sheet(shipped):
    for data in shipped.values():
        shown = show(data)
        for sheet in PageSize:
            said = " ".join(captions(shown, sheet=sheet))
            assert shown.footer in said
            assert shown.title in said


@pytest.mark.parametrize(
    "options", [{}, {"sheet": PageSize.A4}, {"dark": True}, {"transparent": True}]
)
def test_hostile_words_are_words(options):
    data = units(unit("a", post("l", title=HOSTILE, holder=HOSTILE), name=HOSTILE))
    shown = show(data, cut=Cut.CHAIN, entries=tuple(data.positions))
    text = sheet_svg(shown, **options)
    root = ET.fromstring(text)  # noqa: S314
    allowed = {"svg", "title", "desc", "style", "g", "path", "rect", "text"}
    assert {one.tag.removeprefix(NS) for one in root.iter()} <= allowed
    assert not any(
        name.startswith("on") or "href" in name for one in root.iter() for name in one.attrib
    )
    assert any("<script>" in words for words in texts(root))
    assert HOSTILE in root.findtext(f"{NS}title", "")


def test_it_tells_those_who_do_not_see_it_what_it_is(aalborg):
    root = draw(show(aalborg)).root
    assert root.get("role") == "img"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "da"
    assert root.findtext(f"{NS}title") == "Aalborg Kommune, Job og Social"
    described = root.findtext(f"{NS}desc")
    assert described.startswith("Diagram over Aalborg Kommune, Job og Social: 22 kort i 5 lag.")
    assert described.endswith(show(aalborg).footer)


def faces(text):
    """The embedded parts of the font: weight, format, bytes."""
    found = re.findall(r"font-weight:(\d+);src:url\(data:font/(\w+);base64,([^)]+)\)", text)
    return [(int(weight), kind, base64.b64decode(data)) for weight, kind, data in found]


def held_by(name):
    return units(unit("a", post("l", holder=name)))


def test_the_font_is_in_the_file_as_far_as_it_is_needed(aalborg):
    text = sheet_svg(show(aalborg))
    latin = [
        (weight, "woff2", (FONTS / f"inter-latin-{weight}-normal.woff2").read_bytes())
        for weight in (400, 600)
    ]
    assert faces(text) == latin
    assert re.findall(r"url\((?!data:)|@import|https?://(?!www\.w3\.org/2000/svg)", text) == []
    polish = faces(sheet_svg(show(held_by("Łukasz"))))
    assert [data for _weight, _kind, data in polish[2:]] == [
        (FONTS / f"inter-latin-ext-{weight}-normal.woff2").read_bytes() for weight in (400, 600)
    ]
    greek = faces(sheet_svg(show(held_by("Ωραία"))))
    assert [(weight, kind, len(data)) for weight, kind, data in greek[2:]] == [
        (weight, "ttf", path.stat().st_size) for weight, path in FONT_FILES.items()
    ]
    assert faces(sheet_svg(show(aalborg), embed_fonts=False)) == []


def grounds(shown, **options):
    root = draw(shown, sheet=PageSize.SLIDE, **options).root
    return [one.get("fill") for one in root if one.tag == f"{NS}rect"]


def test_the_ground_is_white_dark_or_nothing(aalborg):
    shown = show(aalborg)
    assert grounds(shown) == ["#ffffff"]
    assert grounds(shown, dark=True) == [DARK.ground]
    assert grounds(shown, transparent=True) == []
    assert grounds(shown, transparent=True, dark=True) == []


def test_in_the_dark_no_colour_of_the_light_is_left(shipped):
    for data in shipped.values():
        for coloring in Coloring:
            shown = show(data, coloring=coloring)
            light, dark = (
                set(re.findall(r"#[0-9a-f]{6}", sheet_svg(shown, dark=one, embed_fonts=False)))
                for one in (False, True)
            )
            assert not light & dark


def test_names_that_are_left_out_are_nowhere(aalborg):
    named = {person.name for person in aalborg.people.values() if person.name}
    text = sheet_svg(show(nameless(aalborg)))
    assert len(named) > 5
    assert all(
        name in sheet_svg(show(aalborg)) for name in ("Peter Larsen", "Arne Lund Kristensen")
    )
    assert not any(name in text for name in named)


def test_an_empty_chart_is_a_sheet_with_its_title(aalborg):
    shown = show(aalborg, cut=Cut.OPENED, filters={Property.STATUS: ("nothing",)})
    assert shown.chart.cards == ()
    for sheet in PageSize:
        assert shown.title in " ".join(captions(shown, sheet=sheet))
        assert smallest_text(shown, sheet) == 0


@pytest.mark.parametrize("size", [2, 20, 200, pytest.param(2000, marks=pytest.mark.slow)])
def test_charts_of_every_size(size, tmp_path):
    shown = show(crowd(size, tmp_path))
    with works_at_most(1 + size * 0.005):
        drawn = [draw(shown, sheet=sheet) for sheet in PageSize]
    for one in drawn:
        cards = [text for text in one.chart if text.tag == f"{NS}g"]
        assert len(cards) == len(shown.chart.cards) >= size
        assert all(left >= 0 and right <= one.width for left, _t, right, _b in one.boxes())
