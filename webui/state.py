"""What belongs to one running app: its repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from webui.repository import Repository

KEY = "orgmodel.repository"


def repository() -> Repository:
    """Return the organisations of the running app."""
    return cast("Repository", current_app.extensions[KEY])
