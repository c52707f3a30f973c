"""The API: its document, its page, and answers that keep to both and to the library."""

import html
import io
import re
from pathlib import Path

import openpyxl
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

import webui
from orgmodel.analysis.findings.checks import findings
from orgmodel.analysis.questions.chains import chain_between, chain_to_top
from orgmodel.analysis.spans.spans import spans
from orgmodel.drawing.plots import PLOTS
from orgmodel.reading.bands import shipped_bands
from tests.builders import HEAD
from tests.clients import found_in
from webui import create_app
from webui.pages.api.routes import MOVED

GUIDE = Path(webui.__file__).with_name("README.md")
V1 = Path(__file__).parents[1] / "fixtures" / "api_v1.txt"
ORGANISATIONS = ("aalborg", "ballerup", "silkeborg", "skanderborg")
ONE = "/api/v1/organisations/{organisation}"
SPANS = f"{ONE}/spans"
COMPARE = "/api/v1/spans/compare"
FILLED = {
    "organisation": "aalborg",
    "unit": "voksensocialafdelingen",
    "post": "chef-voksensocial",
    "group": "forvaltningsledelsen",
    "table": "bands",
    "plot": "bands",
    "form": "svg",
    "format": "svg",
}
# What a question cannot do without.
NEEDED = {
    f"{ONE}/between": "first=direktoer&second=jobcenterchef",
    f"{ONE}/network": "of=post:direktoer",
}


@pytest.fixture(scope="module")
def document(app):
    answer = app.test_client().get("/api/openapi.json")
    assert answer.mimetype == "application/json"
    return answer.get_json()


def wrongs(document, path, answer, status="200"):
    """What of an answer does not keep to what the document says of its path."""
    answers = document["paths"][path]["get"]["responses"][status]["content"]
    schema = {**answers["application/json"]["schema"], "components": document["components"]}
    return [one.message for one in Draft202012Validator(schema).iter_errors(answer)]


def filled(path, query="", **values):
    """The address of a path, with what it needs."""
    address = re.sub(r"\{(\w+)\}", lambda match: {**FILLED, **values}[match[1]], path)
    asked = "&".join(filter(None, (NEEDED.get(path, ""), query)))
    return f"{address}?{asked}" if asked else address


def data(client, path, query="", **values):
    answer = client.get(filled(path, query, **values))
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def everything(client, path, **values):
    """All entries of a list, page by page."""
    found, address = [], filled(path, "limit=7", **values)
    while address:
        answer = client.get(address).get_json()
        found += answer["items"]
        address = answer["next"]
        assert len(answer["items"]) <= 7
    assert len(found) == answer["total"]
    return found


def query_names(operation):
    return [one["name"] for one in operation["parameters"] if one["in"] == "query"]


def answered_with_data(document):
    """The paths that answer with data, not with files."""
    return [path for path in document["paths"] if path.startswith("/api/v1/")]


class TestDocument:
    def test_is_one_of_openapi_3_1(self, document):
        assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []

    def test_its_addresses_begin_where_a_proxy_puts_them(self, client, document):
        assert document["servers"] == [{"url": "/"}]
        below = client.get("/api/openapi.json", base_url="http://localhost/org").get_json()
        assert below["servers"] == [{"url": "/org/"}]

    def test_every_schema_is_used(self, document):
        found = re.findall(r"#/components/schemas/(\w+)", str(document))
        assert set(found) == set(document["components"]["schemas"])

    def test_every_operation_has_a_name_of_its_own(self, document):
        names = [one["get"]["operationId"] for one in document["paths"].values()]
        assert len(set(names)) == len(names)

    def test_the_guide_names_every_address(self, document):
        guide = GUIDE.read_text(encoding="utf-8")
        table = guide[guide.index("| address | answer |") : guide.index("Errors are JSON too")]
        named = set()
        for one in re.findall(r"`(/[^`?]*)", table):
            whole = one if one.startswith("/api") else f"{ONE}{one}"
            named.add(re.sub(r"[<{]\w+[>}]", "*", whole))
        assert named == {re.sub(r"\{\w+\}", "*", one) for one in answered_with_data(document)}

    def test_version_1_loses_no_field(self, document):
        """A program that reads version 1 goes on reading it: fields come, none goes."""
        found = {
            f"{name}.{field}"
            for name, schema in document["components"]["schemas"].items()
            for field in schema["properties"]
        }
        found |= {f"GET {path}" for path in answered_with_data(document)}
        assert set(V1.read_text().splitlines()) - found == set()

    @pytest.mark.slow
    def test_the_ranges_of_the_servers_own_bands_are_named(self, tmp_path, document):
        names = query_names(document["paths"][SPANS]["get"])
        assert {f"fit-{one.id}" for one in shipped_bands().work} <= set(names)
        bands = tmp_path / "bands.yaml"
        bands.write_text(
            "work:\n  - {id: ours, name: Vores, leads: staff, fitting: 3-4, unit_kinds: [x], "
            "reference: Os}\n"
        )
        own = create_app({"BANDS": bands}).test_client().get("/api/openapi.json").get_json()
        names = query_names(own["paths"][SPANS]["get"])
        assert [one for one in names if one.startswith("fit-")] == ["fit-ours"]


class TestAnswers:
    @pytest.mark.slow
    def test_every_path_answers_as_it_says(self, client, document):
        for path, item in document["paths"].items():
            answer = client.get(filled(path))
            assert answer.status_code == 200
            assert answer.mimetype in item["get"]["responses"]["200"]["content"]

    @pytest.mark.slow
    def test_every_value_in_a_path_answers(self, client, document):
        for path, item in document["paths"].items():
            for one in item["get"]["parameters"]:
                for value in one["schema"].get("enum", ()) if one["in"] == "path" else ():
                    assert client.get(filled(path, **{one["name"]: value})).status_code == 200
        assert "matrix" in PLOTS

    @pytest.mark.parametrize("organisation", ORGANISATIONS)
    @pytest.mark.parametrize("query", ["", "names=off"])
    def test_every_entry_keeps_to_its_schema(self, client, document, shipped, organisation, query):
        whole = shipped[organisation]
        first, *_others, last = whole.positions
        some = {"unit": next(iter(whole.units)), "post": first, "group": next(iter(whole.groups))}
        for path in answered_with_data(document):
            about = {
                f"{ONE}/between": f"first={first}&second={last}",
                f"{ONE}/network": f"of=post:{first}&and=post:{last}",
            }
            if path in about:
                address = f"{filled(path, organisation=organisation).partition('?')[0]}"
                address += f"?{about[path]}&{query}"
            else:
                asked = f"{query}&limit=1000&q=a&to=2030-01-01"
                address = filled(path, asked, **some, organisation=organisation)
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert wrongs(document, path, answer.get_json()) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("organisation", ORGANISATIONS)
    def test_every_post_and_unit_and_group_keeps_to_its_schema(
        self, client, document, shipped, organisation
    ):
        whole = shipped[organisation]
        for name, known in (
            ("post", whole.positions),
            ("unit", whole.units),
            ("group", whole.groups),
        ):
            path = f"{ONE}/{name}s/{{{name}}}"
            for one in known:
                answer = data(client, path, organisation=organisation, **{name: one})
                assert answer["id"] == one
                assert wrongs(document, path, answer) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("organisation", ORGANISATIONS)
    @pytest.mark.parametrize(
        "query", ["lang=en&column=holder", "names=off&vacant=off", "planned=on&layer=3", "layer=1"]
    )
    def test_spans_keep_to_their_schema(self, client, document, organisation, query):
        answer = data(client, SPANS, query, organisation=organisation)
        assert wrongs(document, SPANS, answer) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("first", ORGANISATIONS)
    @pytest.mark.parametrize("query", ["", "&lang=en&vacant=off", "&first-layer=2"])
    def test_comparisons_keep_to_their_schema(self, client, document, first, query):
        answer = data(client, COMPARE, f"first-organisation={first}{query}")
        assert wrongs(document, COMPARE, answer) == []

    def test_no_field_is_there_that_the_document_does_not_name(self, client, document):
        schemas = document["components"]["schemas"]
        for path, name in ((f"{ONE}/posts/{{post}}", "PostInFull"), (SPANS, "Spans")):
            assert list(data(client, path)) == list(schemas[name]["properties"])

    def test_without_organisations_too(self, tmp_path, document):
        client = create_app({"DATA_PATHS": (tmp_path,)}).test_client()
        assert wrongs(document, COMPARE, data(client, COMPARE)) == []
        assert data(client, "/api/v1/organisations")["items"] == []
        assert client.get("/api").status_code == 200
        assert client.get("/spans/compare").status_code == 200
        assert client.get("/spans/compare.csv").status_code == 200

    def test_what_is_not_there_answers_as_it_says(self, client, document):
        for path, item in document["paths"].items():
            if "{organisation}" not in path:
                continue
            answer = client.get(filled(path, organisation="nope"))
            assert answer.status_code == 404
            said = item["get"]["responses"]["404"]["content"]
            assert answer.mimetype in said
            if answer.mimetype == "application/json":
                assert wrongs(document, path, answer.get_json(), "404") == []

    def test_what_cannot_be_asked_answers_as_it_says(self, client, document):
        for path, item in document["paths"].items():
            answer = client.get(filled(path, "date=nope&names=xx"))
            assert answer.status_code == 400
            said = item["get"]["responses"]["400"]["content"]
            assert answer.mimetype in said
            if answer.mimetype == "application/json":
                content = answer.get_json()
                assert wrongs(document, path, content, "400") == []
                assert [one["name"] for one in content["parameters"]] == ["date", "names"]

    def test_schemas_are_no_less_than_what_they_say(self, client, document):
        """A schema that took anything would hold nothing to anything."""
        answer = data(client, SPANS)
        answer["items"][0]["span"] = 7
        del answer["day"]
        assert len(wrongs(document, SPANS, answer)) == 2

    def test_a_browser_that_has_an_answer_is_told_so(self, client):
        first = client.get(filled(f"{ONE}/posts"))
        again = client.get(
            filled(f"{ONE}/posts"), headers={"If-None-Match": first.headers["ETag"]}
        )
        assert (again.status_code, again.data) == (304, b"")


class TestValues:
    """What the API says is what the library and the pages say."""

    @pytest.mark.parametrize("organisation", ORGANISATIONS)
    def test_lists_hold_every_entry_once_in_order(self, client, shipped, organisation):
        whole = shipped[organisation]
        for name, expected in (
            ("posts", whole.positions),
            ("units", whole.units),
            ("groups", whole.groups),
            ("sources", whole.sources),
        ):
            found = everything(client, f"{ONE}/{name}", organisation=organisation)
            assert [one["id"] for one in found] == list(expected)
        lines = everything(client, f"{ONE}/lines", organisation=organisation)
        assert [(one["position_id"], one["superior_id"], one["basis"]) for one in lines] == [
            (one.position_id, one.superior_id, one.basis) for one in whole.lines.values()
        ]

    def test_chains_are_those_of_the_library(self, client, shipped):
        whole = shipped["aalborg"]
        post, other = "leder-rusmiddelafsnittet", "jobcenterchef"
        chain = data(client, f"{ONE}/posts/{{post}}/chain", post=post)
        assert [one["id"] for one in chain["items"]] == list(chain_to_top(whole, post))
        assert [one["layer"] for one in chain["items"]] == [5, 4, 3, 2, 1]
        between = client.get(
            f"/api/v1/organisations/aalborg/between?first={post}&second={other}"
        ).get_json()
        assert [one["id"] for one in between["items"]] == list(chain_between(whole, post, other))
        assert between["common_leader_id"] == "direktoer"
        first = client.get(
            f"/api/v1/organisations/aalborg/between?first={post}&second={other}&limit=2"
        ).get_json()
        rest = client.get(first["next"]).get_json()
        assert first["items"] + rest["items"] == between["items"][:4]

    @pytest.mark.parametrize("organisation", ORGANISATIONS)
    def test_spans_and_findings_are_those_of_the_library(self, client, shipped, organisation):
        whole = shipped[organisation]
        figures = spans(whole)
        query = "limit=1000&politicians=on&outside=on"
        for one in data(client, SPANS, query, organisation=organisation)["items"]:
            row = figures.of(one["id"])
            for name in ("span", "reach", "direct_staff"):
                value = getattr(row, name)
                assert one[name] == (None if value.is_unknown else value.as_dict())
            assert (one["known"], one["layer"]) == (row.knowing, row.layers_above + 1)
        found = everything(client, f"{ONE}/findings", organisation=organisation)
        assert [(one["code"], one["message"]["en"]) for one in found] == [
            (one.code, one.message.text("en")) for one in findings(whole)
        ]

    def test_a_post_tells_how_each_figure_and_its_line_are_known(self, client):
        post = data(client, f"{ONE}/posts/{{post}}")
        assert post["title"] == {"da": "Afdelingschef", "en": "Head of department"}
        assert (post["status"], post["holders"]) == ("vacant", [])
        assert post["span"]["value"] == {"low": 7, "high": None}
        assert post["span"]["basis"] == post["reach"]["basis"] == "stated"
        assert post["reach"]["citations"][0]["source_id"] == "jobprofiler"
        assert (post["line"]["superior_id"], post["line"]["rule"]) == ("direktoer", "stated")

    def test_a_search_finds_what_the_page_finds(self, client):
        found = data(client, f"{ONE}/search", "q=havemann")
        assert [one["found_by"] for one in found["items"]] == ["holder"]
        assert data(client, f"{ONE}/search", "q=havemann&names=off")["total"] == 0
        whole = data(client, f"{ONE}/search", "q=chef")
        second = data(client, f"{ONE}/search", "q=chef&limit=1&offset=1")
        assert second["items"] == whole["items"][1:2]
        assert second["total"] == whole["total"]

    def test_an_id_with_a_name_is_the_same_post_without_names(self, tmp_path):
        (tmp_path / "test.yaml").write_text(
            f"{HEAD}units:\n  - id: top\n    name: T\n    kind: k\n"
            "    positions: [{id: leder-ida-bo, title: Leder, holder: Ida Bo}]\n"
        )
        client = create_app({"DATA_PATHS": (tmp_path,)}).test_client()
        address = "/api/v1/organisations/test/posts/leder-ida-bo"
        assert client.get(address).get_json()["holders"][0]["name"] == "Ida Bo"
        answer = client.get(f"{address}?names=off")
        assert answer.status_code == 200
        assert "ida-bo" not in answer.get_data(as_text=True)

    def test_what_changes_between_two_dates(self, client):
        found = data(client, f"{ONE}/changes", "from=2026-01-01&to=2026-12-31")
        assert found["total"] == len(found["items"])


class TestWrongQuestions:
    def test_an_unknown_id_is_told_with_the_nearest(self, client):
        for path, name in (("posts", "post"), ("units", "unit"), ("groups", "group")):
            wrong = FILLED[name][:-1]
            answer = client.get(f"/api/v1/organisations/aalborg/{path}/{wrong}")
            assert answer.status_code == 404
            told = answer.get_json()
            assert told["code"] == f"unknown-{name}"
            assert FILLED[name] in told["suggestions"]

    def test_all_that_is_wrong_is_told_at_once(self, client):
        address = "/api/v1/organisations/aalborg/posts?limit=0&offset=x&date=never"
        told = client.get(address).get_json()
        assert told["code"] == "wrong-parameters"
        assert [one["name"] for one in told["parameters"]] == ["limit", "offset", "date"]

    def test_a_chain_between_two_posts_needs_both(self, client):
        answer = client.get("/api/v1/organisations/aalborg/between?second=direktoer")
        assert answer.status_code == 400
        assert [one["name"] for one in answer.get_json()["parameters"]] == ["first"]

    def test_an_address_that_there_is_not_is_told_as_data(self, client):
        told = client.get("/api/v1/nope").get_json()
        assert (told["ok"], told["status"], told["code"]) == (False, 404, "not-found")


class TestMoved:
    """Addresses of 0.1 lead to where their data are now."""

    @pytest.mark.parametrize("rule", MOVED)
    def test_every_address_leads_on(self, client, rule):
        address = rule.replace("<organisation_id>", "aalborg").replace("<", "{").replace(">", "}")
        address = address.format(position_id="direktoer", unit_id="voksensocialafdelingen")
        answer = client.get(address)
        assert answer.status_code == 308
        assert client.get(answer.headers["Location"]).mimetype == "application/json"

    def test_what_was_asked_still_is(self, client):
        answer = client.get("/aalborg/spans.json?vacant=off&layer=3&layer=4&names=off&open=all")
        assert answer.headers["Location"] == (
            "/api/v1/organisations/aalborg/spans?vacant=off&layer=3&layer=4&names=off"
        )


VALUES = {
    "unit": "nord",
    "kind": "plejehjem",
    "layer": "1",
    "vacant": "off",
    "planned": "on",
    "assistants": "off",
    "staff-units": "off",
    "politicians": "on",
    "outside": "on",
    "fit-leaders": "1-2",
    "fit-care": "1-2",
    "own": "on",
    "rest": "care",
    "q": "dire",
    "band": "1",
    "fit": "narrow",
    "among": "vacant",
    "sort": "span",
    "column": "holder",
    "date": "2026-05-01",
    "limit": "1",
    "offset": "1",
}
# Nothing to see without something else beside it.
BESIDE = {
    "order": ("sort=span&order=desc", "sort=span"),
    "names": ("column=holder&names=off", "column=holder"),
    "lang": ("sort=status&lang=en", "sort=status"),
    "fit-day-care": ("fit-day-care=1-2", ""),
    "fit-hospital": ("fit-hospital=1-2", ""),
    "fit-school": ("fit-school=1-2", ""),
    "fit-administration": ("fit-administration=1-2", ""),
}


class TestParameters:
    """Each parameter changes what it says."""

    BODY = """kinds: {stab: {en: staff unit, staff: true}}
units:
  - id: top
    name: Toppen
    kind: forvaltning
    complete: true
    leader: {id: chef, title: Direktør, holder: Ida Bo, from: 2026-02-01}
    positions:
      - {id: ledig, title: Konsulent, status: vacant}
      - {id: maaske, title: Fuldmægtig, status: planned}
      - {id: hjaelper, title: Sekretær, assistant: true}
      - {id: folkevalgt, title: Udvalgsformand, political: true}
      - {id: hos-folkevalgt, title: Sekretær, reports_to: folkevalgt}
      - {id: fremmed, title: Læge, outside: true}
      - {id: hos-fremmed, title: Sygeplejerske, reports_to: fremmed}
    units:
      - id: nord
        name: Nord
        kind: plejehjem
        complete: true
        leader: {id: leder, title: Leder, holder: Per As, reports_to: chef}
        positions: [{id: a, title: Assistent}]
      - id: syd
        name: Syd
        kind: andet
        complete: true
        leader: {id: leder-syd, title: Vicechef, reports_to: chef}
        positions: [{id: c, title: Assistent}, {id: ny, title: Assistent, from: 2026-04-01}]
      - id: stab
        name: Staben
        kind: stab
        positions: [{id: d, title: Konsulent}]
"""

    @pytest.fixture(scope="class")
    @classmethod
    def made_up(cls, tmp_path_factory):
        folder = tmp_path_factory.mktemp("made-up")
        (folder / "test.yaml").write_text(HEAD + cls.BODY)
        (folder / "wee.yaml").write_text(HEAD.replace("test", "wee") + cls.BODY)
        return create_app({"DATA_PATHS": (folder,)}).test_client()

    @pytest.mark.slow
    def test_of_the_spans(self, made_up, document):
        names = query_names(document["paths"][SPANS]["get"])
        assert set(names) == {*VALUES, *BESIDE}
        for name in names:
            with_it, without = BESIDE.get(name, (f"{name}={VALUES.get(name)}", ""))
            found = made_up.get(f"/api/v1/organisations/test/spans?{with_it}").get_json()
            assert (
                found != made_up.get(f"/api/v1/organisations/test/spans?{without}").get_json()
            ), name

    def test_of_the_comparison(self, made_up, document):
        names = query_names(document["paths"][COMPARE]["get"])
        values = {
            **VALUES,
            "organisation": "wee",
            "names": "off",
            "fit-day-care": "1-2",
            "fit-hospital": "1-2",
            "fit-school": "1-2",
            "fit-administration": "1-2",
        }
        same = "first-organisation=test&second-organisation=test"
        before = made_up.get(f"/api/v1/spans/compare?{same}").get_json()
        # Bands and names are asked for by the page's links; no measure rests on them.
        unseen = {one for one in names if one.startswith("fit-")} | {"names", "rest", "own"}
        for name in names:
            value = values[re.sub("^(first|second)-", "", name)]
            asked = f"{same}&{name}={value}"
            if name.endswith("-organisation"):
                asked = f"{name}={value}&" + same.replace(f"{name}=test", "")
            answer = made_up.get(f"/api/v1/spans/compare?{asked}")
            assert answer.status_code == 200
            assert (answer.get_json() == before) == (name in unseen), name

    @pytest.mark.slow
    def test_what_may_be_repeated_is_said_so(self, made_up, document):
        spans = document["paths"][SPANS]["get"]["parameters"]
        many = {one["name"] for one in spans if one["schema"]["type"] == "array"}
        assert many == {"kind", "layer", "column"}
        both = made_up.get("/api/v1/organisations/test/spans?kind=plejehjem&kind=andet").get_json()
        assert [one["id"] for one in both["items"]] == ["leder", "leder-syd"]

    @pytest.mark.slow
    def test_every_value_that_is_listed_is_taken(self, client, document):
        for path, item in document["paths"].items():
            for one in item["get"]["parameters"]:
                for value in one["schema"].get("enum", ()) if one["in"] == "query" else ():
                    about = "&post=direktoer&other=jobcenterchef" if one["name"] == "cut" else ""
                    asked = filled(path, f"{one['name']}={value}{about}")
                    assert client.get(asked).status_code == 200

    def test_excel_and_csv_take_the_same(self, made_up, document):
        paths = document["paths"]
        spans = [one for one in query_names(paths[SPANS]["get"]) if one not in {"limit", "offset"}]
        for path in ("/{organisation}/spans.xlsx", "/{organisation}/spans/tables/{table}.csv"):
            assert query_names(paths[path]["get"]) == spans
        query = "unit=nord&vacant=off&column=holder"
        book = openpyxl.load_workbook(io.BytesIO(made_up.get(f"/test/spans.xlsx?{query}").data))
        assert [row[1] for row in book["Alle ledere"].iter_rows(values_only=True)][1:] == [
            "Per As"
        ]


class TestPage:
    @pytest.mark.parametrize("language", ["da", "en"])
    def test_lists_the_same_paths_and_parameters(self, client, document, language):
        content = client.get(f"/api?lang={language}").get_data(as_text=True)
        sections = content.split("<section")[1:]
        headings = [found_in(r"<h2[^>]*><code>([^<]*)", one) for one in sections]
        assert headings == list(document["paths"])
        for section, item in zip(sections, document["paths"].values(), strict=True):
            named = re.findall(r'role="rowheader"><code>([^<]*)<', section)
            assert named == query_names(item["get"])
            meanings = re.findall(r"<td[^>]*>([^<]+)</td>", section)
            assert len(meanings) == len(named)
            assert all(meanings)

    def test_explains_in_the_language_of_the_page(self, client):
        content = client.get("/api?lang=da").get_data(as_text=True)
        assert "Kun ledere i denne enhed og under den." in content
        assert "Only leaders" not in content

    @pytest.mark.slow
    def test_leads_to_the_document_and_an_example(self, client):
        content = html.unescape(client.get("/api").get_data(as_text=True))
        for href in ("/api/openapi.json", "/api/v1/organisations/aalborg/spans"):
            assert f'href="{href}"' in content
            assert client.get(href).status_code == 200

    @pytest.mark.slow
    def test_is_one_link_away_from_every_page(self, client):
        for page in ("/", "/aalborg/spans", "/spans/compare"):
            assert 'href="/api"' in client.get(page).get_data(as_text=True)
