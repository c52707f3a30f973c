"""The pages as a client gets them: what they say, in both languages, with and without data."""

import json
import re

import pytest

from orgmodel import findings
from orgmodel.reading.loading import read_bytes
from tests.builders import HEAD, body, post, unit, write
from tests.clients import asked, data, found_in, missing, over, over_body, seen, text, whole
from tests.webui.shown import page_data
from webui import create_app

NOBODY = body()

PAGES = (
    "/",
    "/aalborg/",
    "/aalborg/positions/chef-voksensocial",
    "/aalborg/positions/raadmand",
    "/aalborg/positions/leder-rusmiddelafsnittet",
    "/aalborg/search?q=livskraft",
    "/ballerup/positions/plejehjemsleder",
    "/skanderborg/positions/myndigheds-og-sekretariatschef",
    "/silkeborg/positions/sektionsleder-sekretariatet",
    "/ballerup/frameworks",
    "/silkeborg/frameworks",
    "/skanderborg/findings",
    "/compare",
    "/nope/",
    "/aalborg/positions/nope",
    "/aalborg/units?color=kind",
    "/aalborg/units/voksensocialafdelingen",
    "/aalborg/focus/chef-voksensocial",
    "/aalborg/chain/leder-rusmiddelafsnittet",
    "/aalborg/between?first=direktoer&second=jobcenterchef",
    "/skanderborg/groups",
    "/aalborg/changes",
    "/aalborg/new",
    "/aalborg/new/chef-voksensocial/all",
    "/accessibility",
    "/aalborg/spans",
    "/aalborg/spans?unit=voksensocialafdelingen&fit-care=x&column=holder&column=span&sort=span",
    "/aalborg/spans/of/chef-voksensocial",
    "/spans/compare",
    "/api",
    "/start/new",
    "/start/present",
    "/start/own",
)


class TestLanguages:
    @pytest.mark.parametrize(
        ("header", "query", "language"),
        [
            ("", "", "da"),
            ("en-GB,en;q=0.9", "", "en"),
            ("de,da;q=0.5", "", "da"),
            ("fr", "", "da"),
            ("en", "?lang=da", "da"),
            ("da", "?lang=en", "en"),
            ("da", "?lang=xx", "da"),
        ],
    )
    def test_the_address_decides_else_the_browser_else_danish(
        self, client, header, query, language
    ):
        answer = client.get(f"/{query}", headers={"Accept-Language": header})
        assert f'<html lang="{language}">' in answer.get_data(as_text=True)

    def test_caches_are_told_what_the_browser_decides(self, client):
        assert "Accept-Language" in client.get("/aalborg/").headers["Vary"]
        assert "Accept-Language" not in client.get("/aalborg/?lang=en").headers.get("Vary", "")
        with client.get("/-/static/app.css") as static:
            assert "Accept-Language" not in static.headers.get("Vary", "")

    @pytest.mark.slow
    @pytest.mark.parametrize("page", PAGES)
    def test_a_chosen_language_stays_in_every_link(self, client, page):
        content = client.get(asked(page, "lang=en")).get_data(as_text=True)
        links = [
            link
            for link in re.findall(r'href="(/[^"]*)"', content)
            if not link.startswith("/-/") and "lang=da" not in link
        ]
        assert links
        assert [link for link in links if "lang=en" not in link] == []

    @pytest.mark.slow
    @pytest.mark.parametrize("page", PAGES)
    def test_the_other_language_is_one_link_away_and_keeps_the_page(self, client, page):
        content = client.get(page).get_data(as_text=True)
        (link,) = set(re.findall(r'href="([^"]*)" lang="en" hreflang="en"', content))
        other = client.get(link.replace("&amp;", "&"))
        assert '<html lang="en">' in other.get_data(as_text=True)
        if client.get(page).status_code == 200:
            assert link.split("?")[0] == page.split("?")[0]

    def test_danish_words_on_an_english_page_are_marked(self, client):
        content = text(client, "/aalborg/positions/chef-voksensocial?lang=en")
        assert '<span lang="da">Voksensocialafdelingen</span>' in content
        assert "specialist department (fagafdeling)" in content
        assert 'lang="da"' not in text(client, "/aalborg/positions/chef-voksensocial").replace(
            'lang="da" hreflang', ""
        ).replace('<html lang="da">', "").replace('<q lang="da">', "")

    @pytest.mark.slow
    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.parametrize("language", ["da", "en"])
    def test_no_placeholder_is_left_open(self, client, page, language):
        content = client.get(asked(page, f"lang={language}")).get_data(as_text=True)
        # A path of the API has names in braces; it stands as code, and in what its table is called.
        quoted = r"<(script|code|caption)\b.*?</\1>"
        body = re.sub(quoted, "", content, flags=re.DOTALL)
        # What a script fills in stands in an attribute of data.
        body = re.sub(r' data-\w+="[^"]*"', "", body)
        assert not re.search(r"\{\w+\}", body)


class TestIndex:
    def test_lists_the_organisations_with_their_size(self, client):
        content = text(client, "/")
        words = (
            "Aalborg Kommune, Job og Social",
            "4.320 ansatte",
            "ca. 1.800 ansatte",
            "4.320 ansatte · 25 stillinger · februar 2026",
            "14 stillinger · august 2026",
            "2 opslåede stillinger",
        )
        assert missing(words, content) == []

    @pytest.mark.parametrize(("language", "words"), [("da", "1 stilling"), ("en", "1 post")])
    def test_one_post_is_not_several(self, tmp_path, language, words):
        client = over_body(tmp_path, body(unit("a", "l")))
        assert f">{words} · " in text(client, f"/?lang={language}")

    def test_an_empty_folder_says_what_to_do(self, tmp_path):
        content = text(over(tmp_path), "/?lang=en")
        assert "There are no organisations yet" in content
        assert "data/README.md" in content

    def test_a_folder_that_is_gone_still_serves(self, tmp_path):
        assert "there is no such file" in text(over(tmp_path / "nope"), "/?lang=en")

    def test_a_broken_file_is_listed_and_the_others_are_served(self, tmp_path):
        write(tmp_path, NOBODY, "good")
        write(tmp_path, "unitz: []\nname: twice\n", "bad")
        client = over(tmp_path)
        content = text(client, "/?lang=en")
        assert "1 file cannot be shown" in content
        words = (
            "bad.yaml:4:1",
            "unknown-key",
            "bad.yaml:5:1",
            "duplicate-key",
            "missing-key",
        )
        assert missing(words, content) == []
        assert str(tmp_path) not in content
        assert text(client, "/good/")

    def test_a_file_that_changes_is_read_again(self, tmp_path):
        file = write(tmp_path, NOBODY)
        client = over(tmp_path)
        assert "Test" in text(client, "/")
        file.write_text((HEAD + NOBODY).replace("name: Test", "name: Et andet navn"))
        assert "Et andet navn" in text(client, "/")
        file.write_text("nonsense")
        assert "wrong-type" in text(client, "/")
        file.unlink()
        assert "Et andet navn" not in text(client, "/")

    def test_only_what_has_changed_is_read(self, tmp_path, monkeypatch):
        for name in ("a", "b"):
            write(tmp_path, NOBODY, name)
        client = over(tmp_path)
        text(client, "/")
        asked = []

        def read(content, path):
            asked.append(path.name)
            return read_bytes(content, path)

        monkeypatch.setattr("webui.store.data_files.read_bytes", read)
        write(tmp_path, f"{NOBODY}# changed\n", "b")
        text(client, "/")
        text(client, "/")
        assert asked == ["b.yaml"]


class TestChart:
    def test_lists_every_post_with_what_its_card_says(self, client, aalborg):
        content = text(client, "/aalborg/?layers=all")
        for position_id in aalborg.positions:
            assert f'data-id="{position_id}"' in content
        words = (
            "Mette Havemann",
            "godt 2.000 / ca. 2.160 under",
            "7 ledere direkte",
            "antal ikke oplyst",
        )
        assert missing(words, content) == []

    def test_the_list_is_nested_like_the_line(self, client, aalborg):
        content = text(client, "/aalborg/?layers=all")
        tree = whole(r'<nav id="tree".*?</nav>', content, re.DOTALL)
        depth, found = 0, {}
        for tag in re.findall(r'<ul>|</ul>|data-id="[^"]*"', tree):
            if tag == "<ul>":
                depth += 1
            elif tag == "</ul>":
                depth -= 1
            else:
                found[tag[9:-1]] = depth
        assert depth == 0
        assert found["raadmand"] == 1
        assert found["leder-rusmiddelafsnittet"] == 5
        assert len(found) == len(aalborg.positions)

    def test_a_post_can_be_folded_without_a_script(self, client):
        content = text(client, "/aalborg/?layers=all")
        link = found_in(r'href="([^"]*closed=chef-voksensocial[^"]*)"', content)
        folded = text(client, link)
        assert 'data-id="centerchef-livskraft"' not in folded
        assert 'data-id="centerchef-nord"' in folded
        assert "9 stillinger er foldet ind" in folded

    def test_a_selected_post_is_shown_even_where_it_was_folded_away(self, client):
        content = text(client, "/aalborg/?closed=direktoer&select=leder-rusmiddelafsnittet")
        assert 'data-id="leder-rusmiddelafsnittet"' in content

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "query",
        ["open=nope", "closed=nope", "select=nope", "open=" + "x," * 4000, "open=%00", "lang=%F0"],
    )
    def test_a_broken_address_is_refused(self, client, query):
        assert "aria-invalid" in text(client, f"/aalborg/?{query}", 400)

    def test_its_data_is_what_the_page_holds(self, client):
        content = client.get("/aalborg/").text
        inline = whole(r'(?<=id="chart-data">).*?(?=</script>)', content, re.DOTALL)
        assert json.loads(inline) == data(client, "/aalborg/chart.json")

    def test_a_chart_of_nobody(self, tmp_path):
        assert data(over_body(tmp_path, NOBODY), "/test/chart.json")["nodes"] == []


class TestPost:
    def test_answers_what_a_new_leader_asks(self, client):
        plain = seen(client, "/aalborg/positions/chef-voksensocial")
        words = (
            "Afdelingschef Voksensocialafdelingen fagafdeling",
            "Opslået pr. 9. februar 2026",
            "Ledelseskæde til toppen",
            "Sidestillede 4",
            "Refererer direkte hertil 7",
            "7 ledere direkte ; medarbejdere direkte: ikke oplyst",
            "godt 2.000 / ca. 2.160",
            "(2.000–2.268)",
            "ca. 1,4 mia. kr.",
            "Ledelsesfora 5",
            "Forvaltningsledelsen (FL)",
            "Formand: ikke oplyst · mødehyppighed ikke oplyst",
            "Charlotte Bang Mathiasen Konstitueret",
            "Dine første opgaver",
            "Før budget 2026–2029 ud i livet",
            "Jobprofiler for to afdelingschefer i Job og Social",
            "004_e9c2d6e79fa6dfc1.txt",
        )
        assert missing(words, plain) == []

    def test_who_to_ask_who_appoints_and_what_to_read(self, client):
        plain = seen(client, "/skanderborg/positions/myndigheds-og-sekretariatschef")
        words = (
            "Spørgsmål om stillingen MI Chef for Sundhed, Omsorg og Handicap Morten Ilsøe",
            "Ansættelsesudvalget for myndigheds- og sekretariatschefen",
            "tre tillidsrepræsentanter, en medarbejder",
            "Læs mere",
            "Direktionens Udviklingsspor 2026",
            "og 7 flere",  # three of the ten first tasks stand in the overview, all of them below
        )
        assert missing(words, plain) == []

    def test_the_groups_tell_how_many_a_committee_has_in_all(self, client):
        assert "5 medlemmer nævnt ved stilling, 11 i alt" in text(client, "/skanderborg/groups")

    def test_a_chair_is_told(self, client):
        content = text(client, "/aalborg/positions/chef-boern-og-familie")
        assert '<span class="chip chip-acting">formand</span>' in content

    def test_every_step_of_the_chain_says_how_it_is_known(self, client):
        steps = page_data(client, "/aalborg/positions/leder-rusmiddelafsnittet")["chain"]
        assert [step["post"]["id"] for step in steps] == [
            "leder-rusmiddelafsnittet",
            "centerchefer-oevrige",
            "chef-voksensocial",
            "direktoer",
            "raadmand",
        ]
        assert [step["line"] and step["line"]["origin"] for step in steps] == [
            None,
            "inferred",
            "stated",
            "stated",
            "inferred",
        ]
        (quote,) = steps[2]["line"]["steps"][0]["quotes"]
        assert quote == {
            "words": "de 7 centerchefer, som refererer til dig",
            "place": "linje 174",
            "source": {"text": "Jobprofiler for to afdelingschefer i Job og Social", "lang": None},
            "file": "004_e9c2d6e79fa6dfc1.txt",
        }

    def test_tells_what_the_unit_does_and_who_says_so(self, client):
        words = text(client, "/aalborg/positions/chef-voksensocial?lang=en")
        assert "The core task is to put people first" in words
        assert "Vi sætter mennesket først" in words

    def test_a_level_is_the_least_where_nobody_below_is_known(self, client):
        words = text(client, "/aalborg/positions/jobcenterchef")
        assert "Mindst leder af medarbejdere" in words
        assert "Mindst" not in text(client, "/aalborg/positions/direktoer")

    def test_an_unsettled_superior_names_the_alternatives(self, client):
        content = text(client, "/aalborg/positions/leder-rusmiddelafsnittet?lang=en")
        assert "may also be:" in content
        assert "/aalborg/positions/centerchef-livskraft" in content

    def test_findings_that_touch_it_are_shown(self, client):
        content = text(client, "/aalborg/positions/jobcenterchef?lang=en")
        assert "Jesper Dalgaard is also spelled Jesper Dahlgaard." in content

    def test_a_post_about_which_little_is_known_says_so(self, client):
        content = text(client, "/aalborg/positions/centerchef-oest?lang=en")
        words = (
            "The post exists, but no document says who holds it.",
            "No known post reports to this one.",
            "The sources do not describe this post any further.",
        )
        assert missing(words, content) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("language", ["da", "en"])
    def test_every_post_has_a_page_and_its_twin(self, client, aalborg, language):
        for position_id in aalborg.positions:
            address = f"/aalborg/positions/{position_id}"
            assert text(client, f"{address}?lang={language}")
            twin = client.get(f"{address}.json?lang={language}", follow_redirects=True)
            assert twin.json["id"] == position_id

    def test_a_post_of_plain_data_without_any_source(self, tmp_path):
        client = over_body(tmp_path, body(unit("a", post("l", holder="N"))))
        content = text(client, "/test/positions/l?lang=en")
        assert "without a source" in content


class TestFirstYear:
    """The onboarding view on the page of a post."""

    @staticmethod
    def first(client, address, language="da"):
        return page_data(client, f"{address}?lang={language}")["onboarding"]

    @staticmethod
    def dates(client, day):
        """What the page of an advertised post says on a day; its holder begins on 1 October 2026."""
        address = f"/skanderborg/positions/myndigheds-og-sekretariatschef?date={day}&lang=da"
        return page_data(client, address)["onboarding"]

    def test_dates_stand_in_order_and_end_a_year_after_the_start(self, client):
        stones = self.dates(client, "2026-09-30")["milestones"]
        assert [(stone["when"], stone["kind"]) for stone in stones] == [
            ("2026 til 2027", "other"),
            ("9. august 2026", "deadline"),
            ("12. august 2026", "other"),
            ("18. august 2026", "interview"),
            ("26. august 2026", "interview"),
            ("1. oktober 2026", "start"),
            ("oktober 2026", "meeting"),
            ("1. oktober 2027", "derived"),
        ]
        assert all(stone["quotes"] for stone in stones if stone["kind"] != "derived")

    def test_from_the_start_on_the_dates_of_the_application_are_left_out(self, client):
        found = self.dates(client, "2026-10-01")
        assert [stone["when"] for stone in found["milestones"]] == [
            "2026 til 2027",
            "1. oktober 2026",
            "oktober 2026",
            "1. oktober 2027",
        ]
        assert found["timeline"]["today_at"] == found["timeline"]["marks"][1]["at"]

    def test_the_line_of_dates_is_to_scale(self, client):
        found = self.dates(client, "2026-09-30")["timeline"]
        at = [mark["at"] for mark in sorted(found["marks"], key=lambda one: one["number"])]
        # The line is 418 days long, from the deadline on 9 August 2026 to 1 October 2027; the year
        # of a programme does not stretch it. The interview is on day 9, the start on day 53.
        assert (at[0], at[1], at[-1]) == (5.0, 5.0, 95.0)
        assert [at[3], at[5]] == pytest.approx([5 + 90 * 9 / 418, 5 + 90 * 53 / 418], abs=0.01)

    def test_a_day_or_another_and_a_day_to_another(self, client):
        address = "/aalborg/positions/chef-boern-og-familie?date=2026-03-01&lang=da"
        stones = page_data(client, address)["onboarding"]["milestones"]
        (meeting,) = [stone["when"] for stone in stones if stone["kind"] == "meeting"]
        assert meeting == "23. marts 2026 eller 24. marts 2026"
        address = "/silkeborg/positions/sektionsleder-sekretariatet?date=2025-10-01&lang=en"
        stones = page_data(client, address)["onboarding"]["milestones"]
        assert stones[1]["when"] == "21 October 2025 to 22 October 2025"

    @pytest.mark.slow
    def test_what_is_regular(self, client):
        rhythms = self.first(client, "/skanderborg/positions/chef-soh")["rhythms"]
        assert [(one["group"]["text"], one["cadence"]["text"]) for one in rhythms] == [
            ("Chefgruppen for SOH", "fast to gange om måneden")
        ]

    def test_whom_to_meet_and_why(self, client):
        found = self.first(client, "/ballerup/positions/leder-plejehjemsomraadet")
        assert [(one["post"]["id"], one["why"]) for one in found["meetings"]] == [
            ("centerchef", ["Din leder", "I sidder begge i Centerledelsen"]),
            (
                "plejehjemsleder",
                [
                    "Refererer til dig",
                    "I sidder begge i Plejehjemmenes ledergruppe",
                    "leder Plejehjemmene, som forsynes af Køkken Ballerup (mad)",
                ],
            ),
            (
                "leder-koekken-ballerup",
                [
                    "Refererer til dig",
                    "leder Køkken Ballerup, som leverer til Plejehjemmene (mad)",
                ],
            ),
            ("leder-sundhedsomraadet", ["I sidder begge i Centerledelsen"]),
            ("leder-hjemmeboende-borgere", ["I sidder begge i Centerledelsen"]),
            (
                "stabsleder",
                [
                    "I sidder begge i Centerledelsen",
                    "leder Staben, som er stab i Center for Omsorg og Sundhedsfremme",
                ],
            ),
        ]
        assert [name["text"] for name in found["unknown_chairs"]] == [
            "Centerledelsen",
            "Plejehjemmenes ledergruppe",
        ]

    def test_what_the_framework_asks_of_the_level(self, client):
        found = self.first(client, "/silkeborg/positions/sektionsleder-myndighed")["frameworks"]
        names = [one["name"]["text"] for one in found]
        assert names == ["Koncernmodellen", "Sektionslederniveauet"]
        assert found[1]["href"] == (
            "/silkeborg/frameworks?lang=da#framework-sektionslederniveauet"
        )
        asked = [ask["text"]["text"] for one in found[1]["principles"] for ask in one["asks"]]
        assert "Oversæt lovgivning, strategier og beslutninger til drift" in asked

    def test_a_post_without_a_profile_has_people_and_expectations(self, client):
        content = text(client, "/ballerup/positions/stabsleder")
        assert "Dit første år" in content
        assert "Din leder" in content
        assert "Vores stabile drift er fundamentet" in content

    def test_of_several_seats_the_open_ones_are_told(self, client):
        content = text(client, "/ballerup/positions/plejehjemsleder?lang=en")
        assert '<span class="chip chip-named">5 open</span>' in content
        assert "5 seats are open: the sources do not say who holds them." in content
        panel = data(client, "/ballerup/positions/plejehjemsleder/panel.json?lang=en")
        assert (panel["holder"], panel["chip"]) == ("Signe Bach Damm", "5 open")
        assert panel["note"] == "5 seats are open: the sources do not say who holds them."

    def test_open_seats_are_told_wherever_the_post_is_listed(self, client):
        name = "Signe Bach Damm"
        for path in (
            "/ballerup/chain/plejehjemsleder",
            "/ballerup/focus/plejehjemsleder",
            "/ballerup/spans/of/plejehjemsleder",
            "/ballerup/search?q=signe",
            "/ballerup/findings",
        ):
            content = seen(client, asked(path, "lang=en"))
            assert re.search(rf"{name}[\s,]*5 open|1 held, 5 open", content), path

    def test_planned_reports_stand_apart(self, client):
        content = text(client, "/silkeborg/positions/sektionsleder-sekretariatet")
        assert '<span class="count">1 og 1 planlagt</span>' in content

    def test_findings_of_the_post_its_units_and_its_groups(self, client):
        findings = page_data(client, "/ballerup/positions/centerchef?lang=en")["findings"]
        texts = [finding["text"]["text"] for finding in findings]
        assert any("The chain therefore ends at the head of centre" in one for one in texts)
        assert any("in no listed post" in one for one in texts)  # of the unit that it leads
        assert any("three division leaders" in one for one in texts)  # of the group it sits in
        assert not any("who chairs" in one for one in texts)  # the group itself says so


class TestFrameworks:
    def test_tells_definition_principles_and_steering_with_their_sources(self, client):
        page = page_data(client, "/ballerup/frameworks?lang=en")
        (framework,) = page["frameworks"]
        assert [part["heading"] for part in framework["parts"]] == [
            "What good leadership is",
            "Principles",
            "Steering and division of work",
        ]
        assert framework["holds_for"]["text"] == "Ballerup Kommune"
        first = framework["parts"][1]["principles"][0]
        assert first["text"]["text"] == "Our stable operations are the foundation"
        assert first["quotes"][0]["words"] == "Vores stabile drift er fundamentet"
        assert [(ask["of"]) for ask in first["asks"]] == ["everybody", *["all leaders"] * 3]

    def test_one_audience_is_said_once(self, client):
        page = page_data(client, "/silkeborg/frameworks")
        principle = page["frameworks"][1]["parts"][0]["principles"][0]
        assert principle["speaks_to"] == "ledere af: sektion"
        assert {ask["of"] for ask in principle["asks"]} == {""}

    def test_lists_the_posts_of_each_level(self, client):
        levels = page_data(client, "/aalborg/frameworks")["levels"]
        assert [(level["name"], level["count"]) for level in levels][:2] == [
            ("politisk leder", "1"),
            ("topchef", "1"),
        ]

    def test_an_organisation_without_one(self, tmp_path):
        site = over_body(tmp_path, body(unit("a")))
        page = text(site, "/test/frameworks?lang=en")
        assert "The sources mention no leadership framework" in page
        assert "/test/frameworks" not in text(site, "/test/")


class TestFindings:
    def test_every_finding_is_there_with_its_sources_side_by_side(self, client, shipped):
        for name, organisation in shipped.items():
            page = page_data(client, f"/{name}/findings")
            listed = [
                (finding["text"]["text"], len(finding["quotes"]))
                for section in page["sections"]
                for group in section["groups"]
                for finding in group["findings"]
            ]
            assert listed == [
                (one.message.text("da"), len(one.citations)) for one in findings(organisation)
            ]

    def test_what_asks_for_a_look_comes_first(self, client):
        sections = page_data(client, "/skanderborg/findings")["sections"]
        assert [section["severity"] for section in sections] == ["warning", "note"]

    def test_what_holds_of_several_entries_is_said_once_with_all_of_them(self, client, shipped):
        (group,) = [
            group
            for section in page_data(client, "/aalborg/findings?lang=en")["sections"]
            for group in section["groups"]
            if group["code"] == "group-without-chair"
        ]
        (finding,) = group["findings"]
        (expected,) = [f for f in findings(shipped["aalborg"]) if f.code == "group-without-chair"]
        count = len(expected.entity_ids)
        assert group["count"] == "1"
        assert finding["text"]["text"] == f"It is not stated who chairs {count} groups."
        assert (finding["entries"], len(finding["about"])) == (count, count)
        assert finding["folded"] == count - 6
        content = text(client, "/aalborg/findings?lang=en")
        assert f"<summary>and {count - 6} more<" in content
        for one in finding["about"]:
            assert f'href="{one["href"]}"' in content

    def test_a_post_shows_what_concerns_itself_of_it(self, tmp_path):
        below = [unit("b", positions=["p"]), unit("c", positions=["q"])]
        site = over_body(tmp_path, body(unit("a", units=below)))
        assert "It is not stated who leads 2 units." in text(site, "/test/findings?lang=en")
        found = page_data(site, "/test/positions/q?lang=en")["findings"]
        said = [one["text"]["text"] for one in found if one["code"] == "unit-without-leader"]
        assert said == ["It is not stated who leads C."]

    @pytest.mark.slow
    def test_leads_to_the_posts_that_it_is_about(self, client):
        content = text(client, "/skanderborg/findings?lang=en")
        assert "Konsulentgruppen in its leader" in content
        assert 'href="/skanderborg/positions/leder-konsulentafdelingen?lang=en"' in content
        assert 'href="/skanderborg/units/fagsekretariatet?lang=en"' in content

    @pytest.mark.slow
    def test_the_contradictions_that_the_documents_hold(self, client):
        """Spelling, two names, two titles, totals, leaders of two of four, no superior named."""
        for address, words in (
            ("/aalborg/findings", "Jesper Dalgaard is also spelled Jesper Dahlgaard."),
            ("/skanderborg/findings", "Konsulentafdelingen is also called Konsulentgruppen."),
            ("/aalborg/findings", "The profile calls all 7 heads of centre"),
            ("/ballerup/findings", "Of approx. 1,800 employees in Center for Omsorg"),
            ("/skanderborg/findings", "4, 2 of them named: Lisbet Birkelund, Signe Plats."),
            ("/skanderborg/findings", "who the post reports to there is not stated"),
        ):
            plain = re.sub(r"<[^>]+>", "", text(client, f"{address}?lang=en"))
            assert words in plain

    def test_nothing_to_find(self, tmp_path):
        client = over_body(tmp_path, body(unit("a", "l"), kinds={"k": "kind"}))
        assert "There are no findings" in text(client, "/test/findings?lang=en")


class TestComparison:
    @staticmethod
    def row(client, name):
        page = page_data(client, "/compare?lang=en")
        ids = [one["id"] for one in page["organisations"]]
        (row,) = [row for group in page["groups"] for row in group["rows"] if row["name"] == name]
        return dict(zip(ids, row["cells"], strict=True))

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("Employees", ["4,320", "approx. 1,800", "approx. 1,700", "approx. 2,300"]),
            ("Full-time posts", [..., "not stated", ..., ...]),
            ("Leaders", [..., ..., ..., "14"]),
            ("Units", [..., ..., "21", ...]),
            ("Layers", ["5", "3", "4", "3"]),
            ("Widest known span", ["at least 7", "at least 7", "5", "9"]),
            # Of Skanderborg's two known spans, 9 and 4, the middle is 6.5
            ("Median span", [..., ..., ..., "6.5"]),
            ("Advertised", ["2", "1", "1", "1"]),
            # A centre is the top unit in Ballerup; in Aalborg three layers stand above it.
            ("centre (center)", ["layer 4 of 5", "layer 1 of 3", "not used", "not used"]),
            (
                "central staff unit (central stab)",
                ["layer 3 of 5", "not used", "leader not stated", "not used"],
            ),
        ],
    )
    def test_says_this_of_each_organisation(self, client, name, words):
        """Cells that are not looked at stand as three dots."""
        cells = self.row(client, name)
        assert list(cells) == ["aalborg", "ballerup", "silkeborg", "skanderborg"]
        said = [cell["words"] for cell in cells.values()]
        assert [
            one if word is ... else word for one, word in zip(said, words, strict=True)
        ] == said

    def test_what_is_not_known_is_not_zero(self, client):
        cell = self.row(client, "Leaders of one leader")["ballerup"]
        # ten leaders of whose spans nothing is known
        assert (cell["words"], cell["note"]) == ("none known", "perhaps 10 more")

    def test_how_much_is_stated_derived_and_unknown(self, client):
        cell = self.row(client, "Who each post reports to")["ballerup"]
        assert cell["words"] == "1 stated in the source · 10 derived · 1 not stated"
        assert [bar["sort"] for bar in cell["bars"]] == ["stated", "derived", "unknown"]
        assert sum(bar["width"] for bar in cell["bars"]) == pytest.approx(100, abs=0.01)

    def test_one_and_none(self, tmp_path):
        assert "There are no organisations yet" in text(over(tmp_path), "/compare?lang=en")
        assert "nothing to count" in text(over_body(tmp_path, NOBODY), "/compare?lang=en")


def kinds(found):
    """What an answer found, by kind: the ids."""
    return {group["kind"]: [hit["id"] for hit in group["hits"]] for group in found["groups"]}


class TestSearch:
    def test_a_post_has_the_chain_above_it(self, client):
        found = data(client, "/aalborg/search.json?q=havemann")
        assert kinds(found) == {"person": ["leder-rusmiddelafsnittet"]}
        assert found["groups"][0]["hits"][0]["chain"] == (
            "Rådmand for Job og Social › Direktør › Afdelingschef › Centerchef"
        )

    def test_any_script_is_found(self, tmp_path):
        names = ("Ελένη Παππά", "王小明", "محمد عبد الله", "Jörg Müller")
        posts = [post(f"p{n}", holder=name) for n, name in enumerate(names)]
        client = over_body(tmp_path, body(unit("a", positions=posts)))
        for query, found_id in (("ελενη", "p0"), ("王", "p1"), ("محمد", "p2"), ("mueller", "p3")):
            found = client.get("/test/search.json", query_string={"q": query}).json
            assert kinds(found) == {"person": [found_id]}

    def test_as_a_page(self, client):
        content = text(client, "/aalborg/search?q=born%20og%20familie&lang=en")
        assert 'value="born og familie"' in content
        assert "/aalborg/positions/chef-boern-og-familie" in content

    def test_without_hits(self, client):
        assert "Nothing matches “xyz”." in text(client, "/aalborg/search?q=xyz&lang=en")

    def test_all_organisations_are_searched_from_any_page(self, client):
        found = data(client, "/search.json?q=velf%C3%A6rdsteknologi")
        assert {hit["organisation_id"] for group in found["groups"] for hit in group["hits"]} == {
            "ballerup",
            "silkeborg",
            "skanderborg",
        }

    def test_the_organisation_of_the_page_comes_first(self, client):
        groups = data(client, "/ballerup/search.json?q=%C3%A6ldre&lang=da")["groups"]
        assert [one["is_elsewhere"] for one in groups] == sorted(
            one["is_elsewhere"] for one in groups
        )
        assert groups[0]["hits"][0]["organisation"] == ""
        assert groups[-1]["words"].endswith("i andre organisationer")
        assert groups[-1]["hits"][0]["organisation"]

    def test_what_matched_is_marked(self, client):
        content = text(client, "/search?q=misbrug&lang=da")
        assert "<mark>misbrug</mark> og udsathed" in content
        hit = data(client, "/search.json?q=misbrug&lang=da")["groups"][0]["hits"][0]
        assert hit["marked"]["matched"]["parts"][1] == "misbrug"

    def test_a_text_in_the_other_language_says_so(self, client):
        hit = data(client, "/search.json?q=misbrug&lang=en")["groups"][0]["hits"][0]
        assert hit["marked"]["matched"]["lang"] == "da"

    def test_what_is_near_is_offered_where_nothing_fits(self, client):
        found = data(client, "/search.json?q=havemann%20xylofon")
        assert (found["count"], found["groups"]) == (0, [])
        assert found["near"][0]["id"] == "leder-rusmiddelafsnittet"
        assert "Mente du" in text(client, "/search?q=havemann%20xylofon&lang=da")

    def test_one_kind_alone(self, client):
        found = data(client, "/aalborg/search.json?q=budget&only=task&lang=da")
        assert {one["kind"] for one in found["groups"]} == {"task"}

    def test_no_kind_is_every_kind(self, client):
        found = data(client, "/aalborg/search.json?q=budget&only=&lang=da")
        assert found["groups"] == data(client, "/aalborg/search.json?q=budget&lang=da")["groups"]

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("da", "Ingen præcise resultater for »rusmidel«. Disse ligner:"),
            ("en", "No exact match for “rusmidel”. Similar results:"),
        ],
    )
    def test_a_misspelled_word_finds_what_is_similar_and_says_so(self, client, language, words):
        found = data(client, f"/search.json?q=rusmidel&lang={language}")
        assert found["note"] == words
        assert found["groups"][0]["hits"][0]["id"] == "leder-rusmiddelafsnittet"

    def test_forms_that_ask_for_a_post_get_posts_of_their_organisation(self, client):
        found = data(client, "/aalborg/search/posts.json?q=leder")
        assert [one["kind"] for one in found["groups"]] == ["post"]
        hits = found["groups"][0]["hits"]
        assert {(hit["kind"], hit["organisation"]) for hit in hits} == {("post", "")}

    @pytest.mark.parametrize("page", ["/search", "/search.json", "/ballerup/search"])
    def test_no_name_is_found_or_told_where_names_are_hidden(self, client, page):
        for query in ("havemann", "Dahl", "hvemann", "Peter Larsen", "mette"):
            content = text(client, f"{page}?q={query}&names=off")
            assert "Mette" not in content.replace(f"»{query}«", "")
            assert "leder-rusmiddelafsnittet" not in content
            assert "Dorte" not in content


class TestWrongAddresses:
    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("/aalborgg/", ["no organisation “aalborgg”", "/aalborg/"]),
            ("/aalborg/positions/direktor", ["no post “direktor”", "/positions/direktoer"]),
            ("/aalborg/nothing", ["There is no page at this address."]),
            ("/-/static/../settings.py", ["There is no page"]),
            ("/-/static/nope.css", ["There is no page"]),
        ],
    )
    def test_say_what_is_wrong_and_where_to_go(self, client, address, words):
        assert missing(words, text(client, f"{address}?lang=en", 404)) == []

    def test_an_organisation_whose_file_has_errors_lists_them(self, tmp_path):
        (tmp_path / "odd.yaml").write_text(
            "organisation: odd\nname: O\nas_of: 2026-13\nunits: []\n"
        )
        site = over(tmp_path)
        content = text(site, "/odd/?lang=en", 422)
        assert "odd.yaml:3:8" in content
        assert "bad-date" in content
        answer = site.get("/odd/chart.json?lang=en")
        assert answer.status_code == 422
        assert answer.json["problems"][0].startswith("odd.yaml:3:8: bad-date: ")

    @pytest.mark.parametrize(
        "address",
        ["/nope/chart.json", "/aalborg/positions/nope/panel.json", "/nope/search.json"],
    )
    def test_say_so_in_one_shape_as_data(self, client, address):
        answer = client.get(address)
        assert answer.status_code == 404
        keys = "ok status code error message suggestions problems"
        assert list(answer.json) == keys.split()
        assert answer.json["ok"] is False

    def test_a_method_that_is_not_taken(self, client):
        assert client.post("/").status_code == 405

    def test_an_address_without_its_slash_is_sent_on(self, client):
        assert client.get("/aalborg").status_code == 308


def test_an_unknown_setting_is_refused():
    with pytest.raises(ValueError, match="'DATA_PATH' is not a setting"):
        create_app({"DATA_PATH": ()})
