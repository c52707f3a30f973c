import io
import itertools
import re

import pytest
from hypothesis import given
from pptx import Presentation
from pptx.enum.dml import MSO_FILL

from orgmodel import spans
from orgmodel.analysis.statistics.span_report import span_report
from orgmodel.drawing.choices import Coloring
from orgmodel.drawing.views import Cut
from orgmodel.exporting.slides.shapes import plain
from tests.builders import forests, nameless, post, spread, tree, unit, units
from tests.orgmodel.exporting._decks import NS, POINT, crosses, made, parts_of, read, shipped
from tests.series import series

WIDTH, HEIGHT = round(13.333 * 914_400), round(7.5 * 914_400)


@pytest.fixture(scope="module")
def aalborg():
    return read(made(shipped("aalborg")))


@pytest.fixture(scope="module")
def of_200():
    return read(made(tree(spread(200, 6))))


@pytest.fixture(scope="module")
def all_slides(aalborg, of_200):
    units = read(made(shipped("aalborg"), units=True))
    return [*aalborg, *units, *read(made(shipped("ballerup"), "en")), *of_200]


def charts(slides):
    return [slide for slide in slides if slide.cards]


# Cards -----------------------------------------------------------------------------------------


def test_a_card_is_one_shape_with_its_words_in_paragraphs(aalborg):
    boxes = [box for slide in aalborg for box in slide.cards]

    (director,) = [box for box in boxes if box.text.startswith("Direktør\n")]
    assert director.text.split("\n")[:3] == ["Direktør", "Arne Lund Kristensen", "Job og Social"]
    # the last of its cards, on the slide where it is open
    leader = [box for box in boxes if "godt 2.000 / ca. 2.160" in box.text][-1]
    assert leader.text.split("\n") == [
        "Afdelingschef",
        "Opslået · fra 1. maj 2026",
        "Voksensocialafdelingen",
        "godt 2.000 / ca. 2.160 under · kilderne er uenige · 7 ledere direkte · "
        "medarb. ikke oplyst",
    ]
    vacant = next(box for box in boxes if "Voksensocialafdelingen" in box.text)
    assert vacant.text.split("\n")[1] == "Opslået · fra 1. maj 2026"
    assert vacant.xml.find(".//a:ln/a:prstDash", NS).get("val") == "dash"


def test_every_card_of_the_chart_is_on_a_slide(aalborg):
    data = shipped("aalborg")
    titles = {position.title.da for position in data.positions.values()}

    assert titles <= {box.title.split(" · ")[0] for slide in aalborg for box in slide.cards}


@pytest.mark.slow
def test_no_text_is_smaller_than_10_points(all_slides):
    for slide in all_slides:
        sizes = [int(one) for one in slide.slide.shapes._spTree.xpath(".//@sz") if one.isdigit()]
        assert all(size >= 1000 for size in sizes)
        for card in slide.cards:
            assert len(card.sizes) == len(card.xml.findall(".//a:r", NS))


@pytest.mark.slow
def test_cards_lie_on_the_slide_and_on_no_other(all_slides):
    for slide in all_slides:
        for box in slide.boxes.values():
            assert 0 <= box.left <= box.right <= WIDTH
            assert 0 <= box.top <= box.bottom <= HEIGHT
        for first, second in itertools.combinations(slide.boxes.values(), 2):
            assert not first.overlaps(second), (first.text, second.text)


def test_every_shape_is_described_and_named(all_slides):
    for slide in all_slides:
        for named in slide.slide.shapes._spTree.iter(f"{{{NS['p']}}}cNvPr"):
            if named.getparent().tag.endswith("nvGrpSpPr"):
                continue
            assert named.get("descr"), named.get("name")
            assert named.get("name")


def test_no_two_shapes_of_a_slide_have_one_number(all_slides):
    for slide in all_slides:
        numbers = slide.slide.shapes._spTree.xpath(".//p:cNvPr/@id")
        assert len(numbers) == len(set(numbers))


def test_words_are_marked_with_their_language():
    for language, locale in (("da", "da-DK"), ("en", "en-GB")):
        content = made(shipped("ballerup"), language)
        for slide in read(content):
            languages = set(slide.slide.shapes._spTree.xpath(".//a:rPr/@lang"))
            assert languages <= {locale, "en-US"}
            assert all(set(card.xml.xpath(".//a:rPr/@lang")) == {locale} for card in slide.cards)
        assert Presentation(io.BytesIO(content)).core_properties.language == locale


# Lines -----------------------------------------------------------------------------------------


def assert_glued(slides):
    for slide in slides:
        for line in slide.lines:
            start, end = (slide.boxes[number] for number, _site in (line.start, line.end))
            assert line.points[0] == start.site(line.start[1])
            assert line.points[-1] == end.site(line.end[1])
            for (x1, y1), (x2, y2) in itertools.pairwise(line.points):
                assert abs(x1 - x2) <= POINT / 20 or abs(y1 - y2) <= POINT / 20


def test_lines_are_glued_to_the_middle_of_edges_and_end_exactly_there(all_slides):
    assert_glued(charts(all_slides))
    assert any(slide.lines for slide in all_slides)


def test_python_pptx_finds_the_same_ends(aalborg):
    for slide in charts(aalborg):
        connectors = [one for one in slide.slide.shapes if one.shape_type is not None]
        lines = [one for one in connectors if hasattr(one, "begin_x")]
        assert len(lines) == len(slide.lines)
        for line in lines:
            start = line._element.find(".//a:stCxn", NS)
            assert start.get("id") in slide.boxes


def assert_clear(slides):
    """No line runs through a card but its own."""
    for slide in slides:
        for line in slide.lines:
            for card in slide.cards:
                if card.id not in {line.start[0], line.end[0]}:
                    assert not crosses(line, card), (slide.title, line.name, card.name)


def test_lines_run_through_no_card_but_their_own(all_slides):
    assert_clear(all_slides)


@pytest.mark.slow
@series(sample=25, full=2_000)
@given(edges=forests())
def test_charts_of_any_shape_have_glued_lines_that_cross_no_card(edges):
    slides = charts(read(made(tree(edges))))

    assert_glued(slides)
    assert_clear(slides)


def test_each_reporting_line_is_a_line_from_leader_to_member(of_200):
    lines = {
        tuple(slide.boxes[end].title for end, _site in (line.start, line.end))
        for slide in of_200
        for line in slide.lines
    }

    assert lines == {(f"P{(n - 1) // 6}", f"P{n}") for n in range(1, 200)}


def test_lines_that_no_source_states_are_dashed_and_relations_dotted(aalborg):
    data = shipped("aalborg")
    inferred = [
        line for line in data.lines.values() if line.superior_id and line.basis.value == "inferred"
    ]
    lines = [line for slide in aalborg for line in slide.lines]
    dotted = [line for line in lines if line.dash == "sysDot"]

    assert sum(line.dash == "dash" for line in lines) == len(inferred)
    assert len(dotted) == 2
    assert all(line.start[0] != line.end[0] for line in dotted)


# Slides ----------------------------------------------------------------------------------------


def test_a_card_with_people_on_another_slide_leads_there_and_back(aalborg):
    overview, *others = charts(aalborg)
    parts = {slide.slide.part: slide for slide in others}

    links = [box for box in overview.cards if box.link]
    assert len(links) == len(others) == 2
    for box in links:
        other = parts[overview.leads_to(box)]
        assert other.cards[0].title == box.title
        assert box.text.endswith(f"+{box.text.rsplit('+', 1)[1]}")
        up = next(shape for shape in other.boxes.values() if shape.text.startswith("↑"))
        assert other.leads_to(up) is overview.slide.part


def test_titles_and_footers_say_what_it_is_of_when_and_where_from(aalborg):
    assert aalborg[0].title == "Aalborg Kommune, Job og Social"
    for slide in aalborg:
        texts = [shape.text_frame.text for shape in slide.slide.placeholders]
        (footer,) = [text for text in texts if text.startswith("Oplysninger pr.")]
        assert footer == (
            "Oplysninger pr. 9. februar 2026 · Kilder: Jobprofiler for to afdelingschefer i Job og Social"
        )


def test_notes_hold_the_sentence_the_date_and_each_source(aalborg):
    for slide in aalborg:
        assert "Oplysninger pr. 9. februar 2026" in slide.notes
        assert "• Jobprofiler for to afdelingschefer i Job og Social" in slide.notes
    # Eight of the 22 posts are on the overview: the politician, the director, and those below.
    assert "8 kort i 3 lag" in aalborg[0].notes


def test_the_file_says_its_title_and_nobody_s_name():
    properties = Presentation(io.BytesIO(made(shipped("ballerup")))).core_properties

    assert properties.title == "Ballerup Kommune, Center for Omsorg og Sundhedsfremme"
    assert properties.author == properties.last_modified_by == ""
    assert properties.created.isoformat()[:10] == "2026-01-15"


def test_the_same_view_gives_the_same_file():
    data = shipped("aalborg")

    assert made(data) == made(data)


def test_the_legend_tells_the_colours_of_each_slide(aalborg):
    legends = [
        [
            box.text
            for box in slide.boxes.values()
            if box not in slide.cards and "↑" not in box.text
        ]
        for slide in charts(aalborg)
    ]

    assert legends[0] == ["Politisk", "Lag 1", "Lag 2", "Lag 3"]


def test_without_colours_there_is_no_legend():
    (slide, *_spans) = read(made(shipped("ballerup"), coloring=Coloring.NONE))

    assert {box.id for box in slide.boxes.values()} == {card.id for card in slide.cards}


def test_the_selected_card_has_a_thick_frame():
    slides = read(made(shipped("ballerup"), cut=Cut.OPENED, selected="centerchef"))

    widths = {card.title: int(card.xml.find(".//a:ln", NS).get("w")) for card in slides[0].cards}
    assert max(widths, key=lambda name: widths[name]) == "Centerchef"


# Spans -----------------------------------------------------------------------------------------


def spans_chart(slides):
    (chart,) = [shape.chart for shape in slides[-1].slide.shapes if shape.has_chart]
    return chart


@pytest.mark.slow
def test_spans_are_a_native_chart_with_data_that_can_be_edited():
    #      a            a leads 2, b leads 9, c nobody of whom anything is known
    #    b   c
    edges = {"a": None, "b": "a", "c": "a"} | {f"d{n}": "b" for n in range(9)}
    slides = read(made(tree(edges)))

    chart = spans_chart(slides)
    columns = list(chart.plots[0].categories)
    (settled,) = chart.plots[0].series
    assert settled.name == "Præcist: ét tal"
    assert dict(zip(columns, settled.values, strict=True)) == {
        "1": None,
        "2–3": 1,
        "4–7": None,
        "8–12": 1,
        "13–16": None,
        "17 og flere": None,
    }
    assert settled.data_labels.show_value
    assert chart.value_axis.major_unit == 1
    assert chart.part.chart_workbook.xlsx_part is not None
    assert chart.category_axis.has_title
    assert chart.value_axis.has_title
    assert "Ledelsesspændet er, hvor mange en leder leder direkte" in slides[-1].notes


def test_what_is_settled_is_told_from_what_is_not_by_a_legend(aalborg):
    chart = spans_chart(aalborg)

    assert chart.has_legend
    found = {series.name: sum(filter(None, series.values)) for series in chart.plots[0].series}
    # the director, two heads of department and two heads below them; the alderman and the head of day
    # care, of another administration, are no statistic
    assert found == {"Mindst så mange": 5, "Ikke oplyst": 18}
    fills = [series.format.fill.type for series in chart.plots[0].series]
    assert fills == [MSO_FILL.PATTERNED, MSO_FILL.BACKGROUND]
    told = [box.text for box in aalborg[-1].boxes.values()]
    assert any("23" in text and "18" in text for text in told)


def test_what_is_not_known_stands_apart_from_the_bands(aalborg):
    columns = list(spans_chart(aalborg).plots[0].categories)

    assert columns[-2:] == [" ", "ikke oplyst"]


@pytest.mark.slow
def test_the_slide_counts_whom_the_page_counts_and_says_who_is_left_out():
    body = """
        - id: a
          name: A
          kind: k
          complete: true
          leader: {id: l, title: L}
          units:
            - {id: b, name: B, kind: k, complete: true, leader: {id: m, title: M, status: planned},
               positions: [{id: n, title: N}]}
    """
    slides = read(made(units(body)))
    report = span_report(spans(units(body)))
    counted = [sum(filter(None, one.values)) for one in spans_chart(slides).plots[0].series]
    assert sum(counted) == report.seats == 1
    told = " ".join(box.text for box in slides[-1].boxes.values())
    assert "Udeladt: 1 planlagt stilling." in told
    assert "1 leder i diagrammet er udeladt" in told


def test_the_slide_comes_only_when_it_is_asked_for(aalborg):
    without = read(made(shipped("aalborg"), spans=False))

    assert len(without) == len(aalborg) - 1
    assert not any(shape.has_chart for one in without for shape in one.slide.shapes)


def test_without_a_leader_there_is_no_slide_on_spans():
    slides = read(made(tree({"a": None})))

    assert len(slides) == 1


# Hostile and long words ------------------------------------------------------------------------

COMPOUND = "Voksensocialbeskæftigelsesindsatskoordinatorfunktionslederen"
LONG_NAME = "Annemette Kristine Margrethe Elisabeth Søndergaard-Christoffersen-Vestergaard Øs"


def hostile():
    return units(
        unit(
            "u",
            name="Øst & <Vest> {x} ${y} ]]> \" '",
            kind="enhed",
            complete=True,
            positions=[
                post("a", title=COMPOUND, holder=LONG_NAME),
                post("b", title='<b>&amp; "Leder"</b>', holder="<script>'`", reports_to="a"),
                post("c", title="ord " * 300, holder="Ib", reports_to="a"),
            ],
        )
    )


def test_hostile_and_long_words_stay_words():
    assert len(COMPOUND) == 60
    assert len(LONG_NAME) == 80
    slides = read(made(hostile()))
    texts = [card.text.split("\n") for card in slides[0].cards]

    assert texts[0][:3] == [COMPOUND, LONG_NAME, "Øst & <Vest> {x} ${y} ]]> \" '"]
    assert texts[1][:2] == ['<b>&amp; "Leder"</b>', "<script>'`"]
    assert texts[2][0].endswith("…")


def test_letters_that_xml_cannot_hold_are_left_out():
    assert plain("A\x00\x0bn\ne\ufffe \ud800 Ø") == "An e Ø"


def test_what_is_shortened_stands_whole_in_the_notes_and_for_who_does_not_see():
    slide = read(made(hostile()))[0]
    whole = ("ord " * 300).strip()

    assert whole in slide.notes
    assert whole in slide.cards[2].words


def test_a_name_left_out_is_nowhere_in_the_file():
    data = shipped("aalborg")
    names = {person.name for person in data.people.values() if person.name}
    everything = b"".join(
        name.encode() + part for name, part in parts_of(made(nameless(data))).items()
    )

    assert len(names) > 5
    for name in names:
        assert name.encode() not in everything
    assert b"Voksensocialafdelingen" in everything


# Size ------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("count", "most_slides"), [(2, 1), (20, 4), (2_000, 400)])
def test_charts_of_2_to_2000_cards_become_decks(count, most_slides):
    slides = charts(read(made(tree(spread(count, 6)))))

    shown = {card.title for slide in slides for card in slide.cards}
    assert shown == {f"P{n}" for n in range(count)}
    assert len(slides) <= most_slides
    numbers = [re.sub(r"\D", "", slide.title) for slide in slides]
    assert len(numbers) == len(slides)


def test_two_decks_of_one_organisation_differ_by_view_alone():
    data = shipped("aalborg")

    whole, branch = read(made(data)), read(made(data, entries=("chef-voksensocial",)))

    assert branch[0].title.endswith("Aalborg Kommune, Job og Social")
    assert len(charts(branch)) < len(charts(whole))
