"""Who posts report to: stated, or found along the units."""

from orgmodel.model.provenance import Basis
from orgmodel.model.reporting import LineRule, find_cycles
from tests.builders import post, tree, unit, units


def superior(organisation, position_id):
    return organisation.lines[position_id].superior_id


class TestResolveLines:
    def test_a_post_refers_to_its_units_leader(self):
        line = units(unit("a", "chef", positions=["konsulent"])).lines["konsulent"]
        assert line.superior_id == "chef"
        assert (line.basis, line.rule) == (Basis.INFERRED, LineRule.UNIT_LEADER)

    def test_a_units_leader_refers_to_the_nearest_leader_above(self):
        # a, led by chef, holds b without a leader, which holds c, led by leder
        found = units(unit("a", "chef", units=[unit("b", units=[unit("c", "leder")])]))
        assert superior(found, "leder") == "chef"
        assert found.lines["leder"].rule is LineRule.UNIT_ABOVE

    def test_what_the_entry_says_comes_before_the_units(self):
        found = units(unit("a", "chef", positions=["vice", post("konsulent", reports_to="vice")]))
        assert superior(found, "konsulent") == "vice"
        assert found.lines["konsulent"].basis is Basis.EXPLICIT

    def test_a_leader_who_sits_in_a_unit_they_lead_is_not_their_own_boss(self):
        # top (chef) > a and b, both led by leder, who sits in b
        below = unit("a", led_by="leder", units=[unit("b", "leder")])
        assert superior(units(unit("top", "chef", units=[below])), "leder") == "chef"

    def test_a_leader_of_a_unit_above_their_own_looks_up_from_there(self):
        # chef sits in the team but leads the whole department; teamleder leads the team
        team = unit("team", "teamleder", positions=["chef"])
        department = unit("afdeling", led_by="chef", units=[team])
        found = units(unit("top", "direktoer", units=[department]))
        assert superior(found, "chef") == "direktoer"
        assert superior(found, "teamleder") == "chef"

    def test_a_post_at_the_top_refers_to_nobody(self):
        line = units(unit("a", "chef")).lines["chef"]
        assert (line.superior_id, line.rule) == (None, LineRule.NONE)

    def test_a_superior_that_is_gone_on_the_date_gives_way_to_the_unit(self):
        below = [post("vice", to="2026-01"), post("konsulent", reports_to="vice")]
        assert superior(units(unit("a", "chef", positions=below)), "konsulent") == "chef"

    def test_reading_order_is_leader_posts_units(self):
        # The file has them in another order.
        found = units(
            {
                "id": "a",
                "name": "A",
                "kind": "k",
                "units": [unit("b", "leder")],
                "positions": [post("konsulent")],
                "leader": post("chef"),
            }
        )
        assert list(found.lines) == ["chef", "konsulent", "leder"]
        assert found.reports["chef"] == ("konsulent", "leder")


class TestFindCycles:
    def test_names_the_members_and_nothing_else(self):
        #  d → a → b → c → a
        assert find_cycles({"d": "a", "a": "b", "b": "c", "c": "a"}) == [["a", "b", "c"]]

    def test_finds_every_circle_once(self):
        assert find_cycles({"a": "a", "b": "c", "c": "b", "d": None}) == [["a"], ["b", "c"]]

    def test_finds_none_in_a_long_chain(self):
        chain = {f"p{n}": f"p{n - 1}" if n else None for n in range(50_000)}
        assert find_cycles(chain) == []


def test_a_chain_of_posts_keeps_its_order():
    found = tree({"a": None, "b": "a", "c": "a"})
    assert found.roots == ("a",)
    assert found.reports["a"] == ("b", "c")
