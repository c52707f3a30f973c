"""Citations as people write them: 'profil 159-161 "refererer til"', or as a mapping."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orgmodel.model.provenance import Citation
from orgmodel.reading.records import CITE, Either, Entry, Field, RecordShape
from orgmodel.reading.shapes import (
    INVALID,
    JsonSchema,
    Line,
    Many,
    Parsed,
    Reading,
    Ref,
    Reference,
    Shape,
)

if TYPE_CHECKING:
    from orgmodel.reading.documents import Node, Scalar

_CITATION = re.compile(
    r'(?P<source>[^\s"]+)(?:\s+(?P<place>[^"]*[^"\s]))?(?:\s+"(?P<words>[^"]+)")?'
)


def _parse_citation(scalar: Scalar, _key: str, reading: Reading) -> object:
    match = _CITATION.fullmatch(" ".join(scalar.value.split()))
    if match is None:
        reading.problems.add(scalar.mark, "bad-citation", value=scalar.value)
        return INVALID
    reading.references.append(Reference(("source",), match["source"], scalar.mark))
    return Citation(match["source"], match["place"], match["words"])


class _CitationRecord:
    """A citation as a mapping, read into a Citation like the short form."""

    def __init__(self) -> None:
        self.record = RecordShape(
            "citation-in-full",
            "Which source says so, where in it, in how few words.",
            Field("source", Ref(("source",)), "The source's id.", required=True),
            Field("place", Line(), "Line or page numbers in the source, such as 159-161."),
            Field("words", Line(), "The words there, eight at most."),
        )

    def read(self, node: Node, key: str, reading: Reading) -> object:
        """Return a Citation."""
        entry = self.record.read(node, key, reading)
        if not isinstance(entry, Entry) or "source" not in entry.values:
            return INVALID
        return Citation(entry.get("source"), entry.get("place"), entry.get("words"))

    def json_schema(self) -> JsonSchema:
        """Return a reference to the definition."""
        return self.record.json_schema()


_IN_FULL = _CitationRecord()
CITATION_RECORD = _IN_FULL.record
CITATION: Shape = Either(
    Parsed(_parse_citation, {"type": "string", "minLength": 1}), lambda: _IN_FULL
)
CITATIONS = Many(CITATION, single=True)


def cite_field() -> Field:
    """Return the field in which an entry says where it comes from."""
    return Field(CITE, CITATIONS, "Which source says so: 'profil 159-161 \"refererer til\"'.")
