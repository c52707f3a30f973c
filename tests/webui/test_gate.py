"""The hosts and URLs that are answered, and the origin checks of changes."""

import socket

import pytest

from tests.clients import OWN, over_silkeborg
from webui.limits import LONGEST_ADDRESS
from webui.server.hosts import host_name, is_loopback, known_hosts

HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options")
EVERYWHERE = "0.0.0.0"  # noqa: S104 - nothing listens there


@pytest.fixture(scope="module")
def local():
    return over_silkeborg()


def own_address():
    """An address of this machine that is not loopback, if it has any."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            pytest.skip("this machine has no address but loopback")
        return probe.getsockname()[0]


class TestHosts:
    @pytest.mark.parametrize(
        "host",
        ["localhost", "LOCALHOST:8000", "localhost.", "127.0.0.1", "127.9.9.9:80", "[::1]:1"],
    )
    def test_loopback_is_answered(self, local, host):
        assert local.get("/", headers={"Host": host}).status_code == 200

    @pytest.mark.parametrize(
        "host",
        [
            "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.0.2.7",
            "[2001:db8::1]", "localhost.localdomain", EVERYWHERE, "xn--lcalhost-1za",
        ],
    )  # fmt: skip
    def test_another_is_misdirected_and_told_so(self, local, host):
        answer = local.get("/silkeborg/?lang=en", headers={"Host": host})
        assert answer.status_code == 421
        assert "This server does not answer to that name" in answer.text
        assert host not in answer.text
        assert all(name in answer.headers for name in HEADERS)

    @pytest.mark.parametrize(
        "host",
        [
            ".", "..", "a b", "-", "a..b", "[", "[::1", "[1]", "a:b", "a:123456", "é", "a,b", "@",
            "user@localhost", "localhost/", "<img>", "a" * 300,
        ],
    )  # fmt: skip
    def test_what_is_no_host_is_a_bad_request_in_words(self, local, host):
        for path in ("/", "/silkeborg/", "/nope/x"):
            answer = local.get(path, headers={"Host": host})
            assert answer.status_code == 400
            assert "<h1>" in answer.text
            assert all(name in answer.headers for name in HEADERS)

    def test_those_that_are_named_are_answered_too(self):
        client = over_silkeborg(
            HOST_NAMES=("Orgchart.example.dk",), ADDRESS="https://hr.example.dk/x"
        )
        for host in ("orgchart.example.dk:8000", "ORGCHART.example.dk.", "hr.example.dk"):
            assert client.get("/", headers={"Host": host}).status_code == 200
        assert client.get("/", headers={"Host": "example.dk"}).status_code == 421

    def test_all_addresses_of_the_machine_are_answered_where_it_listens_on_all(self):
        address = own_address()
        everywhere, here = over_silkeborg(LISTENS_ON=EVERYWHERE), over_silkeborg()
        assert everywhere.get("/", headers={"Host": f"{address}:80"}).status_code == 200
        assert everywhere.get("/", headers={"Host": "192.0.2.7"}).status_code == 421
        assert everywhere.get("/", headers={"Host": "evil.example"}).status_code == 421
        assert here.get("/", headers={"Host": address}).status_code == 421

    def test_the_host_that_a_proxy_names_counts_only_where_it_is_trusted(self):
        headers = {"X-Forwarded-Host": "hr.example.dk", "X-Forwarded-Proto": "https"}
        trusting = over_silkeborg(TRUST_PROXY=True, HOST_NAMES=("hr.example.dk",))
        assert trusting.get("/", headers=headers).status_code == 200
        evil = {**headers, "X-Forwarded-Host": "evil.example"}
        assert trusting.get("/", headers=evil).status_code == 421
        assert over_silkeborg().get("/", headers=evil).status_code == 200

    @pytest.mark.parametrize("name", ["https://a.dk", "a/b", "", "a b", "."])
    def test_a_name_that_is_none_is_refused_at_the_start(self, name):
        with pytest.raises(ValueError, match="is no host"):
            known_hosts([name])

    def test_names_are_compared_without_port_case_and_last_dot(self):
        assert host_name("A.Example.DK.:8000") == "a.example.dk"
        assert host_name("[::1]:80") == "::1"
        assert is_loopback("127.255.0.1")
        assert not is_loopback("128.0.0.1")


class TestAddresses:
    def test_one_that_is_too_long_is_refused_in_words(self, local):
        answer = local.get("/silkeborg/?lang=en&open=" + "a" * LONGEST_ADDRESS)
        assert answer.status_code == 414
        assert "8,192" in answer.text
        assert all(name in answer.headers for name in HEADERS)
        long = local.get("/silkeborg/?nope=" + "a" * (LONGEST_ADDRESS - 100))
        assert long.status_code == 200

    def test_a_value_that_is_repeated_counts_once(self, local):
        once = local.get("/silkeborg/?lang=da&status=vacant")
        often = local.get("/silkeborg/?lang=da" + "&status=vacant" * 500)
        assert once.text == often.text


class TestWhoMayChange:
    FORM = {"view": "cut=whole", "names": "off"}  # noqa: RUF012

    def status(self, tmp_path, headers=(), host="localhost", **config):
        client = over_silkeborg(EMBED_STORE=str(tmp_path), **config)
        answer = client.post(
            "/silkeborg/embeds", data=self.FORM, headers={**OWN, "Host": host, **dict(headers)}
        )
        return answer.status_code

    def test_who_sits_at_the_machine(self, tmp_path):
        assert self.status(tmp_path) == 201
        assert self.status(tmp_path, host="127.0.0.1:8000") == 201

    @pytest.mark.parametrize(
        "config",
        [
            {"LISTENS_ON": EVERYWHERE},
            {"ADDRESS": "http://localhost/"},
            {"HOST_NAMES": ("localhost",)},
        ],
    )
    def test_nobody_where_others_may_reach_the_site(self, tmp_path, config):
        assert self.status(tmp_path, **config) == 403
        assert self.status(tmp_path, ALLOW_CHANGES=True, **config) == 201

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "header",
        [
            "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-User", "Forwarded", "X-Real-IP", "Via",
        ],
    )  # fmt: skip
    def test_nobody_behind_a_proxy(self, tmp_path, header):
        assert self.status(tmp_path, {header: "192.0.2.1"}) == 403
        assert self.status(tmp_path, {header: "192.0.2.1"}, ALLOW_CHANGES=True) == 201

    def test_the_form_says_why_there_is_none(self, tmp_path):
        client = over_silkeborg(EMBED_STORE=str(tmp_path), LISTENS_ON=EVERYWHERE)
        page = client.get("/silkeborg/embeds?lang=en").text
        assert "--allow-changes" in page
        assert 'method="post"' not in page

    def test_one_client_makes_so_many_links_a_minute(self, tmp_path):
        client = over_silkeborg(EMBED_STORE=str(tmp_path), WORKERS=5)
        statuses = [
            client.post("/silkeborg/embeds", data=self.FORM, headers=OWN).status_code
            for _n in range(6)
        ]
        assert statuses == [201, 201, 201, 201, 429, 429]
        answer = client.post(
            "/silkeborg/embeds", data=self.FORM, headers={**OWN, "Accept": "application/json"}
        )
        assert 1 <= int(answer.headers["Retry-After"]) <= 60
        assert str(int(answer.headers["Retry-After"])) in answer.get_json()["message"]

    @pytest.mark.slow
    def test_another_client_is_not_held_up(self, tmp_path):
        client = over_silkeborg(EMBED_STORE=str(tmp_path), WORKERS=20)
        for address, expected in (("127.0.0.2", 201), ("127.0.0.2", 429), ("127.0.0.3", 201)):
            answer = client.post(
                "/silkeborg/embeds",
                data=self.FORM,
                headers=OWN,
                environ_overrides={"REMOTE_ADDR": address},
            )
            assert answer.status_code == expected
