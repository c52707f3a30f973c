"""Two sets of spans side by side: organisations, units, dates."""

import re

import pytest

from tests.builders import write
from tests.clients import data, found_in, missing, over, over_body, rows_of_csv, text, whole

# From April there is one more in Nord and a team in Syd is gone.
BODY = """units:
  - id: top
    name: Toppen
    kind: forvaltning
    complete: true
    leader: {id: chef, title: Chef, holder: Ida Bo}
    units:
      - id: nord
        name: Nord
        kind: afdeling
        complete: true
        leader: {id: leder-nord, title: Leder, reports_to: chef}
        positions:
          - {id: n1, title: Assistent}
          - {id: n2, title: Assistent}
          - {id: n3, title: Assistent, from: 2026-04-01}
      - id: syd
        name: Syd
        kind: afdeling
        complete: true
        leader: {id: leder-syd, title: Leder, reports_to: chef, status: vacant}
        positions: [{id: s1, title: Assistent}]
        units:
          - id: team
            name: Team
            kind: team
            complete: true
            to: 2026-03-31
            leader: {id: leder-team, title: Teamleder, reports_to: leder-syd, to: 2026-03-31}
"""
OTHER = """units:
  - id: hus
    name: Huset
    kind: forvaltning
    leader: {id: boss, title: Chef}
    positions: [{id: x, title: Assistent, reports_to: boss}]
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("two")
    return over(write(folder, BODY), write(folder, OTHER, "other"))


def measures(client, query):
    found = data(client, f"/api/v1/spans/compare?{query}")
    return {one["id"]: one for one in found["differences"]}


def sides(client, query=""):
    return data(client, f"/api/v1/spans/compare?{query}")["sides"]


def named(client, query, name):
    (found,) = [one for one in measures(client, query).values() if one["name"]["en"] == name]
    return found


def gap(measure):
    return (measure["least"], measure["most"])


def ends(value):
    return (value["low"], value["high"])


UNITS = "first-organisation=test&second-organisation=test&first-unit=nord&second-unit=syd"
DATES = "first-organisation=test&second-organisation=test&second-date=2026-05-01"


class TestTwoUnits:
    def test_by_hand(self, client):
        leaders = named(client, UNITS, "Leaders")
        assert ends(leaders["first"]) == (1, 1)
        assert ends(leaders["second"]) == (2, 2)
        assert gap(leaders) == (1, 1)
        assert leaders["is_certain"]
        layers = named(client, UNITS, "Layers of leaders")
        assert (ends(layers["first"]), ends(layers["second"])) == ((1, 1), (2, 2))
        vacant = named(client, UNITS, "Advertised leaders' posts")
        assert gap(vacant) == (1, 1)

    def test_turned_round_every_difference_is_the_opposite(self, client):
        turned = UNITS.replace(
            "first-unit=nord&second-unit=syd", "first-unit=syd&second-unit=nord"
        )
        there, back = measures(client, UNITS), measures(client, turned)
        assert set(there) == set(back)
        for name, one in there.items():
            low, high = gap(one)
            opposite = tuple(None if end is None else -end for end in (high, low))
            assert gap(back[name]) == pytest.approx(opposite) or None in opposite
            assert back[name]["is_certain"] == one["is_certain"]


class TestTwoDates:
    def test_by_hand(self, client):
        leaders = named(client, DATES, "Leaders")
        assert (ends(leaders["first"]), ends(leaders["second"])) == ((4, 4), (3, 3))
        assert leaders["is_certain"]
        assert [one["day"] for one in sides(client, DATES)] == ["2026-02-09", "2026-05-01"]

    def test_a_post_that_starts_widens_a_span(self, client):
        spans = named(
            client, f"{DATES}&first-unit=nord&second-unit=nord", "Mean span: All leaders here"
        )
        assert (ends(spans["first"]), ends(spans["second"])) == ((2, 2), (3, 3))

    def test_each_side_says_whom_its_figures_leave_out(self, client):
        content = text(client, f"/spans/compare?{DATES}&lang=en&vacant=off")
        assert content.count("Left out: 1 advertised post (those it leads are counted).") == 2

    def test_the_page_keeps_dates_in_its_fields(self, client):
        content = text(client, f"/spans/compare?{DATES}")
        assert re.search(r'name="second-date" type="date"[^>]*value="2026-05-01"', content)
        assert re.search(r'name="first-date" type="date"[^>]*value=""', content)
        assert "1. maj 2026" in content

    def test_the_date_of_the_visit_is_that_of_both_sides(self, client):
        content = text(client, "/spans/compare?date=2026-05-01")
        for side in ("first", "second"):
            assert re.search(rf'name="{side}-date" type="date"[^>]*value="2026-05-01"', content)
        assert 'type="hidden" name="date"' not in content.partition("<main")[2]

    @pytest.mark.parametrize("date", ["nope", "2026-13-01", "9999-01-01", "%00", "-1"])
    def test_what_is_no_date_is_refused(self, client, date):
        content = text(client, f"/spans/compare?{DATES}&first-date={date}", 400)
        assert re.search(r'name="first-date"[^>]*aria-invalid="true"', content)


class TestTwoOrganisations:
    @pytest.mark.parametrize(
        ("query", "shown"),
        [("", ["test", "other"]), ("first-organisation=other", ["other", "test"])],
    )
    def test_are_the_first_two_unasked_and_never_one_twice(self, client, query, shown):
        assert [one["organisation_id"] for one in sides(client, query)] == shown

    def test_what_one_side_leaves_open_is_not_certain(self, client):
        mean = named(client, "", "Mean span: All leaders here")
        assert mean["second"]["high"] is None
        assert not mean["is_certain"]

    def test_an_unknown_one_is_refused_with_the_nearest(self, client):
        content = text(client, "/spans/compare?first-organisation=tets", 400)
        assert "test" in content

    def test_one_alone_is_compared_with_itself(self, tmp_path):
        alone = over_body(tmp_path, BODY)
        assert "Both sides are the same." in text(alone, "/spans/compare?lang=en")


class TestPage:
    def test_certain_differences_stand_first(self, client):
        content = text(client, f"/spans/compare?{UNITS}&lang=en")
        first, second = content.split('id="others"')
        assert "Certain differences" in first
        found = measures(client, UNITS).values()
        certain = [one["name"]["en"] for one in found if one["is_certain"]]
        assert certain
        assert re.findall(r'role="rowheader">([^<]*)<', first) == certain
        assert all(one["is_certain"] for one in list(found)[: len(certain)])
        assert not set(re.findall(r'role="rowheader">([^<]*)<', second)) & set(certain)

    def test_the_same_twice_says_so_and_differs_in_nothing(self, client):
        same = "first-organisation=test&second-organisation=test&lang=en"
        assert "Both sides are the same." in text(client, f"/spans/compare?{same}")
        assert not any(one["is_certain"] for one in measures(client, same).values())
        assert "Both sides are the same." not in text(client, f"/spans/compare?{UNITS}&lang=en")

    @pytest.mark.slow
    def test_each_side_leads_to_its_own_page(self, client):
        content = text(client, f"/spans/compare?{UNITS}&vacant=off&first-layer=2&lang=en")
        hrefs = re.findall(r'class="side-link"><a href="([^"]*)"', content)
        assert [one.split("?")[0] for one in hrefs] == ["/test/spans"] * 2
        assert missing(("unit=nord", "layer=2", "vacant=off"), hrefs[0]) == []
        assert "unit=syd" in hrefs[1]
        for href in hrefs:
            assert client.get(href).status_code == 200

    @pytest.mark.slow
    def test_a_page_of_spans_leads_here_with_its_choice(self, client):
        content = text(client, "/test/spans?unit=nord&layer=2&kind=afdeling&vacant=off&planned=on")
        (href,) = re.findall(r'href="(/spans/compare[^"]*)"', content)
        choice = (
            "first-organisation=test",
            "first-unit=nord",
            "first-layer=2",
            "first-kind=afdeling",
            "vacant=off",
            "planned=on",
        )
        assert missing(choice, href) == []
        assert sides(client, href.partition("?")[2])[0]["unit_id"] == "nord"

    def test_its_state_survives_language_names_and_downloads(self, client):
        asked = f"{UNITS}&second-date=2026-05-01&vacant=off&fit-care=1-2"
        content = text(client, f"/spans/compare?{asked}")
        hrefs = [
            found_in(r'href="([^"]*)" lang="en"', content),
            found_in(r'id="names-switch" href="([^"]*)"', content),
            *re.findall(r'href="((?:/spans/compare\.|/api/v1/spans/compare)[^"]*)"', content),
        ]
        assert len(hrefs) == 4
        for href in hrefs:
            assert missing(asked.split("&"), href) == []
        form = whole(r'<form class="span-controls".*?</form>', content, re.DOTALL)
        for name in ("vacant", "fit-care"):
            assert f'type="hidden" name="{name}"' in form

    def test_the_file_speaks_the_language_of_the_page(self, client):
        text = client.get(f"/spans/compare.csv?{UNITS}&lang=da").get_data(as_text=True)
        first, *_sides, least, most = text[1:].splitlines()[0].split(";")
        assert (first, least, most) == ("Nøgletal", "Forskel, mindst", "Forskel, højst")

    def test_the_file_says_what_the_data_say(self, client):
        address = f"/spans/compare.csv?{UNITS}&lang=en"
        assert client.get(address).mimetype == "text/csv"
        rows = rows_of_csv(client, address)
        assert [one["Measure"] for one in rows] == [
            one["name"]["en"] for one in measures(client, UNITS).values()
        ]
        (leaders,) = [one for one in rows if one["Measure"] == "Leaders"]
        assert leaders["Difference, at least"] == leaders["Difference, at most"] == "1"

    @pytest.mark.parametrize(
        "query",
        [
            "first-unit=nope",
            "second-layer=-1",
            "first-kind=%00",
            "second-unit=%00&first-layer=99999",
        ],
    )
    def test_what_means_nothing_is_refused(self, client, query):
        for address in ("/spans/compare", "/spans/compare.csv", "/api/v1/spans/compare"):
            assert client.get(f"{address}?{query}").status_code == 400

    def test_differences_are_said_with_their_sign_and_points(self, client):
        content = text(client, f"/spans/compare?{UNITS}&lang=en")
        assert re.search(r'data-label="Difference"[^>]*>\+1<', content)
        # Of those units the data tell no share.
        shares = text(client, f"/spans/compare?{DATES}&lang=en")
        assert re.search(r"[+−][\d.]+ pp<", shares)
        for one in (content, shares):
            assert "pp – " not in one

    def test_nobody_is_named(self, client):
        assert "Ida Bo" not in text(client, f"/spans/compare?{UNITS}&column=holder")
