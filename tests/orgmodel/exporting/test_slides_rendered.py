"""Slides as LibreOffice draws them: words inside their cards, lines where the layout has them."""

import copy
import html
import io
import itertools
import re
import subprocess

import pytest
from PIL import Image
from pptx import Presentation

from orgmodel.drawing.views import Cut
from tests.builders import spread, star, tree, units
from tests.orgmodel.exporting._decks import NS, POINT, made, read, saved, shipped
from tests.orgmodel.exporting.test_slides import hostile
from tests.orgmodel.exporting.test_slides_templates import template
from tests.programs import program

pytestmark = pytest.mark.slow
DPI = 96
WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)


def small_chart():
    #          a
    #   b      c      d
    # e f g h
    edges = {"a": None, "b": "a", "c": "a", "d": "a"}
    return tree(edges | dict.fromkeys("efgh", "b"))


def shapes_of_lines(content):
    """A deck in which every connector is a plain shape of its kind, and nothing else is left.

    LibreOffice finds its own way for connectors; of shapes it draws the kind that the file names.
    """
    prs = Presentation(io.BytesIO(content))
    for slide in prs.slides:
        tree_ = slide.shapes._spTree
        for shape in list(tree_):
            if shape.tag.endswith("}cxnSp"):
                plain = tree_.makeelement(f"{{{NS['p']}}}sp", {})
                properties = copy.deepcopy(shape.find("p:spPr", NS))
                named = plain.makeelement(f"{{{NS['p']}}}nvSpPr", {})
                named.append(copy.deepcopy(shape.find(".//p:cNvPr", NS)))
                named.append(plain.makeelement(f"{{{NS['p']}}}cNvSpPr", {}))
                named.append(plain.makeelement(f"{{{NS['p']}}}nvPr", {}))
                for dash in properties.iter(f"{{{NS['a']}}}prstDash"):
                    dash.set("val", "solid")
                plain.append(named)
                plain.append(properties)
                tree_.append(plain)
            if shape.tag.endswith(("}cxnSp", "}sp", "}graphicFrame")):
                tree_.remove(shape)
    return saved(prs)


def given_to(name, *arguments):
    """What a program writes."""
    command = [program(name), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, timeout=900).stdout


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Decks by name, as bytes, and their PDFs: all drawn by one start of LibreOffice."""
    folder = tmp_path_factory.mktemp("decks")
    wide = star(25) | {f"n{n}": "p3" for n in range(3)}
    decks = {
        "aalborg": made(shipped("aalborg")),
        "units": made(shipped("aalborg"), units=True),
        "ballerup": made(shipped("ballerup"), "en"),
        "template": made(shipped("aalborg"), template=template(font="Verdana")),
        "hostile": made(hostile()),
        "small": made(small_chart()),
        "skanderborg": made(shipped("skanderborg")),
        "of_200": made(tree(spread(200, 6))),
        "wide": made(tree(wide)),
        "two": made(tree({"a": None, "b": "a"})),
        "opened": made(shipped("aalborg"), cut=Cut.OPENED),
    }
    for name in ("aalborg", "units", "wide", "small"):
        decks[f"{name}-lines"] = shapes_of_lines(decks[name])
    for name, content in decks.items():
        (folder / f"{name}.pptx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    to_pdf = ("--headless", "--convert-to", "pdf", "--outdir", folder)
    given_to("soffice", profile, *to_pdf, *(folder / f"{name}.pptx" for name in decks))
    return {name: (content, folder / f"{name}.pdf") for name, content in decks.items()}


def words_by_page(pdf):
    text = given_to("pdftotext", "-bbox", pdf, "-").decode()
    return [
        [(*map(float, one[:4]), html.unescape(one[4])) for one in WORD.findall(page)]
        for page in text.split("<page ")[1:]
    ]


def picture(pdf, page):
    """A slide as the darkness of its pixels."""
    only = ("-f", str(page), "-l", str(page))
    content = given_to("pdftoppm", "-r", str(DPI), *only, "-png", pdf)
    return Image.open(io.BytesIO(content)).convert("L")


def frame(shape):
    """Where a shape is, in points: left, top, right, bottom."""
    right, bottom = shape.left + shape.width, shape.top + shape.height
    return tuple(at / POINT for at in (shape.left, shape.top, right, bottom))


def letters(text):
    return re.sub(r"\s+", "", text)


NAMES = ["aalborg", "units", "ballerup", "template", "hostile", "small", "wide", "two", "opened"]


@pytest.mark.parametrize("name", NAMES)
def test_each_slide_becomes_a_page_with_every_word_inside_its_own_card(drawn, name):
    content, pdf = drawn[name]
    slides, pages = read(content), words_by_page(pdf)

    assert len(pages) == len(slides)
    for slide, words in zip(slides, pages, strict=True):
        for card in slide.cards:
            left, top, right, bottom = frame(card)
            inside = [
                word
                for word in words
                if left - 0.5 <= word[0]
                and word[2] <= right + 0.5
                and top - 1.5 <= word[1]
                and word[3] <= bottom + 1.5
            ]
            inside.sort(key=lambda word: (round((word[1] + word[3]) / 2), word[0]))
            said = "".join(word[4] for word in inside)
            assert sorted(letters(said)) == sorted(letters(card.text)), (slide.title, card.text)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_lies_where_there_is_no_shape_for_it(drawn, name):
    content, pdf = drawn[name]
    for slide, words in zip(read(content), words_by_page(pdf), strict=True):
        if not slide.cards:
            continue
        frames = [frame(box) for box in slide.boxes.values()]
        frames += [frame(one) for one in slide.slide.placeholders]
        for x1, y1, x2, y2, word in words:
            assert any(
                left - 1 <= x1 and x2 <= right + 1 and top - 3 <= y1 and y2 <= bottom + 3
                for left, top, right, bottom in frames
            ), word


def test_compounds_are_found_by_who_searches(drawn):
    words = {word[4] for page in words_by_page(drawn["aalborg"][1]) for word in page}
    assert "Voksensocialafdelingen" in words
    words = {word[4] for page in words_by_page(drawn["ballerup"][1]) for word in page}
    assert "Sundhedsfremme" in words


def dark(image, x, y, *, reach=2, limit=200):
    """Whether a pixel near a point of the slide, in points, is not white."""
    px, py = round(x * DPI / 72), round(y * DPI / 72)
    return any(
        image.getpixel((i, j)) < limit
        for i in range(px - reach, px + reach + 1)
        for j in range(py - reach, py + reach + 1)
        if 0 <= i < image.width and 0 <= j < image.height
    )


def along(points, step=6):
    """Points along a line, in points of the slide, away from its corners."""
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        length = (abs(x2 - x1) + abs(y2 - y1)) / POINT
        for n in range(1, int(length / step)):
            share = n * step / length
            yield (x1 + (x2 - x1) * share) / POINT, (y1 + (y2 - y1) * share) / POINT


def is_in_a_card(slide, x, y):
    return any(
        left - 2 <= x <= right + 2 and top - 2 <= y <= bottom + 2
        for left, top, right, bottom in map(frame, slide.cards)
    )


def test_glued_lines_of_a_small_chart_run_where_the_layout_has_them(drawn):
    content, pdf = drawn["small"]
    slide = read(content)[0]
    image = picture(pdf, 1)

    seen = 0
    for line in slide.lines:
        for x, y in along(line.points):
            if not is_in_a_card(slide, x, y):
                assert dark(image, x, y), (line.name, x, y)
                seen += 1
    assert len(slide.lines) == 7
    assert seen > 30


@pytest.mark.parametrize(
    "name", ["aalborg", "ballerup", "skanderborg", "wide", "opened", "of_200"]
)
def test_glued_reporting_lines_run_where_the_layout_has_them(drawn, name):
    """Each stretch of each is drawn there: dashed ones for a part of their length.

    A column hangs from its leader's side; LibreOffice goes down further out, and in as we do.
    """
    content, pdf = drawn[name]
    stretches = 0
    for number, slide in enumerate(read(content), 1):
        image = picture(pdf, number) if slide.lines else None
        for line in slide.lines:
            if " refererer til " not in line.words and " reports to " not in line.words:
                continue
            drawn_alike = line.points[-2:] if line.start[1] in {1, 3} else line.points
            for stretch in itertools.pairwise(drawn_alike):
                points = [at for at in along(stretch, 2) if not is_in_a_card(slide, *at)]
                if len(points) > 3:
                    share = sum(dark(image, *at) for at in points) / len(points)
                    assert share > 0.4, (slide.title, line.name, stretch)
                    stretches += 1
    assert stretches > 5


@pytest.mark.parametrize("name", ["aalborg", "units", "wide", "small"])
def test_the_kinds_of_connectors_are_drawn_as_they_are_read(drawn, name):
    """What `corners` reads and LibreOffice draws of the same geometry are the same lines."""
    slides = read(drawn[name][0])
    for number, slide in enumerate(slides, 1):
        if not slide.lines:
            continue
        image = picture(drawn[f"{name}-lines"][1], number)
        for line in slide.lines:
            for x, y in along(line.points):
                assert dark(image, x, y), (slide.title, line.name, line.preset)


def test_nothing_but_the_lines_is_drawn_there(drawn):
    slide = read(drawn["small"][0])[0]
    image = picture(drawn["small-lines"][1], 1)
    top = min(card.top for card in slide.cards) / POINT
    bottom = max(card.bottom for card in slide.cards) / POINT

    ways = [(x, y) for line in slide.lines for x, y in along(line.points, 1)]
    near = {
        (round(x + dx), round(y + dy))
        for x, y in ways
        for dx in range(-4, 5)
        for dy in range(-4, 5)
    }
    for x in range(0, 960, 3):
        for y in range(round(top), round(bottom), 3):
            if (x, y) not in near:
                assert not dark(image, x, y, reach=0), (x, y)


def test_people_without_a_source_are_none_the_less_shown():
    """A deck of a file without sources has a footer with its date alone."""
    data = units("- {id: u, name: U, kind: enhed, leader: {id: a, title: A}}")

    slide = read(made(data))[0]

    texts = [shape.text_frame.text for shape in slide.slide.placeholders]
    assert "Oplysninger pr. 9. februar 2026" in texts
