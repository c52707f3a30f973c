"""Amounts and shares as people write them: 4320, 'ca. 1.000', 'godt 2000', '30-40', '44 %'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.model.amounts import Measure, Precision
from orgmodel.reading.shapes import INVALID, JsonSchema, Parsed, Reading

if TYPE_CHECKING:
    from orgmodel.reading.documents import Scalar

_PREFIXES = {
    "ca.": Precision.APPROXIMATE,
    "ca": Precision.APPROXIMATE,
    "cirka": Precision.APPROXIMATE,
    "omkring": Precision.APPROXIMATE,
    "about": Precision.APPROXIMATE,
    "approx.": Precision.APPROXIMATE,
    "around": Precision.APPROXIMATE,
    "godt": Precision.JUST_OVER,
    "just over": Precision.JUST_OVER,
    "knap": Precision.JUST_UNDER,
    "just under": Precision.JUST_UNDER,
    "mindst": Precision.AT_LEAST,
    "at least": Precision.AT_LEAST,
    "højst": Precision.AT_MOST,
    "at most": Precision.AT_MOST,
}
_SCALES = {"mio.": 10**6, "mio": 10**6, "million": 10**6, "mia.": 10**9, "mia": 10**9}
_PREFIX = re.compile(
    rf"(?P<prefix>{'|'.join(sorted(map(re.escape, _PREFIXES), key=len, reverse=True))})\s+", re.I
)
_NUMBER = r"[0-9]{1,15}(?:[.,  ][0-9]{1,15}){0,5}"
_AMOUNT = re.compile(
    rf"(?P<low>-?{_NUMBER})(?:\s*[-–]\s*(?P<high>{_NUMBER}))?"
    r"(?:\s*(?P<scale>mio\.?|mia\.?|million))?(?:\s*(?P<currency>kr\.?|DKK))?",
    re.I,
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,  ][0-9]{3})+")
_DECIMAL = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_SHARE = re.compile(
    r"(?P<percent>[0-9]{1,3}(?:[.,][0-9]+)?)\s*%|(?P<over>[0-9]{1,15})/(?P<under>[0-9]{1,15})"
)
_LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class NaturalAmount:
    """A value with the precision that its wording gives."""

    value: float
    upper: float | None
    precision: Precision | None
    currency: str | None


def amount_value(measure: Measure) -> Parsed:
    """Return the shape of an amount's value; heads are whole, so that 4.320 can only be 4320."""

    def parse(scalar: Scalar, _key: str, reading: Reading) -> object:
        return _parse_amount(scalar, measure, reading)

    schema: JsonSchema = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]}
    return Parsed(parse, schema)


def _parse_amount(scalar: Scalar, measure: Measure, reading: Reading) -> object:
    text = scalar.value.strip()
    prefix = _PREFIX.match(text)
    match = _AMOUNT.fullmatch(text, prefix.end() if prefix else 0)
    if match is None:
        reading.problems.add(scalar.mark, "bad-amount", value=text)
        return INVALID
    if match["low"].startswith("-"):
        reading.problems.add(scalar.mark, "negative-amount", value=text)
        return INVALID
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1
    low = _number(match["low"], scale, measure, scalar, reading)
    high = _number(match["high"], scale, measure, scalar, reading) if match["high"] else None
    if low is None or (match["high"] and high is None):
        return INVALID
    if high is not None and high < low:
        reading.problems.add(scalar.mark, "range-order", low=low, high=high)
        return INVALID
    if high is not None:
        precision: Precision | None = Precision.RANGE
    else:
        precision = _PREFIXES[prefix["prefix"].lower()] if prefix else None
    return NaturalAmount(low, high, precision, "kr." if match["currency"] else None)


def _number(
    text: str, scale: int, measure: Measure, scalar: Scalar, reading: Reading
) -> float | None:
    """Return the number that a text writes, or None after noting why it is none."""
    grouped = float(re.sub(r"[^0-9]", "", text)) if _GROUPED.fullmatch(text) else None
    decimal = float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else None
    if grouped is not None and decimal is not None:
        # 4.320 heads can only be 4320; 3.644 full-time equivalents may be either.
        if measure is not Measure.EMPLOYEES or scale > 1:
            reading.problems.add(
                scalar.mark,
                "unclear-amount",
                value=text,
                large=str(_plain(grouped)),
                small=text.replace(",", ".").rstrip("0"),
            )
            return None
        decimal = None
    number = decimal if grouped is None else grouped
    if number is None or number * scale > _LARGEST:
        reading.problems.add(scalar.mark, "bad-amount", value=scalar.value)
        return None
    scaled = round(number * scale, 6)
    if measure is Measure.EMPLOYEES and not scaled.is_integer():
        reading.problems.add(scalar.mark, "bad-amount", value=scalar.value)
        return None
    return _plain(scaled)


def share_value() -> Parsed:
    """Return the shape of a share: 44 %, 1/2."""
    schema: JsonSchema = {"type": "string", "pattern": "^[0-9.,]+ *%$|^[0-9]+/[0-9]+$"}
    return Parsed(_parse_share, schema)


def _parse_share(scalar: Scalar, _key: str, reading: Reading) -> object:
    match = _SHARE.fullmatch(scalar.value.strip())
    share = -1.0
    if match and match["percent"]:
        share = float(match["percent"].replace(",", ".")) / 100
    elif match and int(match["under"]):
        share = int(match["over"]) / int(match["under"])
    if not 0 <= share <= 1:
        reading.problems.add(scalar.mark, "bad-amount", value=scalar.value)
        return INVALID
    return share


def _plain(number: float) -> float:
    """Return whole numbers as int, so that they are written without a decimal point."""
    return int(number) if float(number).is_integer() else number
