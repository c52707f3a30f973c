"""`orgmodel import`: what it prints, writes and refuses."""

import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from orgmodel import load
from orgmodel.cli import main

CSV = "id,reports_to,title,name,E-mail\n1,,Direktør,Bo,a@b.DK\n2,1,Chef,Vakant,\n3,9,Chef,Eva,\n2,1,Chef,Ib,\n,,,,\n"

LOST = 3  # the exit code, since one of the two lines has no target


def english(*arguments):
    return run(*arguments, "--lang", "en")


def written(tmp_path, text, name="a.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path):
    return written(tmp_path, CSV, "vores kommune-2026-02.csv")


def run(*arguments):
    return CliRunner().invoke(main, ["import", *map(str, arguments)])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "da",
            [
                "5 rækker læst = 4 i modellen + 0 udeladt, se nedenfor + 1 tomme",
                "4 rækker i modellen = 3 poster + 1 rækker, der deler en af dem",
                "superior-unknown: refererer til en stilling, der ikke findes",
                "  række 4: 3 → 9",
                "E-mail",
                "1 af 2 referencelinjer gik tabt: diagrammet og dets ledelsesspænd er ufuldstændige\n",
            ],
        ),
        (
            "en",
            [
                "5 rows read = 4 in the model + 0 left out below + 1 blank",
                "4 rows in the model = 3 entries + 1 rows that share one of them",
                "job-share: one post in several rows",
                "  row 5: 2, with row 3",
                "As of: 2026-02, from the name of the file",
                "1 of 2 reporting lines were lost: the chart and its spans are incomplete\n",
            ],
        ),
    ],
)
def test_prints_counts_that_add_up_and_what_was_noted(file, language, words):
    result = run(file, "--lang", language)
    assert result.exit_code == LOST
    for word in words:
        assert word in result.output
    assert sorted(file.parent.iterdir()) == [file]


def test_writes_a_data_file_that_reads_back(file, tmp_path):
    target = tmp_path / "organisation.yaml"
    result = run(file, "-o", target, "--id", "min", "--name", "Min", "--as-of", "2026-05")
    assert result.exit_code == LOST
    data = load(target)
    assert (data.id, data.name.da, str(data.record.as_of)) == ("min", "Min", "2026-05")
    assert list(data.positions) == ["1", "2", "3"]
    assert data.positions["2"].seats == 2
    assert data.positions["2"].evidence.whole[0].place == "3"


def test_json_and_the_report_say_the_same(file, tmp_path):
    report = tmp_path / "report.json"
    result = run(file, "--format", "json", "--report", report)
    printed = json.loads(result.output)
    assert list(printed) == ["organisation", "name", "as_of", "written", "report"]
    assert printed["organisation"] == "vores-kommune"
    assert printed["written"] is None
    assert printed["report"] == json.loads(report.read_text(encoding="utf-8"))
    # of five rows one is blank, and two are one post with two seats
    assert list(printed["report"]["counts"].items()) == [
        ("rows_read", 5), ("rows_in_model", 4), ("rows_left_out", 0), ("rows_blank", 1),
        ("posts", 3), ("rows_shared", 1), ("seats", 4),
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names there are text")
@pytest.mark.parametrize("output", ["json", "table"])
def test_names_that_are_not_utf8(tmp_path, output):
    path, target, report = (
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xf8." + end))
        for end in (b"csv", b"yaml", b"json")
    )
    path.write_text(CSV, encoding="utf-8")
    arguments = (path, "-o", target, "--report", report, "--format", output, "--lang", "en")
    result = run(*arguments)
    assert result.exit_code == LOST
    said = json.loads(report.read_text(encoding="utf-8"))
    assert said["files"][0]["name"] == r"\xf8.csv"
    assert load(target).id == "ø"
    if output == "json":
        printed = json.loads(result.output)
        assert (printed["written"], printed["report"]) == (rf"{tmp_path}/\xf8.yaml", said)
    else:
        assert rf"Written to {tmp_path}/\xf8.yaml" in result.output
    again = run(*arguments)
    assert again.exit_code == 2
    assert r"\xf8.yaml is there already" in again.output


class TestLostLines:
    """What the exit status and the last line say of them, and that the data say it too."""

    @staticmethod
    def sheet(tmp_path, kept, lost, more=""):
        rows = [f"k{n},top,A\n" for n in range(kept)] + [f"l{n},B{n},A\n" for n in range(lost)]
        return written(tmp_path, "id,reports_to,title\ntop,,T\n" + "".join(rows) + more)

    @pytest.mark.parametrize(
        ("kept", "lost", "status", "words"),
        [
            (9, 0, 0, None),
            (9, 1, 0, "1 of 10 reporting lines were lost"),
            (48, 12, LOST, "12 of 60 reporting lines were lost"),
            (0, 1, LOST, "1 of 1 reporting line was lost"),
        ],
    )
    def test_more_than_a_tenth_of_them_is_an_exit_status(
        self, tmp_path, kept, lost, status, words
    ):
        path, target = self.sheet(tmp_path, kept, lost), tmp_path / "o.yaml"
        result = english(path, "-o", target)
        assert result.exit_code == status
        last = result.output.splitlines()[-1]
        assert last.startswith(words or "Written to")
        printed = run(path, "--lang", "en", "--format", "json")
        report = json.loads(printed.output)["report"]
        assert printed.exit_code == status
        assert report["lines"] == {"stated": kept + lost, "lost": lost}
        assert (report["headline"] or "Written to").startswith(words or "Written to")
        checked = CliRunner().invoke(main, ["check", str(target), "--lang", "en"])
        assert checked.output.count("warning: line-lost: ") == lost

    def test_a_row_that_is_not_read_loses_its_line_too(self, tmp_path):
        result = english(self.sheet(tmp_path, 3, 0, "x,top,A,more,cells\n"))
        assert result.exit_code == LOST
        assert "1 of 4 reporting lines were lost" in result.output

    def test_a_post_that_is_gone_had_no_line_to_lose(self, tmp_path):
        rows = "1,,A,Bo\n2,1,B,nedlagt\n3,1,B,Eva\n"
        result = run(written(tmp_path, f"id,reports_to,title,name\n{rows}"))
        assert result.exit_code == 0
        assert "gik tabt" not in result.output

    @pytest.mark.parametrize(
        "heading", ["ManagerNumber", "Leders medarbejdernr.", "Parent position"]
    )
    def test_a_column_of_superiors_that_is_not_known_loses_all(self, tmp_path, heading):
        path = written(tmp_path, f"Employee ID;{heading};Job Title\n1;;A\n2;1;B\n3;2;C\n")
        found = json.loads(english(path, "--format", "json").output)["report"]
        if found["files"][0]["taken"].get("reports_to") == heading:
            assert found["lines"] == {"stated": 2, "lost": 0}
        else:
            assert found["notes_by_code"]["superiors-not-taken"] == 1
            assert found["lines"] == {"stated": 2, "lost": 2}

    @pytest.mark.parametrize("heading", ["Lokale", "Lederniveau"])
    def test_numbers_that_ids_are_too_are_no_superiors(self, tmp_path, heading):
        text = f"id;{heading};title\n11;1;A\n12;2;B\n13;11;C\n"
        assert run(written(tmp_path, text)).exit_code == 0


@pytest.mark.slow
def test_of_many_notes_only_the_first_are_printed_and_all_are_reported(tmp_path):
    report = tmp_path / "r.json"
    rows = "".join(f"{n},x{n},A\n" for n in range(1234))
    path = written(tmp_path, "id,reports_to,title\n" + rows)
    result = english(path, "--report", report)
    assert result.output.count("→ x") == 20
    assert "… and 1,214 more" in result.output
    assert json.loads(report.read_text())["notes_by_code"]["superior-unknown"] == 1234


class TestWrongData:
    def test_is_refused_with_everything_that_is_wrong(self, tmp_path):
        path = written(tmp_path, "navn;afdeling\nBo;A\n")
        result = english(path, "-o", tmp_path / "o.yaml")
        assert result.exit_code == 1
        assert result.output.count("import-no-column") == 2
        assert "a.csv:1:1" in result.output
        assert not (tmp_path / "o.yaml").exists()

    @pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
    )
    def test_is_what_may_not_be_read(self, file):
        file.chmod(0)
        result = run(file)
        assert result.exit_code == 1
        assert "import-not-readable: filen kan ikke læses" in result.output

    def test_is_json_too(self, tmp_path):
        result = run(tmp_path / "no.csv", "--format", "json")
        assert result.exit_code == 1
        (error,) = json.loads(result.output)["errors"]
        assert error["code"] == "import-not-readable"

    def test_more_than_a_data_file_holds_is_refused_before_writing(
        self, file, tmp_path, monkeypatch
    ):
        monkeypatch.setattr("orgmodel.reading.documents.MAX_NODES", 10)
        result = english(file, "-o", tmp_path / "o.yaml")
        assert result.exit_code == 1
        assert "orgmodel.import_files" in result.output
        assert not (tmp_path / "o.yaml").exists()
        assert run(file).exit_code == LOST

    @pytest.mark.parametrize("place", ["no/o.yaml", "vores kommune-2026-02.csv/o.yaml", "x" * 300])
    def test_a_place_that_cannot_be_written_to(self, file, tmp_path, place):
        for options in (["-o"], ["--report"], ["-o", tmp_path / "o.yaml", "--report"]):
            result = english(file, *options, tmp_path / place)
            assert result.exit_code == 1
            assert "cannot be written" in result.output
            assert list(tmp_path.iterdir()) == [file]

    def test_a_folder_or_a_pipe_is_not_replaced(self, file, tmp_path):
        target = tmp_path / "there"
        kinds = [os.mkdir, os.mkfifo] if hasattr(os, "mkfifo") else [os.mkdir]
        for n, make in enumerate(kinds):
            path = target.with_suffix(f".{n}")
            make(path)
            before = path.stat()
            result = english(file, "-o", path, "--force")
            assert result.exit_code == 1
            assert "cannot be written" in result.output
            assert path.stat() == before

    def test_a_link_to_itself(self, file, tmp_path):
        link = tmp_path / "link"
        link.symlink_to("link")
        result = run(link)
        assert result.exit_code == 1
        assert "import-not-readable" in result.output
        assert run(file, "-o", link).exit_code == 2
        assert link.is_symlink()


class TestWrongUsage:
    @pytest.mark.parametrize(
        "arguments",
        [("--id", "Not An Id"), ("--as-of", "May"), ("--format", "xml")]
        + [("--name", name) for name in (" ", "A\u202eB", "x" * 301)],
    )
    def test_is_refused(self, file, arguments):
        assert run(file, *arguments).exit_code == 2

    def test_a_file_is_needed(self):
        assert run().exit_code == 2

    def test_nothing_is_replaced_unless_told_to(self, file, tmp_path):
        there = tmp_path / "there.yaml"
        there.write_text("mine")
        for option in ("-o", "--report"):
            result = run(file, option, there)
            assert (result.exit_code, there.read_text()) == (2, "mine")
            assert "--force" in result.output
        assert run(file, "-o", there, "--force").exit_code == LOST
        assert load(there).id == "vores-kommune"

    def test_what_is_read_is_never_written_over(self, file, tmp_path):
        assert run(file, "-o", file, "--force").exit_code == 2
        assert run(file, "-o", tmp_path / "o", "--report", tmp_path / "o").exit_code == 2
        assert file.read_text(encoding="utf-8") == CSV
