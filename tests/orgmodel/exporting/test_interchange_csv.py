"""Charts as CSV: harmless in spreadsheets, and read back by our own import as the same chart."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import import_files
from orgmodel.exporting.entry_tables import entries_csv, entries_table
from orgmodel.model.amounts import Amount, Measure
from orgmodel.model.names import Text
from orgmodel.model.statuses import Status
from orgmodel.reading.importing.headings import Role, find_roles
from tests.builders import changed, forests, nameless, post, show, tree, unit, units
from tests.orgmodel.exporting.interchange import HOSTILE, hostile, posts
from tests.series import series

LANGUAGES = ("da", "en")
IDS = ("aalborg", "ballerup", "silkeborg", "skanderborg")


def rows_of(exhibit):
    """The rows of the file, each by its headings."""
    text = entries_csv(exhibit)
    assert text.startswith("\ufeff")
    delimiter = ";" if exhibit.language == "da" else ","
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=delimiter))


def rows_by_id(exhibit):
    return {row["Id"]: row for row in rows_of(exhibit)}


def imported_again(exhibit, tmp_path):
    """What the import makes of the file, and what it says of it."""
    path = tmp_path / "kommune.csv"
    path.write_bytes(entries_csv(exhibit).encode())
    return import_files([path])


def chart_of(data, language):
    """A chart as what its cards say, and under which other each stands."""
    return [
        (one.shown.id, one.shown.parent_id, one.card.full_title, one.card.full_unit)
        for one in show(data, language=language).chart.cards
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", IDS)
class TestRoundTrip:
    def test_the_import_draws_the_same_chart(self, shipped, name, language, tmp_path):
        data = shipped[name]
        again = imported_again(show(data, language=language), tmp_path).organisation()
        assert chart_of(again, language) == chart_of(data, language)

    def test_holders_and_vacancies_come_back(self, shipped, name, language, tmp_path):
        data = shipped[name]
        again = imported_again(show(data, language=language), tmp_path).organisation()
        for one in data.positions:
            assert again.holder_names(one) == data.holder_names(one)
            assert again.status(one) is data.status(one)
            assert again.positions[one].seats == data.positions[one].seats

    def test_the_import_takes_all_that_it_can_and_nothing_for_private(
        self, shipped, name, language, tmp_path
    ):
        report = imported_again(show(shipped[name], language=language), tmp_path).report
        (file,) = report.files
        assert set(file.taken) == set(Role)
        assert file.private == ()
        assert {note.code for note in report.notes} <= {"columns-unused", "several-tops"}

    def test_without_names_too(self, shipped, name, language, tmp_path):
        data = shipped[name]
        hidden = nameless(data)
        again = imported_again(show(hidden, language=language), tmp_path).organisation()
        assert chart_of(again, language) == chart_of(hidden, language)
        assert not any(again.holder_names(post) for post in again.positions)


class TestPosts:
    def test_what_a_row_says(self, aalborg):
        row = rows_by_id(show(aalborg, language="en"))["direktoer"]
        assert row == {
            "Id": "direktoer",
            "Reports to": "raadmand",
            "Title": "Director",
            "Name": "Arne Lund Kristensen",
            "Unit": "Job og Social",
            "Headcount": "1",
            "FTE": "",
            "Unit's id": "job-og-social",
            "Kind of unit": "administration (forvaltning)",
            "Status": "Named",
            "Level": "top executive",
            "Layer": "2",
            "Span, at least": "5",
            "Span, at most": "",
            "Reach, at least": "4319",
            "Reach, at most": "4320",
            "Line": "derived",
            "Sources": "Job profiles for two heads of department in Job og Social",
            "Organisation": "Aalborg Kommune, Job og Social",
            "Organisation's id": "aalborg",
            "Data as of": "2026-02-09",
            "Shown as of": "2026-02-09",
        }

    def test_what_is_not_known_is_empty(self, aalborg):
        row = rows_by_id(show(aalborg, language="en"))["stabschef-oekonomi-og-it"]
        unknown = ("Name", "FTE", "Span, at least", "Span, at most", "Reach, at least")
        assert [row[name] for name in unknown] == [""] * 5

    def test_a_vacant_post_says_so_where_its_name_would_stand(self, aalborg):
        row = rows_by_id(show(aalborg, language="en"))["chef-voksensocial"]
        assert (row["Name"], row["Status"]) == ("Vacant", "Advertised")

    def test_the_top_of_a_branch_refers_to_nobody(self, aalborg, tmp_path):
        exhibit = show(aalborg, entries=("chef-voksensocial",), language="en")
        rows = rows_of(exhibit)
        assert (rows[0]["Id"], rows[0]["Reports to"]) == ("chef-voksensocial", "")
        assert all(row["Reports to"] for row in rows[1:])
        codes = {note.code for note in imported_again(exhibit, tmp_path).report.notes}
        assert "superior-unknown" not in codes

    def test_danish_headings_are_danish(self, aalborg):
        table = entries_table(show(aalborg))
        headings = [column.name.text("da") for column in table.columns]
        assert headings[:7] == [
            "Id",
            "Refererer til",
            "Titel",
            "Navn",
            "Enhed",
            "Antal stillinger",
            "Årsværk",
        ]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_headings_mean_to_the_import_what_they_say(self, aalborg, language):
        table = entries_table(show(aalborg, language=language))
        headings = [column.name.text(language) for column in table.columns]
        keys = [column.key for column in table.columns]
        found = find_roles(headings)
        assert {role: keys[place] for role, place in found.places.items()} == {
            role: role.value for role in Role
        }

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        "value", [0.5, 2.125, 7.0, 37.25, 1000.0, 1234.5, 12345.678, 0.333333]
    )
    def test_full_time_equivalents_come_back(self, value, language, tmp_path):
        amount = Amount(measure=Measure.FTE, value=value)
        data = changed(posts(["Leder"]), p0={"fte": amount})
        again = imported_again(show(data, language=language), tmp_path).organisation()
        fte = again.positions["p0"].fte
        assert fte is not None
        assert fte.value == value

    def test_seats_of_which_there_may_be_more_are_told(self):
        seats = {"seats": 6, "seats_at_least": True}
        data = changed(posts(["Leder", "Medarbejder"]), p1=seats)
        found = [
            (row["Headcount"], row["Maybe more"]) for row in rows_of(show(data, language="en"))
        ]
        assert found[1:] == [("1", ""), ("6", "yes")]

    @pytest.mark.parametrize(
        ("holders", "cells"),
        [(["Bo", "Cia"], ("Bo; Cia", "3", "1")), (["Bo", "Cia", "Dan"], None)],
    )
    def test_open_seats_are_told_where_there_are_any(self, holders, cells):
        data = units(unit("a", post("p", seats=3, holder=holders)))
        (row,) = rows_of(show(data, language="en"))
        assert ("Open seats" in row) == (cells is not None)
        if cells:
            assert (row["Name"], row["Headcount"], row["Open seats"]) == cells

    def test_nothing_becomes_a_formula(self):
        for row in rows_of(show(hostile())):
            assert not any(
                cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values()
            )

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_hostile_words_come_back(self, language, tmp_path):
        again = imported_again(show(hostile(), language=language), tmp_path).organisation()
        for n, words in enumerate(HOSTILE):
            if "@" in words:
                # The import keeps no address of anybody.
                assert words not in again.positions[f"p{n}"].title.da
                continue
            assert again.positions[f"p{n}"].title.da == words
            holder = HOSTILE[::-1][n]
            is_name = holder not in {"x", "---"} and "@" not in holder
            # The import takes a semicolon for what stands between two names.
            wanted = holder.replace("; ", ", ") if is_name else ""
            assert again.holder_names(f"p{n}") == wanted

    @pytest.mark.parametrize(
        "title",
        ["=HYPERLINK(1)", "-", "+45", "- punkt", "'=1", "''-x", "'tilbud'", "'", "=", "'s-Hertogenbosch"],
    )  # fmt: skip
    def test_titles_come_back_to_the_letter(self, title, tmp_path):
        data = changed(tree({"a": None}), a={"title": Text(title)})
        found = imported_again(show(data), tmp_path)
        assert found.organisation().positions["a"].title.da == title
        assert {note.code for note in found.report.notes} <= {"columns-unused"}

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_status_comes_back(self, language, tmp_path):
        data = units("""
            - id: unit
              name: Unit
              kind: enhed
              leader: {id: top, title: Top, holder: Ida Bo}
              positions:
                - {id: acting, title: A, holder: {name: Ole Gram, acting: true}}
                - {id: planned, title: B, status: planned}
                - {id: vacant, title: C, status: vacant}
                - {id: unnamed, title: D}
        """)
        found = imported_again(show(data, language=language), tmp_path)
        again = found.organisation()
        assert {post: again.status(post) for post in again.positions} == {
            "top": Status.NAMED,
            "acting": Status.ACTING,
            "planned": Status.PLANNED,
            "vacant": Status.VACANT,
            "unnamed": Status.UNNAMED,
        }
        assert found.report.files[0].taken["status"] == "Status"
        assert {note.code for note in found.report.notes} <= {"columns-unused"}

    def test_two_who_share_a_post_come_back_as_two(self, tmp_path):
        data = units(unit("a", post("top", seats=2, holder=["Ida Bo", "Ole Gram"])))
        again = imported_again(show(data), tmp_path).organisation()
        assert [one.name for one in again.holders("top")] == ["Ida Bo", "Ole Gram"]

    def test_an_entry_is_a_line(self):
        title = {"title": Text("to\nlinjer\tog  tab")}
        text = entries_csv(show(changed(posts(["Leder"]), top=title, p0=title)))
        assert len(text.splitlines()) == 3
        assert "to linjer og tab" in text


def test_units_say_what_they_are_part_of_and_who_leads_them(aalborg):
    rows = rows_by_id(show(aalborg, units=True, language="en"))
    assert len(rows) == 25
    row = rows["job-og-social"]
    assert (row["Part of"], row["Name"], row["Identical units"]) == (
        "aalborg-kommune",
        "Job og Social",
        "1",
    )
    assert (row["Leader's id"], row["Leader's title"], row["Holder"]) == (
        "direktoer",
        "Director",
        "Arne Lund Kristensen",
    )
    assert rows["aalborg-kommune"]["Part of"] == ""
    assert sum(int(one["Identical units"]) for one in rows.values()) == aalborg.unit_count


WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs")
    ),
    min_size=1,
    max_size=30,
).map(lambda text: f"L {text}")


@st.composite
def titled_forests(draw):
    """Posts with titles of any letters."""
    edges = draw(forests())
    return edges, draw(st.lists(WORDS, min_size=len(edges), max_size=len(edges)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("forests")


@pytest.mark.slow
@series(sample=40, full=2_000)
@given(titled_forests(), st.sampled_from(LANGUAGES))
def test_any_forest_comes_back(folder, drawn, language):
    edges, titles = drawn
    titled = {post: {"title": Text(title)} for post, title in zip(edges, titles, strict=True)}
    data = changed(tree(edges), **titled)
    again = imported_again(show(data, language=language), folder)
    columns = again.columns
    superiors = dict(zip(columns.values("id"), columns.values("reports_to"), strict=True))
    assert superiors == edges
    said = dict(zip(columns.values("id"), columns.values("title"), strict=True))
    private = {note.row for note in again.report.notes if note.code == "private-cell"}
    if not private:
        wanted = {f"p{n}": unicodedata.normalize("NFC", title) for n, title in enumerate(titles)}
        assert said == wanted
