"""What any entry can hold, as plain values: texts, citations, other names, periods, amounts."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from orgmodel.model.amounts import Amount, Precision
from orgmodel.reading.writing.yaml_text import Bare, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orgmodel.model.dates import PartialDate, Period
    from orgmodel.model.entities import Alias, Unit
    from orgmodel.model.names import Text
    from orgmodel.model.provenance import Basis, Citation, Evidence

Node = dict[str, Any]
# The short form of a citation, of parts that it can hold.
_SOURCE = re.compile(r'[^\s"]+')
_PLACE = re.compile(r'[^"\s](?:[^"]*[^"\s])?')
_MOST_UNDER = 100
_PRECISION_WORDS: Mapping[Precision, str] = {
    Precision.APPROXIMATE: "ca.",
    Precision.JUST_OVER: "godt",
    Precision.JUST_UNDER: "knap",
    Precision.AT_LEAST: "mindst",
    Precision.AT_MOST: "højst",
}


def entry(**values: Any) -> Node:
    """Return an entry without what is not said; a `_` behind a key is for Python alone."""
    return {
        key.rstrip("_"): value for key, value in values.items() if value not in (None, [], False)
    }


def short(node: Node, key: str) -> Value:
    """Return an entry as the plain value that may stand for it, where it holds nothing else."""
    return node[key] if list(node) == [key] and isinstance(node[key], str) else node


def text(value: Text | None) -> Value | None:
    """Return a text, with its English where it has one."""
    if value is None:
        return None
    return value.da if value.en is None else {"da": value.da, "en": value.en}


def day(value: PartialDate | None) -> Bare | None:
    """Return a date."""
    return None if value is None else Bare(str(value))


def single(values: Sequence[Value]) -> Value | None:
    """Return a list, or its only value by itself."""
    return values[0] if len(values) == 1 else list(values) or None


def citations(found: Iterable[Citation]) -> Value | None:
    """Return what says so."""
    return single([_citation(one) for one in found])


def _citation(found: Citation) -> Value:
    source, place, words = found.source_id, found.place, found.words
    is_short = (
        _SOURCE.fullmatch(source)
        and (place is None or _PLACE.fullmatch(place))
        and (words is None or (words and '"' not in words))
    )
    if not is_short:
        return entry(source=source, place=place, words=words)
    return " ".join(
        [source, *([] if place is None else [place]), *([] if words is None else [f'"{words}"'])]
    )


def cited(
    evidence: Evidence, key: str, value: Value | None, *, default: Value | None
) -> Value | None:
    """Return a value with what says it; where nothing does, and it is the default, nothing."""
    if key in evidence.fields:
        shown: Any = default if value is None else value
        return {"value": shown, "cite": _listed(evidence.fields[key])}
    return None if value == default else value


def _listed(found: tuple[Citation, ...]) -> Value:
    return citations(found) or []


def aliases(found: Iterable[Alias]) -> Value | None:
    """Return other names."""
    return single(
        [short(entry(name=one.name, cite=citations(one.evidence.whole)), "name") for one in found]
    )


def period(found: Period) -> Node:
    """Return from when to when."""
    return {"from_": day(found.start), "to": day(found.end)}


def basis(how: Basis, reason: Text | None) -> Node:
    """Return how a line is known, where that is not by a source that says so."""
    return {"basis": None if how == "explicit" else how.value, "reason": text(reason)}


def amounts(found: tuple[Amount, ...], units: Mapping[str, Unit]) -> Value | None:
    """Return every statement of an amount."""
    return single([amount(one, units) for one in found])


def amount(found: Amount, units: Mapping[str, Unit]) -> Value:
    """Return one statement of an amount, as a number or in the words that people use."""
    is_shared = found.share is not None
    written = None if is_shared and _follows(found, units) else _value(found)
    in_words = written is not None and written.says_precision
    node = entry(
        value=None if written is None else written.value,
        upper=None if found.upper is None or in_words else Bare(number(found.upper)),
        precision=None
        if in_words or found.precision is _default(found)
        else found.precision.value,
        share=None if found.share is None else _share(found.share),
        of=found.of_unit_id,
        without_leaders=found.without_leaders,
        as_of=day(found.as_of),
        note=text(found.note),
        cite=citations(found.evidence.whole),
    )
    if found.leader_included is not None:
        node["leader_included"] = found.leader_included
    return node["value"] if list(node) == ["value"] else node


class _Written:
    def __init__(self, value: Value, *, says_precision: bool) -> None:
        self.value = value
        self.says_precision = says_precision


def _value(found: Amount) -> _Written | None:
    if found.value is None:
        return None
    digits = number(found.value)
    if found.precision in _PRECISION_WORDS and found.upper is None:
        word = _PRECISION_WORDS[found.precision]
        return _Written(Bare(f"{word} {digits}"), says_precision=True)
    is_range = found.precision is Precision.RANGE and found.upper is not None
    if is_range and found.upper is not None:
        return _Written(Bare(f"{digits}-{number(found.upper)}"), says_precision=True)
    return _Written(Bare(digits), says_precision=False)


def _default(found: Amount) -> Precision:
    return Precision.EXACT if found.upper is None else Precision.RANGE


def _follows(found: Amount, units: Mapping[str, Unit]) -> bool:
    """Tell whether the value of a share is the one that the reader works out again."""
    if found.value is None:
        return True
    base = units.get(found.of_unit_id or "")
    stated = getattr(base, found.measure.value) if base else ()
    known = stated[0].value if stated else None
    return known is not None and round((found.share or 0) * known) == found.value


def number(value: float) -> str:
    """Return a number so that it can be read in one way: 3.644 could be a thousand as well."""
    value = round(value, 6)
    if float(value).is_integer():
        return str(int(value))
    whole, _, decimals = f"{value:.6f}".rstrip("0").partition(".")
    # Three decimals look like grouped digits; a fourth does not.
    return f"{whole}.{decimals:0<4}" if len(decimals) == len("000") else f"{whole}.{decimals}"


def _share(share: float) -> str:
    percent = round(share * 100)
    if percent / 100 == share:
        return f"{percent} %"
    fraction = Fraction(share).limit_denominator(_MOST_UNDER)
    if fraction.numerator / fraction.denominator == share:
        return f"{fraction.numerator}/{fraction.denominator}"
    return f"{share * 100:.12f}".rstrip("0").rstrip(".") + " %"
