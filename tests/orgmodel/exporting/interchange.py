"""Charts for tests of what goes to other programs: the shipped ones, hostile words, many relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import post, unit, units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel import Organisation
    from tests.builders import Entry

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
    # Split, since the project's files contain no e-mail addresses, not even made-up ones.
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


def posts(
    titles: Sequence[str], *, holders: Sequence[str] = (), relations: Sequence[Entry] = ()
) -> Organisation:
    """Return an organisation of a leader with posts of these titles, in the order given."""
    entries = [post(f"p{n}", title=title, reports_to="top") for n, title in enumerate(titles)]
    for entry, holder in zip(entries, holders, strict=False):
        entry["holder"] = holder
    leader = post("top", title="Top")
    return units(
        unit("unit", name="Unit", kind="enhed", leader=leader, positions=entries),
        relations=relations,
    )


def hostile(words: Sequence[str] = HOSTILE) -> Organisation:
    """Return an organisation of hostile titles and names, with relations about such words."""
    relations = [
        {"from": f"p{n}", "to": f"p{n + 1}", "kind": "serves", "about": about}
        for n, about in enumerate(words[:-1])
    ]
    return posts(words, holders=words[::-1], relations=relations)


def many_relations(count: int) -> Organisation:
    """Return an organisation in which the first of `count` + 1 posts supplies all others."""
    relations = [{"from": "p0", "to": f"p{n}", "kind": "supplies"} for n in range(1, count + 1)]
    return posts([f"Post {n}" for n in range(count + 1)], relations=relations)
