"""Embedded views: links that are signed, expire, are withdrawn, and open nothing but their view."""

import base64
import html
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer
from werkzeug.datastructures import MultiDict

from orgmodel.drawing.views import Cut, draw_view, select
from tests.builders import HEAD
from tests.conftest import DATA
from tests.series import series
from tests.webui.test_security import HOSTILE, hostile_organisation
from webui import create_app
from webui.asking.edge import KEY
from webui.asking.params import asked_view
from webui.cli import main
from webui.embedding.links import Link, LinkRefusedError, Refusal, Signer, Theme
from webui.embedding.service import EMBEDS, PageCache
from webui.embedding.sites import SitesError, read_address, read_sites
from webui.embedding.store import LinkStore, StoreError, StoreFullError
from webui.embedding.view_params import (
    LinkNotMadeError,
    as_query,
    read_params,
    view_of,
    view_params,
)
from webui.store.folders import state_folder
from webui.store.loaded import Loaded
from webui.store.repository import Repository

HOSTS = ("other.example", "a.example", "inside", "evil.example", "ledelse.example.dk", "a_b", "10.0.0.7")  # fmt: skip
OWN = {"Sec-Fetch-Site": "same-origin"}
FOR_PROGRAMS = {**OWN, "Accept": "application/json"}
BRANCH = "cut=branch&post=chef-voksensocial"
TITLE = "Voksensocialafdelingen – Aalborg Kommune, Job og Social"
AALBORG = DATA / "aalborg.yaml"
TODAY = date(2026, 11, 21)
LINKS_OF_0_1 = Path(__file__).parents[1] / "fixtures" / "links_of_0.1"
NAMED_IDS = """units:
  - id: a
    name: Afdelingen
    kind: afdeling
    leader: {id: chef, title: Chef, holder: {name: Ida Holm}}
    positions:
      - {id: ida-holm-vagt, title: Vagt, reports_to: chef}
      - {id: bo-lund-post, title: Leder, reports_to: chef, holder: {name: Bo Lund}}
      - {id: medarbejder, title: Medarbejder, reports_to: bo-lund-post}
"""


def app_over(folder, data=AALBORG, day=TODAY, **config):
    # Everybody may make links; who may elsewhere is tested with the hosts that are answered.
    shared = {"ALLOW_CHANGES": True, "HOST_NAMES": HOSTS}
    app = create_app({"DATA_PATHS": (data,), "EMBED_STORE": str(folder), **shared, **config})
    if data.parent == DATA:
        app.extensions[KEY] = read_once(data)
    set_day(app, day)
    return app


@lru_cache
def read_once(path):
    return Repository([path])


def set_day(app, day):
    store_of(app).clock = lambda: datetime(day.year, day.month, day.day, tzinfo=UTC)


def store_of(app):
    return app.extensions[EMBEDS].store


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "state" / "orgmodel"


@pytest.fixture
def app(folder):
    return app_over(folder)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def file(tmp_path):
    """A small organisation, some of whose ids hold names."""
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "test.yaml"
    path.write_text(HEAD + NAMED_IDS)
    return path


def post(client, path="/aalborg/embeds", headers=OWN, view=BRANCH, **form):
    return client.post(path, data={"view": view, **form}, headers=headers)


def make(client, view=BRANCH, organisation="aalborg", status=201, **form):
    answer = post(client, f"/{organisation}/embeds", FOR_PROGRAMS, view, **form)
    assert answer.status_code == status
    return answer.get_json() if status == 201 else answer


def withdraw(client, made):
    return client.post(made["withdraw"], headers=OWN)


def token(made):
    return made["address"].rpartition("/")[2]


def content(made):
    """What anybody can read in a link."""
    value = token(made).rpartition(".")[0]
    raw = base64.urlsafe_b64decode(value.removeprefix(".") + "===")
    return json.loads(zlib.decompress(raw) if value.startswith(".") else raw)


def text(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return html.unescape(answer.get_data(as_text=True))


def statuses(client, made, *names):
    return [client.get(made[name]).status_code for name in names]


class Tags(HTMLParser):
    """The tags of a page with their attributes, and the text in text areas."""

    def __init__(self, answer):
        super().__init__()
        self.found, self.areas, self._area = [], {}, None
        self.feed(answer if isinstance(answer, str) else answer.get_data(as_text=True))

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self._area = dict(attrs)["id"] if tag == "textarea" else None

    def handle_data(self, data):
        if self._area:
            self.areas[self._area] = data

    def handle_endtag(self, tag):
        self._area = None

    def all(self, *tags, **having):
        return [
            attributes
            for tag, attributes in self.found
            if (not tags or tag in tags)
            and all(attributes.get(name) == value for name, value in having.items())
        ]

    def view(self):
        (field,) = self.all("input", name="view")
        return field["value"]


# Making links -------------------------------------------------------------------------------------


def test_the_maker_gets_snippet_address_oembed_and_the_way_to_withdraw(client):
    answer = post(client, expires="30")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    page = Tags(answer)
    assert set(page.areas) == {"snippet", "address", "oembed", "withdraw"}
    ((tag, frame),) = Tags(page.areas["snippet"]).found
    assert (tag, frame["src"]) == ("iframe", page.areas["address"])
    assert frame["title"] == f"Afdelingschef, {TITLE}"
    assert (frame["loading"], frame["width"]) == ("lazy", "100%")
    assert re.search(r"aspect-ratio: \d+ / \d+;", frame["style"])
    assert [urlsplit(frame["src"]).path] == [one["src"] for one in page.all("iframe")]
    assert "21. december 2026" in answer.get_data(as_text=True)
    for address in (page.areas["address"], page.areas["withdraw"], page.areas["oembed"]):
        found = client.get(address)
        assert found.status_code == 200
        assert "Set-Cookie" not in found.headers
    # It is shown once, so no switch leads away from it, as from the form.
    assert not [one for one in page.all("a") if "hreflang" in one or "id" in one]
    form = Tags(client.get("/aalborg/embeds"))
    assert {one.get("hreflang") for one in form.all("a")} >= {"da", "en"}


def test_the_form_hands_on_the_view_and_nothing_else(client):
    page = Tags(client.get(f"/aalborg/embeds?{BRANCH}&depth=1&q=Peter+Larsen"))
    assert page.view() == f"{BRANCH}&depth=1"


def test_no_get_makes_a_link_or_a_folder(client, folder):
    for method in (client.get, client.head):
        assert method(f"/aalborg/embeds?{BRANCH}&view={BRANCH}&expires=never").status_code == 200
    assert not folder.exists()


SITE = "https://ledelse.example.dk"
PROXIED = {"Host": "inside:8000"}


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("", {"Sec-Fetch-Site": "same-origin"}, 201),
        ("", {"Sec-Fetch-Site": "same-site"}, 403),
        ("", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("", {"Sec-Fetch-Site": "none"}, 403),
        ("", {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ("", {"Origin": "http://localhost"}, 201),
        ("", {"Origin": "https://localhost"}, 201),
        ("", {"Origin": "http://localhost:81"}, 403),
        ("", {"Origin": "http://localhost.evil.example"}, 403),
        ("", {"Origin": "null"}, 403),
        ("", {"Origin": "http://["}, 403),
        ("", {"Referer": "http://localhost/"}, 403),
        ("", {}, 403),
        # Behind a proxy that does not hand on the host.
        (SITE, {**PROXIED, "Origin": SITE}, 201),
        (f"{SITE}/kort", {**PROXIED, "Origin": SITE}, 201),
        (f"{SITE}:443", {**PROXIED, "Origin": SITE}, 201),
        ("https://Ledelse.example.dk", {**PROXIED, "Origin": SITE}, 201),
        (f"{SITE}:8443", {**PROXIED, "Origin": f"{SITE}:8443"}, 201),
        (SITE, {**PROXIED, "Origin": "http://inside:8000"}, 201),
        (SITE, {**PROXIED, "Origin": "http://ledelse.example.dk"}, 403),
        (SITE, {**PROXIED, "Origin": f"{SITE}:8443"}, 403),
        (SITE, {**PROXIED, "Origin": f"{SITE}.evil.example"}, 403),
        (SITE, {**PROXIED, "Origin": f"{SITE}:x"}, 403),
        ("", {**PROXIED, "Origin": "null"}, 403),
        ("", {**PROXIED, "Origin": SITE}, 403),
    ],
    ids=str,
)
def test_only_our_own_pages_make_and_withdraw_links(folder, address, headers, status):
    client = app_over(folder, ADDRESS=address).test_client()
    is_ours = status == 201
    assert post(client, headers=headers).status_code == status
    assert folder.exists() == is_ours
    made = make(client)
    path = f"/-/embed/withdraw/{made['withdraw'].rpartition('/')[2]}"
    assert client.post(path, headers=headers).status_code == (200 if is_ours else 403)
    assert client.get(f"/-/embed/{token(made)}").status_code == (410 if is_ours else 200)


@pytest.mark.parametrize(
    "form",
    [
        {"expires": "31"}, {"expires": "day"}, {"until": "2026-11-20"}, {"until": "soon"},
        {"theme": "pink"}, {"language": "sv"}, {"names": "some"},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_offered_is_refused_and_can_be_asked_anew(client, folder, form):
    answer = post(client, "/aalborg/embeds?lang=en", **{"expires": "90", "language": "da", **form})
    assert answer.status_code == 422
    page = Tags(answer)
    (alert,) = page.all(role="alert")
    (marked,) = page.all(**{"aria-invalid": "true"})
    assert {marked["name"]} == set(form)
    assert marked["aria-describedby"] == alert["id"]
    assert page.view() == BRANCH
    chosen = {one["value"] for one in page.all("option") if "selected" in one}
    assert {"da", "90"} <= chosen or set(form) & {"expires", "language"}
    words = "Or its last day: Choose a last day from today on, up to the year 2200."
    assert (words in html.unescape(answer.get_data(as_text=True))) == ("until" in form)
    assert not folder.exists()


def test_where_it_has_to_be_asked_again_the_view_is_kept_in_another_language_too(client):
    page = Tags(client.get(f"/aalborg/embeds?{BRANCH}&depth=1&names=off&lang=da"))
    (form,) = page.all("form", method="post")
    answer = post(client, form["action"], view=page.view(), until="2020-01-01")
    assert answer.status_code == 422
    again = Tags(answer)
    (english,), (names,) = again.all("a", hreflang="en"), again.all(id="names-switch")
    for href, is_named in ((english["href"], False), (names["href"], True)):
        view = Tags(client.get(href)).view()
        assert view.removesuffix("&names=off") == f"{BRANCH}&depth=1"
        assert view.endswith("&names=off") != is_named
    assert "Head of department, Voksensocialafdelingen" in text(client, english["href"])


def test_a_view_of_more_cards_than_a_frame_holds_makes_no_link(client, folder, monkeypatch):
    monkeypatch.setattr("webui.embedding.service.MOST_CARDS", 6)
    assert make(client, status=422).get_json()["error"]
    assert not folder.exists()
    answer = post(client, "/aalborg/embeds?lang=en")
    assert answer.status_code == 422
    assert "show a branch" in answer.get_data(as_text=True)
    monkeypatch.setattr("webui.embedding.service.MOST_CARDS", 7)
    make(client)


@pytest.mark.parametrize("view", ["&".join(["x=1"] * 2001), "x" * 70_000], ids=len)
def test_a_view_of_more_fields_than_any_has_makes_no_link_to_another(client, folder, view):
    assert "En adresse kan ikke rumme" in make(client, view, status=422).get_json()["message"]
    answer = post(client, "/aalborg/embeds?lang=en", view=view)
    assert answer.status_code == 422
    assert "An address cannot hold" in answer.get_data(as_text=True)
    assert not Tags(answer).all("form", method="post")
    assert not folder.exists()


@pytest.mark.parametrize(
    ("organisation", "form", "headers", "status"),
    [
        ("aalborg", {"until": "2020-01-01"}, OWN, 422),
        ("aalborg", {"theme": "pink"}, OWN, 422),
        ("nope", {}, OWN, 404),
        ("aalborg", {}, {}, 403),
    ],
)
def test_who_asks_for_data_is_told_what_is_wrong_as_data(
    client, folder, organisation, form, headers, status
):
    headers = {**headers, "Accept": "application/json"}
    answer = post(client, f"/{organisation}/embeds?lang=en", headers, **form)
    told = answer.get_json()
    assert (answer.status_code, told["status"], told["ok"]) == (status, status, False)
    assert told["error"]
    assert told["message"]
    assert told.get("field") == next(iter(form), None)
    assert not folder.exists()


def test_what_is_drawn_for_the_form_is_nothing(client, monkeypatch):
    def draw(*_arguments):
        raise AssertionError

    monkeypatch.setattr("orgmodel.drawing.exhibits.draw_view", draw)
    shown = text(client, f"/aalborg/embeds?{BRANCH}&lang=en")
    assert f"Head of department, {TITLE}" in shown


def test_an_address_is_never_longer_than_programs_take(tmp_path, folder):
    ids = [f"en-meget-lang-stilling-{n}" for n in range(200)]
    posts = "".join(f"      - {{id: {one}, title: T}}\n" for one in ids)
    (tmp_path / "wide.yaml").write_text(
        f"{HEAD}units:\n  - id: a\n    name: A\n    kind: k\n    leader: {{id: l, title: L}}\n"
        f"    positions:\n{posts}"
    )
    client = app_over(folder, tmp_path / "wide.yaml").test_client()
    make(client, f"open={','.join(ids)}", "test", status=422)
    assert len(make(client, "open=all", "test")["address"]) < 400


def test_where_it_is_not_set_up_it_says_so_and_all_else_works(folder):
    client = create_app({"DATA_PATHS": (AALBORG,)}).test_client()
    page = text(client, f"/aalborg/embeds?{BRANCH}&lang=en")
    assert "Embedding is not set up" in page
    assert 'method="post"' not in page
    make(client, status=503)
    for path in ("embed/x", "embed/withdraw/x", "oembed?url=http://localhost/-/embed/x"):
        assert client.get(f"/-/{path}").status_code == 404
    make(app_over(folder, FRAME_ANCESTORS="'none'").test_client(), status=503)


# Showing views ------------------------------------------------------------------------------------


def test_a_link_shows_its_view_no_more_of_the_organisation_and_no_way_into_the_site(client):
    address = make(client)["address"]
    shown = text(client, address)
    for words in ("Center for Livskraft", "Lars Bundgaard Leen", "Leder af Rusmiddelafsnittet"):
        assert words in shown
    for words in ("Dagtilbudschef", "Merete Vilsen", "Arne Lund Kristensen", "Jobcenter"):
        assert words not in shown
    assert "Oplysninger pr. 9. februar 2026 · Kilder: " in shown
    assert "Diagram over Aalborg Kommune, Job og Social: 7 kort i 3 lag." in shown
    entries = shown[shown.index('<ul class="entries"') : shown.index("</details>")]
    assert entries.count("<li>") == entries.count("</li>") == 7
    assert entries.count("<ul") == entries.count("</ul>") == 4
    page = Tags(client.get(address))
    assert page.all("a", "form", "iframe") == []
    files = [one.get("href") or one.get("src") for one in page.all("link", "script")]
    assert all(one.startswith(("/-/static/", "http://localhost/-/oembed?")) for one in files)


def test_of_data_with_errors_it_shows_the_last_version_without_and_says_so(folder, tmp_path):
    path = tmp_path / "aalborg.yaml"
    whole = AALBORG.read_text(encoding="utf-8")
    path.write_text(whole, encoding="utf-8")
    client = app_over(folder, path).test_client()
    address = make(client)["address"]
    for data, is_marked in ((whole, False), (f"{whole}\nunitz: []\n", True), (whole, False)):
        path.write_text(data, encoding="utf-8")
        shown = text(client, address)
        assert ("Data har fejl, siden de sidst blev ændret." in shown) == is_marked
        assert "Center for Livskraft" in shown


@pytest.mark.slow
def test_nothing_in_the_address_but_the_link_says_what_is_shown(client):
    address = make(client, names="off")["address"]
    for query in (
        "lang=en", "names=off", "names=on", "date=1999-01-01", "cut=whole", "open=all",
        "select=direktoer", "kind=nope", "theme=dark", "chart=units", "view=open%3Dall",
        "organisation=ballerup", "color=kind&light=forvaltningsledelsen",
    ):  # fmt: skip
        assert client.get(f"{address}?{query}").data == client.get(address).data, query


@pytest.mark.parametrize(
    ("language", "words"),
    [("da", "Organisationen som liste"), ("en", "The organisation as a list")],
)
def test_it_is_in_the_language_of_the_link(client, language, words):
    address = make(client, language=language)["address"]
    for accepted in ("da", "en", "de"):
        page = client.get(address, headers={"Accept-Language": accepted}).get_data(as_text=True)
        assert f'<html lang="{language}"' in page
        assert words in page


@pytest.mark.parametrize(("theme", "pictures"), [("light", 1), ("dark", 1), ("auto", 2)])
def test_its_colours_are_those_of_the_link(client, theme, pictures):
    shown = text(client, make(client, theme=theme)["address"])
    assert shown.count('role="img"') == pictures
    assert f'class="theme-{theme}"' in shown
    assert ("#18212b" in shown) == (theme != "light")


def test_it_follows_the_data(file, folder):
    client = app_over(folder, file).test_client()
    address = make(client, "cut=branch&post=chef", "test")["address"]
    before = client.get(address)
    assert before.headers["Cache-Control"] == "no-cache"
    known = {"If-None-Match": before.headers["ETag"]}
    again = client.get(address, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    file.write_text((HEAD + NAMED_IDS).replace("Ida Holm", "Eva Krogh"))
    after = client.get(address, headers=known)
    assert after.status_code == 200
    assert "Eva Krogh" in after.get_data(as_text=True)
    assert "Ida Holm" not in after.get_data(as_text=True)


def test_a_page_that_is_kept_names_the_address_by_which_it_is_asked_for(client):
    path = urlsplit(make(client)["address"]).path
    for host in ("localhost", "other.example", "localhost"):
        page = client.get(path, headers={"Host": host}).get_data(as_text=True)
        assert re.findall(r"http://([a-z.]+)/-/oembed", page) == [host]


def test_what_has_left_the_data_is_told_and_no_other_view_shown(file, folder):
    client = app_over(folder, file.parent).test_client()
    made = make(client, "cut=branch&post=medarbejder", "test", language="en")
    file.write_text(HEAD + NAMED_IDS.replace("id: medarbejder", "id: other"))
    shown = text(client, made["address"], 404)
    assert "No longer in the data" in shown
    for words in ("Ida Holm", "Afdelingen", "medarbejder", "other"):
        assert words not in shown
    assert client.get(made["oembed"]).status_code == 404
    file.write_text("organisation: test\nunitz: 1\n")
    assert "No longer in the data" in text(client, made["address"], 404)
    # Where nothing was ever read without errors, there is nothing to show.
    started = app_over(folder, file.parent).test_client()
    assert "cannot be read" in text(started, made["address"], 503)
    file.unlink()
    assert "no longer on this server" in text(client, made["address"], 404)


@pytest.mark.parametrize("name", ["embed", "oembed", "embeds"])
def test_an_organisation_may_be_called_as_it_likes(file, folder, name):
    file.write_text((HEAD + NAMED_IDS).replace("organisation: test", f"organisation: {name}"))
    client = app_over(folder, file).test_client()
    made = make(client, "", name)
    for address in (made["address"], made["oembed"], f"/{name}/", f"/{name}/units"):
        assert client.get(address).status_code == 200
    assert "Chef" in text(client, f"/{name}/positions/chef")


def test_a_view_that_has_outgrown_its_frame_says_so(client, monkeypatch):
    made = make(client, language="en")
    monkeypatch.setattr("webui.embedding.service.MOST_GROWN", 6)
    shown = text(client, made["address"], 422)
    assert "Too large to show" in shown
    assert "data-waits" in shown
    assert "Center for Livskraft" not in shown
    monkeypatch.setattr("webui.embedding.service.MOST_GROWN", 7)
    assert client.get(made["address"]).status_code == 200


def test_it_is_drawn_once_for_all_readers_and_programs(folder, monkeypatch):
    client = app_over(folder, ADDRESS=SITE).test_client()
    made = make(client)
    drawn = []

    def draw(*arguments):
        drawn.append(arguments)
        return draw_view(*arguments)

    monkeypatch.setattr("orgmodel.drawing.exhibits.draw_view", draw)
    for host in ("localhost", "other.example", "a.example"):
        path = urlsplit(made["address"]).path
        assert client.get(path, headers={"Host": host}).status_code == 200
    assert len(drawn) == 1
    for width in (600, 300, 200):
        query = {"url": made["address"], "maxwidth": width}
        assert client.get("/-/oembed", query_string=query).get_json()["width"] == width
    assert len(drawn) == 2


def test_it_can_be_of_another_date(file, folder):
    file.write_text(HEAD + NAMED_IDS.replace("title: Leder,", "title: Leder, from: 2027-01-01,"))
    client = app_over(folder, file).test_client()
    assert "Leder" not in text(client, make(client, "cut=whole", "test")["address"])
    later = text(client, make(client, "cut=whole&date=2027-02-01", "test")["address"])
    assert "Leder" in later
    assert "vist pr. 1. februar 2027" in later


def test_a_filter_that_fits_nothing_shows_nothing_and_does_not_become_another(client):
    assert "<li>" not in text(client, make(client, "status=planned&layer=1")["address"])


def test_a_page_is_made_once_while_the_organisation_stays_and_no_more_is_kept_than_may_be(aalborg):
    made = []

    def page(cache, key, loaded, size=10):
        def draw():
            made.append(key)
            return "x" * size

        return cache.page(key, loaded, draw)

    first, second = Loaded(aalborg), Loaded(aalborg)
    cache = PageCache(most_bytes=25)
    assert page(cache, "a", first) == page(cache, "a", first) == b"x" * 10
    page(cache, "b", first)
    assert made == ["a", "b"]
    page(cache, "a", second)
    assert made == ["a", "b", "a"]
    page(cache, "c", first)  # now b is the one asked for longest ago
    page(cache, "a", second)
    page(cache, "b", first)
    assert made == ["a", "b", "a", "c", "b"]
    assert page(cache, "big", first, size=30) == b"x" * 30
    page(cache, "big", first, size=30)
    assert made[-2:] == ["big", "big"]


# Forged links -------------------------------------------------------------------------------------


def refused(app, address_token):
    with pytest.raises(LinkRefusedError) as caught:
        app.extensions[EMBEDS].open(address_token)
    return caught.value.refusal


def test_no_bit_of_a_link_can_be_changed_no_part_and_nothing_longer_is_taken(app, client):
    whole = token(make(client))
    assert app.extensions[EMBEDS].open(whole).organisation == "aalborg"
    for at, letter in enumerate(whole):
        assert refused(app, whole[:at]) is Refusal.UNKNOWN
        for bit in range(8):
            changed = whole[:at] + chr(ord(letter) ^ 1 << bit) + whole[at + 1 :]
            assert refused(app, changed) is Refusal.UNKNOWN
    for more in ("A", "=", "!", ".", " ", "\n", "%00", "." + whole, "x" * 9000):
        assert refused(app, whole + more) is Refusal.UNKNOWN
    for odd in ("ø" * 50, ".".join("ab"), "." * 60, "\x00"):
        assert refused(app, odd) is Refusal.UNKNOWN


def test_a_link_to_another_organisation_needs_a_signature_of_its_own(app, client):
    made = make(client)
    value, _dot, signature = token(made).rpartition(".")
    other = {**content(made), "organisation": "ballerup"}
    forged = base64.urlsafe_b64encode(json.dumps(other).encode()).decode().rstrip("=")
    assert forged != value
    assert refused(app, f"{forged}.{signature}") is Refusal.UNKNOWN


def test_a_signature_for_another_purpose_is_none(app, client):
    made = make(client)
    keys = list(store_of(app).keys())
    for salt in ("itsdangerous", "cookie-session", "orgmodel.embed.withdraw"):
        other = URLSafeSerializer(keys, salt=salt).dumps(content(made))
        assert refused(app, other) is Refusal.UNKNOWN
    assert refused(app, made["withdraw"].rpartition("/")[2]) is Refusal.UNKNOWN
    wrong = {"withdraw": f"/-/embed/withdraw/{token(made)}"}
    assert statuses(client, wrong, "withdraw") == [404]
    assert withdraw(client, wrong).status_code == 404
    assert client.get(made["address"]).status_code == 200


def test_another_servers_links_are_not_ours(app, client, tmp_path):
    other = app_over(tmp_path / "other").test_client()
    assert refused(app, token(make(other))) is Refusal.UNKNOWN
    make(client)
    assert refused(app, token(make(other))) is Refusal.UNKNOWN


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2}, {"version": None}, {"language": "sv"}, {"theme": "x"}, {"until": "x"},
        {"new": 1},
    ],
    ids=str,
)  # fmt: skip
def test_what_another_version_signed_is_not_guessed_at(app, client, change):
    changed = {**content(make(client)), **change}
    signer = Signer(store_of(app).keys())
    assert refused(app, signer._signed(changed, "orgmodel.embed")) is Refusal.UNKNOWN


def test_a_link_that_is_not_remembered_shows_nothing(client, folder):
    made = make(client)
    (folder / "links.sqlite3").unlink()
    assert client.get(made["address"]).status_code == 404


@pytest.mark.parametrize("wrong", ["x", "a.b", HOSTILE.replace("/", "")])
def test_the_page_says_so_kindly_in_a_frame_too(client, wrong):
    make(client)
    answer = client.get(f"/-/embed/{wrong}", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    page = answer.get_data(as_text=True)
    assert '<html lang="en"' in page
    assert "Unknown link" in page
    assert "<img" not in page
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


@given(
    view=st.text(max_size=80),
    organisation=st.text(max_size=30),
    names=st.booleans(),
    until=st.none() | st.dates(),
    theme=st.sampled_from(Theme),
    keys=st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=3),
)
def test_what_is_signed_is_read_back_the_same(view, organisation, names, until, theme, keys):
    link = Link("0" * 16, organisation, view, names, theme, "da", until)
    signer = Signer(keys)
    assert signer.link(signer.token(link)) == link
    assert signer.withdrawal(signer.withdrawal_token(link.id, view)) == (link.id, view)
    assert signer.token(replace(link, names=not names)) != signer.token(link)


# Expiry and withdrawal ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "last"),
    [
        ({"expires": "30"}, date(2026, 12, 21)),
        ({"expires": "90"}, date(2027, 2, 19)),
        ({"expires": "365", "until": ""}, date(2027, 11, 21)),
        ({}, date(2027, 11, 21)),
        ({"until": "2026-11-21"}, TODAY),
        ({"expires": "never", "until": "2031-01-02"}, date(2031, 1, 2)),
    ],
    ids=str,
)
def test_a_link_works_on_its_last_day_and_no_longer(app, client, form, last):
    made = make(client, language="en", **form)
    assert made["until"] == last.isoformat()
    set_day(app, last)
    assert statuses(client, made, "address", "oembed") == [200, 200]
    set_day(app, last + timedelta(days=1))
    answer = client.get(made["address"], headers={"Accept-Language": "da"})
    assert answer.status_code == 410
    assert "The link has expired" in answer.get_data(as_text=True)
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert client.get(made["oembed"]).status_code == 404


def test_one_without_end_works_in_a_hundred_years(app, client):
    made = make(client, expires="never")
    set_day(app, date(2126, 11, 21))
    assert made["until"] is None
    assert client.get(made["address"]).status_code == 200


def test_what_is_over_is_forgotten_when_a_new_link_is_made_and_still_told(app, client):
    old, lasting = make(client, expires="30"), make(client, expires="never")
    withdraw(client, lasting)
    set_day(app, date(2027, 6, 1))
    new = make(client)
    known = {entry.id for entry in store_of(app).all()}
    assert known == {content(lasting)["id"], content(new)["id"]}
    for one in (old, lasting):
        assert client.get(one["address"]).status_code == 410


@pytest.mark.slow
def test_a_withdrawal_is_seen_at_once_by_every_process(client, folder):
    other = app_over(folder).test_client()
    made, kept_one = make(client), make(client)
    assert other.get(made["address"]).status_code == 200
    asked = client.get(made["withdraw"])
    assert '<form method="post">' in asked.get_data(as_text=True)
    assert asked.headers["Cache-Control"] == "no-store"
    assert withdraw(client, made).status_code == 200
    for one in (client, other):
        assert statuses(one, made, "address", "oembed") == [410, 404]
        assert one.get(kept_one["address"]).status_code == 200
    assert '<form method="post">' not in text(other, made["withdraw"])
    assert withdraw(other, made).status_code == 200


def test_a_page_kept_by_a_browser_is_asked_for_anew(client):
    made = make(client)
    known = {"If-None-Match": client.get(made["address"]).headers["ETag"]}
    withdraw(client, made)
    assert client.get(made["address"], headers=known).status_code == 410


@pytest.mark.parametrize("names", ["on", "off"])
def test_the_page_to_withdraw_it_says_what_is_withdrawn_and_names_nobody(file, folder, names):
    file.write_text((HEAD + NAMED_IDS).replace("title: Leder", "title: Leder for Ida Holm"))
    client = app_over(folder, file).test_client()
    made = make(client, "cut=branch&post=bo-lund-post", "test", names=names, language="en")
    page = text(client, f"{made['withdraw']}?lang=en")
    assert "This view of Test is shown on other sites by a link that was made on" in page
    assert "21 November 2026" in page
    assert "Leder for …, Afdelingen – Test" in page
    assert "Holm" not in page
    file.unlink()
    assert "This view of test is shown" in text(client, f"{made['withdraw']}?lang=en")


def test_the_link_itself_does_not_tell_how_to_withdraw_it(client):
    made = make(client)
    secret = made["withdraw"].rpartition("/")[2]
    for name in ("address", "oembed"):
        assert secret not in client.get(made[name]).get_data(as_text=True)
    assert secret not in made["snippet"]


# Names that are left out --------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("organisation", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
@pytest.mark.parametrize("view", ["open=all&names=off", "cut=whole", "chart=units&cut=whole"])
def test_names_left_out_are_nowhere_in_the_page_its_data_or_the_link(
    folder, shipped, organisation, view
):
    client = app_over(folder, DATA / f"{organisation}.yaml").test_client()
    named, made = (make(client, view, organisation, names=one) for one in ("on", "off"))
    names = {person.name for person in shipped[organisation].people.values() if person.name}
    assert any(name in text(client, named["address"]) for name in names)
    told = [
        text(client, made["address"]),
        client.get(made["oembed"]).get_data(as_text=True),
        json.dumps(content(made), ensure_ascii=False),
        made["snippet"],
    ]
    for name in names:
        assert not any(name in one for one in told), name


def test_ids_that_hold_names_are_not_in_the_link_and_it_still_finds_its_posts(file, folder):
    app = app_over(folder, file)
    client = app.test_client()
    view = "cut=branch&post=bo-lund-post&select=ida-holm-vagt"
    made = make(client, view, "test", names="off")
    hidden = json.dumps(content(made)).lower()
    assert "lund" not in hidden
    assert "holm" not in hidden
    before = text(client, made["address"])
    assert "Leder" in before
    assert "Vagt" not in before
    # Its number among the entries without names changes; the link is still to the same post.
    more = "positions:\n      - {id: bo-lund-anden, title: Anden, reports_to: chef}"
    file.write_text(HEAD + NAMED_IDS.replace("positions:", more, 1))
    after = text(client, made["address"])
    assert "Leder" in after
    assert "Anden" not in after
    # A new key does not lose them, nor does the old one's going.
    store_of(app).new_key()
    assert "Leder" in text(client, made["address"])


def test_a_link_from_a_page_without_names_can_have_them_and_the_other_way_round(file, folder):
    client = app_over(folder, file).test_client()
    view = Tags(client.get("/test/embeds?cut=branch&post=entry-2&names=off")).view()
    assert view == "cut=branch&post=entry-2&names=off"
    assert "Bo Lund" in text(client, make(client, view, "test", names="on")["address"])
    shown = text(client, make(client, view, "test", names="off")["address"])
    assert "Leder" in shown
    assert "Lund" not in shown


def test_a_server_that_names_nobody_shows_no_names_by_older_links_either(file, folder):
    client = app_over(folder, file).test_client()
    made = make(client, "cut=branch&post=bo-lund-post", "test", names="on")
    nameless = app_over(folder, file, NAMES=False).test_client()
    shown = text(nameless, made["address"])
    assert "Leder" in shown
    assert "Lund" not in shown
    assert content(make(nameless, "cut=whole", "test", names="on"))["names"] is False


@pytest.mark.parametrize(
    ("form", "is_named"), [({}, False), ({"names": "on"}, True), ({"names": "off"}, False)]
)
def test_a_view_without_names_makes_a_link_without_unless_it_is_asked_for(client, form, is_named):
    made = make(client, f"{BRANCH}&names=off", **form)
    assert content(made)["names"] is is_named
    assert ("Lars Bundgaard Leen" in text(client, made["address"])) is is_named
    assert content(make(client))["names"] is True


# oEmbed -------------------------------------------------------------------------------------------


def test_oembed_tells_what_the_specification_asks_of_a_rich_answer(client):
    made = make(client)
    answer = client.get(made["oembed"])
    assert answer.mimetype == "application/json"
    told = answer.get_json()
    assert (told["type"], told["version"]) == ("rich", "1.0")
    assert told["title"].startswith("Afdelingschef, Voksensocialafdelingen")
    assert told["provider_url"] == "http://localhost/"
    assert {type(told[name]) for name in ("width", "height", "cache_age")} == {int}
    ((tag, frame),) = Tags(told["html"]).found
    assert (tag, frame["src"]) == ("iframe", made["address"])
    assert (frame["width"], frame["height"]) == (str(told["width"]), str(told["height"]))
    # It is found from the page.
    (link,) = Tags(client.get(made["address"])).all(rel="alternate")
    assert link["type"] == "application/json+oembed"
    assert client.get(link["href"]).get_json() == told
    for odd in ("maxwidth=x", "maxwidth=-5", "maxheight=0", "maxwidth=1e9"):
        assert client.get(f"{made['oembed']}&{odd}").get_json() == told


@pytest.mark.parametrize(("width", "height"), [(600, 0), (320, 200), (0, 300), (5000, 5000)])
def test_oembed_is_no_larger_than_asked_for(client, width, height):
    address = make(client)["oembed"]
    usual = client.get(address).get_json()
    most = {name: n for name, n in (("maxwidth", width), ("maxheight", height)) if n}
    query = "".join(f"&{name}={n}" for name, n in most.items())
    told = client.get(address + query).get_json()
    assert told["width"] == min(usual["width"], width or usual["width"])
    assert told["height"] <= (height or usual["height"])


def test_what_oembed_does_not_offer_or_is_not_ours_has_the_status_of_the_specification(client):
    made = make(client)
    assert client.get(made["oembed"] + "&format=json").status_code == 200
    assert client.get(made["oembed"] + "&format=xml").status_code == 501
    odd = client.get(made["oembed"] + "x", headers={"Origin": "http://localhost"})
    assert odd.headers["Cache-Control"] == "no-cache"
    assert "Origin" in odd.headers["Vary"]
    for wrong in (
        "", "x", "http://[", "http://localhost/", "http://localhost/aalborg/",
        made["address"] + "x", made["address"].replace("localhost", "evil.example"),
        made["address"].replace("http", "ftp"), made["withdraw"], f"/-/embed/{token(made)}",
    ):  # fmt: skip
        answer = client.get("/-/oembed", query_string={"url": wrong})
        assert answer.status_code == 404, wrong
    assert client.get("/-/oembed").status_code == 404


def test_oembed_is_read_by_scripts_of_the_sites_that_may_frame_it_alone(folder):
    sites = "https://intranet.example.dk https://*.kommune.dk"
    client = app_over(folder, FRAME_ANCESTORS=sites).test_client()
    address = make(client)["oembed"]
    for origin, is_allowed in (
        ("https://intranet.example.dk", True),
        ("https://a.kommune.dk", True),
        ("http://intranet.example.dk", False),
        ("https://kommune.dk", False),
        ("https://intranet.example.dk.evil.example", False),
        ("https://intranet.example.dk:8443", False),
        ("null", False),
    ):
        answer = client.get(address, headers={"Origin": origin})
        found = answer.headers.get("Access-Control-Allow-Origin")
        assert found == (origin if is_allowed else None)
        assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize("view", ["cut=whole", "cut=chain&post=p", "chart=units", "light=g"])
def test_hostile_data_are_shown_as_text_and_read_back_whole(tmp_path, folder, view):
    (tmp_path / "data").mkdir()
    hostile_organisation(tmp_path / "data")
    client = app_over(folder, tmp_path / "data").test_client()
    made = make(client, view, "hostile")
    page = client.get(made["address"]).get_data(as_text=True)
    assert "&lt;/script&gt;&lt;img" in page
    assert "<img" not in page
    areas = Tags(post(client, "/hostile/embeds", view=view)).areas
    told = client.get(made["oembed"]).get_json()["html"]
    for snippet in (made["snippet"], told, areas["snippet"]):
        ((tag, frame),) = Tags(snippet).found
        assert tag == "iframe"
        assert HOSTILE in frame["title"]
        assert set(frame) == {
            "src", "title", "width", "height", "style", "loading", "referrerpolicy",
        }  # fmt: skip


# Hosts and sites ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        'x"><img src=y>', 'evil.example"><script>', "a b", "a/b", "a@b", "a:b", "[::1", "å.dk", "?",
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", ["", SITE])
def test_what_can_be_no_host_is_refused_on_every_page(folder, host, address):
    client = app_over(folder, ADDRESS=address).test_client()
    header = {"Host": host.encode().decode("latin-1")}
    for answer in (
        post(client, headers={**OWN, **header}),
        client.get("/aalborg/", headers=header),
        client.get("/-/oembed", headers=header),
    ):
        assert answer.status_code == 400
        assert "<img" not in answer.get_data(as_text=True)
    assert not folder.exists()


@pytest.mark.parametrize(
    "host", ["localhost:8000", "a_b", "10.0.0.7", "[::1]:8000", "ledelse.example.dk."]
)
def test_what_can_be_a_host_is_taken_and_stands_in_the_addresses(client, host):
    made = post(client, headers={**FOR_PROGRAMS, "Host": host}).get_json()
    assert made["address"].startswith(f"http://{host}/-/embed/")


def test_where_the_address_is_set_no_other_gets_into_any(folder):
    client = app_over(folder, ADDRESS=f"{SITE}/kort/").test_client()
    elsewhere = {"Host": "evil.example"}
    answer = post(client, headers={**FOR_PROGRAMS, **elsewhere})
    made = answer.get_json()
    path = f"/-/embed/{token(made)}"
    assert made["address"] == f"{SITE}/kort{path}"
    query = parse_qs(urlsplit(made["oembed"]).query)
    oembed = client.get("/-/oembed", query_string={"url": query["url"][0]}, headers=elsewhere)
    assert made["address"] in oembed.get_json()["html"]
    for told in (answer, client.get(path, headers=elsewhere), oembed):
        assert told.status_code in {200, 201}
        assert f"{SITE}/kort/" in told.get_data(as_text=True)
        assert "evil.example" not in told.get_data(as_text=True)
    wrong = {"url": f"http://evil.example{path}"}
    assert client.get("/-/oembed", query_string=wrong, headers=elsewhere).status_code == 404


@pytest.mark.parametrize(
    ("path", "is_for_all"),
    [
        ("/-/static/embed.css", True),
        ("/-/static/embed.js", True),
        ("/-/fonts/inter-latin-400-normal.woff2", True),
        ("/aalborg/", False),
        ("/aalborg/embeds", False),
        ("/aalborg/chart.json", False),
        ("/-/oembed", False),
    ],
)
def test_any_page_may_have_our_files_and_nothing_else(client, path, is_for_all):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers.get("ETag", "")})
    for answer in (first, again):
        answer.close()
        found = answer.headers.get("Access-Control-Allow-Origin")
        assert found == ("*" if is_for_all else None)
        policy = "cross-origin" if is_for_all else "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == policy


@pytest.mark.parametrize(
    ("sites", "policy"),
    [
        ("'self'", "'self'"),
        ("'none'", "'none'"),
        ("*", "*"),
        ("* https://a.dk", "*"),
        ("https://intranet.example.dk", "'self' https://intranet.example.dk"),
        ("https://Intranet.Example.dk/", "'self' https://intranet.example.dk"),
        ("https://*.a.dk http://b:8080 'self'", "'self' https://*.a.dk http://b:8080"),
        ("a.dk:*", "'self' a.dk:*"),
        ("https://xn--lborg-oua.dk", "'self' https://xn--lborg-oua.dk"),
    ],
)
def test_sites_are_written_into_the_policy_of_embedded_views(folder, sites, policy):
    headers = app_over(folder, FRAME_ANCESTORS=sites).test_client().get("/-/embed/x").headers
    rules = headers["Content-Security-Policy"].split("; ")
    found = [one for one in rules if one.startswith("frame-ancestors")]
    assert found == [f"frame-ancestors {policy}"]
    options = {"'self'": "SAMEORIGIN", "'none'": "DENY"}.get(policy)
    assert headers.get("X-Frame-Options") == options


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [
        *(("FRAME_ANCESTORS", one) for one in (
            "", " ", "'none' https://a.dk", "self", "'unsafe-inline'", "https://a.dk; script-src *",
            "https://a.dk,https://b.dk", "https://a.dk\r\nSet-Cookie: x=1", "a\nb", "https://a.dk/x",
            "https://", "javascript:alert(1)", "data:", "https:", f"https://u:p{'@'}a.dk", "https://å.dk",
            "https://a.dk?x", "https://*.*.dk", "**", "https://a..dk", "https://-a.dk", "ftp://a.dk",
            "https://a.dk:123456", "https://[::1]", "https://a.dk\x00", "https://a_b.dk",
        )),
        *(("ADDRESS", one) for one in (
            "a.dk", "https://", "https://a.dk/?x", 'https://a.dk/"', "javascript:x", "//a.dk",
            "https://a.dk\n",
        )),
    ],
)  # fmt: skip
def test_what_is_no_site_and_no_address_stops_the_start(setting, wrong):
    with pytest.raises(SitesError):
        create_app({setting: wrong})


@series(sample=300, full=30_000)
@given(st.text(max_size=60))
def test_no_text_at_all_gets_another_rule_into_the_header(text):
    try:
        policy = read_sites(text).policy
    except SitesError:
        return
    assert re.fullmatch(r"[A-Za-z0-9.:/*'-]+( [A-Za-z0-9.:/*'-]+)*", policy)


@pytest.mark.parametrize(
    "text", ["https://a.dk", "http://localhost:8000", "https://a.dk/kort", "https://a.dk/b/c/"]
)
def test_an_address_of_the_site_is_taken(text):
    assert read_address(text) == text.rstrip("/")


# The store ----------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX systems")
def test_the_store_is_for_its_owner_alone_and_says_nothing_of_people(client, folder):
    make(client, "cut=whole")
    assert folder.stat().st_mode & 0o777 == 0o700
    files = {one.name: one.stat().st_mode & 0o777 for one in folder.iterdir()}
    assert files == {"secret": 0o600, "links.sqlite3": 0o600}
    raw = (folder / "links.sqlite3").read_bytes()
    assert b"aalborg" in raw
    for words in (b"Larsen", b"127.0.0.1", b"cut=", b"chef"):
        assert words not in raw


@pytest.mark.slow
def test_many_at_once_get_one_key_and_a_link_each(folder):
    start = threading.Barrier(8)

    def work(_n):
        store = LinkStore(folder)
        start.wait(timeout=600)
        found = []
        for _round in range(5):
            link_id = store.add("aalborg", None)
            found.append((link_id, store.keys()))
            assert store.withdraw(link_id)
        return found

    with ThreadPoolExecutor(8) as pool:
        found = [one for some in pool.map(work, range(8)) for one in some]
    assert len({link_id for link_id, _keys in found}) == 40
    assert len({keys for _link_id, keys in found}) == 1
    entries = LinkStore(folder).all()
    assert len(entries) == 40
    assert all(entry.withdrawn is not None for entry in entries)


# Creates links, withdraws every third, and logs each step before and after it.
WRITER = """
import sys
from pathlib import Path
from werkzeug.datastructures import MultiDict
from webui import create_app
from webui.embedding.links import Link, Theme
from webui.embedding.service import EMBEDS

app = create_app({"DATA_PATHS": (Path(sys.argv[1]),), "EMBED_STORE": sys.argv[2]})
service = app.extensions[EMBEDS]
draft = Link("", "test", "", True, Theme.LIGHT, "da", None)
print("ready", flush=True)
with app.app_context():
    for n in range(10**6):
        link, token, withdrawal = service.make(draft, MultiDict({"cut": "whole"}))
        print("made", token, withdrawal, flush=True)
        if n % 3 == 0:
            print("ending", token, withdrawal, flush=True)
            service.store.withdraw(link.id)
            print("ended", token, withdrawal, flush=True)
"""
AFTER_A_KILL = {"made": {200}, "ending": {200, 410}, "ended": {410}}


@series(sample=5, full=200)
def test_after_a_kill_every_link_that_was_handed_out_can_be_shown_and_withdrawn(
    file, folder, seeds
):
    for seed in seeds:
        shutil.rmtree(folder, ignore_errors=True)
        command = [sys.executable, "-c", WRITER, str(file), str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            time.sleep(random.Random(seed).random() / 10)  # noqa: S311 - nobody's secret
            writer.kill()
            lines = writer.stdout.read().rpartition("\n")[0].splitlines()
        links = {line.split()[1]: line.split() for line in lines}
        client = app_over(folder, file).test_client()
        for state, link, withdrawal in links.values():
            made = {"address": f"/-/embed/{link}", "withdraw": f"/-/embed/withdraw/{withdrawal}"}
            assert client.get(made["address"]).status_code in AFTER_A_KILL[state], seed
            assert client.get(made["withdraw"]).status_code == 200
            assert withdraw(client, made).status_code == 200
            assert client.get(made["address"]).status_code == 410
        make(client, "cut=whole", "test")


@pytest.fixture
def old(tmp_path, monkeypatch):
    """A store of version 0.1 and the organisation of its links, and the parts of their addresses."""
    shutil.copytree(LINKS_OF_0_1, tmp_path / "old")
    app = app_over(tmp_path / "old" / "store", tmp_path / "old" / "test.yaml")
    return app, json.loads((tmp_path / "old" / "links.json").read_text())


def test_links_made_by_0_1_show_their_views(old):
    app, links = old
    client = app.test_client()
    shown = {
        name: text(client, f"/-/embed/{one['link']}", 410 if name == "withdrawn" else 200)
        for name, one in links.items()
    }
    assert "Bo Lund" in shown["named"]
    for words in ("Leder", 'lang="en"', "theme-dark"):
        assert words in shown["nameless"]
    for words in ("Lund", "Holm", "Vagt"):
        assert words not in shown["nameless"]
    assert "is a part of" in shown["units"]
    assert "vist pr. 1. juni 2026" in shown["dated"]
    set_day(app, date(2026, 12, 22))
    assert "udløbet" in text(client, f"/-/embed/{links['expired']['link']}", 410)


def test_links_made_by_0_1_can_be_withdrawn(old):
    app, links = old
    client = app.test_client()
    assert [one.state(TODAY) for one in store_of(app).all()].count("live") == 5
    for one in links.values():
        made = {"address": f"/-/embed/{one['link']}"}
        made["withdraw"] = f"/-/embed/withdraw/{one['withdrawal']}"
        assert statuses(client, made, "withdraw") == [200]
        assert withdraw(client, made).status_code == 200
        assert statuses(client, made, "address", "withdraw") == [410, 200]
    new = make(client, "cut=whole", "test")
    assert statuses(client, new, "address", "withdraw") == [200, 200]


def test_where_it_cannot_be_written_a_link_is_not_made_and_all_else_works(tmp_path):
    (tmp_path / "file").write_text("")
    client = app_over(tmp_path / "file" / "folder").test_client()
    answer = make(client, status=503)
    assert str(tmp_path) not in answer.get_data(as_text=True)
    for address in ("/aalborg/", f"/aalborg/embeds?{BRANCH}"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("broken", ["", "x", "abcd", "zz" * 32, "ø"])
def test_a_key_that_is_none_signs_nothing(client, folder, broken):
    made = make(client)
    (folder / "secret").write_text(broken, encoding="utf-8")
    assert client.get(made["address"]).status_code == 503
    assert withdraw(client, made).status_code == 503
    make(client, status=503)


def test_links_that_cannot_be_read_show_nothing(client, folder):
    made = make(client)
    (folder / "links.sqlite3").write_bytes(b"no database" * 100)
    assert statuses(client, made, "address", "withdraw", "oembed") == [503] * 3
    assert client.get(made["oembed"]).mimetype == "application/json"
    with pytest.raises(StoreError):
        LinkStore(folder).all()
    assert "links.sqlite3" in run("list", "--store", folder, code=1)


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX systems")
def test_links_can_be_read_where_they_cannot_be_written():
    user = os.geteuid()
    with tempfile.TemporaryDirectory() as above:
        Path(above).chmod(0o755)
        folder = Path(above) / "store"
        link_id = LinkStore(folder).add("test", None)
        (folder / "links.sqlite3").chmod(0o444)
        folder.chmod(0o555)
        os.seteuid(user or 65534)  # the root user may write everywhere
        try:
            assert LinkStore(folder).find(link_id)
            with pytest.raises(StoreError, match="readonly"):
                LinkStore(folder).withdraw(link_id)
        finally:
            os.seteuid(user)
            folder.chmod(0o700)


def test_a_file_without_a_table_holds_no_links(folder):
    """As a process leaves it that was killed while it made the first link."""
    folder.mkdir(parents=True)
    (folder / "links.sqlite3").touch()
    store = LinkStore(folder)
    assert store.all() == ()
    assert not store.withdraw("nope")
    link_id = store.add("test", None)
    assert [one.id for one in store.all()] == [link_id]


def test_it_holds_no_more_than_it_may(app, client, monkeypatch):
    monkeypatch.setattr("webui.embedding.store.MOST_LINKS", 2)
    make(client)
    make(client)
    make(client, status=503)
    with pytest.raises(StoreFullError):
        store_of(app).add("aalborg", None)
    set_day(app, date(2028, 1, 1))
    make(client)


def test_where_it_is_full_what_was_withdrawn_first_is_forgotten_and_stays_refused(
    app, client, monkeypatch
):
    monkeypatch.setattr("webui.embedding.store.MOST_LINKS", 3)
    made = [make(client) for _n in range(3)]
    for day, one in ((3, made[0]), (2, made[1])):
        set_day(app, date(2026, 12, day))
        withdraw(client, one)
    new = make(client)
    left = {one.id for one in store_of(app).all()}
    assert left == {content(one)["id"] for one in (made[0], made[2], new)}
    assert "data-waits" not in text(client, made[1]["address"], 410)
    make(client)
    refused_one = make(client, status=503)
    assert "orgmodel embeds withdraw" in refused_one.get_json()["message"]
    assert client.get(made[2]["address"]).status_code == 200
    assert client.get(made[0]["address"]).status_code == 410


def test_what_is_forgotten_stays_refused(app, client):
    store = store_of(app)
    assert store.prune() == 0
    assert not store.folder.exists()
    withdrawn, over, live = make(client), make(client, expires="30"), make(client)
    withdraw(client, withdrawn)
    set_day(app, date(2027, 6, 1))
    assert store.prune() == 2
    assert [one.id for one in store.all()] == [content(live)["id"]]
    assert client.get(live["address"]).status_code == 200
    for one in (withdrawn, over):
        assert statuses(client, one, "address", "withdraw") == [410, 404]
        assert withdraw(client, one).status_code == 404


@pytest.mark.skipif(os.name != "posix", reason="owners are of POSIX systems")
def test_a_new_key_keeps_its_files_mode_and_owner(app, client, folder):
    made = make(client)
    secret = folder / "secret"
    secret.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(secret, 4711, 4712)
    before = secret.stat()
    assert store_of(app).new_key() == 2
    after = secret.stat()
    assert after.st_ino != before.st_ino
    for name in ("st_mode", "st_uid", "st_gid"):
        assert getattr(after, name) == getattr(before, name)
    assert client.get(made["address"]).status_code == 200


@pytest.mark.skipif(os.name != "posix", reason="owners are of POSIX systems")
def test_its_files_are_the_owners_of_the_folder_whoever_writes_them(folder, monkeypatch):
    folder.mkdir(parents=True)
    handed = []
    found = type(folder).stat

    def of_another(path, **options):
        status = list(found(path, **options))
        if path == folder:
            status[4:6] = [4711, 4712]
        return os.stat_result(status)

    def refuse(*_arguments):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(type(folder), "stat", of_another)
    monkeypatch.setattr("os.chown", lambda path, *owner: handed.append((path.name[:7], owner)))
    LinkStore(folder).new_key()
    assert handed == [("links.s", (4711, 4712)), (".secret", (4711, 4712))]
    (folder / "secret").unlink()
    monkeypatch.setattr("os.chown", refuse)
    with pytest.raises(StoreError, match="not permitted"):
        LinkStore(folder).new_key()
    assert {one.name for one in folder.iterdir()} == {"links.sqlite3"}


def test_keys_can_be_changed_without_ending_links(client, folder):
    before = make(client)
    assert run("new-key", "--store", folder) == "Keys that are accepted: 2\n"
    after = make(client)
    for one in (before, after):
        assert statuses(client, one, "address", "withdraw") == [200, 200]
    lines = (folder / "secret").read_text().splitlines()
    (folder / "secret").write_text(f"{lines[1]}\n")
    assert client.get(before["address"]).status_code == 404
    assert client.get(after["address"]).status_code == 200


def test_its_usual_place_is_the_users_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("webui.embedding.store.sys.platform", "linux")
    assert state_folder() == tmp_path / "orgmodel"
    monkeypatch.setenv("XDG_STATE_HOME", "not/absolute")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert state_folder() == tmp_path / ".local" / "state" / "orgmodel"
    monkeypatch.setattr("webui.embedding.store.sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    assert state_folder() == tmp_path / "Local" / "orgmodel"


# Commands -----------------------------------------------------------------------------------------


def run(*arguments, code=0):
    result = CliRunner().invoke(main, ["embeds", *map(str, arguments), "--lang", "en"])
    assert result.exit_code == code, result.output
    return result.output


def test_list_tells_every_link_and_withdraw_ends_one(client, folder):
    assert run("list", "--store", folder) == f"No link is saved in {folder}.\n"
    assert not folder.exists()
    made = make(client, expires="never")
    make(app_over(folder, DATA / "ballerup.yaml").test_client(), "", "ballerup")
    link_id = content(made)["id"]
    listed = json.loads(run("list", "--store", folder, "--format", "json"))
    found = {(one["organisation"], one["state"]) for one in listed}
    assert found == {("aalborg", "live"), ("ballerup", "live")}
    run("withdraw", link_id, "--store", folder)
    assert client.get(made["address"]).status_code == 410
    (line,) = [one for one in run("list", "--store", folder).splitlines() if link_id in one]
    assert line.split()[1] == "aalborg"
    assert line.rstrip().endswith("withdrawn")
    assert "never" in line
    told = run("withdraw", "nope", "--store", folder, code=2)
    assert f"there is no link “nope” in {folder}" in told
    # Withdrawn links are deleted by `prune`.
    assert run("prune", "--store", folder) == f"Links deleted in {folder}: 1\n"
    assert len(json.loads(run("list", "--store", folder, "--format", "json"))) == 1
    assert client.get(made["address"]).status_code == 410


@pytest.mark.parametrize("site", ["https://a.dk;", "https://a.dk/x", "x y;"])
def test_serve_takes_no_site_that_is_none(site):
    result = CliRunner().invoke(main, ["serve", "--embed-on", site])
    assert result.exit_code == 2
    assert "is no site" in result.output


def test_serve_hands_on_what_it_is_told(monkeypatch, tmp_path):
    handed = {}
    monkeypatch.setattr("webui.server.serving.serve_paths", lambda *given: handed.update(given[4]))
    arguments = [
        "serve", str(AALBORG), "--embed-on", "https://a.dk", "--embed-on", "https://*.b.dk/",
        "--embed-store", str(tmp_path), "--address", "https://c.dk/",
    ]  # fmt: skip
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert handed["FRAME_ANCESTORS"] == "'self' https://a.dk https://*.b.dk"
    assert (handed["EMBED_STORE"], handed["ADDRESS"]) == (str(tmp_path), "https://c.dk")


# The parameters of views --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def loaded(aalborg):
    return Loaded(aalborg)


IDS = (
    "direktoer", "chef-voksensocial", "jobcenterchef", "leder-rusmiddelafsnittet", "nope",
    "job-og-social", "all", "",
)  # fmt: skip
CHOICES = {
    "chart": ("units", "x"),
    "cut": (*(one.value for one in Cut), "whole", "x"),
    "post": IDS,
    "other": IDS,
    "depth": ("0", "1", "2", "x", "999"),
    "open": (*IDS, "direktoer,chef-voksensocial", "all,nope"),
    "closed": (*IDS, "direktoer,nope"),
    "more": ("~240", "direktoer~240", "direktoer~x", "nope~3", ""),
    "select": IDS,
    "color": ("band", "kind", "none", "x"),
    "light": ("forvaltningsledelsen", "nope"),
    "cross": ("off", "on"),
    "status": ("vacant", "acting", "nope"),
    "layer": ("1", "4", "99"),
    "kind": ("fagafdeling", "Peter Larsen"),
    "group": ("forvaltningsledelsen", "nope"),
    "q": ("Peter Larsen",),
    "lang": ("en",),
}
PARAMETERS = st.lists(
    st.sampled_from(sorted(CHOICES)).flatmap(
        lambda name: st.sampled_from(CHOICES[name]).map(lambda value: (name, value))
    ),
    max_size=10,
)
PARTS = ("cut", "units", "entries", "depth", "selected", "coloring", "lit", "cross_lines")


@pytest.mark.slow
@series(sample=200, full=10_000)
@given(PARAMETERS)
def test_a_link_shows_what_its_page_showed_and_holds_no_more(loaded, parameters):
    args = MultiDict(parameters)
    query = as_query(view_params(loaded, args))
    assert "Peter" not in query
    assert "nope" not in query
    asked, again = asked_view(loaded, args), view_of(loaded, read_params(query))
    assert select(loaded, again).shown == select(loaded, asked).shown
    for name in PARTS:
        assert getattr(again, name) == getattr(asked, name)
    assert as_query(view_params(loaded, read_params(query))) == query


def test_a_query_of_a_million_parameters_is_no_views():
    with pytest.raises(LinkNotMadeError):
        read_params("a=1&" * 100_000)
