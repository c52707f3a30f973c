"""What can be wrong with data (problems), and what data leave open or contradict (findings)."""

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
    """A place in a file, whose name any page can show; lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", shown_name(self.file))

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """An error in a file: the file is refused until it is mended.

    Attributes
    ----------
    code
        Stable name of the kind of problem, as `data/README.md` lists it.
    what, right
        What is wrong, and what would be right.
    """

    location: Location
    code: str
    what: Worded
    right: Worded

    def message(self, language: Language) -> str:
        """Return what is wrong and what would be right, in one sentence."""
        return Joined((self.what, self.right), ": ").text(language)

    def line(self, language: Language) -> str:
        """Return the problem as `file:line:column: code: what is wrong: what would be right`."""
        return f"{self.location}: {self.code}: {self.message(language)}"


class Severity(StrEnum):
    """How much a finding asks of its reader."""

    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the data leave open, contradict or assume; the data are served all the same.

    Attributes
    ----------
    entity_ids
        The entries that it is about, the first being the one it belongs to.
    citations
        What the sources say, side by side.
    recorded
        Whether a person wrote it into the data; else it was worked out from them.
    parts
        Where it says the same of several entries: what it says of each. Empty for any other.
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
        """The entries that it is about, each once; of several that are alike, what each belongs to."""
        if not self.parts:
            return tuple(dict.fromkeys(self.entity_ids))
        return tuple(dict.fromkeys(one for part in self.parts for one in part.entity_ids[:1]))
