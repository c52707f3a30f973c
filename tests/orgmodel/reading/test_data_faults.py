"""Broken data files: each ends in an organisation, or in problems that say where and what."""

import random
from functools import cache
from pathlib import Path

import yaml

from orgmodel import InvalidOrganisation, findings, loads
from orgmodel.reading.bands import SHIPPED_BANDS, load_bands
from orgmodel.reading.problems import PROBLEM_KINDS
from orgmodel.reading.writing import write_organisation
from tests.cpu import bounded_cpu
from tests.mutations import broken_bytes, broken_yaml, encoded
from tests.series import series

ROOT = Path(__file__).resolve().parents[3]
NAME = "mappe/min fil.yaml"
# A whole file takes a fiftieth of a second.
MOST_CPU = 10


@cache
def texts():
    """The shipped files, and those that are wrong already, each of which is drawn less often."""
    shipped = sorted((ROOT / "data").glob("*.yaml"))
    wrong = sorted((ROOT / "tests" / "fixtures" / "invalid").glob("*.yaml"))
    return [path.read_text("utf-8", "replace") for path in (*shipped * 20, *wrong)]


def broken_file(seed, files):
    """One of the files, broken in its words, in its bytes, or in both."""
    chance = random.Random(seed)  # noqa: S311 - nobody's secret
    text = chance.choice(files)
    if chance.random() < 0.85:
        text = broken_yaml(chance, text)
    data = text.encode(errors="replace") if chance.random() < 0.95 else encoded(chance, text)
    return broken_bytes(chance, data) if chance.random() < 0.15 else data


def check_reading(data):
    """Read a file and check the guarantees on the result."""
    try:
        organisation = loads(data, name=NAME)
    except InvalidOrganisation as error:
        return check_problems(error.problems, NAME, data)
    for finding in findings(organisation):
        assert finding.message.text("da")
    text = write_organisation(organisation)
    read = loads(text)
    assert write_organisation(read) == text
    assert dict(read.lines) == dict(organisation.lines)
    return "read"


def check_problems(problems, file, data):
    """Every problem says where it stands and, in both languages, what it is."""
    assert problems
    # The parser takes more letters for ends of lines than editors do.
    lines = len(data.decode(errors="replace").splitlines())
    for problem in problems:
        assert problem.code in PROBLEM_KINDS
        assert problem.location.file == file
        assert 1 <= problem.location.line <= lines + 1
        assert problem.location.column >= 1
        for language in ("da", "en"):
            assert problem.line(language).startswith(f"{file}:{problem.location.line}:")
            assert len(problem.message(language)) < 2000
    return problems[0].code


def try_one(seed):
    """Try the file of one seed."""
    data = broken_file(seed, texts())
    with bounded_cpu(MOST_CPU):
        return check_reading(data)


@series(sample=100, full=5_000)
def test_every_broken_file_is_read_or_refused(seeds):
    for seed in seeds:
        try_one(seed)


@series(sample=25, full=1_000)
def test_without_libyaml_too(monkeypatch, seeds):
    monkeypatch.setattr("orgmodel.reading.documents._PARSER", yaml.SafeLoader)
    for seed in seeds:
        try_one(seed)


@series(sample=25, full=1_000)
def test_every_broken_file_of_bands_is(tmp_path, seeds):
    path = tmp_path / "bands.yaml"
    for seed in seeds:
        data = broken_file(seed, [SHIPPED_BANDS.read_text("utf-8")])
        path.write_bytes(data)
        with bounded_cpu(MOST_CPU):
            try:
                ends = [band.fitting for band in load_bands(path).work if band.fitting is not None]
                assert all(0 <= low <= high for low, high in ends)
            except InvalidOrganisation as error:
                check_problems(error.problems, str(path), data)
