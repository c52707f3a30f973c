"""Unique ids in the data format, derived from the ids in a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from orgmodel.model.letters import romanised
from orgmodel.reading.documents import FORBIDDEN
from orgmodel.reading.importing.cells import null_unless, replaced, replaced_at
from orgmodel.reading.importing.report import LONGEST_TEXT
from orgmodel.reading.shapes import ID_PATTERN, LONGEST_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Leaves room for a number that makes the id unique, and for suffixes that the reader adds.
_LONGEST_SLUG = LONGEST_ID - 15
_ID = re.compile(ID_PATTERN.removesuffix("$"))
_NOT_IN_IDS = r"[^a-z0-9æøå_-]+"
# Letters that ids do not have, but that can be transliterated.
_FOREIGN = r"[^\x00-\x7fæøå]"
_NUMBERED = r"(?:-[0-9]+)+$"


class UniqueIds(NamedTuple):
    """An id for each row.

    Attributes
    ----------
    ids
        The unique ids.
    made
        The indexes of rows whose id is not derived from one in the file.
    numbered
        The ids with an appended number, by index.
    """

    ids: pl.Series
    made: pl.Series
    numbered: Mapping[int, str]


def is_id(text: str) -> bool:
    """Tell whether a text is an id of the data format."""
    return len(text) <= LONGEST_ID and _ID.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Tell whether a text can be the name of an organisation."""
    return bool(text.strip()) and len(text) <= LONGEST_TEXT and FORBIDDEN.search(text) is None


def slug(text: str) -> str | None:
    """Return a text as an id; None if none of its characters is permitted in ids."""
    found: str | None = _slugs(pl.Series([text.lower()]))[0]
    return found


def unique_ids(keys: pl.Series, make: Callable[[], pl.Series], *, distinct: bool) -> UniqueIds:
    """Return ids for the rows of a file.

    Parameters
    ----------
    keys
        The file's ids; null where there is none, or a private one.
    make
        Returns an id for each row; it is used for rows whose key gives none.
    distinct
        Whether the keys are known to differ from each other.
    """
    lower = keys.str.to_lowercase()
    has_id_form = lower.str.contains(ID_PATTERN) & (lower.str.len_chars() <= _LONGEST_SLUG)
    has_id_form = has_id_form.fill_null(value=True)
    # Lower-casing keeps keys distinct if they use one case only.
    stays_distinct = (
        distinct
        and bool(has_id_form.all())
        and not keys.has_nulls()
        and not (keys.str.contains(r"\p{Ll}").any() and keys.str.contains(r"\p{Lu}").any())
    )
    ids = lower
    if not has_id_form.all():
        places = (~has_id_form).arg_true()
        ids = replaced_at(lower, places, _slugs(lower.gather(places)))
    made = ids.is_null().arg_true()
    if len(made):
        ids = replaced_at(ids, made, make().gather(made))
    return UniqueIds(ids, made, {}) if stays_distinct else _numbered(ids, made, keys)


def _slugs(texts: pl.Series) -> pl.Series:
    foreign = texts.str.contains(_FOREIGN).fill_null(value=False).arg_true()
    if len(foreign):
        spelled = [romanised(text, danish=True) for text in texts.gather(foreign)]
        texts = replaced_at(texts, foreign, pl.Series(spelled, dtype=pl.String))
    plain = texts.str.replace_all(_NOT_IN_IDS, "-").str.replace_all("-{2,}", "-")
    cut = plain.str.strip_chars("-_").str.slice(0, _LONGEST_SLUG).str.strip_chars_end("-_")
    return null_unless(cut, cut.str.len_bytes() > 0)


def _numbered(ids: pl.Series, made: pl.Series, keys: pl.Series) -> UniqueIds:
    alike = ids.is_duplicated()
    if not alike.any():
        return UniqueIds(ids, made, {})
    places = alike.arg_true().to_list()
    wanted = ids.gather(places).to_list()
    originals = keys.gather(places).to_list()
    # Ids that a number may produce, so that none is assigned twice.
    stems = {re.sub(_NUMBERED, "", one) for one in wanted}
    near = ids.str.replace(_NUMBERED, "").is_in(list(stems))
    taken = set(ids.filter(near & ~alike).to_list())
    found: dict[int, str] = {}
    numbers: dict[str, int] = {}
    # A key that is already an id keeps its spelling; otherwise the first of equal ones does.
    order = sorted(range(len(places)), key=lambda n: (originals[n] != wanted[n], n))
    for n in order:
        one, base = wanted[n], wanted[n]
        while one in taken:
            numbers[base] = numbers.get(base, 1) + 1
            one = f"{base}-{numbers[base]}"
        taken.add(one)
        if one != base:
            found[places[n]] = one
    return UniqueIds(replaced(ids, found), made, found)
