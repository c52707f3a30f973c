"""Reading files of bands by kind of work: the shipped file or a user's own."""

from __future__ import annotations

import contextlib
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orgmodel.errors import InvalidOrganisation
from orgmodel.model.bands import BandSet, Figure, Published, RangeOrigin, WorkBand
from orgmodel.reading.documents import parse_document
from orgmodel.reading.entry_types import Entry, EntryType, Field
from orgmodel.reading.loading import file_bytes
from orgmodel.reading.problems import ProblemList, TooManyProblems
from orgmodel.reading.shapes import (
    FLAG,
    ID,
    INVALID,
    LINE,
    WORDS,
    Many,
    Parsed,
    Reading,
    choice,
    word_of,
)

if TYPE_CHECKING:
    from orgmodel.reading.documents import Scalar

SHIPPED_BANDS = Path(__file__).with_name("span_bands.yaml")
# The value, in place of a file name, for the shipped bands with our own ranges.
OWN_BANDS = "own"
WIDEST = 10_000
_NUMBER = re.compile(r"[0-9]{1,5}(\.[0-9]{1,2})?\Z", re.ASCII)
_RANGE = re.compile(r"([0-9]{1,5})\s*[-–]\s*([0-9]{1,5})\Z", re.ASCII)


def parse_range(text: str) -> tuple[int, int] | None:
    """Return the two ends of a range such as 12-20; None if it is invalid or reversed."""
    match = _RANGE.match(text.strip())
    if match is None:
        return None
    low, high = int(match[1]), int(match[2])
    return (low, high) if 0 <= low <= high <= WIDEST else None


def _range(scalar: Scalar, _key: str, reading: Reading) -> object:
    found = parse_range(scalar.value)
    if found is None:
        reading.problems.add(scalar.mark, "bad-range", value=scalar.value, limit=WIDEST)
        return INVALID
    return found


def _value(scalar: Scalar, _key: str, reading: Reading) -> object:
    if _NUMBER.match(scalar.value):
        number = float(scalar.value)
        if number <= WIDEST:
            return number, number
    found = parse_range(scalar.value)
    if found is None:
        reading.problems.add(scalar.mark, "bad-figure", value=scalar.value, limit=WIDEST)
        return INVALID
    return found


class _PublishedType(EntryType):
    """A published figure, whose value is a number or a range."""

    def build(self, entry: Entry, reading: Reading, **_given: Any) -> object:
        """Return the figure with its two ends."""
        low, high = entry.get("value", (0, 0))
        return super().build(entry, reading, low=low, high=high)


_PUBLISHED = _PublishedType(
    "published",
    "A figure that somebody published; it judges nothing.",
    Field("figure", choice(Figure), "What it is.", required=True, example="mean"),
    Field("value", Parsed(_value, {}), "Its number or range.", "", required=True, example="55.5"),
    Field("among", WORDS, "Whose spans it is about.", required=True),
    Field("reference", WORDS, "Who found it.", required=True),
    Field("reported_by", LINE, "Who reports it, where the reference was not read."),
    entity=Published,
)
_LEADS = word_of({"staff": False, "leaders": True})
_WORK = EntryType(
    "work",
    "A kind of work.",
    Field("id", ID, "Its id, used in addresses.", required=True, example="care"),
    Field("name", WORDS, "Its name.", required=True),
    Field(
        "leads", _LEADS, "Whom its leaders lead.", "leads_leaders", required=True, example="staff"
    ),
    Field("fitting", Parsed(_range, {}), "The fitting spans.", example="12-20"),
    Field("own", Parsed(_range, {}), "A range of one's own, off until chosen.", example="5-8"),
    Field("unit_kinds", Many(LINE), "Words for units whose leaders do such work."),
    Field("reference", WORDS, "Where the range comes from; every `fitting` needs one."),
    Field("ours", FLAG, "Whether the range is not the reference's own.", ""),
    Field("published", Many(_PUBLISHED), "What others publish of such work."),
    entity=WorkBand,
    is_made_later=True,
)
_BANDS = EntryType(
    "bands",
    "Bands by kind of work.",
    Field("work", Many(_WORK), "The kinds.", required=True),
    Field("published", Many(_PUBLISHED), "What is published of no kind of work alone."),
    entity=BandSet,
    is_made_later=True,
)


def load_bands(path: str | Path) -> BandSet:
    """Read bands from a file in the format of the shipped one.

    Raises
    ------
    InvalidOrganisation
        If the file has errors; the exception has all of them.
    """
    problems = ProblemList(str(path))
    data = file_bytes(Path(path), problems)
    if data is None:
        raise InvalidOrganisation(problems.sorted())
    found: BandSet | None = None
    with contextlib.suppress(TooManyProblems):
        found = _read(data, problems)
    if found is None or len(problems):
        raise InvalidOrganisation(problems.sorted())
    return found


def bands_named(name: str | Path | None) -> BandSet:
    """Return the bands of a file, by default the shipped ones, with our own ranges for "own".

    Raises
    ------
    InvalidOrganisation
        As in `load_bands`.
    """
    if not name:
        return shipped_bands()
    return shipped_bands().with_own() if str(name) == OWN_BANDS else load_bands(name)


@lru_cache(maxsize=1)
def shipped_bands() -> BandSet:
    """Return the shipped bands, each with its reference."""
    return load_bands(SHIPPED_BANDS)


def _read(data: bytes, problems: ProblemList) -> BandSet | None:
    node = parse_document(data, problems)
    root = None if node is None else _BANDS.read(node, "bands", Reading(problems))
    if not isinstance(root, Entry):
        return None
    found: dict[str, WorkBand] = {}
    first: dict[str, str] = {}
    for entry in root.get("work", ()):
        band_id = entry.get("id")
        if band_id in found:
            problems.add(entry.where("id"), "duplicate-id", id=band_id, line=first[band_id])
        elif entry.get("fitting") is not None and entry.get("reference") is None:
            problems.add(entry.mark, "missing-key", key="reference", example="…")
        elif _WORK.is_whole(entry):
            first[band_id] = str(entry.where("id").line)
            basis = RangeOrigin.OURS if entry.get("ours") else RangeOrigin.REFERENCE
            found[band_id] = _WORK.make(entry, basis=basis)
    return BandSet(tuple(found.values()), root.get("published", ()))
