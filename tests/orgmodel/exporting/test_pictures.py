"""Pictures as programs open them: equal in and outside browsers, with size and alt text."""

import io
import os
import re
import subprocess
import sys
import threading
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from orgmodel.drawing.choices import PageSize
from orgmodel.drawing.measuring import text_width
from orgmodel.drawing.sheets import sheet_svg
from orgmodel.drawing.views import Cut
from orgmodel.exporting import pictures
from orgmodel.exporting.pictures import (
    About,
    about,
    pdf_of,
    picture_png,
    picture_size,
    png_of,
    sheet_page,
)
from tests.builders import crowd, post, show, tree, unit, units
from tests.effort import together
from tests.programs import program

HOSTILE = "</text><script>alert(1)</script>\"'&#let x = 1 $x$ *b* @a <a>${7*7}`"
# Two painters of one picture differ at the edges of letters, which evens out in a square of this
# many pixels; a word that one of them left out does not.
SQUARE, MOST_APART = 24, 10
ROOT = Path(__file__).parents[3]
SPLITS_OFF = """
import os
import signal
import orgmodel
from orgmodel.drawing.exhibits import exhibit
from orgmodel.drawing.views import Cut, DrawingContext, View
from orgmodel.exporting.pictures import picture_png

shown = exhibit(DrawingContext(orgmodel.load("data/ballerup.yaml")), View(Cut.BRANCH), "da")
picture_png(shown)
child = os.fork()
if child == 0:
    signal.alarm(30)
    picture_png(shown)
    print("made", flush=True)
    os._exit(0)
os.waitpid(child, 0)
"""
SAID = About("Prøve", "Et diagram", "da", date(2026, 2, 9))


def picture_pdf(shown, sheet=PageSize.FIT):
    """A PDF of one sheet, drawn when it is its turn."""
    return pdf_of((sheet_page(one, sheet) for one in (shown,)), about(shown))


def png(page, dots_per_inch):
    return png_of(lambda: page, SAID, dots_per_inch)


def picture(png):
    return Image.open(io.BytesIO(png))


def greys(png):
    return np.asarray(picture(png).convert("L"), float)


def apart(first, second):
    """The greatest difference of two pictures, in grey levels."""
    # A browser's window is of whole pixels, and may be one more.
    assert np.abs(np.subtract(first.shape, second.shape)).max() <= 1
    height, width = (side // SQUARE for side in np.minimum(first.shape, second.shape))
    first, second = (one[: height * SQUARE, : width * SQUARE] for one in (first, second))
    off = first - second
    return abs(off.reshape(height, SQUARE, width, SQUARE).mean((1, 3))).max()


def drawn_by(browser, svg, folder, size):
    """A picture of an SVG file as the browser shows it, two pixels a pixel; and its texts' widths."""
    path = folder / "picture.svg"
    path.write_text(svg, encoding="utf-8")
    width, height = (round(side / 0.75) for side in size)
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=2)
    requests = []
    page.on("request", lambda one: requests.append(one.url))
    try:
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready")
        widths = page.evaluate(
            "[...document.querySelectorAll('text')].map(one => [one.textContent,"
            " one.getComputedTextLength(), +one.getAttribute('font-size'),"
            " +(one.getAttribute('font-weight') || 400)])"
        )
        faces = page.evaluate("[...document.fonts].map(one => one.family + one.status)")
        assert {url for url in requests if not url.startswith("data:")} == {path.as_uri()}
        return greys(page.screenshot()), widths, faces
    finally:
        page.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "sheet", "is_dark"),
    [
        ("aalborg", PageSize.SLIDE, False),
        ("ballerup", PageSize.FIT, True),
        ("silkeborg", PageSize.A4, False),
        ("skanderborg", PageSize.SLIDE, True),
    ],
)
def test_the_browser_shows_the_same_picture(browser, shipped, tmp_path, name, sheet, is_dark):
    shown = show(shipped[name])
    svg = sheet_svg(shown, sheet=sheet, dark=is_dark)
    bare = sheet_page(shown, sheet, dark=is_dark)
    seen, widths, faces = drawn_by(browser, svg, tmp_path, bare[1:])
    assert apart(seen, greys(png(bare, 192))) < MOST_APART
    assert faces == ["Interloaded", "Interloaded"]
    assert len(widths) > 30
    for text, width, font_size, weight in widths:
        assert width == pytest.approx(text_width(text, font_size, weight), abs=0.5)


@pytest.mark.slow
def test_a_missing_word_or_line_would_be_seen(browser, aalborg, tmp_path):
    shown = show(aalborg)
    whole = sheet_svg(shown, sheet=PageSize.SLIDE)
    svg, width, height = sheet_page(shown, PageSize.SLIDE)
    seen, _widths, _faces = drawn_by(browser, whole, tmp_path, (width, height))
    texts = re.findall(r"<text[^>]*>[^<]*</text>", svg)
    # A dot in place of initials and a digit alone have less ink than the tolerance.
    words = [one for one in texts if len(re.findall(r"\w", one.split(">")[1][:-6])) > 1]
    shortest = min(words, key=lambda one: len(one.split(">")[1]))
    smallest = min(words, key=lambda one: float(re.findall(r'font-size="([\d.]+)', one)[0]))
    # Those of the chart; samples in the key are short.
    lines = re.findall(r'<path d="[^"]*L[^"]*"[^>]*stroke-width="1.5"[^>]*>', svg)
    assert lines
    for gone in {shortest, smallest, *lines}:
        assert svg.count(gone) >= 1
        mutated = png((svg.replace(gone, "", 1), width, height), 192)
        assert apart(seen, greys(mutated)) > MOST_APART, gone


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sheet", "sides", "density"),
    [
        (PageSize.SLIDE, (2560, 1440), 192),
        (PageSize.A4, (2339, 1654), 200),
        (PageSize.A3, (3307, 2339), 200),
        (PageSize.FIT, (2656, 1969), 192),
    ],
)
def test_pictures_are_sharp_and_of_their_size(aalborg, sheet, sides, density):
    shown = show(aalborg)
    seen = picture(picture_png(shown, sheet=sheet))
    assert seen.size == sides
    assert seen.info["dpi"] == pytest.approx((density, density), abs=0.1)
    size = picture_size(shown, sheet)
    assert (size.width, size.height, size.dots_per_inch) == (*sides, density)
    seen.load()


@pytest.mark.slow
@pytest.mark.parametrize(
    "sides", [(1560, 1331), (1064, 1679), (3307, 2339), (2339, 3307), (7, 5000)]
)
def test_no_pixel_is_lost(sides):
    width, height = sides
    bars = f"M0 0V{height}h1V0zM{width - 1} 0V{height}h1V0z" + "".join(
        f"M{x} 0V{height}h1V0z" for x in range(0, width, 2)
    )
    rungs = "".join(f"M0 {y}H{width}v1H0z" for y in range(0, height, 2))
    for drawn, axis in ((bars, 0), (rungs, 1)):
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
            f' width="{width}pt" height="{height}pt"><path d="{drawn}"/></svg>'
        )
        inked = np.asarray(picture(png((svg, width, height), 72)))[:-1, :-1, 3]
        assert inked.shape == (height - 1, width - 1)
        line = inked.take(0, axis=axis)
        assert (inked == np.expand_dims(line, axis)).all()
        assert (line == np.where(np.arange(line.size) % 2, 0, 255)).all()


@pytest.mark.slow
def test_pictures_say_the_size_that_they_have(shipped):
    for data in shipped.values():
        shown = show(data)
        size = picture_size(shown, PageSize.FIT)
        assert picture(picture_png(shown)).size == (size.width, size.height)


@pytest.mark.slow
@pytest.mark.parametrize("is_dark", [False, True])
def test_a_transparent_picture_has_no_ground_but_its_cards_have(ballerup, is_dark):
    shown = show(ballerup)
    clear = np.asarray(picture(picture_png(shown, transparent=True, dark=is_dark)))
    solid = np.asarray(picture(picture_png(shown, dark=is_dark)).convert("RGBA"))
    corners = [(0, 0), (0, -1), (-1, 0), (-1, -1)]
    assert [clear[corner][3] for corner in corners] == [0, 0, 0, 0]
    ground = (15, 21, 28, 255) if is_dark else (255, 255, 255, 255)
    assert all(tuple(solid[corner]) == ground for corner in corners)
    assert (solid[..., 3] == 255).all()
    assert 0.2 < (clear[..., 3] == 255).mean() < 0.8


def test_no_font_of_the_machine_is_used():
    # Neither letter is in our font; most machines have the first, in DejaVu or another font.
    seen = [
        greys(picture_png(show(units(unit("a", post("l", holder=letter))))))
        for letter in ("\N{CHECK MARK}", "\N{HEAVY CHECK MARK}", "\N{SNOWMAN}")
    ]
    assert (seen[0] == seen[1]).all()
    assert (seen[0] == seen[2]).all()


def test_words_are_drawn_without_any_font_on_the_machine(ballerup):
    shown = show(ballerup)
    svg, width, height = sheet_page(shown, PageSize.FIT)
    bare = png((re.sub("<text.*?</text>", "", svg), width, height), 192)
    assert apart(greys(picture_png(shown)), greys(bare)) > 5 * MOST_APART


def opened(pdf):
    return PdfReader(io.BytesIO(pdf))


def given_to(name, pdf, *options):
    """The output of a poppler program for a document."""
    return subprocess.run(
        [program(name), *options], input=pdf, check=True, capture_output=True
    ).stdout


def read(pdf, *options):
    return given_to("pdftotext", pdf, *options, "-", "-").decode()


@pytest.mark.slow
@pytest.mark.parametrize("sheet", PageSize)
def test_a_pdf_holds_every_word(shipped, sheet):
    for data in shipped.values():
        shown = show(data)
        pdf = picture_pdf(shown, sheet=sheet)
        (page,) = opened(pdf).pages
        for text in (read(pdf), page.extract_text()):
            said = " ".join(text.split())
            for one in shown.chart.cards:
                for line in (*one.card.title, *one.card.unit, one.card.name, one.card.chip):
                    assert line in said
            assert all(word in said for word in shown.title.split())
            assert all(word in said for word in shown.footer.split())


def test_whole_words_are_found(shipped):
    ballerup, aalborg = (picture_pdf(show(shipped[name])) for name in ("ballerup", "aalborg"))
    assert "Sundhedsfremme" in re.findall(r"\w+", read(ballerup))
    assert "Voksensocialafdelingen" in re.findall(r"\w+", read(aalborg))
    assert "Rådmand" in re.findall(r"\w+", read(aalborg, "-raw"))


def test_a_pdf_is_as_large_as_its_paper(shipped):
    sides = {
        PageSize.SLIDE: (960, 540),
        PageSize.A4: (841.89, 595.28),
        PageSize.A3: (1190.55, 841.89),
    }
    for data in shipped.values():
        for sheet, (longer, shorter) in sides.items():
            (page,) = opened(picture_pdf(show(data), sheet=sheet)).pages
            box = sorted((float(page.mediabox.width), float(page.mediabox.height)), reverse=True)
            assert box == pytest.approx([longer, shorter], abs=0.01)


def test_a_pdf_says_what_it_is_and_is_the_same_each_time(aalborg):
    pdf = picture_pdf(show(aalborg))
    reader = opened(pdf)
    assert reader.metadata["/Title"] == "Aalborg Kommune, Job og Social"
    assert reader.metadata["/CreationDate"].startswith("D:20260209")
    assert "22 kort i 5 lag" in reader.metadata["/Subject"]
    assert reader.root_object["/Lang"] == "da"
    assert picture_pdf(show(aalborg)) == pdf
    assert opened(picture_pdf(show(aalborg, language="en"))).root_object["/Lang"] == "en"


def test_the_font_is_in_the_pdf(aalborg):
    rows = given_to("pdffonts", picture_pdf(show(aalborg)), "-").decode().splitlines()[2:]
    names = [row.split("+")[1].split()[0] for row in rows]
    assert sorted(names) == ["Inter-Regular", "Inter-SemiBold"]
    assert all(re.search(r"Identity-H +yes yes yes", row) for row in rows)


@pytest.mark.slow
def test_the_pdf_shows_the_same_picture(aalborg):
    shown = show(aalborg)
    pdf = picture_pdf(shown, sheet=PageSize.SLIDE)
    painted = greys(given_to("pdftoppm", pdf, "-png", "-r", "192", "-"))
    # This painter draws thin lines its own way; the smallest word that is missing is 19 apart.
    assert apart(painted, greys(picture_png(shown, sheet=PageSize.SLIDE))) < 1.5 * MOST_APART


@pytest.mark.slow
def test_several_pictures_are_pages_of_one_document(shipped):
    shown = [show(data) for data in shipped.values()]
    pages = [sheet_page(one, sheet) for one, sheet in zip(shown, PageSize, strict=True)]
    read_back = opened(pdf_of(pages, SAID)).pages
    assert len(read_back) == 4
    for page, one, (_svg, width, height) in zip(read_back, shown, pages, strict=True):
        assert float(page.mediabox.width) == pytest.approx(width, abs=0.01)
        assert float(page.mediabox.height) == pytest.approx(height, abs=0.01)
        assert one.date_words in " ".join(page.extract_text().split())


def test_hostile_words_are_words():
    data = units(unit("a", post("l", title="A", holder="#panic()"), name=HOSTILE))
    shown = show(data, cut=Cut.AROUND, entries=tuple(data.positions))
    pdf = picture_pdf(shown)
    assert HOSTILE in opened(pdf).metadata["/Title"]
    assert "#panic()" in read(pdf)
    assert picture(picture_png(shown)).size[0] > 500


@pytest.mark.parametrize("address", ["/etc/hostname", "../x.png", "x.png", "http://127.0.0.1:9/x"])
def test_no_file_and_no_address_is_opened(address, tmp_path, monkeypatch):
    Image.new("RGB", (9, 9)).save(tmp_path / "x.png")
    monkeypatch.chdir(tmp_path)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        f'<image href="{address}" width="9" height="9"/></svg>'
    )
    with pytest.raises(RuntimeError, match="image"):
        pdf_of([(svg, 9, 9)], SAID)


def test_letters_that_no_font_has_break_nothing():
    data = units("- {id: a, name: '中文 🙂 é\u0301', kind: k, leader: {title: 'ᚠᚢ'}}")
    assert picture(picture_png(show(data))).size[0] > 500
    assert len(opened(picture_pdf(show(data))).pages) == 1


@pytest.mark.slow
def test_many_threads_get_their_own_pictures(shipped):
    shown = [show(data) for data in shipped.values()]
    alone = [(picture_png(one), picture_pdf(one)) for one in shown]
    made = {}

    def make(place):
        one = shown[place % 4]
        made[place] = (picture_png(one), picture_pdf(one))

    together(*(partial(make, place) for place in range(8)))
    assert [made[place] for place in range(8)] == alone * 2


@pytest.mark.slow
def test_others_go_on_while_a_picture_is_made(tmp_path, monkeypatch):
    shown = show(crowd(200, tmp_path))
    picture_png(show(tree({"a": None})))
    process = pictures._engine._process
    assert process is not None
    answer = process.answer
    steps: list[None] = []
    before_and_after: list[int] = []
    is_done = threading.Event()

    def go_on():
        while not is_done.wait(0.001):
            steps.append(None)

    def typesetting(question):
        before_and_after.append(len(steps))
        made = answer(question)
        before_and_after.append(len(steps))
        return made

    def make():
        picture_png(shown, sheet=PageSize.FIT)
        is_done.set()

    monkeypatch.setattr(process, "answer", typesetting)
    together(go_on, make)
    before, after = before_and_after
    # One that is kept waiting does a step as the picture is begun, and one when it is there.
    assert after - before > 10


def resident():
    """The memory of this process and of the typesetting process, in megabytes, if available."""
    if not Path("/proc/self/statm").exists():
        pytest.skip("this system does not tell the memory of a process")
    paths = (Path(f"/proc/{one}/statm") for one in ("self", pictures._engine.process_id))
    return sum(int(path.read_text().split()[1]) for path in paths) * 4096 / 1e6


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cards", "make"),
    [(10, lambda page: png(page, 200)), (1_000, lambda page: pdf_of([page], SAID))],
    ids=["pictures", "documents"],
)
def test_what_is_made_leaves_no_memory_behind(cards, make, tmp_path):
    svg, width, height = sheet_page(show(crowd(cards, tmp_path)), PageSize.A3)

    def made(number):
        make((svg.replace("</svg>", f"<!--{number}--></svg>"), width, height))

    made(0)
    before = resident()
    for number in range(1, 7):
        made(number)
    # six pictures of 3307 x 2339 pixels of four bytes are 186 MB
    assert resident() - before < 100


@pytest.mark.slow
def test_what_waits_for_its_turn_is_not_drawn_yet(ballerup, monkeypatch):
    shown = show(ballerup)
    picture_png(shown)
    steps = []
    process = pictures._engine._process
    assert process is not None
    draw, answer = sheet_svg, process.answer

    def drawing(*given, **options):
        steps.append("drawn")
        return draw(*given, **options)

    def typesetting(question):
        made = answer(question)
        steps.append("made")
        return made

    monkeypatch.setattr(pictures, "sheet_svg", drawing)
    monkeypatch.setattr(process, "answer", typesetting)
    together(*(partial(make, shown) for make in (picture_png, picture_pdf) * 4))
    assert steps == ["drawn", "made"] * 8


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not split processes off")
def test_a_process_that_splits_off_makes_pictures_too():
    command = [sys.executable, "-W", "ignore", "-c", SPLITS_OFF]
    ran = subprocess.run(
        command, cwd=ROOT, timeout=600, check=False, capture_output=True, text=True
    )
    assert (ran.stdout, ran.stderr) == ("made\n", "")


@pytest.mark.slow
@pytest.mark.parametrize("size", [2, 20, 200, 2000])
def test_charts_of_every_size(size, tmp_path):
    shown = show(crowd(size, tmp_path))
    for sheet in (PageSize.FIT, PageSize.A3):
        said = picture_size(shown, sheet)
        is_reduced = said.dots_per_inch < pictures._DOTS_PER_INCH[sheet]
        assert is_reduced == (sheet is PageSize.FIT and size >= 200)
        assert said.width * said.height <= 40_010_000
        assert max(said.width, said.height) <= 30_000
        assert picture(picture_png(shown, sheet=sheet)).size == (said.width, said.height)
        pdf = picture_pdf(shown, sheet=sheet)
        assert len(pdf) < 60_000 + 700 * size
    (page,) = opened(pdf).pages
    if size <= 20:
        assert shown.chart.cards[-1].card.title[0] in page.extract_text()
