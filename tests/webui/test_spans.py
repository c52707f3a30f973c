"""The pages, files and pictures of spans of control, as a client gets them."""

import html
import io
import json
import re
from collections import Counter

import openpyxl
import pytest

from orgmodel.analysis.statistics.leader_table import COLUMN_KEYS
from orgmodel.drawing.plots import PLOTS
from tests.builders import body, post, unit, write
from tests.clients import (
    asked,
    data,
    found_in,
    links,
    missing,
    names_of,
    over,
    over_body,
    rows_of_csv,
    sheets,
    text,
    visible,
    whole,
)
from tests.webui.test_security import HOSTILE

TABLES = ("bands", "work", "published", "layers", "matrix", "averages", "leaders")
FILES = (
    "/api/v1/organisations/{id}/spans",
    "/{id}/spans.xlsx",
    *(f"/{{id}}/spans/tables/{one}.csv" for one in TABLES),
    *(f"/{{id}}/spans/plots/{one}.{form}" for one in PLOTS for form in ("svg", "png")),
)
# A leader of two leaders and one vacancy; one of them leads two, one of whom is planned. All is stated,
# so that bands judge it.
SMALL = """sources: {plan: {title: Plan}}
units:
  - id: top
    name: Toppen
    kind: forvaltning
    complete: {value: true, cite: plan}
    leader: {id: chef, title: Direktør, holder: Ida Bo}
    positions:
      - {id: ledig, title: Konsulent, status: vacant, reports_to: chef}
    units:
      - id: nord
        name: Nord
        kind: plejehjem
        complete: {value: true, cite: plan}
        leader: {id: leder-nord, title: Leder, holder: Per As, reports_to: chef}
        positions:
          - {id: a, title: Assistent, holder: Bo Berg, reports_to: leder-nord}
          - {id: ny, title: Assistent, status: planned, reports_to: leder-nord}
      - id: syd
        name: Syd
        kind: sekretariat
        complete: {value: true, cite: plan}
        leader: {id: leder-syd, title: Åben leder, holder: Eva Dam, reports_to: chef}
        positions:
          - {id: b, title: Fuldmægtig, holder: Kaj Eg, reports_to: leder-syd}
"""
PEOPLE = ("Ida Bo", "Per As", "Bo Berg", "Eva Dam", "Kaj Eg")


@pytest.fixture(scope="module")
def small_folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("small"), SMALL).parent


@pytest.fixture(scope="module")
def small(small_folder):
    return over(small_folder)


@pytest.fixture(scope="module")
def small_without_names(small_folder):
    return over(small_folder, NAMES=False)


def leaders(client, query="", organisation="test"):
    """What the data tell of each leader."""
    found = data(client, f"/api/v1/organisations/{organisation}/spans{query}")
    return {one["id"]: one for one in found["items"]}


def rows(content):
    """The posts of the table of leaders, in the order of the page."""
    body = content.split('class="figure-table leader-table"')[1].split("<tbody")[1]
    body = body.split("</tbody>")[0]
    return re.findall(r"/spans/of/([\w-]+)", body)


def seen(client, address):
    """What a reader sees of a page beside its pictures."""
    return visible(re.sub(r"<svg.*?</svg>", "", text(client, address), flags=re.DOTALL))


def said_by(answer):
    """Everything that a file says, whatever its form."""
    if answer.mimetype.startswith("application/vnd"):
        return json.dumps(sheets(answer.data), ensure_ascii=False, default=str)
    if answer.mimetype == "application/json":
        return json.dumps(answer.get_json(), ensure_ascii=False)
    return "" if answer.mimetype == "image/png" else html.unescape(answer.get_data(as_text=True))


def named_in(answer, names=PEOPLE):
    """Who is named in a file."""
    said = said_by(answer)
    return [one for one in names if one in said]


def groups(count):
    """A chief of so many leaders, `l0` and on, each of a unit."""
    below = [
        unit(f"u{n}", post(f"l{n}", title=f"Leder {n:04}"), name=f"Enhed {n:04}")
        for n in range(count)
    ]
    return body(unit("top", "chef", units=below))


class TestNumbers:
    def test_of_a_made_up_organisation(self, small):
        found = leaders(small)
        assert list(found) == ["chef", "leder-nord", "leder-syd"]
        spans = {one: row["span"]["low"] for one, row in found.items()}
        # Two leaders and the vacancy; the planned post counts nowhere.
        assert spans == {"chef": 3, "leder-nord": 1, "leder-syd": 1}
        assert {one: row["span"]["high"] for one, row in found.items()} == spans
        assert found["chef"]["reach"] == {"low": 5, "high": 5}
        assert found["chef"]["direct_leaders"] == {"low": 2, "high": 2}

    def test_without_vacant_and_with_planned_posts(self, small):
        assert leaders(small, "?vacant=off")["chef"]["span"] == {"low": 2, "high": 2}
        found = leaders(small, "?planned=on")
        assert found["leder-nord"]["span"] == {"low": 2, "high": 2}
        assert found["chef"]["reach"] == {"low": 6, "high": 6}

    def test_of_aalborg_by_hand(self, client):
        """A source says that seven leaders report to the head; how many others do, none says."""
        found = leaders(client, organisation="aalborg")
        head = found["chef-voksensocial"]
        assert head["direct_leaders"] == {"low": 7, "high": 7}
        assert head["direct_staff"] is None
        assert head["span"] == {"low": 7, "high": None}
        # From one source's just over 2,000 to the other's half of approx. 4,320, which is read as up to
        # a twentieth more; whether the head is among them no source says.
        assert head["reach"] == {"low": 2000, "high": 2268}
        assert found["direktoer"]["reach"] == {"low": 4319, "high": 4320}
        # The alderman is a politician, the head of day care another department's.
        assert not found.keys() & {"raadmand", "dagtilbudschef"}
        assert sum(one["seats"] for one in found.values()) == 23
        codes = [one["known"] for one in found.values() for _seat in range(one["seats"])]
        assert Counter(codes) == {"bounded": 5, "unknown": 18}

    @pytest.mark.slow
    def test_the_page_says_what_the_data_say(self, client):
        content = seen(client, "/aalborg/spans?lang=en")
        words = (
            "Leaders 23 : see who",
            "Left out: 1 politician, 1 post of another organisation.",
            "Median span at least 5 : see who known for 5 of 23 leaders",
            "Spans we know exactly 0 : see who 0 assumed, 5 “at least”, 18 not stated",
            "Layers of leaders 4 from layer 2 to 5",
            "Advertised leaders' posts 2 : see who",
            "Acting leaders 1 : see who",
            "Employees in no listed unit at least 912 912–1,365",
            "All leaders 20 rows",
        )
        assert missing(words, content) == []
        # No span of Aalborg is settled, and so there is no narrowest; in Skanderborg one is, and
        # the head's is assumed.
        assert "The narrowest known exactly" not in content
        narrowest = "The narrowest known exactly: Head of case management and secretariat, Fagsekretariatet (4)."
        assert narrowest in seen(client, "/skanderborg/spans?lang=en")

    @pytest.mark.slow
    def test_not_known_is_never_nought(self, client):
        content = seen(client, "/aalborg/spans?lang=en&q=jobcenter&column=span")
        assert "Head of job centre not stated" in content
        table = rows_of_csv(client, "/aalborg/spans/tables/leaders.csv?lang=en&q=jobcenter")
        assert table[0]["Span, at least"] in {"", "0"}
        assert table[0]["Span, at most"] == ""


class TestChoice:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("query", "posts"),
        [
            ("?unit=nord", ["leder-nord"]),
            ("?kind=sekretariat", ["leder-syd"]),
            ("?kind=sekretariat&kind=forvaltning", ["chef", "leder-syd"]),
            ("?layer=1", ["chef"]),
            ("?layer=1&layer=2", ["chef", "leder-nord", "leder-syd"]),
            ("?unit=&kind=&layer=", ["chef", "leder-nord", "leder-syd"]),
        ],
    )
    def test_changes_page_and_files(self, small, query, posts):
        assert rows(text(small, f"/test/spans{query}")) == list(leaders(small, query)) == posts
        table = rows_of_csv(small, f"/test/spans/tables/leaders.csv{query}")
        assert len(table) == len(posts)
        names = list(sheets(small.get(f"/test/spans.xlsx{query}").data).values())
        assert len(names[TABLES.index("leaders")]) == 1 + len(posts)

    def test_changes_the_plots(self, small):
        everything = text(small, "/test/spans/plots/widest.svg")
        part = text(small, "/test/spans/plots/widest.svg?unit=nord")
        assert missing(("Syd", ">3</text>"), everything) == []
        assert "Nord" in part
        assert "Syd" not in part

    @pytest.mark.parametrize(
        ("plot", "query"),
        [
            ("bands", "planned=on"),
            ("bands", "layer=2"),
            ("bands", "kind=plejehjem"),
            ("bands", "unit=syd"),
            ("widest", "vacant=off"),
        ],
    )
    def test_of_which_posts_and_seats_changes_a_plot(self, small, plot, query):
        address = f"/test/spans/plots/{plot}.svg"
        assert text(small, f"{address}?{query}") != text(small, address)

    @pytest.mark.slow
    def test_of_nobody_says_so_and_leads_back_with_columns_and_visit(self, small):
        asked_for = "lang=en&names=off&unit=nord&layer=1&fit-care=1-2&column=span"
        content = text(small, f"/test/spans?{asked_for}")
        assert "No leader matches your search." in content
        (href,) = set(links(content, "Show everything"))
        assert rows(text(small, href)) == ["chef", "leder-nord", "leder-syd"]
        assert missing(("lang=en", "names=off", "column=span"), href) == []
        assert missing(("unit=", "fit-care"), href) == ["unit=", "fit-care"]

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "query",
        [
            "page=-5",
            "page=999999999999999999999",
            "page=٣",
            "layer=-1",
            "layer=9999999",
            "layer=99999999999999999999",
            "kind=%00",
            "q=" + "a%20" * 150,
            "sort=nope",
            "sort=__class__&order=desc",
            "band=nope",
            "fit=nope",
            "column=nope",
            "fit-care=99999999-1",
            "fit-care=40-30",
            "fit-care=%00",
            "rest=nope",
            "date=2026-99-99",
            "vacant=nope&planned=nope",
        ],
    )
    def test_what_means_nothing_is_refused(self, small, query):
        files = [one.format(id="test") for one in FILES[:3]]
        for address in (
            "/test/spans",
            *files,
            "/test/spans/of/chef",
            "/test/spans/plots/widest.svg",
        ):
            assert small.get(f"{address}?{query}").status_code == 400, address

    @pytest.mark.parametrize(
        "query", ["page=9999999", "q=%00%1f%7f", "sort=holder", "fit-nope=1-2", "nope=1"]
    )
    def test_what_can_be_asked_is_answered_and_names_that_are_not_known_are_ignored(
        self, small, query
    ):
        for address in ("/api/v1/organisations/test/spans", "/test/spans/tables/leaders.csv"):
            assert small.get(f"{address}?{query}").status_code == 200


class TestTable:
    @pytest.mark.slow
    def test_every_row_leads_to_its_explanation_and_to_the_chart(self, client, shipped):
        for organisation_id in shipped:
            content = text(client, f"/{organisation_id}/spans")
            found = rows(content)
            assert found == list(leaders(client, organisation=organisation_id))
            for one in found:
                assert f'/{organisation_id}/?select={one}"' in content
                assert client.get(f"/{organisation_id}/spans/of/{one}").status_code == 200

    @pytest.mark.slow
    @pytest.mark.parametrize("key", COLUMN_KEYS)
    @pytest.mark.parametrize("language", ["da", "en"])
    def test_sorts_by_every_column_both_ways(self, client, key, language):
        address = f"/aalborg/spans?lang={language}&sort={key}&column=holder&column={key}"
        up, down = (rows(text(client, f"{address}&order={one}")) for one in ("asc", "desc"))
        assert sorted(up) == sorted(down) == sorted(rows(text(client, "/aalborg/spans")))
        query = address.removeprefix("/aalborg/spans")
        assert list(leaders(client, query, "aalborg")) == up

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("query", "posts"),
        [
            ("sort=post", ["chef", "leder-nord", "leder-syd"]),
            ("sort=post&order=desc", ["leder-syd", "leder-nord", "chef"]),
            # å is the last letter in Danish and an a in English.
            ("sort=post&lang=en", ["leder-syd"]),
            ("sort=span&order=desc", ["chef"]),
            ("sort=work", ["leder-syd", "chef", "leder-nord"]),
            ("sort=holder&column=holder", ["leder-syd", "chef", "leder-nord"]),
        ],
    )
    def test_sorts_as_one_reads(self, small, query, posts):
        assert rows(text(small, f"/test/spans?{query}"))[: len(posts)] == posts

    @pytest.mark.slow
    def test_what_is_not_known_comes_last_either_way(self, client):
        for order in ("asc", "desc"):
            found = rows(text(client, f"/aalborg/spans?sort=span&order={order}"))
            assert {"direktoer", "chef-voksensocial"} <= set(found[:5])
            assert found[5] == "stabschef-oekonomi-og-it"

    def test_says_what_it_is_sorted_by_and_turns_it_round(self, small):
        content = text(small, "/test/spans?sort=span&order=desc&lang=en")
        assert content.count("aria-sort=") == 1
        assert 'aria-sort="descending"' in content
        href = found_in(r'aria-sort="descending"><a href="([^"]*)"', content)
        assert 'aria-sort="ascending"' in text(small, href)
        assert "sort=span" in href
        assert "order" not in href

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("query", "posts"),
        [
            ("q=nord", ["leder-nord"]),
            ("q=Aaben", ["leder-syd"]),
            ("q=led+syd", ["leder-syd"]),
            ("q=eder", []),
            ("q=toppen", ["chef"]),
            ("band=1", ["leder-nord", "leder-syd"]),
            ("band=2-3", ["chef"]),
            ("band=unknown", []),
            ("fit=narrow", []),
            ("fit=none", ["chef", "leder-nord", "leder-syd"]),
            ("fit=narrow&own=on", ["chef", "leder-syd"]),
            ("fit=wide", []),
            ("fit=narrow&own=on&fit-care=2-3", ["chef", "leder-nord", "leder-syd"]),
            ("fit=fitting&fit-care=1-2", ["leder-nord"]),
        ],
    )
    def test_is_searched_and_filtered(self, small, query, posts):
        content = text(small, f"/test/spans?{query}")
        assert rows(content) == list(leaders(small, f"?{query}")) == posts
        assert ("colspan=" in content.split("leader-table")[1]) == (not posts)

    def test_columns_are_chosen(self, small):
        content = text(small, "/test/spans?lang=en&column=reach&column=kind")
        head = content.split("leader-table")[1].split("</thead>")[0]
        assert re.findall(r"href=\"[^\"]*\">([\w -]+)", head) == ["Post", "Kind of unit", "Reach"]
        checked = re.findall(r'name="column" value="(\w+)" checked', content)
        assert checked == ["post", "kind", "reach"]

    @pytest.mark.slow
    def test_pages_of_fifty(self, tmp_path):
        client = over_body(tmp_path, groups(120))
        first = text(client, "/test/spans?lang=en&sort=post&order=desc")
        assert "Page 1 of 3" in first
        assert rows(first) == [f"l{n}" for n in range(119, 69, -1)]
        assert not links(first, "Previous")
        (href,) = links(first, "Next")
        second = text(client, href)
        assert rows(second) == [f"l{n}" for n in range(69, 19, -1)]
        last = text(client, links(second, "Next")[0])
        assert rows(last)[-1] == "chef"
        assert len(rows(last)) == 21
        assert not links(last, "Next")
        assert rows(text(client, "/test/spans?lang=en&sort=post&order=desc&page=99")) == rows(last)
        # All are in the files, and the page is no longer for them.
        assert len(rows_of_csv(client, "/test/spans/tables/leaders.csv?page=2")) == 121
        wide = sum(len(text(client, one)) for one in ("/test/spans", "/test/spans?page=2"))
        assert wide < 2 * 260_000


class TestState:
    STATE = (
        "unit=top", "kind=plejehjem", "layer=2", "vacant=off", "planned=on", "fit-care=1-2", "rest=care",
        "q=led", "band=2-3", "fit=fitting", "sort=span", "order=desc", "column=post", "column=span",
    )  # fmt: skip

    @pytest.mark.slow
    def test_survives_language_names_sorting_and_downloads(self, small):
        content = text(small, f"/test/spans?{'&'.join(self.STATE)}")
        assert rows(content) == ["leder-nord"]
        english = found_in(r'href="([^"]*)" lang="en"', content)
        names = found_in(r'id="names-switch" href="([^"]*)"', content)
        files = re.findall(r'href="(/test/spans(?:\.xlsx|/tables/|/plots/)[^"]*)"', content)
        assert len(files) == 3 * len(PLOTS) - 1 + len(TABLES) - 4 + 1
        explanations = re.findall(r'href="(/test/spans/of/[^"]*)"', content)
        for href in (english, names, *files, *explanations):
            assert missing(self.STATE, href) == [], href
            assert small.get(href).status_code == 200
        heading = found_in(r'columnheader" class=""><a href="([^"]*)"', content)
        rest = [one for one in self.STATE if not one.startswith(("sort", "order"))]
        assert missing(rest, heading) == []

    @pytest.mark.slow
    def test_a_form_passes_on_what_the_other_sets(self, small):
        visit = "lang=en&names=off&date=2026-03-01"
        content = text(small, f"/test/spans?{'&'.join(self.STATE)}&{visit}")
        _search, controls, query = re.findall(r"<form .*?</form>", content, re.DOTALL)
        for form, names in (
            (controls, "q band fit sort order column lang names date"),
            (query, "unit kind layer vacant planned rest fit-care sort lang"),
        ):
            hidden = [f'type="hidden" name="{name}"' for name in names.split()]
            assert missing(hidden, form) == []
        assert 'name="page"' not in controls + query

    def test_the_explanation_counts_what_the_page_counts_and_leads_back(self, small):
        content = text(small, "/test/spans/of/chef?lang=en&vacant=off&sort=span")
        left_out = "1 planned post, 1 advertised post (those it leads are counted)."
        assert f"Left out: {left_out}" in content
        assert re.search(r"Span of control: <span[^>]*>2<", content)
        (back,) = links(content, "Back to the table of leaders")
        assert back.startswith("/test/spans?")
        assert back.endswith("#leaders")
        assert "position_id" not in back
        assert missing(("lang=en", "vacant=off", "sort=span"), back) == []


class TestBands:
    @pytest.mark.slow
    def test_a_changed_band_changes_everything(self, small):
        for query, fit in (
            ("", "none"),
            ("&fit-care=2-3", "narrow"),
            ("&fit-care=1-1", "fitting"),
        ):
            assert leaders(small, f"?lang=en{query}")["leder-nord"]["fit"] == fit
        assert "1–1" in text(small, "/test/spans/plots/work.svg?fit-care=1-1")
        page = text(small, "/test/spans?lang=en&fit-care=1-1")
        assert "You have changed the guideline spans" in page
        work = rows_of_csv(small, "/test/spans/tables/work.csv?lang=en&fit-care=1-1")
        assert next(one for one in work if one["Kind of work"] == "Eldercare")["Fitting"] == "1"

    def test_every_range_names_its_reference(self, small):
        content = text(small, "/test/spans?lang=en")
        names = ("Aarhus University", "Ledelseskommissionen", "VIVE, as reported by Medtech News")
        assert missing(names, content) == []

    def test_our_own_ranges_are_off_until_they_are_chosen_and_say_whose_they_are(self, small):
        content = text(small, "/test/spans?lang=en")
        field = whole(r'<input id="fit-administration"[^>]*>', content)
        assert 'value=""' in field
        assert '<option value="on">Use our own ranges: Leaders of leaders 5–8' in content
        chosen = text(small, "/test/spans?lang=en&own=on")
        assert "our own ranges are used" in chosen
        assert 'value="10-20"' in whole(r'<input id="fit-administration"[^>]*>', chosen)
        work = rows_of_csv(small, "/test/spans/tables/work.csv?lang=en&own=on")
        ours = next(one for one in work if one["Kind of work"] == "Administration")
        assert ours["Reference"].endswith("our own range, not from a study")

    def test_what_is_published_stands_beside_with_its_source_and_judges_nothing(self, small):
        lines = rows_of_csv(small, "/test/spans/tables/published.csv?lang=en")
        mean = next(one for one in lines if one["Number"] == "55.5")
        assert (mean["Kind of work"], mean["Figure"]) == ("Eldercare", "Mean")
        assert mean["Source"] == "VIVE, as reported by Medtech News"
        assert "55.5" in seen(small, "/test/spans?lang=en")


class TestFiles:
    def test_excel_opens_with_every_table_and_what_it_means(self, small):
        answer = small.get("/test/spans.xlsx?lang=en")
        assert answer.headers["Content-Disposition"] == "attachment; filename=test-spans.xlsx"
        found = sheets(answer.data)
        assert len(found) == len(TABLES) + 1
        about = json.dumps(found["About the figures"])
        assert "How many people a leader leads directly" in about
        table = found["All leaders"]
        spans = table[0].index("Span, at least")
        assert [row[spans] for row in table[1:]] == [3, 1, 1]

    @pytest.mark.parametrize("table", TABLES)
    def test_every_table_is_a_csv_file(self, client, table):
        answer = client.get(f"/aalborg/spans/tables/{table}.csv")
        assert answer.mimetype == "text/csv"
        assert answer.headers["Content-Disposition"] == f"attachment; filename=aalborg-{table}.csv"
        assert rows_of_csv(client, f"/aalborg/spans/tables/{table}.csv")

    def test_all_forms_say_the_same(self, client):
        query = "?lang=en&sort=reach&order=desc"
        found = leaders(client, query, "aalborg")
        spoken = [one["title"]["en"] for one in found.values()]
        table = rows_of_csv(client, f"/aalborg/spans/tables/leaders.csv{query}")
        assert [one["Post"] for one in table] == spoken
        excel = sheets(client.get(f"/aalborg/spans.xlsx{query}").data)["All leaders"]
        assert [row[0] for row in excel[1:]] == spoken

    @pytest.mark.slow
    @pytest.mark.parametrize("plot", list(PLOTS))
    def test_every_plot_is_a_picture(self, client, plot):
        drawn = client.get(f"/aalborg/spans/plots/{plot}.png")
        assert drawn.mimetype == "image/png"
        assert drawn.data.startswith(b"\x89PNG\r\n")
        svg = client.get(f"/aalborg/spans/plots/{plot}.svg?lang=en")
        assert svg.mimetype == "image/svg+xml"
        assert "<text" in svg.get_data(as_text=True)

    @pytest.mark.slow
    @pytest.mark.parametrize("file", FILES)
    def test_nothing_runs_and_nothing_is_fetched(self, client, file):
        """An SVG that is opened by itself is held by the same policy as a page."""
        answer = client.get(file.format(id="aalborg"))
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if not file.startswith("/api/"):
            assert answer.headers["Content-Disposition"].startswith("attachment")
        if file.endswith(".svg"):
            content = answer.get_data(as_text=True)
            assert not re.search(r"<script|<style|<foreignObject|\son\w+=|\sstyle=", content)
            assert not re.findall(r'(?:src|href)="(?:https?:)?//', content)


class TestUnknown:
    @pytest.mark.parametrize(
        "address",
        [
            "/aalborg/spans/plots/nope.svg",
            "/aalborg/spans/plots/bands.gif",
            "/aalborg/spans/tables/nope.csv",
            "/aalborg/spans/of/nope",
            "/nope/spans",
            "/nope/spans.xlsx",
            "/nope/spans/plots/bands.svg",
        ],
    )
    def test_is_our_own_page(self, client, address):
        content = text(client, f"{address}?lang=en", 404)
        assert "To all organisations" in content

    def test_a_post_is_told_with_the_nearest_on_the_same_page(self, client):
        content = text(client, "/aalborg/spans/of/chef-voksensocia?vacant=off", 404)
        assert "/aalborg/spans/of/chef-voksensocial?vacant=off" in content

    def test_a_post_that_leads_nobody_says_so_and_leads_to_its_page(self, small):
        content = text(small, "/test/spans/of/ledig?lang=en", 404)
        assert "Nobody is known to report to the post" in content
        assert 'href="/test/positions/ledig?lang=en"' in content

    def test_data_say_it_as_data(self, client):
        answer = client.get("/api/v1/organisations/nope/spans")
        assert answer.status_code == 404
        assert answer.get_json()["ok"] is False


class TestExplanation:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        "post", ["chef-voksensocial", "direktoer", "raadmand", "jobcenterchef"]
    )
    @pytest.mark.parametrize("measure", ["span", "reach"])
    def test_parts_add_up_to_the_figure(self, client, post, measure):
        content = text(client, f"/aalborg/spans/of/{post}?lang=en")
        section = content.split(f'aria-labelledby="{measure}"')[1].split("</section>")[0]
        row = leaders(client, "?politicians=on", "aalborg")[post]
        cells = re.findall(r'data-label="Adds" class="number-cell">([^<]*)<', section)
        least = sum(lowest(one) for one in cells)
        assert least == (0 if row[measure] is None else row[measure]["low"])

    @pytest.mark.slow
    def test_says_by_which_rule_and_from_which_source(self, client):
        content = seen(client, "/aalborg/spans/of/chef-voksensocial?lang=en")
        assert "How the figures were found Head of department, Voksensocialafdelingen" in content
        assert "It is stated for the post itself." in content
        assert "“de 7 centerchefer, som refererer til dig”" in content

    def test_says_nothing_twice(self, client):
        content = seen(client, "/aalborg/spans/of/chef-voksensocial?lang=en")
        step = "How many work directly in Voksensocialafdelingen is not stated; at most 2,259 of"
        assert content.count(step) == 2  # as a step, and at what it adds
        # Counted entries are in the table and are not repeated before it.
        assert "Among them are listed" not in content


def lowest(words):
    """The lower end of what an entry adds: 4, 0–2,190, at least 3, at most 8, −1."""
    sign = -1 if words.startswith("−") else 1
    if "at most" in words or "not stated" in words:
        return 0
    return sign * int(whole(r"\d+", words.replace(",", "")))


class TestNames:
    ADDRESSES = (
        "/test/spans",
        "/test/spans?sort=holder",
        *(one.format(id="test") for one in FILES),
        "/spans/compare",
        "/api/v1/spans/compare",
        "/spans/compare.csv",
    )

    @pytest.mark.slow
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_nobody_is_named_unasked(self, small, address):
        assert named_in(small.get(address)) == []

    @pytest.mark.slow
    def test_nobody_is_found_or_sorted_by_name_unasked(self, small):
        assert rows(text(small, "/test/spans?q=ida")) == []
        assert rows(text(small, "/test/spans?sort=holder")) == ["chef", "leder-nord", "leder-syd"]
        assert rows(text(small, "/test/spans?q=ida&column=holder")) == ["chef"]

    @pytest.mark.parametrize(
        "address", [one.format(id="test") for one in (*FILES[:2], FILES[1 + len(TABLES)])]
    )
    def test_who_asks_is_told(self, small, address):
        found = named_in(small.get(f"{address}?column=holder"))
        assert {"Ida Bo", "Per As", "Eva Dam"} <= set(found)

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "address", [*ADDRESSES, "/test/spans/of/chef", "/test/spans/of/leder-nord"]
    )
    def test_a_visit_or_a_server_without_names_has_none(self, small, small_without_names, address):
        whole_address = asked(address, "column=holder&q=&sort=holder")
        for client, query in ((small, "&names=off"), (small_without_names, "&names=on")):
            answer = client.get(whole_address + query)
            assert answer.status_code == 200
            assert named_in(answer) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("language", ["da", "en"])
    def test_no_shipped_name_is_in_any_form(self, client, shipped, language):
        for organisation in shipped.values():
            posts = leaders(client, "?names=off", organisation.id)
            pages = ("/{id}/spans", *FILES, *(f"/{{id}}/spans/of/{post}" for post in posts))
            for page in pages:
                query = f"?names=off&column=holder&lang={language}"
                answer = client.get(page.format(id=organisation.id) + query)
                assert answer.status_code == 200
                assert named_in(answer, names_of(organisation)) == []


class TestHostile:
    """What the pages show is in `test_security`."""

    @pytest.mark.parametrize("plot", PLOTS)
    @pytest.mark.parametrize("language", ["da", "en"])
    def test_texts_of_plots_stay_texts(self, hostile, plot, language):
        answer = hostile.get(f"/hostile/spans/plots/{plot}.svg?lang={language}")
        assert answer.status_code == 200
        content = answer.get_data(as_text=True)
        assert "<img" not in content
        assert "</script><" not in content
        if plot == "widest":
            assert "&lt;img" in content or "&lt;/script" in content

    def test_files_hold_them_as_they_are(self, hostile):
        assert leaders(hostile, organisation="hostile")["l"]["title"]["da"] == HOSTILE
        table = rows_of_csv(hostile, "/hostile/spans/tables/leaders.csv?lang=en")
        assert table[0]["Post"] == HOSTILE
        excel = sheets(hostile.get("/hostile/spans.xlsx?lang=en").data)["All leaders"]
        assert excel[1][0] == HOSTILE

    def test_no_text_becomes_a_formula(self, tmp_path):
        formula = unit("a", post("l", title="@SUM(A1)"), name="=1+1")
        client = over_body(tmp_path, body(formula))
        (row,) = rows_of_csv(client, "/test/spans/tables/leaders.csv?lang=en")
        assert row["Post"] == "'@SUM(A1)"
        assert row["Unit"] == "'=1+1"
        book = openpyxl.load_workbook(io.BytesIO(client.get("/test/spans.xlsx").data))
        assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}


class TestLinks:
    def test_a_door_of_the_front_page_leads_to_the_spans_of_each(self, client, shipped):
        assert 'href="/start/spans"' in text(client, "/")
        content = text(client, "/start/spans")
        for organisation_id in shipped:
            assert f'href="/{organisation_id}/spans"' in content

    @pytest.mark.slow
    def test_a_units_page_and_panel_lead_to_its_spans(self, client):
        href = "/aalborg/spans?unit=voksensocialafdelingen"
        assert f'href="{href}"' in text(client, "/aalborg/units/voksensocialafdelingen")
        panel = data(client, "/aalborg/units/voksensocialafdelingen/panel.json")
        assert href in json.dumps(panel)
        assert client.get(href).status_code == 200

    @pytest.mark.slow
    def test_a_leaders_page_and_panel_lead_to_the_explanation(self, client):
        href = "/aalborg/spans/of/chef-voksensocial"
        assert f'href="{href}"' in text(client, "/aalborg/positions/chef-voksensocial")
        panel = data(client, "/aalborg/positions/chef-voksensocial/panel.json")
        assert href in [one["href"] for one in panel["actions"]]

    def test_who_leads_nobody_has_none(self, small):
        assert "/spans/of/" not in text(small, "/test/positions/a")
        assert "/spans/of/" not in json.dumps(data(small, "/test/positions/a/panel.json"))

    @pytest.mark.slow
    def test_every_link_of_every_spans_page_works(self, client):
        for page in ("/aalborg/spans", "/aalborg/spans/of/direktoer", "/spans/compare", "/api"):
            for href in set(re.findall(r'href="(/[^"]*)"', text(client, page))):
                with client.get(html.unescape(href)) as answer:
                    assert answer.status_code == 200, href


class TestLarge:
    @pytest.mark.slow
    def test_a_page_does_not_grow_with_the_organisation(self, tmp_path):
        sizes = []
        for size in (300, 3000):
            folder = tmp_path / str(size)
            folder.mkdir()
            client = over_body(folder, groups(size))
            sizes.append(len(client.get("/test/spans?unit=u299").data))
            explained = client.get("/test/spans/of/chef").data
            assert len(explained) < 200_000
        assert abs(sizes[1] - sizes[0]) < 2_000

    def test_a_unit_far_down_stays_chosen(self, tmp_path):
        client = over_body(tmp_path, body(*(unit(f"u{n}") for n in range(300))))
        content = text(client, "/test/spans?unit=u299")
        assert '<option value="u299" selected' in content
        assert '<option value="u250"' not in content
