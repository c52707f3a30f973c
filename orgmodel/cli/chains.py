"""`orgmodel chain`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text as Cell

from orgmodel.cli.common import (
    console,
    format_option,
    holder_words,
    language_option,
    organisation_at,
    position_at,
    print_json,
    step_as_dict,
    text_table,
)
from orgmodel.cli.group import main
from orgmodel.model.wording import BASIS_WORDS
from orgmodel.texts import N_, Language, message, say

if TYPE_CHECKING:
    from orgmodel.model.provenance import Basis


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("position")
@click.option("--to", "end", metavar="POSITION", help="Show the chain to this post instead.")
@format_option
@language_option
def chain(path: Path, position: str, end: str | None, output: str, language: Language) -> None:
    """Show the chain from a post to the top, or to another post.

    A POSITION is a post's id, or its title or its holder's name where only one post has it.
    """
    from orgmodel.analysis.questions.chains import (
        chain_between,
        chain_to_top,
        closest_common_leader,
    )

    organisation = organisation_at(path, language)
    start_id = position_at(organisation, position, language)
    end_id = None if end is None else position_at(organisation, end, language)
    common = None if end_id is None else closest_common_leader(organisation, start_id, end_id)
    posts = (
        chain_to_top(organisation, start_id)
        if end_id is None
        else chain_between(organisation, start_id, end_id)
    )
    if output == "json":
        steps = [step_as_dict(organisation, post) for post in posts]
        print_json({"from": start_id, "to": end_id, "chain": steps, "common_leader": common})
        return
    columns = (N_("Post"), N_("Holder"), N_("Unit"), N_("Line"))
    table = text_table(columns, language, numeric=set())
    for n, post in enumerate(posts):
        line = organisation.lines[post]
        # Below the common leader the line that matters is the next post's, which points back up.
        goes_on = n + 1 < len(posts)
        is_up = goes_on and line.superior_id == posts[n + 1]
        basis = (
            line.basis if is_up else organisation.lines[posts[n + 1]].basis if goes_on else None
        )
        style = "bold" if post == common else ""
        cells = (
            organisation.positions[post].title,
            holder_words(organisation, post),
            organisation.units[organisation.positions[post].unit_id].name,
            _line_words(basis, is_up=is_up),
        )
        table.add_row(*(Cell(say(cell, language), style=style) for cell in cells))
    out = console()
    out.print(table)
    if end_id is not None and common is None:
        out.print(message(N_("The two posts have no common leader.")).text(language))


def _line_words(basis: Basis | None, *, is_up: bool) -> object:
    if basis is None:
        return ""
    words = N_("reports to the next ({basis})") if is_up else N_("leads the next ({basis})")
    return message(words, basis=message(BASIS_WORDS[basis]))
