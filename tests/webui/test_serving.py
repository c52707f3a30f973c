"""The server process: load, shutdown and output."""

import asyncio
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path

import pytest

from orgmodel.files import write_whole
from tests.builders import HEAD
from tests.conftest import DATA
from tests.series import series
from webui import create_app
from webui.limits import LARGE_BODIES_AT_ONCE, LARGEST_BODY, SMALL_BODY
from webui.server.gateway import Gateway

COMMAND = Path(sys.executable).with_name("orgmodel")
PATIENCE = 120
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are sent as Unix has them")


class Server:
    """A server in a process of its own, with the processes that it starts."""

    def __init__(self, process):
        self.process = process
        line = process.stdout.readline()
        assert line.startswith("serving "), line
        self.port = int(line.strip().rstrip("/").rpartition(":")[2])

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def get(self, path, **headers):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as one:
            one.request("GET", path, headers=headers)
            answer = one.getresponse()
            return answer, answer.read()

    def status(self, path="/silkeborg/"):
        return self.get(path)[0].status

    def workers(self):
        """The processes that answer, which are those that listen."""
        found = []
        for pid in children_of(self.process.pid):
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            if b"spawn_main" in command:
                found.append(pid)
        return found

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def children_of(pid):
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


@contextmanager
def running(tmp_path, *options, data=DATA / "silkeborg.yaml"):
    command = [COMMAND, "serve", data, "--port", "0", "--cache", tmp_path / "cache", *options]
    with subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Server(process)
        finally:
            process.kill()
            process.wait(PATIENCE)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(tmp_path_factory.mktemp("server")) as one, one.connect() as one.silent:
        yield one


def is_gone(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


def catches(pid, number):
    """Whether a process does something of its own about a signal."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    mask = next(line for line in lines if line.startswith("SigCgt:")).split()[1]
    return bool(int(mask, 16) >> (number - 1) & 1)


def eventually(holds):
    for _n in range(PATIENCE * 20):
        if holds():
            return True
        time.sleep(0.05)
    return False


class TestConnections:
    @series(sample=1, full=5)
    def test_idle_and_half_sent_ones_keep_nobody_out(self, server, seeds):
        idle, half = (2000, 500) if len(seeds) == 1 and seeds[0] > 0 else (600, 200)
        opened = []
        try:
            for _n in range(idle):
                opened.append(server.connect())
                opened[-1].sendall(b"GET /-/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            for one in opened:
                assert one.recv(12) == b"HTTP/1.1 200"
            for n in range(half):
                opened.append(server.connect())
                body = b"POST /silkeborg/embeds HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nv"
                opened[-1].sendall(b"GET / HTTP/1.1\r\nHost: 127." if n % 2 else body)
            assert [server.status() for _n in range(5)] == [200] * 5
        finally:
            for one in opened:
                one.close()

    def test_one_that_is_used_again_is_kept(self, server):
        with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as one:
            for _n in range(3):
                one.request("GET", "/silkeborg/")
                answer = one.getresponse()
                assert (answer.status, len(answer.read()) > 1000) == (200, True)
            assert one.sock is not None

    @pytest.mark.parametrize("head", ["X" * 500_000, "\0", "GET", "GET / HTTP/9.9\r\n\r\n"])
    def test_what_is_no_request_is_refused_and_the_server_lives(self, server, head):
        with server.connect() as one:
            one.sendall(head.encode("latin-1") + b"\r\n\r\n")
            assert one.recv(12) in {b"HTTP/1.1 400", b"HTTP/1.1 431", b""}
        assert server.status() == 200

    def test_two_hosts_in_one_request_are_none(self, server):
        with server.connect() as one:
            one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")
            assert one.recv(12) == b"HTTP/1.1 400"

    def test_headers_are_read_as_they_were_sent(self, server):
        answer, content = server.get(
            "/silkeborg/s%C3%B8g/%2e%2e?lang=en", X_Forwarded_For="1.2.3.4"
        )
        assert answer.status == 404
        assert b"Page not found" in content
        assert answer.headers["Server"] == "orgmodel"

    @pytest.mark.parametrize("address", ["/", "/silkeborg/present/slides"])
    def test_what_no_page_takes_is_refused_before_it_is_sent(self, server, address):
        with closing(
            http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        ) as one:
            one.putrequest("POST", address)
            one.putheader("Content-Length", str(51 * 2**20))
            one.endheaders()
            assert one.getresponse().status == 413


async def asked(app, *messages, headers=(), path="/"):
    """What an ASGI server would be sent for a request that comes in these pieces."""
    waiting, sent = list(messages), []

    async def receive():
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": path, "query_string": b"lang=en",
        "http_version": "1.1", "scheme": "http", "headers": [(b"host", b"localhost"), *headers],
        "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    await app(scope, receive, send)
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:])


def piece(body, *, more=True):
    return {"type": "http.request", "body": body, "more_body": more}


@pytest.fixture(scope="module")
def one_app():
    return create_app({"DATA_PATHS": (DATA / "silkeborg.yaml",)})


class TestBodies:
    def test_one_that_stops_in_the_middle_is_told_so(self, one_app):
        status, page = asyncio.run(asked(Gateway(one_app, seconds=0.01), piece(b"view=")))
        assert status == HTTPStatus.REQUEST_TIMEOUT
        assert b"did not arrive in time" in page

    def test_one_that_is_given_up_is_not_answered_with_half_of_it(self, one_app):
        gone = {"type": "http.disconnect"}
        status, _page = asyncio.run(asked(Gateway(one_app), piece(b"view="), gone))
        assert status == HTTPStatus.BAD_REQUEST

    def test_one_without_a_length_is_refused_where_it_grows_too_large(self, one_app):
        pieces = [piece(b"x" * 2**20)] * (LARGEST_BODY // 2**20)
        status, _page = asyncio.run(asked(Gateway(one_app), *pieces))
        assert status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def test_only_a_few_large_ones_are_taken_at_a_time(self, one_app):
        gate = Gateway(one_app, seconds=30)
        large, small = piece(b"x" * (SMALL_BODY + 1)), piece(b"x")

        async def ask_all():
            slow = [asyncio.create_task(asked(gate, large)) for _n in range(LARGE_BODIES_AT_ONCE)]
            await asyncio.sleep(0)
            one_more = await asked(gate, large)
            form = await asked(gate, piece(b"x", more=False))
            for one in slow:
                one.cancel()
            await asyncio.gather(*slow, return_exceptions=True)
            return one_more, form, await asked(gate, large, piece(b"", more=False)), small

        one_more, form, afterwards, _small = asyncio.run(ask_all())
        assert one_more[0] == HTTPStatus.SERVICE_UNAVAILABLE
        assert form[0] == HTTPStatus.METHOD_NOT_ALLOWED
        assert afterwards[0] == HTTPStatus.METHOD_NOT_ALLOWED

    def test_headers_with_an_underscore_are_not_taken_for_those_with_a_hyphen(self):
        def app(environ, start_response):
            start_response("200 OK", [])
            return [environ.get("HTTP_X_FORWARDED_FOR", "none").encode()]

        headers = [(b"x_forwarded_for", b"192.0.2.1")]
        waiting = asked(Gateway(app), piece(b"", more=False), headers=headers)
        assert asyncio.run(waiting) == (200, b"none")


class TestEnding:
    @pytest.mark.slow
    def test_requests_in_flight_are_answered_and_all_processes_end(self, tmp_path):
        with running(tmp_path, "--workers", "2") as one:
            assert one.status() == 200
            workers = one.workers()
            assert len(workers) == 2
            opened = [one.connect() for _n in range(8)]
            for each in opened:
                path = "/silkeborg/present/files/pptx?cut=whole"
                each.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            # What a connection was accepted for is in flight; the last byte of it may be on its way.
            assert eventually(lambda: all(map(is_taken, opened)))
            assert one.end() == 0
            for each in opened:
                assert each.recv(12) == b"HTTP/1.1 200"
                each.close()
            assert all(map(is_gone, workers))

    @pytest.mark.slow
    def test_a_second_signal_ends_it_at_once(self, tmp_path):
        with running(tmp_path) as one:
            assert one.status() == 200
            workers = one.workers()
            with one.connect() as slow:
                # A form that never comes keeps the first signal waiting.
                slow.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nv")
                assert eventually(lambda: is_taken(slow))
                one.process.send_signal(signal.SIGTERM)
                # Two simultaneous signals count as one.
                assert eventually(lambda: not catches(one.process.pid, signal.SIGTERM))
                assert one.end(signal.SIGINT) == -signal.SIGINT
            assert eventually(lambda: all(map(is_gone, workers)))

    @series(sample=1, full=40)
    def test_processes_end_with_the_one_that_started_them(self, tmp_path, seeds):
        for seed in seeds:
            chance = random.Random(seed)  # noqa: S311 - nobody's secret
            with running(tmp_path) as one:
                if chance.random() < 0.7:
                    assert one.status() == 200
                workers = one.workers()
                time.sleep(chance.random() / 5)
                one.process.kill()
                assert workers
                assert eventually(lambda workers=workers: all(map(is_gone, workers)))

    @series(sample=1, full=20)
    def test_a_process_that_dies_is_started_anew(self, tmp_path, seeds):
        for _seed in seeds:
            with running(tmp_path, "--workers", "2") as one:
                first = one.workers()
                os.kill(first[0], signal.SIGKILL)
                assert eventually(
                    lambda first=first, one=one: len({*one.workers()} - {*first}) == 1
                )
                assert one.end() == 0

    @series(sample=1, full=100)
    def test_a_kill_while_the_cache_is_written_costs_nothing(self, tmp_path, seeds):
        for seed in seeds:
            chance = random.Random(seed)  # noqa: S311 - nobody's secret
            data = tmp_path / "data" / "test.yaml"
            data.parent.mkdir(exist_ok=True)
            units = "".join(
                f"  - {{id: u{n}, name: Enhed {n}, kind: a, leader: {{id: l{n}, title: T{seed}}}}}\n"
                for n in range(300)
            )
            write_whole(data, f"{HEAD}units:\n{units}".encode(), force=True)
            with running(tmp_path, data=data) as one:
                time.sleep(chance.random() / 2)
                one.process.kill()
            with running(tmp_path, data=data) as one:
                answer, content = one.get("/test/positions/l7")
                assert answer.status == 200
                assert f"T{seed}".encode() in content
                assert not [path for path in (tmp_path / "cache").rglob(".*") if path.is_file()]


def is_taken(connection):
    """Whether the server has taken all that was sent to it."""
    import fcntl  # noqa: PLC0415 - not on every platform
    import struct  # noqa: PLC0415
    import termios  # noqa: PLC0415

    waiting = fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, b"\0" * 4)
    return struct.unpack("i", waiting)[0] == 0


class TestStarting:
    def test_a_port_that_another_has_is_told(self, server, tmp_path):
        command = [COMMAND, "serve", DATA, "--port", str(server.port), "--cache", tmp_path]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        assert found.returncode == 1
        assert f"cannot listen on 127.0.0.1:{server.port}" in found.stderr
        assert server.status() == 200

    @pytest.mark.slow
    def test_files_with_errors_are_in_the_log(self, tmp_path):
        (tmp_path / "bad.yaml").write_text("organisation: bad\nunitz: 1\n")
        with running(tmp_path, data=tmp_path / "bad.yaml") as one:
            assert one.status("/bad/") == 422
            assert one.end() == 0
            assert "unknown-key" in one.process.stderr.read()

    def test_requests_are_in_the_access_log(self, tmp_path):
        with running(tmp_path, "--access-log", "common") as one:
            assert one.status("/silkeborg/search?q=Jensen") == 200
            assert one.end() == 0
            (line,) = one.process.stdout.read().splitlines()
            assert '"GET /silkeborg/search?q=- HTTP/1.1" 200' in line

    @pytest.mark.slow
    def test_one_of_several_processes_reads_and_all_answer(self, tmp_path):
        with running(tmp_path, "--workers", "3") as one:
            assert {one.status() for _n in range(30)} == {200}
            assert one.get("/-/ready")[0].status == 200


@pytest.mark.slow
def test_a_connection_that_says_nothing_is_closed(server):
    # It was opened with the server: here, at the end, its time is mostly over.
    assert server.silent.recv(1) == b""
