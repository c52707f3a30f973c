"""Health, readiness, robots.txt and security.txt."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.clients import over_silkeborg

MAILBOX = "security" + "@example.dk"


def test_the_process_says_that_it_is_alive_and_ready():
    client = over_silkeborg()
    for page, status in (("/-/health", "alive"), ("/-/ready", "ready")):
        answer = client.get(page)
        assert answer.status_code == 200
        assert answer.get_json()["status"] == status
        assert answer.headers["Cache-Control"] == "no-store"


def test_search_engines_are_asked_to_leave_it_alone():
    assert over_silkeborg().get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        (MAILBOX, f"mailto:{MAILBOX}"),
        ("https://example.dk/security", "https://example.dk/security"),
    ],
)
def test_security_txt_is_as_rfc_9116_has_it(contact, address):
    client = over_silkeborg(CONTACT=contact, ADDRESS="https://hr.example.dk/chart")
    answer = client.get("/.well-known/security.txt", headers={"Host": "hr.example.dk"})
    assert answer.mimetype == "text/plain"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == address
    assert fields["Canonical"] == "https://hr.example.dk/chart/.well-known/security.txt"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365)


@pytest.mark.parametrize(
    "contact", ["", "the front desk", f"{MAILBOX}\nContact: mailto:{MAILBOX}"]
)
def test_without_an_address_there_is_no_security_txt(contact):
    assert over_silkeborg(CONTACT=contact).get("/.well-known/security.txt").status_code == 404
