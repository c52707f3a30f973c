"""The hits of a search as pages show them: a title, what it is, what matched, and its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import chain_to_top
from orgmodel.analysis.questions.findable import SECTION_WORDS, HitKind
from orgmodel.drawing.card_texts import position_title, status_chip
from orgmodel.model.names import Text
from orgmodel.model.statuses import Status
from orgmodel.texts import N_
from webui.parts.building import kind_phrase, phrase, size_of
from webui.parts.context import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orgmodel.analysis.questions.findable import Entry
    from orgmodel.analysis.questions.marking import Marked
    from orgmodel.analysis.questions.search import Hit, Matches
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Worded
    from webui.asking.viewer import Viewer

KIND_WORDS: Mapping[HitKind, str] = {
    HitKind.ORGANISATION: N_("Organisations"),
    HitKind.PERSON: N_("People"),
    HitKind.POST: N_("Posts"),
    HitKind.UNIT: N_("Units"),
    HitKind.GROUP: N_("Groups"),
    HitKind.TASK: N_("Tasks and expectations"),
    HitKind.FRAMEWORK: N_("Leadership frameworks"),
    HitKind.PRINCIPLE: N_("Principles"),
    HitKind.RELATION: N_("Cooperation"),
    HitKind.STATUS: N_("Statuses"),
    HitKind.KIND: N_("Kinds"),
}


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text in pieces: every second one, from the second on, matched.

    Attributes
    ----------
    lang
        Its language if that is not the page's.
    """

    parts: tuple[str, ...]
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An entry that a search found.

    Attributes
    ----------
    kind, id
        The kind of entry; for a task the id of its post, for a principle that of its framework.
    organisation
        The name of its organisation; empty on a page of that organisation.
    detail
        What it is and where.
    matched
        The text that matched; empty if the title or the detail has it.
    chart_href
        The chart that shows it; empty if none does.
    chain
        The titles of all above a post, from the top down.
    marked
        The title, the detail and the matched text in pieces.
    """

    kind: str
    id: str
    organisation_id: str
    organisation: str
    title: str
    detail: str
    matched: str
    href: str
    chart_href: str
    chain: str
    marked: Mapping[str, Pieces]


def search_hit(viewer: Viewer, matches: Matches, hit: Hit, own: str | None) -> SearchHit:
    """Return a hit for a list; `own` is the organisation of the page, if it has one."""
    organisation, marker = matches.index.organisation, matches.marker
    entry = matches.index.entry(hit)
    teller = _Teller(viewer, organisation)
    told = teller.tell(hit.kind, entry)
    marked = {
        "title": _pieces(viewer, marker.marked(told.title.text), told.title.lang),
        "detail": _pieces(viewer, marker.marked(told.detail)),
    }
    reason = marker.reason(entry, (told.title.text, told.detail), viewer.language)
    if reason is not None:
        marked["matched"] = _pieces(viewer, reason, reason.language)
    is_post = hit.kind in {HitKind.POST, HitKind.PERSON}
    return SearchHit(
        kind=HitKind.POST.value if is_post else hit.kind.value,
        id=entry.about_id,
        organisation_id=organisation.id,
        organisation="" if organisation.id == own else teller.words(organisation.name),
        title=told.title.text,
        detail=told.detail,
        matched=reason.text if reason else "",
        href=told.href,
        chart_href=told.chart_href,
        chain=teller.chain(entry.id) if is_post else "",
        marked=marked,
    )


def _pieces(viewer: Viewer, marked: Marked, lang: str | None = None) -> Pieces:
    return Pieces(marked.pieces, None if lang == viewer.language else lang)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of an entry."""

    title: Phrase
    detail: str
    href: str
    chart_href: str = ""


class _Teller:
    """Words the entries of an organisation."""

    def __init__(self, viewer: Viewer, organisation: Organisation) -> None:
        self._viewer = viewer
        self._organisation = organisation

    def tell(self, kind: HitKind, entry: Entry) -> _Told:
        """Return what is told of an entry, which was found as one of a kind."""
        tellers: Mapping[HitKind, Callable[[Entry], _Told]] = {
            HitKind.ORGANISATION: self._tell_organisation,
            HitKind.PERSON: self._tell_person,
            HitKind.POST: self._tell_post,
            HitKind.UNIT: self._tell_unit,
            HitKind.GROUP: self._tell_group,
            HitKind.TASK: self._tell_task,
            HitKind.FRAMEWORK: self._tell_framework,
            HitKind.PRINCIPLE: self._tell_principle,
            HitKind.RELATION: self._tell_relation,
            HitKind.STATUS: self._tell_status,
            HitKind.KIND: self._tell_kind,
        }
        return tellers[kind](entry)

    def words(self, text: Worded) -> str:
        """Return a text of the data in the page's language."""
        return text.text(self._viewer.language)

    def chain(self, position_id: str) -> str:
        """Return the titles of all posts above one, from the top down."""
        above = chain_to_top(self._organisation, position_id)[1:]
        return " › ".join(
            self.words(self._organisation.positions[one].title) for one in reversed(above)
        )

    def _url(self, endpoint: str, **values: str) -> str:
        return self._viewer.url_for(endpoint, organisation_id=self._organisation.id, **values)

    def _tell_organisation(self, _entry: Entry) -> _Told:
        organisation = self._organisation
        counts = self._viewer.ngettext("{n} post", "{n} posts", organisation.seats)
        day = self._viewer._("as of {day}", day=self.words(organisation.as_of))
        return _Told(
            phrase(self._viewer, organisation.name), _joined(counts, day), self._url("charts.page")
        )

    def _tell_person(self, entry: Entry) -> _Told:
        title = self.words(self._organisation.positions[entry.id].title)
        names = self._organisation.holder_names(entry.id)
        return self._told_post(entry.id, Phrase(names), self._status(entry.id), title)

    def _tell_post(self, entry: Entry) -> _Told:
        title = phrase(self._viewer, position_title(self._organisation, entry.id))
        holder = self._organisation.holder_names(entry.id)
        return self._told_post(entry.id, title, holder, self._status(entry.id))

    def _told_post(self, position_id: str, title: Phrase, *more: str) -> _Told:
        return _Told(
            title,
            _joined(*more, self._unit_of(position_id)),
            self._url("posts.page", position_id=position_id),
            self._url("charts.page", select=position_id),
        )

    def _status(self, position_id: str) -> str:
        chip = status_chip(self._organisation, position_id)
        return self.words(chip) if chip else ""

    def _unit_of(self, position_id: str) -> str:
        unit_id = self._organisation.positions[position_id].unit_id
        return self.words(self._organisation.units[unit_id].name)

    def _tell_unit(self, entry: Entry) -> _Told:
        unit = self._organisation.units[entry.id]
        leader_id = self._organisation.leader_of(entry.id)
        leader = ""
        if leader_id is not None:
            title = self.words(self._organisation.positions[leader_id].title)
            leader = f"{title} {self._organisation.holder_names(leader_id)}".strip()
        return _Told(
            phrase(self._viewer, unit.name),
            _joined(self._kind(unit.kind_id).text, leader),
            self._url("units.page", unit_id=entry.id),
            self._url("charts.units", select=entry.id),
        )

    def _tell_group(self, entry: Entry) -> _Told:
        group = self._organisation.groups[entry.id]
        size = size_of(self._viewer, self._organisation, group)
        return _Told(
            phrase(self._viewer, group.name),
            _joined(self._kind(group.kind_id).text, size),
            self._entry_url(entry.id),
            self._url("charts.page", light=entry.id),
        )

    def _tell_task(self, entry: Entry) -> _Told:
        assert entry.section is not None  # noqa: S101 - a task has one
        section = self._viewer._(SECTION_WORDS[entry.section])
        title = self.words(self._organisation.positions[entry.about_id].title)
        return _Told(
            self._text(entry),
            _joined(section, title, self._unit_of(entry.about_id)),
            self._entry_url(entry.about_id),
            self._url("charts.page", select=entry.about_id),
        )

    def _tell_framework(self, entry: Entry) -> _Told:
        return self._told_framework(entry, _text_of(entry.names[0]), "")

    def _tell_principle(self, entry: Entry) -> _Told:
        frameworks = self._organisation.frameworks
        name = next(one.name for one in frameworks if one.id == entry.about_id)
        return self._told_framework(entry, _text_of(entry.texts[0]), self.words(name))

    def _told_framework(self, entry: Entry, title: Text, detail: str) -> _Told:
        anchor = f"framework-{entry.about_id}"
        return _Told(
            phrase(self._viewer, title), detail, self._url("frameworks.page", _anchor=anchor)
        )

    def _tell_relation(self, entry: Entry) -> _Told:
        about = "".join(self.words(_text_of(one)) for one in entry.texts[1:])
        return _Told(self._text(entry), about, self._entry_url(entry.about_id))

    def _tell_status(self, entry: Entry) -> _Told:
        words = self._viewer._(Status(entry.id).facts.words)
        count = self._viewer.ngettext("{n} post", "{n} posts", entry.count)
        href = self._url("charts.page", status=entry.id)
        return _Told(Phrase(words), count, href, href)

    def _tell_kind(self, entry: Entry) -> _Told:
        kind_id = entry.id.partition("/")[2]
        if entry.about_id == "unit":
            count = self._viewer.ngettext("{n} unit", "{n} units", entry.count)
            href = self._url("charts.units", kind=kind_id)
            return _Told(self._kind(kind_id), count, href, href)
        count = self._viewer.ngettext("{n} group", "{n} groups", entry.count)
        return _Told(self._kind(kind_id), count, self._url("groups.page"))

    def _kind(self, kind_id: str) -> Phrase:
        words = kind_phrase(self._viewer, self._organisation, kind_id)
        return Phrase(words.text[:1].upper() + words.text[1:], words.lang)

    def _text(self, entry: Entry) -> Phrase:
        return phrase(self._viewer, _text_of(entry.texts[0]))

    def _entry_url(self, entry_id: str) -> str:
        if entry_id in self._organisation.positions:
            return self._url("posts.page", position_id=entry_id)
        if entry_id in self._organisation.units:
            return self._url("units.page", unit_id=entry_id)
        return self._url("groups.page", group=entry_id, _anchor=f"group-{entry_id}")


def _text_of(text: Text | str) -> Text:
    return Text(text) if isinstance(text, str) else text


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))
