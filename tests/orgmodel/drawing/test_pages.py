import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orgmodel
from orgmodel.drawing.page_cards import figure_words
from orgmodel.drawing.pages import Room, pages
from orgmodel.drawing.selection import Opening
from orgmodel.drawing.views import Cut
from tests.builders import (
    apart,
    chain,
    forests,
    organisation,
    post,
    show,
    spread,
    star,
    tree,
    unit,
    units,
)
from tests.series import series

# What our own slides leave for a chart.
WIDE = Room(890, 398)
COMPOUND = "Voksensocialbeskæftigelsesindsatskoordinatorfunktionsleder"


def drawn(data, room=WIDE, **view):
    made = show(data, **view)
    return made, pages(made, room)


def paged(data, room=WIDE, **view):
    return drawn(data, room, **view)[1]


def ids(page):
    return [one.card.id for one in page.chart.cards]


# What every chart on pages keeps ---------------------------------------------------------------


def assert_whole(made, found):
    """Everybody, everybody's line, and the screen's order are there."""
    cards = made.chart.cards
    on_pages = [set(ids(page)) for page in found]
    assert set().union(*on_pages) == {one.card.id for one in cards}
    lines = {(line.parent_id, line.child_id) for page in found for line in page.chart.connectors}
    assert lines >= {(one.shown.parent_id, one.card.id) for one in cards if one.shown.parent_id}
    order = {one.card.id: n for n, one in enumerate(cards)}
    for page in found:
        places = [order[one] for one in ids(page)]
        assert places == sorted(places)


def assert_fits(found, room):
    for page in found:
        layout = page.chart.layout
        assert layout.width * page.scale <= room.width
        assert layout.height * page.scale <= room.height
        for one in page.chart.cards:
            assert one.card.style.smallest * page.scale >= 10 - 1e-9
        places = list(layout.places.values())
        assert all(itertools.starmap(apart, itertools.combinations(places, 2)))


def assert_linked(found):
    """A card with reports on another page links to that page, and the page links back."""
    for number, page in enumerate(found):
        shown_below = {one.shown.parent_id for one in page.chart.cards}
        for one in page.chart.cards:
            if one.card.id in page.links:
                other = found[page.links[one.card.id]]
                assert one.card.id not in shown_below
                assert one.card.badge == f"+{one.shown.below}"
                assert one.card.id in {below.shown.parent_id for below in other.chart.cards}
                assert other.up == number
                assert page.links[one.card.id] > number
        if page.up is not None:
            assert number in found[page.up].links.values() or any(
                link < number for link in found[page.up].links.values()
            )


@pytest.mark.slow
@series(sample=60, full=3_000)
@given(edges=forests(), room=st.sampled_from([WIDE, Room(640, 330), Room(430, 230)]))
def test_nobody_and_no_line_is_lost_and_every_page_fits(edges, room):
    made, found = drawn(tree(edges), room)

    assert_whole(made, found)
    assert_fits(found, room)
    assert_linked(found)


@pytest.mark.slow
@pytest.mark.parametrize(
    "edges",
    [
        star(500),
        chain(2_000),
        {f"p{n}": None for n in range(600)},
        spread(2_000, 7),
    ],
    ids=["a leader of 500", "2,000 below each other", "600 tops", "2,000 in a tree of seven each"],
)
def test_charts_of_every_shape_go_on_pages(edges):
    made, found = drawn(tree(edges))

    assert_whole(made, found)
    assert_fits(found, WIDE)
    assert_linked(found)
    assert len(found) <= len(edges) / 3


# What goes where -------------------------------------------------------------------------------


def test_a_chart_that_fits_is_one_page():
    data = orgmodel.load("data/ballerup.yaml")

    (page,) = paged(data)

    assert page.title == "Ballerup Kommune, Center for Omsorg og Sundhedsfremme"
    assert page.links == {}
    assert page.up is None
    assert len(page.chart.cards) == 7
    (top,) = [one.card for one in page.chart.cards if one.shown.parent_id is None]
    assert top.title[0] == "Centerchef"
    assert top.unit[0] == "Center for Omsorg og Sundhedsfremme"


def test_a_small_chart_says_all_and_is_scaled_up_to_letters_of_18_points_at_most():
    (page,) = paged(tree({"a": None, "b": "a"}))

    card = page.chart.cards[0].card
    assert figure_words(card) == "1 under · 1 direkte"
    assert card.style.title_size * page.scale == pytest.approx(18)


def test_a_large_chart_is_an_overview_and_its_branches():
    first, *others = paged(orgmodel.load("data/aalborg.yaml"))

    # The two departments that are described in their own profiles have pages of their own.
    assert set(first.links) == {"chef-voksensocial", "chef-boern-og-familie"}
    assert [page.title for page in others] == [
        "Aalborg Kommune, Job og Social – Afdelingschef, Voksensocialafdelingen",
        "Aalborg Kommune, Job og Social – Afdelingschef, Børne- og Familieafdelingen",
    ]
    assert {page.up for page in others} == {0}
    assert ids(others[0])[0] in first.links


@pytest.mark.slow
def test_a_family_too_wide_for_a_page_is_spread_with_its_leader_repeated():
    found = paged(tree(star(100)))

    count = len(found)
    assert count > 1
    assert [page.title for page in found] == [f"Test ({n}/{count})" for n in range(1, count + 1)]
    assert {ids(page)[0] for page in found} == {"top"}
    sizes = [len(ids(page)) - 1 for page in found]
    assert sum(sizes) == 100
    assert max(sizes) - min(sizes) <= count


def test_small_branches_next_to_each_other_share_a_page_under_their_leader():
    #        top
    #  a0 ... a7        four below each: too many for one page
    edges = {"top": None} | {f"a{n}": "top" for n in range(8)}
    edges |= {f"b{n}": f"a{n // 4}" for n in range(32)}

    overview, *others = paged(tree(edges))

    assert len(overview.links) == 8
    assert len(others) < 8
    assert all(ids(page)[0] == "top" or ids(page)[0] in overview.links for page in others)


def test_a_few_below_a_card_are_unfolded_on_the_overview_already():
    edges = {"top": None, "a": "top", "b": "top", "c": "a"} | {f"d{n}": "b" for n in range(60)}

    overview, *_others = paged(tree(edges))

    assert "c" in ids(overview)
    assert set(overview.links) == {"b"}


def test_what_the_screen_folds_stays_folded_and_leads_nowhere():
    edges = {"top": None, "a": "top", "b": "a", "c": "a"}
    view = {"cut": Cut.OPENED, "opening": Opening(closed=frozenset({"a"}))}

    (page,) = paged(tree(edges), **view)

    badges = {one.card.id: one.card.badge for one in page.chart.cards}
    assert badges == {"top": "", "a": "+2"}
    assert page.links == {}


@pytest.mark.slow
def test_the_card_for_the_rest_of_a_wide_family_stays():
    found = paged(tree(star(200)), cut=Cut.OPENED)

    more = [one for page in found for one in page.chart.cards if one.shown.more]
    assert [one.card.title[0] for one in more] == ["80 flere"]
    assert {one.is_dimmed for one in more} == {True}


def test_what_is_lit_dimmed_coloured_and_inferred_is_so_on_pages_too():
    data = orgmodel.load("data/aalborg.yaml")
    made, found = drawn(data)
    screen = {one.card.id: (one.value, one.is_dimmed) for one in made.chart.cards}

    for page in found:
        on_page = {one.card.id: (one.value, one.is_dimmed) for one in page.chart.cards}
        assert on_page.items() <= screen.items()
        lines = {line.child_id for line in page.chart.connectors}
        assert page.chart.inferred == made.chart.inferred & lines


# Words -----------------------------------------------------------------------------------------


def posts(*entries):
    return units(unit("u", name="Enhed", kind="enhed", complete=True, positions=entries))


def test_words_stay_whole_in_as_many_lines_as_they_need():
    name = "Annemette Kristine Margrethe Elisabeth Søndergaard-Christoffersen-Vestergaard Ø"
    title = "Leder af den tværgående indsats for sammenhængende borgerforløb " * 2
    data = posts(
        post("a", title=title.strip(), holder=name), post("b", title=COMPOUND, reports_to="a")
    )

    (page,) = paged(data)

    first, second = (one.card for one in page.chart.cards)
    assert first.title[0] == title.strip()
    assert first.name == name
    assert second.title[0] == COMPOUND
    assert not first.is_shortened
    assert not second.is_shortened


def test_only_absurd_lengths_are_shortened_and_the_card_still_fits():
    data = posts(post("a", title="ord " * 400), post("b", reports_to="a"))

    made, found = drawn(data)

    card = found[0].chart.cards[0].card
    assert card.is_shortened
    assert card.title[0].endswith("…")
    assert len(card.title[0]) > 200
    assert card.full_title == ("ord " * 400).strip()
    assert_whole(made, found)
    assert_fits(found, WIDE)


def test_cards_of_a_page_are_alike_in_width():
    for page in paged(orgmodel.load("data/aalborg.yaml")):
        assert len({one.card.width for one in page.chart.cards}) == 1


def test_an_empty_chart_is_an_empty_page():
    (page,) = paged(organisation("units: []\n"))

    assert page.chart.cards == ()


def test_a_room_too_small_for_a_chart_is_refused():
    with pytest.raises(ValueError, match="a chart needs 300 × 180 points"):
        paged(tree({"a": None}), Room(200, 400))
