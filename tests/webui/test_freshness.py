"""Caching in browsers: unchanged pages are not built again, and changed ones are never stale."""

import pytest

from tests.builders import HEAD, body, unit, write
from tests.clients import over, over_silkeborg

ALFA = body(unit("a", "l", name="Alfa"))
BETA = ALFA.replace("Alfa", "Beta")


@pytest.fixture
def file(tmp_path):
    return write(tmp_path, ALFA)


@pytest.fixture
def client(file):
    return over(file.parent)


PAGES = ("/", "/test/", "/test/chart.json", "/test/positions/l", "/test/spans", "/compare", "/api")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_asked_for_each_time_and_sent_once(client, page):
    first = client.get(page)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get(page, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def is_same(client, tag, page="/test/", **headers):
    return client.get(page, headers={"If-None-Match": tag, **headers}).status_code == 304


def test_another_language_date_choice_or_host_is_another_page(client):
    tag = client.get("/test/").headers["ETag"]
    assert is_same(client, tag)
    assert not is_same(client, tag, **{"Accept-Language": "en"})
    assert not is_same(client, tag, Host="127.0.0.1")
    for asked in ("lang=en", "names=off", "date=2020-01-01", "select=l"):
        assert not is_same(client, tag, f"/test/?{asked}")


def test_data_that_change_make_another_page_and_so_do_their_errors(client, file):
    tag = client.get("/test/").headers["ETag"]
    file.write_text(HEAD + BETA)
    second = client.get("/test/", headers={"If-None-Match": tag})
    assert second.status_code == 200
    assert "Beta" in second.text
    file.write_text("nonsense: 1\n")
    third = client.get("/test/", headers={"If-None-Match": second.headers["ETag"]})
    assert third.status_code == 200
    assert "unknown-key" in third.text


def test_data_of_one_organisation_leave_pages_of_others_as_they_are(client, file):
    write(file.parent, ALFA, "other")
    own, all_of_them = (client.get(page).headers["ETag"] for page in ("/test/", "/"))
    write(file.parent, BETA, "other")
    assert is_same(client, own)
    assert not is_same(client, all_of_them, "/")


def test_settings_make_another_page(file):
    tags = {
        over(file, **config).get("/test/").headers["ETag"]
        for config in ({}, {"NAMES": False}, {"OWNER": "X"}, {"ALLOW_CHANGES": True})
    }
    assert len(tags) == 4


def test_what_is_not_there_has_no_tag_and_is_not_kept(client):
    for page in ("/nope/", "/test/positions/nope"):
        answer = client.get(page)
        assert answer.status_code == 404
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "private, no-cache"
    tag = client.get("/test/").headers["ETag"]
    assert client.get("/test/positions/nope", headers={"If-None-Match": tag}).status_code == 404


def test_a_page_that_may_be_had_by_any_tag_is_still_made_where_it_is_not_there(client):
    assert client.get("/test/positions/nope", headers={"If-None-Match": "*"}).status_code == 404


def test_our_own_files_say_themselves_how_long_they_last():
    client = over_silkeborg()
    with client.get("/-/static/app.css?v=1") as answer:
        assert "max-age=31536000" in answer.headers["Cache-Control"]
