"""The post or the unit that a name means, for commands that take a name in place of an id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.analysis.questions.findable import holder_names, titles, unit_names
from orgmodel.analysis.questions.spelling import folded, words_of
from orgmodel.errors import AmbiguousNameError, UnknownIdError
from orgmodel.model.organisation import nearest_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgmodel.model.organisation import Organisation


def resolve_position(organisation: Organisation, name: str) -> str:
    """Return the id of the post that `name` means: its id, its title or its holder's name.

    Raises
    ------
    UnknownIdError
        If nothing has that name; carries the nearest ids, titles and holders.
    AmbiguousNameError
        If several posts have that name; carries their ids.
    """
    names = {
        position_id: (*titles(position), *holder_names(organisation, position_id))
        for position_id, position in organisation.positions.items()
    }
    return _resolve(name, names, "position")


def resolve_unit(organisation: Organisation, name: str) -> str:
    """Return the id of the unit that `name` means: its id or one of its names.

    Raises
    ------
    UnknownIdError
        If nothing has that name; carries the nearest ids and names.
    AmbiguousNameError
        If several units have that name; carries their ids.
    """
    names = {unit.id: unit_names(unit) for unit in organisation.units.values()}
    return _resolve(name, names, "unit")


def _resolve(name: str, names: Mapping[str, Sequence[str]], kind: str) -> str:
    """Return the id that a name refers to: the id itself, or one with that name."""
    if name in names:
        return name
    wanted = folded(name)
    candidates = [
        one for one, texts in names.items() if wanted and any(folded(t) == wanted for t in texts)
    ]
    if len(candidates) > 1:
        # The exact spelling comes before a match of folded text.
        spelled = list(words_of(name))
        same = [one for one in candidates if any(list(words_of(t)) == spelled for t in names[one])]
        candidates = same or candidates
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise AmbiguousNameError(name, candidates)
    known = dict.fromkeys(names)
    known.update(dict.fromkeys(text for texts in names.values() for text in texts))
    raise UnknownIdError(name, kind=kind, nearest=nearest_names(name, known))
