"""The settings of the explorer at its start."""

from __future__ import annotations

from typing import NamedTuple

COMMON, JSON = "common", "json"
LOG_FORMATS = (COMMON, JSON)


class Setting(NamedTuple):
    """A key of the app's configuration."""

    name: str
    default: object
    help: str


SETTINGS = (
    Setting("DATA_PATHS", (), "Files of organisations, and folders of such files."),
    Setting("NAMES", True, "Whether people are named; else titles only, everywhere."),  # noqa: FBT003
    Setting(
        "BANDS", "", "A file of guideline spans by kind of work; by default the shipped ones."
    ),
    Setting("TEMPLATE", "", "A PowerPoint file whose look slides take on; else our own."),
    Setting("OWNER", "", "Who is responsible for the site, for its accessibility statement."),
    Setting("CONTACT", "", "Where to report a barrier: a mail address or a page's address."),
    Setting(
        "REPORT",
        "",
        "Where readers report errors in the data: a mail address or an https URL; else no link.",
    ),
    Setting(
        "FRAME_ANCESTORS",
        "'self'",
        "Which sites may frame embedded views, as in a security policy; other pages none may.",
    ),
    Setting(
        "CACHE", "", "A folder for what was read from the data; without one, memory holds it."
    ),
    Setting(
        "PATIENCE",
        None,
        "How many seconds a page waits for data that have changed; None until they are read.",
    ),
    Setting("LISTENS_ON", "127.0.0.1", "The address that the server listens on."),
    Setting("HOST_NAMES", (), "Further names by which the server may be asked for."),
    Setting("TRUST_PROXY", False, "Whether a proxy's headers say who asks, and for which host."),  # noqa: FBT003
    Setting("ALLOW_CHANGES", False, "Whether everybody who reaches the site may make links."),  # noqa: FBT003
    Setting("ACCESS_LOG", "", "The format of the access log, 'common' or 'json'; empty for none."),
    Setting("WORKERS", 1, "How many processes share what a client may do in a minute."),
    Setting("EMBED_STORE", "", "A folder for the links to embedded views; without one, none."),
    Setting("ADDRESS", "", "The site's address as others know it; without one, as it is asked."),
)
