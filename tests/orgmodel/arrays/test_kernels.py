"""Kernels: one text, plain Python where there is little to do and machine code where there is much."""

import subprocess
import sys

import numba
import numpy as np
import pytest

from orgmodel.arrays import kernels
from orgmodel.arrays.kernels import kernel


@kernel
def doubled(values, offset):
    """Say how twice as much is found."""
    found = np.zeros_like(values)
    for place in range(len(values)):
        found[place] = 2 * values[place] + offset
    return found


def test_both_ways_say_the_same():
    values = np.arange(100)
    expected = (2 * values + 3).tolist()
    assert doubled.plain(values, 3).tolist() == expected
    assert doubled.compiled(values, 3).tolist() == expected


@pytest.mark.parametrize(("size", "way"), [(9, "plain"), (10, "compiled"), (0, "plain")])
def test_the_number_of_entries_decides(monkeypatch, size, way):
    monkeypatch.setattr(kernels, "COMPILED_FROM", 10)
    monkeypatch.setattr(
        numba, "njit", lambda **_options: lambda _function: lambda _values: "compiled"
    )
    loop = kernel(lambda _values: "plain")
    assert loop(np.zeros(size)) == way


def test_what_is_compiled_stays_so(monkeypatch):
    monkeypatch.setattr(kernels, "COMPILED_FROM", 10)
    monkeypatch.setattr(
        numba, "njit", lambda **_options: lambda _function: lambda _values: "compiled"
    )
    loop = kernel(lambda _values: "plain")
    assert [loop(np.zeros(size)) for size in (9, 10, 9)] == ["plain", "compiled", "compiled"]


def test_a_kernel_is_still_known_by_its_name():
    assert doubled.__name__ == "doubled"  # type: ignore[attr-defined]
    assert doubled.__doc__ == "Say how twice as much is found."


def test_few_entries_start_no_compiler():
    code = (
        "import sys, numpy as np\n"
        "from orgmodel.arrays.forest import Forest\n"
        "forest = Forest([-1, *range(999)])\n"
        "assert forest.depths[-1] == forest.sums_below(np.ones(1_000))[0] == 999\n"
        "print('numba' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.slow
def test_code_is_compiled_where_no_folder_may_be_written_to(monkeypatch):
    njit = numba.njit
    asked = []

    def without_cache(**options):
        asked.append(options)
        if options.pop("cache", False):
            msg = "no locator available"
            raise RuntimeError(msg)
        return njit(**options)

    monkeypatch.setattr(numba, "njit", without_cache)
    loop = kernel(doubled.plain)
    assert loop.compiled(np.arange(3), 1).tolist() == [1, 3, 5]
    assert len(asked) == 2
