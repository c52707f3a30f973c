"""Parsing and writing of amounts and shares: 4320, 'ca. 1.000', 'godt 2000', '30-40', '44 %'."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from orgmodel.model.amounts import Amount, Measure, Precision
from orgmodel.reading.entry_types import Entry, EntryType, Field
from orgmodel.reading.shapes import (
    DAY,
    FLAG,
    INVALID,
    WORDS,
    JsonSchema,
    Parsed,
    Reading,
    choice,
    ref,
)
from orgmodel.reading.shared_fields import cite_field
from orgmodel.reading.yaml_text import Bare

if TYPE_CHECKING:
    from orgmodel.reading.documents import Scalar
    from orgmodel.reading.yaml_text import Value

# The words for each precision; the first one is used for writing.
_WORDS = {
    Precision.APPROXIMATE: ("ca.", "ca", "cirka", "omkring", "about", "approx.", "around"),
    Precision.JUST_OVER: ("godt", "just over"),
    Precision.JUST_UNDER: ("knap", "just under"),
    Precision.AT_LEAST: ("mindst", "at least"),
    Precision.AT_MOST: ("højst", "at most"),
}
_PREFIXES = {word: precision for precision, words in _WORDS.items() for word in words}
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
_MOST_UNDER = 100
_EXAMPLES = "4320, 'ca. 1000', 'godt 2000', '30-40'"


class NaturalAmount(NamedTuple):
    """A value with the precision given by its wording."""

    value: float | None
    upper: float | None
    precision: Precision | None


def _amount_value(measure: Measure) -> Parsed:
    """Return the shape of an amount's value; heads are integers, so 4.320 can only be 4320."""

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
    return NaturalAmount(low, high, precision)


def _number(
    text: str, scale: int, measure: Measure, scalar: Scalar, reading: Reading
) -> float | None:
    """Return the number in a text, or None after noting a problem."""
    grouped = float(re.sub(r"[^0-9]", "", text)) if _GROUPED.fullmatch(text) else None
    decimal = float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else None
    if grouped is not None and decimal is not None:
        # 4.320 heads can only be 4320; 3.644 full-time equivalents is ambiguous.
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


def _written_share(share: float) -> str:
    percent = round(share * 100)
    if percent / 100 == share:
        return f"{percent} %"
    fraction = Fraction(share).limit_denominator(_MOST_UNDER)
    if fraction.numerator / fraction.denominator == share:
        return f"{fraction.numerator}/{fraction.denominator}"
    return f"{share * 100:.12f}".rstrip("0").rstrip(".") + " %"


_SHARE_VALUE = Parsed(
    _parse_share,
    {"type": "string", "pattern": "^[0-9.,]+ *%$|^[0-9]+/[0-9]+$"},
    write=_written_share,
)


def _plain(number: float) -> float:
    """Return integers as int, so that they are written without a decimal point."""
    return int(number) if float(number).is_integer() else number


def written_number(value: float) -> str:
    """Return an unambiguous text for a number: 3.644 could also mean 3644."""
    value = round(value, 6)
    if float(value).is_integer():
        return str(int(value))
    whole, _, decimals = f"{value:.6f}".rstrip("0").partition(".")
    # Three decimals look like a thousands group; four do not.
    return f"{whole}.{decimals:0<4}" if len(decimals) == len("000") else f"{whole}.{decimals}"


class _AmountType(EntryType):
    """A stated amount; one text gives its value, its upper end and its precision."""

    def __init__(
        self, measure: Measure, name: str, doc: str, *fields: Field, examples: str = _EXAMPLES
    ) -> None:
        value = _amount_value(measure)
        super().__init__(
            name,
            doc,
            Field("value", value, f"The number: {examples}."),
            Field("upper", value, "The upper end of a range."),
            Field("precision", choice(Precision), "How the source qualifies the number."),
            *fields,
            Field("as_of", DAY, "The date that the number is true for."),
            Field("note", WORDS, "A remark."),
            cite_field(),
            entity=Amount,
            shorthand="value",
            order=(..., "leader_included"),
        )
        self._measure = measure

    def build(self, entry: Entry, reading: Reading, **_given: Any) -> object:
        """Return the amount; INVALID if it has neither a number nor a share."""
        problems = reading.problems
        natural: NaturalAmount | None = entry.get("value")
        if natural is None and "share" not in entry.marks:
            if "value" not in entry.marks:
                problems.add(entry.mark, "missing-key", key="value", example="4320")
            return INVALID
        if "share" in entry.values and "of" not in entry.values:
            problems.add(entry.mark, "missing-key", key="of", example="…")
        value, high, precision = natural or NaturalAmount(None, None, None)
        upper: NaturalAmount | None = entry.get("upper")
        high = upper.value if upper else high
        if value is not None and high is not None and high < value:
            problems.add(entry.where("upper"), "range-order", low=value, high=high)
        entry.values["value"], entry.values["upper"] = value, high
        entry.values.setdefault("precision", precision or _usual_precision(high))
        currency = "kr." if self._measure is Measure.BUDGET else None
        return self.make(entry, measure=self._measure, currency=currency)

    def write(self, amount: Amount) -> Value:
        """Return an amount as a number or in words."""
        value, upper, precision = amount.value, amount.upper, amount.precision
        text = None if value is None else written_number(value)
        in_words = True
        if text is not None and precision in _WORDS and upper is None:
            text = f"{_WORDS[precision][0]} {text}"
        elif text is not None and precision is Precision.RANGE and upper is not None:
            text = f"{text}-{written_number(upper)}"
        else:
            in_words = False
        is_said = in_words or precision is _usual_precision(upper)
        return self.shortened(
            self.node(
                amount,
                value=None if text is None else Bare(text),
                upper=None if in_words or upper is None else Bare(written_number(upper)),
                precision=None if is_said else precision.value,
            )
        )


def _usual_precision(upper: float | None) -> Precision:
    """Return the default precision of an amount."""
    return Precision.EXACT if upper is None else Precision.RANGE


_SHARE_FIELDS = (
    Field("share", _SHARE_VALUE, "A share of another unit's amount: 44 %, 1/2."),
    Field("of", ref("unit"), "The unit that the share is of.", "of_unit_id"),
)
EMPLOYEES = _AmountType(
    Measure.EMPLOYEES,
    "employees-amount",
    "How many people are employed.",
    *_SHARE_FIELDS,
    Field(
        "without_leaders",
        FLAG,
        "true where the number leaves out those who lead: '1 leder og ca. 35 medarbejdere'.",
    ),
    Field(
        "leader_included",
        FLAG,
        "Whether the unit's own leader is among the number ('ansvar for ca. 500': false); leave it "
        "out where no source says.",
    ),
)
FTE = _AmountType(
    Measure.FTE,
    "fte-amount",
    "How many full-time equivalents (årsværk, fuldtidsstillinger).",
    *_SHARE_FIELDS,
)
BUDGET = _AmountType(Measure.BUDGET, "budget-amount", "A yearly budget in kroner.", *_SHARE_FIELDS)
DIRECT = _AmountType(
    Measure.EMPLOYEES,
    "direct-amount",
    "How many people the post leads directly, as a source says.",
    examples="7, 'mindst 1', '8-9'",
)
