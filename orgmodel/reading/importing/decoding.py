"""The text of a file as UTF-8, whichever encoding the file has."""

from __future__ import annotations

import codecs
import re
import stat
from typing import TYPE_CHECKING

from orgmodel.files import shown_name
from orgmodel.reading.importing.refusals import Refused, refusal

if TYPE_CHECKING:
    import os
    from pathlib import Path

MAX_MIB = 1024
_MAX_BYTES = MAX_MIB * 2**20
# The name of an error handler: bytes that are not UTF-8 are decoded as Windows-1252.
BYTES_OF_WINDOWS = "orgmodel-windows-1252"
_LETTER_OF_UTF8 = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")
# A file with this byte is refused, so that a line read with it as the delimiter is one cell.
NO_DELIMITER = "\x1f"
_NOT_TEXT = (b"\0", NO_DELIMITER.encode())


def name_of(path: Path) -> str:
    """Return the name of a file in notes and problems, without its folder."""
    return shown_name(path.name or path)


def file_status(path: Path) -> os.stat_result:
    """Return the status of a file that can be read as a whole.

    Raises
    ------
    Refused
        If the file does not exist, is not a regular file, or is too large.
    """
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise _not_readable(path, error) from None
    # Reading a pipe may block, and a device may have no end.
    if not stat.S_ISREG(status.st_mode):
        raise Refused([refusal(name_of(path), "import-not-a-file")])
    if status.st_size > _MAX_BYTES:
        raise Refused([refusal(name_of(path), "import-too-large", limit=MAX_MIB)])
    return status


def read_text(path: Path) -> tuple[bytes, str]:
    """Return the text of a file as UTF-8 with its original line ends, and its encoding.

    Raises
    ------
    Refused
        If it is unreadable, too large, or not a text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _not_readable(path, error) from None
    if len(data) > _MAX_BYTES:
        raise Refused([refusal(name_of(path), "import-too-large", limit=MAX_MIB)])
    data, encoding = _decoded(data)
    if any(mark in data for mark in _NOT_TEXT):
        raise Refused([refusal(name_of(path), "import-not-text")])
    return data, encoding


def _not_readable(path: Path, error: OSError | ValueError) -> Refused:
    reason = getattr(error, "strerror", None) or type(error).__name__
    return Refused([refusal(name_of(path), "import-not-readable", detail=reason)])


def _decoded(data: bytes) -> tuple[bytes, str]:
    """Return a text as UTF-8, and the encoding that it had."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").encode("utf-8", "replace"), "UTF-16"
    data = data.removeprefix(codecs.BOM_UTF8)
    return (data, "UTF-8") if data.isascii() else _as_utf8(data)


def _as_utf8(data: bytes) -> tuple[bytes, str]:
    """Return a text whose bytes are UTF-8, Windows-1252, or a mixture of both."""
    try:
        data.decode()
    except UnicodeDecodeError:
        pass
    else:
        return data, "UTF-8"
    if _LETTER_OF_UTF8.search(data) is None:
        return data.decode("cp1252", "replace").encode(), "Windows-1252"
    return data.decode(errors=BYTES_OF_WINDOWS).encode(), "UTF-8, Windows-1252"


def _bytes_of_windows(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are not UTF-8 as Windows-1252."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - decoding raises no other error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error(BYTES_OF_WINDOWS, _bytes_of_windows)
