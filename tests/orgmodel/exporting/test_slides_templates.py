import io
import zipfile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.util import Inches, Pt

from orgmodel.drawing.choices import Coloring
from orgmodel.errors import TemplateError
from orgmodel.exporting.slides import decks, opening
from orgmodel.exporting.slides.decks import packed
from orgmodel.exporting.slides.designs import template_design
from orgmodel.exporting.slides.theme import INK, PAPER, Theme, Tint
from tests.builders import organisation, tree
from tests.effort import together, works_at_most
from tests.orgmodel.exporting._decks import NS, made, parts_of, read, saved, shipped

COLOURS = {
    "dk2": "333300",
    "accent1": "2E7D32",
    "accent2": "C62828",
    "accent3": "F9A825",
    "accent4": "6A1B9A",
    "accent5": "00838F",
    "accent6": "5D4037",
}
BAR = Inches(0.4)


def template(*, colours=COLOURS, font="Verdana", wide=False, change=lambda prs: None):
    """The bytes of a municipality's template: its colours, its font, a bar at the foot, two slides."""
    prs = Presentation()
    if wide:
        prs.slide_width, prs.slide_height = Inches(13.333), Inches(7.5)
    for number in (0, 1):
        prs.slides.add_slide(prs.slide_layouts[number]).shapes.title.text = "Example slide"
    slide = prs.slides[0]
    height = prs.slide_height or 0
    bar = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, 0, height - BAR, prs.slide_width, BAR
    )._element
    bar.getparent().remove(bar)
    prs.slide_master.shapes._spTree.append(bar)
    part = next(
        rel.target_part
        for rel in prs.slide_master.part.rels.values()
        if rel.reltype.endswith("/theme")
    )
    root = etree.fromstring(part.blob)
    for slot, colour in colours.items():
        one = root.find(f".//{qn('a:clrScheme')}/{qn(f'a:{slot}')}")
        one.clear()
        etree.SubElement(one, qn("a:srgbClr")).set("val", colour)
    for kind in ("major", "minor"):
        root.find(f".//{qn(f'a:{kind}Font')}/{qn('a:latin')}").set("typeface", font)
    part._blob = etree.tostring(root)
    change(prs)
    return saved(prs)


def zipped(parts):
    """The bytes of a package of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return file.getvalue()


def rewritten(content, changes):
    """A package with parts changed: a function for each, by the end of its name."""
    parts = parts_of(content)
    for end, change in changes.items():
        parts |= {name: change(part) for name, part in parts.items() if name.endswith(end)}
    return zipped(parts)


@pytest.fixture(scope="module")
def slides():
    return read(made(shipped("aalborg"), template=template()))


def presentation(content):
    return Presentation(io.BytesIO(content))


# What is taken from a template -----------------------------------------------------------------


@pytest.mark.slow
def test_the_size_of_the_template_s_slides_is_kept_and_its_own_slides_are_not():
    deck = made(shipped("aalborg"), template=template())
    prs = presentation(deck)

    assert (prs.slide_width, prs.slide_height) == (Inches(10), Inches(7.5))
    texts = [slide.shapes.title.text_frame.text for slide in prs.slides]
    assert texts[0] == "Aalborg Kommune, Job og Social"
    assert "Example slide" not in texts
    parts = parts_of(deck)
    assert len([one for one in parts if one.startswith("ppt/slides/slide")]) == len(texts)
    assert not any(b"Example slide" in part for part in parts.values())


def test_all_colours_refer_to_the_theme(slides):
    for slide in slides:
        colours = slide.slide.shapes._spTree.xpath(".//a:srgbClr | .//a:sysClr | .//a:prstClr")
        assert colours == []
        assert slide.slide.shapes._spTree.xpath(".//a:schemeClr") or slide is slides[-1]


def test_all_text_has_the_theme_s_font(slides):
    for slide in slides:
        fonts = slide.slide.shapes._spTree.xpath(".//a:latin/@typeface")
        assert set(fonts) <= {"+mn-lt"}


def test_the_chart_keeps_clear_of_the_title_and_of_the_bar_at_the_foot(slides):
    foot = Inches(7.5) - BAR
    for slide in slides:
        title = slide.slide.shapes.title
        for box in slide.boxes.values():
            assert box.top >= title.top + title.height
            assert box.bottom <= foot
            assert box.right <= Inches(10)


def test_the_layout_is_told_by_its_type_and_not_by_its_place():
    def reversed_layouts(prs):
        layouts = prs.slide_master._element.find(qn("p:sldLayoutIdLst"))
        for one in reversed(list(layouts)):
            layouts.append(one)

    prs = presentation(made(shipped("ballerup"), template=template(change=reversed_layouts)))

    assert {slide.slide_layout.name for slide in prs.slides} == {"Title Only"}


def test_footers_and_slide_numbers_of_the_layout_are_kept():
    def footer(prs):
        for shape in prs.slide_layouts[5].placeholders:
            if "Footer" in shape.name:
                shape.text_frame.text = "Nordby Kommune"

    slide = read(made(shipped("ballerup"), template=template(change=footer)))[0]

    texts = [shape.text_frame.text for shape in slide.slide.placeholders]
    assert "Nordby Kommune" in texts
    assert slide.slide.shapes._spTree.xpath(".//a:fld[@type='slidenum']")
    assert any(
        box.text.startswith("Oplysninger pr. 15. januar 2026") for box in slide.boxes.values()
    )


def test_a_layout_with_places_for_text_leaves_none_of_them_empty():
    def only_content(prs):
        for number in (10, 9, 8, 7, 6, 5, 4, 3, 2, 0):
            prs.slide_layouts.remove(prs.slide_layouts[number])

    slide = read(made(shipped("ballerup"), template=plain(only_content)))[0]

    kinds = {shape.placeholder_format.type for shape in slide.slide.placeholders}
    assert not any("BODY" in str(kind) or "OBJECT" in str(kind) for kind in kinds)
    assert slide.cards


def plain(change):
    """A template without slides of its own, so that its layouts can be removed."""
    prs = Presentation()
    change(prs)
    return saved(prs)


@pytest.mark.parametrize(
    "kind",
    [
        b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
        b"application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
        b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
        b"application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
    ],
)
def test_templates_shows_and_files_with_macros_are_templates_too(kind):
    main = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    content = rewritten(template(), {"[Content_Types].xml": lambda part: part.replace(main, kind)})

    types = parts_of(made(shipped("ballerup"), template=content))["[Content_Types].xml"]

    assert main in types
    assert kind not in types


def test_sections_of_the_template_s_slides_are_not_kept():
    section = (
        b'<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst xmlns:p14='
        b'"http://schemas.microsoft.com/office/powerpoint/2010/main"/></p:ext></p:extLst>'
    )
    end = b"</p:presentation>"

    def with_section(part):
        return part.replace(end, section + end)

    content = rewritten(template(), {"ppt/presentation.xml": with_section})
    deck = made(shipped("ballerup"), template=content)

    assert b"sectionLst" in parts_of(content)["ppt/presentation.xml"]
    assert b"sectionLst" not in parts_of(deck)["ppt/presentation.xml"]


# Contrast --------------------------------------------------------------------------------------


def tint_of(element):
    """The reference to a colour that stands in the file."""
    steps = {one.tag.split("}")[1]: int(one.get("val")) // 1000 for one in element}
    return Tint(element.get("val"), steps.get("lumMod", 100), steps.get("lumOff", 0))


@pytest.mark.slow
@pytest.mark.parametrize(
    "accents",
    [
        ["2E7D32", "C62828", "F9A825", "6A1B9A", "00838F", "5D4037"],
        ["FFEB3B", "FFF59D", "E6EE9C", "B2EBF2", "F8BBD0", "D7CCC8"],
        ["111111", "222222", "0A0A2A", "2A0A0A", "0A2A0A", "101010"],
        ["808080", "7F7F7F", "818181", "777777", "888888", "7A7A7A"],
    ],
    ids=["strong", "pale", "nearly black", "grey"],
)
def test_text_can_be_read_on_any_theme_s_colours(accents):
    colours = {f"accent{n}": accent for n, accent in enumerate(accents, 1)}
    theme = Theme(
        {"dk1": "000000", "lt1": "FFFFFF", "dk2": "1F497D", "lt2": "EEECE1", **colours}, {}, ""
    )
    for coloring in Coloring:
        slides = read(
            made(shipped("aalborg"), template=template(colours=colours), coloring=coloring)
        )
        for card in (card for slide in slides for card in slide.cards):
            fills = card.xml.findall("p:spPr/*//a:schemeClr", NS)
            ground = card.xml.find("p:spPr/a:solidFill/a:schemeClr", NS)
            if ground is None:
                ground = card.xml.findall("p:spPr/a:gradFill//a:schemeClr", NS)[-1]
            assert fills
            for run in card.xml.findall(".//a:r", NS):
                ink = tint_of(run.find(".//a:schemeClr", NS))
                assert theme.contrast(ink, tint_of(ground)) >= 4.5, (
                    coloring,
                    run.find("a:t", NS).text,
                )


def stripe(card):
    """The colour of the stripe at the left edge of a card."""
    return etree.tostring(card.xml.find("p:spPr/a:gradFill//a:schemeClr", NS))


def test_layers_stay_apart_in_a_theme_of_one_s_own():
    slides = read(made(tree({"a": None, "b": "a", "c": "b"}), template=template()))

    stripes = [stripe(card) for card in slides[0].cards]
    assert len(set(stripes)) == 3


@pytest.mark.parametrize("given", [None, template()], ids=["our own", "a template's"])
def test_eight_kinds_stay_apart(given):
    units = "".join(
        f"  - {{id: u{n}, name: U{n}, kind: kind-{n}, leader: {{id: p{n}, title: P{n}}}}}\n"
        for n in range(8)
    )
    slide = read(made(organisation(f"units:\n{units}"), template=given, coloring=Coloring.KIND))[0]

    assert len({stripe(card) for card in slide.cards}) == 8


def test_a_dark_master_turns_ink_and_paper_round():
    theme = Theme({"dk1": "000000", "lt1": "FFFFFF"}, {"bg1": "dk1", "tx1": "lt1"}, "")

    assert theme.real(PAPER) == (0, 0, 0)
    assert theme.real(INK) == (1, 1, 1)


# What cannot be a template ---------------------------------------------------------------------


def refusal(content):
    with pytest.raises(TemplateError) as refused:
        made(tree({"a": None, "b": "a"}), template=content)
    error = refused.value
    assert isinstance(error, ValueError)
    assert error.words.text("da") != error.words.text("en") == str(error)
    return str(error)


WORD_FILE = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"\x00" * 100, b"Navn;Titel\n", WORD_FILE],
    ids=["empty", "PDF", "zeros", "CSV", "Word"],
)
def test_what_is_no_powerpoint_file_is_refused_in_words(content):
    assert "is not a PowerPoint file" in refusal(content)


def test_an_old_or_locked_file_is_refused_with_what_to_do():
    assert "save it as .pptx or .potx without a password" in refusal(
        b"\xd0\xcf\x11\xe0" + b"x" * 600
    )


def test_a_file_cut_off_or_with_a_broken_part_is_called_damaged():
    whole = template()
    broken = rewritten(whole, {"slideMaster1.xml": lambda part: part[: len(part) // 2]})
    missing = rewritten(whole, {"presentation.xml": lambda _part: b"<p/>"})

    for content in (whole[: len(whole) // 2], broken, missing):
        assert "is damaged" in refusal(content)


def test_every_byte_cut_off_gives_words_and_never_a_stack_trace():
    whole = template()

    for length in range(1, len(whole), len(whole) // 40):
        refusal(whole[:length])


@pytest.mark.slow
@pytest.mark.parametrize("part", ["slideLayout6.xml", "slideMaster1.xml", "theme1.xml"])
def test_whatever_is_missing_in_a_template_gives_a_deck_or_words(part):
    whole = template()
    (old,) = [one for name, one in parts_of(whole).items() if name.endswith(part)]
    count = len(list(etree.fromstring(old).iter()))

    def without(number):
        def change(content):
            root = etree.fromstring(content)
            one = list(root.iter())[number]
            one.getparent().remove(one)
            return etree.tostring(root)

        return change

    outcomes = set()
    for number in range(1, count, max(1, count // 15)):
        try:
            slides = read(
                made(tree({"a": None}), template=rewritten(whole, {part: without(number)}))
            )
        except TemplateError:
            outcomes.add("words")
        else:
            assert len(slides) == 1
            outcomes.add("deck")
    assert "deck" in outcomes


def test_a_template_that_swells_is_stopped(monkeypatch):
    monkeypatch.setattr(opening, "MOST_BYTES", 3_000_000)
    bomb = rewritten(template(), {"app.xml": lambda part: part + b" " * 5_000_000})

    assert len(bomb) < 100_000
    assert "larger than 3 MB when unpacked" in refusal(bomb)


def inside(part, xml, end=b"</p:sldLayout>"):
    """A template with more in one of its parts."""
    return rewritten(template(), {part: lambda content: content.replace(end, xml + end)})


@pytest.mark.parametrize(
    "xml", [b"<a/>" * 15_000_000, b"<a/>" * 510_000, b"<a b=''/>" * 260_000],
    ids=["60 MB", "many elements", "many attributes"],
)  # fmt: skip
def test_more_elements_than_any_template_has_are_refused(xml):
    content = inside("slideLayout6.xml", xml)

    assert len(content) < 120_000
    with works_at_most(10):
        assert "more text and shapes than any template needs" in refusal(content)


@pytest.mark.slow
def test_many_elements_are_not_yet_too_many():
    assert read(made(tree({"a": None}), template=inside("slideLayout6.xml", b"<a/>" * 400_000)))


def test_parts_of_xml_are_counted_whatever_they_are_called():
    def rename(part):
        return part.replace(b"theme1.xml", b"theme1.bin")

    # The theme under another name, as a package may have it.
    parts = parts_of(
        rewritten(template(), {"slideMaster1.xml.rels": rename, "[Content_Types].xml": rename})
    )
    content = zipped({name.replace("theme1.xml", "theme1.bin"): parts[name] for name in parts})
    assert read(made(tree({"a": None}), template=content))[0].title == "Test"
    end = {
        "theme1.bin": lambda part: part.replace(b"</a:theme>", b"<a/>" * 510_000 + b"</a:theme>")
    }
    assert "more text and shapes" in refusal(rewritten(content, end))
    entity = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    typed = {"theme1.bin": lambda part: entity + part}
    assert "is damaged" in refusal(rewritten(content, typed))


@pytest.mark.slow
def test_films_may_be_larger_than_all_else():
    # its first box is 60 bytes long, of which the last is `<`
    film = b"\x00\x00\x00\x3cftypisom" + b"\x00" * 30_000_000

    content = rewritten(template(), {"thumbnail.jpeg": lambda _part: film})
    assert read(made(tree({"a": None}), template=content))


@pytest.mark.slow
def test_relationships_in_a_chain_without_end_are_called_damaged():
    parts = parts_of(template())
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    first = next(name for name in parts if name.endswith("slideLayout6.xml.rels"))
    link = f'<Relationship Id="rId999" Type="{kind}" Target="/ppt/media/c%d.png"/></Relationships>'
    parts[first] = parts[first].replace(b"</Relationships>", (link % 0).encode())
    for number in range(3_000):
        parts[f"ppt/media/c{number}.png"] = b"\x89PNG"
        parts[f"ppt/media/_rels/c{number}.png.rels"] = (head + link % (number + 1)).encode()
    types = parts["[Content_Types].xml"]
    image = b'<Default Extension="png" ContentType="image/png"/></Types>'
    parts["[Content_Types].xml"] = types.replace(b"</Types>", image)

    assert "is damaged" in refusal(zipped(parts))


@pytest.mark.slow
@pytest.mark.parametrize(
    "xml", [b"<Relationship " * 300_000, b"<Relationship " + b'relationships/vbaProject"' * 400_000],
    ids=["many tags", "one tag"],
)  # fmt: skip
def test_macros_are_looked_for_in_no_time(xml):
    content = inside("slideLayout6.xml.rels", xml, b"</Relationships>")

    with works_at_most(10):
        assert "is damaged" in refusal(content)


@pytest.mark.slow
def test_workbooks_of_the_template_are_not_unpacked():
    bomb = zipped({"xl/workbook.xml": b" " * 300_000_000})

    def embedded(prs):
        layout = prs.slide_layouts[5].part
        name = PackURI("/ppt/embeddings/Microsoft_Excel_Sheet77.xlsx")
        part = EmbeddedXlsxPart(name, CT.SML_SHEET, layout.package, bomb)
        layout.relate_to(part, RT.PACKAGE)

    parts = parts_of(made(shipped("aalborg"), template=template(change=embedded)))
    assert parts["ppt/embeddings/Microsoft_Excel_Sheet77.xlsx"] == bomb
    (own,) = [name for name in parts if name.endswith(".xlsx") and "77" not in name]
    workbook = zipfile.ZipFile(io.BytesIO(parts[own]))
    assert {info.date_time for info in workbook.infolist()} == {(2026, 2, 9, 0, 0, 0)}


def test_a_list_of_a_million_parts_is_not_read():
    # the list at the end of a file, whose parts are all the same one
    entry = b"PK\x01\x02" + b"\x00" * 42
    assert "larger than 200 MB" in refusal(template() + entry * 1_000_000)


@pytest.mark.slow
def test_one_template_is_open_at_a_time(monkeypatch):
    seen = []
    open_it, pack = template_design, packed

    def opening_it(content):
        seen.append("opened")
        return open_it(content)

    def packing(*given):
        content = pack(*given)
        seen.append("packed")
        return content

    monkeypatch.setattr(decks, "template_design", opening_it)
    monkeypatch.setattr(decks, "packed", packing)
    data, content = tree({"a": None, "b": "a"}), template()
    together(*[lambda: made(data, template=content)] * 6)
    assert seen == ["opened", "packed"] * 6


def test_a_drawing_may_say_its_document_type():
    drawing = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd"><svg/>'
    content = zipped(parts_of(template()) | {"ppt/media/logo.svg": drawing})

    assert read(made(tree({"a": None}), template=content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7", "cp037"])
def test_entities_are_refused(encoding):
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'

    def with_entity(part):
        text = part.decode()
        head, rest = text.split("?>", 1)
        head = head.replace("UTF-8", encoding.upper())
        return f"{head}?>{entity}{rest}".encode(encoding, errors="replace")

    content = rewritten(template(), {"slideLayout6.xml": with_entity})

    assert "is damaged" in refusal(content)


def test_a_template_without_a_layout_with_a_title_is_refused():
    def no_titles(prs):
        for number in (9, 8, 7, 5, 4, 3, 2, 1, 0):
            prs.slide_layouts.remove(prs.slide_layouts[number])
        for layout in prs.slide_layouts:
            for shape in list(layout.placeholders):
                if "Title" in shape.name:
                    shape._element.getparent().remove(shape._element)

    assert "has no layout with a title" in refusal(plain(no_titles))


def test_a_layout_without_room_is_refused_with_the_room_that_is_needed():
    def crowded(prs):
        title = next(one for one in prs.slide_layouts[5].placeholders if "Title" in one.name)
        title.left, title.top, title.width, title.height = 0, 0, Inches(10), Inches(5)

    words = refusal(plain(crowded))

    assert "leaves no room for a chart" in words
    assert "14.8 × 7.8 cm" in words


def test_a_file_that_is_not_there_is_told_by_its_path(tmp_path):
    with pytest.raises(TemplateError, match=r"The template .*none\.potx cannot be read\."):
        made(tree({"a": None}), template=tmp_path / "none.potx")


@pytest.mark.slow
def test_titles_too_long_for_the_template_are_set_smaller_and_stay_within():
    slides = read(made(shipped("aalborg"), template=template(font="Georgia")))

    sizes = [
        run.font.size
        for slide in slides
        for run in slide.slide.shapes.title.text_frame.paragraphs[0].runs
    ]
    assert all(size is None or size >= Pt(14) for size in sizes)
    assert any(size is not None for size in sizes)
