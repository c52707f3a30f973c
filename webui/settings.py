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
    Setting("NAMES", True, "Whether people are named; else titles only, everywhere."),  # noqa: FBT003
    Setting("BANDS", "", "A file of bands by kind of work; without one the shipped ones hold."),
    Setting("TEMPLATE", "", "A PowerPoint file whose look slides take on; else our own."),
    Setting("OWNER", "", "Who answers for the site, for its accessibility statement."),
    Setting("CONTACT", "", "Where to report a barrier: a mail address or a page's address."),
    Setting(
        "FRAME_ANCESTORS",
        "'self'",
        "Which sites may frame embedded views, as in a security policy; other pages none may.",
    ),
    Setting("EMBED_STORE", "", "A folder for the links to embedded views; without one, none."),
    Setting("ADDRESS", "", "The site's address as others know it; without one, as it is asked."),
)
