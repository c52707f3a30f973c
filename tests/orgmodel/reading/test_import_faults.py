"""Broken tables: each ends in a data file that reads back, every row accounted for, or in a refusal."""

import csv
import io
import json
import os
import random
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from orgmodel import load
from orgmodel.cli import main
from orgmodel.exporting.entry_tables import entries_csv
from orgmodel.reading.importing.refusals import REFUSALS
from tests.builders import show
from tests.cpu import bounded_cpu
from tests.mutations import broken_bytes, broken_lines, broken_rows, encoded, written_rows
from tests.series import series

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"
MOST_ROWS = 40
# A file of so few rows takes a twentieth of a second.
MOST_CPU = 60
AT = "@"
PLAIN = (
    f"""\
Stillings-ID;Nærmeste leder;Stilling;Navn;Enhed;Antal;Årsværk;Status;E-mail
1001;;Kommunaldirektør;Bodil Ærøskov;Direktionen;1;1,0;Navngivet;bae{AT}eksempel.dk
1002;1001;Direktør;Søren Åkjær;Social og Sundhed;1;1,0;;
1003;1001;Direktør;Vakant;Børn og Unge;1;;Opslået;
1004;1002;"Centerchef; ældre";Jens Holmkvist;Center for Omsorg;1;0,89;Konstitueret;
1005;1004;Teamleder;Ulla Bækgård;Hjemmeplejen Nord;1;1,0;;
1005;1004;Teamleder;Rie Krogstrup;Hjemmeplejen Nord;1;0,5;;
;1005;Social- og sundhedsassistent;;Hjemmeplejen Nord;1.250;1.100,5;;
1006;1005;Konsulent;nedlagt;Hjemmeplejen Nord;1;0;;
;;;;;;;;
1007;9999;Stabschef;Ole Damsbo;Stab;0;1;Planlagt;
""",
    """\
Position ID,Manager ID,Job Title,Full Name,Department,Headcount,FTE
P-1,,Chief Executive,Ann Hill,Board,1,1.0
P-2,P-1,"Director, Care",Bob O'Hara,Care,1,1.0
p-2,P-1,Director of Schools,"Cy ""Ace"" Dale",Schools,1,0.8
P/4,P-2,Team leader,N/D,Care,1,"1,234.5"
P/5,P/4,Nurse,,Care,120,98.7
P/6,P/7,Cook,Eve Hill,Kitchen,2,2
P/7,P/6,Head cook,Flo Hill,Kitchen,1,1
""",
    """\
nr\trefererer til\ttitel
1\t\tDirektør
2\t1\tKøkkenleder
3\t2\tKok
""",
    """\
EMPLID,NAME,JOBTITLE,SUPERVISOR_ID,DEPTNAME
010170-1001,Bodil Ærøskov,Direktør,NULL,Direktionen
010170-1002,Søren Åkjær,Centerchef,010170-1001,Social
010170-1003,Mette Østergård,"Teamleder
(konst.)",010170-1002,Social
""",
)
SENIOR = """\
Post Unique Reference,Name,Grade,Job Title,Unit,Organisation,Reports to Senior Post,FTE
1,Bo Hill,SCS3,Chief,Office,Body,XX,1.0
A2,N/D,SCS1,Deputy,Office,Body,1,0.8
A3,Eliminated,SCS1,Deputy,Office,Body,1,0
A4,Eve Dale,SCS1,"Director, Law",Law,Body,A3,1
A4,Ib Dale,SCS1,"Director, Law",Law,Body,A3,0.5
"""
JUNIOR = """\
Organisation,Unit,Reporting Senior Post,Grade,Generic Job Title,Number of Posts in FTE
Body,Office,1,G7,Clerk,2.3
Body,Law,A4,G7,Lawyer,12
Body,Law,a4,G7,Temp,0
Body,Law,zz,G7,Temp,lots
"""
NAMES: tuple[str, ...] = (
    "a.csv", "Ærø Kommune 2025-04-01.csv", "a 2011-13-45.csv", "2026-02-30.csv", "senior.csv", "...csv",
    "x" * 240 + ".csv", "[i]a[b].csv", "a.b.c", "{n}%s.csv",
)  # fmt: skip
if sys.platform == "linux":
    # Elsewhere names must be text.
    NAMES += ("a\nb.csv", "K\udcf8ge.csv", "\udc81.csv", "[i]a\x1b[1m.csv")
OPTIONS: tuple[list[str], ...] = (
    [], [], [], ["--id", "min-1"], ["--name", "Min: \"kommune\" # {n}"], ["--as-of", "2026-05"],
    ["--name", "x" * 300], ["--name", " A\n\tC "], ["--name", "null"],
)  # fmt: skip


@cache
def own_tables():
    """The layouts that the importer knows, alone or two files together, and what our exports write."""
    exports = [
        entries_csv(show(load(path), language=language))
        for path in sorted((ROOT / "data").glob("*.yaml"))
        for language in ("da", "en")
    ]
    alone = [[text] for text in (*PLAIN, SENIOR, *exports)]
    together = [
        [SENIOR, JUNIOR],
        [JUNIOR, SENIOR],
        [PLAIN[1], PLAIN[2]],
        [JUNIOR],
        [SENIOR, PLAIN[0]],
    ]
    return [[rows_of(text) for text in texts] for texts in (*alone, *alone, *together)]


@cache
def published_tables():
    """The beginnings of published organograms, and of layouts that other programs write."""
    seniors = sorted((SHARED / "organograms").glob("*-senior.csv"))
    files = [[path, path.with_name(path.name.replace("senior", "junior"))] for path in seniors]
    files += [[path] for path in sorted((SHARED / "layouts").glob("*.[ct]s[v]"))]
    files += [[path] for path in sorted((SHARED / "cases").glob("*/*.csv"))]
    return [[rows_of(text_of(path.read_bytes())) for path in paths] for paths in files]


published = pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not here")


def text_of(data):
    coding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    return data.decode(coding, "replace")


def rows_of(text):
    """The first rows of a table, of whatever delimiter its first line has most of."""
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [row for row, _number in zip(rows, range(MOST_ROWS), strict=False)]


def broken_table(chance, rows):
    """A table as a file that is broken in its cells, its lines, its bytes, or all of them."""
    if chance.random() < 0.8:
        rows = broken_rows(chance, rows)
    data = written_rows(chance, rows)
    if chance.random() < 0.2:
        data = encoded(chance, broken_lines(chance, data.decode(errors="replace")))
    return broken_bytes(chance, data) if chance.random() < 0.4 else data


def import_of(folder, seed, tables):
    """Write the broken files of a seed; return them and the options that they are imported with."""
    chance = random.Random(seed)  # noqa: S311 - nobody's secret
    files = []
    for n, rows in enumerate(chance.choice(tables)):
        name = "a.csv" if chance.random() < 0.7 else chance.choice(NAMES)
        path = folder / str(n) / name
        path.parent.mkdir()
        path.write_bytes(broken_table(chance, rows))
        files.append(path)
    return files, chance.choice(OPTIONS)


def check_import(folder, files, options):
    """Import files and check the guarantees on the result."""
    target, report = folder / "out" / "organisation.yaml", folder / "out" / "report.json"
    target.parent.mkdir()
    arguments = [
        "import",
        *options,
        "--report",
        str(report),
        "-o",
        str(target),
        *map(os.fspath, files),
    ]
    result = CliRunner().invoke(main, [*arguments, "--format", "json"], catch_exceptions=False)
    if result.exit_code == 1:
        assert list(target.parent.iterdir()) == []
        return refused(json.loads(result.output)["errors"])
    assert sorted(target.parent.iterdir()) == [target, report]
    said = json.loads(report.read_text(encoding="utf-8"))
    assert json.loads(result.output)["report"] == said
    accounted_for(load(target), said, files)
    printed = CliRunner().invoke(main, [*arguments, "--force"], catch_exceptions=False)
    lines = said["lines"]
    is_incomplete = lines["lost"] > lines["stated"] / 10
    assert printed.exit_code == result.exit_code == (3 if is_incomplete else 0)
    assert bool(said["headline"]) == bool(lines["lost"])
    assert set(said["notes_by_code"]) <= set(re.findall(r"^([a-z-]+): ", printed.output, re.M))
    return "imported"


def refused(errors):
    """Every error says which file, where in it, and what."""
    assert errors
    for error in errors:
        assert error["code"] in REFUSALS
        assert error["file"].isprintable()
        assert error["line"] >= 1
        assert len(error["message"]) < 5000
    return errors[0]["code"]


def accounted_for(data, report, files):
    """Every row of the files is in the model, shares a post in it, is left out with a note, or blank."""
    counts = report["counts"]
    assert (len(data.positions), data.seats) == (counts["posts"], counts["seats"])
    for n, (path, file) in enumerate(zip(files, report["files"], strict=True)):
        rows = numbered_rows(path.read_bytes(), file)
        kept = [
            int(citation.place)
            for post in data.positions.values()
            for citation in post.evidence.whole
            if citation.source_id == f"fil-{n + 1}"
        ]
        noted = [
            note["row"]
            for note in report["notes"]
            if note["file"] == file["name"] and (note["left_out"] or note["code"] == "job-share")
        ]
        if len({one["name"] for one in report["files"]}) == len(report["files"]):
            told = kept + noted
            assert len(told) == len(set(told))
            assert set(told) <= set(rows)
            blank = [cells for number, cells in rows.items() if number not in set(told)]
            assert len(blank) == file["blank"]
            assert not any(re.search(r"[^\s\x1c-\x1f]", cell) for cells in blank for cell in cells)
        assert file["rows"] == len(rows)
    assert counts["rows_read"] == sum(
        counts[name] for name in ("rows_in_model", "rows_left_out", "rows_blank")
    )


def numbered_rows(data, file):
    """The rows below the headings by the number a spreadsheet gives them, as the csv module has them."""
    if file["encoding"] == "UTF-16":
        text = data.decode("utf-16", "replace").encode("utf-8", "replace").decode()
    elif file["encoding"] == "UTF-8":
        text = data.decode("utf-8-sig")
    else:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "orgmodel-windows-1252")
        if file["encoding"] == "Windows-1252":
            text = data.removeprefix(b"\xef\xbb\xbf").decode("cp1252", "replace")
    delimiter = file["delimiter"]
    if "\n" not in text:
        text = text.replace("\r", "\n")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    above = without_blank_ones(rows)
    if [cell.lower() for cell in rows[0]] == ["sep=", ""]:
        del rows[0]
        above += without_blank_ones(rows)
    return dict(enumerate(rows[1:], above + 2))


def without_blank_ones(rows):
    """Remove leading blank rows; return their number."""
    before = len(rows)
    while re.fullmatch(r"[ \t,;]*", "".join(rows[0])):
        del rows[0]
    return before - len(rows)


def try_one(folder, seed, tables):
    """Try the files of one seed."""
    files, options = import_of(folder, seed, tables)
    with bounded_cpu(MOST_CPU):
        return check_import(folder, files, options)


def try_each(folder, seeds, tables):
    for seed in seeds:
        files = folder / str(seed)
        files.mkdir()
        try_one(files, seed, tables)


@series(sample=60, full=5_000)
def test_no_broken_table_ends_in_an_exception_or_loses_a_row(tmp_path, seeds):
    try_each(tmp_path, seeds, own_tables())


@published
@series(sample=30, full=5_000)
def test_no_broken_published_table_does(tmp_path, seeds):
    try_each(tmp_path, seeds, published_tables())
