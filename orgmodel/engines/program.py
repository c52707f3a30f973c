"""The program of an engine's process: it reads jobs from standard input and writes their results.

It is run by its path and imports nothing of the project, so that it starts quickly and stays small.
The first line that it reads is `sys.path` of its parent. Each later line is the name of a job and its
arguments. The answer is a line with the length of the result and then the result, or a line with an
error. All lines are JSON. The program ends at the end of its input, that is, when its parent ends.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

    import typst

# An engine that takes longer hangs.
LONGEST_SECONDS = 120
# Typst evicts what it has cached after this many compilations without use.
_COMPILATIONS_CACHED = 11
_EMPTY_PAGE = b"#set page(width: 1pt, height: 1pt)"


def plot_svg(spec: Mapping[str, Any]) -> bytes:
    """Return a Vega-Lite specification drawn as SVG."""
    import vl_convert  # noqa: PLC0415 - a process has one engine

    return str(vl_convert.vegalite_to_svg(dict(spec), allowed_base_urls=[])).encode()


def plot_png(spec: Mapping[str, Any], scale: float) -> bytes:
    """Return a Vega-Lite specification drawn as PNG."""
    import vl_convert  # noqa: PLC0415 - a process has one engine

    return bytes(vl_convert.vegalite_to_png(dict(spec), scale=scale, allowed_base_urls=[]))


def typeset(
    template: str,
    inputs: Mapping[str, str],
    fonts: str,
    kind: str,
    *,
    ppi: float | None = None,
    stamp: str | None = None,
) -> bytes:
    """Return a document of a Typst template and its inputs, and empty the cache of Typst.

    Parameters
    ----------
    fonts
        The folder of the fonts; no other file is read.
    kind
        What is made: "png" or "pdf".
    stamp
        The time that a document names as its own, in ISO format.
    """
    compiler = _compiler(fonts)
    timestamp = None if stamp is None else datetime.fromisoformat(stamp)
    try:
        made = compiler.compile(
            template.encode(),
            format=cast("Any", kind),
            ppi=ppi,
            sys_inputs=dict(inputs),
            timestamp=timestamp,
        )
    finally:
        for _compilation in range(_COMPILATIONS_CACHED):
            compiler.compile(_EMPTY_PAGE, format="png")
    return cast("bytes", made)


@cache
def _compiler(fonts: str) -> typst.Compiler:
    import typst  # noqa: PLC0415 - a process has one engine

    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
    )
    return typst.Compiler(root=fonts, font_paths=found, ignore_system_fonts=True)


JOBS: Mapping[str, Callable[..., bytes]] = {
    "plot_svg": plot_svg,
    "plot_png": plot_png,
    "typeset": typeset,
}


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Do the jobs of the input until it ends."""
    sys.path[:] = json.loads(questions.readline() or b"[]")
    for line in questions:
        name, given = json.loads(line)
        # faulthandler watches from a native thread: an engine may hold the interpreter lock.
        faulthandler.dump_traceback_later(LONGEST_SECONDS, exit=True)
        try:
            made = JOBS[name](**given)
            head: dict[str, object] = {"size": len(made)}
        except Exception as error:
            made, head = b"", {"wrong": f"{type(error).__name__}: {error}"}
        faulthandler.cancel_dump_traceback_later()
        answers.write(json.dumps(head).encode() + b"\n" + made)
        answers.flush()


def main() -> None:
    """Do the jobs of the parent process."""
    # The parent decides when this ends: a server that is terminated still finishes its work.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Output of an engine goes to the error output, not between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        serve(sys.stdin.buffer, answers)
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
