"""A chart in words: the alternative text and the full description."""

from orgmodel.drawing.describing import long_description, short_description
from orgmodel.drawing.hierarchy import PostHierarchy
from orgmodel.drawing.selection import Opening, opened_branches
from tests.builders import chart_of, organisation, star, tree


def test_in_a_sentence_or_two_in_both_languages(aalborg):
    chart = chart_of(aalborg)
    assert short_description(chart, "da").startswith(
        "Diagram over Aalborg Kommune, Job og Social: 22 kort i 5 lag. Øverst: Rådmand"
    )
    assert short_description(chart, "en").startswith(
        "Chart of Aalborg Kommune, Job og Social: 22 cards in 5 layers. At the top: "
    )


def test_many_tops_are_counted():
    chart = chart_of(tree({f"p{n}": None for n in range(9)}))
    assert short_description(chart, "da").endswith("(+6).")


def test_an_empty_chart():
    chart = chart_of(organisation("units: []"))
    assert short_description(chart, "da") == "Diagrammet over Test er tomt."
    assert long_description(chart, "da") == ()


def test_at_length_every_open_card_says_who_is_below_it(aalborg):
    sentences = long_description(chart_of(aalborg, language="en"), "en")
    opened = {line.superior_id for line in aalborg.lines.values() if line.superior_id}
    assert len(sentences) == len(opened) + 2  # and the two lines beside the line
    assert sentences[0] == (
        "Directly below Alderman for Job og Social, Peter Larsen, Aalborg Kommune (1): "
        "Director, Arne Lund Kristensen, Job og Social."
    )


def test_of_many_the_first_are_named_and_the_rest_counted():
    data = tree(star(500))
    shown = opened_branches(PostHierarchy(data), Opening(frozenset({"top"})))
    (sentence,) = long_description(chart_of(data, shown), "da")
    assert sentence.endswith("og 488 flere.")
