"""`orgmodel network`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from orgmodel.cli.common import (
    console,
    format_option,
    language_option,
    main,
    organisation_at,
    path_argument,
    position_at,
    print_json,
    print_table,
    unit_at,
)
from orgmodel.texts import N_, Language, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from orgmodel.analysis.questions.network import Network
    from orgmodel.analysis.questions.ties import Ties
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Worded


@main.command()
@path_argument
@click.option("--of", "of", metavar="NODE", help="What the network is around.")
@click.option("--and", "other", metavar="NODE", help="Show what links the two instead.")
@click.option(
    "--steps", type=click.IntRange(1, 3), default=1, show_default=True, help="How far it reaches."
)
@format_option
@language_option
def network(
    path: Path, of: str | None, other: str | None, steps: int, output: str, language: Language
) -> None:
    """List the links of a post, a unit or a group; without --of who sits in most groups.

    A NODE is a post by its id, title or holder, or unit:ID, group:ID or post:ID.
    """
    from orgmodel.analysis.questions.forums import forums
    from orgmodel.analysis.questions.network import network_around, network_between, what_ties
    from orgmodel.analysis.questions.ties import Ties

    if of is None and other is not None:
        raise click.UsageError(message(N_("--and needs --of")).text(language))
    organisation = organisation_at(path, language)
    ties = Ties(organisation)
    if of is None:
        sittings = forums(organisation).sittings
        if output == "json":
            print_json([asdict(one) for one in sittings])
            return
        columns = (N_("Post"), N_("Unit"), N_("Groups"), N_("Sits with"))
        rows = (
            (
                organisation.positions[one.position_id].title,
                organisation.units[organisation.positions[one.position_id].unit_id].name,
                one.groups,
                one.fellows,
            )
            for one in sittings
        )
        print_table(columns, rows, language, numeric={2, 3})
        return
    centre_id = _node_at(organisation, of, language)
    if other is None:
        found = network_around(ties, centre_id, steps)
    else:
        found = network_between(
            ties, what_ties(ties, centre_id, _node_at(organisation, other, language))
        )
    if output == "json":
        print_json(_as_dict(ties, found))
        return
    print_table((N_("From"), N_("Link"), N_("To"), N_("About")), _rows(ties, found), language)
    left = sum(rest.count for rest in found.rests)
    if left:
        console().print(plural_message("+ {n} more", "+ {n} more", left).text(language))


def _node_at(organisation: Organisation, name: str, language: Language) -> str:
    kind, sign, entry_id = name.partition(":")
    if sign and kind == "unit":
        return unit_at(organisation, entry_id, language)
    if sign and kind == "group":
        if entry_id not in organisation.groups:
            words = message(N_("there is no group “{name}”"), name=entry_id)
            raise click.UsageError(words.text(language))
        return entry_id
    return position_at(organisation, entry_id if sign and kind == "post" else name, language)


def _rows(ties: Ties, found: Network) -> Iterator[tuple[object, ...]]:
    from orgmodel.drawing.tie_words import tie_details, tie_words

    for tie in found.ties:
        details = tie_details(tie)
        names = _name(ties, tie.from_id), _name(ties, tie.to_id)
        yield names[0], tie_words(tie), names[1], "" if details is None else details


def _name(ties: Ties, node_id: str) -> Worded:
    organisation = ties.organisation
    if node_id in organisation.positions:
        return organisation.positions[node_id].title
    entries = organisation.units if node_id in organisation.units else organisation.groups
    return entries[node_id].name


def _as_dict(ties: Ties, found: Network) -> dict[str, object]:
    return {
        "of": list(found.centres),
        "nodes": [
            {"id": one, "kind": ties.kind(one).value, "steps": steps}
            for one, steps in found.steps.items()
        ],
        "ties": [
            {
                "from": tie.from_id,
                "to": tie.to_id,
                "kind": tie.kind.value,
                "role": tie.role.value if tie.role else None,
                "basis": tie.basis.value,
            }
            for tie in found.ties
        ],
        "left_out": sum(rest.count for rest in found.rests),
    }
