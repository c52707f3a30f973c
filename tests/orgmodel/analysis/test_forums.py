"""Who sits in groups with whom: an example worked out by hand, and sampling."""

import pytest

from orgmodel import loads
from orgmodel.analysis.questions.forums import fellows, forums, overlaps
from tests.builders import HEAD, body, post, unit


def seated(groups, *, complete=True, more=()):
    """An organisation whose posts sit in these groups; `more` posts sit in none."""
    held = dict.fromkeys(one for members in groups.values() for one in members)
    entries = [
        {
            "id": name,
            "name": name,
            "kind": "k",
            "complete": complete,
            "members": [{"position": one} for one in members],
        }
        for name, members in groups.items()
    ]
    positions = [post(one) for one in (*held, *more)]
    return loads(HEAD + body(unit("u", positions=positions), groups=entries))


# a - g - b - h - c: b alone is in both groups; d sits with c only.
BRIDGE = {"g": ["a", "b"], "h": ["b", "c"], "i": ["c", "d"]}


class TestFellows:
    def test_those_in_most_of_the_groups_come_first(self):
        data = seated({"g": ["a", "b", "c"], "h": ["a", "c"]})
        assert [(one.position_id, one.group_ids) for one in fellows(data, "a")] == [
            ("c", ("g", "h")),
            ("b", ("g",)),
        ]

    def test_a_post_in_no_group_has_none(self):
        assert fellows(seated(BRIDGE, more=["e"]), "e") == ()

    def test_groups_share_members(self):
        data = seated({"g": ["a", "b", "c"], "h": ["a", "c"], "i": ["b"]})
        assert [(one.group_id, one.position_ids) for one in overlaps(data, "g")] == [
            ("h", ("a", "c")),
            ("i", ("b",)),
        ]


class TestForums:
    def test_degree_and_betweenness_by_hand(self):
        """Of the pairs of others, b links a-c and a-d (2 of 3); c links a-d and b-d (2 of 3)."""
        found = forums(seated(BRIDGE))
        figures = {
            one.position_id: (one.groups, one.fellows, one.between) for one in found.sittings
        }
        assert figures == {
            "b": (2, 2, pytest.approx(2 / 3)),
            "c": (2, 2, pytest.approx(2 / 3)),
            "a": (1, 1, 0),
            "d": (1, 1, 0),
        }
        assert [one.position_id for one in found.sittings][:2] == ["b", "c"]

    def test_two_ways_share_a_pair(self):
        """b and c both link a and d: half of the one pair that each can link, of three pairs."""
        data = seated({"g": ["a", "b"], "h": ["a", "c"], "i": ["b", "d"], "j": ["c", "d"]})
        between = [one.between for one in forums(data).sittings]
        assert between == pytest.approx([0.5 / 3] * 4)

    def test_unknown_is_not_nought(self):
        found = forums(seated(BRIDGE, more=["e"]))
        assert "e" not in {one.position_id for one in found.sittings}

    def test_two_posts_have_no_pair_of_others(self):
        assert [one.between for one in forums(seated({"g": ["a", "b"]})).sittings] == [None, None]

    def test_incomplete_groups_are_told(self):
        assert not forums(seated(BRIDGE, complete=False)).is_complete
        assert forums(seated(BRIDGE)).is_complete

    def test_aalborg(self, aalborg):
        """By hand from the file: five groups name the head of the adult social department."""
        first = forums(aalborg).sittings[0]
        assert (first.position_id, first.groups) == ("chef-voksensocial", 5)


class TestSampling:
    def wheel(self, count):
        """A hub that sits in one group with each of so many posts."""
        return seated({f"g{n}": ["hub", f"p{n}"] for n in range(count)})

    def test_a_sample_is_told_and_the_same_each_time(self):
        data = self.wheel(60)
        found = forums(data, most_work=1)
        assert found.is_sampled
        assert found == forums(data, most_work=1)
        assert not forums(data).is_sampled

    def test_the_hub_links_every_pair_in_a_sample_too(self):
        found = forums(self.wheel(60), most_work=1)
        assert found.sittings[0].position_id == "hub"
        assert found.sittings[0].between == pytest.approx(1)
