"""The field table of every entity: what a data file may say, and the JSON Schema made from it."""

from __future__ import annotations

import json
from enum import StrEnum

from orgmodel.model.amounts import Measure, Precision
from orgmodel.model.entities import Level, MemberRole, RelationKind
from orgmodel.model.provenance import Basis, Numbering
from orgmodel.model.statuses import ENTRY_WORDS, Status
from orgmodel.reading.amounts import amount_value, share_value
from orgmodel.reading.citations import CITATION_RECORD, CITATIONS, cite_field
from orgmodel.reading.profile_shapes import CONTACT, ITEM, MILESTONE, PROFILE
from orgmodel.reading.records import Either, Field, Named, RecordShape
from orgmodel.reading.shapes import (
    ID_PATTERN,
    LONGEST_ID,
    WORDS_SCHEMA,
    Choice,
    Day,
    Flag,
    Id,
    JsonSchema,
    KindWord,
    Line,
    Many,
    Ref,
    Whole,
    Words,
)

ANY_ENTITY = ("unit", "position", "group")


def _period() -> tuple[Field, Field]:
    return (
        Field("from", Day(), "The first day, month or year that it holds."),
        Field("to", Day(), "The last day, month or year that it holds."),
    )


def _basis(why: str) -> tuple[Field, Field]:
    return (
        Field(
            "basis",
            Choice(Basis),
            "explicit: a source says so (the default); inferred: we conclude it.",
        ),
        Field("reason", Words(), why),
    )


ALIAS = RecordShape(
    "alias",
    "Another name that a source uses.",
    Field("name", Line(), "The name.", required=True),
    cite_field(),
    shorthand="name",
)
_ALSO = Field("also", Many(ALIAS, single=True), "Other names or spellings in the sources.")


def _amount(measure: Measure, doc: str, *extra: Field) -> RecordShape:
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
        *extra,
        Field("as_of", Day(), "The date that the number is true for."),
        Field("note", Words(), "A remark."),
        cite_field(),
        shorthand="value",
    )


EMPLOYEES = _amount(
    Measure.EMPLOYEES,
    "How many people are employed.",
    Field(
        "without_leaders",
        Flag(),
        "true where the number leaves out those who lead: '1 leder og ca. 35 medarbejdere'.",
    ),
    Field(
        "leader_included",
        Flag(),
        "Whether the unit's own leader is among the number ('ansvar for ca. 500': false); leave it "
        "out where no source says.",
    ),
)
FTE = _amount(Measure.FTE, "How many full-time equivalents (årsværk, fuldtidsstillinger).")
BUDGET = _amount(Measure.BUDGET, "A yearly budget in kroner.")

DIRECT = RecordShape(
    "direct-amount",
    "How many people the post leads directly, as a source says.",
    Field("value", amount_value(Measure.EMPLOYEES), "The number: 7, 'mindst 1', '8-9'."),
    Field("upper", amount_value(Measure.EMPLOYEES), "The upper end of a range."),
    Field("precision", Choice(Precision), "How the source qualifies the number."),
    Field("as_of", Day(), "The date that the number is true for."),
    Field("note", Words(), "A remark."),
    cite_field(),
    shorthand="value",
)
SEATS_ASSUMED = RecordShape(
    "assumed-seats",
    "That the number of seats is assumed, and by what.",
    Field("least", Whole(0), "How few there may be.", required=True, example="2"),
    Field("reason", Words(), "What is assumed.", required=True),
)
HOLDING = RecordShape(
    "holding",
    "Who holds the post.",
    Field("name", Line(), "The person's name.", citable=True),
    Field("person", Ref(("person",)), "Instead of the name: an id from the list of people."),
    Field("acting", Flag(), "Whether the person holds it for the time being (konstitueret)."),
    *_period(),
    _ALSO,
    cite_field(),
    shorthand="name",
)
REPORTS_TO = RecordShape(
    "reports-to",
    "Who the post reports to.",
    Field("position", Ref(("position",)), "The superior post's id.", required=True),
    *_basis("Why an inferred line is drawn."),
    Field("or", Many(Ref(("position",)), single=True), "Posts that it may report to instead."),
    cite_field(),
    shorthand="position",
)
LINE_LOST = RecordShape(
    "line-lost",
    "A line that the source states and that could not be kept.",
    Field("stated", Line(), "What the source says of who the post reports to.", required=True),
    Field("to", Ref(("position",)), "The listed post that it means, where there is one."),
    Field("reason", Words(), "Why the line is not there, and what was done instead."),
    shorthand="stated",
)
POSITION = RecordShape("position", "A post, whoever holds it.")
POSITION.define(
    Field("id", Id(), "Its id, used in addresses and references.", required=True),
    Field("title", Words(), "Its title.", required=True, citable=True),
    Field("status", Choice(Status), ENTRY_WORDS),
    Field("seats", Whole(), "How many identical posts the entry stands for.", citable=True),
    Field("seats_at_least", Flag(), "true where there may be more than `seats`."),
    Field("seats_assumed", SEATS_ASSUMED, "Set where no source states `seats`."),
    Field(
        "direct_leaders",
        Many(DIRECT, single=True),
        "How many leaders it leads directly, as a source says: 'de 7 centerchefer'.",
    ),
    Field(
        "direct_staff",
        Many(DIRECT, single=True),
        "How many others it leads directly, as a source says.",
    ),
    Field("fte", FTE, "Full-time equivalents of all its seats together."),
    Field("political", Flag(), "Whether it is a politician's post."),
    Field("outside", Flag(), "Whether it belongs to another organisation."),
    Field("assistant", Flag(), "Whether it assists its leader from beside the line."),
    Field(
        "is_leader",
        Flag(),
        "Whether it leads although no unit or report of it is known.",
        citable=True,
    ),
    Field("reports_to", REPORTS_TO, "Who it reports to, where that is not its unit's leader."),
    Field("line_lost", LINE_LOST, "Instead: a line that the source states and that is lost."),
    Field("holder", Many(HOLDING, single=True), "Who holds it."),
    _ALSO,
    Field("note", Words(), "A remark for its readers."),
    *_period(),
    cite_field(),
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
    Field("count", Whole(), "How many identical units the entry stands for.", citable=True),
    Field(
        "complete",
        Flag(),
        "true where all its parts and posts are listed (with the citation that says so, else it is an "
        "assumption), false where some are known to be missing.",
        citable=True,
    ),
    Field(
        "employees", Many(EMPLOYEES, single=True), "People employed, by every source that says."
    ),
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
    cite_field(),
)
MEMBER = RecordShape(
    "member",
    "A post's seat in the group.",
    Field("position", Ref(("position",)), "The post's id.", required=True),
    Field("role", Choice(MemberRole), "What it does in the group."),
    *_basis("Why an inferred membership is kept."),
    cite_field(),
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
    cite_field(),
)
RELATION = RecordShape(
    "relation",
    "A line that is not the reporting line.",
    Field("id", Id(), "Its id, where something refers to it."),
    Field("from", Ref(ANY_ENTITY), "The unit, post or group that it starts from.", required=True),
    Field("to", Ref(ANY_ENTITY), "The unit, post or group that it leads to.", required=True),
    Field("kind", Choice(RelationKind), "What it is.", required=True, example="coordinates-with"),
    Field("about", Words(), "What it concerns, in our own words.", citable=True),
    *_basis("Why an inferred line is drawn."),
    cite_field(),
)


class LevelWord(StrEnum):
    """How a file names the levels that a principle speaks to: one of them, or all leaders."""

    LEADERS = "leaders"
    STAFF = Level.STAFF.value
    LEADER_OF_STAFF = Level.LEADER_OF_STAFF.value
    LEADER_OF_LEADERS = Level.LEADER_OF_LEADERS.value
    FUNCTIONAL = Level.FUNCTIONAL.value
    TOP = Level.TOP.value
    POLITICAL = Level.POLITICAL.value


def _audience() -> tuple[Field, Field]:
    return (
        Field(
            "levels",
            Many(Choice(LevelWord), single=True),
            "The leadership levels it speaks to, or leaders for all of them; none: everybody.",
        ),
        Field(
            "kinds",
            Many(KindWord(), single=True),
            "Only to leaders of units of these kinds, where it speaks to a rank by its name.",
        ),
    )


ASK = RecordShape(
    "ask",
    "One thing that a principle asks, in our own words.",
    Field("da", Line(), "It in Danish.", required=True),
    Field("en", Line(), "It in English."),
    *_audience(),
    cite_field(),
    shorthand="da",
)
PRINCIPLE = RecordShape(
    "principle",
    "One principle of a framework.",
    Field("da", Line(), "The principle in Danish.", required=True),
    Field("en", Line(), "The principle in English."),
    Field("meaning", Words(), "What it is about, in our own words.", citable=True),
    Field("asks", Many(ASK), "What it asks, of whom."),
    *_audience(),
    cite_field(),
    shorthand="da",
)
FRAMEWORK = RecordShape(
    "framework",
    "An organisation's stated leadership principles.",
    Field("id", Id(), "Its id.", required=True),
    Field("name", Words(), "Its name.", required=True),
    Field("unit", Ref(("unit",)), "The unit whose leaders it applies to."),
    Field("summary", Words(), "What it is and what it is for.", citable=True),
    Field("definition", Many(PRINCIPLE), "What it calls good leadership."),
    Field("principles", Many(PRINCIPLE), "The principles, in order."),
    Field("steering", Many(PRINCIPLE), "What it says of steering and of how work is divided."),
    cite_field(),
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
    cite_field(),
)
PERSON = RecordShape(
    "person",
    "Someone who holds several posts, or has several spellings.",
    Field("id", Id(), "The person's id.", required=True),
    Field("name", Line(), "The person's name.", required=True, citable=True),
    _ALSO,
    cite_field(),
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
    Field(
        "numbered_by", Choice(Numbering), "What citations count in it: line, page, section or row."
    ),
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
    ALIAS, EMPLOYEES, FTE, BUDGET, DIRECT, SEATS_ASSUMED, HOLDING, REPORTS_TO, LINE_LOST, POSITION, LEADER,
    UNIT, MEMBER, GROUP,
    RELATION, ASK, PRINCIPLE, FRAMEWORK, ITEM, MILESTONE, CONTACT, PROFILE, FINDING, PERSON, KIND, SOURCE,
    CITATION_RECORD,
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
    definitions["text"] = WORDS_SCHEMA
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
