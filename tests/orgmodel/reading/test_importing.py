"""Plain tables: every row is in the model or in the report, whatever the file looks like."""

import csv
import io
import os
import re
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import InvalidOrganisation, findings, import_files, loads
from orgmodel.model.statuses import Status
from orgmodel.reading.importing.decoding import MAX_MIB
from orgmodel.reading.importing.headings import find_roles
from orgmodel.reading.importing.refusals import REFUSALS
from orgmodel.reading.importing.report import LONGEST_TEXT, NOTE_KINDS
from orgmodel.reading.writing import write_organisation
from tests.series import series

FORMAT = Path(__file__).resolve().parents[3] / "data" / "README.md"


def table(tmp_path, text, *, file="kommune.csv", encoding="utf-8", **options):
    """What comes of importing a file with this text."""
    path = tmp_path / file
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return import_files([path], **options)


def rows(headings, cells):
    """A table of numbered rows: the headings, then a pattern of what follows the number, and values."""
    pattern, values = cells
    delimiter = headings[2]
    lines = (f"{n}{delimiter}{pattern.format(value)}" for n, value in enumerate(values))
    return "\n".join((headings, *lines)) + "\n"


def column(imported, name):
    return imported.columns.values(name)


def notes(imported):
    """The code and row of every note that is about a row."""
    return [(note.code, note.row) for note in imported.report.notes if note.row is not None]


def lines(imported):
    return dict(zip(column(imported, "id"), column(imported, "reports_to"), strict=True))


def refusals(tmp_path, *texts):
    paths = []
    for n, text in enumerate(texts):
        path = tmp_path / f"f{n}.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        paths.append(path)
    with pytest.raises(InvalidOrganisation) as caught:
        import_files(paths)
    return [(problem.location.file, problem.code) for problem in caught.value.problems]


class TestHeadings:
    @pytest.mark.parametrize(
        ("headings", "found"),
        [
            (["id", "reports_to", "name", "title", "unit", "headcount", "fte"], "0132456"),
            (["Stillings-ID", "Nærmeste leder", "STILLING", "Navn", "Enhed"], "01234"),
            (["Titel", "Årsværk", "nr", "Refererer_til", "antal ansatte"], "23041"),
            (["Position ID", "Manager ID", "Job Title", "Full Name", "Department"], "01234"),
            (["Unique ID", "Reports To", "Role Title", "Name", "Organisation"], "01234"),
            (["PersonID", "parentId", "Stillingsbetegnelse", "Medarbejder", "Afdeling"], "01234"),
            (["uniqueId", "pid", "Title"], "012"),
        ],
    )
    def test_are_found_in_both_languages(self, headings, found):
        places = find_roles(headings).places
        roles = ("id", "reports_to", "title", "name", "unit", "headcount", "fte")
        assert "".join(str(places[role]) for role in roles if role in places) == found

    def test_the_surest_of_several_is_taken_and_the_others_are_named(self):
        columns = find_roles(["Title", "id", "Job Title", "Organisation", "Unit", "", "Løn"])
        assert columns.places == {"id": 1, "title": 0, "unit": 4}
        assert columns.unused == ("Job Title", "Organisation", "(6)", "Løn")

    def test_contact_data_and_personal_numbers_are_dropped(self, tmp_path):
        found = table(
            tmp_path, "id,title,E-mail,Telefon,CPR-nr,Note\n1,Chef,a@b.DK,12345678,010170-1234,x\n"
        )
        (file,) = found.report.files
        assert file.private == ("E-mail", "Telefon", "CPR-nr")
        assert file.unused == ("Note",)
        assert "columns-private" in {note.code for note in found.report.notes}


class TestFormats:
    ROWS = (("nr", "refererer til", "titel"), ("1", "", "Direktør"), ("2", "1", "Køkkenleder"))

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_are_found_by_looking(self, tmp_path, delimiter, encoding):
        text = "\r\n".join(delimiter.join(row) for row in self.ROWS)
        found = table(tmp_path, text, encoding=encoding)
        assert column(found, "title") == ["Direktør", "Køkkenleder"]
        assert lines(found) == {"1": None, "2": "1"}

    def test_bytes_of_windows_in_a_file_of_utf8(self, tmp_path):
        text = "id,title\n1,Køkken\n".encode() + "2,Æresmedlem\n".encode("cp1252")
        found = table(tmp_path, text)
        assert column(found, "title") == ["Køkken", "Æresmedlem"]
        assert found.report.files[0].encoding == "UTF-8, Windows-1252"

    @pytest.mark.parametrize(
        ("text", "titles", "rows"),
        [
            # a line for Excel, and blank lines above and below it
            ("\n\nsep=;\nid;titel\n1;Chef, A\n", ["Chef, A"], [4]),
            ("\r\nsep=;\r\n\r\nid;titel\r\n1;A\r\n", ["A"], [4]),
            pytest.param(
                "\n" * 10**6 + "id,title\n1,A\n", ["A"], [10**6 + 2], id="many blank lines"
            ),
            # old line ends, line ends in cells, and carriage returns among other line ends
            ("id,title\r1,A\r2,B\r", ["A", "B"], [2, 3]),
            ('id,title\n1,"A\nB"\n2,C\n', ["A B", "C"], [2, 3]),
            ("id,title,name,fte\n1,A\r2,B\n3,C\n", ["A", "B", "C"], [2, 3, 4]),
            ("id,title,name,fte\r1,A\r2,B\n3,C\r\n", ["A", "B", "C"], [2, 3, 4]),
            ('id,title,name,fte\n1,"A"\r2,B\n3,C\n', ["A", "B", "C"], [2, 3, 4]),
            # quotation marks that are text, and what looks like a formula
            ('id,title\n1,4" pipes\n2,"a ""b"" c"\n', ['4" pipes', 'a "b" c'], [2, 3]),
            ("id,title\n1,=1+1\n", ["=1+1"], [2]),
        ],
    )
    def test_rows_are_numbered_as_spreadsheets_do(self, tmp_path, text, titles, rows):
        found = table(tmp_path, text)
        assert (column(found, "title"), column(found, "row")) == (titles, rows)

    @pytest.mark.slow
    def test_headings_too_long_to_be_one_cell(self, tmp_path):
        more = ",".join(f"Måned {n:05}" for n in range(15_000))
        found = table(tmp_path, f"id,title,{more}\n1,A\n")
        assert (column(found, "title"), len(found.report.files[0].unused)) == (["A"], 15_000)

    def test_headings_are_shown_as_text(self, tmp_path):
        found = table(tmp_path, '"id\x1b[1m","Titel\n ",\u202eid,' + "x" * 1000 + "\n1,A,2,3\n")
        (file,) = found.report.files
        assert file.taken == {"id": "id", "title": "Titel"}
        assert file.unused == ("id [1m", "x" * 300)

    def test_many_columns(self, tmp_path):
        head = ",".join(["id", "title", *(f"c{n}" for n in range(198))])
        found = table(tmp_path, f"{head}\n" + ",".join(["a"] * 200) + "\n")
        assert (len(found.columns), len(found.report.files[0].unused)) == (1, 198)

    @pytest.mark.parametrize(
        ("title", "read", "code"),
        [
            pytest.param("x" * 200_000, "x" * 299 + "…", "text-shortened", id="a huge cell"),
            ("A\u200bB\x07\u202e \u00a0 C", "AB C", "text-cleaned"),
        ],
    )
    def test_what_a_text_cannot_hold_is_taken_out(self, tmp_path, title, read, code):
        found = table(tmp_path, f"id,title\n1,{title}\n")
        assert (column(found, "title"), notes(found)) == ([read], [(code, 2)])


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            (b"", ["import-empty"]),
            ("\n \n", ["import-empty"]),
            (bytes(range(256)), ["import-not-text"]),
            ("id,title\n1\0,x\n", ["import-not-text"]),
            ("id,title\n", ["import-no-rows"]),
            ("name,title\nBo,Chef\n", ["import-no-column"]),
            ("name;leder\nBo;1\n", ["import-no-column"] * 2),
            ('id,title\n1,"A\n2,B\n', ["import-not-csv"]),
            ('id,title\n1,"A\n2,B\n3,C"x\n4,D\n', ["import-not-csv"]),
            pytest.param("x" * 200_000 + "\n1\n", ["import-not-csv"], id="a huge heading"),
        ],
    )
    def test_say_what_is_wrong(self, tmp_path, text, codes):
        assert refusals(tmp_path, text) == [("f0.csv", code) for code in codes]

    def test_name_every_file_and_its_columns(self, tmp_path):
        assert refusals(tmp_path, "", "id,title\n1,A\n", "x,y\n1,2\n") == [
            ("f0.csv", "import-empty"),
            ("f2.csv", "import-no-column"),
            ("f2.csv", "import-no-column"),
        ]
        with pytest.raises(InvalidOrganisation, match="the columns are x, y: call one of them id"):
            table(tmp_path, "x,y\n1,2\n")

    def test_a_file_that_is_not_there_or_a_link_to_itself(self, tmp_path):
        (tmp_path / "a.csv").symlink_to("a.csv")
        for name in ("no.csv", "a.csv"):
            with pytest.raises(InvalidOrganisation, match="import-not-readable"):
                import_files([tmp_path / name])

    def test_what_is_no_ordinary_file(self, tmp_path):
        paths = [tmp_path / "a", tmp_path / "b"]
        make_second = os.mkfifo if hasattr(os, "mkfifo") else os.mkdir
        paths[0].mkdir()
        make_second(paths[1])
        with pytest.raises(InvalidOrganisation) as caught:
            import_files(paths)
        assert [(one.location.file, one.code) for one in caught.value.problems] == [
            ("a", "import-not-a-file"),
            ("b", "import-not-a-file"),
        ]

    def test_more_than_memory_is_sure_to_hold(self, tmp_path, monkeypatch):
        for text in (
            "," * 100_001 + "id,title\n1,A\n",
            "id,title\n" + "," * 100_001 + "\n",
            "id,title\n1,A\n" + "," * 100_001,
            "id,title\n" + "," * 100_001 + "\r1,A\n2,B",
        ):
            assert refusals(tmp_path, text) == [("f0.csv", "import-too-many-rows")]
        text = "id,title\n1,A\r\n2,B\r3,C"
        monkeypatch.setattr("orgmodel.reading.importing.tables.MOST_ROWS", 2)
        assert refusals(tmp_path, text) == [("f0.csv", "import-too-many-rows")]
        monkeypatch.setattr("orgmodel.reading.importing.tables.MOST_ROWS", 3)
        assert len(table(tmp_path, text).columns) == 3

    @pytest.mark.slow
    def test_headings_without_an_end(self, tmp_path):
        for text in ("id,title," + "x," * 2**20, 'id,title,"' + "x\n" * 2**20):
            assert refusals(tmp_path, text) == [("f0.csv", "import-not-csv")]

    @pytest.mark.parametrize(
        ("rows", "line", "words"),
        [
            ('1,"A\n', 2, "a quoted cell has no end"),
            ('1,A\n2,"B\n3,C\n', 3, "a quoted cell has no end"),
            ('1,"A"x\n2,"A\nB"\n', 2, "there is text after the end of a quoted cell"),
            pytest.param(
                '1,"A\n' + "x" * 200_000,
                2,
                "a cell is longer than 131,072 characters",
                id="a huge cell",
            ),
        ],
    )
    def test_say_in_words_what_is_wrong_with_a_row(self, tmp_path, rows, line, words):
        with pytest.raises(InvalidOrganisation) as caught:
            table(tmp_path, "id,title\n" + rows)
        (problem,) = caught.value.problems
        assert problem.location.line == line
        assert f"({words})" in problem.message("en")
        assert problem.message("da") != problem.message("en")
        assert words not in problem.message("da")

    def test_are_not_longer_than_one_reads(self, tmp_path):
        with pytest.raises(InvalidOrganisation) as caught:
            table(tmp_path, ",".join(f"Måned {n:05}" for n in range(10_000)) + "\n1\n")
        assert all(len(one.message("da")) < 1000 for one in caught.value.problems)

    def test_a_file_that_is_named_twice(self, tmp_path):
        (tmp_path / "a.csv").write_text("id,title\n1,A\n")
        with pytest.raises(InvalidOrganisation, match="import-twice"):
            import_files([tmp_path / "a.csv"] * 2)

    def test_what_is_asked_for_wrongly(self, tmp_path):
        for wrong in (
            {"id": "Not An Id"},
            {"as_of": "May"},
            *({"name": name} for name in (" ", "A\u202eB", "A\udcf8", "A\0", "x" * 301)),
        ):
            with pytest.raises(ValueError, match=r"."):
                table(tmp_path, "id,title\n1,A\n", **wrong)
        with pytest.raises(ValueError, match="at least one"):
            import_files([])


class TestIdentity:
    def test_comes_from_the_name_of_the_file(self, tmp_path):
        found = table(tmp_path, "id,title\n1,A\n", file="Ærø Kommune 2025-04-01.csv")
        columns = found.columns
        assert (columns.id, columns.name) == ("ærø-kommune", "Ærø Kommune")
        assert str(columns.as_of) == "2025-04-01"
        assert set(found.report.assumed) == {"id", "name", "as_of"}

    def test_a_number_that_is_no_date_is_left_alone(self, tmp_path):
        found = table(tmp_path, "id,title\n1,A\n", file="a 2011-13-45.csv")
        assert found.columns.as_of.year > 2020
        assert "last changed" in found.report.assumed["as_of"].text("en")

    def test_is_what_the_caller_says(self, tmp_path):
        found = table(tmp_path, "id,title\n1,A\n", id="a-b", name="A B", as_of="2026-05")
        assert (found.columns.id, found.columns.name) == ("a-b", "A B")
        assert (str(found.columns.as_of), found.report.assumed) == ("2026-05", {})

    def test_a_source_is_a_file_by_its_name_alone(self, tmp_path):
        (source,) = table(tmp_path, "id,title\n1,A\n").columns.sources
        assert (source.id, source.file, str(source.numbered_by)) == ("fil-1", "kommune.csv", "row")

    @pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names there are text")
    def test_comes_from_a_name_that_is_not_utf8(self, tmp_path):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/K\xf8ge 2026-01.csv"))
        path.write_text("id,title\n1,A\n,B\n")
        found = import_files([path])
        columns = found.columns
        assert (columns.id, columns.name, str(columns.as_of)) == ("køge", "Køge", "2026-01")
        assert [file.name for file in found.report.files] == [r"K\xf8ge 2026-01.csv"]
        assert found.report.notes[0].file == r"K\xf8ge 2026-01.csv"
        written = loads(write_organisation(found.organisation()))
        assert written.sources["fil-1"].file == "Køge 2026-01.csv"
        path.write_text("id,title\n")
        with pytest.raises(
            InvalidOrganisation, match=r"K\\xf8ge 2026-01\.csv:1:1: import-no-rows"
        ):
            import_files([path])

    def test_letters_in_a_name_are_brought_to_one_spelling(self, tmp_path):
        columns = table(tmp_path, "id,title\n1,A\n", file="A\u030arhus.csv").columns
        assert (columns.id, columns.name) == ("århus", "Århus")

    @pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set")
    @pytest.mark.parametrize(
        ("zone", "day"),
        [("Europe/Copenhagen", "2026-02-10"), ("UTC", "2026-02-09"), ("UTC+12", "2026-02-09")],
    )
    def test_the_day_of_a_file_is_the_readers_own(self, tmp_path, monkeypatch, zone, day):
        path = tmp_path / "a.csv"
        path.write_text("id,title\n1,A\n")
        changed = datetime(2026, 2, 9, 23, 30, tzinfo=UTC).timestamp()
        os.utime(path, (changed, changed))
        with monkeypatch.context() as patched:
            patched.setenv("TZ", zone)
            time.tzset()
            found = import_files([path])
        time.tzset()
        assert str(found.columns.as_of) == day

    def test_a_file_of_a_time_past_the_calendar_is_of_today(self, tmp_path, monkeypatch):
        # Not every file system has such times.
        monkeypatch.setattr(
            "orgmodel.reading.importing.files.file_status",
            lambda _path: SimpleNamespace(st_mtime=1e13),
        )
        today = datetime.now().astimezone().date()
        found = table(tmp_path, "id,title\n1,A\n")
        assert found.columns.as_of.last_day() - today <= timedelta(days=1)
        assert "today" in found.report.assumed["as_of"].text("en")


class TestIds:
    @pytest.mark.parametrize(
        ("rows", "above", "references", "noted"),
        [
            (
                "P-1,,A\np-1,P-1,B\nÅ 7/b,p-1,C\n***,Å 7/b,D\n",
                {"p-1-2": None, "p-1": "p-1-2", "å-7-b": "p-1", "raekke-5": "å-7-b"},
                ["P-1", None, "Å 7/b", "***"],
                [("ids-alike", 2), ("id-made", 5)],
            ),
            (
                "1,,A\n,1,B\nraekke-3,1,C\n",
                {"1": None, "raekke-3-2": "1", "raekke-3": "1"},
                [None, None, None],
                [("id-made", 3)],
            ),
        ],
    )
    def test_become_ours_and_keep_the_original(self, tmp_path, rows, above, references, noted):
        found = table(tmp_path, f"id,reports_to,title\n{rows}")
        assert lines(found) == above
        assert column(found, "reference") == references
        assert notes(found) == noted

    def test_a_long_one_is_cut_and_stays_apart(self, tmp_path):
        found = table(tmp_path, f"id,title\n{'x' * 150}a,A\n{'x' * 150}b,B\n")
        first, second = column(found, "id")
        assert first != second
        assert max(len(first), len(second)) <= 100

    def test_private_ones_serve_to_follow_the_line_and_nothing_else(self, tmp_path):
        found = table(
            tmp_path,
            "id,reports_to,title\n010170-1234,,A\na@b.DK,010170-1234,B\n3,a@b.DK,C\n4,111111-1111,D\n",
        )
        assert lines(found) == {
            "raekke-2": None,
            "raekke-3": "raekke-2",
            "3": "raekke-3",
            "4": None,
        }
        said = str(found.report.as_dict("da")) + str(found.columns.table.to_dicts())
        assert not any(private in said for private in ("010170", "111111", "a@b.DK"))

    @pytest.mark.parametrize(
        ("key", "own"),
        [
            ("Sören-1", "soren-1"),
            ("MÜLLER", "muller"),
            ("Ærø 7", "ærø-7"),
            ("Łukasz", "lukasz"),
            ("Aqqaluĸ", "aqqaluk"),
            ("ΑΒ-1", "av-1"),
            ("Наталья", "natalia"),
            ("王1", "u738b1"),
            ("李1", "u674e1"),
            ("محمد", "u645u62du645u62f"),
        ],
    )
    def test_letters_of_other_scripts_are_not_dropped(self, tmp_path, key, own):
        assert column(table(tmp_path, f"id,title\n{key},A\n"), "id") == [own]

    @pytest.mark.slow
    @given(
        st.lists(
            st.text(st.sampled_from("αβγδεжзийклмнمحدאבג王小明李雷กขค"), min_size=1, max_size=6),
            min_size=1,
            max_size=12,
            unique=True,
        )
    )
    def test_ids_in_other_scripts_are_made_of_those(self, folder, keys):
        found = table(folder, "id,title\n" + "".join(f"{key},A\n" for key in keys))
        assert not [code for code, _row in notes(found) if code == "id-made"]
        made = column(found, "id")
        assert len(set(made)) == len(keys)
        assert loads(write_organisation(found.organisation())).seats == len(keys)


class TestRepeats:
    def test_another_name_shares_the_post(self, tmp_path):
        found = table(
            tmp_path,
            "id,reports_to,title,name,fte\n1,,Top,Bo,1\n2,1,Chef,Eva,0.5\n2,1,Chef,Ib,0.6\n"
            "2,1,Chef,N/D,\n3,2,Ansat,Lis,1\n",
        )
        assert column(found, "seats") == [1, 3, 1]
        assert column(found, "holder") == ["Bo", "Eva; Ib", "Lis"]
        assert column(found, "fte") == [1, None, 1]
        assert notes(found) == [("job-share", 4), ("job-share", 5)]
        report = found.report
        assert (report.rows_in_model, report.posts, report.rows_shared) == (5, 3, 2)

    def test_parts_of_a_post_add_up_to_what_can_be_written(self, tmp_path):
        rows = "".join(f"1,A,Bo {n},{fte}\n" for n, fte in enumerate([7.7, 5.4, 8.6, 2.3]))
        found = table(tmp_path, "id,title,name,fte\n" + rows)
        assert column(found, "fte") == [24]
        text = write_organisation(found.organisation())
        assert write_organisation(loads(text)) == text

    def test_the_same_name_is_the_same_row_again(self, tmp_path):
        found = table(tmp_path, "id,title,name\n1,A,Bo\n1,A,Bo\n")
        assert (len(found.columns), notes(found)) == (1, [("row-repeated", 3)])
        assert (found.report.rows_left_out, found.report.rows_in_model) == (1, 1)

    def test_another_title_is_another_post(self, tmp_path):
        found = table(tmp_path, "id,reports_to,title\n1,,A\n1,,B\n2,1,C\n1-2,1,D\n")
        assert lines(found) == {"1": None, "1-3": None, "2": "1", "1-2": "1"}
        assert notes(found) == [("id-repeated", 3)]

    def test_vacant_seats_stay_vacant(self, tmp_path):
        found = table(tmp_path, "id,title,name\n1,A,Vacant\n1,A,vakant\n2,B,ledig\n2,B,Bo\n")
        assert column(found, "status") == [Status.VACANT, Status.NAMED]


class TestLines:
    def test_that_lead_nowhere_end_at_a_top(self, tmp_path):
        found = table(tmp_path, "id,reports_to,title\n1,XX,A\n2,9,B\n3,3,C\n4,1,D\n")
        assert lines(found) == {"1": None, "2": None, "3": None, "4": "1"}
        assert notes(found) == [("superior-unknown", 3), ("superior-itself", 4)]
        assert {"n": 3} in [one.params for one in found.report.notes if one.code == "several-tops"]

    def test_a_circle_is_cut_at_its_first_row(self, tmp_path):
        found = table(tmp_path, "id,reports_to,title\n1,,A\n2,3,B\n3,4,C\n4,2,D\n5,4,E\n")
        assert lines(found) == {"1": None, "2": None, "3": "4", "4": "2", "5": "4"}
        (note,) = (note for note in found.report.notes if note.code == "circle")
        assert (note.row, note.params["members"]) == (3, "2 → 3 → 4 → 2")

    def test_to_a_row_that_is_left_out(self, tmp_path):
        found = table(tmp_path, "id,reports_to,title,name\n1,,A,nedlagt\n2,1,B,Bo\n")
        assert lines(found) == {"2": None}
        assert notes(found) == [("post-abolished", 2), ("superior-left-out", 3)]

    def test_through_several_tables_of_one_organisation(self, tmp_path):
        (tmp_path / "a.csv").write_text("id,title\n1,A\n")
        (tmp_path / "b.csv").write_text("titel;nr;refererer til\nB;2;1\n")
        found = import_files([tmp_path / "a.csv", tmp_path / "b.csv"])
        assert lines(found) == {"1": None, "2": "1"}
        assert column(found, "source") == [0, 1]


class TestLostLines:
    def lost(self, imported):
        posts = imported.organisation().positions.values()
        return {post.id: post.line_lost for post in posts if post.line_lost}

    def test_say_what_the_file_said_and_what_was_done(self, tmp_path):
        found = table(
            tmp_path,
            "id,reports_to,title,name\n1,,A,\n2,B12,B,\n3,4,C,\n4,3,D,\n5,9,E,\n9,1,F,nedlagt\n",
        )
        lost = self.lost(found)
        assert {post: (one.stated, one.superior_id) for post, one in lost.items()} == {
            "2": ("B12", None),
            "3": ("4", "4"),
            "5": ("9", None),
        }
        assert [one.reason.da.split(",")[0] for one in lost.values()] == [
            "filen har ingen stilling",
            "filens linjer løb i ring",
            "rækken",
        ]
        read = loads(write_organisation(found.organisation()))
        assert self.lost(found) == {
            post.id: post.line_lost for post in read.positions.values() if post.line_lost
        }

    def test_a_number_of_a_person_is_not_among_it(self, tmp_path):
        found = table(tmp_path, "id,reports_to,title\n1,,A\n2,010170-1001,B\n")
        assert self.lost(found)["2"].stated == "…"

    def test_a_long_one_is_cut_as_texts_are(self, tmp_path):
        found = table(tmp_path, f"id,reports_to,title\n1,{'x' * 400},A\n")
        assert len(self.lost(found)["1"].stated) == LONGEST_TEXT
        loads(write_organisation(found.organisation()))

    def test_the_only_top_may_refer_to_itself(self, tmp_path):
        found = table(tmp_path, "id,reports_to,title\n1,1,A\n2,1,B\n")
        assert self.lost(found) == {}
        assert (found.report.lines_stated, found.report.headline()) == (1, None)
        several = table(tmp_path, "id,reports_to,title\n1,1,A\n2,2,B\n3,1,C\n")
        assert list(self.lost(several)) == ["1", "2"]


class TestCells:
    def test_words_where_a_name_belongs(self, tmp_path):
        names = ["Bo", "Vakant", "LEDIG", "n/a", "ikke oplyst", "", "Ubesat pr. 1. maj"]
        found = table(tmp_path, rows("id,title,name", ("A,{}", names)))
        assert column(found, "holder") == ["Bo", *[None] * 6]
        plain = ["named", "vacant", "vacant", "unnamed", "unnamed", "unnamed", "vacant"]
        assert column(found, "status") == plain

    def test_a_status_tells_more_than_a_name(self, tmp_path):
        told = {
            "Bo;Konstitueret": "acting",
            "Eva;ACTING": "acting",
            "; planlagt ": "planned",
            ";Opslået": "vacant",
            "Vakant;Planned": "planned",
            "Ib;": "named",
            ";Navngivet": "unnamed",
            "Lis;Ikke navngivet": "named",
        }
        found = table(tmp_path, rows("id;title;navn;Status", ("A;{}", told)))
        assert column(found, "status") == list(told.values())
        assert notes(found) == []

    def test_a_status_that_is_not_taken_up_is_reported(self, tmp_path):
        found = table(
            tmp_path,
            "id,title,name,status\n1,A,Bo,Acting\n2,A,Eva,Planned\n3,A,,Acting\n4,A,,On leave\n"
            "5,A,nedlagt,Closed\n",
        )
        assert column(found, "status") == ["acting", "named", "unnamed", "unnamed"]
        said = {
            note.row: note.params["value"]
            for note in found.report.notes
            if note.code == "status-unclear"
        }
        assert said == {3: "Planned", 4: "Acting", 5: "On leave"}

    def test_a_column_with_other_words_is_no_status(self, tmp_path):
        found = table(tmp_path, "id,title,status\n1,A,Aktiv\n2,B,Orlov\n")
        (file,) = found.report.files
        assert file.unused == ("status",)
        assert "status" not in file.taken
        assert notes(found) == []

    def test_those_who_share_a_post_are_acting_only_where_all_are(self, tmp_path):
        found = table(
            tmp_path,
            "id,title,name,status\n1,A,Bo,Acting\n1,A,Eva,Acting\n2,B,Ib,Acting\n2,B,Lis,Named\n"
            "3,C,,Planned\n3,C,,Planned\n4,D,,Planned\n4,D,,Vacant\n",
        )
        assert column(found, "status") == ["acting", "named", "planned", "unnamed"]

    def test_the_apostrophe_before_a_formula_is_taken_off(self, tmp_path):
        texts = ["'=1+1", "'-", "'@SUM", "'+45", "''=1", "'tilbud'", "'", "O'Hara"]
        found = table(tmp_path, rows("id,title", ("{}", texts)))
        assert column(found, "title") == [
            "=1+1", "-", "@SUM", "+45", "'=1", "'tilbud'", "'", "O'Hara",
        ]  # fmt: skip
        assert notes(found) == []

    @pytest.mark.parametrize(
        ("delimiter", "stated", "read"),
        [
            (";", ["1,5", "1.234,5", "1.000", "0", "", "-1", "1e3"], [1.5, 1234.5, 1000, 0, *[None] * 3]),
            (";", ["1.5", "1.000"], [1.5, 1]),
            (";", ["0,333", "1.000"], [0.333, 1000]),
            (";", ["2", "1.000", "1,000"], [2, None, None]),
            (";", ["1,5", "2.5", "1.000", "3"], [1.5, 2.5, None, 3]),
            (",", ["2", "1.000", "2.125"], [2, 1, 2.125]),
            (",", ["2.5", '"1,234.5"', '"1,5"'], [2.5, 1234.5, 1.5]),
            ("\t", ["1,25", "nan", "inf"], [1.25, None, None]),
        ],
    )  # fmt: skip
    def test_full_time_equivalents(self, tmp_path, delimiter, stated, read):
        heads = delimiter.join(("id", "title", "fte"))
        found = table(tmp_path, rows(heads, (f"A{delimiter}{{}}", stated)))
        assert column(found, "fte") == read
        unclear = sum(1 for text, fte in zip(stated, read, strict=True) if text and fte is None)
        assert Counter(code for code, _row in notes(found))["fte-unclear"] == unclear

    def test_headcounts(self, tmp_path):
        stated = ["1", "6", "1.000", "0", "tre", "2,5", "", "3,0", "-2", "99999999"]
        found = table(tmp_path, rows("id;title;antal", ("A;{}", stated)))
        assert column(found, "seats") == [1, 6, 1000, 1, 1, 1, 3, 1, 1]
        assert np.flatnonzero(found.columns.seats_at_least).tolist() == [3, 4, 7, 8]
        unclear = [("headcount-unclear", row) for row in (6, 7, 10, 11)]
        assert notes(found) == [("no-heads", 5), *unclear]
        assert found.report.seats == 1 + 6 + 1000 + 1 + 1 + 1 + 3 + 1 + 1

    def test_private_ones_are_not_taken_up(self, tmp_path):
        found = table(
            tmp_path, "id,title,name,unit\n1,Chef 010170-1234,bo@b.DK,Enhed\n2,B,Bo,a@b.DK (x)\n"
        )
        assert found.columns.table.select("title", "holder", "unit").rows() == [
            ("1", None, "Enhed"),
            ("B", "Bo", None),
        ]
        assert Counter(notes(found)) == Counter(
            [("private-cell", 2), ("private-cell", 2), ("private-cell", 3), ("title-missing", 2)]
        )


class TestRows:
    def test_are_counted_one_by_one(self, tmp_path):
        found = table(
            tmp_path, "id,title,name,note\n1,A,Bo,\n\n2,B\n,,,\n3,C,Eva,x,\n4,D,Ib,x,more\n, , ,\n"
        )
        report = found.report
        assert notes(found) == [("extra-cells", 7), ("missing-cells", 4)]
        assert (report.rows_read, report.rows_blank, report.rows_left_out) == (7, 3, 1)
        assert (report.rows_in_model, column(found, "row")) == (3, [2, 4, 6])

    @pytest.mark.parametrize("row", [",,1", ',,"1"', " , ,1,", '"","",x'])
    def test_with_nothing_but_a_cell_too_many_count_once(self, tmp_path, row):
        found = table(tmp_path, f"id,title\n{row}\n")
        report = found.report
        assert notes(found) == [("extra-cells", 2)]
        assert (report.rows_read, report.rows_left_out, report.rows_blank) == (1, 1, 0)
        assert len(found.columns) == 0

    def test_with_too_few_cells_are_seen_also_behind_quotation_marks(self, tmp_path):
        found = table(tmp_path, 'id,title,name\n1,"A, B"\n2,"C, D",\n3,"E",\n4,"F, G, H"\n')
        assert notes(found) == [("missing-cells", 2), ("missing-cells", 5)]

    def test_something_in_a_column_that_is_not_taken_makes_a_row(self, tmp_path):
        found = table(tmp_path, "id,title,note\n1,A,\n,,x\n")
        assert notes(found) == [("id-made", 3), ("title-missing", 3)]

    def test_the_report_holds_every_note_in_both_languages(self, tmp_path):
        rows = "".join(f"{n},x{n},A\n" for n in range(100))
        found = table(tmp_path, "id,reports_to,title\n" + rows)
        danish, english = (found.report.as_dict(language) for language in ("da", "en"))
        assert danish["notes_by_code"] == {"superior-unknown": 100, "several-tops": 1}
        assert danish["notes"] != english["notes"]


CELL = st.one_of(
    st.sampled_from(["", "1", "2", "3", "4", "p 1", "P 1", "XX", "Vacant", "N/D", "nedlagt", "0", "2,5",
                     "1.000", "Bo", "Chef", "010170-1234", "a@b.DK", " ", "\u202e", '"', "x\ny"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\x1f\r"), max_size=8),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tables")


@pytest.mark.slow
@series(sample=150, full=10_000)
@given(
    rows=st.lists(st.lists(CELL, min_size=0, max_size=8), min_size=1, max_size=25),
    delimiter=st.sampled_from([",", ";", "\t"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_no_row_is_ever_lost_and_what_comes_of_them_is_always_valid(
    folder, rows, delimiter, quoting
):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\n")
    headings = ["id", "reports_to", "title", "name", "unit", "headcount", "fte"]
    writer.writerows([headings, *rows])
    found = table(folder, file.getvalue())
    report, columns = found.report, found.columns
    assert report.rows_read == len(rows)
    assert report.rows_read == report.rows_in_model + report.rows_left_out + report.rows_blank
    assert report.rows_in_model == len(columns) + report.rows_shared
    accounted = {note.row for note in report.notes if note.leaves_out or note.code == "job-share"}
    assert len(accounted) + len(columns) + report.rows_blank == len(rows)
    assert accounted.isdisjoint(columns.values("row"))
    organisation = found.organisation()
    read = loads(write_organisation(organisation))
    assert list(read.positions) == list(organisation.positions)
    assert read.seats == organisation.seats == report.seats
    ours = {key: line.superior_id for key, line in organisation.lines.items()}
    assert ours == lines(found)


def findings_of(imported):
    """How many findings the written data have of lost lines, once they are read."""
    read = loads(write_organisation(imported.organisation()))
    return sum(finding.code == "line-lost" for finding in findings(read))


def plain_lines(references):
    """Who each of the posts p0, p1 … reports to once the lines that lead nowhere are cut."""
    above = {
        f"p{n}": reference if reference in {f"p{m}" for m in range(len(references))} else None
        for n, reference in enumerate(references)
    }
    for post, first in above.items():
        seen, here = [post], first
        while here is not None and here not in seen:
            seen.append(here)
            here = above[here]
        # Posts come in the order of their rows: the first on a circle is met first.
        if here == post:
            above[post] = None
    return above


@pytest.mark.slow
@given(
    st.integers(1, 30).flatmap(
        lambda size: st.lists(
            st.sampled_from([*(f"p{n}" for n in range(size)), "", "XX", "gone"]),
            min_size=size,
            max_size=size,
        )
    )
)
def test_lines_are_those_that_plain_python_finds(folder, references):
    rows = "".join(f"p{n},{reference},T{n}\n" for n, reference in enumerate(references))
    found = table(folder, "id,reports_to,title\n" + rows)
    expected = plain_lines(references)
    assert lines(found) == expected
    cut = Counter(code for code, _row in notes(found))
    assert cut["superior-unknown"] == references.count("gone")
    assert cut["superior-itself"] == sum(one == f"p{n}" for n, one in enumerate(references))
    # Other posts that end at a top were cut out of a cycle, or report to nobody.
    tops = sum(one is None for one in expected.values())
    nobody = references.count("") + references.count("XX")
    lost = sum(cut[code] for code in ("superior-unknown", "superior-itself", "circle"))
    assert tops == nobody + lost
    # The only post that refers to itself is the top, and its line is not lost.
    is_top = cut["superior-itself"] == 1 and not nobody
    assert found.report.lines_lost == lost - is_top
    assert found.report.lines_stated == len(references) - nobody - is_top
    # Lost lines are recorded, with their target if that is a post.
    for post, stated in zip(found.organisation().positions.values(), references, strict=True):
        kept = post.reports_to and post.reports_to.superior_id
        if post.line_lost is None:
            assert kept == (stated if stated in expected else None) or (
                is_top and stated == post.id
            )
        else:
            assert (kept, post.line_lost.stated) == (None, stated)
            wanted = stated if stated in expected and stated != post.id else None
            assert post.line_lost.superior_id == wanted
    assert findings_of(found) == found.report.lines_lost


def test_every_code_is_documented():
    text = FORMAT.read_text(encoding="utf-8")
    start = text.index("### Rows that are left out")
    listed = re.findall(
        r"^\| `([a-z-]+)` \|", text[start : text.index("## What is refused")], re.M
    )
    assert listed == [*NOTE_KINDS, *REFUSALS]
    left_out = [code for code, kind in NOTE_KINDS.items() if kind.leaves_out]
    assert listed[: len(left_out)] == left_out
    assert f"larger than {MAX_MIB} MiB" in text
    assert f"longer than {LONGEST_TEXT} characters" in text


@pytest.mark.parametrize(
    ("written", "read"),
    [("A\u030astrand", "Åstrand"), ("\u212bstrand", "Åstrand"), ("Åstrand", "Åstrand"),
     ("\u1112\u1161\u11ab", "한")],
)  # fmt: skip
def test_a_letter_has_one_spelling(tmp_path, written, read):
    found = table(tmp_path, f"id,title,name\n1,Chef,Bo {written}\n2,Leder,Ida\n")
    assert column(found, "holder") == [f"Bo {read}", "Ida"]
