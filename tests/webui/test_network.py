"""The page of the network: its answers in words, its addresses, its files, and without names."""

import json
import re

import pytest

from tests.builders import body, post, unit
from tests.clients import data, links, names_of, over_body, seen, text

AROUND = "/aalborg/network?of=post:direktoer"
BETWEEN = "/skanderborg/network?of=unit:konsulentafdelingen&and=unit:visitation-og-hjaelpemidler"
HOSTILE = "<script>alert(1)</script>"


class TestWithoutAChoice:
    def test_one_searches_and_sees_who_sits_in_most_groups(self, client):
        content = seen(client, "/aalborg/network?lang=en")
        assert "Whose network do you want to see?" in content
        assert "Head of department Voksensocialafdelingen at least 5" in content

    def test_the_figures_are_explained_and_unknown_is_not_nought(self, client):
        content = seen(client, "/aalborg/network?lang=en")
        assert "the share of all pairs of other posts whose shortest way" in content
        assert "not stated are not in the list" in content

    def test_a_search_leads_to_the_network_of_a_hit(self, client):
        content = text(client, "/aalborg/network?q=direkt")
        assert "/aalborg/network?of=post:direktoer" in "".join(links(content))

    def test_every_group_leads_to_its_network(self, client, aalborg):
        content = text(client, "/aalborg/network")
        assert all(f"of=group:{one}" in content for one in aalborg.groups)

    def test_without_groups_there_is_no_ranking(self, tmp_path):
        client = over_body(tmp_path, body(unit("u", "p")))
        assert "Hvem sidder i flest fora" not in seen(client, "/test/network")


class TestAroundAPost:
    def test_it_is_said_who_sits_in_groups_with_the_post(self, client):
        content = seen(client, f"{AROUND}&lang=en")
        assert "The post sits in 4 groups with 14 other posts." in content
        assert "Head of job centre Jesper Dalgaard, Jobcenter Aalborg 4 groups" in content

    def test_each_kind_of_tie_has_a_list(self, client):
        content = text(client, f"{AROUND}&lang=en")
        headings = re.findall(r"<h3>([^<]+) <span", content)
        assert headings == [
            "Sit in groups with the post", "Reports to", "Leads", "Is part of", "Sits in", "Direct reports",
        ]  # fmt: skip

    def test_what_is_further_away_says_through_whom(self, client):
        content = seen(client, f"{AROUND}&steps=2&lang=en")
        assert "2 steps away" in content
        assert "Head of centre reports to Head of department" in content

    def test_the_steps_are_links_and_the_present_one_is_marked(self, client):
        content = text(client, f"{AROUND}&steps=2")
        assert re.search(r'steps=2[^>]*aria-current="page"', content)

    def test_the_picture_comes_with_the_page_and_its_cards_are_links(self, client):
        content = text(client, AROUND)
        assert 'href="/aalborg/network?of=group:forvaltningsledelsen"' in content
        assert content.count("<svg") > 1

    def test_nobody_is_named_without_names(self, client, aalborg):
        for steps in (1, 3):
            content = text(client, f"{AROUND}&steps={steps}&names=off")
            assert [name for name in names_of(aalborg) if name in content] == []

    def test_a_post_in_no_group_is_said_to_be(self, tmp_path):
        client = over_body(tmp_path, body(unit("u", "p")))
        assert "Kilderne nævner" in seen(client, "/test/network?of=post:p")


class TestBetween:
    def test_two_sections_are_tied_by_their_leader_and_their_groups(self, client):
        content = seen(client, f"{BETWEEN}&lang=en")
        assert "They meet in 2 groups." in content
        assert "Closest common leader" in content
        assert "Ledergruppen i Fagsekretariatet" in content

    def test_the_shortest_way_is_told_step_by_step(self, client):
        content = seen(client, f"{BETWEEN}&lang=en")
        assert "Konsulentafdelingen is part of Fagsekretariatet" in content


class TestAddresses:
    @pytest.mark.parametrize(
        "query",
        ["of=nobody", "of=post:nobody", "of=unit:direktoer", "of=post:direktoer&steps=4",
         "of=post:direktoer&and=x", "of=post:direktoer&unfold=group:x"],
    )  # fmt: skip
    def test_what_does_not_exist_is_refused(self, client, query):
        assert client.get(f"/aalborg/network?{query}").status_code == 400

    def test_a_slip_leads_to_what_is_meant(self, client):
        content = text(client, "/aalborg/network?of=post:direktor", 400)
        assert "of=post:direktoer" in content

    def test_what_is_left_out_is_counted_and_unfolds(self, tmp_path):
        many = [post(f"p{n}") for n in range(242)]
        client = over_body(tmp_path, body(unit("u", "top", positions=many)))
        content = text(client, "/test/network?of=post:top")
        assert "+ 212 flere" in content
        unfolded = text(client, "/test/network?of=post:top&unfold=post:top")
        assert "+ 94 flere" in unfolded

    def test_hostile_names_are_text(self, tmp_path):
        group = {"id": "g", "name": HOSTILE, "kind": "k", "members": [{"position": "p"}]}
        held = post("p", title=HOSTILE)
        client = over_body(tmp_path, body(unit("u", positions=[held]), groups=[group]))
        for query in ("", "?of=post:p", "?of=group:g", "?of=post:p&and=group:g"):
            answer = client.get(f"/test/network{query}").get_data(as_text=True)
            assert HOSTILE not in answer


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "start"),
        [("svg", b"<svg"), ("png", b"\x89PNG"), ("graphml", b"<?xml"), ("csv", "\ufeff".encode())],
    )
    def test_the_network_is_saved(self, client, name, start):
        answer = client.get(f"/aalborg/network/files/{name}?of=post:direktoer")
        assert answer.status_code == 200
        assert answer.data.startswith(start)
        assert f"network-aalborg-direktoer.{name}" in answer.headers["Content-Disposition"]

    def test_files_name_nobody_without_names(self, client, aalborg):
        for name in ("svg", "graphml", "csv"):
            content = text(client, f"/aalborg/network/files/{name}?of=post:direktoer&names=off")
            assert [one for one in names_of(aalborg) if one in content] == []

    @pytest.mark.parametrize("path", ["files/svg", "files/xyz?of=post:direktoer"])
    def test_nothing_else_is(self, client, path):
        assert client.get(f"/aalborg/network/{path}").status_code == 404


def test_a_group_has_a_panel(client):
    panel = data(client, "/aalborg/groups/forvaltningsledelsen/panel.json")
    assert panel["title"]["text"] == "Forvaltningsledelsen (FL)"
    assert len(panel["lists"][0]["items"]) == 7
    assert client.get("/aalborg/groups/nobody/panel.json").status_code == 404


SHARED = """
units:
  - id: u
    name: U
    kind: k
    leader: {id: chief, title: Chef, holder: Anne (Ann) Berg}
    units:
      - id: v
        name: V
        kind: k
        leader: {id: two, title: Ledere, seats: 2, holder: [Bo Lind, Cia Dahl]}
groups:
  - {id: g, name: G, kind: k, members: [chief, two]}
"""


def test_every_face_shows_the_initials_that_the_card_has(tmp_path):
    small = over_body(tmp_path, SHARED)
    signs = {}
    for node in data(small, "/test/chart.json?layers=all")["nodes"]:
        (signs[node["id"]],) = [one[3] for one in node["card"]["marks"] if one[0] == "initials"]
    assert signs == {"chief": "AB", "two": "2"}
    of_units = {"u": "AB", "v": "2"}
    for page in ("positions/chief", "groups/g", "units/u", "units/v"):
        lists = data(small, f"/test/{page}/panel.json")["lists"]
        links = [one["link"] for of in lists for one in of["items"]]
        assert links
        assert {(one["id"], one["initials"]) for one in links} <= {
            *signs.items(),
            *of_units.items(),
        }
    content = text(small, "/test/network?of=post:chief")
    (found,) = re.findall(r'<script type="application/json" id="net-data">(.*?)</script>', content)
    cards = {node["id"]: node["card"]["sign"] for node in json.loads(found)["nodes"]}
    assert cards.items() >= signs.items()
    avatar = '<span class="avatar" aria-hidden="true">{}</span>'
    for page, initials in (("positions/two", "2"), ("groups", "2"), ("units/u", "2")):
        assert avatar.format(initials) in text(small, f"/test/{page}")


class TestApi:
    ONE = "/api/v1/organisations/aalborg"

    def test_a_network_has_its_nodes_and_ties(self, client):
        found = data(client, f"{self.ONE}/network?of=post:direktoer")
        assert found["nodes"][0] == {"id": "direktoer", "kind": "post", "steps": 0}
        assert {one["kind"] for one in found["ties"]} == {
            "reports_to",
            "leads",
            "part_of",
            "member_of",
        }
        assert found["between"] is None

    def test_two_nodes_are_compared(self, client):
        found = data(client, f"{self.ONE}/network?of=post:direktoer&and=post:jobcenterchef")
        assert found["between"]["leader_id"] == "direktoer"

    def test_it_is_around_something(self, client):
        assert client.get(f"{self.ONE}/network").status_code == 400

    def test_forums_are_a_list(self, client):
        found = data(client, f"{self.ONE}/forums?limit=1")
        assert found["items"][0]["position_id"] == "chef-voksensocial"
        assert found["total"] == 22


def test_groups_and_units_can_be_chosen_without_script(client):
    start = text(client, "/aalborg/network")
    assert re.search(r'<select[^>]* name="of">', start)
    around = text(client, AROUND)
    assert '<option value="unit:job-og-social">' in around
    assert '<input type="hidden" name="of" value="post:direktoer">' in around
    assert re.search(r'<select[^>]* name="and">', around)
