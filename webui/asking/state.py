"""What belongs to one running app: its repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

from webui.asking.viewing import names_are_shown, stated_day

if TYPE_CHECKING:
    from webui.store.listings import Listing
    from webui.store.loaded import Loaded
    from webui.store.repository import Repository

KEY = "orgmodel.repository"


def repository() -> Repository:
    """Return the organisations of the running app."""
    return cast("Repository", current_app.extensions[KEY])


def seen(organisation_id: str) -> Loaded:
    """Return an organisation as the address wants to see it: on its date, with names or without.

    Raises
    ------
    UnknownIdError
        If there is no such organisation.
    StillReadingError
        If there may be one in a file that is being read for the first time.
    """
    return repository().get(organisation_id, stated_day(), names=names_are_shown())


def listings() -> tuple[Listing, ...]:
    """Return what is told of every organisation, as the address wants to see it."""
    return repository().listings(stated_day(), names=names_are_shown())


def all_seen() -> tuple[Loaded, ...]:
    """Return every organisation as the address wants to see it."""
    return repository().all(stated_day(), names=names_are_shown())
