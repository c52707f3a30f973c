"""Organisations for tests, drawn as short YAML with everything but the point left to defaults."""

from __future__ import annotations

from textwrap import dedent, indent
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from orgmodel import InvalidOrganisation, Organisation, Problem, levels, loads, spans
from orgmodel.analysis.spans.facets import Facets, UnitFacets
from orgmodel.drawing.card_texts import CardTexts, UnitCards
from orgmodel.drawing.chart import Chart, Drawing, draw_chart
from orgmodel.drawing.choices import Coloring
from orgmodel.drawing.hierarchy import PostHierarchy, UnitHierarchy
from orgmodel.drawing.looks import Palette
from orgmodel.drawing.selection import Opening, opened_branches

if TYPE_CHECKING:
    from orgmodel.drawing.selection import Selection
    from orgmodel.texts import Language

HEAD = "organisation: test\nname: Test\nas_of: 2026-02-09\n"


def organisation(body: str) -> Organisation:
    """Return the organisation whose file ends in `body`."""
    return loads(HEAD + dedent(body))


def units(body: str) -> Organisation:
    """Return the organisation with these units."""
    return organisation("units:\n" + indent(dedent(body), "  "))


def tree(edges: dict[str, str | None]) -> Organisation:
    """Return an organisation of posts alone, each with the post it reports to."""
    posts = "".join(
        f"      - {{id: {post}, title: {post.upper()}"
        + (f", reports_to: {superior}}}\n" if superior else "}\n")
        for post, superior in edges.items()
    )
    body = "units:\n  - id: unit\n    name: Unit\n    kind: enhed\n    complete: true\n    positions:\n"
    return loads(HEAD + body + posts)


@st.composite
def forests(draw: st.DrawFn) -> dict[str, str | None]:
    """Draw posts with the post that each reports to, each after that one."""
    size = draw(st.integers(1, 40))
    return {
        f"p{n}": draw(st.sampled_from([None, *(f"p{above}" for above in range(n))]))
        for n in range(size)
    }


def problems(text: str | bytes) -> tuple[Problem, ...]:
    """Return everything that is wrong with a text."""
    try:
        loads(text)
    except InvalidOrganisation as error:
        return error.problems
    return ()


def codes(text: str | bytes) -> list[str]:
    """Return the codes of everything that is wrong with a text, in its order."""
    return [problem.code for problem in problems(text)]


def chart_of(
    data: Organisation,
    selection: Selection | None = None,
    *,
    units: bool = False,
    coloring: Coloring = Coloring.LAYER,
    language: Language = "da",
    **drawing: Any,
) -> Chart:
    """Return a chart of posts or units, by default as it opens."""
    figures = spans(data)
    posts = CardTexts(figures, levels(data), language)
    hierarchy = UnitHierarchy(data) if units else PostHierarchy(data)
    facets = UnitFacets(figures) if units else Facets(figures)
    shown = selection or opened_branches(hierarchy, Opening())
    cards = UnitCards(posts) if units else posts
    return draw_chart(cards, hierarchy, shown, Drawing(Palette(coloring, facets), **drawing))
