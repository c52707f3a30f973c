"""The API: its document, its page, and answers that keep to both."""

import html
import io
import re

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from orgmodel.drawing.plots import PLOTS
from orgmodel.reading.bands import shipped_bands
from tests.builders import HEAD
from tests.clients import found_in
from webui import create_app

ORGANISATIONS = ("aalborg", "ballerup", "silkeborg", "skanderborg")
FILLED = {
    "organisation": "aalborg",
    "table": "bands",
    "plot": "bands",
    "form": "svg",
    "format": "svg",
}
# The parts of OpenAPI 3.1 that the document uses: what each object must and may have.
OPENAPI = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["openapi", "info", "paths"],
    "properties": {
        "openapi": {"const": "3.1.0"},
        "info": {
            "type": "object",
            "required": ["title", "version"],
            "properties": {
                name: {"type": "string"} for name in ("title", "version", "description")
            },
            "additionalProperties": False,
        },
        "servers": {"type": "array", "items": {"type": "object", "required": ["url"]}},
        "paths": {
            "type": "object",
            "propertyNames": {"pattern": "^/"},
            "additionalProperties": {
                "type": "object",
                "required": ["get"],
                "properties": {"get": {"$ref": "#/$defs/operation"}},
                "additionalProperties": False,
            },
        },
        "components": {
            "type": "object",
            "properties": {
                "schemas": {
                    "type": "object",
                    "propertyNames": {"pattern": r"^[a-zA-Z0-9._-]+$"},
                    "additionalProperties": {
                        "$ref": "https://json-schema.org/draft/2020-12/schema"
                    },
                }
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
    "$defs": {
        "operation": {
            "type": "object",
            "required": ["operationId", "summary", "parameters", "responses"],
            "properties": {
                "operationId": {"type": "string", "minLength": 1},
                "summary": {"type": "string", "minLength": 1},
                "parameters": {"type": "array", "items": {"$ref": "#/$defs/parameter"}},
                "responses": {
                    "type": "object",
                    "propertyNames": {"pattern": "^[1-5][0-9]{2}$"},
                    "additionalProperties": {"$ref": "#/$defs/response"},
                    "minProperties": 1,
                },
            },
            "additionalProperties": False,
        },
        "parameter": {
            "type": "object",
            "required": ["name", "in", "schema"],
            "properties": {
                "name": {"type": "string"},
                "in": {"enum": ["path", "query"]},
                "required": {"type": "boolean"},
                "description": {"type": "string", "minLength": 1},
                "schema": {"$ref": "https://json-schema.org/draft/2020-12/schema"},
            },
            "if": {"properties": {"in": {"const": "path"}}},
            "then": {"required": ["required"], "properties": {"required": {"const": True}}},
            "else": {"required": ["description"]},
            "additionalProperties": False,
        },
        "response": {
            "type": "object",
            "required": ["description", "content"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "content": {
                    "type": "object",
                    "additionalProperties": {
                        "type": "object",
                        "properties": {
                            "schema": {"$ref": "https://json-schema.org/draft/2020-12/schema"}
                        },
                        "additionalProperties": False,
                    },
                },
            },
            "additionalProperties": False,
        },
    },
}


@pytest.fixture(scope="module")
def document(app):
    answer = app.test_client().get("/openapi.json")
    assert answer.mimetype == "application/json"
    return answer.get_json()


def validator(document, name):
    """What holds answers to a schema of the document."""
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    )


def wrongs(document, name, answer):
    return [one.message for one in validator(document, name).iter_errors(answer)]


def filled(path, **values):
    return re.sub(r"\{(\w+)\}", lambda match: {**FILLED, **values}[match[1]], path)


def query_names(operation):
    return [one["name"] for one in operation["parameters"] if one["in"] == "query"]


class TestDocument:
    def test_is_one_of_openapi_3_1(self, document):
        Draft202012Validator.check_schema(OPENAPI)
        assert [one.message for one in Draft202012Validator(OPENAPI).iter_errors(document)] == []

    def test_its_schemas_are_schemas_and_every_reference_leads_somewhere(self, document):
        schemas = document["components"]["schemas"]
        for schema in schemas.values():
            Draft202012Validator.check_schema(schema)
        found = re.findall(r"#/components/schemas/(\w+)", str(document))
        assert set(found) == set(schemas)

    def test_every_operation_has_a_name_of_its_own_and_names_each_parameter_once(self, document):
        operations = [one["get"] for one in document["paths"].values()]
        names = [one["operationId"] for one in operations]
        assert len(set(names)) == len(names)
        for operation in operations:
            found = [(one["in"], one["name"]) for one in operation["parameters"]]
            assert len(set(found)) == len(found)

    @pytest.mark.slow
    def test_every_name_in_a_path_is_a_parameter(self, document):
        for path, item in document["paths"].items():
            named = {one["name"] for one in item["get"]["parameters"] if one["in"] == "path"}
            assert named == set(re.findall(r"\{(\w+)\}", path))

    @pytest.mark.slow
    def test_the_ranges_of_the_servers_own_bands_are_named(self, tmp_path, document):
        spans = document["paths"]["/{organisation}/spans.json"]["get"]
        assert {f"fit-{one.id}" for one in shipped_bands().work} <= set(query_names(spans))
        bands = tmp_path / "bands.yaml"
        bands.write_text(
            "work:\n  - {id: ours, name: Vores, leads: staff, fitting: 3-4, unit_kinds: [x], "
            "reference: Os}\n"
        )
        own = create_app({"BANDS": bands}).test_client().get("/openapi.json").get_json()
        names = query_names(own["paths"]["/{organisation}/spans.json"]["get"])
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

    @pytest.mark.slow
    @pytest.mark.parametrize("organisation", ORGANISATIONS)
    @pytest.mark.parametrize(
        "query",
        [
            "",
            "?lang=en&column=holder",
            "?names=off&vacant=off",
            "?planned=on&layer=3",
            "?layer=1",
        ],
    )
    def test_spans_keep_to_their_schema(self, client, document, organisation, query):
        answer = client.get(f"/{organisation}/spans.json{query}").get_json()
        assert wrongs(document, "Spans", answer) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("first", ORGANISATIONS)
    @pytest.mark.parametrize("query", ["", "&lang=en&vacant=off", "&first-layer=2"])
    def test_comparisons_keep_to_their_schema(self, client, document, first, query):
        answer = client.get(f"/spans/compare.json?first-organisation={first}{query}").get_json()
        assert wrongs(document, "Comparison", answer) == []

    def test_without_organisations_too(self, tmp_path, document):
        client = create_app({"DATA_PATHS": (tmp_path,)}).test_client()
        answer = client.get("/spans/compare.json")
        assert wrongs(document, "Comparison", answer.get_json()) == []
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
                assert wrongs(document, "Error", answer.get_json()) == []

    def test_what_cannot_be_asked_answers_as_it_says(self, client, document):
        for path, item in document["paths"].items():
            answer = client.get(f"{filled(path)}?date=nope&lang=xx")
            assert answer.status_code == 400
            said = item["get"]["responses"]["400"]["content"]
            assert answer.mimetype in said
            if answer.mimetype == "application/json":
                content = answer.get_json()
                assert wrongs(document, "Error", content) == []
                assert [one["name"] for one in content["parameters"]] == ["date", "lang"]

    def test_schemas_are_no_less_than_what_they_say(self, client, document):
        """A schema that took anything would hold nothing to anything."""
        answer = client.get("/aalborg/spans.json").get_json()
        answer["leaders"][0]["span"] = 7
        del answer["day"]
        assert len(wrongs(document, "Spans", answer)) == 2


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
    "lang": "en",
}
# Nothing to see without something else beside it.
BESIDE = {
    "order": ("sort=span&order=desc", "sort=span"),
    "names": ("column=holder&names=off", "column=holder"),
    "fit-day-care": ("fit-day-care=1-2&lang=en", "lang=en"),
    "fit-hospital": ("fit-hospital=1-2&lang=en", "lang=en"),
    "fit-school": ("fit-school=1-2&lang=en", "lang=en"),
    "fit-administration": ("fit-administration=1-2&lang=en", "lang=en"),
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
        names = query_names(document["paths"]["/{organisation}/spans.json"]["get"])
        assert set(names) == {*VALUES, *BESIDE}
        for name in names:
            with_it, without = BESIDE.get(name, (f"{name}={VALUES.get(name)}", ""))
            found = made_up.get(f"/test/spans.json?{with_it}").get_json()
            assert found != made_up.get(f"/test/spans.json?{without}").get_json(), name

    def test_of_the_comparison(self, made_up, document):
        names = query_names(document["paths"]["/spans/compare.json"]["get"])
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
        before = made_up.get(f"/spans/compare.json?{same}").get_json()
        # Bands and names are asked for by the page's links; no measure rests on them.
        unseen = {one for one in names if one.startswith("fit-")} | {"names", "rest", "own"}
        for name in names:
            value = values[re.sub("^(first|second)-", "", name)]
            asked = f"{same}&{name}={value}"
            if name.endswith("-organisation"):
                asked = f"{name}={value}&" + same.replace(f"{name}=test", "")
            answer = made_up.get(f"/spans/compare.json?{asked}")
            assert answer.status_code == 200
            assert (answer.get_json() == before) == (name in unseen), name

    @pytest.mark.slow
    def test_what_may_be_repeated_is_said_so(self, made_up, document):
        spans = document["paths"]["/{organisation}/spans.json"]["get"]["parameters"]
        many = {one["name"] for one in spans if one["schema"]["type"] == "array"}
        assert many == {"kind", "layer", "column"}
        both = made_up.get("/test/spans.json?kind=plejehjem&kind=andet").get_json()
        assert [one["id"] for one in both["leaders"]] == ["leder", "leder-syd"]

    @pytest.mark.slow
    def test_every_value_that_is_listed_is_taken(self, client, document):
        for path, item in document["paths"].items():
            for one in item["get"]["parameters"]:
                for value in one["schema"].get("enum", ()) if one["in"] == "query" else ():
                    about = "&post=direktoer&other=jobcenterchef" if one["name"] == "cut" else ""
                    asked = f"{filled(path)}?{one['name']}={value}{about}"
                    assert client.get(asked).status_code == 200

    def test_excel_and_csv_take_the_same(self, made_up, document):
        paths = document["paths"]
        spans = query_names(paths["/{organisation}/spans.json"]["get"])
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
        for href in ("/openapi.json", "/aalborg/spans.json"):
            assert f'href="{href}"' in content
            assert client.get(href).status_code == 200

    @pytest.mark.slow
    def test_is_one_link_away_from_every_page(self, client):
        for page in ("/", "/aalborg/spans", "/spans/compare"):
            assert 'href="/api"' in client.get(page).get_data(as_text=True)
