"""The server as the command starts it: what it takes, and what it says of what it does not."""

import html
import http.client
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"
COMMAND = Path(sys.executable).with_name("orgmodel")


@pytest.fixture
def port():
    """The port of a server in a process of its own."""
    with subprocess.Popen(
        [COMMAND, "serve", DATA, "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            yield int(server.stdout.readline().strip().rstrip("/").rpartition(":")[2])
        finally:
            server.terminate()


@pytest.mark.parametrize("address", ["/", "/aalborg/present/slides"])
def test_what_no_page_takes_is_refused_before_it_is_sent(port, address):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest("POST", address)
    connection.putheader("Content-Length", str(51 * 2**20))
    connection.endheaders()

    assert connection.getresponse().status == 413


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", ("Det er for stort", "større, end serveren tager imod", "Gå tilbage")),
        ("en", ("This is too large", "larger than this server takes", "Go back")),
    ],
)
def test_what_is_too_large_is_told_in_words(client, language, words):
    answer = client.post(
        f"/aalborg/present/slides?lang={language}",
        data=b"0" * (50 * 2**20 + 1),
        content_type="multipart/form-data; boundary=x",
        headers={"Sec-Fetch-Site": "same-origin"},
    )

    assert answer.status_code == 413
    said = html.unescape(answer.get_data(as_text=True))
    for one in words:
        assert one in said
