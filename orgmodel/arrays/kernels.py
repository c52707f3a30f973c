"""Loops over arrays that are compiled where there is much to do.

A *kernel* is a function of arrays and numbers alone. It is one text with two ways to run: as plain
Python, which starts at once, and compiled by numba, which is a hundred times as quick and takes a
second or two the first time; the compiled code is kept beside the module for the next process.
"""

from __future__ import annotations

from functools import cached_property, update_wrapper
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
# Below this many entries plain Python is done before numba is imported.
COMPILED_FROM = 20_000


class Kernel(Generic[Parameters, Result]):
    """A loop over arrays; the length of its first argument decides how it runs.

    Once it has run compiled, it does so whatever the length: what took the time is done.

    Parameters
    ----------
    function
        The loop. It takes arrays and numbers, and returns arrays and numbers.
    """

    def __init__(self, function: Callable[Parameters, Result]) -> None:
        self.plain = function
        update_wrapper(self, function)

    def __call__(self, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        """Run the loop."""
        size = len(args[0])  # type: ignore[arg-type]
        compiled = size >= COMPILED_FROM or "compiled" in self.__dict__
        return (self.compiled if compiled else self.plain)(*args, **kwargs)

    @cached_property
    def compiled(self) -> Callable[Parameters, Result]:
        """The loop as machine code."""
        import numba  # noqa: PLC0415 - takes half a second, which small organisations do not need

        try:
            kept: Callable[Parameters, Result] = numba.njit(cache=True, nogil=True)(self.plain)
        except RuntimeError:
            # There is no folder that may be written to; then each process compiles for itself.
            kept = numba.njit(nogil=True)(self.plain)
        return kept


def kernel(function: Callable[Parameters, Result]) -> Kernel[Parameters, Result]:
    """Make a kernel of a loop over arrays."""
    return Kernel(function)
