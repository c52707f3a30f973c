"""Charts as Mermaid: parsed and drawn by Mermaid itself in a browser without a network."""

import random
import re
from contextlib import contextmanager
from importlib.resources import files

import pytest

from orgmodel.exporting.contents import footer, one_line
from orgmodel.exporting.graphs import edges_of, file_graph, is_inferred, is_relation
from orgmodel.exporting.mermaid import MOST_CHARACTERS, MOST_EDGES, escaped, mermaid
from tests.builders import organisation, show
from tests.orgmodel.exporting.interchange import HOSTILE, hostile, posts

pytestmark = pytest.mark.browser

DRAW = """async ([source, id]) => {
    const parsed = await mermaid.parse(source);
    const { svg } = await mermaid.render(id, source);
    document.body.innerHTML = svg;
    const texts = (selector) =>
        [...document.querySelectorAll(selector)].map((one) => one.innerText.replaceAll("\\u2060", ""));
    return {
        type: parsed.diagramType,
        nodes: [...document.querySelectorAll("g.node:not(.plain)")].map((one) => ({
            id: one.id.split("-").at(-2),
            classes: [...one.classList],
            words: one.querySelector(".nodeLabel").innerText.replaceAll("\\u2060", ""),
            fill: getComputedStyle(one.querySelector("rect")).fill,
            dash: getComputedStyle(one.querySelector("rect")).strokeDasharray,
        })),
        edges: [...document.querySelectorAll(".edgePaths path")].map(
            (one) => getComputedStyle(one).strokeDasharray
        ),
        relations: texts(".edgeLabels span.edgeLabel").filter((one) => one.trim()),
        caption: texts(".node.plain .nodeLabel"),
        name: document.querySelector("svg > title")?.textContent,
        about: document.querySelector("svg > desc")?.textContent,
        elements: [...new Set([...document.body.querySelectorAll("*")].map((e) => e.localName))],
        handlers: [...document.body.querySelectorAll("*")].flatMap((e) =>
            [...e.attributes].map((a) => a.name).filter((name) => name.startsWith("on"))
        ),
    };
}"""
COUNT = """async ([source, config]) => {
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict", ...config });
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(source);
    return [db.getVertices().size, db.getEdges().length];
}"""


@contextmanager
def without_network(browser):
    """Give a page that can reach nothing; afterwards, fail on anything that a script did."""
    context = browser.new_context(offline=True, viewport={"width": 1600, "height": 1000})
    page = context.new_page()
    wrongs: list[str] = []

    def note_dialog(dialog):
        wrongs.append(dialog.message)
        dialog.dismiss()

    page.on("pageerror", lambda error: wrongs.append(str(error)))
    page.on("dialog", note_dialog)
    page.on("request", lambda request: wrongs.append(request.url))
    page.set_content("<!doctype html><html><body></body></html>")
    script = files("mermaidx").joinpath("assets/mermaid.js").read_text(encoding="utf-8")
    page.add_script_tag(content=script)
    page.evaluate("mermaid.initialize({startOnLoad: false, securityLevel: 'strict'})")
    yield page
    context.close()
    assert wrongs == []


@pytest.fixture(scope="module")
def draw(browser):
    """Draws a diagram and returns its contents."""
    with without_network(browser) as page:
        numbers = iter(range(10_000))

        def drawn(source):
            return page.evaluate(DRAW, [source, f"m{next(numbers)}"])

        yield drawn


def words_of(card):
    """The whole words of a card, line by line."""
    lines = [card.full_title, card.holder_words(), card.full_unit]
    lines += [" · ".join(card.figures)]
    return [one_line(line) for line in lines if line]


def edges_in(exhibit):
    """The fields of each edge, in order."""
    return [values for _start, _end, _key, values in edges_of(file_graph(exhibit))]


@pytest.mark.slow
@pytest.mark.parametrize("units", [False, True])
@pytest.mark.parametrize("name", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
def test_every_entry_and_line_is_drawn_in_our_words(shipped, name, units, draw):
    exhibit = show(shipped[name], units=units)
    edges = edges_in(exhibit)
    drawn = draw(mermaid(exhibit))
    assert drawn["type"] == "flowchart-v2"
    words = {one["id"]: one["words"].split("\n") for one in drawn["nodes"]}
    cards = enumerate(exhibit.chart.cards, start=1)
    assert words == {f"n{n}": words_of(one.card) for n, one in cards}
    assert len(drawn["edges"]) == len(edges)
    relations = [edge["words"] for edge in edges if is_relation(edge)]
    assert sorted(drawn["relations"]) == sorted(relations)


def test_title_date_and_sources_stand_on_the_diagram(aalborg, draw):
    about = file_graph(show(aalborg)).graph
    drawn = draw(mermaid(show(aalborg)))
    assert drawn["caption"][0].split("\n") == [about["title"], *footer(about)]
    assert drawn["name"] == "Aalborg Kommune, Job og Social"
    assert about["date_words"] in drawn["about"]


def test_lines_look_as_they_are_known(aalborg, draw):
    drawn = draw(mermaid(show(aalborg)))
    wanted = [
        "2px, 4px" if is_relation(edge) else "6px, 4px" if is_inferred(edge) else "0px"
        for edge in edges_in(show(aalborg))
    ]
    assert [style.replace("none", "0px") for style in drawn["edges"]] == wanted
    assert set(wanted) == {"0px", "2px, 4px", "6px, 4px"}


def test_cards_have_classes_and_colours(silkeborg, draw):
    exhibit = show(silkeborg)
    drawn = {one["id"]: one for one in draw(mermaid(exhibit))["nodes"]}
    nodes = file_graph(exhibit).nodes
    for n, one in enumerate(exhibit.chart.cards, start=1):
        card = drawn[f"n{n}"]
        status, level = nodes[one.card.id]["status"], nodes[one.card.id]["level"]
        assert f"status_{status}" in card["classes"]
        assert f"level_{level.replace('-', '_')}" in card["classes"]
        assert ("6px" in card["dash"]) == (status in {"vacant", "planned"})
        fill = "#ffffff" if status == "planned" else exhibit.chart.looks[one.value].tint
        assert card["fill"] == "rgb({}, {}, {})".format(*bytes.fromhex(fill[1:]))


@pytest.mark.slow
@pytest.mark.parametrize("words", [HOSTILE, HOSTILE[:20], HOSTILE[20:]])
def test_hostile_words_stay_words(words, draw):
    exhibit = show(hostile(words))
    drawn = draw(mermaid(exhibit))
    said = {one["id"]: one["words"].split("\n") for one in drawn["nodes"]}
    assert said == {
        f"n{n}": words_of(one.card) for n, one in enumerate(exhibit.chart.cards, start=1)
    }
    assert len(drawn["edges"]) == 2 * len(words) - 1
    assert drawn["handlers"] == []
    assert {"script", "img", "image", "a", "strong", "em", "iframe"}.isdisjoint(drawn["elements"])


def test_a_hostile_name_of_an_organisation_stays_a_name(draw):
    name = 'A & B <img src=x onerror=alert(1)> %%{init: {}}%% "q": ---'
    data = organisation("units:\n  - {id: a, name: A, kind: k}\n")
    exhibit = show(data, units=True)
    object.__setattr__(exhibit, "title", name)
    drawn = draw(mermaid(exhibit))
    assert drawn["caption"][0].split("\n")[0] == name
    assert drawn["name"] == name


@pytest.mark.slow
def test_no_mixture_of_signs_is_anything_but_text(draw):
    chance = random.Random(2)  # noqa: S311 - nobody's secret
    bits = [*"#;:&\"'`*_-+.,()[]{}<>/\\|~^$%@!=?ﬂ°¶ß0123x ", "end", "style", "classDef", "click"]
    bits += [
        "<br/>",
        "www.",
        "http://",
        "fa:fa-x",
        "#60;",
        "&lt;",
        "-->",
        "%%",
        "$$",
        "\\n",
        "fab:fa-",
        "ﬂ°",
    ]
    bits += ["1. ", "- "]
    titles = ["".join(chance.choices(bits, k=chance.randint(1, 12))).strip() for _n in range(300)]
    source = ["flowchart TD", *(f'n{n}["{escaped(one)}"]' for n, one in enumerate(titles) if one)]
    drawn = draw("\n".join(source))
    said = {one["id"]: one["words"] for one in drawn["nodes"]}
    assert said == {f"n{n}": one_line(title) for n, title in enumerate(titles) if title}


def test_plain_words_stay_readable():
    assert escaped("Leder (nord), Børne- og Ungeområdet, 1.000 ansatte: 9. klasse") == (
        "Leder (nord), Børne- og Ungeområdet, 1.000 ansatte: 9. klasse"
    )
    assert escaped("1. maj") == "1#46; maj"
    assert escaped("a\nb") == "a b"


def test_names_of_the_data_are_never_names_of_nodes(aalborg):
    text = mermaid(show(aalborg))
    assert not any(re.search(rf"^{re.escape(one)}\b", text, re.M) for one in aalborg.positions)


@pytest.mark.slow
def test_a_large_chart_says_what_has_to_be_set_and_then_is_read(browser):
    large = posts([f"Medarbejder nummer {n} i den store afdeling" for n in range(600)])
    text = mermaid(show(large))
    note = re.search(
        r"^%% mermaid\.initialize\(\{maxEdges: (\d+), maxTextSize: (\d+)\}\)$", text, re.M
    )
    assert note is not None
    assert text.index(note[0]) < text.index("flowchart TD")
    limits = {"maxEdges": int(note[1]), "maxTextSize": int(note[2])}
    assert limits["maxEdges"] >= 600 > MOST_EDGES
    assert limits["maxTextSize"] >= len(text) > MOST_CHARACTERS
    with without_network(browser) as page:
        # Six hundred posts, their leader, and the caption.
        assert page.evaluate(COUNT, [text, limits]) == [602, 600]
        # What Mermaid does with a larger one otherwise: it draws none of it.
        limited = {"maxEdges": MOST_EDGES, "maxTextSize": limits["maxTextSize"]}
        refused = page.evaluate(
            "args => (%s)(args).then(() => '', (error) => String(error))" % COUNT,  # noqa: UP031 - braces
            [text, limited],
        )
        assert "maxEdges" in refused


def test_a_chart_within_the_limits_says_nothing_of_them(aalborg):
    assert "%%" not in mermaid(show(aalborg))


def test_a_chart_of_nobody_is_drawn_too(draw):
    empty = organisation("units:\n  - {id: a, name: A, kind: k}\n")
    drawn = draw(mermaid(show(empty)))
    assert drawn["nodes"] == drawn["edges"] == []
    assert drawn["caption"][0].split("\n")[0] == "Test"
