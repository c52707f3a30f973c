"""Fields shared by many entries: citations, periods, bases and other names.

A citation is written as a short text, 'profil 159-161 "refererer til"', or as a mapping.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orgmodel.model.dates import Period
from orgmodel.model.entities import Alias
from orgmodel.model.provenance import Basis, Citation
from orgmodel.reading.entry_types import CITE, Entry, EntryType, Field
from orgmodel.reading.shapes import (
    DAY,
    INVALID,
    LINE,
    WORDS,
    Either,
    Many,
    Parsed,
    Reading,
    Reference,
    choice,
    ref,
)

if TYPE_CHECKING:
    from orgmodel.reading.documents import Scalar
    from orgmodel.reading.problems import ProblemList

_CITATION = re.compile(
    r'(?P<source>[^\s"]+)(?:\s+(?P<place>[^"]*[^"\s]))?(?:\s+"(?P<words>[^"]+)")?'
)
# The parts that the short form supports.
_SOURCE = re.compile(r'[^\s"]+')
_PLACE = re.compile(r'[^"\s](?:[^"]*[^"\s])?')


def _parse_citation(scalar: Scalar, _key: str, reading: Reading) -> object:
    match = _CITATION.fullmatch(" ".join(scalar.value.split()))
    if match is None:
        reading.problems.add(scalar.mark, "bad-citation", value=scalar.value)
        return INVALID
    reading.references.append(Reference(("source",), match["source"], scalar.mark))
    return Citation(match["source"], match["place"], match["words"])


def _short_citation(found: Citation) -> str:
    """Return a citation in its short form, or an empty text if it has none."""
    source, place, words = found.source_id, found.place, found.words
    is_short = (
        _SOURCE.fullmatch(source)
        and (place is None or _PLACE.fullmatch(place))
        and (words is None or (words and '"' not in words))
    )
    if not is_short:
        return ""
    return " ".join(
        [source, *([] if place is None else [place]), *([] if words is None else [f'"{words}"'])]
    )


CITATION_IN_FULL = EntryType(
    "citation-in-full",
    "Which source says so, where in it, in how few words.",
    Field("source", ref("source"), "The source's id.", "source_id", required=True),
    Field("place", LINE, "Line or page numbers in the source, such as 159-161."),
    Field("words", LINE, "The words there, eight at most."),
    entity=Citation,
)
_SHORT_CITATION = Parsed(
    _parse_citation, {"type": "string", "minLength": 1}, write=_short_citation
)
CITATIONS = Many(Either(_SHORT_CITATION, CITATION_IN_FULL), single=True)


def cite_field(attribute: str = "evidence.whole") -> Field:
    """Return the field of the citations that support an entry."""
    doc = "Which source says so: 'profil 159-161 \"refererer til\"'."
    return Field(CITE, CITATIONS, doc, attribute)


ALIAS = EntryType(
    "alias",
    "Another name that a source uses.",
    Field("name", LINE, "The name.", required=True),
    cite_field(),
    entity=Alias,
    shorthand="name",
)


def also_field(attribute: str = "aliases") -> Field:
    """Return the field of other names."""
    doc = "Other names or spellings in the sources."
    return Field("also", Many(ALIAS, single=True), doc, attribute)


def period_fields() -> tuple[Field, Field]:
    """Return the fields `from` and `to`: the period in which an entry is in force."""
    first = "The first day, month or year that it holds."
    last = "The last day, month or year that it holds."
    return (
        Field("from", DAY, first, "period.start"),
        Field("to", DAY, last, "period.end", check=_check_order),
    )


def _check_order(entry: Entry, problems: ProblemList) -> None:
    start, end = entry.get("from"), entry.get("to")
    if not Period(start, end).is_in_order():
        problems.add(entry.where("to"), "date-order", start=str(start), end=str(end))


def basis_fields(why: str) -> tuple[Field, Field]:
    """Return the fields `basis` and `reason` of a line; `why` describes the reason."""
    doc = "explicit: a source says so (the default); inferred: we conclude it."
    return Field("basis", choice(Basis), doc, check=_check_reason), Field("reason", WORDS, why)


def _check_reason(entry: Entry, problems: ProblemList) -> None:
    if entry.get("basis") is Basis.INFERRED and "reason" not in entry.values:
        problems.add(entry.where("basis"), "missing-key", key="reason", example="…")
