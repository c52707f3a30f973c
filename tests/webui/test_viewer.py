"""A page is built for a viewer: with an app's addresses, and without any request."""

from datetime import date

import pytest

from webui.asking.viewer import Viewer
from webui.pages.post.page import post_context
from webui.store.loaded import Loaded

ORGANISATION = "silkeborg"
LEADER = "koncerndirektoer"


@pytest.fixture(scope="module")
def viewer(app):
    return Viewer(
        "en",
        day=date(2026, 12, 31),
        path={"organisation_id": ORGANISATION},
        adapter=app.url_map.bind("localhost"),
        site="https://org.example.dk",
    )


def test_a_page_is_built_without_a_request(viewer, silkeborg):
    page = post_context(viewer, Loaded(silkeborg), LEADER)
    assert page.chain[0].post.href == f"/{ORGANISATION}/positions/{LEADER}?date=2026-12-31"


def test_an_address_keeps_the_visit_and_the_organisation(viewer):
    assert viewer.url_for("spans.page", unit="u") == "/silkeborg/spans?date=2026-12-31&unit=u"
    assert viewer.url_for("spans.page", date=None) == "/silkeborg/spans"
    assert viewer.url_for("comparison.page") == "/compare?date=2026-12-31"
    other = viewer.url_for("charts.page", organisation_id="aalborg")
    assert other == "/aalborg/?date=2026-12-31"
    groups = viewer.url_for("groups.page", date=None, _anchor="group-a")
    assert groups == "/silkeborg/groups#group-a"


def test_a_whole_address_is_the_one_that_others_know(viewer):
    address = viewer.whole_url_for("status.security_txt")
    assert address == "https://org.example.dk/.well-known/security.txt"


def test_texts_are_in_the_language_of_the_viewer():
    assert Viewer("da")._("Chart") == "Diagram"
    assert Viewer("en").ngettext("{n} post", "{n} posts", 1200) == "1,200 posts"
    assert Viewer("da").number(1200) == "1.200"
