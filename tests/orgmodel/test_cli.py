"""The command line: its JSON to the letter, its tables for people, its exits."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from orgmodel.cli import main
from tests.builders import HEAD

DATA = Path(__file__).parents[2] / "data"
AALBORG = str(DATA / "aalborg.yaml")
BROKEN = str(Path(__file__).parents[1] / "fixtures" / "invalid" / "unknown-key.yaml")


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def printed(*arguments):
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def english(*arguments):
    return run(*arguments, "--lang", "en").output


def written(folder, units):
    """The path of an organisation with these units."""
    path = folder / "o.yaml"
    path.write_text(f"{HEAD}units:\n{units}", encoding="utf-8")
    return str(path)


class TestSpans:
    def test_json_has_these_keys_and_no_others(self):
        found = printed("spans", AALBORG)
        assert list(found) == ["organisation", "leaders", "left_out", "summary", "published"]
        assert found["left_out"] == {"political": 1, "outside": 1}
        assert found["organisation"] == "aalborg"
        assert found["leaders"][1] == {
            "id": "direktoer",
            "title": "Direktør",
            "holder": "Arne Lund Kristensen",
            "unit": "Job og Social",
            "status": "named",
            "known": "bounded",
            "seats": 1,
            "span": {"low": 5, "high": None},
            # two lines are stated, three are inferred
            "firm_span": {"low": 2, "high": None},
            "direct_leaders": {"low": 5, "high": 5},
            # the number is not stated, and neither are full-time equivalents of single posts
            "direct_staff": None,
            "direct_fte": None,
            "fte_below": None,
            "reach": {"low": 4319, "high": 4320},
            # 25 leaders' seats less the alderman, the director, the head of day care, and the one of
            # the substance abuse division, who is below him through one centre or the other
            "leaders_below": {"low": 21, "high": None},
            "layers_above": 1,
            "layers_below": 3,
        }
        assert found["leaders"][2]["holder"] is None
        assert found["leaders"][2]["span"] is None
        # worked out in test_summary.py
        assert found["summary"]["unreported_headcount"] == {"low": 912, "high": 1365}

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("da", ["Ledelsesspænd", "4.319–4.320", "mindst 7", "ikke oplyst", "23 ledere"]),
            ("en", ["Span", "4,319–4,320", "at least 7", "not stated", "23 leaders"]),
        ],
    )
    def test_the_table_is_in_the_language(self, language, words):
        output = run("spans", AALBORG, "--lang", language).output
        for word in words:
            assert word in output

    def test_the_table_is_aligned_and_without_colour_in_a_file(self):
        lines = english("spans", AALBORG).splitlines()
        assert "\x1b" not in "".join(lines)
        column = lines[0].index("Holder")
        *leaders, known, left_out = lines[1 : lines.index("")]
        assert len(leaders) == 22
        # 25 seats less the alderman and the head of day care; of five something is known
        assert known == (
            "23 leaders; the span is exact for 0, assumed for 0, “at least” for 5, not stated for 18."
        )
        assert left_out == "Left out: 1 politician, 1 post of another organisation."
        assert all(line[column - 1] == " " and line[column] != " " for line in leaders)

    def test_what_others_publish_stands_below_with_its_source(self):
        lines = english("spans", str(DATA / "skanderborg.yaml")).splitlines()
        published = lines[lines.index("") + 1 :]
        assert published[0].startswith("What others have published.")
        (nursing_homes,) = [one for one in published if "55.5" in one]
        assert "VIVE, as reported by Medtech News" in nursing_homes

    def test_our_own_ranges_judge_only_where_they_are_chosen(self, tmp_path):
        def judged(*asked):
            run("spans", AALBORG, "-o", str(tmp_path / "a.csv"), "--lang", "en", *asked)
            return (tmp_path / "a.csv").read_text(encoding="utf-8-sig")

        assert "No guideline for this work" in judged()
        assert "Fitting" not in judged()
        assert "Wide" in judged("--bands", "own") or "Cannot be told" in judged("--bands", "own")

    def test_who_counts_is_chosen_and_told(self):
        chosen = ("--count", "political", "--leave-out", "vacant")
        found = printed("spans", AALBORG, *chosen)
        # of the alderman's line no source says; two heads of department are advertised
        assert found["summary"]["leaders"] == 24
        assert found["left_out"] == {"vacant": 2, "outside": 1}
        told = run("spans", AALBORG, "--lang", "en", *chosen).stdout
        assert "Left out: 2 advertised posts" in told

    def test_danish_is_the_default(self):
        assert run("spans", AALBORG).output == run("spans", AALBORG, "--lang", "da").output


class TestOneLineWithTwoLeaders:
    """P reports to LA or LB: the table, the JSON and the explanation say from none to one."""

    @pytest.fixture
    def path(self, tmp_path):
        return written(
            tmp_path,
            "- {id: a, name: A, kind: k, complete: true, leader: {id: la, title: LA},\n"
            "   positions: [{id: p, title: P, reports_to: {position: la, or: lb}}]}\n"
            "- {id: b, name: B, kind: k, complete: true, leader: {id: lb, title: LB}}\n",
        )

    def test_the_table_and_the_json(self, path):
        lines = english("spans", path).splitlines()
        # no leaders; P perhaps, as staff and in the span
        rows = [re.split(r" {2,}", line) for line in lines[:3]]
        places = [rows[0].index(name) for name in ("Direct leaders", "Direct staff", "Span")]
        cells = [[row[n] for n in places] for row in rows[1:]]
        assert cells == [["0", "0–1", "0–1"]] * 2
        leaders = printed("spans", path)["leaders"]
        assert [one["span"] for one in leaders] == [{"low": 0, "high": 1}] * 2

    @pytest.mark.parametrize("leader", ["la", "lb"])
    def test_the_explanation(self, path, leader):
        output = english("spans", path, "--explain", leader)
        assert "Span of control: 0–1" in output


class TestSpansOfMany:
    """One row per organisation, in the order of the files, and the problems at the end."""

    def test_a_row_for_each(self):
        result = run("spans", str(DATA), "--lang", "en")
        assert result.exit_code == 0
        head, *rows, last = result.stdout.splitlines()
        assert head.split()[:4] == ["Organisation", "Posts", "Leaders", "Employees"]
        assert [row.split()[0] for row in rows] == [
            "Aalborg", "Ballerup", "Silkeborg", "Skanderborg",
        ]  # fmt: skip
        assert last == "4 files, 0 errors"
        assert result.stderr == ""

    def test_errors_are_on_stderr_and_the_others_are_shown(self):
        result = run("spans", BROKEN, AALBORG, "--lang", "en")
        assert result.exit_code == 1
        assert "Aalborg" in result.stdout
        assert result.stdout.endswith("2 files, 1 error\n")
        assert result.stderr.startswith(f"{BROKEN}:5:1: unknown-key: ")

    def test_json(self):
        result = run("spans", AALBORG, BROKEN, "--format", "json")
        assert result.exit_code == 1
        found = json.loads(result.stdout)
        assert list(found) == ["organisations", "errors"]
        (aalborg,) = found["organisations"]
        assert aalborg == {
            "file": AALBORG,
            "organisation": "aalborg",
            "name": "Aalborg Kommune, Job og Social",
            "summary": printed("spans", AALBORG)["summary"],
        }
        assert [error["code"] for error in found["errors"]] == ["unknown-key"]

    @pytest.mark.slow
    def test_processes_print_the_same(self):
        # A command of its own, as it is installed: its processes start from it.
        command = [str(TestInstalled.COMMAND), "spans", str(DATA), BROKEN]
        alone, together = (
            subprocess.run([*command, "--jobs", jobs], capture_output=True, check=False)
            for jobs in ("1", "2")
        )
        assert alone.returncode == together.returncode == 1
        assert (alone.stdout, alone.stderr) == (together.stdout, together.stderr)

    def test_an_empty_folder_is_wrong_usage(self, tmp_path):
        assert run("spans", str(tmp_path)).exit_code == 2

    def test_one_file_named_twice_is_one_file(self):
        assert run("spans", AALBORG, AALBORG).output == run("spans", AALBORG).output


class TestExplain:
    def test_the_table_names_whom_it_counts_and_what_is_open(self):
        output = english("spans", AALBORG, "--explain", "direktoer")
        assert "Span of control: 5 leaders directly; staff directly: not stated" in output
        assert "Head of job centre, Jesper Dalgaard, Jobcenter Aalborg" in output
        assert "at most 1,366 of 4,320 employees can" in output
        assert "Reach: 4,319–4,320" in output
        assert "−1 to 0  own seat" in output

    def test_in_danish_by_the_holder(self):
        output = run("spans", AALBORG, "--explain", "Arne Lund Kristensen").output
        assert "Samlet ansvar: 4.319–4.320" in output
        assert "−1 til 0  egen plads" in output

    def test_json(self):
        found = printed("spans", AALBORG, "--explain", "direktoer", "--lang", "en")
        assert found["leader"]["id"] == "direktoer"
        span, reach = found["explanations"]
        assert (span["measure"], span["low"], span["high"]) == ("span", 5, None)
        assert span["counted"][0] == {
            "part": "direct-leader",
            "adds": {"low": 1, "high": 1},
            "position": "stabschef-oekonomi-og-it",
            "seats": 1,
            "units": [],
            "rule": "stated",
            "basis": "inferred",
            "reason": "The head of the staff unit sits on the management team of the "
            "administration, and the staff unit is part of the administration.",
            "others": [],
            "text": None,
            "sources": [
                {
                    "source": "jobprofiler",
                    "file": "004_e9c2d6e79fa6dfc1.txt",
                    "place": "163-165",
                    "words": "og de to stabschefer",
                }
            ],
        }
        assert [one["adds"] for one in reach["counted"]] == [
            {"low": 4320, "high": 4320},
            {"low": -1, "high": 0},
        ]

    def test_a_limit_says_how_much_more_there_is(self):
        output = english("spans", AALBORG, "--explain", "direktoer", "--limit", "2")
        assert "… and 4 more entries, which add at least 3." in output

    def test_a_post_that_leads_nobody_is_wrong_usage(self, tmp_path):
        path = written(tmp_path, "- {id: a, name: A, kind: k, positions: [{id: p, title: P}]}\n")
        result = run("spans", path, "--explain", "p", "--lang", "en")
        assert result.exit_code == 2
        assert "“p” leads nobody" in result.output

    def test_it_is_of_one_organisation(self):
        assert run("spans", str(DATA), "--explain", "direktoer").exit_code == 2


class TestOpenSeats:
    def test_are_told_beside_the_names(self, tmp_path):
        path = written(
            tmp_path,
            "  - {id: a, name: A, kind: k, complete: true, leader: {id: l, title: L, seats: 2,"
            " holder: {name: Ane, acting: true}}, positions: [{id: p, title: P, seats: 3,"
            " holder: [Bo, Cia]}]}\n",
        )
        chain = english("chain", path, "p")
        assert "Bo, Cia, 1 open" in chain
        assert "Ane (acting), 1 open" in chain
        assert "Ane (acting), 1 open" in english("spans", path)
        assert "P, Bo, Cia, 1 open, A" in english("spans", path, "--explain", "l")


class TestChain:
    def test_names_in_other_scripts_are_understood(self, tmp_path):
        path = written(
            tmp_path,
            "  - {id: a, name: A, kind: k, leader: {id: l, title: L, holder: 王小明}, positions: ["
            "{id: p, title: P, holder: Ελένη Müller}, {id: q, title: Q, holder: محمد},"
            " {id: r, title: R, holder: Pipaluk Aqqaluĸ}]}\n",
        )
        for name, post in (
            ("王小明", "l"),
            ("ΕΛΕΝΗ mueller", "p"),
            ("محمد", "q"),
            ("pipaluk aqqaluk", "r"),
        ):
            assert printed("chain", path, name)["from"] == post

    def test_json_to_the_top(self):
        found = printed("chain", AALBORG, "leder-rusmiddelafsnittet")
        assert list(found) == ["from", "to", "chain", "common_leader"]
        ends = (found["from"], found["to"], found["common_leader"])
        assert ends == ("leder-rusmiddelafsnittet", None, None)
        assert [step["id"] for step in found["chain"]] == [
            "leder-rusmiddelafsnittet",
            "centerchefer-oevrige",
            "chef-voksensocial",
            "direktoer",
            "raadmand",
        ]
        assert found["chain"][0] == {
            "id": "leder-rusmiddelafsnittet",
            "title": "Leder af Rusmiddelafsnittet",
            "holder": "Mette Havemann",
            "unit": "Rusmiddelafsnittet",
        }
        assert found["chain"][2]["holder"] is None

    def test_json_between_two(self):
        found = printed("chain", AALBORG, "Christina Tange", "--to", "Denise Bakholm")
        assert found["common_leader"] == "chef-boern-og-familie"
        assert [step["id"] for step in found["chain"]] == [
            "centerchef-midtvest",
            "chef-boern-og-familie",
            "centerchef-tvaerfaglig-forebyggelse",
        ]

    def test_json_between_two_without_a_common_leader(self):
        found = printed("chain", AALBORG, "direktoer", "--to", "dagtilbudschef")
        ends = (found["to"], found["chain"], found["common_leader"])
        assert ends == ("dagtilbudschef", [], None)

    def test_the_table_says_which_steps_are_stated_and_which_inferred(self):
        lines = run("chain", AALBORG, "Mette Havemann").output.splitlines()
        assert ["afledt" in line for line in lines[1:]] == [True, False, False, True, False]
        assert ["står i kilden" in line for line in lines[1:]] == [False, True, True, False, False]

    def test_a_name_that_fits_several_lists_them(self):
        result = run("chain", AALBORG, "Afdelingschef")
        assert result.exit_code == 2
        assert "chef-voksensocial: Afdelingschef, Voksensocialafdelingen, Opslået" in result.output
        assert "chef-boern-og-familie" in result.output

    def test_a_name_that_fits_nothing_offers_the_nearest(self):
        result = run("chain", AALBORG, "Mette Havemand", "--lang", "en")
        assert result.exit_code == 2
        assert "there is no post “Mette Havemand”: did you mean “Mette Havemann”" in result.output

    def test_a_folder_with_one_file_stands_for_it(self, tmp_path):
        shutil.copy(AALBORG, tmp_path)
        assert run("chain", str(tmp_path), "direktoer").exit_code == 0

    def test_a_folder_with_several_files_does_not(self, tmp_path):
        for name in "ab":
            (tmp_path / f"{name}.yaml").write_text(HEAD)
        assert run("chain", str(tmp_path), "x").exit_code == 2


class TestCheck:
    def test_a_good_file_exits_with_0_and_shows_findings(self):
        result = run("check", str(DATA), "--lang", "en")
        assert result.exit_code == 0
        assert "note: two-spellings: jobcenterchef" in result.output
        assert result.output.endswith("4 files, 0 errors\n")

    def test_another_date_is_asked_for_and_overlaps_are_found_on_any(self, tmp_path):
        path = written(
            tmp_path,
            "  - {id: a, name: A, kind: k, leader:"
            " {id: l, title: L, holder: [{name: N, to: 2026-07-15}, {name: O, from: 2026-07-01}]},"
            " positions: [{id: p, title: P, seats: 2, holder: [Q, {name: R, from: 2027}]}]}\n",
        )
        overlap = (
            "too-many-holders: l: L has one seat and 2 holders from 1 July 2026 to 15 July 2026."
        )
        for date, is_open in (([], True), (["--date", "2027-01-01"], False)):
            result = run("check", path, "--lang", "en", *date)
            assert result.exit_code == 0
            assert overlap in result.output
            assert ("seats-open: p" in result.output) == is_open
        assert run("check", path, "--date", "soon").exit_code == 2

    def test_a_finding_about_many_names_the_first_few(self, tmp_path):
        posts = ", ".join(f"{{id: p{n}, title: T}}" for n in range(9))
        path = written(tmp_path, f"  - {{id: a, name: A, kind: k, positions: [{posts}]}}\n")
        output = english("check", path)
        assert "several-roots: p0, p1, p2, p3, p4, p5 and 3 more: " in output

    def test_a_finding_about_several_alike_entries_is_one_with_all_of_them(self):
        found = printed("check", AALBORG, "--lang", "en")["findings"]
        (chairs,) = [one for one in found if one["code"] == "group-without-chair"]
        count = len(chairs["entities"])
        assert chairs["entity"] == chairs["entities"][0]
        assert chairs["message"] == f"It is not stated who chairs {count} groups."
        assert f"and {count - 6} more: It is not" in english("check", AALBORG)

    def test_an_error_exits_with_1_and_is_printed_with_its_place(self):
        result = run("check", BROKEN, "--lang", "en")
        assert result.exit_code == 1
        assert (
            f"{BROKEN}:5:1: unknown-key: there is no key “descripton” here: did you"
            in result.output
        )

    def test_json_of_an_error(self):
        result = run("check", BROKEN, "--format", "json", "--lang", "en")
        assert result.exit_code == 1
        assert json.loads(result.output) == {
            "errors": [
                {
                    "file": BROKEN,
                    "line": 5,
                    "column": 1,
                    "code": "unknown-key",
                    "message": "there is no key “descripton” here: did you mean “description”?",
                }
            ],
            "findings": [],
        }

    def test_json_of_findings(self):
        found = printed("check", AALBORG, "--lang", "en")
        assert found["errors"] == []
        (spelling,) = [
            finding
            for finding in found["findings"]
            if finding["code"] == "two-spellings" and finding["entity"] == "jobcenterchef"
        ]
        assert spelling == {
            "code": "two-spellings",
            "severity": "note",
            "entity": "jobcenterchef",
            "entities": ["jobcenterchef"],
            "message": "Jesper Dalgaard is also spelled Jesper Dahlgaard.",
            "sources": [
                {
                    "source": "jobprofiler",
                    "file": "004_e9c2d6e79fa6dfc1.txt",
                    "place": "472",
                    "words": "Jesper Dalgaard, jobcenterchef",
                },
                {
                    "source": "jobprofiler",
                    "file": "004_e9c2d6e79fa6dfc1.txt",
                    "place": "977",
                    "words": "Jesper Dahlgaard, Jobcenterchef, Job og Social",
                },
            ],
        }

    def test_several_files_are_checked_together(self):
        result = run("check", AALBORG, BROKEN, "--format", "json")
        assert result.exit_code == 1
        found = json.loads(result.output)
        assert len(found["errors"]) == 1
        assert found["findings"]

    def test_a_file_that_is_not_there(self, tmp_path):
        result = run("check", str(tmp_path / "nope.yaml"), "--lang", "en")
        assert result.exit_code == 1
        assert "not-found: there is no such file: check the path" in result.output


@pytest.mark.parametrize("command", ["spans", "chain"])
def test_questions_to_a_broken_file_exit_with_1(command):
    result = run(command, BROKEN, *(["x"] if command == "chain" else []))
    assert result.exit_code == 1
    assert "unknown-key" in result.output


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["spans"], ["chain", AALBORG], ["spans", AALBORG, "--lang", "de"], ["x"]],
)
def test_wrong_usage_exits_with_2(arguments):
    assert run(*arguments).exit_code == 2


def test_schema_prints_what_is_shipped():
    assert run("schema").output == (DATA / "organisation.schema.json").read_text(encoding="utf-8")


class TestInstalled:
    """The command as it is installed, with `serve`."""

    COMMAND = Path(sys.executable).parent / "orgmodel"

    @pytest.mark.slow
    def test_a_terminal_without_the_letters_is_no_reason_to_stop(self):
        output = subprocess.run(
            [self.COMMAND, "chain", AALBORG, "direktoer"],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
        ).stdout
        assert "R\\xe5dmand for Job og Social" in output

    @contextmanager
    def served(self, *options):
        """The first line that a server prints, while it runs."""
        command = [str(self.COMMAND), "serve", str(DATA), "--port", "0", *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                yield process.stdout.readline()
            finally:
                process.terminate()

    @pytest.mark.slow
    def test_serves_and_says_where(self):
        with self.served() as line:
            assert line.startswith("serving 4 organisations on http://127.0.0.1:")

    @pytest.mark.slow
    def test_serves_without_names_and_says_who_answers(self):
        with self.served("--without-names", "--owner", "Eksempel Kommune") as line:
            pages = [
                urllib.request.urlopen(f"{line.split()[-1]}{page}").read().decode()  # noqa: S310
                for page in ("aalborg/", "accessibility?lang=da")
            ]
        assert "Direktør" in pages[0]
        assert "Lund Kristensen" not in pages[0]
        assert "Eksempel Kommune arbejder for" in pages[1]

    @pytest.mark.slow
    @pytest.mark.parametrize("arguments", [["/nonexistent"], [str(DATA), "--port", "99999"]])
    def test_refuses_what_it_cannot_serve(self, arguments):
        result = subprocess.run(
            [self.COMMAND, "serve", *arguments], capture_output=True, text=True, check=False
        )
        assert result.returncode == 2
        assert "Error" in result.stderr


class TestSpansAsAFile:
    @pytest.mark.parametrize(("ending", "status"), [("csv", 0), ("txt", 2)])
    def test_leaders_are_written_as_csv_and_another_ending_is_refused(
        self, tmp_path, ending, status
    ):
        target = tmp_path / f"spans.{ending}"
        result = run("spans", str(DATA / "silkeborg.yaml"), "-o", str(target))
        assert (result.exit_code, target.exists()) == (status, status == 0)
        if target.exists():
            assert "Sundheds- og omsorgschef" in target.read_text(encoding="utf-8-sig")
