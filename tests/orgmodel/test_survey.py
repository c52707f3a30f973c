"""Surveys of many organisations: every executor returns the same, complete records."""

import multiprocessing
import os
import pickle
import shutil
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from orgmodel import load, spans, summarise, survey, surveying
from tests.builders import HEAD

DATA = Path(__file__).parents[2] / "data"
UNITS = "units: [{id: a, name: A, kind: k, leader: {id: l, title: L, holder: Nora Nørgaard}}]\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with four good files, a broken one, and one with the id of another."""
    for path in DATA.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    (tmp_path / "broken.yaml").write_text("organisation: broken\nas_off: 2026\n")
    (tmp_path / "copy.yaml").write_text((tmp_path / "aalborg.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "notes.txt").write_text("no data")
    return tmp_path


def small(folder, names):
    """Write small organisations; return their paths."""
    for name in names:
        (folder / f"{name}.yaml").write_text(
            HEAD.replace("test", name).replace("Test", name.upper()) + UNITS, encoding="utf-8"
        )
    return [folder / f"{name}.yaml" for name in names]


@contextmanager
def processes():
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        yield pool


@contextmanager
def dask(*, processes):
    """Workers of Dask: two threads of this process, or another process, without the dashboard's server."""
    from distributed import Client, LocalCluster  # noqa: PLC0415 - slow to import

    with (
        LocalCluster(
            n_workers=1,
            threads_per_worker=1 if processes else 2,
            processes=processes,
            dashboard_address=None,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client.get_executor()


EXECUTORS: dict[str, Any] = {
    "threads": lambda: ThreadPoolExecutor(3),
    "processes": processes,
    "dask threads": lambda: dask(processes=False),
    "dask processes": lambda: dask(processes=True),
}


class Recording(Executor):
    """Does the work at once, and notes what it was given."""

    def __init__(self):
        self.given = []

    def submit(self, fn, /, *args, **kwargs):
        self.given.append(args)
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class TestRecords:
    @pytest.mark.slow
    def test_are_in_the_order_of_the_files_with_every_problem(self, folder):
        found = list(survey([folder]))
        read = {one.path.stem: one.organisation_id for one in found}
        good = {name: name for name in ("aalborg", "ballerup", "silkeborg", "skanderborg")}
        assert read == {**good, "broken": None, "copy": None}
        assert list(read) == sorted(read)
        assert {problem.code for problem in found[2].problems} == {"missing-key", "unknown-key"}
        (problem,) = found[3].problems
        assert problem.code == "duplicate-organisation"
        assert str(folder / "aalborg.yaml")[:70] in problem.line("en")

    def test_hold_the_figures_of_the_organisation(self):
        (found,) = survey([DATA / "aalborg.yaml"])
        assert found.summary == summarise(spans(load(DATA / "aalborg.yaml")))
        assert found.name is not None
        assert found.name.da == "Aalborg Kommune, Job og Social"

    def test_hold_nobodys_name_and_are_small(self, tmp_path):
        (found,) = survey(small(tmp_path, ["a"]))
        carried = pickle.dumps(found)
        assert b"Nora" not in carried
        assert len(carried) < 4_000

    @pytest.mark.slow
    @pytest.mark.parametrize("name", EXECUTORS)
    def test_are_the_same_whoever_does_the_work(self, folder, name):
        with EXECUTORS[name]() as executor:
            assert list(survey([folder], executor=executor)) == list(survey([folder]))

    def test_a_file_is_read_once_whoever_names_it(self):
        assert len(list(survey([DATA / "aalborg.yaml", DATA, str(DATA / "aalborg.yaml")]))) == 4

    def test_an_empty_folder_has_none(self, tmp_path):
        assert list(survey([tmp_path])) == []
        with ThreadPoolExecutor() as pool:
            assert list(survey([tmp_path], executor=pool)) == []

    @pytest.mark.parametrize("path", ["nope.yaml", "nul\0.yaml", "."])
    def test_what_is_no_file_is_a_problem(self, tmp_path, path):
        (tmp_path / "d.yaml").mkdir()
        paths = [tmp_path / path] if path != "." else [tmp_path]
        (found,) = survey(paths)
        assert found.problems


class TestOrderAndLaziness:
    def test_nothing_is_read_before_it_is_asked_for(self, tmp_path):
        paths = iter(small(tmp_path, "abc"))
        found = survey(paths)
        assert next(found).organisation_id == "a"
        assert [path.stem for path in paths] == ["b", "c"]

    def test_no_more_than_so_many_are_in_flight(self, tmp_path):
        paths = iter(small(tmp_path, "abcdefgh"))
        executor = Recording()
        found = survey(paths, executor=executor, in_flight=3)
        assert next(found).organisation_id == "a"
        assert len(executor.given) == 3
        assert next(found).organisation_id == "b"
        assert len(executor.given) == 4
        assert [one.organisation_id for one in found] == list("cdefgh")

    def test_without_end(self, tmp_path):
        (path,) = small(tmp_path, ["a"])

        def endless():
            n = 0
            while True:
                yield tmp_path / f"missing-{n}.yaml" if n else path
                n += 1

        with ThreadPoolExecutor(2) as pool:
            found = survey(endless(), executor=pool, in_flight=4)
            assert next(found).organisation_id == "a"
            assert next(found).problems[0].code == "not-found"
            found.close()

    def test_the_first_comes_first_though_it_is_the_last_to_be_ready(self, tmp_path):
        class Backwards(Recording):
            def submit(self, fn, /, *args, **kwargs):
                future: Future[Any] = Future()
                self.given.append((future, fn, args))
                if len(self.given) == 3:
                    for waiting, act, given in reversed(self.given):
                        waiting.set_result(act(*given))
                return future

        found = survey(small(tmp_path, "abc"), executor=Backwards())
        assert [one.organisation_id for one in found] == list("abc")

    def test_what_is_under_way_is_called_off(self, tmp_path):
        class Waiting(Recording):
            def submit(self, fn, /, *args, **kwargs):
                future = Future() if self.given else super().submit(fn, *args)
                self.given.append(future)
                return future

        executor = Waiting()
        found = survey(small(tmp_path, "abc"), executor=executor)
        next(found)
        found.close()
        assert all(future.cancelled() for future in executor.given[2:])

    def test_at_least_one_is_in_flight(self):
        with pytest.raises(ValueError, match="in_flight"):
            survey([DATA], in_flight=0)


def dies_of_b(path):
    """Stands for a file that takes its worker down."""
    if Path(path).stem == "b":
        os._exit(3)
    return surveying.SurveyedOrganisation(path=Path(path), organisation_id=Path(path).stem)


class TestWhatGoesWrong:
    @pytest.mark.slow
    def test_a_worker_that_dies_costs_only_its_own_file(self, tmp_path, monkeypatch):
        monkeypatch.setattr(surveying, "_survey_file", dies_of_b)
        with processes() as pool:
            found = list(survey(small(tmp_path, "abcd"), executor=pool, in_flight=2))
        assert [one.organisation_id for one in found] == ["a", None, "c", "d"]
        (problem,) = found[1].problems
        assert problem.code == "not-surveyed"
        assert "BrokenProcessPool" in problem.line("en")

    def test_an_executor_that_raises_is_told(self, tmp_path):
        class Failing(Recording):
            def submit(self, fn, /, *args, **kwargs):
                future = super().submit(fn, *args)
                if len(self.given) == 2:
                    future = Future()
                    future.set_exception(MemoryError())
                return future

        found = list(survey(small(tmp_path, "abc"), executor=Failing()))
        assert [one.organisation_id for one in found] == ["a", None, "c"]
        assert "(MemoryError)" in found[1].problems[0].line("en")

    def test_so_is_what_goes_wrong_with_the_figures(self, tmp_path, monkeypatch):
        def wrong(_organisation):
            raise RecursionError("too deep")

        monkeypatch.setattr(surveying, "spans", wrong)
        (found,) = survey(small(tmp_path, ["a"]))
        assert "(RecursionError: too deep)" in found.problems[0].line("en")
