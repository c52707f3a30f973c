"""What a search finds in an organisation: entries of several kinds, with the texts that they are found by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from orgmodel.model.names import Text
from orgmodel.model.statuses import LEGEND_STATUSES, Status
from orgmodel.model.wording import RELATION_WORDS, STATUS_WORDS, amount_words
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orgmodel.model.amounts import Amount
    from orgmodel.model.entities import Alias, Framework, Group, Position, Principle, Unit
    from orgmodel.model.organisation import Organisation
    from orgmodel.model.profiles import Profile, ProfileItem
    from orgmodel.texts import Worded

    Found = Iterator["Entry"]
    Texts = tuple[Text | str, ...]


class HitKind(StrEnum):
    """The kinds of entries; of equally good ones the first is listed first."""

    ORGANISATION = "organisation"
    PERSON = "person"  # a post found by its holder
    POST = "post"
    UNIT = "unit"
    GROUP = "group"
    TASK = "task"
    FRAMEWORK = "framework"
    PRINCIPLE = "principle"
    RELATION = "relation"
    STATUS = "status"
    KIND = "kind"


class Field(IntEnum):
    """What a text is to its entry, the best to be found by first."""

    HOLDER = 0
    NAME = 1
    UNIT = 2
    TAG = 3  # a status or a kind
    TEXT = 4


class Section(StrEnum):
    """The parts of a profile that list tasks."""

    RESPONSIBILITIES = "responsibilities"
    FIRST_YEAR = "first_year"
    SUCCESS = "success"
    EXPECTATIONS = "expectations"
    FURTHER_READING = "further_reading"


SECTION_WORDS: Mapping[Section, str] = {
    Section.RESPONSIBILITIES: N_("Responsibility"),
    Section.FIRST_YEAR: N_("First year"),
    Section.SUCCESS: N_("Sign of success"),
    Section.EXPECTATIONS: N_("Requirement in the job advertisement"),
    Section.FURTHER_READING: N_("Further reading"),
}
# What people type for a status beside its own word.
_ALSO_CALLED: Mapping[Status, tuple[str, ...]] = {
    Status.VACANT: ("ledig", "vakant", "vacant"),
    Status.ACTING: ("konst.", "fungerende", "midlertidig", "interim"),
}
_BUDGET = N_("Budget: {amount}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that can be found.

    Attributes
    ----------
    id
        Distinct among the entries of its kind.
    about_id
        The post of a task, the framework of a principle, the first end of a relation; else its own.
    section
        The part of a profile that a task is from.
    count
        The number of posts, units or groups that have a status or are of a kind.
    holders, names, unit, tags, texts
        Its texts by field; the first name is its title.
    """

    kind: HitKind
    id: str
    about_id: str
    section: Section | None = None
    count: int = 0
    holders: Texts = ()
    names: Texts = ()
    unit: Texts = ()
    tags: Texts = ()
    texts: Texts = ()

    def fields(self) -> tuple[Texts, ...]:
        """Return its texts in the order of `Field`."""
        return (self.holders, self.names, self.unit, self.tags, self.texts)


def entries(organisation: Organisation) -> Iterator[Entry]:
    """Yield all entries of an organisation but its posts, which `post_entry` makes."""
    yield _organisation(organisation)
    for unit in organisation.units.values():
        yield _unit(organisation, unit)
    for group in organisation.groups.values():
        yield _group(organisation, group)
    for profile in organisation.profiles.values():
        if profile.position_id in organisation.positions:
            yield from _tasks(profile)
    for framework in organisation.frameworks:
        yield from _framework(framework)
    yield from _relations(organisation)
    yield from _statuses(organisation)
    yield from _kinds(organisation)


def post_entry(organisation: Organisation, position_id: str) -> Entry:
    """Return the entry of a post."""
    position = organisation.positions[position_id]
    status, profile = organisation.status(position_id), organisation.profiles.get(position_id)
    return Entry(
        kind=HitKind.POST,
        id=position_id,
        about_id=position_id,
        holders=holder_names(organisation, position_id),
        names=(position.title, *_other(position.aliases)),
        unit=_names(organisation.units[position.unit_id]),
        tags=_status_names(status) if status.facts.awaits_holder else (),
        texts=_given(position.note, profile.summary if profile else None),
    )


def holder_names(organisation: Organisation, position_id: str) -> tuple[str, ...]:
    """Return the names of a post's holders, aliases included."""
    people = organisation.holders(position_id)
    return tuple(text for person in people for text in (person.name, *_other(person.aliases)))


def titles(position: Position) -> tuple[str, ...]:
    """Return the titles of a post in every language, aliases included."""
    return (*position.title.all(), *_other(position.aliases))


def unit_names(unit: Unit) -> tuple[str, ...]:
    """Return the names of a unit in every language, aliases included."""
    return (*unit.name.all(), *_other(unit.aliases))


def _organisation(organisation: Organisation) -> Entry:
    own = organisation.id
    return Entry(
        kind=HitKind.ORGANISATION,
        id=own,
        about_id=own,
        names=(organisation.name,),
        texts=_given(organisation.record.description),
    )


def _unit(organisation: Organisation, unit: Unit) -> Entry:
    return Entry(
        kind=HitKind.UNIT,
        id=unit.id,
        about_id=unit.id,
        names=_names(unit),
        tags=_kind_names(organisation, unit.kind_id),
        texts=(*_given(unit.description), *map(_amount_text, unit.amounts())),
    )


def _group(organisation: Organisation, group: Group) -> Entry:
    unit = organisation.units.get(group.unit_id or "")
    return Entry(
        kind=HitKind.GROUP,
        id=group.id,
        about_id=group.id,
        names=_names(group),
        unit=() if unit is None else _names(unit),
        tags=_kind_names(organisation, group.kind_id),
        texts=_given(group.purpose, group.cadence),
    )


def _tasks(profile: Profile) -> Found:
    for section in Section:
        items: tuple[ProfileItem, ...] = getattr(profile, section.value)
        for n, item in enumerate(items):
            yield Entry(
                kind=HitKind.TASK,
                id=f"{profile.position_id}/{section.value}/{n}",
                about_id=profile.position_id,
                section=section,
                texts=(item.text,),
            )


def _framework(framework: Framework) -> Found:
    yield Entry(
        kind=HitKind.FRAMEWORK,
        id=framework.id,
        about_id=framework.id,
        names=(framework.name,),
        texts=_given(framework.summary),
    )
    parts = (*framework.definition, *framework.principles, *framework.steering)
    for n, principle in enumerate(parts):
        yield Entry(
            kind=HitKind.PRINCIPLE,
            id=f"{framework.id}/{n}",
            about_id=framework.id,
            texts=_principle_texts(principle),
        )


def _principle_texts(principle: Principle) -> Texts:
    return _given(principle.text, principle.meaning, *(ask.text for ask in principle.asks))


def _relations(organisation: Organisation) -> Found:
    for relation in organisation.relations:
        ends = [_name_of(organisation, one) for one in (relation.from_id, relation.to_id)]
        words = N_("{first} {verb} {second}")
        title = message(
            words, first=ends[0], verb=message(RELATION_WORDS[relation.kind]), second=ends[1]
        )
        yield Entry(
            kind=HitKind.RELATION,
            id=relation.id,
            about_id=relation.from_id,
            texts=(in_both(title), *_given(relation.about)),
        )


def _name_of(organisation: Organisation, entry_id: str) -> Worded:
    if entry_id in organisation.positions:
        return organisation.positions[entry_id].title
    return (organisation.units.get(entry_id) or organisation.groups[entry_id]).name


def _statuses(organisation: Organisation) -> Found:
    counts: Counter[Status] = Counter()
    for position in organisation.positions.values():
        counts[organisation.status(position.id)] += position.seats
    for status in LEGEND_STATUSES:
        if counts[status]:
            yield Entry(
                kind=HitKind.STATUS,
                id=status.value,
                about_id=status.value,
                count=counts[status],
                tags=_status_names(status),
            )


def _kinds(organisation: Organisation) -> Found:
    units: Counter[str] = Counter()
    for unit in organisation.units.values():
        units[unit.kind_id] += unit.count
    groups = Counter(group.kind_id for group in organisation.groups.values())
    for counts, about in ((units, "unit"), (groups, "group")):
        for kind_id, count in counts.items():
            yield Entry(
                kind=HitKind.KIND,
                id=f"{about}/{kind_id}",
                about_id=about,
                count=count,
                tags=_kind_names(organisation, kind_id),
            )


def in_both(words: Worded) -> Text:
    """Return a text of the program in both languages, as texts of the data are."""
    return Text(words.text("da"), words.text("en"))


def _amount_text(amount: Amount) -> Text:
    words: Worded = amount_words(amount)
    if amount.measure == "budget":
        words = message(_BUDGET, amount=words)
    text = in_both(words)
    if amount.note is None:
        return text
    return Text(f"{text.da} {amount.note.da}", f"{text.en} {amount.note.text('en')}")


def _kind_names(organisation: Organisation, kind_id: str) -> Texts:
    kind = organisation.kinds.get(kind_id)
    return (kind_id,) if kind is None else (kind.name,)


def _status_names(status: Status) -> Texts:
    return (in_both(message(STATUS_WORDS[status])), *_ALSO_CALLED.get(status, ()))


def _names(named: Unit | Group) -> Texts:
    return (named.name, *_other(named.aliases))


def _other(aliases: Iterable[Alias]) -> list[str]:
    return [alias.name for alias in aliases]


def _given(*texts: Text | None) -> Texts:
    return tuple(text for text in texts if text is not None)
