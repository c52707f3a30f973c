"""The statuses of a post: what each is, how it counts, what it looks like and what it is called.

One record a status. Whatever else depends on a status (sets of statuses, switches, legends, figures,
colours, the styles of the pages) is worked out from these records; CONTRIBUTING.md says how to add
one. The words that an import accepts stand in `reading/importing/values.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.texts import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class Status(StrEnum):
    """What is known of a post's holder; in the order of filters and schemas."""

    NAMED = "named"
    UNNAMED = "unnamed"
    VACANT = "vacant"
    ACTING = "acting"
    PLANNED = "planned"

    @property
    def facts(self) -> StatusFacts:
        """All that depends on the status."""
        return STATUS_FACTS[self]


class Who(StrEnum):
    """Posts that figures may leave out; what is left out is told beside them.

    Planned, vacant, assistants' posts and those of staff units then count in no span. Politicians and
    posts of other organisations lead whom they lead, and are left out of statistics alone.
    """

    PLANNED = "planned"
    VACANT = "vacant"
    ASSISTANT = "assistant"
    STAFF_UNIT = "staff-unit"
    POLITICAL = "political"
    OUTSIDE = "outside"


LEFT_OUT_AT_FIRST = frozenset({Who.PLANNED, Who.POLITICAL, Who.OUTSIDE})


class Stated(StrEnum):
    """What tells the status of a post."""

    BY_NAMES = "names"  # whether it has a holder
    BY_HOLDING = "holding"  # the entry of its holder
    BY_POST = "post"  # `status` in the entry of the post


@dataclass(frozen=True, slots=True)
class Chip:
    """The colours of a chip on a white ground, as #rrggbb.

    Attributes
    ----------
    name
        Of its pens: `vacant` has the edge, `vacantFill` the ground, `vacantInk` the words.
    """

    name: str
    edge: str
    fill: str
    ink: str

    @property
    def fill_pen(self) -> str:
        """The pen of the ground."""
        return f"{self.name}Fill"

    @property
    def ink_pen(self) -> str:
        """The pen of the words; that of the edge where they have its colour."""
        return self.name if self.ink == self.edge else f"{self.name}Ink"

    def pens(self) -> dict[str, str]:
        """Return the pens that draw the chip."""
        return {self.name: self.edge, self.fill_pen: self.fill, self.ink_pen: self.ink}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFacts:
    """All that depends on the status of a post.

    Attributes
    ----------
    words
        What it is called.
    meaning
        What a legend says beside it; empty where no legend has it.
    note
        What a post's own page says of it, with `{day}` for the date of the data; or empty.
    held_words
        How its holders are listed, with `{names}` for their names; empty for the names alone.
    entry_words
        What the schema says of it as the `status` of an entry; empty where it cannot be one.
    outline_words
        What a key says of the dashed outline; empty where cards have none.
    posts_note
        What a comparison of organisations says of their posts of this status; empty where it counts
        none.
    leaders_words, leaders_note
        What the leaders' posts of this status are called, and what is said of them, where figures of
        spans count them; else empty.
    stated
        What tells it.
    is_named
        Whether a holder is known.
    awaits_holder
        Whether somebody who is to stay in the post is still to come.
    exists
        Whether the post exists: it then counts as a post and its seats as employees, it makes its
        superior a leader, and its card has a ground.
    left_out_as
        The choice that leaves its seats out of figures; None where none does.
    chip
        The colours of its chip on a card; None where the word stands there plainly, in italics.
    leads_card
        Whether a card says it before the name.
    band, fill
        The stripe and the ground of its card where cards are coloured by status; without a ground
        of its own it is white.
    slide_tints
        The colours of PowerPoint's theme that the stripe becomes, in ours and in any other theme;
        None for a stripe that `exporting/slides/paints.py` knows already.
    is_in_every_legend
        Whether the explorer's legend has it whether or not the chart shows one.
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
    fill: str = ""
    slide_tints: tuple[str, str] | None = None
    is_in_every_legend: bool = True

    def may_be_declared(self, *, is_held: bool) -> bool:
        """Tell whether the entry of a post may state it, where somebody holds the post or nobody."""
        return self.stated is Stated.BY_POST and self.is_named is is_held

    @property
    def is_open(self) -> bool:
        """Whether nobody holds the post yet; its outline and its chip are dashed."""
        return self.awaits_holder and not self.is_named

    @property
    def outline(self) -> str | None:
        """The pen of the outline of a post that is open; None where cards have that of their look."""
        return self.chip.name if self.chip and self.is_open else None


_OPEN_CHIP = Chip("vacant", edge="#b45f06", fill="#fff1d9", ink="#7a4200")
# In the order of legends and of counts.
STATUS_FACTS: Mapping[Status, StatusFacts] = {
    Status.NAMED: StatusFacts(
        words=N_("Named"),
        stated=Stated.BY_NAMES,
        is_named=True,
        awaits_holder=False,
        chip=None,
        band="#14365c",
    ),
    Status.VACANT: StatusFacts(
        words=N_("Advertised"),
        meaning=N_("on the data's date"),
        note=N_("Advertised as of {day}; the sources do not say what came of it."),
        entry_words="vacant (advertised)",
        outline_words=N_("advertised"),
        posts_note=N_("On the data's date; the sources do not say what came of it."),
        leaders_words=N_("Advertised leaders' posts"),
        leaders_note=N_(
            "Leaders' posts that are advertised on the data's date; the sources do not say "
            "what came of it."
        ),
        stated=Stated.BY_POST,
        is_named=False,
        awaits_holder=True,
        left_out_as=Who.VACANT,
        chip=_OPEN_CHIP,
        leads_card=True,
        band="#b45f06",
        fill="#fff1d9",
        slide_tints=("accent5", "accent2"),
    ),
    Status.ACTING: StatusFacts(
        words=N_("Acting"),
        meaning=N_("for the time being"),
        held_words=N_("{names} (acting)"),
        posts_note=N_("Held for the time being."),
        leaders_words=N_("Acting leaders"),
        leaders_note=N_("Leaders' posts that are held for the time being."),
        stated=Stated.BY_HOLDING,
        is_named=True,
        awaits_holder=True,
        chip=Chip("acting", edge="#1c467a", fill="#e3ecf8", ink="#1c467a"),
        band="#1c467a",
        fill="#d7e6f8",
        slide_tints=("accent2", "accent1"),
    ),
    Status.UNNAMED: StatusFacts(
        words=N_("Not named"),
        meaning=N_("not a vacancy"),
        note=N_("The post exists; the sources do not say who holds it."),
        posts_note=N_("The post exists, the sources do not say who holds it: not a vacancy."),
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
        posts_note=N_("Under consideration; does not exist yet."),
        stated=Stated.BY_POST,
        is_named=False,
        awaits_holder=True,
        exists=False,
        left_out_as=Who.PLANNED,
        chip=_OPEN_CHIP,
        band="#b45f06",
        slide_tints=("accent5", "accent2"),
        is_in_every_legend=False,
    ),
}
# Of whose leaders' posts figures of spans say how many they are.
LEADERS_STATUSES = tuple(one for one, facts in STATUS_FACTS.items() if facts.leaders_words)
# The statuses of legends; those without a chip come last.
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


# Which statuses the entry of a post may state, without a holder and with one.
ENTRY_WORDS = _entry_words()
