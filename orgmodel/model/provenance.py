"""Provenance: sources, citations, and the basis of a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.model.dates import PartialDate
    from orgmodel.model.names import Text


class Basis(StrEnum):
    """The basis of a line or a membership."""

    EXPLICIT = "explicit"
    INFERRED = "inferred"


class Numbering(StrEnum):
    """The unit of a citation's location: lines, pages and so on."""

    LINE = "line"
    PAGE = "page"
    SECTION = "section"
    ROW = "row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that facts are taken from; cited, never copied."""

    id: str
    title: Text
    file: str | None = None
    kind: Text | None = None
    publisher: str | None = None
    date: PartialDate | None = None
    url: str | None = None
    numbered_by: Numbering = Numbering.LINE


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation: the source, the location in it and a short quotation."""

    source_id: str
    place: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The citations of an entry and of its single fields.

    Attributes
    ----------
    whole
        Citations for the entry as a whole.
    fields
        Citations for single fields, by field name.
    """

    whole: tuple[Citation, ...] = ()
    fields: Mapping[str, tuple[Citation, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def of(self, field_name: str) -> tuple[Citation, ...]:
        """Return the citations of a field, or else those of the whole entry."""
        return self.fields.get(field_name, self.whole)

    def all(self) -> tuple[Citation, ...]:
        """Return every citation once, those of the whole entry first."""
        found = dict.fromkeys(self.whole)
        for citations in self.fields.values():
            found.update(dict.fromkeys(citations))
        return tuple(found)


NO_EVIDENCE = Evidence()


def every_citation(value: object) -> Iterator[Citation]:
    """Yield every citation in a record and its nested entities, in field order."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if here is None or isinstance(here, str | int | float):
            continue
        if isinstance(here, Citation):
            yield here
        elif isinstance(here, tuple | list):
            waiting.extend(reversed(here))
        elif isinstance(here, Mapping):
            waiting.extend(reversed(tuple(here.values())))
        elif here is not NO_EVIDENCE and is_dataclass(here):
            waiting.extend(getattr(here, name) for name in reversed(here.__dataclass_fields__))
