"""Files that are there as a whole or not at all, and names of files for people to read."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path, PurePath


def write_whole(path: Path, data: bytes, *, force: bool = False) -> None:
    """Put a file in its place in one step, so that nobody ever reads half of it.

    Parameters
    ----------
    force
        Whether to replace a file that is there.

    Raises
    ------
    FileExistsError
        If the file is there and `force` is not set.
    OSError
        If it cannot be written.
    """
    _check_ordinary(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # A temporary file is for its owner alone; this one is as others that one writes.
        written.chmod(0o666 & ~_umask())
        if force:
            written.replace(path)
        else:
            _place(written, path)
    finally:
        written.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Look whether a file could be written, as far as that can be told before it is.

    Raises
    ------
    OSError
        If it cannot.
    """
    _check_ordinary(path)
    tempfile.TemporaryFile(dir=path.parent).close()


def _check_ordinary(path: Path) -> None:
    """Refuse to put a file in the place of a device, a pipe or a folder."""
    if path.exists() and not path.is_file():
        kind = errno.EISDIR if path.is_dir() else errno.EINVAL
        raise OSError(
            kind, os.strerror(kind) if path.is_dir() else "Not an ordinary file", str(path)
        )


def shown_name(path: str | PurePath) -> str:
    r"""Return the name of a file as text that every page, terminal and file of JSON can hold.

    A name may be any bytes, also such as are no text in UTF-8, and may hold letters that steer a
    terminal: they are written as their codes.

    Examples
    --------
    >>> print(shown_name("fejl\n.yaml"), shown_name("f\udce6jl.yaml"))
    fejl\n.yaml f\xe6jl.yaml
    """
    return "".join(one if one.isprintable() else _code(one) for one in str(path))


def _code(letter: str) -> str:
    # What is no text in UTF-8 comes as the halves of letters that `surrogateescape` makes of bytes.
    is_byte = "\udc80" <= letter <= "\udcff"
    return f"\\x{ord(letter) - 0xDC00:x}" if is_byte else ascii(letter)[1:-1]


def _place(written: Path, path: Path) -> None:
    """Give a file its name, unless somebody else was quicker: a renaming would not notice."""
    try:
        os.link(written, path)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no second names for a file.
        if path.exists():
            raise FileExistsError(path) from None
        written.replace(path)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
