"""The fields of units, of posts and of their holders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.model import entities
from orgmodel.model.statuses import ENTRY_WORDS, Status
from orgmodel.reading.amounts import BUDGET, DIRECT, EMPLOYEES, FTE
from orgmodel.reading.entry_types import Entry, EntryType, Field
from orgmodel.reading.shapes import FLAG, ID, LINE, WORDS, Either, Many, choice, ref, whole
from orgmodel.reading.shared_fields import also_field, basis_fields, cite_field, period_fields

if TYPE_CHECKING:
    from orgmodel.reading.problems import ProblemList

PERSON = EntryType(
    "person",
    "Someone who holds several posts, or has several spellings.",
    Field("id", ID, "The person's id.", required=True),
    Field("name", LINE, "The person's name.", required=True, citable=True),
    also_field(),
    cite_field(),
    entity=entities.Person,
    is_made_later=True,
)
HOLDING = EntryType(
    "holding",
    "Who holds the post.",
    Field("name", LINE, "The person's name.", "", citable=True),
    Field(
        "person", ref("person"), "Instead of the name: an id from the list of people.", "person_id"
    ),
    Field("acting", FLAG, "Whether the person holds it for the time being (konstitueret)."),
    *period_fields(),
    also_field(""),
    cite_field(),
    entity=entities.Holding,
    is_made_later=True,
    shorthand="name",
)
REPORTS_TO = EntryType(
    "reports-to",
    "Who the post reports to.",
    Field("position", ref("position"), "The superior post's id.", "superior_id", required=True),
    *basis_fields("Why an inferred line is drawn."),
    Field(
        "or",
        Many(ref("position"), single=True),
        "Posts that it may report to instead.",
        "alternative_ids",
    ),
    cite_field(),
    entity=entities.StatedLine,
    shorthand="position",
)
LINE_LOST = EntryType(
    "line-lost",
    "A line that the source states and that could not be kept.",
    Field("stated", LINE, "What the source says of who the post reports to.", required=True),
    Field(
        "to", ref("position"), "The listed post that it means, where there is one.", "superior_id"
    ),
    Field("reason", WORDS, "Why the line is not there, and what was done instead."),
    entity=entities.LostLine,
    shorthand="stated",
)
SEATS_ASSUMED = EntryType(
    "assumed-seats",
    "That the number of seats is assumed, and by what.",
    Field("least", whole(0), "How few there may be.", required=True, example="2"),
    Field("reason", WORDS, "What is assumed.", required=True),
    entity=entities.AssumedSeats,
    is_made_later=True,
)


def _check_assumed(entry: Entry, problems: ProblemList) -> None:
    assumed: Entry = entry.values.pop("seats_assumed")
    if SEATS_ASSUMED.is_whole(assumed):
        least, seats = assumed.get("least"), entry.get("seats", 1)
        if least >= seats:
            problems.add(assumed.where("least"), "least-not-less", least=least, seats=seats)
        entry.values["seats_assumed"] = SEATS_ASSUMED.make(assumed)


def _check_lost(entry: Entry, problems: ProblemList) -> None:
    if "reports_to" in entry.marks:
        problems.add(entry.where("line_lost"), "line-both-lost-and-stated")


_POST_FIELDS = (
    Field("title", WORDS, "Its title.", required=True, citable=True),
    Field(
        "status",
        choice(Status),
        ENTRY_WORDS,
        "declared_status",
    ),
    Field("seats", whole(), "How many identical posts the entry stands for.", citable=True),
    Field("seats_at_least", FLAG, "true where there may be more than `seats`."),
    Field(
        "seats_assumed", SEATS_ASSUMED, "Set where no source states `seats`.", check=_check_assumed
    ),
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
    Field("political", FLAG, "Whether it is a politician's post."),
    Field("outside", FLAG, "Whether it belongs to another organisation."),
    Field("assistant", FLAG, "Whether it assists its leader from beside the line."),
    Field(
        "is_leader",
        FLAG,
        "Whether it leads although no unit or report of it is known.",
        "is_stated_leader",
        citable=True,
    ),
    Field("reports_to", REPORTS_TO, "Who it reports to, where that is not its unit's leader."),
    Field(
        "line_lost",
        LINE_LOST,
        "Instead: a line that the source states and that is lost.",
        check=_check_lost,
    ),
    Field("holder", Many(HOLDING, single=True), "Who holds it.", "holdings"),
    also_field(),
    Field("note", WORDS, "A remark for its readers."),
    *period_fields(),
    cite_field(),
)
_POST_ORDER = ("id", "title", "reports_to", "line_lost", "holder", ...)
POSITION = EntryType(
    "position",
    "A post, whoever holds it.",
    Field("id", ID, "Its id, used in addresses and references.", required=True),
    *_POST_FIELDS,
    entity=entities.Position,
    is_made_later=True,
    order=_POST_ORDER,
)
LEADER = EntryType(
    "leader",
    "The post that leads the unit.",
    Field("id", ID, "Its id; without one, the unit's id with -leder."),
    *_POST_FIELDS,
    entity=entities.Position,
    is_made_later=True,
    order=_POST_ORDER,
)
UNIT = EntryType(
    "unit",
    "A part of the organisation.",
    entity=entities.Unit,
    is_made_later=True,
    order=(..., "leader", "positions", "units"),
)
UNIT.define(
    Field("id", ID, "Its id, used in addresses and references.", required=True),
    Field("name", WORDS, "Its name.", required=True, citable=True),
    Field(
        "kind",
        LINE,
        "Its kind, in the organisation's own word: afdeling, center, stab …",
        "kind_id",
        required=True,
        example="afdeling",
        citable=True,
    ),
    Field("description", WORDS, "What it does, in our own words.", citable=True),
    also_field(),
    Field("count", whole(), "How many identical units the entry stands for.", citable=True),
    Field(
        "complete",
        FLAG,
        "true where all its parts and posts are listed (with the citation that says so, else it is an "
        "assumption), false where some are known to be missing.",
        citable=True,
    ),
    Field(
        "employees", Many(EMPLOYEES, single=True), "People employed, by every source that says."
    ),
    Field("fte", Many(FTE, single=True), "Full-time equivalents; the first is shown."),
    Field("budget", Many(BUDGET, single=True), "Yearly budget; the first is shown."),
    *period_fields(),
    Field(
        "leader",
        Either(ref("position"), LEADER),
        "The post that leads it, or that post's id.",
        "leader_id",
    ),
    Field("positions", Many(POSITION), "The other posts in it.", ""),
    Field("units", Many(UNIT), "The units in it.", ""),
    cite_field(),
)
