"""Strict YAML: values are read exactly as they are written."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.reading.documents import parse_document
from orgmodel.reading.problems import ProblemList, TooManyProblems
from tests.builders import HEAD, codes, units
from tests.cpu import bounded_cpu
from tests.series import series


@pytest.mark.parametrize("word", ["no", "on", "22:30", "012", "1_000", "1e3", "~x", "0x10"])
def test_a_plain_word_stays_the_word(word):
    assert units(f"- {{id: a, name: {word}, kind: k}}").units["a"].name.da == word


def test_text_is_brought_to_one_form():
    found = units("- {id: a, name: A\u030aben, kind: k}")
    assert found.units["a"].name.da == "\u00c5ben"


def test_a_byte_order_mark_is_passed_over():
    assert codes(f"\ufeff{HEAD}units: []\n".encode()) == []


def test_windows_line_ends_are_line_ends():
    (problem_code,) = codes(f"{HEAD}units: []\nx: 1\n".replace("\n", "\r\n"))
    assert problem_code == "unknown-key"


def test_marks_in_any_number_are_no_work():
    # Brought into order, they would take the square of their number: hours.
    with bounded_cpu(10):
        assert codes(f"{HEAD}units: []\ndescription: a" + "\u0301\u0316" * 1_000_000) == [
            "text-too-long"
        ]


def test_an_escape_that_is_no_letter(monkeypatch):
    for _parser in range(2):
        assert codes(f'{HEAD}units: []\ndescription: "\\U00110000"\n') == ["yaml-syntax"]
        monkeypatch.setattr("orgmodel.reading.documents._PARSER", yaml.SafeLoader)
    (code,) = codes(f'{HEAD}units: []\ndescription: "\\ud800"\n')
    assert code == "forbidden-character"


@series(sample=300, full=30_000)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_whatever_break_the_parser(data):
    problems = ProblemList("x")
    try:
        root = parse_document(data, problems)
    except TooManyProblems:
        root = None
    assert root is not None or len(problems)


YAMLISH = st.text(alphabet="abc: -[]{}#&*!|>'\"%@`,?\n\t0123æ~<", max_size=120)


@series(sample=300, full=30_000)
@given(YAMLISH)
def test_no_text_whatever_breaks_the_reader(text):
    assert isinstance(codes(f"{HEAD}units: []\n{text}"), list)
