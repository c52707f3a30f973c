"""What holds for every page of an organisation, of a new one too: taken from the addresses of the app."""

import pytest

from tests.webui.test_security import HOSTILE
from webui import create_app

PAGES = tuple(
    name
    for rule in create_app({}).url_map.iter_rules()
    for name in (rule.rule.removeprefix("/<organisation_id>/"),)
    if rule.arguments == {"organisation_id"}
    if "GET" in (rule.methods or ()) and not set(name) & set("./")
)


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("page", PAGES)
class TestEveryPage:
    def test_speaks_both_languages(self, client, page):
        for language in ("da", "en"):
            content = text(client, f"/aalborg/{page}?lang={language}")
            assert f'<html lang="{language}">' in content
            assert content.count("<main ") == content.count("<h1") == 1

    @pytest.mark.parametrize("query", ["date=2026-99-99", "lang=xx", "names=maybe"])
    def test_refuses_a_visit_that_means_nothing(self, client, page, query):
        assert client.get(f"/aalborg/{page}?{query}").status_code == 400

    def test_names_nobody_without_names(self, client, shipped, page):
        content = text(client, f"/aalborg/{page}?names=off")
        people = shipped["aalborg"].people.values()
        assert [person.name for person in people if person.name in content] == []

    def test_shows_hostile_data_as_text(self, hostile, page):
        assert HOSTILE not in text(hostile, f"/hostile/{page}")
