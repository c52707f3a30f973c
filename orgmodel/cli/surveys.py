"""`orgmodel spans` of several organisations: one row for each, with a progress bar."""

from __future__ import annotations

import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from orgmodel.cli.common import (
    exit_for_problems,
    print_file_counts,
    print_json,
    print_table,
    problem_as_dict,
)
from orgmodel.files import shown_name
from orgmodel.model.wording import headline_words, interval_words
from orgmodel.surveying import survey
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from orgmodel.model.amounts import Interval
    from orgmodel.surveying import SurveyedOrganisation
    from orgmodel.texts import Language, Worded

# Starting a process takes about as long as reading this many bytes.
_BYTES_FOR_A_PROCESS = 2**20


def show_survey(
    files: Sequence[Path], *, jobs: int | None, output: str, language: Language
) -> None:
    """Print a row for each organisation; exit with 1 if a file has an error.

    Parameters
    ----------
    files
        The data files, in the order to show them in.
    jobs
        How many processes to use, 1 meaning this one; None means one per core, fewer for small
        files.
    output
        "table" or "json".
    """
    found = list(_with_bar(files, jobs, language))
    problems = [problem for one in found for problem in one.problems]
    if output == "json":
        errors = [problem_as_dict(problem, language) for problem in problems]
        print_json({"organisations": list(_as_dicts(found)), "errors": errors})
    else:
        _print_table(found, language)
        print_file_counts(len(files), len(problems), language)
    if problems:
        exit_for_problems(problems, language)


def _with_bar(
    files: Sequence[Path], jobs: int | None, language: Language
) -> Iterator[SurveyedOrganisation]:
    """Yield the records; show the progress on a terminal."""
    is_terminal = sys.stdout.isatty() and sys.stderr.isatty()
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not is_terminal,
    )
    with bar, _pool(files, jobs) as pool:
        words = message(N_("Reading organisations")).text(language)
        yield from bar.track(
            survey(files, executor=pool), total=len(files), description=words, update_period=0.1
        )


def _pool(
    files: Sequence[Path], jobs: int | None
) -> AbstractContextManager[ProcessPoolExecutor | None]:
    """Return the process pool; None to use this process only."""
    wanted = _worthwhile_jobs(files) if jobs is None else jobs
    workers = min(wanted, len(files))
    if workers <= 1:
        return nullcontext()
    # A forked process may deadlock on a lock that a library's thread held.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max_workers=workers, mp_context=context)


def _worthwhile_jobs(files: Sequence[Path]) -> int:
    size = sum(file.stat().st_size for file in files if file.is_file())
    return min(os.cpu_count() or 1, size // _BYTES_FOR_A_PROCESS)


def _as_dicts(found: Sequence[SurveyedOrganisation]) -> Iterator[dict[str, object]]:
    for one in found:
        if one.summary is not None and one.name is not None:
            yield {
                "file": shown_name(one.path),
                "organisation": one.organisation_id,
                "name": one.name.da,
                "summary": one.summary.as_dict(),
            }


def _print_table(found: Sequence[SurveyedOrganisation], language: Language) -> None:
    columns = (
        N_("Organisation"), N_("Posts"), N_("Leaders"), N_("Employees"), N_("Layers"),
        N_("Span, median"), N_("Exact"), N_("At least"), N_("Not stated"), N_("Advertised posts"),
    )  # fmt: skip
    rows = (
        (
            one.name,
            summary.positions,
            summary.leaders,
            _known(summary.employees, exact=True),
            summary.layers,
            _known(summary.span_median, exact=False),
            summary.spans_settled,
            summary.spans_bounded,
            summary.spans_unknown,
            summary.vacant,
        )
        for one in found
        if (summary := one.summary) is not None
    )
    print_table(columns, rows, language, numeric=range(1, len(columns)))


def _known(interval: Interval | None, *, exact: bool) -> Worded:
    if interval is None:
        return message(N_("not stated"))
    return interval_words(interval) if exact else headline_words(interval)
