"""Every kind of error has a file that shows it, and is found there and nothing else."""

import os
from pathlib import Path

import pytest

from orgmodel import InvalidOrganisation, load
from orgmodel.model.organisation import nearest_names
from orgmodel.reading import documents, linking
from orgmodel.reading.loading import read, read_all
from orgmodel.reading.problems import PROBLEM_KINDS
from tests.builders import HEAD, body, codes, post, problems, unit, write

INVALID = Path(__file__).parents[2] / "fixtures" / "invalid"
FILES = sorted(INVALID.glob("*.yaml"))
# These need more than a small file; each has a test of its own below.
ELSEWHERE = {
    "bad-figure",  # of the file of bands
    "bad-range",  # of the file of bands
    "not-found",
    "not-a-file",
    "not-readable",
    "outside-folder",
    "too-large",
    "too-many-entries",
    "too-many-problems",
    "duplicate-organisation",
}
UNIT = "units:\n  - id: a\n    name: A\n    kind: afdeling\n"


def test_every_code_is_shown_by_a_file_or_a_test():
    assert {file.stem for file in FILES} | ELSEWHERE == set(PROBLEM_KINDS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_with_one_error_says_that_alone_and_where_and_what_would_be_right(file):
    found = read(file).problems
    assert found
    for line in (problem.line(language) for problem in found for language in ("da", "en")):
        place, code, wrong, right = line.split(": ", 3)
        assert place.startswith(f"{file}:")
        assert code == file.stem
        assert wrong.strip()
        assert right.strip()
        assert "{" not in wrong.replace("{value: 4320", "")


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "line", "column"),
        [
            (f"{HEAD}{UNIT}    emploees: 4\n", 8, 5),
            (f"{HEAD}{UNIT}    employees: mange\n", 8, 16),
            (f"{HEAD}{UNIT}    leader: {{title: Chef, status: vakant}}\n", 8, 35),
            (f"{HEAD}{UNIT}    positions: [{{id: p, title: P, reports_to: q}}]\n", 8, 47),
        ],
    )
    def test_line_and_column_are_those_of_the_value(self, text, line, column):
        (problem,) = problems(text)
        assert (problem.location.line, problem.location.column) == (line, column)

    def test_a_forbidden_character_in_plain_text_is_found_where_it_is(self):
        (problem,) = problems(f"{HEAD}units: []\ndescription: abc\u202edef\n")
        assert (problem.code, problem.location.line, problem.location.column) == (
            "forbidden-character",
            5,
            17,
        )


class TestAssumedSeats:
    """An assumption says how few there may be, and why."""

    @staticmethod
    def of(seats, assumed):
        return codes(
            f"{HEAD}{UNIT}    positions: [{{id: p, title: P, seats: {seats}, seats_assumed: {assumed}}}]\n"
        )

    @pytest.mark.parametrize("least", [0, 1, 5])
    def test_fewer_than_the_seats_are_taken(self, least):
        assert self.of(6, f"{{least: {least}, reason: R}}") == []

    @pytest.mark.parametrize("least", [6, 7])
    def test_as_many_or_more_are_no_assumption(self, least):
        assert self.of(6, f"{{least: {least}, reason: R}}") == ["least-not-less"]

    @pytest.mark.parametrize("assumed", ["{least: 2}", "{reason: R}"])
    def test_both_are_needed(self, assumed):
        assert self.of(6, assumed) == ["missing-key"]


class TestNearest:
    @pytest.mark.parametrize(
        ("text", "nearest"),
        [
            (f"{HEAD}{UNIT}    employes: 4\n", "employees"),
            (f"{HEAD}{UNIT}    leader: {{title: Chef, status: vacent}}\n", "vacant"),
            (
                f"{HEAD}{UNIT}    positions:\n      - {{id: konsulent, title: K}}\n"
                "      - {id: elev, title: E, reports_to: konsulnt}\n",
                "konsulent",
            ),
        ],
    )
    def test_the_nearest_known_name_is_offered(self, text, nearest):
        (problem,) = problems(text)
        assert f"did you mean “{nearest}”?" in problem.message("en")

    def test_a_cycle_names_its_members_in_order(self):
        (problem,) = read(INVALID / "reporting-cycle.yaml").problems
        assert "en (En) → to (To) → tre (Tre) → en (En)" in problem.message("en")

    def test_a_cycle_that_comes_when_a_unit_above_is_gone_is_found_too(self):
        below = unit("u", post("b", reports_to="c"))
        top = unit("top", post("a", reports_to="b"), units=[below])
        gone = unit("o", to="2026-12-31", units=[unit("o2", positions=["c"])])
        # c goes with the unit above its own; b then reports to a, the leader above it
        assert codes(HEAD + body(top, gone)) == ["reporting-cycle"]

    def test_a_cycle_on_a_later_date_only_is_found_too(self):
        over = post("over", reports_to="top")
        first = unit("a", post("chef", reports_to="over"), positions=[over])
        other = unit("b", positions=[post("top", to="2026-03")])
        # until March: chef → over → top; from April over reports to its unit's leader: chef
        assert codes(HEAD + body(first, other)) == ["reporting-cycle"]

    def test_a_cycle_before_the_first_change_is_found_too(self):
        over = post("over", reports_to="top")
        first = unit("a", post("chef", reports_to="over"), positions=[over])
        other = unit("b", positions=[post("top", **{"from": "2025-03"})])
        # until February 2025 over reported to its unit's leader: chef
        assert codes(HEAD + body(first, other)) == ["reporting-cycle"]


class TestAllAtOnce:
    def test_errors_of_every_pass_come_together_in_the_order_of_the_file(self):
        text = """organisation: Test
nam: Test
as_of: 2026-13
units:
  - id: a
    name: A
    name: B
    kind: [afdeling]
    employees: -4
    leader: {title: Chef, reports_to: cheef, holder: {nane: N}}
    positions: [{id: a, title: P, seats: many}]
"""
        assert codes(text) == [
            "missing-key",
            "bad-id",
            "unknown-key",
            "bad-date",
            "duplicate-key",
            "wrong-type",
            "negative-amount",
            "unknown-reference",
            "missing-key",
            "unknown-key",
            "duplicate-id",
            "bad-number",
        ]

    def test_a_unit_without_an_id_does_not_hide_what_is_in_it(self):
        text = (
            f"{HEAD}units:\n  - name: A\n    kind: k\n    positions: [{{id: p, title: P, x: 1}}]\n"
        )
        assert codes(text) == ["missing-key", "unknown-key"]

    def test_an_error_is_not_reported_a_second_time_by_what_follows_from_it(self):
        text = f"{HEAD}{UNIT}    positions: [{{id: p, title: &t P}}, {{id: q, title: *t}}]\n"
        assert codes(text) == ["yaml-alias", "missing-key", "yaml-alias"]

    def test_the_list_ends_where_nobody_would_read_on(self):
        keys = "".join(f"k{n}: 1\n" for n in range(1000))
        found = problems(f"{HEAD}units: []\n{keys}")
        assert len(found) == 201
        assert found[-1].code == "too-many-problems"


def codes_of(path):
    """The codes of everything that is wrong with a file."""
    return [one.code for one in read(path).problems]


class TestFiles:
    def test_missing(self, tmp_path):
        assert codes_of(tmp_path / "nope.yaml") == ["not-found"]

    def test_a_folder(self, tmp_path):
        (tmp_path / "folder.yaml").mkdir()
        assert codes_of(tmp_path / "folder.yaml") == ["not-a-file"]

    @pytest.mark.skipif(os.name == "nt", reason="pipes are a Unix thing")
    def test_a_pipe_does_not_block(self, tmp_path):
        os.mkfifo(tmp_path / "pipe.yaml")
        assert codes_of(tmp_path / "pipe.yaml") == ["not-a-file"]

    @pytest.mark.parametrize("path", ["bad\0name.yaml", "x" * 300 + ".yaml"])
    def test_a_name_that_no_file_can_have(self, tmp_path, path):
        assert codes_of(f"{tmp_path}/{path}") == ["not-readable"]

    def test_a_link_to_itself(self, tmp_path):
        (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
        assert codes_of(tmp_path / "loop.yaml") == ["not-readable"]

    def test_a_link_out_of_the_folder(self, tmp_path):
        folder = tmp_path / "data"
        folder.mkdir()
        (folder / "link.yaml").symlink_to(write(tmp_path, body()))
        assert codes_of(folder / "link.yaml") == ["outside-folder"]

    def test_a_link_inside_the_folder_is_read(self, tmp_path):
        (tmp_path / "link.yaml").symlink_to(write(tmp_path, body()))
        assert load(tmp_path / "link.yaml").id == "test"

    def test_a_second_file_of_one_organisation(self, tmp_path):
        for name in ("a.yaml", "b.yaml"):
            (tmp_path / name).write_text(f"{HEAD}units: []\n")
        first, second = read_all([tmp_path])
        assert first.organisation is not None
        assert [one.code for one in second.problems] == ["duplicate-organisation"]

    def test_a_folder_and_a_file_in_it_are_one_file(self, tmp_path):
        file = write(tmp_path, body())
        assert len(read_all([tmp_path, file])) == 1

    def test_load_raises_with_every_problem(self):
        with pytest.raises(InvalidOrganisation, match="unknown-key") as caught:
            load(INVALID / "unknown-key.yaml")
        assert len(caught.value.problems) == 1


LAUGHS = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 50)
)
HOSTILE: dict[str, tuple[str | bytes, set[str]]] = {
    "200,000 open lists": ("[" * 200_000, {"nested-too-deep"}),
    "200,000 open mappings": ("{a: " * 200_000, {"nested-too-deep"}),
    "200,000 deep block lists": ("- " * 200_000 + "x", {"nested-too-deep"}),
    "a billion laughs": (LAUGHS, {"yaml-alias"}),
    "a scalar of ten million letters": (
        f"{HEAD}units: []\ndescription: " + "x" * 10**7,
        {"text-too-long"},
    ),
    "a number of a million digits": (
        f"{HEAD}{UNIT}    employees: " + "9" * 10**6,
        {"text-too-long"},
    ),
    "a number of 9,000 digits": (f"{HEAD}{UNIT}    employees: " + "9" * 9000, {"bad-amount"}),
    "seats of 9,000 digits": (
        f"{HEAD}{UNIT}    leader: {{title: C, seats: {'9' * 9000}}}",
        {"bad-number"},
    ),
    "code in a tag": ("a: !!python/object/apply:os.system [x]", {"yaml-tag"}),
    "ten thousand tags": ("".join(f"k{n}: !t x\n" for n in range(10_000)), {"yaml-tag"}),
    "ten thousand controls": (
        f"{HEAD}units: []\ndescription: " + "\u202e" * 10_000,
        {"forbidden-character"},
    ),
    "a null byte": (f"{HEAD}\0", {"forbidden-character"}),
    "UTF-16": (HEAD.encode("utf-16"), {"not-utf8"}),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", {"not-utf8"}),
    "nothing": (b"", {"empty-file"}),
    "null": ("null", {"empty-file"}),
    "a list": ("[1, 2]", {"wrong-type"}),
    "a word": ("hello", {"wrong-type"}),
    "a lone colon": (":", {"key-not-text", "yaml-syntax", "missing-key"}),
    "percent": ("%", {"yaml-syntax"}),
    "tab indentation": ("a:\n\t- b", {"yaml-syntax"}),
}


class TestHostile:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_is_refused_with_a_clear_error(self, name):
        text, expected = HOSTILE[name]
        found = set(codes(text))
        assert found
        assert expected & found

    def test_more_than_a_file_may_hold(self):
        assert codes(b"#" * (documents.MAX_BYTES + 1)) == ["too-large"]

    def test_more_values_than_a_file_may_hold(self, monkeypatch):
        monkeypatch.setattr(documents, "MAX_NODES", 100)
        assert codes("[" + "x, " * 200 + "]") == ["too-many-entries"]

    def test_spellings_are_compared_for_a_few_wrong_references_only(self, monkeypatch):
        # Comparing each of n wrong ids with n known ones would take n² steps.
        compared = []

        def nearest(name, names, n):
            compared.append(name)
            return nearest_names(name, names, n)

        monkeypatch.setattr(linking, "nearest_names", nearest)
        posts = "".join(f"      - {{id: p{n}, title: P, reports_to: r{n}}}\n" for n in range(100))
        assert codes(f"{HEAD}{UNIT}    positions:\n{posts}") == ["unknown-reference"] * 100
        assert len(compared) == 20
