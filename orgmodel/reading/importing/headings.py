"""The roles of columns, by their headings in Danish or English."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from orgmodel.reading.importing.report import FileKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Role(StrEnum):
    """The role of a column in a plain table."""

    ID = "id"
    SUPERIOR = "reports_to"
    TITLE = "title"
    HOLDER = "name"
    UNIT = "unit"
    HEADCOUNT = "headcount"
    FTE = "fte"
    STATUS = "status"


# The least ambiguous names first: where several columns fit, the first of these is used.
_NAMES: Mapping[Role, str] = {
    Role.ID: """
        id, post id, position id, positionid, unique id, uniqueid, unik id, person id, employee id,
        role id, node id, stillings id, stillingsid, stillingsnummer, stillingsnr, medarbejder id,
        medarbejdernummer, medarbejdernr, ansat id, nummer, nr, number, no, key, noegle, reference, uuid
        """,
    Role.SUPERIOR: """
        reports to, reports to id, report to, supervisor id, manager id, boss id, leader id, superior id,
        parent id, parent, pid, refererer til, referer til, refererer til id, naermeste leder id,
        naermeste leder, leder id, lederid, leder nr, ledernr, overordnet id, overordnet, chef id, chef,
        supervisor, manager, boss, line manager, leder, superior
        """,
    Role.TITLE: """
        title, job title, role title, position title, stillingsbetegnelse, stillingstitel, titel,
        stilling, jobtitel, position, post, role, rolle, funktion
        """,
    Role.HOLDER: """
        name, full name, holder, employee name, medarbejdernavn, medarbejder, navn, fulde navn,
        indehaver, stillingsindehaver, ansat, employee, person
        """,
    Role.UNIT: """
        unit, unit name, enhed, enhedsnavn, organisatorisk enhed, department, department name, afdeling,
        afdelingsnavn, team, section, sektion, division, forvaltning, center, organisation, organization
        """,
    Role.HEADCOUNT: """
        headcount, head count, heads, seats, antal ansatte, antal personer, antal medarbejdere,
        antal stillinger, antal, personer, hoveder, ansatte, employees, number of posts, number of employees
        """,
    Role.FTE: """
        fte, ftes, full time equivalent, full time equivalents, aarsvaerk, fuldtidsstillinger,
        fuldtidsansatte, fuldtid, number of posts in fte, fte total, antal aarsvaerk
        """,
    Role.STATUS: "status",
}
_PRIVATE = re.compile(
    r"e?mail|epost|telefon|phone|mobil|mobile|tlf|fax|cpr|personnummer|socialsecurity|ssn"
    r"|foedsels|birth|adresse|address"
)
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def plain_name(heading: str) -> str:
    """Return the letters and digits of a heading in lower case, without accents."""
    letters = unicodedata.normalize("NFC", heading).casefold().translate(_LETTERS)
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", letters))


_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    role: tuple(dict.fromkeys(plain_name(name) for name in names.split(",")))
    for role, names in _NAMES.items()
}
# The plain names of the columns of an organogram.
ORGANOGRAM_NAMES: Mapping[FileKind, Mapping[str, Sequence[str]]] = {
    FileKind.SENIOR: {
        Role.ID: ("postuniquereference",),
        Role.SUPERIOR: ("reportstoseniorpost",),
        Role.TITLE: ("jobtitle",),
        Role.HOLDER: ("name",),
        Role.UNIT: ("unit",),
        Role.FTE: ("fte",),
    },
    FileKind.JUNIOR: {
        Role.SUPERIOR: ("reportingseniorpost",),
        Role.TITLE: ("genericjobtitle",),
        Role.UNIT: ("unit",),
        Role.FTE: ("numberofpostsinfte",),
    },
}
_KNOWN = frozenset(
    name
    for columns in (_SYNONYMS, *ORGANOGRAM_NAMES.values())
    for names in columns.values()
    for name in names
)


def is_known(heading: str) -> bool:
    """Tell whether a heading is one of those that are recognised."""
    return plain_name(heading) in _KNOWN


class Columns(NamedTuple):
    """The imported columns of a table.

    Attributes
    ----------
    places
        The index of the column that holds each kind of value.
    unused, private
        The headings of the others; private ones hold contact data or personal numbers.
    """

    places: Mapping[str, int]
    unused: tuple[str, ...]
    private: tuple[str, ...]


def find_columns(headings: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> Columns:
    """Return the column of each kind of value.

    Parameters
    ----------
    headings
        The headings in the file.
    wanted
        The plain names that each kind of value may have, the least ambiguous first.
    """
    names = [plain_name(heading) for heading in headings]
    places: dict[str, int] = {}
    for role, fitting in wanted.items():
        found = next((names.index(name) for name in fitting if name in names), None)
        if found is not None and found not in places.values():
            places[role] = found
    private: list[str] = []
    unused: list[str] = []
    for place, heading in enumerate(headings):
        if place in places.values():
            continue
        shown = heading.strip() or f"({place + 1})"
        (private if _PRIVATE.search(plain_name(heading)) else unused).append(shown)
    return Columns(places, tuple(unused), tuple(private))


def find_roles(headings: Sequence[str]) -> Columns:
    """Return the column of each kind of value in a plain table."""
    return find_columns(headings, _SYNONYMS)
