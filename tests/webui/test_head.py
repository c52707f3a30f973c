"""The head of every page: the organisation, its pages, the age of its data; and the front page's doors."""

import html
import re
from datetime import date
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from orgmodel.model.bands import SPAN_BANDS
from orgmodel.model.dates import PartialDate
from orgmodel.model.glossary import SUBJECTS
from orgmodel.texts import Language, core_catalogue
from tests.builders import body, post, unit
from tests.clients import found_in, links, over, over_body, over_silkeborg, seen, text
from tests.conftest import DATA
from tests.webui.test_every_page import PAGES
from webui.asking.viewer import Viewer
from webui.parts.age import age_words
from webui.parts.report import read_report_address

NAMES: dict[Language, str] = {"da": "Organisationsoverblik", "en": "Organisation explorer"}
DESTINATIONS = ["Diagram", "Ledelsesspænd", "Ledelsesgrundlag", "Jeg er ny her"]
# Where each page of an organisation is found, but for those of the search.
FOUND_UNDER = {"spans": "Ledelsesspænd", "frameworks": "Ledelsesgrundlag", "new": "Jeg er ny her"}
OUTSIDE = ("findings", "search", "glossary")
MAILBOX = "data" + "@example.dk"
DIREKTOER = "/silkeborg/positions/sektionsleder-sekretariatet"


def head_of(content):
    return found_in(r'(?s)(<header class="top.*?</header>)', content)


def destinations(content):
    """The destinations of the head, each with its mark."""
    nav = found_in(r'(?s)(<nav class="destinations".*?</nav>)', content)
    return re.findall(r'<a href="[^"]*"(?: aria-current="(\w+)")?>([^<]*)</a>', nav)


@pytest.fixture
def on_day(monkeypatch):
    """Set the day of today."""
    return lambda day: monkeypatch.setattr("webui.asking.clock.today", lambda: day)


class TestEveryPage:
    @pytest.mark.parametrize("page", PAGES)
    def test_has_one_head_that_marks_where_one_is(self, client, page):
        content = text(client, f"/aalborg/{page}?lang=da")
        assert content.count('<header class="top') == 1
        assert [name for _mark, name in destinations(content)] == DESTINATIONS
        marked = [name for mark, name in destinations(content) if mark]
        at = page.split("/")[0]
        assert marked == ([] if at in OUTSIDE else [FOUND_UNDER.get(at, "Diagram")])

    @pytest.mark.parametrize(
        ("page", "mark", "name"),
        [
            ("positions/direktoer", "true", "Diagram"),
            ("chain/direktoer", "true", "Diagram"),
            ("spans", "page", "Ledelsesspænd"),
            ("spans/of/direktoer", "true", "Ledelsesspænd"),
            ("new/direktoer/1", "true", "Jeg er ny her"),
        ],
    )
    def test_tells_a_page_from_those_below_it(self, client, page, mark, name):
        assert (mark, name) in destinations(text(client, f"/aalborg/{page}?lang=da"))

    @pytest.mark.parametrize("language", NAMES)
    @pytest.mark.parametrize("page", PAGES)
    def test_names_itself_and_its_organisation_in_the_title(self, client, page, language):
        content = text(client, f"/aalborg/{page}?lang={language}")
        (title,) = re.findall("<title>(.*)</title>", content)
        own, organisation, site = title.split(" · ")
        assert own
        assert organisation.startswith("Aalborg ")
        assert site == NAMES[language]

    def test_of_no_organisation_has_the_name_of_the_site(self, client):
        for page in ("/", "/compare", "/accessibility", "/start/new", "/start/own"):
            content = text(client, f"{page}?lang=da")
            assert "Organisationsoverblik" in head_of(content)
            assert re.search(r"<title>[^·]+ · Organisationsoverblik</title>", content), page

    def test_counts_the_posts_of_its_date(self, tmp_path):
        later = unit("a", "l", positions=[post("p", from_="2026-05-01")])
        client = over_body(tmp_path, body(later))
        assert "pr. 9. februar 2026 · 1 stilling" in seen(client, "/test/spans")
        assert "vist pr. 1. maj 2026 · 2 stillinger" in seen(client, "/test/spans?date=2026-05-01")

    def test_leaves_out_a_destination_that_is_not_there(self, tmp_path):
        client = over_body(tmp_path, body(unit("a", "l")))
        names = [name for _mark, name in destinations(text(client, "/test/"))]
        assert names == [one for one in DESTINATIONS if one != "Ledelsesgrundlag"]


class TestAge:
    @pytest.mark.parametrize(
        ("as_of", "today", "da", "en"),
        [
            ("2026-02-09", date(2026, 8, 8), "", ""),
            ("2026-02-09", date(2026, 8, 9), "seks måneder", "six months old"),
            ("2026-02-09", date(2026, 11, 29), "ni måneder", "nine months old"),
            ("2026-02-09", date(2027, 2, 8), "elleve måneder", "eleven months old"),
            ("2026-02-09", date(2027, 2, 9), "over et år", "more than a year old"),
            ("2026-02-09", date(2028, 3, 1), "over to år", "more than two years old"),
            ("2013-01-31", date(2026, 11, 29), "over 13 år", "more than 13 years old"),
            # A month may mean its last day, and a year too.
            ("2026-02", date(2026, 8, 27), "", ""),
            ("2026-02", date(2026, 8, 28), "seks måneder", "six months old"),
            ("2025", date(2026, 6, 29), "", ""),
            ("2027", date(2026, 6, 29), "", ""),
        ],
    )
    def test_is_said_in_words_from_half_a_year_on(self, as_of, today, da, en):
        said = {
            language: age_words(Viewer(language, today=today), PartialDate.parse(as_of))
            for language in NAMES
        }
        assert said["da"] == (f"Oplysningerne er {da} gamle" if da else "")
        assert said["en"] == (f"The information is {en}" if en else "")

    @pytest.mark.parametrize("page", PAGES)
    def test_is_on_every_page_of_old_data(self, client, page, on_day):
        on_day(date(2026, 11, 29))
        assert "Oplysningerne er ni måneder gamle" in head_of(text(client, f"/aalborg/{page}"))
        on_day(date(2026, 3, 1))
        assert "Oplysningerne er" not in head_of(text(client, f"/aalborg/{page}"))

    def test_is_with_an_advertised_post_and_not_with_others(self, client, on_day):
        on_day(date(2026, 11, 29))
        for post_id, words in (
            ("chef-voksensocial", "Oplysningerne er ni måneder gamle"),
            ("direktoer", ""),
        ):
            panel = client.get(f"/aalborg/positions/{post_id}/panel.json?lang=da").get_json()
            assert panel["age"] == words

    def test_makes_a_page_that_a_browser_has_out_of_date(self, client, on_day):
        on_day(date(2026, 3, 1))
        tag = client.get("/silkeborg/spans").headers["ETag"]
        again = {"If-None-Match": tag}
        assert client.get("/silkeborg/spans", headers=again).status_code == 304
        on_day(date(2026, 3, 2))
        assert client.get("/silkeborg/spans", headers=again).status_code == 200


class TestDoors:
    WAYS = ("new", "spans", "present")

    def test_lead_to_the_choice_of_an_organisation(self, client, shipped):
        front = text(client, "/?lang=da")
        for way in self.WAYS:
            assert f"/start/{way}?lang=da" in links(front)
            content = text(client, f"/start/{way}?lang=da")
            for organisation_id in shipped:
                assert f"/{organisation_id}/{way}?lang=da" in links(content)

    def test_lead_straight_to_the_only_organisation(self):
        client = over_silkeborg()
        front = text(client, "/")
        for way in self.WAYS:
            assert f"/silkeborg/{way}" in links(front)
            assert client.get(f"/start/{way}").headers["Location"] == f"/silkeborg/{way}"

    def test_to_the_new_ones_offer_the_advertised_posts_of_all(self, client):
        content = text(client, "/start/new")
        for organisation_id, post_id in (
            ("aalborg", "chef-voksensocial"),
            ("ballerup", "leder-plejehjemsomraadet"),
        ):
            assert f"/{organisation_id}/new/{post_id}/1" in links(content)

    def test_there_are_no_others(self, client):
        assert client.get("/start/nope").status_code == 404

    def test_how_to_add_an_organisation_is_one_link_away(self, client):
        assert "/start/own" in links(text(client, "/"))
        assert "orgmodel import stillinger.csv -o" in text(client, "/start/own?lang=da")
        assert "<form" not in text(client, "/start/own").partition("<main")[2]

    def test_no_row_counts_what_is_wrong_with_the_data(self, client):
        assert not re.search("bemærkning|finding", text(client, "/").partition("<main")[2])

    def test_a_page_of_very_many_organisations_is_a_line_for_each(self, tmp_path):
        for n in range(30):
            content = (DATA / "silkeborg.yaml").read_text(encoding="utf-8")
            file = tmp_path / f"body-{n}.yaml"
            file.write_text(content.replace("organisation: silkeborg", f"organisation: body-{n}"))
        content = text(over(tmp_path), "/")
        assert 'class="organisation-rows is-long"' in content
        assert content.count('class="row-name"') == 30


class TestReports:
    def test_there_is_no_link_without_an_address(self, client):
        assert "Meld en fejl" not in text(client, f"{DIREKTOER}?lang=da")
        panel = client.get(f"{DIREKTOER}/panel.json").get_json()
        assert panel["report_href"] == ""

    def test_a_page_is_told_the_page_and_the_fact(self):
        client = over_silkeborg(
            REPORT="https://example.dk/fejl?form=1", ADDRESS="https://org.dk/a"
        )
        raw = client.get(f"{DIREKTOER}?lang=da", headers={"Host": "org.dk"}).get_data(as_text=True)
        found = re.findall(r'<p class="report"><a href="([^"]*)" rel="noreferrer">', raw)
        assert found
        sent = dict(parse_qsl(urlsplit(html.unescape(found[0])).query))
        assert sent == {
            "form": "1",
            "page": f"https://org.dk/a{DIREKTOER}?lang=da",
            "fact": "hvem der har stillingen",
        }

    def test_a_mail_says_it_in_its_subject_and_body(self):
        client = over_silkeborg(REPORT=MAILBOX)
        href = client.get(f"{DIREKTOER}/panel.json?lang=da").get_json()["report_href"]
        parts = urlsplit(href)
        assert (parts.scheme, parts.path) == ("mailto", MAILBOX)
        said = parse_qs(parts.query)
        assert said["subject"][0].startswith("Fejl: ")
        assert f"http://localhost{DIREKTOER}" in said["body"][0]
        # Mail programs do not read a plus sign as a space.
        assert "+" not in parts.query

    @pytest.mark.parametrize("good", ["", "https://example.dk/report", f"mailto:{MAILBOX}"])
    def test_an_address_is_a_page_or_a_mailbox(self, good):
        assert read_report_address(good) == good
        assert read_report_address(MAILBOX) == f"mailto:{MAILBOX}"

    @pytest.mark.parametrize(
        "bad",
        [
            "javascript:alert(1)",
            "http://example.dk",
            "https:///x",
            "https://a" + "@b.dk",
            'https://b.dk/"x',
            "https://b.dk/ x",
            "https://[x",
            "mailto:",
            f"{MAILBOX}?cc=x",
            "somebody",
            "https://b.dk/\nx",
        ],
    )
    def test_what_is_neither_is_refused_at_the_start(self, bad):
        with pytest.raises(ValueError, match="no address for reports"):
            over_silkeborg(REPORT=bad)


class TestGlossary:
    @pytest.mark.parametrize("language", NAMES)
    def test_every_term_is_there_with_its_name_in_the_other_language(self, client, language):
        content = text(client, f"/glossary?lang={language}")
        terms = {key: term for subject in SUBJECTS for key, term in subject.terms.items()}
        catalogue = core_catalogue()
        other: Language = "en" if language == "da" else "da"
        for key, term in terms.items():
            entry = found_in(rf'(?s)id="{key}"(.*?)</dd>', content)
            for words in (
                catalogue.gettext(language, term.name),
                catalogue.gettext(other, term.name),
                catalogue.gettext(language, term.definition),
            ):
                assert words in html.unescape(entry)

    def test_the_ranges_of_this_server_stand_with_the_term(self, client):
        content = text(client, "/glossary?lang=da")
        assert SPAN_BANDS[0].words().text("da") in html.unescape(content)
