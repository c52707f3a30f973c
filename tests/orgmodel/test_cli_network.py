"""`orgmodel network`: the ties around a post, between two, and who sits in most groups."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from orgmodel.cli import main
from tests.builders import body, posts, unit, write

AALBORG = str(Path(__file__).parents[2] / "data" / "aalborg.yaml")
CHIEF = "chef-voksensocial"


def run(*arguments):
    return CliRunner().invoke(main, ["network", AALBORG, *arguments, "--lang", "en"])


def printed(*arguments):
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def ties(*arguments):
    return [(tie["from"], tie["kind"], tie["to"]) for tie in printed(*arguments)["ties"]]


class TestAround:
    def test_every_tie_is_a_row(self):
        rows = [line.split("  ") for line in run("--of", CHIEF).output.splitlines()]
        table = [[cell.strip() for cell in row if cell.strip()] for row in rows]
        assert table[0] == ["From", "Link", "To", "About"]
        assert ["Head of department", "reports to", "Director"] in table
        assert [
            "Head of department",
            "sits in",
            "Chefgruppen for voksenområdet",
            "derived",
        ] in table

    def test_a_step_more_reaches_further(self):
        near, far = printed("--of", CHIEF), printed("--of", CHIEF, "--steps", "2")
        assert {node["steps"] for node in near["nodes"]} == {0, 1}
        assert {node["steps"] for node in far["nodes"]} == {0, 1, 2}

    @pytest.mark.parametrize(
        ("name", "node"),
        [
            ("post:direktoer", "direktoer"),
            ("Arne Lund Kristensen", "direktoer"),
            ("unit:voksensocialafdelingen", "voksensocialafdelingen"),
            ("group:fla", "fla"),
        ],
    )
    def test_a_post_a_unit_or_a_group_is_named(self, name, node):
        assert printed("--of", name)["of"] == [node]

    def test_what_is_left_out_is_counted(self, tmp_path):
        path = str(write(tmp_path, body(unit("u", "top", positions=posts(400)))))
        result = CliRunner().invoke(main, ["network", path, "--of", "top", "--lang", "en"])
        reports = sum("reports to" in line for line in result.output.splitlines())
        assert 0 < reports < 400
        assert result.output.endswith(f"+ {400 - reports} more\n")


class TestBetween:
    def test_only_what_ties_the_two_is_there(self):
        assert (CHIEF, "reports_to", "direktoer") in ties("--of", CHIEF, "--and", "direktoer")
        nodes = {one["id"] for one in printed("--of", CHIEF, "--and", "direktoer")["nodes"]}
        assert nodes == {CHIEF, "direktoer", "forvaltningsledelsen", "fla"}


class TestForums:
    def test_who_sits_in_most_groups_comes_first(self):
        sittings = printed()
        assert [one["position_id"] for one in sittings[:2]] == [CHIEF, "direktoer"]
        assert sittings[0]["groups"] == 5
        counts = [one["groups"] for one in sittings]
        assert counts == sorted(counts, reverse=True)

    def test_as_a_table(self):
        head, first, *_ = run().output.splitlines()
        assert head.split() == ["Post", "Unit", "Groups", "Sits", "with"]
        assert first.split()[-3:] == ["Voksensocialafdelingen", "5", "10"]


class TestSlips:
    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("--of", "group:nothing"), "there is no group “nothing”"),
            (("--of", "unit:nothing"), "there is no unit “nothing”"),
            (("--of", "nothing"), "there is no post “nothing”"),
            (("--and", "direktoer"), "--and needs --of"),
            (("--of", CHIEF, "--steps", "4"), "4 is not in the range 1<=x<=3"),
        ],
    )
    def test_is_told(self, arguments, words):
        result = run(*arguments)
        assert result.exit_code == 2
        assert words in result.output
