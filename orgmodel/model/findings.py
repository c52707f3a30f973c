"""Problems (errors in data) and findings (gaps, contradictions and assumptions in data)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from orgmodel.files import shown_name
from orgmodel.texts import Joined

if TYPE_CHECKING:
    from orgmodel.model.provenance import Citation
    from orgmodel.texts import Language, Worded


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file, with a name that pages can show; lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", shown_name(self.file))

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """An error in a file: the file is rejected until it is corrected.

    Attributes
    ----------
    code
        The stable code of the kind of problem, listed in `data/README.md`.
    what, right
        What is wrong, and what would be correct.
    """

    location: Location
    code: str
    what: Worded
    right: Worded

    def message(self, language: Language) -> str:
        """Return what is wrong and what would be correct, in one sentence."""
        return Joined((self.what, self.right), ": ").text(language)

    def line(self, language: Language) -> str:
        """Return the problem as `file:line:column: code: what is wrong: what would be right`."""
        return f"{self.location}: {self.code}: {self.message(language)}"


class Severity(StrEnum):
    """The severity of a finding."""

    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """A gap, contradiction or assumption in the data, which are served nevertheless.

    Attributes
    ----------
    entity_ids
        The entries that it is about; the first is the one it belongs to.
    citations
        The statements of the sources, side by side.
    recorded
        Whether a person wrote it into the data; otherwise it was computed.
    parts
        For a finding that joins the same statement about several entries, the single findings;
        otherwise empty.
    """

    code: str
    severity: Severity
    entity_ids: tuple[str, ...]
    message: Worded
    citations: tuple[Citation, ...] = ()
    recorded: bool = False
    parts: tuple[Finding, ...] = ()

    @property
    def subject_ids(self) -> tuple[str, ...]:
        """The entries that it is about, each once; for a joined finding, the owner of each part."""
        if not self.parts:
            return tuple(dict.fromkeys(self.entity_ids))
        return tuple(dict.fromkeys(one for part in self.parts for one in part.entity_ids[:1]))
