"""The field table of every entity: what a data file may say, and the JSON Schema made from it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from orgmodel.model.amounts import Measure, Precision
from orgmodel.model.entities import Level, MemberRole, MilestoneKind, RelationKind, Status
from orgmodel.model.provenance import Basis, Citation, Numbering
from orgmodel.reading.amounts import amount_value, share_value
from orgmodel.reading.records import CITE, Either, Entry, Field, Named, RecordShape
from orgmodel.reading.shapes import (
    ID_PATTERN,
    INVALID,
    LONGEST_ID,
    Choice,
    Day,
    Flag,
    Id,
    JsonSchema,
    Line,
    Many,
    Parsed,
    Reading,
    Ref,
    Reference,
    Shape,
    Whole,
    Words,
)

if TYPE_CHECKING:
    from orgmodel.reading.documents import Node, Scalar

_CITATION = re.compile(
    r'(?P<source>[^\s"]+)(?:\s+(?P<place>[^"]*[^"\s]))?(?:\s+"(?P<words>[^"]+)")?'
)


def _parse_citation(scalar: Scalar, _key: str, reading: Reading) -> object:
    match = _CITATION.fullmatch(scalar.value.strip())
    if match is None:
        reading.problems.add(scalar.mark, "bad-citation", value=scalar.value)
        return INVALID
    reading.references.append(Reference(("source",), match["source"], scalar.mark))
    return Citation(match["source"], match["place"], match["words"])


class _CitationRecord:
    """A citation as a mapping, read into a Citation like the short form."""

    def __init__(self) -> None:
        self.record = RecordShape(
            "citation-in-full",
            "Which source says so, where in it, in how few words.",
            Field("source", Ref(("source",)), "The source's id.", required=True),
            Field("place", Line(), "Line or page numbers in the source, such as 159-161."),
            Field("words", Line(), "The words there, eight at most."),
        )

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return a Citation."""
        entry = self.record.read(node, key, reading)
        if not isinstance(entry, Entry) or "source" not in entry.values:
            return INVALID
        return Citation(entry.get("source"), entry.get("place"), entry.get("words"))

    def json_schema(self) -> JsonSchema:
        """Return a reference to the definition."""
        return self.record.json_schema()


_CITATION_RECORD = _CitationRecord()
CITATION: Shape = Either(
    Parsed(_parse_citation, {"type": "string", "minLength": 1}), lambda: _CITATION_RECORD
)
CITATIONS = Many(CITATION, single=True)
ANY_ENTITY = ("unit", "position", "group")


def _cite() -> Field:
    return Field(CITE, CITATIONS, "Which source says so: 'profil 159-161 \"refererer til\"'.")


def _period() -> tuple[Field, Field]:
    return (
        Field("from", Day(), "The first day, month or year that it holds."),
        Field("to", Day(), "The last day, month or year that it holds."),
    )


ALIAS = RecordShape(
    "alias",
    "Another name that a source uses.",
    Field("name", Line(), "The name.", required=True),
    _cite(),
    shorthand="name",
)
_ALSO = Field("also", Many(ALIAS, single=True), "Other names or spellings in the sources.")


def _amount(measure: Measure, doc: str) -> RecordShape:
    return RecordShape(
        f"{measure.value}-amount",
        doc,
        Field(
            "value", amount_value(measure), "The number: 4320, 'ca. 1000', 'godt 2000', '30-40'."
        ),
        Field("upper", amount_value(measure), "The upper end of a range."),
        Field("precision", Choice(Precision), "How the source qualifies the number."),
        Field("share", share_value(), "A share of another unit's amount: 44 %, 1/2."),
        Field("of", Ref(("unit",)), "The unit that the share is of."),
        Field("as_of", Day(), "The date that the number is true for."),
        Field("note", Words(), "A remark."),
        _cite(),
        shorthand="value",
    )


EMPLOYEES = _amount(Measure.EMPLOYEES, "How many people are employed.")
FTE = _amount(Measure.FTE, "How many full-time equivalents (årsværk, fuldtidsstillinger).")
BUDGET = _amount(Measure.BUDGET, "A yearly budget in kroner.")

HOLDING = RecordShape(
    "holding",
    "Who holds the post.",
    Field("name", Line(), "The person's name.", citable=True),
    Field("person", Ref(("person",)), "Instead of the name: an id from the list of people."),
    Field("acting", Flag(), "Whether the person holds it for the time being (konstitueret)."),
    *_period(),
    _ALSO,
    _cite(),
    shorthand="name",
)
REPORTS_TO = RecordShape(
    "reports-to",
    "Whom the post refers to.",
    Field("position", Ref(("position",)), "The superior post's id.", required=True),
    Field(
        "basis",
        Choice(Basis),
        "explicit: a source says so (the default); inferred: we conclude it.",
    ),
    Field("reason", Words(), "Why an inferred line is drawn."),
    Field("or", Many(Ref(("position",)), single=True), "Posts that it may refer to instead."),
    _cite(),
    shorthand="position",
)
POSITION = RecordShape("position", "A post, whoever holds it.")
POSITION.define(
    Field("id", Id(), "Its id, used in addresses and references.", required=True),
    Field("title", Words(), "Its title.", required=True, citable=True),
    Field(
        "status", Choice(Status), "vacant (advertised) or planned, for a post without a holder."
    ),
    Field("seats", Whole(), "How many alike posts the entry stands for.", citable=True),
    Field("political", Flag(), "Whether it is a politician's post."),
    Field(
        "is_leader",
        Flag(),
        "Whether it leads although no unit or report of it is known.",
        citable=True,
    ),
    Field("reports_to", REPORTS_TO, "Whom it refers to, where that is not its unit's leader."),
    Field("holder", Many(HOLDING, single=True), "Who holds it."),
    _ALSO,
    Field("note", Words(), "A remark for its readers."),
    *_period(),
    _cite(),
)
LEADER = RecordShape("leader", "The post that leads the unit.")
LEADER.define(
    Field("id", Id(), "Its id; without one, the unit's id with -leder."),
    *(field for field in POSITION.fields.values() if field.key != "id"),
)
UNIT = RecordShape("unit", "A part of the organisation.")
UNIT.define(
    Field("id", Id(), "Its id, used in addresses and references.", required=True),
    Field("name", Words(), "Its name.", required=True, citable=True),
    Field(
        "kind",
        Line(),
        "Its kind, in the organisation's own word: afdeling, center, stab …",
        required=True,
        example="afdeling",
        citable=True,
    ),
    Field("description", Words(), "What it does, in our own words.", citable=True),
    _ALSO,
    Field("count", Whole(), "How many alike units the entry stands for.", citable=True),
    Field(
        "complete",
        Flag(),
        "true where all its parts and posts are listed, false where some are known to be missing.",
        citable=True,
    ),
    Field("employees", Many(EMPLOYEES, single=True), "People employed; the first is shown."),
    Field("fte", Many(FTE, single=True), "Full-time equivalents; the first is shown."),
    Field("budget", Many(BUDGET, single=True), "Yearly budget; the first is shown."),
    *_period(),
    Field(
        "leader",
        Either(Ref(("position",)), lambda: LEADER),
        "The post that leads it, or that post's id.",
    ),
    Field("positions", Many(POSITION), "The other posts in it."),
    Field("units", Many(UNIT), "The units in it."),
    _cite(),
)
MEMBER = RecordShape(
    "member",
    "A post's seat in the group.",
    Field("position", Ref(("position",)), "The post's id.", required=True),
    Field("role", Choice(MemberRole), "What it does in the group."),
    Field(
        "basis",
        Choice(Basis),
        "explicit: a source says so (the default); inferred: we conclude it.",
    ),
    Field("reason", Words(), "Why an inferred membership is kept."),
    _cite(),
    shorthand="position",
)
GROUP = RecordShape(
    "group",
    "People who decide together.",
    Field("id", Id(), "Its id, used in addresses and references.", required=True),
    Field("name", Words(), "Its name.", required=True, citable=True),
    Field(
        "kind",
        Line(),
        "Its kind: forvaltningsledelse, chefgruppe, MED-udvalg …",
        required=True,
        example="chefgruppe",
    ),
    Field("unit", Ref(("unit",)), "The unit that it leads or belongs to."),
    Field("part_of", Ref(("group",)), "The group that it is a part of."),
    Field("members", Many(MEMBER), "The posts in it."),
    Field("size", Whole(), "How many members a source says it has.", citable=True),
    Field("complete", Flag(), "false where the sources do not list all its members."),
    Field("cadence", Words(), "How often it meets.", citable=True),
    Field("purpose", Words(), "What it is for, in our own words.", citable=True),
    _ALSO,
    _cite(),
)
RELATION = RecordShape(
    "relation",
    "A line that is not the reporting line.",
    Field("id", Id(), "Its id, where something refers to it."),
    Field("from", Ref(ANY_ENTITY), "The unit, post or group that it starts from.", required=True),
    Field("to", Ref(ANY_ENTITY), "The unit, post or group that it leads to.", required=True),
    Field("kind", Choice(RelationKind), "What it is.", required=True, example="coordinates-with"),
    Field("about", Words(), "What it concerns, in our own words.", citable=True),
    _cite(),
)
PRINCIPLE = RecordShape(
    "principle",
    "One principle of a framework.",
    Field("da", Line(), "The principle in Danish.", required=True),
    Field("en", Line(), "The principle in English."),
    Field("meaning", Words(), "What it asks, in our own words."),
    Field("levels", Many(Choice(Level)), "The leadership levels it speaks to; none: all."),
    _cite(),
    shorthand="da",
)
FRAMEWORK = RecordShape(
    "framework",
    "An organisation's stated leadership principles.",
    Field("id", Id(), "Its id.", required=True),
    Field("name", Words(), "Its name.", required=True),
    Field("unit", Ref(("unit",)), "The unit for whose leaders it holds."),
    Field("principles", Many(PRINCIPLE), "The principles, in order."),
    _cite(),
)
ITEM = RecordShape(
    "item",
    "One thing that a source says of the post, in our own words.",
    Field("da", Line(), "It in Danish.", required=True),
    Field("en", Line(), "It in English."),
    _cite(),
    shorthand="da",
)
MILESTONE = RecordShape(
    "milestone",
    "A date of the recruitment.",
    Field("date", Day(), "When, or from when.", required=True, example="2026-05-01"),
    Field("end", Day(), "To when, where it takes more than a day."),
    Field("kind", Choice(MilestoneKind), "What happens.", required=True, example="start"),
    Field("what", Words(), "It in words, where the kind does not say it."),
    _cite(),
)
PROFILE = RecordShape(
    "profile",
    "What a source says of a post: tasks, expectations, dates.",
    Field("position", Ref(("position",)), "The post's id.", required=True),
    Field("summary", Words(), "The post in a sentence or two.", citable=True),
    Field("responsibilities", Many(ITEM), "What the post answers for."),
    Field("first_year", Many(ITEM), "What awaits its holder first."),
    Field("success", Many(ITEM), "By what the first year is judged."),
    Field("expectations", Many(ITEM), "What is expected of its holder as a leader."),
    Field("dates", Many(MILESTONE), "The dates of the recruitment."),
    _cite(),
)
FINDING = RecordShape(
    "finding",
    "Something that the sources contradict or leave open, written down by a person.",
    Field(
        "code",
        Line(),
        "Its code, from the list of codes.",
        required=True,
        example="sources-differ",
    ),
    Field("about", Many(Ref(ANY_ENTITY), single=True), "What it is about.", required=True),
    Field("da", Line(), "It in Danish.", required=True),
    Field("en", Line(), "It in English."),
    _cite(),
)
PERSON = RecordShape(
    "person",
    "Someone who holds several posts, or has several spellings.",
    Field("id", Id(), "The person's id.", required=True),
    Field("name", Line(), "The person's name.", required=True, citable=True),
    _ALSO,
    _cite(),
)
KIND = RecordShape(
    "kind",
    "A word for units or groups.",
    Field("da", Line(), "The word in Danish, where it differs from the key."),
    Field("en", Line(), "The word in English."),
    Field("staff", Flag(), "Whether such a unit serves the line from beside it (stab)."),
    shorthand="en",
)
SOURCE = RecordShape(
    "source",
    "A document that facts are taken from.",
    Field("title", Words(), "Its title.", required=True),
    Field("file", Line(), "The name of the file we hold."),
    Field("kind", Words(), "What sort of document it is."),
    Field("publisher", Line(), "Who published it."),
    Field("date", Day(), "When."),
    Field("url", Line(), "Where it can be read."),
    Field("numbered_by", Choice(Numbering), "What citations count in it: line, page or section."),
)
ORGANISATION = RecordShape(
    "organisation",
    "One organisation as of a date.",
    Field("organisation", Id(), "Its id, used in addresses.", required=True, example="eksempel"),
    Field("name", Words(), "Its name.", required=True),
    Field(
        "as_of", Day(), "The date that the data are true as of.", required=True, example="2026-02"
    ),
    Field("description", Words(), "What it is, in our own words."),
    Field("kinds", Named(KIND, Line()), "The organisation's words for its units and groups."),
    Field("sources", Named(SOURCE, Id()), "The documents that facts are taken from, by id."),
    Field("people", Many(PERSON), "People with more than one post or spelling."),
    Field("units", Many(UNIT), "The units at the top.", required=True),
    Field("groups", Many(GROUP), "Forums, committees and management groups."),
    Field("relations", Many(RELATION), "Lines that are not the reporting line."),
    Field("frameworks", Many(FRAMEWORK), "Leadership principles."),
    Field("profiles", Many(PROFILE), "What sources say of single posts."),
    Field("findings", Many(FINDING), "Contradictions and gaps that people have found."),
)
_RECORDS = (
    ALIAS, EMPLOYEES, FTE, BUDGET, HOLDING, REPORTS_TO, POSITION, LEADER, UNIT, MEMBER, GROUP,
    RELATION, PRINCIPLE, FRAMEWORK, ITEM, MILESTONE, PROFILE, FINDING, PERSON, KIND, SOURCE,
    _CITATION_RECORD.record,
)  # fmt: skip


def organisation_schema() -> JsonSchema:
    """Return the JSON Schema of a data file, for editors and other programs."""
    definitions: dict[str, JsonSchema] = {record.name: record.definition() for record in _RECORDS}
    definitions["id"] = {
        "description": "Lower-case letters, digits, '-' and '_'.",
        "type": ["string", "integer"],
        "pattern": ID_PATTERN,
        "maxLength": LONGEST_ID,
    }
    definitions["text"] = {
        "description": "A text in Danish, or a mapping with da and en.",
        "anyOf": [
            {"type": ["string", "number"]},
            {
                "type": "object",
                "additionalProperties": False,
                "properties": {"da": {"type": "string"}, "en": {"type": "string"}},
                "required": ["da"],
            },
        ],
    }
    definitions["citations"] = CITATIONS.json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Organisation",
        **ORGANISATION.definition(),
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """Return the JSON Schema as the text that is shipped beside the data."""
    return json.dumps(organisation_schema(), ensure_ascii=False, indent=2) + "\n"
