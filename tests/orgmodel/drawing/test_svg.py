"""A chart as SVG: whole, escaped, and the same that the canvas draws."""

import re
from xml.etree import ElementTree as ET

import pytest

from orgmodel.drawing.choices import Coloring
from orgmodel.drawing.hierarchy import PostHierarchy
from orgmodel.drawing.looks import PENS
from orgmodel.drawing.page_fitting import AS_ON_SCREEN
from orgmodel.drawing.pages import Room, pages
from orgmodel.drawing.selection import Opening, chains, opened_branches
from orgmodel.drawing.svg import MARGIN, svg, text_mark
from orgmodel.drawing.views import Cut
from tests.builders import chart_of, show, spread, tree, units

NS = "{http://www.w3.org/2000/svg}"
HALF_A_BADGE = 11
HOSTILE = "</text><script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"


def drawn(chart, **options):
    return ET.fromstring(svg(chart, label="A chart", **options))  # noqa: S314 - it is our own


def words(root):
    return [text.text for text in root.iter(f"{NS}text")]


def test_every_word_of_every_card_is_there_in_order(shipped):
    for data in shipped.values():
        chart = chart_of(data)
        said = words(drawn(chart))
        for one in chart.cards:
            for line in (*one.card.title, *one.card.unit):
                assert line in said
            # the start of an advertised post stands in its chip
            assert any(one.card.name in line for line in said)
        titles = [one.card.title[0] for one in chart.cards]
        positions = iter(said)
        assert all(title in positions for title in titles)


def test_is_as_large_as_the_layout_with_a_margin(aalborg):
    chart = chart_of(aalborg)
    root = drawn(chart)
    assert float(root.get("width")) == pytest.approx(chart.layout.width + 2 * MARGIN, abs=0.1)
    assert float(root.get("height")) == pytest.approx(chart.layout.height + 2 * MARGIN, abs=0.1)


@pytest.mark.parametrize("coloring", Coloring)
def test_carries_no_style_no_script_and_no_reference(aalborg, coloring):
    text = svg(chart_of(aalborg, coloring=coloring), label="A chart")
    assert not re.search(r" style=|<style|<script|url\(|href|\son\w+=", text)


def test_hostile_names_are_text():
    data = units(
        f"- {{id: a, name: '{HOSTILE.replace(chr(39), chr(39) * 2)}', kind: k, leader: {{title: T}}}}"
    )
    root = drawn(chart_of(data), href=lambda one: f'/x?{one}&"<')
    assert {one.tag.removeprefix(NS) for one in root.iter()} <= {
        "svg",
        "path",
        "rect",
        "text",
        "a",
    }
    assert any("<script>" in word for word in words(root))


def test_cards_are_links_that_take_no_part_in_tabbing(aalborg):
    root = drawn(chart_of(aalborg), href=lambda one: f"/p/{one}")
    links = list(root.iter(f"{NS}a"))
    assert {link.get("href") for link in links} == {f"/p/{one}" for one in aalborg.positions}
    assert {link.get("tabindex") for link in links} == {"-1"}
    assert root.get("aria-hidden") == "true"
    assert drawn(chart_of(aalborg)).get("aria-label") == "A chart"


def test_a_selected_card_is_framed(aalborg):
    frames = [one for one in drawn(chart_of(aalborg), selected="direktoer").iter(f"{NS}rect")
              if one.get("stroke") == PENS["select"]]  # fmt: skip
    assert len(frames) == 1


def test_what_is_folded_away_is_told_where_nothing_can_be_folded(aalborg):
    chart = chart_of(aalborg, chains(PostHierarchy(aalborg), ["leder-rusmiddelafsnittet"]))
    # beside the chain: 4 peers of the department's head, 3 of its centres' entries with their seats
    assert [word for word in words(drawn(chart, buttons=False)) if word.startswith("+")] == [
        "+4",
        "+3",
    ]
    assert "−" in words(drawn(chart))


def test_in_the_dark_every_colour_is_another(aalborg):
    chart = chart_of(aalborg)
    light, dark = (svg(chart, label="A chart", dark=one) for one in (False, True))
    colours = [set(re.findall(r"#[0-9a-f]{6}", text)) for text in (light, dark)]
    assert len(colours[0]) > 10
    assert not colours[0] & colours[1]
    assert re.sub(r"#[0-9a-f]{6}", "", light) == re.sub(r"#[0-9a-f]{6}", "", dark)


@pytest.mark.slow
def test_a_thousand_cards_are_all_drawn():
    data = tree(spread(1000, 6))
    shown = opened_branches(PostHierarchy(data), Opening(frozenset(data.positions)))
    assert len(list(drawn(chart_of(data, shown)).iter(f"{NS}rect"))) >= 2000


def test_a_badge_stands_on_the_lower_edge_of_a_card_drawn_higher_than_its_words(aalborg):
    made = show(aalborg, cut=Cut.AROUND, entries=("direktoer",))
    stretched = 0
    for page in pages(made, Room(871, 315), smallest=6, largest=16, setting=AS_ON_SCREEN):
        badges = {
            (float(one.get("x")) + float(one.get("width")) / 2, float(one.get("y")) + HALF_A_BADGE)
            for one in drawn(page.chart, buttons=False).iter(f"{NS}rect")
            if one.get("height") == "22"
        }
        for one in page.chart.cards:
            place = page.chart.layout.places[one.card.id]
            if one.shown.folded:
                stretched += place.height > one.card.height
                assert any(at == pytest.approx((place.x, place.bottom), abs=0.1) for at in badges)
    assert stretched


def test_a_text_beside_a_number_keeps_the_space_between_them():
    assert 'xml:space="preserve"' in text_mark(" direkte", (0, 0), 12, "#000")
    assert "xml:space" not in text_mark("Direktør", (0, 0), 12, "#000")
