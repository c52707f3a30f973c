"""The statuses of a post: the meaning, counting, appearance and wording of each.

There is one record per status. Everything else that depends on a status (sets of statuses,
switches, legends, figures, colours, the styles of the pages) is derived from these records;
CONTRIBUTING.md describes how to add one. The words accepted by an import are in
`reading/importing/values.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.model.glossary import definition
from orgmodel.texts import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class Status(StrEnum):
    """The statuses of a post, in the order of filters and schemas."""

    NAMED = "named"
    UNNAMED = "unnamed"
    VACANT = "vacant"
    ACTING = "acting"
    PLANNED = "planned"

    @property
    def facts(self) -> StatusFacts:
        """The record of the status."""
        return STATUS_FACTS[self]


class Who(StrEnum):
    """Posts that figures may leave out; what is left out is stated beside the figures.

    Planned posts, vacant posts, assistants and staff units that are left out count in no span.
    Politicians and posts of other organisations keep their reports and are left out of statistics
    only.
    """

    PLANNED = "planned"
    VACANT = "vacant"
    ASSISTANT = "assistant"
    STAFF_UNIT = "staff-unit"
    POLITICAL = "political"
    OUTSIDE = "outside"


LEFT_OUT_AT_FIRST = frozenset({Who.PLANNED, Who.POLITICAL, Who.OUTSIDE})


class Stated(StrEnum):
    """The place in the data that states the status of a post."""

    BY_NAMES = "names"  # by the presence of a holder
    BY_HOLDING = "holding"  # the entry of its holder
    BY_POST = "post"  # `status` in the entry of the post


@dataclass(frozen=True, slots=True)
class Chip:
    """The colours of a chip on a white background, as #rrggbb.

    Attributes
    ----------
    name
        The name of its pens: `vacant` is the edge, `vacantFill` the fill, `vacantInk` the text.
    """

    name: str
    edge: str
    fill: str
    ink: str

    @property
    def fill_pen(self) -> str:
        """The pen of the fill."""
        return f"{self.name}Fill"

    @property
    def ink_pen(self) -> str:
        """The pen of the text; the pen of the edge if they have the same colour."""
        return self.name if self.ink == self.edge else f"{self.name}Ink"

    def pens(self) -> dict[str, str]:
        """Return the pens of the chip with their colours."""
        return {self.name: self.edge, self.fill_pen: self.fill, self.ink_pen: self.ink}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFacts:
    """Everything that depends on the status of a post.

    Attributes
    ----------
    words
        Its name.
    meaning
        Its explanation in legends; empty if it is in no legend.
    note
        The note on a post's own page, with `{day}` for the date of the data; or empty.
    held_words
        The list of its holders, with `{names}` for their names; empty for the names alone.
    entry_words
        Its description in the schema as the `status` of an entry; empty if it is not allowed
        there.
    outline_words
        The explanation of the dashed outline in legends; empty if cards have no such outline.
    posts_note
        The note on posts of this status in a comparison of organisations; empty if they are not
        counted.
    leaders_words, leaders_note
        The name of leaders' posts of this status and the note on them, if figures of spans count
        them; otherwise empty.
    stated
        The place in the data that states it.
    is_named
        Whether a holder is known.
    awaits_holder
        Whether a permanent holder is still to come.
    exists
        Whether the post exists: it then counts as a post and its seats as employees, and it makes
        its superior a leader.
    left_out_as
        The choice that leaves its seats out of figures, or None.
    chip
        The colours of its chip on a card; None if the word stands without a box.
    leads_card
        Whether a card shows it before the name.
    band, fill
        The accent of its card, and the circle on it, when cards are coloured by status.
    slide_tints
        The PowerPoint theme colours of the stripe, in our theme and in any other; None for a
        stripe that `exporting/slides/paints.py` already maps.
    """

    words: str
    meaning: str = ""
    note: str = ""
    held_words: str = ""
    entry_words: str = ""
    outline_words: str = ""
    posts_note: str = ""
    leaders_words: str = ""
    leaders_note: str = ""
    stated: Stated
    is_named: bool
    awaits_holder: bool
    exists: bool = True
    left_out_as: Who | None = None
    chip: Chip | None
    leads_card: bool = False
    band: str
    fill: str
    slide_tints: tuple[str, str] | None = None

    def may_be_declared(self, *, is_held: bool) -> bool:
        """Tell whether the entry of a post may state it, given whether the post has a holder."""
        return self.stated is Stated.BY_POST and self.is_named is is_held

    @property
    def is_open(self) -> bool:
        """Whether the post has no holder yet; its outline and its chip are dashed."""
        return self.awaits_holder and not self.is_named

    @property
    def outline(self) -> str | None:
        """The pen of the outline of an open post; None for other posts."""
        return self.chip.name if self.chip and self.is_open else None


_OPEN_CHIP = Chip("vacant", edge="#bd7a1c", fill="#fdf1d8", ink="#8a4b08")
_PLANNED_CHIP = Chip("planned", edge="#7b8a9d", fill="#eef2f6", ink="#566577")
# In the order of legends and counts.
STATUS_FACTS: Mapping[Status, StatusFacts] = {
    Status.NAMED: StatusFacts(
        words=N_("Named"),
        stated=Stated.BY_NAMES,
        is_named=True,
        awaits_holder=False,
        chip=None,
        band="#12355b",
        fill="#e0e7f0",
    ),
    Status.VACANT: StatusFacts(
        words=N_("Advertised"),
        meaning=N_("on the data's date"),
        note=N_("Advertised as of {day}. The sources do not say who got the post."),
        entry_words="vacant (advertised)",
        outline_words=N_("advertised"),
        posts_note=definition("vacant"),
        leaders_words=N_("Advertised leaders' posts"),
        leaders_note=definition("vacant"),
        stated=Stated.BY_POST,
        is_named=False,
        awaits_holder=True,
        left_out_as=Who.VACANT,
        chip=_OPEN_CHIP,
        leads_card=True,
        band="#bd7a1c",
        fill="#fdf1d8",
        slide_tints=("accent5", "accent2"),
    ),
    Status.ACTING: StatusFacts(
        words=N_("Acting"),
        meaning=N_("for the time being"),
        held_words=N_("{names} (acting)"),
        posts_note=definition("acting"),
        leaders_words=N_("Acting leaders"),
        leaders_note=definition("acting"),
        stated=Stated.BY_HOLDING,
        is_named=True,
        awaits_holder=True,
        chip=Chip("acting", edge="#1a4fa0", fill="#dde9fb", ink="#1a4fa0"),
        band="#1a4fa0",
        fill="#dde9fb",
        slide_tints=("accent2", "accent1"),
    ),
    Status.UNNAMED: StatusFacts(
        words=N_("Not named"),
        meaning=N_("may well be filled"),
        note=definition("unnamed"),
        posts_note=definition("unnamed"),
        stated=Stated.BY_NAMES,
        is_named=False,
        awaits_holder=False,
        chip=None,
        band="#97a3b0",
        fill="#f1f3f6",
    ),
    Status.PLANNED: StatusFacts(
        words=N_("Planned"),
        meaning=N_("not there yet"),
        entry_words="planned",
        outline_words=N_("planned"),
        posts_note=definition("planned"),
        stated=Stated.BY_POST,
        is_named=False,
        awaits_holder=True,
        exists=False,
        left_out_as=Who.PLANNED,
        chip=_PLANNED_CHIP,
        band="#7b8a9d",
        fill="#eef2f6",
    ),
}
# The statuses for which figures of spans state the number of leaders' posts.
LEADERS_STATUSES = tuple(one for one, facts in STATUS_FACTS.items() if facts.leaders_words)
# The statuses in legends; those without a chip come last.
LEGEND_STATUSES = tuple(
    sorted(
        (one for one, facts in STATUS_FACTS.items() if facts.meaning),
        key=lambda one: one.facts.chip is None,
    )
)


def _entry_words() -> str:
    found = []
    for is_held, which in ((False, "without"), (True, "with")):
        words = [
            one.facts.entry_words for one in Status if one.facts.may_be_declared(is_held=is_held)
        ]
        if words:
            found.append(f"{' or '.join(words)}, for a post {which} a holder.")
    return " ".join(found)


# The statuses that the entry of a post may state, without and with a holder.
ENTRY_WORDS = _entry_words()
