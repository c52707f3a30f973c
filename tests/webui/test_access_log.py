"""The access log, which omits search texts."""

import asyncio
import json
import logging
import re

import pytest

from tests.conftest import DATA
from tests.webui.test_serving import asked, piece
from webui import create_app
from webui.server.gateway import Gateway

# https://httpd.apache.org/docs/current/logs.html#common
COMMON = re.compile(
    r'(\S+) (\S+) (\S+) \[(\d{2}/\w{3}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4})\] "([^"]*)" (\d{3}) (\d+|-)'
)


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, "webui.server.access_log")

    def ask(path, log_format="common", headers=(), **config):
        caplog.clear()
        config = {"DATA_PATHS": (DATA / "silkeborg.yaml",), "ACCESS_LOG": log_format, **config}
        with create_app(config).test_client().get(path, headers=dict(headers)) as answer:
            answer.get_data()
        return [
            one.getMessage() for one in caplog.records if one.name == "webui.server.access_log"
        ]

    return ask


def test_a_request_is_a_line_in_the_common_format(lines):
    (line,) = lines("/silkeborg/?lang=en&status=vacant")
    match = COMMON.fullmatch(line)
    assert match is not None
    assert match.group(1, 2, 3) == ("127.0.0.1", "-", "-")
    assert match[5] == "GET /silkeborg/?lang=en&status=vacant HTTP/1.1"
    assert match[6] == "200"
    assert int(match[7]) > 1000


def test_or_an_object_of_json(lines):
    (line,) = lines("/nope/", "json")
    found = json.loads(line)
    assert (found["method"], found["address"], found["status"]) == ("GET", "/nope/", 404)
    assert found["user"] is None
    assert found["ms"] >= 0


@pytest.mark.slow
@pytest.mark.parametrize("log_format", ["common", "json"])
@pytest.mark.parametrize(
    "path",
    [
        "/silkeborg/search?q=Jensen", "/silkeborg/between?q-first=Jensen&q-second=Jensen",
        "/silkeborg/?Jensen=1", "/silkeborg/?Jensen", "/silkeborg/?kind=Hanne%20Jensen",
        "/silkeborg/?%71=Jensen", "/-/embed/Jensen", "/-/embed/withdraw/Jensen",
        "/-/oembed?url=https://x/Jensen",
    ],
)  # fmt: skip
def test_names_that_were_searched_for_and_links_are_not_in_it(lines, path, log_format):
    (line,) = lines(path, log_format)
    assert "Jensen" not in line


def test_nothing_that_is_asked_for_makes_a_line_of_its_own(lines):
    (line,) = lines('/a%0Ab%22%0D<script>/\x7f?lang="%0A', "common", {"User-Agent": "x\ty"})
    assert "\n" not in line
    assert "\r" not in line
    assert COMMON.fullmatch(line)


def test_client_and_user_come_from_headers_only_where_a_proxy_is_trusted(lines):
    headers = {"X-Forwarded-For": "192.0.2.9", "X-Forwarded-User": 'anna "b"\n'.strip()}
    (line,) = lines("/", headers=headers)
    assert line.startswith("127.0.0.1 - - [")
    (line,) = lines("/", headers=headers, TRUST_PROXY=True)
    assert line.startswith("192.0.2.9 - anna_'b' [")


def test_what_the_gate_refused_is_noted_as_it_was_asked(lines):
    (line,) = lines("/silkeborg/?lang=da", headers={"Host": "evil.example"})
    assert '"GET /silkeborg/?lang=da HTTP/1.1" 421' in line


def test_a_body_that_never_came_is_noted_with_its_address(lines, caplog):
    app = create_app({"DATA_PATHS": (DATA / "silkeborg.yaml",), "ACCESS_LOG": "common"})
    waiting = asked(Gateway(app, seconds=0.01), piece(b"view="), path="/silkeborg/embeds")
    assert asyncio.run(waiting)[0] == 408
    assert '"POST /silkeborg/embeds?lang=en HTTP/1.1" 408' in caplog.text
