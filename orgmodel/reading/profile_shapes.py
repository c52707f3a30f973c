"""The field tables of a profile: what a data file may say of a single post."""

from __future__ import annotations

from orgmodel.model.profiles import MilestoneKind
from orgmodel.reading.citations import cite_field
from orgmodel.reading.records import Field, RecordShape
from orgmodel.reading.shapes import Choice, Day, Line, Many, Ref, Words

ITEM = RecordShape(
    "item",
    "One thing that a source says of the post, in our own words.",
    Field("da", Line(), "It in Danish.", required=True),
    Field("en", Line(), "It in English."),
    cite_field(),
    shorthand="da",
)
MILESTONE = RecordShape(
    "milestone",
    "A date of the recruitment or of the first year.",
    Field("date", Day(), "When, or from when.", required=True, example="2026-05-01"),
    Field("end", Day(), "To when, where it takes more than a day."),
    Field("or", Day(), "Another day that it may be instead."),
    Field("kind", Choice(MilestoneKind), "What happens.", required=True, example="start"),
    Field("what", Words(), "It in words, where the kind does not say it."),
    cite_field(),
)
CONTACT = RecordShape(
    "contact",
    "A post that answers questions about another; no number and no address.",
    Field("position", Ref(("position",)), "Its id.", required=True),
    cite_field(),
    shorthand="position",
)
PROFILE = RecordShape(
    "profile",
    "What a source says of a post: tasks, expectations, dates.",
    Field("position", Ref(("position",)), "The post's id.", required=True),
    Field("summary", Words(), "The post in a sentence or two.", citable=True),
    Field("responsibilities", Many(ITEM), "What the post answers for."),
    Field("first_year", Many(ITEM), "Its holder's first tasks."),
    Field("success", Many(ITEM), "How the success of the first year is judged."),
    Field("expectations", Many(ITEM), "What is expected of its holder as a leader."),
    Field("dates", Many(MILESTONE), "The dates of the recruitment and of the first year."),
    Field("contacts", Many(CONTACT), "The posts that answer questions about it."),
    Field("committee", Ref(("group",)), "The group that appoints its holder."),
    Field("further_reading", Many(ITEM), "What a source advises to read."),
    cite_field(),
)
