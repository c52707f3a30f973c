"""Heavy work: one job at a time, a bounded queue, and a message when it is full."""

import contextvars
import html
import http.client
import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pptx import Presentation

from orgmodel.drawing import plots as drawing
from orgmodel.engines.engine import Engine
from orgmodel.exporting import pictures
from tests.clients import OWN, asked, missing
from webui import limits
from webui.pages.present import routes as presentations
from webui.pages.spans import page as spans_page
from webui.pages.spans import routes as span_views
from webui.server.jobs import FILES, PLOTS, BusyError, JobQueue

ROOT = Path(__file__).parents[2]
BUSY = {
    "da": ("Serveren har travlt", "Prøv igen om 20 sekunder"),
    "en": ("The server is busy", "Try again in 20 seconds"),
}
STOPPED = {
    "da": ("Det kan ikke laves lige nu", "stoppede, før det var færdigt"),
    "en": ("This cannot be made just now", "stopped before it was done"),
}
WITHOUT_PLOTS = {
    "da": "Graferne kan ikke tegnes lige nu",
    "en": "The plots cannot be drawn just now",
}
said = contextvars.ContextVar[str]("said")


def words(answer):
    return html.unescape(answer.get_data(as_text=True))


def asking(queue, work, found):
    """A thread that has a job done and notes what came of it."""

    def ask():
        try:
            found.append(queue.do(work))
        except BusyError:
            found.append(BusyError)

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


@contextmanager
def occupied(queue, waiting):
    """Have a job in the works that does not end before this does, and so many waiting behind it."""
    has_begun, may_end = threading.Event(), threading.Event()

    def work():
        has_begun.set()
        may_end.wait()

    threads = [asking(queue, work, [])]
    has_begun.wait()
    threads += [asking(queue, int, []) for _ in range(waiting)]
    while queue._jobs.qsize() < waiting:
        time.sleep(0.001)
    try:
        yield
    finally:
        may_end.set()
        for thread in threads:
            thread.join()


class TestQueue:
    def test_jobs_are_done_one_at_a_time_and_in_order(self):
        queue = JobQueue("things", waiting=9, seconds=600)
        steps: list[tuple[str, int, threading.Thread]] = []
        threads: list[threading.Thread] = []
        found: list[int] = []

        def job(number):
            def work():
                steps.append(("begins", number, threading.current_thread()))
                steps.append(("ends", number, threading.current_thread()))
                return number

            return work

        with occupied(queue, 0):
            for number in range(9):
                threads.append(asking(queue, job(number), found))
                while queue._jobs.qsize() <= number:
                    time.sleep(0.001)
        for thread in threads:
            thread.join()

        expected = [(step, number) for number in range(9) for step in ("begins", "ends")]
        assert [(step, number) for step, number, _thread in steps] == expected
        assert sorted(found) == list(range(9))
        # One thread keeps memory for the next time; the process does not wait for it to end.
        (thread,) = {thread for _step, _number, thread in steps}
        assert thread.daemon

    @pytest.mark.parametrize("waiting", [0, 3])
    def test_one_too_many_is_refused_at_once(self, waiting):
        queue = JobQueue("things", waiting=waiting, seconds=600)
        with occupied(queue, waiting), pytest.raises(BusyError, match="too many things"):
            queue.do(pytest.fail)
        assert queue.do(lambda: "room again") == "room again"

    def test_who_waits_too_long_is_refused_and_nothing_is_made_for_them(self):
        queue = JobQueue("things", waiting=1, seconds=0.01)
        made = []
        with occupied(queue, 0), pytest.raises(BusyError):
            queue.do(lambda: made.append("nobody waits for it"))
        assert queue.do(lambda: "next") == "next"
        assert made == []

    def test_what_has_begun_is_waited_for(self):
        queue = JobQueue("things", waiting=0, seconds=0.01)
        assert queue.do(lambda: threading.Event().wait(0.2)) is False

    def test_what_a_job_raises_is_raised_and_the_next_is_done(self):
        queue = JobQueue("things", waiting=0, seconds=600)
        for error in (ValueError("wrong"), TimeoutError("of the job's own"), SystemExit()):

            def work(error=error):
                raise error

            with pytest.raises(type(error)):
                queue.do(work)
        assert queue.do(lambda: "next") == "next"

    def test_a_job_sees_what_its_caller_sees_and_may_ask_for_more(self):
        queue = JobQueue("things", waiting=0, seconds=600)
        said.set("by the caller")
        assert queue.do(lambda: queue.do(said.get)) == "by the caller"

    def test_what_was_done_lately_waits_for_nobody(self, monkeypatch):
        monkeypatch.setattr("webui.server.jobs.ADDRESSES_KEPT", 2)
        queue = JobQueue("things", waiting=0, seconds=600)
        for key in "abc":
            assert queue.do_once(key, key.upper) == key.upper()
        with occupied(queue, 0):
            assert queue.do_once("c", lambda: "at once") == "at once"
            with pytest.raises(BusyError):
                queue.do_once("a", pytest.fail)

    def test_what_failed_waits_again(self):
        queue = JobQueue("things", waiting=0, seconds=600)
        with pytest.raises(ZeroDivisionError):
            queue.do_once("a", lambda: 1 // 0)
        with occupied(queue, 0), pytest.raises(BusyError):
            queue.do_once("a", pytest.fail)


def check_later(answer):
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == str(limits.SECONDS_TO_RETRY)


def check_busy(answer, language):
    check_later(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    if not answer.is_json:
        assert missing(BUSY[language], words(answer)) == []


@pytest.mark.parametrize("language", ["da", "en"])
class TestFullQueueOfFiles:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        "address",
        [
            *(f"/aalborg/present/files/{one}?post=direktoer" for one in ("pptx", "pdf")),
            *(f"/aalborg/present/files/{one}" for one in ("png", "html")),
            "/aalborg/spans.xlsx?unit=job-og-social",
        ],
    )
    def test_a_file_is_refused_with_words_and_when_to_come_again(self, client, language, address):
        with occupied(FILES, limits.FILES_WAITING):
            answer = client.get(asked(address, f"lang={language}"))
        check_busy(answer, language)
        assert answer.mimetype == "text/html"
        (again,) = re.findall(r'<a class="button button-main" href="([^"]*)"', words(answer))
        assert client.get(again).status_code == 200
        assert again.startswith(address.partition("?")[0])

    def test_slides_from_a_template_are_refused_too(self, client, language):
        template = io.BytesIO()
        Presentation().save(template)
        with occupied(FILES, limits.FILES_WAITING):
            answer = client.post(
                f"/aalborg/present/slides?lang={language}",
                data={"template": (io.BytesIO(template.getvalue()), "t.pptx")},
                headers=OWN,
            )
        check_busy(answer, language)

    @pytest.mark.slow
    def test_pages_small_data_and_plots_do_not_wait(self, client, language):
        with occupied(FILES, limits.FILES_WAITING):
            for address in (
                "/",
                "/aalborg/",
                "/aalborg/present",
                "/aalborg/spans",
                "/api/v1/organisations/aalborg/spans",
                "/aalborg/spans/tables/leaders.csv",
                *(f"/aalborg/present/files/{one}" for one in ("svg", "csv", "json", "dot")),
            ):
                answer = client.get(address, query_string={"lang": language})
                assert answer.status_code == 200, address

    def test_large_data_wait_and_programs_are_told_so(self, client, language, monkeypatch):
        monkeypatch.setattr(presentations, "ROWS_AT_ONCE", 10)
        monkeypatch.setattr(span_views, "ROWS_AT_ONCE", 10)
        for address in (
            "/aalborg/present/files/csv",
            "/aalborg/spans/tables/leaders.csv",
            "/aalborg/present/files/json",
        ):
            with occupied(FILES, limits.FILES_WAITING):
                answer = client.get(
                    address,
                    query_string={"lang": language},
                    headers={"Accept": "application/json" if address.endswith("json") else "*/*"},
                )
            check_busy(answer, language)
        told = answer.get_json()
        assert (told["ok"], told["status"], told["error"]) == (False, 503, BUSY[language][0])
        assert BUSY[language][1] in told["message"]


@pytest.fixture
def undrawn():
    """Nothing was drawn or asked for yet."""
    spans_page._svg.cache_clear()
    PLOTS._light.clear()


class TestFullQueueOfPlots:
    def test_what_was_asked_for_lately_is_shown_and_the_rest_comes_again(self, client, undrawn):
        known = "/aalborg/spans?lang=en"
        plot = "/aalborg/spans/plots/bands.svg?lang=en"
        for address in (known, plot):
            assert client.get(address).status_code == 200
        with occupied(PLOTS, limits.PLOTS_WAITING):
            assert client.get(known).get_data(as_text=True).count("<svg") == 8
            assert client.get(plot).status_code == 200
            for address in (
                "/aalborg/spans?lang=en&fit-care=3-7",
                "/aalborg/spans/plots/bands.png?lang=en",
                "/ballerup/spans/plots/bands.svg?lang=en",
            ):
                check_busy(client.get(address), "en")
            for address in ("/aalborg/", "/aalborg/spans.xlsx", "/spans/compare"):
                assert client.get(address).status_code == 200


@pytest.fixture
def failing(monkeypatch, tmp_path):
    """Both engines end before they answer, until the function that is given is called."""
    program = tmp_path / "program.py"
    program.write_text("import sys\nsys.stdin.readline()\nsys.exit(7)\n", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr("orgmodel.engines.engine._PROGRAM", program)
        for module, name in ((drawing, "plots"), (pictures, "pictures")):
            patched.setattr(module, "_engine", Engine(name))
        yield patched.undo


@pytest.mark.parametrize("language", ["da", "en"])
class TestFailingEngine:
    def test_a_page_comes_without_plots_and_says_so(
        self, client, undrawn, failing, language, caplog
    ):
        address = f"/aalborg/spans?lang={language}"
        answer = client.get(address)
        content = words(answer)
        assert answer.status_code == 200
        assert WITHOUT_PLOTS[language] in content
        # Only the signs of the site and of the menu are drawn; every number is in sight.
        assert content.count("<svg") == 3
        assert content.count('<details class="plot-table" open>') == 5
        assert "spans/plots/" not in content
        assert answer.headers["Cache-Control"] == "no-store"
        (record,) = caplog.records
        assert "the program for plots failed: it ended with code 7" in record.getMessage()

        failing()
        content = words(client.get(address))
        assert content.count("<svg") == 8
        assert WITHOUT_PLOTS[language] not in content
        assert '<details class="plot-table" open>' not in content

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "address",
        [
            "/aalborg/present/files/png",
            "/aalborg/present/files/pdf",
            "/aalborg/spans/plots/bands.png",
        ],
    )
    def test_a_file_is_not_made_and_the_page_says_why(
        self, client, undrawn, failing, language, address
    ):
        answer = client.get(address, query_string={"lang": language})
        check_later(answer)
        assert missing(STOPPED[language], words(answer)) == []

        failing()
        answer = client.get(address, query_string={"lang": language})
        assert answer.status_code == 200
        assert answer.mimetype in {"image/png", "application/pdf"}


LITTLE_ROOM = """
import json, resource
resource.setrlimit(resource.RLIMIT_AS, (6_000_000 * 1024,) * 2)
from webui import create_app
client = create_app({"DATA_PATHS": ("data",)}).test_client()
found = {}
for address in ("spans?lang=da", "spans?lang=en", "spans/plots/bands.png", "present/files/pdf", ""):
    answer = client.get(f"/aalborg/{address}")
    text = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
    found[address] = answer.status_code, text.count("<svg"), text
print(json.dumps(found))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only there an address space has a limit")
def test_with_little_room_pages_come_without_plots_and_the_process_lives():
    ran = subprocess.run(
        [sys.executable, "-c", LITTLE_ROOM],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert {address: tuple(one[:2]) for address, one in found.items()} == {
        "spans?lang=da": (200, 3),
        "spans?lang=en": (200, 3),
        "spans/plots/bands.png": (503, 3),
        "present/files/pdf": (200, 0),
        "": (200, found[""][1]),
    }
    for language in ("da", "en"):
        assert WITHOUT_PLOTS[language] in html.unescape(found[f"spans?lang={language}"][2])


def engines_of(process_id):
    """The ids of the engines' processes below a process."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
            is_engine = b"engines/program.py" in path.with_name("cmdline").read_bytes()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1]), is_engine

    def is_below(one):
        return one == process_id or (one in parents and is_below(parents[one][0]))

    return [one for one, (_parent, is_engine) in parents.items() if is_engine and is_below(one)]


def status_of(port, address):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    with closing(connection):
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        return answer.status


# Each has a plot that none of the others has.
WITH_OWN_PLOTS = (
    "/ballerup/spans",
    "/silkeborg/spans",
    "/skanderborg/spans",
    "/aalborg/spans?unit=voksensocialafdelingen",
    "/aalborg/spans?unit=oevrige-voksencentre",
    "/aalborg/spans?unit=voksenvisitation",
    "/aalborg/spans?unit=rusmiddelafsnittet",
    "/aalborg/spans?unit=boerne-og-familieafdelingen",
    "/aalborg/spans?unit=familiegruppe-nord",
)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only there engines are found and halted")
def test_a_server_whose_queues_are_full_still_shows_pages():
    command = [str(Path(sys.executable).with_name("orgmodel")), "serve", "data", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment
    ) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline().strip().rstrip("/").rpartition(":")[2])
        for address in ("/aalborg/present/files/pdf", "/aalborg/spans"):
            assert status_of(port, address) == 200
        engines = engines_of(server.pid)
        assert len(engines) == 2
        for one in engines:
            os.kill(one, signal.SIGSTOP)
        # One more of each than there are places for.
        addresses = {
            "files": [
                f"/aalborg/present/files/pdf?depth={n + 1}"
                for n in range(limits.FILES_WAITING + 2)
            ],
            "plots": WITH_OWN_PLOTS[: limits.PLOTS_WAITING + 2],
        }
        found: dict[str, list[int]] = {kind: [] for kind in addresses}

        def ask(kind, address):
            found[kind].append(status_of(port, address))

        threads = [
            threading.Thread(target=ask, args=(kind, address))
            for kind, asked in addresses.items()
            for address in asked
        ]
        for thread in threads:
            thread.start()
        try:
            # While no engine works, the first answer is that the queue is full.
            while not all(found.values()):
                time.sleep(0.01)
            pages = ("/", "/aalborg/", "/aalborg/findings", "/aalborg/spans")
            assert [status_of(port, page) for page in pages] == [200] * len(pages)
        finally:
            for one in engines:
                os.kill(one, signal.SIGCONT)
            for thread in threads:
                thread.join()
            server.terminate()
        for kind, asked in addresses.items():
            assert (len(found[kind]), found[kind][0]) == (len(asked), 503)
            # On a slow machine others wait as long as anybody does, and are sent away then.
            assert (200 in found[kind], set(found[kind])) == (True, {200, 503})
    while set(engines) & set(engines_of(1)):
        time.sleep(0.01)
