"""Organograms as published: counted once more with the csv module alone."""

import csv
import math
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from orgmodel import InvalidOrganisation, import_files, loads
from orgmodel.reading.writing import write_organisation

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "organograms"
SENIORS = sorted(FOLDER.glob("*-senior.csv"))
published = pytest.mark.skipif(not SENIORS, reason="the published files are not here")
SENIOR = (
    "Post Unique Reference,Name,Grade,Job Title,Unit,Organisation,Reports to Senior Post,FTE\n"
)
JUNIOR = "Organisation,Unit,Reporting Senior Post,Grade,Generic Job Title,Number of Posts in FTE\n"


def pair(tmp_path, senior, junior=None):
    """What comes of a file of senior posts, alone or with one of junior posts."""
    paths = [tmp_path / "body-2020-03-31-senior.csv"]
    paths[0].write_text(SENIOR + senior, encoding="utf-8")
    if junior is not None:
        # The other first: what a file is shows by its headings.
        paths.insert(0, tmp_path / "b.csv")
        paths[0].write_text(JUNIOR + junior, encoding="utf-8")
    return import_files(paths, as_of="2020")


def rows_of(path):
    """The rows of a published file by number, as plain text."""
    with path.open(encoding="utf-8", newline="") as file:
        return dict(enumerate(csv.DictReader(file), 2))


def both(senior):
    """A published file of senior posts, and the one of its junior posts."""
    return [senior, senior.with_name(senior.name.replace("senior", "junior"))]


def posts_of(imported, source):
    wanted = ("reference", "id", "reports_to", "source", "row", "seats", "fte", "title")
    columns = [imported.columns.values(name) for name in wanted]
    for values in zip(*columns, strict=True):
        row = dict(zip(wanted, values, strict=True))
        if row["source"] == source:
            yield row | {"key": row["reference"] or row["id"]}


@published
@pytest.mark.parametrize("senior", SENIORS, ids=lambda path: path.stem.removesuffix("-senior"))
class TestPublished:
    def test_rows_add_up(self, senior):
        report = import_files(both(senior)).report
        assert [file.rows for file in report.files] == [len(rows_of(one)) for one in both(senior)]
        left_out = [note for note in report.notes if note.leaves_out]
        shared = [note for note in report.notes if note.code == "job-share"]
        assert report.rows_read == report.posts + len(shared) + len(left_out)
        assert report.rows_blank == 0

    def test_direct_reports_are_those_of_a_plain_count(self, senior):
        imported = import_files([senior])
        gone = {note.row for note in imported.report.notes if note.leaves_out}
        there = {number: row for number, row in rows_of(senior).items() if number not in gone}
        counted = Counter(row["Reports to Senior Post"].strip() for row in there.values())
        ids = {row["Post Unique Reference"].strip() for row in there.values()}
        by_id = Counter[str]()
        reports = imported.columns.forest.sums_of_reports(imported.columns.seats)
        for key, number in zip(keys(imported), reports.tolist(), strict=True):
            by_id[key] += number
        assert {key: by_id[key] for key in ids if by_id[key]} == {
            key: counted[key] for key in ids if counted[key]
        }

    @pytest.mark.slow
    def test_full_time_equivalents_are_those_of_a_plain_sum(self, senior):
        imported = import_files(both(senior))
        stated = defaultdict(list)
        for row in rows_of(both(senior)[1]).values():
            stated[row["Reporting Senior Post"].strip()].append(
                float(row["Number of Posts in FTE"])
            )
        gone = {
            note.params["reference"]
            for note in imported.report.notes
            if note.code in {"superior-left-out", "superior-unknown"}
        }
        key_of = dict(zip(imported.columns.values("id"), keys(imported), strict=True))
        found = defaultdict(list)
        for post in posts_of(imported, 1):
            if post["reports_to"] is not None:
                found[key_of[post["reports_to"]]].append(post["fte"])
            assert post["seats"] == max(1, math.ceil(post["fte"]))
        for key in stated.keys() | found.keys():
            if key not in gone:
                assert math.fsum(found[key]) == pytest.approx(math.fsum(stated[key]))

    @pytest.mark.slow
    def test_what_is_written_reads_back(self, senior):
        organisation = import_files(both(senior)).organisation()
        read = loads(write_organisation(organisation))
        assert dict(read.lines) == dict(organisation.lines)
        assert read.record.positions[0].fte == organisation.record.positions[0].fte
        assert read.seats == organisation.seats
        assert read.record.units == organisation.record.units

    def test_nobody_is_called_by_a_word_that_is_no_name(self, senior):
        names = set(import_files([senior]).columns.values("holder")) - {None}
        assert names.isdisjoint({"N/D", "Vacant", "Vacant ", "Eliminated", ""})


def keys(imported):
    """How the file calls each post."""
    columns = (imported.columns.values(name) for name in ("reference", "id"))
    return [reference or post_id for reference, post_id in zip(*columns, strict=True)]


class TestSenior:
    def test_a_row_is_a_post(self, tmp_path):
        found = pair(tmp_path, "1,Bo,SCS3,Top,U,Body,XX,1.0\nA2,N/D,SCS1,Deputy,U,Body,1,0.8\n")
        assert found.columns.values("id") == ["1", "a2"]
        assert found.columns.values("reports_to") == [None, "1"]
        assert found.columns.values("holder") == ["Bo", None]
        assert found.columns.values("fte") == [1.0, 0.8]
        assert found.columns.seats.tolist() == [1, 1]
        assert (found.columns.name, found.columns.id) == ("Body", "body")

    def test_a_post_that_is_gone_is_none_and_a_share_is_one(self, tmp_path):
        found = pair(
            tmp_path,
            "1,Bo,,Top,U,Body,XX,1\n2,Eva,,D,U,Body,1,0.5\n2,Ib,,D,U,Body,1,0.5\n"
            "3,Eliminated,,E,U,Body,1,0\n4,Lis,,F,U,Body,3,1\n",
        )
        assert found.columns.values("id") == ["1", "2", "4"]
        assert found.columns.values("seats") == [1, 2, 1]
        assert found.columns.values("fte") == [1, 1, 1]
        codes = [note.code for note in found.report.notes if note.row]
        assert codes == ["post-abolished", "job-share", "superior-left-out"]

    def test_without_fte_stays_open(self, tmp_path):
        found = pair(tmp_path, "1,Bo,,Top,U,Body,XX,\n2,Ib,,D,U,Body,1,part\n")
        assert "fte" not in found.columns.table
        assert [note.code for note in found.report.notes if note.row] == ["fte-unclear"]


class TestJunior:
    def test_heads_are_the_least_that_the_equivalents_take(self, tmp_path):
        found = pair(
            tmp_path,
            "1,Bo,,Top,U,Body,XX,1\n",
            "Body,U,1,G,Clerk,2.3\nBody,U,1,G,Clerk,0.4\nBody,U,1,G,Cook,3\nBody,U,1,G,Temp,0\n"
            "Body,U,1,G,Aide,?\nBody,U,9,G,Lost,1\n",
        )
        table = found.columns.table.filter(found.columns.table["source"] == 0)
        assert table.select("id", "reports_to", "seats", "seats_at_least", "fte").rows() == [
            ("junior-2", "1", 3, True, 2.3),
            ("junior-3", "1", 1, True, 0.4),
            ("junior-4", "1", 3, True, 3.0),
            ("junior-6", "1", 1, True, None),
            ("junior-7", None, 1, True, 1.0),
        ]
        assert [(note.code, note.row) for note in found.report.notes if note.row] == [
            ("no-posts", 5),
            ("fte-unclear", 6),
            ("superior-unknown", 7),
        ]
        assert "heads-not-stated" in {note.code for note in found.report.notes}


class TestFilesTogether:
    @pytest.mark.parametrize(
        ("texts", "code"),
        [
            ([JUNIOR + "B,U,1,G,T,1\n"], "import-no-senior"),
            ([SENIOR + "1,,,T,U,B,XX,1\n"] * 2, "import-mixed"),
            ([SENIOR + "1,,,T,U,B,XX,1\n", "id,title\n1,A\n"], "import-mixed"),
            ([SENIOR.replace("Job Title", "J") + "1,,,T,U,B,XX,1\n"], "import-no-column"),
            ([SENIOR], "import-no-rows"),
        ],
    )
    def test_must_belong_together(self, tmp_path, texts, code):
        paths = [tmp_path / f"{n}.csv" for n in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text)
        with pytest.raises(InvalidOrganisation) as caught:
            import_files(paths)
        assert [problem.code for problem in caught.value.problems] == [code]
