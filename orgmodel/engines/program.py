"""The program of an engine's process: reads jobs from stdin and writes results to stdout.

It is run by its path and imports none of our modules, so that it starts quickly and stays small.
The first line of input is the list of library paths; each later line has a job's name and its
input. The answer to a job is a line with the length of the result followed by the result, or a
line with the error. All lines are JSON. The program ends at the end of its input, which is when
its parent has ended for any reason.
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

# The maximum duration of a job, in seconds.
LONGEST_SECONDS = 120
# The number of jobs that typst keeps drawn content for, large pictures included.
_TURNS_KEPT = 11
_NOTHING = b"#set page(width: 1pt, height: 1pt)"


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
    """Return a Typst template compiled with its inputs, and clear Typst's cache.

    Parameters
    ----------
    fonts
        The folder of the fonts; no other file is read.
    kind
        The format: "png" or "pdf".
    stamp
        The creation time written into the document, in ISO format.
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
        for _turn in range(_TURNS_KEPT):
            compiler.compile(_NOTHING, format="png")
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
    """Run the jobs read from stdin until it ends."""
    sys.path[:] = json.loads(questions.readline() or b"[]")
    for line in questions:
        name, given = json.loads(line)
        # A watchdog outside of Python, because an engine may hold the GIL.
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
    """Serve the parent process."""
    # The parent decides when this ends: a server that is shutting down still finishes its jobs.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Output printed by an engine goes to the log, not into an answer.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        serve(sys.stdin.buffer, answers)
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
