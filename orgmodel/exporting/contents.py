r"""The data of an exhibit and its entries in files for other programs, as plain values by name.

Unknown values are absent from a file, never 0.

Fields of the exhibit: `organisation` and `name` (its id and name), `title` (what the chart shows),
`language`, `entries` ("posts" or "units"), `as_of` and `date_words` (the date of the data at its
precision, and as a sentence), `shown_on` (the day for which the organisation is shown), `sources`
(a short list), and `hidden` and `hidden_words` (the number of posts or units not in the chart).

Fields of an entry:

label
    The title of a post, the name of a unit.
holder, status, status_words
    The holder of the post or the leader of the unit, and the status.
unit_id, unit
    The unit that it belongs to.
leader_id, leader
    The post that leads a unit.
kind
    The kind of the post's unit, or of the unit itself, in the organisation's vocabulary.
level, level_words
    The leadership level of the post, or of the unit's leader.
layer
    Its layer in the organisation, 1 at the top.
seats, seats_at_least, open_seats
    The number of identical posts or units that it represents; whether that is a lower bound; the
    number of seats without a named holder if other seats have one.
fte
    The full-time equivalents stated for the post.
span_low, span_high, reach_low, reach_high
    The bounds of the leader's span of control and reach, in heads.
line, line_words
    Whether the line to the parent entry is stated or inferred.
sources
    The titles of the documents cited by the entry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from orgmodel.drawing.hierarchy import above
from orgmodel.model.provenance import Basis, every_citation
from orgmodel.model.wording import BASIS_WORDS, STATUS_WORDS, KindWords
from orgmodel.texts import message, plural_message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.drawing.chart import ShownCard
    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.model.amounts import Interval
    from orgmodel.texts import Worded

Values = dict[str, Any]

# Characters not allowed in XML 1.0 or YAML: control characters, surrogates and noncharacters.
_NO_CHARACTERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
_GAPS = re.compile("[^\\S\xa0\u202f]+")


def plain(text: str) -> str:
    r"""Return a text without characters that a file cannot contain, with `\n` as line ending."""
    return _NO_CHARACTERS.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Return a text on one line, with white space collapsed except for no-break spaces."""
    return _GAPS.sub(" ", text).strip()


def known(values: Mapping[str, object]) -> Values:
    """Return the values that are known."""
    return {name: value for name, value in values.items() if value is not None}


def subject(exhibit: Exhibit) -> Values:
    """Return the fields of an exhibit as a whole."""
    organisation, language = exhibit.organisation, exhibit.language
    hidden = exhibit.chart.hidden
    if exhibit.view.units:
        words = plural_message("{n} unit is not in it.", "{n} units are not in it.", hidden)
    else:
        words = plural_message("{n} post is not in it.", "{n} posts are not in it.", hidden)
    return known(
        {
            "organisation": organisation.id,
            "name": plain(organisation.name.text(language)),
            "title": plain(exhibit.title),
            "language": language,
            "entries": "units" if exhibit.view.units else "posts",
            "as_of": str(organisation.record.as_of),
            "date_words": plain(exhibit.date_words),
            "shown_on": str(organisation.day),
            "sources": plain(exhibit.source_words) or None,
            "hidden": hidden,
            "hidden_words": words.text(language) if hidden else None,
        }
    )


def footer(about: Mapping[str, object]) -> list[str]:
    """Return the date, the sources and the hidden entries of a `subject`, one line each."""
    return [
        str(about[name]) for name in ("date_words", "sources", "hidden_words") if name in about
    ]


def entries(exhibit: Exhibit) -> dict[str, Values]:
    """Return the fields of each entry by id, in the order of the chart.

    Cards for the rest of a family are left out. Time is linear in the number of entries shown.
    """
    told = _Entries(exhibit)
    tell = told.unit if exhibit.view.units else told.post
    return {one.card.id: known(tell(one)) for one in exhibit.chart.cards if not one.shown.more}


class _Entries:
    """Builds the fields of the entries of one exhibit, each after its parent."""

    def __init__(self, exhibit: Exhibit) -> None:
        self.exhibit = exhibit
        self.organisation = exhibit.organisation
        self._layers: dict[str, int] = {}
        self._titles = {key: self.say(one.title) for key, one in self.organisation.sources.items()}

    def say(self, words: Worded) -> str:
        return plain(words.text(self.exhibit.language))

    def post(self, one: ShownCard) -> dict[str, Any]:
        organisation = self.organisation
        position = organisation.positions[one.card.id]
        unit = organisation.units[position.unit_id]
        return {
            "label": self.say(position.title),
            **self._holder(position.id),
            "unit_id": unit.id,
            "unit": self.say(unit.name),
            "kind": self._kind(unit.kind_id),
            **self._level(one, position.id),
            "layer": self._layer(one),
            "seats": position.seats,
            "seats_at_least": position.seats_at_least or None,
            "open_seats": organisation.open_seats(position.id) or None,
            "fte": position.fte.value if position.fte else None,
            **self._figures(position.id),
            **self._line(one),
            "sources": self._sources(position, organisation.lines[position.id]),
        }

    def unit(self, one: ShownCard) -> dict[str, Any]:
        organisation = self.organisation
        unit = organisation.units[one.card.id]
        parent = organisation.units[unit.parent_id] if unit.parent_id is not None else None
        leader_id = organisation.leader_of(unit.id)
        leader = organisation.positions[leader_id] if leader_id is not None else None
        return {
            "label": self.say(unit.name),
            **(self._holder(leader.id) if leader else {}),
            "unit_id": parent.id if parent else None,
            "unit": self.say(parent.name) if parent else None,
            "leader_id": leader_id,
            "leader": self.say(leader.title) if leader else None,
            "kind": self._kind(unit.kind_id),
            **(self._level(one, leader.id) if leader else {}),
            "layer": self._layer(one),
            "seats": unit.count,
            **(self._figures(leader.id) if leader else {}),
            **self._line(one),
            "sources": self._sources(unit, leader),
        }

    def _holder(self, position_id: str) -> dict[str, str | None]:
        status = self.organisation.status(position_id)
        return {
            "holder": plain(self.organisation.holder_names(position_id)) or None,
            "status": status.value,
            "status_words": self.say(message(STATUS_WORDS[status])),
        }

    def _kind(self, kind_id: str) -> str:
        return self.say(KindWords(self.organisation.kinds.get(kind_id), kind_id))

    def _level(self, one: ShownCard, position_id: str) -> dict[str, str]:
        words = self.exhibit.spans.level_words(position_id)
        return {"level": one.card.level.value, "level_words": self.say(words)}

    def _layer(self, one: ShownCard) -> int:
        """Return an entry's layer in the organisation."""
        over = self._layers.get(one.shown.parent_id or "")
        if over is None:
            over = sum(1 for _entry in above(self.exhibit.hierarchy, one.card.id))
        return self._layers.setdefault(one.card.id, over + 1)

    def _figures(self, position_id: str) -> dict[str, int | None]:
        row = self.exhibit.spans.get(position_id)
        return {} if row is None else {**_ends("span", row.span), **_ends("reach", row.reach)}

    def _line(self, one: ShownCard) -> dict[str, str]:
        if one.shown.parent_id is None:
            return {}
        is_inferred = self.exhibit.hierarchy.is_inferred(one.card.id)
        basis = Basis.INFERRED if is_inferred else Basis.EXPLICIT
        return {"line": basis.value, "line_words": self.say(message(BASIS_WORDS[basis]))}

    def _sources(self, *entities: object) -> str | None:
        cited = dict.fromkeys(cite.source_id for cite in every_citation(entities))
        return "; ".join(self._titles[one] for one in cited if one in self._titles) or None


def _ends(name: str, heads: Interval) -> dict[str, int | None]:
    """Return the bounds of a number of heads, None if unknown."""
    if heads.is_unknown:
        return {}
    return {
        f"{name}_low": int(heads.low),
        f"{name}_high": None if heads.high is None else int(heads.high),
    }
