"""Builders of small organisations for tests, from short YAML with defaults."""

from __future__ import annotations

import json
from dataclasses import replace
from textwrap import dedent, indent
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from orgmodel import InvalidOrganisation, Organisation, Problem, levels, load, loads, spans
from orgmodel.analysis.spans.facets import Facets, UnitFacets
from orgmodel.drawing.card_texts import CardTexts, UnitCards
from orgmodel.drawing.chart import Chart, Drawing, draw_chart
from orgmodel.drawing.choices import Coloring
from orgmodel.drawing.exhibits import Exhibit, exhibit
from orgmodel.drawing.hierarchy import PostHierarchy, UnitHierarchy
from orgmodel.drawing.looks import Palette
from orgmodel.drawing.selection import Opening, opened_branches
from orgmodel.drawing.views import Cut, DrawingContext, View
from orgmodel.model.anonymity import without_names
from tests.benchmarks._synthetic import organisation_of, write_organisation

if TYPE_CHECKING:
    from pathlib import Path

    from orgmodel.drawing.layout import Place
    from orgmodel.drawing.selection import Selection
    from orgmodel.texts import Language

Entry = dict[str, Any]
# A source states that all subunits and posts of a unit are listed.
STATED_COMPLETE = {"value": True, "cite": "s"}
HEAD = "organisation: test\nname: Test\nas_of: 2026-02-09\n"


def organisation(body: str) -> Organisation:
    """Return the organisation of a file that ends with `body`."""
    return loads(HEAD + dedent(body))


def units(*bodies: str | Entry, sourced: bool = False, **more: Any) -> Organisation:
    """Return the organisation with these units; `sourced` if they cite a source `s`."""
    sources = {"sources": {"s": {"title": "S"}}} if sourced else {}
    if isinstance(bodies[0], str):
        return organisation("units:\n" + indent(dedent(bodies[0]), "  "))
    return loads(HEAD + body(*bodies, **sources, **more))


def body(*units: str | Entry, **more: Any) -> str:
    """Return the text after the head of a file: these units, and other keys before them."""
    content = {**more, "units": units}
    return "".join(
        f"{key}: {json.dumps(one, ensure_ascii=False)}\n" for key, one in content.items()
    )


def write(folder: Path, body: str, name: str = "test") -> Path:
    """Write the file of the organisation called `name` that ends in `body`; return its path."""
    path = folder / f"{name}.yaml"
    path.write_text(HEAD.replace("test", name) + body, encoding="utf-8")
    return path


def unit(unit_id: str, leader: str | Entry | None = None, **said: Any) -> Entry:
    """Return the entry of a unit; its default name is its id, its leader `post(leader)`.

    `led_by` names a post of another unit that leads it; a `_` at the end of a key is left out.
    """
    entry = {"id": unit_id, "name": unit_id.upper(), "kind": "k"}
    if "led_by" in said:
        entry["leader"] = said.pop("led_by")
    if leader is not None:
        said = {"leader": _post(leader), **said}
    if "positions" in said:
        said["positions"] = [_post(one) for one in said["positions"]]
    return {**entry, **{key.rstrip("_"): value for key, value in said.items()}}


def post(post_id: str, **said: Any) -> Entry:
    """Return the entry of a post; without a title it is called as its id."""
    named = {"id": post_id, "title": post_id.upper()}
    return {**named, **{key.rstrip("_"): value for key, value in said.items()}}


def posts(count: int, title: str = "Vagt", **said: Any) -> list[Entry]:
    """Return the entries of so many posts, `p0`, `p1` and on, with numbered titles."""
    return [post(f"p{n}", title=f"{title} {n}", **said) for n in range(count)]


def _post(one: str | Entry) -> Entry:
    return post(one) if isinstance(one, str) else one


def with_leader(heads: int) -> Entry:
    """Return a headcount that the unit's leader is among."""
    return {"value": heads, "leader_included": True}


def tree(edges: dict[str, str | None]) -> Organisation:
    """Return an organisation of posts only, each with its superior."""
    posts = "".join(
        f"      - {{id: {post}, title: {post.upper()}"
        + (f", reports_to: {superior}}}\n" if superior else "}\n")
        for post, superior in edges.items()
    )
    body = "units:\n  - id: unit\n    name: Unit\n    kind: enhed\n    complete: true\n    positions:\n"
    return loads(HEAD + body + posts)


def star(count: int) -> dict[str, str | None]:
    """Return a leader, `top`, and so many posts `p0`, `p1` … that report to it."""
    return {"top": None, **{f"p{n}": "top" for n in range(count)}}


def chain(count: int) -> dict[str, str | None]:
    """Return posts `p0`, `p1` … of which each reports to the one before."""
    return spread(count, 1)


def spread(count: int, span: int) -> dict[str, str | None]:
    """Return posts `p0`, `p1` … layer by layer, so many of which report to each."""
    return {f"p{n}": f"p{(n - 1) // span}" if n else None for n in range(count)}


def crowd(size: int, folder: Path) -> Organisation:
    """Return a made-up organisation of so many posts, whose file is kept in a folder."""
    return load(write_organisation(organisation_of(size), f"o{size}", folder))


def changed(data: Organisation, **posts: dict[str, Any]) -> Organisation:
    """Return an organisation in which fields of some posts, by their ids, are others."""
    positions = tuple(replace(one, **posts.get(one.id, {})) for one in data.record.positions)
    return Organisation(replace(data.record, positions=positions), data.day)


def nameless(data: Organisation) -> Organisation:
    """Return an organisation without the names of its people."""
    return Organisation(without_names(data.record), data.day)


def leader_of(low: int, high: int | None, kind: str) -> Organisation:
    """Return an organisation of one leader, `l`, whose span a source bounds, in a unit of a kind."""
    if not low and high is None:
        return units(unit("a", "l", kind=kind))
    number = f"mindst {low}" if high is None else f"{low}-{high}"
    heads = {"value": number, "leader_included": False, "cite": "s"}
    only = unit("a", "l", kind=kind, complete=STATED_COMPLETE, employees=heads)
    return units(only, sourced=True)


@st.composite
def forests(draw: st.DrawFn) -> dict[str, str | None]:
    """Draw a forest: posts with their superiors, each after its superior."""
    size = draw(st.integers(1, 40))
    return {
        f"p{n}": draw(st.sampled_from([None, *(f"p{above}" for above in range(n))]))
        for n in range(size)
    }


def problems(text: str | bytes) -> tuple[Problem, ...]:
    """Return all problems of a text."""
    try:
        loads(text)
    except InvalidOrganisation as error:
        return error.problems
    return ()


def codes(text: str | bytes) -> list[str]:
    """Return the codes of all problems of a text, in order."""
    return [problem.code for problem in problems(text)]


def show(
    data: Organisation, *, cut: Cut = Cut.BRANCH, language: Language = "da", **view: Any
) -> Exhibit:
    """Return what an export shows of an organisation: by default all of it."""
    return exhibit(DrawingContext(data), View(cut, **view), language)


def apart(one: Place, other: Place) -> bool:
    """Tell whether two cards of a layout do not overlap."""
    is_beside = one.right <= other.left or other.right <= one.left
    return is_beside or one.bottom <= other.y or other.bottom <= one.y


def chart_of(
    data: Organisation,
    selection: Selection | None = None,
    *,
    units: bool = False,
    coloring: Coloring = Coloring.LAYER,
    language: Language = "da",
    **drawing: Any,
) -> Chart:
    """Return a chart of posts or units, by default in its initial state."""
    figures = spans(data)
    posts = CardTexts(figures, levels(data), language)
    hierarchy = UnitHierarchy(data) if units else PostHierarchy(data)
    facets = UnitFacets(figures) if units else Facets(figures)
    shown = selection or opened_branches(hierarchy, Opening())
    cards = UnitCards(posts) if units else posts
    return draw_chart(cards, hierarchy, shown, Drawing(Palette(coloring, facets), **drawing))
