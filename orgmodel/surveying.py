"""Many organisations, one after the other or on any number of machines: the figures of each.

A file is read, counted and let go where the work is done; what comes back is a small record that
any executor can carry. No record holds a person's name, unless a problem quotes it from the file.
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
from orgmodel.files import shown_name
from orgmodel.model.findings import Location, Problem
from orgmodel.reading.loading import data_files, read
from orgmodel.reading.problems import START, ProblemList
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from concurrent.futures import Executor

    from orgmodel.model.names import Text

IN_FLIGHT = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyedOrganisation:
    """What a survey tells of one file.

    Attributes
    ----------
    path
        The file.
    organisation_id, name, summary
        The organisation and its figures; None where the file has problems.
    problems
        Everything that is wrong with the file, or why it could not be surveyed.
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

    Nothing is raised for a file: one that is wrong, one with the id of an earlier one and one whose
    worker died come back with their problems, and the others with their figures.

    Parameters
    ----------
    paths
        Files and folders; a folder stands for the YAML files right in it, by name. A file that was
        met before is left out. They are taken one by one, as they are needed.
    executor
        What does the work: anything with the `submit` of `concurrent.futures`, such as a process
        pool or the executor of a Dask client, whose workers see the same files. None works in this
        process. It is not shut down. Where it breaks, each file that is left is read in a process
        beside this one.
    in_flight
        How many files are given to the executor before the first of them is yielded; at least one
        for every worker.

    Yields
    ------
    surveyed
        One record a file.

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
    """Return the figures of a file; whatever goes wrong is told and not raised."""
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
    """Return a file with the reason why nothing is known of it."""
    detail = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    what = message(N_("the file could not be worked on ({detail})"), detail=detail)
    right = message(N_("survey it alone; a worker may lack memory, or not see the file"))
    problem = Problem(Location(path), "not-surveyed", what, right)
    return SurveyedOrganisation(path=Path(path), problems=(problem,))


def _without_duplicates(
    surveyed: Iterable[SurveyedOrganisation],
) -> Generator[SurveyedOrganisation, None, None]:
    """Yield the records; a second file with the id of a first is refused, as where files are served."""
    first: dict[str, str] = {}
    for one in surveyed:
        if one.organisation_id is not None:
            other = first.setdefault(one.organisation_id, str(one.path))
            if other != str(one.path):
                problems = ProblemList(str(one.path))
                problems.add(
                    START,
                    "duplicate-organisation",
                    id=one.organisation_id,
                    other=shown_name(other),
                )
                yield SurveyedOrganisation(path=one.path, problems=problems.sorted())
                continue
        yield one


class _Surveying:
    """A survey by an executor, and in a process beside this one where that breaks."""

    def __init__(self, executor: Executor, in_flight: int) -> None:
        self._executor = executor
        self._in_flight = in_flight
        self._is_broken = False
        self._beside: ProcessPoolExecutor | None = None

    def all(self, files: Iterator[Path]) -> Iterator[SurveyedOrganisation]:
        """Yield every file's record in order; what is under way is called off with the survey."""
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
            # One worker that dies takes the whole pool along, with files that it never looked at.
            self._is_broken = True
            return self._alone(path)
        except Exception as error:
            return _failed(path, error)

    def _alone(self, path: str) -> SurveyedOrganisation:
        """Return a file's record from a process of its own, which may die of it."""
        if self._beside is None:
            context = multiprocessing.get_context("spawn")
            self._beside = ProcessPoolExecutor(max_workers=1, mp_context=context)
        try:
            return self._beside.submit(_survey_file, path).result()
        except BrokenExecutor as error:
            self._beside.shutdown(wait=False)
            self._beside = None
            return _failed(path, error)
