"""What can be set when the explorer starts."""

from __future__ import annotations

from typing import NamedTuple


class Setting(NamedTuple):
    """A key of the app's configuration."""

    name: str
    default: object
    help: str


SETTINGS = (
    Setting("DATA_PATHS", (), "Files of organisations, and folders of such files."),
    Setting("FRAME_ANCESTORS", "'none'", "Which sites may frame a page, as in a security policy."),
)
