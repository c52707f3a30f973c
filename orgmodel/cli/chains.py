"""`orgmodel chain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from orgmodel.cli.common import (
    console,
    format_option,
    holder_words,
    language_option,
    main,
    organisation_at,
    path_argument,
    position_at,
    print_json,
    print_table,
    step_as_dict,
)
from orgmodel.model.wording import BASIS_WORDS
from orgmodel.texts import N_, Language, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from orgmodel.model.organisation import Organisation


@main.command()
@path_argument
@click.argument("position")
@click.option("--to", "end", metavar="POSITION", help="Show the path to this post instead.")
@format_option
@language_option
def chain(path: Path, position: str, end: str | None, output: str, language: Language) -> None:
    """Show the chain from a post to the top, or the path to another post.

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
    bold = None if common is None else posts.index(common)
    print_table(columns, _rows(organisation, posts), language, bold=bold)
    if end_id is not None and common is None:
        console().print(message(N_("The two posts have no common leader.")).text(language))


def _rows(organisation: Organisation, posts: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """Yield the cells of each post; the last cell describes its link to the next post."""
    for n, post in enumerate(posts):
        position = organisation.positions[post]
        unit = organisation.units[position.unit_id].name
        line: object = ""
        if n + 1 < len(posts):
            is_up = organisation.lines[post].superior_id == posts[n + 1]
            # Below the common leader, the line runs from the next post up to this one.
            basis = organisation.lines[post if is_up else posts[n + 1]].basis
            text = N_("reports to the next ({basis})") if is_up else N_("leads the next ({basis})")
            line = message(text, basis=message(BASIS_WORDS[basis]))
        yield position.title, holder_words(organisation, post), unit, line
