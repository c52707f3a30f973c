"""The fields of all other entries of a data file, and the JSON Schema of the whole file."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from orgmodel.model import entities, organisation, profiles
from orgmodel.model.entities import LEADER_LEVELS, Ask, Level, Principle
from orgmodel.model.finding_kinds import FINDING_KINDS, is_recorded_code
from orgmodel.model.findings import Finding
from orgmodel.model.provenance import Numbering, Source
from orgmodel.reading.amounts import BUDGET, DIRECT, EMPLOYEES, FTE
from orgmodel.reading.entry_types import Entry, EntryType, Field, Named, complete_entries
from orgmodel.reading.problems import suggestion
from orgmodel.reading.shapes import (
    DAY,
    FLAG,
    ID,
    ID_SCHEMA,
    INVALID,
    KIND_WORD,
    LINE,
    WORDS,
    WORDS_SCHEMA,
    JsonSchema,
    Many,
    Reading,
    choice,
    ref,
    whole,
    word_of,
)
from orgmodel.reading.shared_fields import (
    ALIAS,
    CITATION_IN_FULL,
    CITATIONS,
    also_field,
    basis_fields,
    cite_field,
)
from orgmodel.reading.unit_fields import (
    HOLDING,
    LEADER,
    LINE_LOST,
    PERSON,
    POSITION,
    REPORTS_TO,
    SEATS_ASSUMED,
    UNIT,
)

if TYPE_CHECKING:
    from orgmodel.reading.documents import Node
    from orgmodel.reading.yaml_text import Value

_ANY_ENTITY = ref("unit", "position", "group")


def _text_fields(what: str = "It", attribute: str = "text") -> tuple[Field, Field]:
    return (
        Field("da", LINE, f"{what} in Danish.", f"{attribute}.da", required=True),
        Field("en", LINE, f"{what} in English.", f"{attribute}.en"),
    )


MEMBER = EntryType(
    "member",
    "A post's seat in the group.",
    Field("position", ref("position"), "The post's id.", "position_id", required=True),
    Field("role", choice(entities.MemberRole), "What it does in the group."),
    *basis_fields("Why an inferred membership is kept."),
    cite_field(),
    entity=entities.Membership,
    is_made_later=True,
    shorthand="position",
)
GROUP = EntryType(
    "group",
    "People who decide together.",
    Field("id", ID, "Its id, used in addresses and references.", required=True),
    Field("name", WORDS, "Its name.", required=True, citable=True),
    Field(
        "kind",
        LINE,
        "Its kind: forvaltningsledelse, chefgruppe, MED-udvalg …",
        "kind_id",
        required=True,
        example="chefgruppe",
    ),
    Field("unit", ref("unit"), "The unit that it leads or belongs to.", "unit_id"),
    Field("part_of", ref("group"), "The group that it is a part of.", "part_of_id"),
    Field("members", Many(MEMBER), "The posts in it."),
    Field("size", whole(), "How many members a source says it has.", citable=True),
    Field("complete", FLAG, "false where the sources do not list all its members."),
    Field("cadence", WORDS, "How often it meets.", citable=True),
    Field("purpose", WORDS, "What it is for, in our own words.", citable=True),
    also_field(),
    cite_field(),
    entity=entities.Group,
    is_made_later=True,
    order=(..., "members", "complete"),
)
RELATION = EntryType(
    "relation",
    "A line that is not the reporting line.",
    Field("id", ID, "Its id, where something refers to it."),
    Field(
        "from",
        _ANY_ENTITY,
        "The unit, post or group that it starts from.",
        "from_id",
        required=True,
    ),
    Field("to", _ANY_ENTITY, "The unit, post or group that it leads to.", "to_id", required=True),
    Field(
        "kind",
        choice(entities.RelationKind),
        "What it is.",
        required=True,
        example="coordinates-with",
    ),
    Field("about", WORDS, "What it concerns, in our own words.", citable=True),
    *basis_fields("Why an inferred line is drawn."),
    cite_field(),
    entity=entities.Relation,
    is_made_later=True,
)


class _Levels(Many):
    """Leadership levels; one word means all levels of leaders in the administration."""

    _ALL = "leaders"

    def __init__(self) -> None:
        words = {self._ALL: LEADER_LEVELS} | {level.value: (level,) for level in Level}
        super().__init__(word_of(words), single=True)

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return each level once."""
        found = super().read(node, key, reading)
        if not isinstance(found, tuple):
            return INVALID
        return tuple(dict.fromkeys(level for levels in found for level in levels))

    def write(self, levels: tuple[Level, ...]) -> Value:
        """Return the word for all levels, or the levels."""
        return self._ALL if levels == LEADER_LEVELS else super().write(levels)


_AUDIENCE_FIELDS = (
    Field(
        "levels",
        _Levels(),
        "The leadership levels it speaks to, or leaders for all of them; none: everybody.",
        "audience.levels",
    ),
    Field(
        "kinds",
        Many(KIND_WORD, single=True),
        "Only to leaders of units of these kinds, where it speaks to a rank by its name.",
        "audience.kind_ids",
    ),
)
ASK = EntryType(
    "ask",
    "One thing that a principle asks, in our own words.",
    *_text_fields(),
    *_AUDIENCE_FIELDS,
    cite_field(),
    entity=Ask,
    is_made_later=True,
    shorthand="da",
    order=(..., "levels", "kinds"),
)


class _PrincipleType(EntryType):
    """A principle. Its requirements have its audience unless they define their own."""

    def build(self, entry: Entry, reading: Reading, **given: Any) -> object:
        """Return the principle with its requirements."""
        asks = complete_entries(entry.values.pop("asks", ()), "da")
        principle = super().build(entry, reading, **given)
        if not isinstance(principle, Principle):
            return principle
        made = tuple(ASK.make(one, audience=principle.audience) for one in asks)
        return replace(principle, asks=made)

    def write(self, principle: Principle) -> Value:
        """Return the principle with its requirements."""
        asks = [_written_ask(ask, principle) for ask in principle.asks]
        return self.shortened(self.node(principle, asks=asks))


def _written_ask(ask: Ask, principle: Principle) -> Value:
    if ask.audience == principle.audience:
        return ASK.shortened(ASK.node(ask, levels=None, kinds=None))
    node = ASK.node(ask)
    # Without either key the reader would use the audience of the principle.
    return node if "levels" in node or "kinds" in node else node | {"levels": []}


PRINCIPLE = _PrincipleType(
    "principle",
    "One principle of a framework.",
    *_text_fields("The principle"),
    Field("meaning", WORDS, "What it is about, in our own words.", citable=True),
    Field("asks", Many(ASK), "What it asks, of whom."),
    *_AUDIENCE_FIELDS,
    cite_field(),
    entity=Principle,
    shorthand="da",
    order=(..., "asks", "cite"),
)
FRAMEWORK = EntryType(
    "framework",
    "An organisation's stated leadership principles.",
    Field("id", ID, "Its id.", required=True),
    Field("name", WORDS, "Its name.", required=True),
    Field("unit", ref("unit"), "The unit whose leaders it applies to.", "unit_id"),
    Field("summary", WORDS, "What it is and what it is for.", citable=True),
    Field("definition", Many(PRINCIPLE), "What it calls good leadership."),
    Field("principles", Many(PRINCIPLE), "The principles, in order."),
    Field("steering", Many(PRINCIPLE), "What it says of steering and of how work is divided."),
    cite_field(),
    entity=entities.Framework,
)
ITEM = EntryType(
    "item",
    "One thing that a source says of the post, in our own words.",
    *_text_fields(),
    cite_field(),
    entity=profiles.ProfileItem,
    shorthand="da",
)
MILESTONE = EntryType(
    "milestone",
    "A date of the recruitment or of the first year.",
    Field("date", DAY, "When, or from when.", required=True, example="2026-05-01"),
    Field("end", DAY, "To when, where it takes more than a day."),
    Field("or", DAY, "Another day that it may be instead.", "alternative"),
    Field("kind", choice(profiles.MilestoneKind), "What happens.", required=True, example="start"),
    Field("what", WORDS, "It in words, where the kind does not say it.", "text"),
    cite_field(),
    entity=profiles.Milestone,
)
CONTACT = EntryType(
    "contact",
    "A post that answers questions about another; no number and no address.",
    Field("position", ref("position"), "Its id.", "position_id", required=True),
    cite_field(),
    entity=profiles.Contact,
    shorthand="position",
)
PROFILE = EntryType(
    "profile",
    "What a source says of a post: tasks, expectations, dates.",
    Field("position", ref("position"), "The post's id.", "position_id", required=True),
    Field("summary", WORDS, "The post in a sentence or two.", citable=True),
    Field("responsibilities", Many(ITEM), "What the post answers for."),
    Field("first_year", Many(ITEM), "Its holder's first tasks."),
    Field("success", Many(ITEM), "How the success of the first year is judged."),
    Field("expectations", Many(ITEM), "What is expected of its holder as a leader."),
    Field(
        "dates",
        Many(MILESTONE),
        "The dates of the recruitment and of the first year.",
        "milestones",
    ),
    Field("contacts", Many(CONTACT), "The posts that answer questions about it."),
    Field("committee", ref("group"), "The group that appoints its holder.", "committee_id"),
    Field("further_reading", Many(ITEM), "What a source advises to read."),
    cite_field(),
    entity=profiles.Profile,
)


class _FindingType(EntryType):
    """A finding recorded by a person, of one of the kinds allowed for that."""

    def build(self, entry: Entry, reading: Reading, **_given: Any) -> object:
        """Return the finding; INVALID if its code is unknown."""
        if not self.is_whole(entry):
            return INVALID
        code = entry.get("code")
        if not is_recorded_code(code):
            known = tuple(name for name in FINDING_KINDS if is_recorded_code(name))
            reading.problems.add(
                entry.where("code"),
                "bad-choice",
                value=code,
                key="code",
                suggestion=suggestion((), known),
            )
            return INVALID
        return self.make(entry, severity=FINDING_KINDS[code].severity, recorded=True)


FINDING = _FindingType(
    "finding",
    "Something that the sources contradict or leave open, written down by a person.",
    Field(
        "code", LINE, "Its code, from the list of codes.", required=True, example="sources-differ"
    ),
    Field(
        "about", Many(_ANY_ENTITY, single=True), "What it is about.", "entity_ids", required=True
    ),
    *_text_fields(attribute="message"),
    cite_field("citations"),
    entity=Finding,
)


class _KindType(EntryType):
    """A kind of unit or group; its Danish word is its id by default."""

    def build(self, entry: Entry, reading: Reading, **given: Any) -> object:
        """Return the kind."""
        entry.values.setdefault("da", given["id"])
        return super().build(entry, reading, **given)

    def write(self, kind: entities.Kind) -> Value:
        """Return the kind; its Danish word is written if it has no other value."""
        danish = None if kind.name.da == kind.id else kind.name.da
        return self.shortened(self.node(kind, da=danish)) or {"da": kind.id}


KIND = _KindType(
    "kind",
    "A word for units or groups.",
    Field("da", LINE, "The word in Danish, where it differs from the key.", "name.da"),
    Field("en", LINE, "The word in English.", "name.en"),
    Field("staff", FLAG, "Whether such a unit serves the line from beside it (stab)."),
    entity=entities.Kind,
    shorthand="en",
)
SOURCE = EntryType(
    "source",
    "A document that facts are taken from.",
    Field("title", WORDS, "Its title.", required=True),
    Field("file", LINE, "The name of the file we hold."),
    Field("kind", WORDS, "What sort of document it is."),
    Field("publisher", LINE, "Who published it."),
    Field("date", DAY, "When."),
    Field("url", LINE, "Where it can be read."),
    Field(
        "numbered_by", choice(Numbering), "What citations count in it: line, page, section or row."
    ),
    entity=Source,
)
ORGANISATION = EntryType(
    "organisation",
    "One organisation as of a date.",
    Field(
        "organisation", ID, "Its id, used in addresses.", "id", required=True, example="eksempel"
    ),
    Field("name", WORDS, "Its name.", required=True),
    Field(
        "as_of", DAY, "The date that the data are true as of.", required=True, example="2026-02"
    ),
    Field("description", WORDS, "What it is, in our own words."),
    Field("kinds", Named(KIND, LINE), "The organisation's words for its units and groups."),
    Field("sources", Named(SOURCE, ID), "The documents that facts are taken from, by id."),
    Field("people", Many(PERSON), "People with more than one post or spelling."),
    Field("units", Many(UNIT), "The units at the top.", required=True),
    Field("groups", Many(GROUP), "Forums, committees and management groups."),
    Field("relations", Many(RELATION), "Lines that are not the reporting line."),
    Field("frameworks", Many(FRAMEWORK), "Leadership principles."),
    Field("profiles", Many(PROFILE), "What sources say of single posts."),
    Field("findings", Many(FINDING), "Contradictions and gaps that people have found."),
    entity=organisation.Record,
    is_made_later=True,
)
RECORDS = (
    ALIAS, EMPLOYEES, FTE, BUDGET, DIRECT, SEATS_ASSUMED, HOLDING, REPORTS_TO, LINE_LOST, POSITION, LEADER,
    UNIT, MEMBER, GROUP,
    RELATION, ASK, PRINCIPLE, FRAMEWORK, ITEM, MILESTONE, CONTACT, PROFILE, FINDING, PERSON, KIND, SOURCE,
    CITATION_IN_FULL,
)  # fmt: skip


def organisation_schema() -> JsonSchema:
    """Return the JSON Schema of a data file, for editors and other programs."""
    definitions: dict[str, JsonSchema] = {record.name: record.definition() for record in RECORDS}
    definitions |= {"id": ID_SCHEMA, "text": WORDS_SCHEMA, "citations": CITATIONS.schema}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Organisation",
        **ORGANISATION.definition(),
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """Return the JSON Schema as the text of the file shipped with the data."""
    return json.dumps(organisation_schema(), ensure_ascii=False, indent=2) + "\n"
