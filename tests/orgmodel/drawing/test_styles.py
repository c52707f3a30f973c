"""Dark charts: texts and marks have enough contrast, and emphasis is kept."""

import re

import pytest

from orgmodel.drawing import looks
from orgmodel.drawing.looks import DIMMED, PENS, Look
from orgmodel.drawing.styles import (
    DARK,
    LIGHT,
    OF_PAGE,
    contrast,
    dark_look,
    page_properties,
)


def every_look():
    """Every look that there is: what the module holds, alone or in a table."""
    for value in vars(looks).values():
        held = value.values() if isinstance(value, dict) else value
        if isinstance(held, Look):
            yield held
        elif not isinstance(held, str) and hasattr(held, "__iter__"):
            yield from (one for one in held if isinstance(one, Look))


LOOKS = list(dict.fromkeys(every_look()))


def test_no_look_is_forgotten():
    # plain and dimmed, political, five layers, six bands, eight kinds, five statuses; each once
    assert len(LOOKS) >= 24
    assert DIMMED in LOOKS


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    # the palest grey that text may have on white, and one that it may not
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#ffffff") < 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_text_on_cards_can_be_read(look, theme):
    shown = theme.look(look)
    assert contrast(shown.ink, theme.pens["paper"]) >= 4.5
    assert contrast(shown.quiet, theme.pens["paper"]) >= 4.5
    assert contrast(shown.mark, shown.tint) >= 4.5


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_cards_and_their_stripes_can_be_seen_in_the_dark(look):
    shown = dark_look(look)
    assert contrast(shown.edge, DARK.ground) >= 3
    assert contrast(shown.band, DARK.pens["paper"]) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "paper"])
def test_pens_can_be_seen(theme, ground):
    on = theme.ground if ground == "ground" else theme.pens["paper"]
    assert min(contrast(theme.pens[pen], on) for pen in ("ink", "quiet")) >= 4.5
    for pen in ("line", "cross", "select", "vacant", "acting", "planned"):
        assert contrast(theme.pens[pen], on) >= 3, pen


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "fill"),
    [("vacantInk", "vacantFill"), ("acting", "actingFill"), ("plannedInk", "plannedFill")],
)
def test_chips_can_be_read(theme, ink, fill):
    assert contrast(theme.pens[ink], theme.pens[fill]) >= 4.5


def test_a_picture_in_a_page_follows_it():
    assert set(LOOKS) == set(looks.every_look())
    dark = page_properties()
    for look in LOOKS:
        for name, color in OF_PAGE.colors(look).items():
            found = re.fullmatch(r"var\((--[\w-]+),(#[0-9a-f]{6})\)", color)
            assert found, color
            assert found[2] == LIGHT.colors(look)[name]
            assert dark[found[1]] == DARK.colors(look)[name]


def test_every_pen_has_a_dark_one():
    assert set(DARK.pens) == set(PENS)
    assert contrast(DARK.ground, "#000000") < 1.25
    assert contrast(DARK.pens["paper"], DARK.ground) > 1.1


@pytest.mark.parametrize("first", LOOKS, ids=str)
def test_what_stands_out_more_on_white_stands_out_more_in_the_dark(first):
    for second in LOOKS:
        light = [contrast(one.tint, LIGHT.pens["paper"]) for one in (first, second)]
        dark = [contrast(dark_look(one).tint, DARK.pens["paper"]) for one in (first, second)]
        if light[0] > light[1] * 1.05:
            assert dark[0] > dark[1]


def hue(color):
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    strongest = max(red, green, blue)
    return (red == strongest, green == strongest, blue == strongest)


@pytest.mark.parametrize("look", [one for one in LOOKS if one is not DIMMED], ids=str)
def test_stripes_keep_their_hue(look):
    assert hue(dark_look(look).band) == hue(look.band)
