"""The page on which a view is made ready for a presentation, and its files."""

import html
import io
import json
import re
import zipfile

import pytest
from pptx import Presentation

from orgmodel.drawing.choices import PageSize
from orgmodel.drawing.exhibits import exhibit
from orgmodel.drawing.sheets import sheet_svg
from orgmodel.drawing.views import Cut, DrawingContext, View
from orgmodel.exporting.formats import formats
from tests.builders import body, post, posts, unit
from tests.clients import OWN, data, missing, over_body, seen, text, visible
from webui import create_app

UNITS = body(
    unit(
        "a",
        post("chef", holder="Bo Berg"),
        name="Afdelingen",
        units=[unit("b", post("leder", holder="Ida Holm"), name="Holdet")],
    )
)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return over_body(tmp_path_factory.mktemp("small"), UNITS)


@pytest.fixture(scope="module")
def small_without_names(tmp_path_factory):
    return over_body(tmp_path_factory.mktemp("small"), UNITS, NAMES=False)


def over_many(folder, count):
    """A client over a chief with so many posts below."""
    return over_body(folder, body(unit("a", "chef", positions=posts(count, "Konsulent"))))


def hrefs(content):
    return [html.unescape(one) for one in re.findall(r'href="([^"]+)"', content)]


class TestTheWayThere:
    @pytest.mark.parametrize(
        ("page", "leads_to"),
        [
            ("?open=direktoer&color=band&lang=en", "open=direktoer&color=band&lang=en"),
            ("units?select=job-og-social", "select=job-og-social&chart=units"),
            ("focus/jobcenterchef?names=off", "cut=around&post=jobcenterchef&names=off"),
            ("chain/jobcenterchef", "cut=chain&post=jobcenterchef"),
            (
                "between?first=jobcenterchef&second=direktoer",
                "cut=between&post=jobcenterchef&other=direktoer",
            ),
            ("positions/direktoer", "cut=branch&post=direktoer"),
            ("spans", "cut=whole"),
        ],
    )
    def test_is_on_every_view_with_its_state(self, client, page, leads_to):
        content = text(client, f"/aalborg/{page}")
        queries = [one.partition("/present?")[2] for one in hrefs(content)]
        assert set(leads_to.split("&")) in [set(one.split("&")) for one in queries]

    def test_and_back(self, client):
        address = "/aalborg/present?open=direktoer&color=band&size=a4&cut=branch&post=direktoer"
        back = next(one for one in hrefs(text(client, address)) if one.startswith("/aalborg/?"))
        assert set(back.partition("?")[2].split("&")) == {
            "open=direktoer",
            "color=band",
            "select=direktoer",
        }


class TestThePicture:
    @pytest.mark.slow
    def test_is_the_screens_own(self, client, aalborg):
        answer = client.get("/aalborg/present/picture?size=a4&color=kind")
        from orgmodel.drawing.choices import Coloring  # noqa: PLC0415 - used here alone

        view = View(coloring=Coloring.KIND, cross_lines=False)
        shown = exhibit(DrawingContext(aalborg), view, "da")
        assert answer.mimetype == "image/svg+xml"
        assert answer.get_data(as_text=True) == sheet_svg(shown, sheet=PageSize.A4)

    def test_of_a_branch(self, client, aalborg):
        answer = client.get("/aalborg/present/files/svg?cut=branch&post=chef-voksensocial&depth=1")
        view = View(Cut.BRANCH, entries=("chef-voksensocial",), depth=1)
        shown = exhibit(DrawingContext(aalborg), view, "da")
        assert answer.get_data(as_text=True) == sheet_svg(shown, sheet=PageSize.SLIDE)

    @pytest.mark.parametrize(
        "query",
        [
            "cut=nope",
            "cut=branch",
            "cut=branch&post=nope",
            "cut=between&post=direktoer",
            "cut=between&post=direktoer&other=nope",
            "cut=between&select=direktoer",
            "cut=between&post=job-og-social&other=job-og-social&chart=units",
            "size=a9",
        ],
    )
    def test_is_of_what_was_asked_for_or_not_at_all(self, client, query):
        for page in ("present", "present.json", "present/picture", "present/files/svg", "embeds"):
            assert client.get(f"/aalborg/{page}?{query}").status_code == 400

    def test_an_id_that_holds_a_name_is_found_with_names_and_without(self, tmp_path):
        named = unit("a", "chef", positions=[post("ida-holm", title="Leder", holder="Ida Holm")])
        client = over_body(tmp_path, body(named))
        with_names = "/test/present/files/json?cut=branch&post=ida-holm"
        nodes = json.loads(client.get(with_names).get_data())["nodes"]
        assert [node["id"] for node in nodes] == ["ida-holm"]
        answer = client.get(f"{with_names}&names=off")
        (node,) = json.loads(answer.get_data())["nodes"]
        assert "Leder" in node.values()
        assert "ida" not in answer.get_data(as_text=True)
        assert "ida" not in answer.headers["Content-Disposition"]
        again = client.get(f"/test/present/files/json?cut=branch&post={node['id']}")
        assert [node["id"] for node in json.loads(again.get_data())["nodes"]] == ["ida-holm"]

    @pytest.mark.slow
    def test_what_is_selected_is_what_a_part_is_about(self, client):
        named = client.get("/aalborg/present.json?cut=branch&post=direktoer")
        selected = client.get("/aalborg/present.json?cut=branch&select=direktoer")
        assert named.get_json()["title"] == selected.get_json()["title"]


class TestTheSlides:
    def test_are_shown_as_they_will_be_spread(self, client, aalborg):
        found = data(client, "/aalborg/present.json?cut=whole")
        answer = client.get(found["slides"])
        assert answer.mimetype == "image/svg+xml"
        drawn = html.unescape(answer.get_data(as_text=True))
        deck = Presentation(
            io.BytesIO(client.get("/aalborg/present/files/pptx?cut=whole").get_data())
        )
        titles = [slide.shapes.title.text for slide in deck.slides]
        assert found["slides_words"] == "; ".join(titles)
        assert drawn.count("scale(") == len(titles)
        for position in aalborg.positions.values():
            assert all(word in drawn for word in position.title.da.split())

    @pytest.mark.slow
    def test_are_not_worked_out_where_that_would_take_long(self, tmp_path):
        client = over_many(tmp_path, 200)
        found = data(client, "/test/present.json?cut=whole&lang=en")
        assert found["slides"] == ""
        assert "many slides" in found["counts"]
        assert client.get("/test/present/slides?cut=whole").status_code == 404
        assert data(client, "/test/present.json?cut=branch&post=chef&depth=0")["slides"]


class TestWhatIsTold:
    def test_how_much_it_is(self, client, aalborg):
        found = data(client, "/aalborg/present.json?cut=whole")
        assert found["counts"].startswith(f"{len(aalborg.positions)} kort · ")
        assert "slide" in found["counts"]

    @pytest.mark.slow
    def test_how_much_is_folded_away(self, client):
        found = data(client, "/aalborg/present.json?closed=direktoer&lang=en")
        assert any("folded away" in note for note in found["notes"])
        whole = data(client, "/aalborg/present.json?cut=whole&size=fit&lang=en")
        assert whole["notes"] == []

    def test_that_text_becomes_too_small(self, tmp_path):
        client = over_many(tmp_path, 400)
        notes = data(client, "/test/present.json?cut=whole&lang=en")["notes"]
        assert "too small to read" in notes[0]
        fitting = data(client, "/test/present.json?cut=whole&size=fit&lang=en")["notes"]
        assert not any("too small" in note for note in fitting)

    @pytest.mark.slow
    def test_that_there_are_too_many_cards_to_show(self, tmp_path):
        client = over_many(tmp_path, 3_100)
        found = data(client, "/test/present.json?cut=whole&lang=en")
        assert found["picture"] == ""
        assert any("too many cards to show" in note for note in found["notes"])
        assert client.get("/test/present/picture?cut=whole").status_code == 404
        assert data(client, "/test/present.json?lang=en")["picture"]

    def test_a_slide_on_spans_comes_only_when_asked_for_and_is_counted_and_previewed(self, client):
        plain = data(client, "/aalborg/present.json?layers=all&lang=en")
        asked = data(client, "/aalborg/present.json?layers=all&spans=on&lang=en")
        assert "3 slides" in plain["counts"]
        assert "4 slides" in asked["counts"]
        assert asked["slides_words"].endswith("Aalborg Kommune, Job og Social: spans of control")
        (note,) = [one for one in asked["notes"] if one.startswith("The slide on spans")]
        assert "Left out: 1 politician, 1 post of another organisation." in note
        assert not any("slide on spans" in one for one in plain["notes"])
        drawn = client.get("/aalborg/present/slides?spans=on&lang=en").get_data(as_text=True)
        words = ("spans of control", "At least this many", "not stated")
        assert missing(words, drawn) == []
        other = client.get("/skanderborg/present/slides?spans=on&lang=en").get_data(as_text=True)
        states = ("Exact: one number", "Assumed: one number, if the assumptions hold")
        assert missing(states, other) == []
        before = client.get("/aalborg/present/slides?lang=en").get_data(as_text=True)
        assert "spans of control" not in before
        page = text(client, "/aalborg/present?spans=on")
        assert 'name="spans" value="on" checked' in page
        assert "spans=on" in re.findall(r'href="([^"]*files/pptx[^"]*)"', page)[0]

    def test_a_slide_on_spans_is_in_the_file_as_it_is_in_the_count(self, client):
        for query, count in (("", 3), ("?spans=on", 4)):
            file = client.get(f"/aalborg/present/files/pptx{query}").data
            assert len(Presentation(io.BytesIO(file)).slides) == count

    def test_where_no_leader_is_shown_there_is_no_slide_on_spans(self, tmp_path):
        client = over_body(tmp_path, body(unit("a", positions=["b"])))
        found = data(client, "/test/present.json?spans=on&lang=en")
        assert "No leader is shown, so there is no slide on spans of control." in found["notes"]
        assert "1 slide in PowerPoint" in found["counts"]

    def test_a_chart_of_nobody(self, tmp_path):
        client = over_body(tmp_path, body())
        assert data(client, "/test/present.json?lang=en")["notes"] == ["There is nothing to show."]
        for one in formats():
            assert client.get(f"/test/present/files/{one}").status_code == 200

    @pytest.mark.parametrize("language", ["da", "en"])
    def test_in_both_languages(self, client, language):
        content = seen(client, f"/aalborg/present?select=direktoer&lang={language}")
        words = {
            "da": ("Brug i præsentation", "Direktør og alle under", "udeladt", "19 kort"),
            "en": ("Use in a presentation", "Director and all below", "left out", "19 cards"),
        }
        assert missing(words[language], content) == []


class TestFiles:
    @pytest.mark.parametrize("format_id", ["html", "pptx", "png", "svg", "pdf", "csv", "json"])
    def test_are_kept_under_a_name(self, client, format_id):
        answer = client.get(f"/aalborg/present/files/{format_id}?cut=branch&post=jobcenterchef")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == (
            f"attachment; filename=aalborg-jobcenterchef.{format_id}"
        )

    def test_are_all_offered(self, client):
        found = hrefs(text(client, "/aalborg/present?color=band"))
        for one in formats():
            assert f"/aalborg/present/files/{one}?color=band" in found

    def test_of_no_format(self, client):
        assert client.get("/aalborg/present/files/bmp").status_code == 404

    @pytest.mark.slow
    @pytest.mark.parametrize("format_id", ["pptx", "pdf"])
    def test_that_would_take_long_are_refused_with_what_to_do(self, tmp_path, format_id):
        client = over_many(tmp_path, 1_600)
        address = f"/test/present/files/{format_id}?cut=whole&lang=en"
        assert "orgmodel export" in seen(client, address, status=422)
        assert client.get(f"{address}&depth=0").status_code == 200
        assert client.get("/test/present/files/csv?cut=whole").status_code == 200
        notes = data(client, "/test/present.json?cut=whole&lang=en")["notes"]
        assert sum("takes too long" in note for note in notes) == 2

    def test_of_no_organisation(self, client):
        assert client.get("/nowhere/present").status_code == 404
        assert client.get("/nowhere/present/files/svg").status_code == 404

    @pytest.mark.slow
    @pytest.mark.parametrize("format_id", ["svg", "html", "json", "csv", "dot", "mermaid", "pptx"])
    def test_name_nobody_where_the_server_does_not(self, small, small_without_names, format_id):
        content = small_without_names.get(f"/test/present/files/{format_id}").get_data()
        if format_id == "pptx":
            with zipfile.ZipFile(io.BytesIO(content)) as whole:
                content = b"".join(whole.read(one) for one in whole.namelist())
        for name in (b"Bo Berg", b"Ida Holm"):
            assert name not in content
        named = small.get(f"/test/present/files/{format_id}").get_data()
        assert format_id == "pptx" or b"Ida Holm" in named

    def test_the_switch_leaves_names_out_of_the_preview(self, small):
        content = small.get("/test/present/picture?names=off").get_data(as_text=True)
        assert "Ida Holm" not in content
        assert "Ida Holm" in small.get("/test/present/picture").get_data(as_text=True)


class TestTemplates:
    def send(self, client, content, query="", headers=OWN):
        sent = {"template": (io.BytesIO(content), "skabelon.pptx")}
        return client.post(f"/aalborg/present/slides{query}", data=sent, headers=headers)

    def template(self):
        out = io.BytesIO()
        Presentation().save(out)
        return out.getvalue()

    @pytest.mark.slow
    def test_give_slides_their_size_and_theme(self, client):
        answer = self.send(client, self.template(), "?cut=branch&post=jobcenterchef")
        assert answer.status_code == 200
        deck = Presentation(io.BytesIO(answer.get_data()))
        assert (deck.slide_width, deck.slide_height) == (9144000, 6858000)

    @pytest.mark.slow
    def test_that_are_none_are_refused_on_the_page(self, client):
        answer = self.send(client, b"nothing", "?lang=en")
        assert answer.status_code == 400
        assert "PowerPoint" in visible(html.unescape(answer.get_data(as_text=True)))

    def test_too_large_are_refused(self, client):
        answer = client.post(
            "/aalborg/present/slides",
            data=b"0" * (51 * 2**20),
            content_type="multipart/form-data; boundary=x",
            headers=OWN,
        )
        assert answer.status_code == 413

    @pytest.mark.slow
    def test_the_page_that_refuses_one_leads_to_pages(self, client):
        answer = self.send(client, b"nothing", "?cut=branch&post=direktoer")
        found = hrefs(answer.get_data(as_text=True))
        english = next(one for one in found if "lang=en" in one)
        assert english.partition("?")[0] == "/aalborg/present"
        assert client.get(english).status_code == 200
        assert "post=direktoer" in english

    @pytest.mark.slow
    def test_none_is_no_template(self, client):
        assert client.post("/aalborg/present/slides", headers=OWN).status_code == 400

    @pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}])
    def test_are_taken_from_our_own_page_alone(self, client, headers):
        assert self.send(client, self.template(), headers=headers).status_code == 403

    def test_of_the_server_hold_for_every_deck(self, tmp_path):
        path = tmp_path / "kommune.pptx"
        path.write_bytes(self.template())
        client = over_body(tmp_path, UNITS, TEMPLATE=str(path))
        deck = Presentation(io.BytesIO(client.get("/test/present/files/pptx").get_data()))
        assert deck.slide_width == 9144000

    def test_of_the_server_are_checked_when_it_starts(self, tmp_path):
        path = tmp_path / "kommune.pptx"
        path.write_bytes(b"nothing")
        with pytest.raises(ValueError, match="PowerPoint"):
            create_app({"DATA_PATHS": (tmp_path,), "TEMPLATE": str(path)})


class TestHostileData:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        "page", ["present?cut=branch&post=l", "present?chart=units", "present/files/svg",
                 "present/files/html", "present/files/graphml"]
    )  # fmt: skip
    def test_stays_text(self, hostile, page):
        content = hostile.get(f"/hostile/{page}").get_data(as_text=True)
        assert "&lt;/script&gt;&lt;img" in content
        assert "<img src=x" not in content
