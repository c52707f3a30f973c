"""Engines in separate processes: a crash fails one job only, and leaves no processes behind."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from orgmodel.drawing.measuring import FONTS
from orgmodel.engines.engine import Engine
from orgmodel.errors import EngineError

ROOT = Path(__file__).resolve().parents[3]
TEMPLATE = "#set page(width: 90pt, height: 40pt)\n#sys.inputs.word"
# Three loops of ten thousand turns each: years.
ENDLESS = "#" + 3 * "for turn in range(10000) {" + 3 * "}"
needs_signals = pytest.mark.skipif(os.name == "nt", reason="this system has no such signals")
needs_proc = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="this system does not tell of its processes"
)


def given(word="Ordet"):
    return {
        "template": TEMPLATE,
        "inputs": {"word": word},
        "fonts": str(FONTS),
        "kind": "pdf",
        "stamp": "2026-02-09T00:00:00+00:00",
    }


def made(engine, word="Ordet"):
    return engine.ask("typeset", lambda: given(word))


@pytest.fixture
def engine():
    found = Engine("pictures")
    yield found
    found._end()


def state(process_id):
    """The state of a process: R, S, T, Z; None if it does not exist."""
    try:
        text = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii")
    except OSError:
        return None
    return text.rpartition(")")[2].split()[0]


def wait_until(is_so):
    """Wait until a condition holds; the time limit of the suite ends an endless wait."""
    while not is_so():
        time.sleep(0.01)


def test_an_engine_is_started_when_it_is_needed_and_stays(engine):
    before = engine.process_id
    first = made(engine)
    process_id = engine.process_id
    assert first.startswith(b"%PDF")
    assert before is None
    assert process_id not in (None, os.getpid())
    assert made(engine) == first
    assert engine.process_id == process_id


def test_what_an_engine_refuses_is_told_and_it_goes_on(engine):
    with pytest.raises(RuntimeError, match="word"):
        engine.ask("typeset", lambda: {**given(), "inputs": {}})
    process_id = engine.process_id
    assert made(engine).startswith(b"%PDF")
    assert engine.process_id == process_id


@needs_signals
@needs_proc
def test_an_engine_that_is_killed_at_work_fails_one_job(engine):
    made(engine)
    process_id = engine.process_id
    errors = []

    def ask():
        try:
            engine.ask("typeset", lambda: {**given(), "template": ENDLESS})
        except EngineError as error:
            errors.append(str(error))

    thread = threading.Thread(target=ask)
    thread.start()
    wait_until(lambda: state(process_id) == "R")
    os.kill(process_id, signal.SIGKILL)
    thread.join()

    assert errors == ["the program for pictures failed: it was ended by signal 9"]
    assert state(process_id) is None, "nobody asked how it ended"
    assert made(engine).startswith(b"%PDF")


@needs_signals
@needs_proc
def test_an_engine_that_ended_between_jobs_is_missed_by_nobody(engine):
    first = made(engine)
    process_id = engine.process_id
    os.kill(process_id, signal.SIGKILL)
    # Its first thread is over before all others are, and only then the process.
    os.waitid(os.P_PID, process_id, os.WEXITED | os.WNOWAIT)

    assert made(engine) == first
    assert engine.process_id != process_id


@needs_signals
def test_signals_to_a_whole_group_leave_the_end_to_who_asks(engine):
    first = made(engine)
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(engine.process_id, number)
    process_id = engine.process_id

    assert made(engine) == first
    assert engine.process_id == process_id


def test_a_job_that_is_broken_off_spoils_no_other(engine, monkeypatch):
    first = made(engine)

    def interrupted(text):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("orgmodel.engines.engine.json.loads", interrupted)
        with pytest.raises(KeyboardInterrupt):
            made(engine, "Et andet ord")

    assert made(engine) == first


def test_threads_get_their_own(engine):
    words = [f"ord{number}" for number in range(6)]
    alone = [made(engine, word) for word in words]
    together = [None] * len(words)

    def ask(place):
        together[place] = made(engine, words[place])

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(len(words))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone
    assert len(set(alone)) == len(words)


def test_an_engine_that_cannot_be_started_says_why(engine, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    with pytest.raises(EngineError, match=r"the program for pictures failed: .*none"):
        made(engine)


def test_what_an_engine_says_before_it_ends_is_told(engine, monkeypatch, tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "import sys\nsys.stdin.readline()\nprint('no room left', file=sys.stderr)\nsys.exit(7)\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("orgmodel.engines.engine._PROGRAM", program)
    with pytest.raises(EngineError, match="it ended with code 7; no room left"):
        made(engine)


WATCHED = """
import runpy, sys, time
program = runpy.run_path("orgmodel/engines/program.py")
program["serve"].__globals__.update(
    LONGEST_SECONDS=1,
    JOBS={"hang": lambda: time.sleep(600), "print": lambda: print("noise") or b"made"},
)
program["main"]()
"""


def asked(*questions):
    """What a process with jobs of its own answers, and how it ends."""
    lines = "".join(json.dumps(one) + "\n" for one in (sys.path, *questions))
    return subprocess.run(
        [sys.executable, "-c", WATCHED],
        cwd=ROOT,
        input=lines.encode(),
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.mark.slow
def test_an_engine_that_never_answers_is_ended():
    ran = asked(["hang", {}], ["print", {}])
    assert ran.returncode == 1
    assert ran.stdout == b""
    assert ran.stderr.startswith(b"Timeout")


def test_what_an_engine_prints_is_no_answer():
    ran = asked(["print", {}])
    assert (ran.returncode, ran.stdout) == (0, b'{"size": 4}\nmade')
    assert ran.stderr == b"noise\n"


USER = """
import os, signal, sys, threading, time
from orgmodel.drawing.plots import plot_png
from orgmodel.drawing import plots
from orgmodel.exporting import pictures
from tests.orgmodel.engines.test_engine import made
plot_png({"data": {"values": []}, "mark": "bar", "encoding": {}})
made(pictures._engine)
ids = plots._engine.process_id, pictures._engine.process_id
print(*ids, flush=True)
"""


def user(end):
    """A process that used both engines and then does something else; give it, and their ids."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", USER + textwrap.dedent(end)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    return process, [int(one) for one in process.stdout.readline().split()]


@pytest.mark.slow
@needs_proc
@pytest.mark.parametrize(
    "end",
    [
        "",
        "sys.exit(3)",
        "os._exit(0)",
        "os.kill(os.getpid(), signal.SIGTERM); time.sleep(600)",
        "os.kill(os.getpid(), signal.SIGKILL)",
        # While an engine is at work.
        "os.kill(ids[0], signal.SIGSTOP)\n"
        "threading.Thread(target=plot_png, args=({'data': {'values': []}, 'mark': 'bar'},),\n"
        "    daemon=True).start()\n"
        "while not plots._engine._lock.locked(): time.sleep(0.01)\n"
        "os.kill(ids[0], signal.SIGCONT)\n"
        "os.kill(os.getpid(), signal.SIGKILL)",
    ],
    ids=["end", "exit", "at once", "SIGTERM", "SIGKILL", "SIGKILL at work"],
)
def test_no_engine_outlives_who_started_it(end):
    process, ids = user(end)
    _out, said = process.communicate()
    assert said == ""
    assert len(ids) == 2
    # The process that reaps orphans may take a while.
    wait_until(lambda: all(state(one) in (None, "Z") for one in ids))
