"""Views: how many cards they have is known without drawing them."""

import pytest

from orgmodel import UnknownIdError
from orgmodel.analysis.spans.facets import Property
from orgmodel.drawing.layout import ScreenRoom
from orgmodel.drawing.selection import Opening
from orgmodel.drawing.svg import smallest_size
from orgmodel.drawing.views import Cut, DrawingContext, View, count_of, draw_view, fitted
from tests.builders import chain, star, tree

WIDE = tree(star(200))


class TestHowManyCards:
    @pytest.mark.parametrize(
        ("view", "count"),
        [
            (View(Cut.BRANCH), 22),
            # the councillor, and the day-care manager whose superior no source names
            (View(Cut.BRANCH, depth=0), 2),
            (View(Cut.CHAIN, entries=("jobcenterchef",)), 3),
        ],
    )
    def test_of_shipped_data(self, aalborg, view, count):
        assert count_of(DrawingContext(aalborg), view) == count

    def test_counts_the_card_for_the_rest_of_a_family(self):
        # the top, 120 of its 200, and the card that says that 80 more follow
        assert count_of(DrawingContext(WIDE), View()) == 1 + 120 + 1
        assert count_of(DrawingContext(WIDE), View(Cut.BRANCH)) == 201

    @pytest.mark.parametrize(
        "view",
        [
            View(),
            View(opening=Opening(closed=frozenset({"raadmand"}))),
            View(filters={Property.STATUS: ("vacant", "unnamed")}),
            View(Cut.BRANCH, entries=("direktoer",), depth=2),
            View(Cut.BRANCH, units=True),
            View(Cut.AROUND, entries=("chef-voksensocial",)),
            View(Cut.CHAIN, entries=("leder-rusmiddelafsnittet",)),
            View(Cut.BETWEEN, entries=("leder-rusmiddelafsnittet", "jobcenterchef")),
        ],
    )
    def test_is_what_is_drawn(self, aalborg, view):
        context = DrawingContext(aalborg)
        assert count_of(context, view) == len(draw_view(context, view, "da").cards) > 0

    def test_of_what_there_is_not(self, aalborg):
        with pytest.raises(UnknownIdError, match="nobody"):
            count_of(DrawingContext(aalborg), View(Cut.CHAIN, entries=("nobody",)))


class TestHowManyLayers:
    """As many layers open as fit the room at full size, where no text is smaller than 12 pixels."""

    def test_the_deepest_layers_that_fit_are_open(self, aalborg):
        context = DrawingContext(aalborg)
        found = {
            size: fitted(context, View(room=ScreenRoom(*size)), "da").opening.layers
            for size in ((1400, 750), (2400, 1200), (1000, 600))
        }
        assert found == {(1400, 750): 3, (2400, 1200): 4, (1000, 600): 2}

    @pytest.mark.parametrize("is_units", [False, True])
    @pytest.mark.parametrize("size", [(1400, 750), (1000, 700), (390, 650)])
    def test_what_opens_fits_or_is_one_layer(self, shipped, is_units, size):
        for data in shipped.values():
            view = View(units=is_units, room=ScreenRoom(*size))
            chart = draw_view(DrawingContext(data), view, "da")
            is_least = fitted(DrawingContext(data), view, "da").opening.layers == 1
            assert is_least or view.room.holds(chart.layout)
            assert smallest_size(chart) >= 12

    def test_at_least_one_layer_is_open(self):
        found = draw_view(DrawingContext(WIDE), View(room=ScreenRoom(390, 300)), "da")
        assert len(found.cards) == 122

    def test_layers_that_are_asked_for_are_open_whatever_the_room(self, aalborg):
        small = ScreenRoom(390, 300)
        for layers, cards in ((1, 3), (2, 8), (99, 22)):
            view = View(opening=Opening(layers=layers), room=small)
            assert count_of(DrawingContext(aalborg), view) == cards

    def test_folding_a_card_changes_nothing_else(self, aalborg):
        context = DrawingContext(aalborg)
        closed = Opening(closed=frozenset({"chef-voksensocial"}))
        shown, folded = (
            {one.card.id for one in draw_view(context, View(opening=one), "da").cards}
            for one in (Opening(), closed)
        )
        gone = {one for one in shown if aalborg.lines[one].superior_id == "chef-voksensocial"}
        assert gone
        assert folded == shown - gone

    def test_the_room_is_decided_on_in_time_however_many_there_are(self):
        context = DrawingContext(tree(chain(3_000)))
        assert fitted(context, View(), "da").opening.layers == 4
