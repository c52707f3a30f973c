"""Long series of trials: the suite runs a sample of each, `--faults` runs all of it.

A test with many seeds takes them as `seeds`, and derives all randomness from each::

    @series(sample=100, full=5_000)
    def test_no_mutated_file_ends_in_an_exception(seeds):
        for seed in seeds:
            chance = random.Random(seed)
            ...

The suite always uses the seeds 0 to 99. `python3 dev.py test --faults` runs only series, this one
with the seeds 0 to 4,999: 50 tests of the size of the sample, which run in parallel. To repeat a
seed, run the test that includes it: `python3 dev.py test --faults -k "no_mutated_file and
300-399"`.

A Hypothesis test has as many examples, and may have further settings::

    @series(sample=40, full=2_000)
    @given(forests())
    def test_every_forest_is_drawn(edges): ...

A run with `--faults` ends with the number of trials and the time of each series.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TRIALS = "trials"


class _Run:
    """Whether series run in full; set before any test is imported."""

    is_full = False


def run_in_full() -> None:
    """Make every series defined from now on run in full."""
    _Run.is_full = True


def series(*, sample: int, full: int, **more: Any) -> Callable[[Any], Any]:
    """Make a test a series of trials.

    Parameters
    ----------
    sample
        The number of trials in the suite.
    full
        The number of trials with `--faults`.
    more
        Further settings of a Hypothesis test.
    """
    count = full if _Run.is_full else sample

    def made(test: Any) -> Any:
        if getattr(test, "is_hypothesis_test", False):
            marked = pytest.mark.series(count)(test)
            return settings(max_examples=count, **more)(marked)
        parts = [range(first, min(first + sample, count)) for first in range(0, count, sample)]
        return pytest.mark.parametrize(
            "seeds",
            [
                pytest.param(part, id=f"{part[0]}-{part[-1]}", marks=pytest.mark.series(len(part)))
                for part in parts
            ],
        )(test)

    return made


def note_trials(items: Iterable[pytest.Item]) -> None:
    """Record the number of trials in the report of every test in a series."""
    for item in items:
        if mark := item.get_closest_marker("series"):
            item.user_properties.append((TRIALS, mark.args[0]))


def summary(reports: Iterable[pytest.TestReport]) -> list[str]:
    """Return a line for each series: its number of trials and its time."""
    trials: dict[str, int] = defaultdict(int)
    seconds: dict[str, float] = defaultdict(float)
    for report in reports:
        name = report.nodeid.partition("[")[0]
        told = dict[str, Any](report.user_properties)
        trials[name] += told.get(TRIALS, 0)
        seconds[name] += report.duration
    lines = [
        f"{trials[name]:>9,} trials in {seconds[name]:>7,.0f} s: {name}"
        for name in sorted(trials, key=lambda one: -seconds[one])
    ]
    return [*lines, f"{sum(trials.values()):>9,} trials in all"]
