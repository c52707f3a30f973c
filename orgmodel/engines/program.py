"""The program of an engine's process: it is asked on its input, and answers on its output.

It is run by its path and imports nothing of ours, so that it starts at once and stays small. The
first line that it reads is the list of places where libraries are; each later line is a job's name
with what the job is given. It answers a job with a line that tells how long what was made is, and then
that, or with a line that tells what went wrong. All lines are JSON. It ends when its input does, which
is when whoever asks is gone, however that ended.
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

# An engine that takes longer than this has lost its way.
LONGEST_SECONDS = 120
# What typst has drawn it keeps for so many turns; a large picture would be kept that long, too.
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
    """Return what a template of Typst makes of its inputs, and let Typst forget what it has drawn.

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
    """Do every job that is asked for, until nobody asks any more."""
    sys.path[:] = json.loads(questions.readline() or b"[]")
    for line in questions:
        name, given = json.loads(line)
        # The watch is kept outside of Python, which an engine may not let run.
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
    """Serve whoever started this process."""
    # Whoever asks decides when this ends: a server that was told to end still finishes its work.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What an engine prints is for the log, and is no answer.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        serve(sys.stdin.buffer, answers)
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
