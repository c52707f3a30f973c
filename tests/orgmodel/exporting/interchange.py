"""Charts for tests of what goes to other programs: the shipped ones, hostile words, many relations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from orgmodel.drawing.exhibits import Exhibit, exhibit
from orgmodel.drawing.views import Cut, DrawingContext, View
from tests.builders import organisation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel import Organisation
    from orgmodel.texts import Language

# Words that mean something to a program that reads one of the formats.
HOSTILE = (
    '"]; click n1 call alert(1)',
    '<img src=x onerror="alert(1)">',
    "</script><script>alert(1)</script>",
    "]]></data><node id='x'/> <!-- -->",
    "`kode` **fed** _kursiv_ ~~væk~~",
    "`**fed**`",
    '%%{init: {"securityLevel": "loose"}}%%',
    "%% ikke en bemærkning",
    "end",
    "subgraph x",
    "graph TD; A-->B",
    "1. punkt",
    "12) punkt",
    "- punkt",
    "+ punkt - punkt",
    "# overskrift",
    "> citat",
    "---",
    # In pieces: no address of anybody stands in the project, not even one of nobody.
    f"a{'@'}eksempel.dk www.eksempel.dk https://eksempel.dk/x",
    "style a:#60;b; classDef c:#35;",
    r"\N \G \L \l C:\new\table",
    "ender på \\",
    '\\"',
    "&amp; &lt;b&gt; &#60; #60; #quot; &oslash;",
    "Teknik & Miljø: drift; 100 % (nord)",
    "ﬂ°lt¶ß ﬂ°°60¶ß 10°",
    "${alert(1)} {{x}} {x} $$x^2$$",
    "fa:fa-user :::klasse :smile:",
    "=HYPERLINK(1)",
    'O\'Brien | "Bo" ^ ~ [x](y) ![x](y)',
    "Æblegrød ÅØÆ 🙂 é ½ ‑ –",
    "Sundhedsfremmekoordinationsudviklingsafdelingslederstillingen",
    "Leder for Afdelingen for Sundhedsfremme, Forebyggelse og Rehabilitering i midtbyen",
    "x",
)


def shown(data: Organisation, *, language: Language = "da", **view: Any) -> Exhibit:
    """Return what an export shows of an organisation: by default all of it."""
    return exhibit(DrawingContext(data), View(**{"cut": Cut.BRANCH, **view}), language)


def posts(titles: Sequence[str], *, holders: Sequence[str] = (), more: str = "") -> Organisation:
    """Return an organisation of a leader with posts of these titles, in the order given."""
    lines = [
        f"      - {{id: p{n}, title: {_text(title)}, reports_to: top"
        + (f", holder: {_text(holders[n])}" if holders else "")
        + "}\n"
        for n, title in enumerate(titles)
    ]
    head = (
        "units:\n  - id: unit\n    name: Unit\n    kind: enhed\n"
        "    leader: {id: top, title: Top}\n    positions:\n"
    )
    return organisation(head + "".join(lines) + more)


def hostile(words: Sequence[str] = HOSTILE) -> Organisation:
    """Return an organisation of hostile titles and names, with relations about such words."""
    lines = "".join(
        f"  - {{from: p{n}, to: p{n + 1}, kind: serves, about: {_text(about)}}}\n"
        for n, about in enumerate(words[:-1])
    )
    return posts(words, holders=words[::-1], more=f"relations:\n{lines}")


def many_relations(count: int) -> Organisation:
    """Return an organisation in which the first of `count` + 1 posts supplies all others."""
    lines = "".join(f"  - {{from: p0, to: p{n}, kind: supplies}}\n" for n in range(1, count + 1))
    return posts([f"Post {n}" for n in range(count + 1)], more=f"relations:\n{lines}")


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
