"""Ids of any file -> ids of ours, each unlike every other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from orgmodel.model.letters import romanised
from orgmodel.reading.documents import FORBIDDEN
from orgmodel.reading.importing.report import LONGEST_TEXT
from orgmodel.reading.importing.series import replaced, scattered, where
from orgmodel.reading.shapes import ID_PATTERN, LONGEST_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Leaves room for the number that keeps it unlike others, and for what the reader puts behind it.
LONGEST_SLUG = LONGEST_ID - 15
_OURS = re.compile(ID_PATTERN.removesuffix("$"))
_NOT_OURS = r"[^a-z0-9æøå_-]+"
# Letters that are not ours, though they may be written in ours.
_FOREIGN = r"[^\x00-\x7fæøå]"
_NUMBERED = r"(?:-[0-9]+)+$"


class OurIds(NamedTuple):
    """Ids of ours.

    Attributes
    ----------
    ids
        Ours, one a row.
    made
        The places of those that had to be made.
    numbered
        The places where a number keeps an id unlike another.
    """

    ids: pl.Series
    made: pl.Series
    numbered: Mapping[int, str]


def is_id(text: str) -> bool:
    """Tell whether a text is an id of ours."""
    return len(text) <= LONGEST_ID and _OURS.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Tell whether a text can be the name of an organisation."""
    return bool(text.strip()) and len(text) <= LONGEST_TEXT and FORBIDDEN.search(text) is None


def slug(text: str) -> str | None:
    """Return a text as an id; None where nothing of it is left."""
    found: str | None = _slugs(pl.Series([text.lower()]))[0]
    return found


def our_ids(keys: pl.Series, make: Callable[[], pl.Series], *, distinct: bool) -> OurIds:
    """Return our ids for those of a file.

    Parameters
    ----------
    keys
        The file's ids; null where there is none that may be kept.
    make
        Returns an id for each row, for those without one of which anything is left.
    distinct
        Whether the keys are known to be unlike each other.
    """
    lower = keys.str.to_lowercase()
    is_ours = _are_ours(lower).fill_null(value=True)
    # Upper case alone becomes lower case without ever making two ids one.
    stays_distinct = (
        distinct
        and bool(is_ours.all())
        and not keys.has_nulls()
        and not (keys.str.contains(r"\p{Ll}").any() and keys.str.contains(r"\p{Lu}").any())
    )
    ids = lower
    if not is_ours.all():
        places = (~is_ours).arg_true()
        ids = scattered(lower, places, _slugs(lower.gather(places)))
    made = ids.is_null().arg_true()
    if len(made):
        ids = scattered(ids, made, make().gather(made))
    return OurIds(ids, made, {}) if stays_distinct else _told_apart(ids, made, keys)


def _are_ours(texts: pl.Series) -> pl.Series:
    return texts.str.contains(ID_PATTERN) & (texts.str.len_chars() <= LONGEST_SLUG)


def _slugs(texts: pl.Series) -> pl.Series:
    foreign = texts.str.contains(_FOREIGN).fill_null(value=False).arg_true()
    if len(foreign):
        spelled = [romanised(text, danish=True) for text in texts.gather(foreign)]
        texts = scattered(texts, foreign, pl.Series(spelled, dtype=pl.String))
    plain = texts.str.replace_all(_NOT_OURS, "-").str.replace_all("-{2,}", "-")
    cut = plain.str.strip_chars("-_").str.slice(0, LONGEST_SLUG).str.strip_chars_end("-_")
    return where(cut, cut.str.len_bytes() > 0)


def _told_apart(ids: pl.Series, made: pl.Series, keys: pl.Series) -> OurIds:
    alike = ids.is_duplicated()
    if not alike.any():
        return OurIds(ids, made, {})
    places = alike.arg_true().to_list()
    wanted = ids.gather(places).to_list()
    originals = keys.gather(places).to_list()
    # Whatever a number could make of one of them, so that it is not made where it is already.
    stems = {re.sub(_NUMBERED, "", one) for one in wanted}
    near = ids.str.replace(_NUMBERED, "").is_in(list(stems))
    taken = set(ids.filter(near & ~alike).to_list())
    found: dict[int, str] = {}
    numbers: dict[str, int] = {}
    # An id that is ours as it stands keeps its spelling; of those left, the first does.
    order = sorted(range(len(places)), key=lambda n: (originals[n] != wanted[n], n))
    for n in order:
        one, base = wanted[n], wanted[n]
        while one in taken:
            numbers[base] = numbers.get(base, 1) + 1
            one = f"{base}-{numbers[base]}"
        taken.add(one)
        if one != base:
            found[places[n]] = one
    return OurIds(replaced(ids, found), made, found)
