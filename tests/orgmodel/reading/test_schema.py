"""The JSON Schema, the reader and the entities say the same."""

import dataclasses
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from orgmodel.model.amounts import Amount
from orgmodel.reading import schema

ROOT = Path(__file__).parents[3]
INVALID = ROOT / "tests" / "fixtures" / "invalid"
# What only shows in the text, across entries or in a value's grammar is beyond JSON Schema.
BEYOND_SCHEMA = {
    "not-utf8", "yaml-syntax", "yaml-alias", "yaml-merge-key", "yaml-tag", "several-documents",
    "duplicate-key", "key-not-text", "forbidden-character", "text-too-long", "date-order", "bad-amount",
    "unclear-amount", "range-order", "least-not-less", "bad-citation", "duplicate-id",
    "unknown-reference", "reporting-cycle", "membership-cycle", "share-cycle", "two-memberships",
    "line-both-lost-and-stated",
}  # fmt: skip


@pytest.fixture(scope="module")
def validator():
    found = schema.organisation_schema()
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def plain(path):
    """A file as an editor sees it: dates stay texts."""
    resolvers = {
        first: [(tag, regexp) for tag, regexp in found if not tag.endswith(":timestamp")]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    loader = type("Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": resolvers})
    return yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506 - a safe loader


def test_the_shipped_schema_is_the_readers():
    shipped = (ROOT / "data" / "organisation.schema.json").read_text(encoding="utf-8")
    assert shipped == schema.schema_text()


@pytest.mark.slow
@pytest.mark.parametrize(
    "file", sorted((ROOT / "data").glob("*.yaml")), ids=lambda file: file.stem
)
def test_every_data_file_fits_the_schema_and_names_it(file, validator):
    assert list(validator.iter_errors(plain(file))) == []
    first_line = file.read_text(encoding="utf-8").splitlines()[0]
    assert first_line == "# yaml-language-server: $schema=organisation.schema.json"


@pytest.mark.parametrize(
    "file",
    [file for file in sorted(INVALID.glob("*.yaml")) if file.stem not in BEYOND_SCHEMA],
    ids=lambda file: file.stem,
)
def test_editors_see_what_the_reader_refuses(file, validator):
    assert list(validator.iter_errors(plain(file)))


# Fields that follow from an entry's position, its parent, or its parts.
WITHOUT_A_KEY = {
    "unit": {"parent_id"},
    "position": {"unit_id"},
    "leader": {"unit_id"},
    "kind": {"id"},
    "source": {"id"},
    "finding": {"severity", "recorded", "parts"},
    "organisation": {"positions"},
    "employees-amount": {"measure", "currency"},
}


@pytest.mark.parametrize(
    "record", [schema.ORGANISATION, *schema.RECORDS], ids=lambda record: record.name
)
def test_every_field_of_an_entity_can_be_written(record):
    fields = {field.name for field in dataclasses.fields(record.entity)}
    assert record.attributes() <= fields
    # Of other amounts than heads fewer things can be said.
    if record.entity is not Amount or record.name in WITHOUT_A_KEY:
        assert fields - record.attributes() == WITHOUT_A_KEY.get(record.name, set())


def test_the_schema_is_json_with_every_key_explained():
    found = json.loads(schema.schema_text())
    for definition in found["$defs"].values():
        for branch in (definition, *definition.get("anyOf", ())):
            for key, described in branch.get("properties", {}).items():
                if key not in {"value", "cite"} and definition is not found["$defs"]["text"]:
                    assert described.get("description"), key
