"""Headers, and hostile data in every field: escaped for wherever it goes."""

import json
import re

import pytest

from tests.builders import HEAD
from tests.clients import asked, missing, over
from tests.conftest import DATA

HOSTILE = "</script><img src=x onerror=alert(1)>'\"&{{7*7}}"
QUOTED = json.dumps(HOSTILE)


def hostile_organisation(folder):
    """An organisation with the hostile text in every field that takes one."""
    (folder / "hostile.yaml").write_text(
        f"""organisation: hostile
name: {QUOTED}
as_of: 2026
description: {QUOTED}
kinds: {{{QUOTED}: {{da: {QUOTED}, en: {QUOTED}}}}}
sources: {{s: {{title: {QUOTED}, file: {QUOTED}, kind: {QUOTED}, publisher: {QUOTED}, url: {QUOTED}}}}}
units:
  - id: a
    name: {QUOTED}
    kind: {QUOTED}
    description: {QUOTED}
    also: {QUOTED}
    employees: {{value: 10, note: {QUOTED}, cite: {{source: s, place: {QUOTED}, words: {QUOTED}}}}}
    budget: {{value: 10, note: {QUOTED}}}
    leader:
      id: l
      title: {{da: {QUOTED}, en: {QUOTED}}}
      holder: {{name: {QUOTED}, also: {json.dumps("x" + HOSTILE)}, cite: {{source: s, words: {QUOTED}}}}}
      note: {QUOTED}
      also: {QUOTED}
    positions:
      - id: p
        title: {QUOTED}
        reports_to: {{position: l, basis: inferred, reason: {QUOTED}}}
groups:
  - {{id: g, name: {QUOTED}, kind: {QUOTED}, cadence: {QUOTED}, purpose: {QUOTED}, also: {QUOTED},
     members: [{{position: l, role: chair, basis: inferred, reason: {QUOTED}}}]}}
relations: [{{from: l, to: g, kind: serves, about: {QUOTED}, basis: inferred, reason: {QUOTED}}}]
frameworks:
  - id: f
    name: {QUOTED}
    unit: a
    summary: {QUOTED}
    definition: [{{da: {QUOTED}, meaning: {QUOTED}, kinds: {QUOTED}, asks: [{{da: {QUOTED}}}]}}]
    principles: [{{da: {QUOTED}, cite: {{source: s, place: {QUOTED}, words: {QUOTED}}}}}]
    steering: [{QUOTED}]
profiles:
  - position: l
    summary: {QUOTED}
    responsibilities: [{QUOTED}]
    first_year: [{QUOTED}]
    success: [{QUOTED}]
    expectations: [{QUOTED}]
    dates: [{{date: 2026, kind: other, what: {QUOTED}}}]
findings:
  - {{code: not-stated, about: [l, a, g], da: {QUOTED}, en: {QUOTED}, cite: {{source: s, words: {QUOTED}}}}}
"""
    )


HOSTILE_PAGES = (
    "/",
    "/hostile/",
    "/hostile/positions/l",
    "/hostile/positions/p",
    "/hostile/search?q=img",
    "/hostile/frameworks",
    "/hostile/findings",
    "/hostile/units?color=kind",
    "/hostile/units/a",
    "/hostile/focus/l",
    "/hostile/chain/p",
    "/hostile/between?first=p&second=l",
    "/hostile/groups",
    "/hostile/changes?from=2000-01-01&to=2100-01-01",
    "/hostile/new?q=img",
    "/hostile/new/l/all",
    "/compare",
    "/hostile/spans?column=holder&column=kind&column=unit",
    "/hostile/spans/of/l",
    "/spans/compare?first-unit=a",
    "/hostile/embeds?cut=branch&post=l",
)


class TestHostileData:
    @pytest.mark.slow
    @pytest.mark.parametrize("page", HOSTILE_PAGES)
    @pytest.mark.parametrize("language", ["da", "en"])
    def test_is_shown_as_text(self, hostile, page, language):
        content = hostile.get(asked(page, f"lang={language}")).get_data(as_text=True)
        assert "&lt;/script&gt;&lt;img" in content
        assert "<img src=x" not in content
        assert "49" not in re.sub(r"\d{3,}", "", content) or "{{7*7}}" in content

    def test_cannot_leave_the_data_in_a_page(self, hostile):
        content = hostile.get("/hostile/").get_data(as_text=True)
        for name in ("chart-data", "page-data"):
            block = re.search(rf'id="{name}">(.*?)</script>', content, re.DOTALL)
            assert block is not None
            assert "<" not in block.group(1)
            json.loads(block.group(1))

    @pytest.mark.parametrize(
        ("page", "names"),
        [
            *(
                (page, "q lang open closed select")
                for page in ("/", "/aalborg/", "/aalborg/search")
            ),
            *(
                (page, "unit kind layer q sort fit-care band column")
                for page in ("/aalborg/spans", "/aalborg/spans/of/direktoer", "/spans/compare")
            ),
        ],
    )
    def test_in_an_address_is_shown_as_text_or_not_at_all(self, client, page, names):
        for name in names.split():
            answer = client.get(page, query_string={name: HOSTILE})
            assert answer.status_code in {200, 400}, name
            assert "<img src=x" not in answer.get_data(as_text=True), name

    @pytest.mark.slow
    @pytest.mark.parametrize("address", [f"/{HOSTILE}/", f"/aalborg/positions/{HOSTILE}"])
    def test_in_a_path_is_shown_as_text(self, client, address):
        answer = client.get(address.replace("</", "<"))
        assert answer.status_code == 404
        assert "<img" not in answer.get_data(as_text=True)

    @pytest.mark.slow
    def test_in_a_file_name_is_shown_as_text(self, tmp_path):
        (tmp_path / "<img src=x onerror=alert(1)>.yaml").write_text("x")
        content = over(tmp_path).get("/").get_data(as_text=True)
        assert "&lt;img src=x onerror=alert(1)&gt;.yaml" in content
        assert "<img src=x" not in content

    def test_in_an_error_message_is_shown_as_text(self, tmp_path):
        (tmp_path / "a.yaml").write_text(f"{HEAD}units: []\n{QUOTED}: x\n")
        content = over(tmp_path).get("/").get_data(as_text=True)
        assert "unknown-key" in content
        assert "<img src=x" not in content


class TestHeaders:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        "page",
        [
            "/",
            "/aalborg/",
            "/aalborg/chart.json",
            "/nope/",
            "/aalborg/spans",
            "/api/v1/organisations/aalborg/spans",
            "/aalborg/spans.xlsx",
            "/aalborg/spans/tables/leaders.csv",
            "/aalborg/spans/plots/widest.svg",
            "/aalborg/spans/plots/widest.png",
            "/aalborg/spans/of/nope",
            "/spans/compare",
            "/api",
            "/api/openapi.json",
            "/-/static/app.css",
            "/-/vis-network-9.1.2.min.js",
        ],
    )
    def test_are_on_every_answer(self, client, page):
        with client.get(page) as answer:
            headers = answer.headers
        policy = headers["Content-Security-Policy"]
        parts = (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
        )
        assert missing(parts, policy) == []
        assert "unsafe" not in policy
        assert "nonce" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"

    @pytest.fixture(scope="class")
    @classmethod
    def framed_anywhere(cls):
        return over(DATA, FRAME_ANCESTORS="* 'self'")

    @pytest.mark.parametrize("page", ["/", "/aalborg/", "/aalborg/embeds", "/-/oembed", "/nope/"])
    def test_no_page_but_an_embedded_view_is_framed_whatever_is_set(self, framed_anywhere, page):
        headers = framed_anywhere.get(page).headers
        assert re.findall(r"frame-ancestors ([^;]*)", headers["Content-Security-Policy"]) == [
            "'none'"
        ]
        assert headers["X-Frame-Options"] == "DENY"

    @pytest.mark.slow
    @pytest.mark.parametrize("page", ["/", "/aalborg/", "/aalborg/positions/direktoer"])
    def test_set_no_cookie_and_do_not_say_what_the_server_is(self, client, page):
        headers = client.get(page).headers
        assert "Set-Cookie" not in headers
        assert "Server" not in headers


ALL_KINDS = (
    "/",
    "/aalborg/",
    "/aalborg/positions/direktoer",
    "/aalborg/spans",
    "/aalborg/spans/of/direktoer",
    "/spans/compare",
    "/api",
    "/aalborg/embeds",
)


class TestPages:
    @pytest.mark.slow
    @pytest.mark.parametrize("page", ALL_KINDS)
    def test_hold_no_script_style_or_handler_of_their_own_and_name_no_other_origin(
        self, client, page
    ):
        content = client.get(page).get_data(as_text=True)
        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", content)
        assert all('type="application/json"' in attributes for attributes in inline)
        assert "<style" not in content
        assert not re.search(r"\sstyle=", content)
        assert not re.search(r"\son\w+=", content)
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', content)
