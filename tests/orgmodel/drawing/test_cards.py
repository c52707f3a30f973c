"""The text of cards, and that it fits."""

import pytest

from orgmodel import levels, spans
from orgmodel.drawing import cards as card_module
from orgmodel.drawing.card_texts import CardTexts
from orgmodel.drawing.cards import initials_of
from orgmodel.drawing.measuring import REGULAR, SEMIBOLD, text_width, wrap
from orgmodel.drawing.styles import LINES, TEXTS
from tests.builders import nameless, post, unit, units

FIGURE_ROOM = card_module.WIDTH - 2 * card_module.PADDING_X
# Beside the circle with the initials.
ROOM = FIGURE_ROOM - 28 - 9


def card(data, position_id, language="da"):
    return CardTexts(spans(data), levels(data), language).card(position_id)


class TestAalborg:
    def test_an_advertised_post_says_so_and_from_when(self, aalborg):
        found = card(aalborg, "chef-voksensocial")
        assert found.title == ("Afdelingschef",)
        assert (found.chip, found.name) == ("Opslået", "fra 1. maj 2026")
        assert found.unit == ("Voksensocialafdelingen",)
        # two sources that differ, which the card has a "?" for; what is not stated has no row
        assert found.figures == ("7 ledere direkte", "godt 2.000")
        assert found.doubt == "kilderne er uenige om tallene"
        assert found.figures_in_words == (
            "godt 2.000 / ca. 2.160 under · kilderne er uenige · 7 ledere direkte · "
            "medarb. ikke oplyst"
        )
        assert found.holder_words() == "Opslået, fra 1. maj 2026"

    def test_in_english(self, aalborg):
        found = card(aalborg, "chef-boern-og-familie", "en")
        assert (found.chip, found.name) == ("Advertised", "from 1 May 2026")
        # the seven are those that a source mentions; there may be more
        assert found.figures == ("7+ leaders directly", "approx. 1,000")

    def test_an_acting_holder_is_named_and_marked(self, aalborg):
        found = card(aalborg, "sekretariatschef-voksensocial")
        assert (found.name, found.chip) == ("Charlotte Bang Mathiasen", "Konstitueret")
        assert found.holder_words() == "Charlotte Bang Mathiasen, Konstitueret"

    def test_a_post_without_a_known_holder_is_not_called_vacant(self, aalborg):
        found = card(aalborg, "stabschef-ledelse-og-jura")
        assert (found.name, found.chip) == ("", "navn ikke oplyst")

    def test_numbers_that_nobody_states_are_not_zero(self, aalborg):
        found = card(aalborg, "jobcenterchef")
        assert found.figures == ()
        assert found.figures_in_words == "antal ikke oplyst"

    def test_what_is_assumed_says_so(self, skanderborg):
        found = card(skanderborg, "chef-soh")
        assert found.figures_in_words == "ca. 2.300 under · 9 direkte · antaget"

    def test_of_several_seats_the_open_ones_are_told(self, ballerup):
        found = card(ballerup, "plejehjemsleder")
        # too wide for one line, and broken at the dot
        assert (found.title, found.name) == (("Plejehjemsleder", "6 pladser"), "Signe Bach Damm")
        assert (found.chip, found.chip_stands_alone) == ("5 åbne", True)
        assert found.holder_words() == "Signe Bach Damm, 5 åbne"

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ("holder: [Bo Lind, Cia Dahl]", "Bo Lind, Cia Dahl, 1 open"),
            ("status: vacant, holder: Bo Lind", "Bo Lind, 2 advertised"),
            ("holder: {name: Bo Lind, acting: true}", "Bo Lind, Acting · 2 open"),
            ("holder: [Bo Lind, Cia Dahl, Dan Fog]", "Bo Lind, Cia Dahl, Dan Fog"),
            ("holder: []", "name not stated"),
            ("status: vacant", "Advertised"),
        ],
    )
    def test_names_and_open_seats_stand_together(self, said, words):
        data = units(
            f"- {{id: a, name: A, kind: k, leader: {{id: p, title: P, seats: 3, {said}}}}}"
        )
        assert card(data, "p", "en").holder_words() == words

    def test_seats_are_told(self, aalborg):
        assert card(aalborg, "centerchefer-oevrige").title == ("Centerchef · 4 pladser",)

    @pytest.mark.parametrize("language", ["da", "en"])
    def test_every_line_of_every_card_fits(self, aalborg, language):
        texts = CardTexts(spans(aalborg), levels(aalborg), language)
        for position_id in aalborg.positions:
            assert_fits(texts.card(position_id))


@pytest.mark.parametrize(
    ("names", "initials"),
    [
        (["Lars Bundgaard Leen"], "LL"),
        (["Åse Østergaard-Juul"], "ÅØ"),
        (["mette havemann"], "MH"),
        (["Ole"], "O"),
        (["李小龙"], "李"),
        (["Анна Иванова"], "АИ"),
        (["Bo (vikar) Lind"], "BL"),
        (["Bo Lind", "Cia Dahl"], "2"),
        ([""], ""),
        ([], ""),
    ],
)
def test_initials_are_of_the_first_word_and_the_last(names, initials):
    assert initials_of(names) == initials


def test_a_circle_holds_the_initials_and_a_dot_where_nobody_is_named(aalborg):
    circles = {
        one: next(mark.text for mark in card(aalborg, one).marks())
        for one in ("direktoer", "sekretariatschef-voksensocial", "chef-voksensocial")
    }
    assert list(circles.values()) == ["AK", "CM", "·"]
    assert card(nameless(aalborg), "direktoer").initials == ""


def test_numbers_are_bold_within_their_figure(aalborg):
    marks = [mark for mark in card(aalborg, "chef-voksensocial").marks() if mark.y > 60]
    words = [(mark.style, mark.text) for mark in marks if mark.style in {"figure", "number"}]
    assert words == [
        ("number", "7"),
        ("figure", "ledere direkte"),
        ("figure", "godt"),
        ("number", "2.000"),
    ]


def test_everything_on_a_card_has_a_style_and_lies_on_it(shipped):
    for data in shipped.values():
        texts = CardTexts(spans(data), levels(data), "da")
        for card in map(texts.card, data.positions):
            for drawn in (card, card_module.compacted(card)):
                heights = [mark.y for mark in drawn.marks()]
                assert all(0 < y < drawn.height for y in heights)
                for style, x, _y, text, width in drawn.marks():
                    assert style in (TEXTS if text else LINES)
                    assert 0 < x <= x + (0 if style == "doubt" else width) < drawn.width
                    assert not text or TEXTS[style].size >= 12


def assert_fits(found):
    widths = [
        *(text_width(line, TEXTS["title"].size, SEMIBOLD) for line in found.title),
        *(text_width(line, TEXTS["unit"].size) for line in found.unit),
        text_width(found.name, TEXTS["name"].size),
    ]
    assert max(widths) <= ROOM
    figures = [mark for mark in found.marks() if mark.style in {"figure", "number"}]
    widths = [text_width(one.text, 12, TEXTS[one.style].weight) for one in figures]
    for mark, width, after in zip(figures, widths, figures[1:], strict=False):
        assert mark.x + width <= after.x + 0.1
    assert all(one.x + width <= FIGURE_ROOM + card_module.PADDING_X + 0.1
               for one, width in zip(figures, widths, strict=True))  # fmt: skip


LONG = "Myndighedsrådgivningskonsulentafdelingschefskoordinatorstilling"


@pytest.mark.parametrize(
    ("title", "name", "unit_name"),
    [
        (LONG, "Kort Navn", "Enhed"),
        ("Titel", "Et navn på firs tegn " * 4, "Enhed"),
        ("Titel", "Navn", "Center for " + "meget " * 30 + "lange navne"),
        ("x" * 300, "y" * 300, "z" * 300),
        ("Titel", "李小龙 Ærø-Åkjær", "Enhed"),
    ],
)
def test_long_texts_are_broken_and_shortened(title, name, unit_name):
    found = card(units(unit("a", post("l", title=title, holder=name), name=unit_name)), "l")
    assert_fits(found)
    assert len(found.title) <= 2
    assert len(found.unit) <= 2
    assert (found.full_title, found.full_unit) == (title, unit_name)
    assert found.holder_words() == name.strip()


def test_heights_follow_the_lines():
    short, long = (
        card(units(unit("a", positions=[post("p", title=title, holder="N")])), "p")
        for title in ("P", LONG)
    )
    assert long.height - short.height == card_module.TITLE_LINE


class TestWrap:
    def test_breaks_at_spaces_then_hyphens_then_letters(self):
        assert wrap("Center for Dag- og Døgntilbud", 90, 11.5) == (
            "Center for Dag-",
            "og Døgntilbud",
        )
        assert wrap("Sundheds-omsorgsområdet", 90, 11.5)[0] == "Sundheds-"
        first, second = wrap(LONG, 200, 13.5, weight=SEMIBOLD)
        assert first.endswith("-")
        assert LONG.startswith(first[:-1])
        assert second

    def test_what_does_not_fit_ends_in_an_ellipsis(self):
        lines = wrap("ord " * 100, 100, 11.5)
        assert len(lines) == 2
        assert lines[1].endswith("…")
        assert text_width(lines[1], 11.5, REGULAR) <= 100

    def test_a_text_that_fits_stays_whole(self):
        assert wrap("Direktør", 200, 13.5) == ("Direktør",)

    def test_nothing_is_no_line(self):
        assert wrap("", 100, 12) == ()
