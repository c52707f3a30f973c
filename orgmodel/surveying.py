"""The figures of many organisations, computed in sequence or by any executor.

A worker reads a file, computes its figures and frees it; the result is a small record that any
executor can transfer. Records have no names of people, unless a problem quotes one from the file.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from orgmodel.analysis.spans.spans import spans
from orgmodel.analysis.statistics.summary import Summary, summarise
from orgmodel.model.findings import Location, Problem
from orgmodel.reading.loading import data_files, duplicate_problem, read
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from concurrent.futures import Executor

    from orgmodel.model.names import Text

IN_FLIGHT = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyedOrganisation:
    """The result of a survey for one file.

    Attributes
    ----------
    path
        The file.
    organisation_id, name, summary
        The organisation and its figures; None if the file has problems.
    problems
        The problems of the file, or the reason why it could not be surveyed.
    """

    path: Path
    organisation_id: str | None = None
    name: Text | None = None
    summary: Summary | None = None
    problems: tuple[Problem, ...] = ()


def survey(
    paths: Iterable[str | Path], *, executor: Executor | None = None, in_flight: int = IN_FLIGHT
) -> Generator[SurveyedOrganisation, None, None]:
    """Yield the figures of every organisation, in the order of `paths`, as they become ready.

    No exception is raised for a file: invalid files, files with the id of an earlier one and files
    whose worker died are returned with their problems.

    Parameters
    ----------
    paths
        Files and folders; a folder means the YAML files directly in it, sorted by name. Repeated
        files are skipped. The iterable is consumed lazily.
    executor
        An object with the `submit` of `concurrent.futures`, such as a process pool or the executor
        of a Dask client, whose workers can access the same files. None means this process. It is
        not shut down. If it breaks, each remaining file is read in a separate process.
    in_flight
        The number of files submitted before the first result is yielded; at least the number of
        workers.

    Yields
    ------
    surveyed
        One record per file.

    Raises
    ------
    ValueError
        If `in_flight` is less than 1.
    """
    if in_flight < 1:
        msg = f"in_flight is {in_flight}; it must be at least 1"
        raise ValueError(msg)
    files = data_files(paths)
    if executor is None:
        return _without_duplicates(_survey_file(str(file)) for file in files)
    return _without_duplicates(_Surveying(executor, in_flight).all(files))


def _survey_file(path: str) -> SurveyedOrganisation:
    """Return the figures of a file; errors are returned and not raised."""
    try:
        outcome = read(path)
        organisation = outcome.organisation
        if organisation is None:
            return SurveyedOrganisation(path=Path(path), problems=outcome.problems)
        return SurveyedOrganisation(
            path=Path(path),
            organisation_id=organisation.id,
            name=organisation.name,
            summary=summarise(spans(organisation)),
        )
    except Exception as error:
        return _failed(path, error)


def _failed(path: str, error: BaseException) -> SurveyedOrganisation:
    """Return the record of a file that failed, with the reason."""
    detail = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    what = message(N_("the file could not be worked on ({detail})"), detail=detail)
    right = message(N_("survey it alone; a worker may lack memory, or not see the file"))
    problem = Problem(Location(path), "not-surveyed", what, right)
    return SurveyedOrganisation(path=Path(path), problems=(problem,))


def _without_duplicates(
    surveyed: Iterable[SurveyedOrganisation],
) -> Generator[SurveyedOrganisation, None, None]:
    """Yield the records; a file with the id of an earlier one is rejected, as in the server."""
    first: dict[str, Path] = {}
    for one in surveyed:
        found = one.organisation_id
        problem = None if found is None else duplicate_problem(found, one.path, first)
        yield one if problem is None else SurveyedOrganisation(path=one.path, problems=(problem,))


class _Surveying:
    """A survey by an executor, with a separate process per file if the executor breaks."""

    def __init__(self, executor: Executor, in_flight: int) -> None:
        self._executor = executor
        self._in_flight = in_flight
        self._is_broken = False
        self._beside: ProcessPoolExecutor | None = None

    def all(self, files: Iterator[Path]) -> Iterator[SurveyedOrganisation]:
        """Yield every file's record in order; pending work is cancelled if the survey is closed."""
        waiting: deque[tuple[str, Future[SurveyedOrganisation] | None]] = deque()
        try:
            waiting.extend(map(self._submit, islice(files, self._in_flight)))
            while waiting:
                path, future = waiting.popleft()
                yield self._result(path, future)
                waiting.extend(map(self._submit, islice(files, 1)))
        finally:
            for _path, future in waiting:
                if future is not None:
                    future.cancel()
            if self._beside is not None:
                self._beside.shutdown(wait=False, cancel_futures=True)

    def _submit(self, file: Path) -> tuple[str, Future[SurveyedOrganisation] | None]:
        path = str(file)
        if self._is_broken:
            return path, None
        try:
            return path, self._executor.submit(_survey_file, path)
        except BrokenExecutor:
            self._is_broken = True
            return path, None

    def _result(
        self, path: str, future: Future[SurveyedOrganisation] | None
    ) -> SurveyedOrganisation:
        if future is None:
            return self._alone(path)
        try:
            return future.result()
        except BrokenExecutor:
            # A worker that dies breaks the whole pool, including files that it never read.
            self._is_broken = True
            return self._alone(path)
        except Exception as error:
            return _failed(path, error)

    def _alone(self, path: str) -> SurveyedOrganisation:
        """Return a file's record from a separate process, which may die."""
        if self._beside is None:
            context = multiprocessing.get_context("spawn")
            self._beside = ProcessPoolExecutor(max_workers=1, mp_context=context)
        try:
            return self._beside.submit(_survey_file, path).result()
        except BrokenExecutor as error:
            self._beside.shutdown(wait=False)
            self._beside = None
            return _failed(path, error)
