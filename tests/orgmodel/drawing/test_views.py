"""Views: how many cards they have is known without drawing them."""

import pytest

from orgmodel import UnknownIdError
from orgmodel.analysis.spans.facets import Property
from orgmodel.drawing.selection import Opening
from orgmodel.drawing.views import Cut, DrawingContext, View, count_of, draw_view
from tests.builders import star, tree

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
