"""Invalid parameters are refused, with every error and the valid values."""

import re

import pytest

from tests.clients import OWN, over_body, text
from webui.asking.addresses import PARAMS
from webui.asking.questions import RULES, rules_of

TWO = """units:
  - id: top
    name: Toppen
    kind: forvaltning
    leader: {id: chef, title: Direktør, holder: Ida Bo}
    units:
      - id: ida-bo-afdeling
        name: Ida Bo Afdeling
        kind: plejehjem
        leader: {id: leder, title: Leder, holder: Per As, reports_to: chef}
      - {id: lukket, name: Lukket, kind: stab, to: 2020-01-01}
"""
PAGES = (
    "/test/",
    "/test/units",
    "/test/chart.json",
    "/test/spans",
    "/api/v1/organisations/test/spans",
    "/test/spans.xlsx",
    "/test/spans/tables/leaders.csv",
    "/test/spans/plots/bands.svg",
    "/test/spans/plots/bands.png",
    "/test/spans/of/chef",
    "/test/present",
    "/test/present.json",
    "/test/present/picture",
    "/test/present/files/pptx",
    "/test/embeds",
    "/test/between",
    "/test/changes",
    "/api/v1/organisations/test/changes",
    "/api/v1/organisations/test/posts",
    "/test/groups",
    "/test/search",
    "/test/search.json",
    "/test/new",
    "/test/findings",
    "/test/positions/chef",
    "/spans/compare",
    "/api/v1/spans/compare",
    "/spans/compare.csv",
    "/compare",
    "/",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return over_body(tmp_path_factory.mktemp("asked"), TWO)


def refused(client, address):
    return text(client, address, 400)


class TestEveryPage:
    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.parametrize("query", ["date=2026-99-99", "lang=xx", "names=maybe"])
    def test_refuses_a_visit_that_means_nothing(self, client, page, query):
        refused(client, f"{page}?{query}")

    @pytest.mark.parametrize("page", PAGES[:20])
    def test_takes_empty_values_as_not_asked(self, client, page):
        empty = "&".join(f"{name}=" for name in sorted(PARAMS) if name != "select")
        plain = client.get(page)
        assert client.get(f"{page}?{empty}&nope=1").status_code == plain.status_code

    def test_every_parameter_that_pages_know_is_held_to_what_can_be_asked(self, client):
        with client.application.app_context():
            ruled = {name for page in RULES for name in rules_of(page)}
        assert ruled == PARAMS


class TestTheAnswer:
    ASKED = "/test/spans?unit=topp&fit-care=abc&date=1.5.2026&vacant=off&lang=en"

    def test_tells_all_that_is_wrong_at_once(self, client):
        content = refused(client, self.ASKED)
        assert "There is no “topp”. It can be: top, ida-bo-afdeling." in content
        assert "“abc” is not a range. Write it as 12-20." in content
        assert "“1.5.2026” is not a date. Write it as 2026-05-01" in content

    def test_keeps_what_was_typed_in_fields_that_say_what_is_wrong(self, client):
        fields = re.findall(r'<input id="wrong-[^>]*>', refused(client, self.ASKED))
        assert len(fields) == 3
        for field, name, value in zip(
            fields, ("unit", "fit-care", "date"), ("topp", "abc", "1.5.2026"), strict=True
        ):
            assert f'name="{name}" value="{value}"' in field
            assert 'aria-invalid="true"' in field
            ident = re.findall(r'id="([^"]*)"', field)[0]
            assert f'aria-describedby="{ident}-reason"' in field
        assert "type=" not in "".join(fields)  # a date field would drop an invalid date

    def test_keeps_the_rest_and_leads_on(self, client):
        content = refused(client, self.ASKED)
        (form,) = re.findall(r'<form class="block wrong-question".*?</form>', content, re.DOTALL)
        kept = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form))
        assert kept == {"vacant": "off", "lang": "en"}
        assert 'action="/test/spans"' in content
        (without,) = re.findall(r'href="([^"]*)">Show the page without them', content)
        assert client.get(without).status_code == 200
        assert "unit=top&" in re.findall(r'href="([^"]*)">top</a>', content)[0]

    def test_says_it_as_data_to_programs(self, client):
        answer = client.get("/api/v1/organisations/test/spans?unit=topp&layer=9&lang=en")
        assert answer.status_code == 400
        first, second = answer.json["parameters"]
        assert (first["name"], first["given"], first["nearest"]) == ("unit", "topp", ["top"])
        assert (second["name"], second["allowed"]) == ("layer", ["1", "2"])
        assert answer.json["suggestions"] == ["top"]
        asked = client.get("/test/spans.xlsx?unit=nope", headers={"Accept": "application/json"})
        assert asked.json["ok"] is False

    def test_is_text_whatever_was_asked(self, client):
        content = client.get("/test/spans?unit=<img src=x>").get_data(as_text=True)
        assert "<img" not in content

    def test_of_a_path_that_there_is_not_comes_first(self, client):
        assert client.get("/nope/spans?unit=x").status_code == 404


class TestWhatThereIs:
    @pytest.mark.parametrize(
        "query",
        [
            "unit=ida-bo-afdeling&names=off",
            "unit=ida-bo-afdeling",
            "kind=plejehjem",
            "layer=2",
            "band=unknown",
            "vacant=on&planned=off&order=asc",
        ],
    )
    def test_can_be_asked(self, client, query):
        assert client.get(f"/api/v1/organisations/test/spans?{query}").status_code == 200

    def test_an_id_with_a_name_is_the_same_unit_without_names(self, client):
        asked = "/api/v1/organisations/test/spans?unit=ida-bo-afdeling"
        shown, hidden = (client.get(f"{asked}{one}").json for one in ("", "&names=off"))
        assert shown["total"] == hidden["total"] == len(shown["items"]) == 1

    @pytest.mark.parametrize(
        "query", ["select=lukket", "open=lukket,chef", "closed=ida-bo-afdeling&names=off"]
    )
    def test_what_another_date_or_chart_shows_stays_in_the_address(self, client, query):
        assert client.get(f"/test/?{query}").status_code == 200


class TestEmbedding:
    def test_a_link_to_a_wrong_view_is_not_made(self, tmp_path):
        store = tmp_path / "links"
        store.mkdir()
        client = over_body(tmp_path, TWO, EMBED_STORE=store, FRAME_ANCESTORS="'self'")
        answer = client.post("/test/embeds", data={"view": "cut=branch&post=nope"}, headers=OWN)
        assert answer.status_code == 400
