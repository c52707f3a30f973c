"""Amounts as people write them."""

import pytest

from orgmodel.model.amounts import Precision
from tests.builders import codes, units

HEAD = "organisation: t\nname: T\nas_of: 2026\n"


def employees(text):
    return units(f"- {{id: a, name: A, kind: k, employees: {text}}}").units["a"].employees[0]


def budget(text):
    return units(f"- {{id: a, name: A, kind: k, budget: '{text}'}}").units["a"].budget[0]


@pytest.mark.parametrize(
    ("text", "value", "upper", "precision"),
    [
        ("4320", 4320, None, Precision.EXACT),
        ("4.320", 4320, None, Precision.EXACT),
        ("'4,320'", 4320, None, Precision.EXACT),
        ("ca. 1000", 1000, None, Precision.APPROXIMATE),
        ("ca. 1.000", 1000, None, Precision.APPROXIMATE),
        ("Cirka 90", 90, None, Precision.APPROXIMATE),
        ("about 90", 90, None, Precision.APPROXIMATE),
        ("godt 2000", 2000, None, Precision.JUST_OVER),
        ("just under 300", 300, None, Precision.JUST_UNDER),
        ("mindst 20", 20, None, Precision.AT_LEAST),
        ("højst 50", 50, None, Precision.AT_MOST),
        ("30-40", 30, 40, Precision.RANGE),
        ("30 – 40", 30, 40, Precision.RANGE),
        ("{value: ca. 90, precision: exact}", 90, None, Precision.EXACT),
        ("{value: 30, upper: 40}", 30, 40, Precision.RANGE),
        ("0", 0, None, Precision.EXACT),
    ],
)
def test_heads(text, value, upper, precision):
    amount = employees(text)
    assert (amount.value, amount.upper, amount.precision) == (value, upper, precision)
    assert isinstance(amount.value, int)


@pytest.mark.parametrize(
    ("text", "without_leaders", "leader_included"),
    [
        ("12", False, None),
        ("{value: 12}", False, None),
        ("{value: 12, leader_included: true}", False, True),
        ("{value: 12, leader_included: false}", False, False),
        ("{value: ca. 35, without_leaders: true}", True, None),
    ],
)
def test_a_headcount_may_say_who_is_among_it(text, without_leaders, leader_included):
    amount = employees(text)
    assert amount.without_leaders is without_leaders
    assert amount.leader_included is leader_included


def test_a_budget_has_no_leaders_among_it():
    body = "units: [{id: a, name: A, kind: k, budget: {value: 35, without_leaders: true}}]"
    assert codes(HEAD + body) == ["unknown-key"]


@pytest.mark.parametrize(
    ("text", "intervals"),
    [
        ("7", [(7, 7)]),
        ("[7, mindst 8]", [(7, 7), (8, None)]),
        ("{value: 7, upper: 9}", [(7, 9)]),
    ],
)
@pytest.mark.parametrize("key", ["direct_leaders", "direct_staff"])
def test_a_number_led_directly(key, text, intervals):
    data = units(f"- {{id: a, name: A, kind: k, leader: {{id: l, title: L, {key}: {text}}}}}")
    found = [one.interval() for one in getattr(data.positions["l"], key)]
    assert [(one.low, one.high) for one in found] == intervals


@pytest.mark.parametrize("text", ["2.5", "fire", "{value: 7, leader_included: true}", "-1"])
def test_what_is_no_number_led_directly(text):
    body = f"leader: {{id: l, title: L, direct_leaders: {text}}}"
    assert codes(f"{HEAD}units: [{{id: a, name: A, kind: k, {body}}}]")


@pytest.mark.parametrize(
    ("text", "value"),
    [("ca. 1,4 mia. kr.", 1_400_000_000), ("12 mio.", 12_000_000), ("2500 kr.", 2500)],
)
def test_budgets(text, value):
    assert budget(text).value == value


@pytest.mark.parametrize(
    "text", ["4.5", "1,25", "fire", "4 320 5", "1e3", "0x10", "４３２０", ".5"]
)
def test_what_is_no_headcount(text):
    found = codes(f"{HEAD}units: [{{id: a, name: A, kind: k, employees: '{text}'}}]")
    assert found == ["bad-amount"]


def test_a_share_is_worked_out_from_what_it_is_a_share_of():
    found = units("""
        - id: a
          name: A
          kind: k
          employees: 4320
          units:
            - {id: b, name: B, kind: k, employees: {share: 1/4, of: a, precision: approximate}}
            - {id: c, name: C, kind: k, employees: {share: 50 %, of: b}}
    """)
    assert found.units["b"].employees[0].value == 1080
    assert found.units["c"].employees[0].value == 540


def test_a_share_needs_what_it_is_a_share_of():
    assert codes(f"{HEAD}units: [{{id: a, name: A, kind: k, fte: {{share: 1/4}}}}]") == [
        "missing-key"
    ]


@pytest.mark.parametrize("share", ["110 %", "5/4", "1/0", "en fjerdedel", "1" * 5000 + "/2"])
def test_what_is_no_share(share):
    text = f"{HEAD}units: [{{id: a, name: A, kind: k, fte: {{share: {share}, of: a}}}}]"
    assert codes(text) == ["bad-amount"]
