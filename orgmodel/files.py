"""Atomic writing of files, and printable file names."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path, PurePath


def write_whole(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file atomically, so that it is never read half-written.

    Parameters
    ----------
    force
        Whether to replace an existing file.

    Raises
    ------
    FileExistsError
        If the file exists and `force` is not set.
    OSError
        If it cannot be written.
    """
    _check_ordinary(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # Temporary files are readable by their owner only; this one gets the usual permissions.
        written.chmod(0o666 & ~_umask())
        if force:
            written.replace(path)
        else:
            _place(written, path)
    finally:
        written.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Check whether a file can be written, as far as possible in advance.

    Raises
    ------
    OSError
        If it cannot.
    """
    _check_ordinary(path)
    tempfile.TemporaryFile(dir=path.parent).close()


def _check_ordinary(path: Path) -> None:
    """Refuse to replace a device, a pipe or a folder by a file."""
    if path.exists() and not path.is_file():
        kind = errno.EISDIR if path.is_dir() else errno.EINVAL
        raise OSError(
            kind, os.strerror(kind) if path.is_dir() else "Not an ordinary file", str(path)
        )


def shown_name(path: str | PurePath) -> str:
    r"""Return the name of a file as text that is safe in pages, terminals and JSON.

    A name may be any bytes, including invalid UTF-8 and control characters; these are escaped.

    Examples
    --------
    >>> print(shown_name("fejl\n.yaml"), shown_name("f\udce6jl.yaml"))
    fejl\n.yaml f\xe6jl.yaml
    """
    return "".join(one if one.isprintable() else _code(one) for one in str(path))


def _code(letter: str) -> str:
    # `surrogateescape` maps invalid UTF-8 bytes to lone surrogates.
    is_byte = "\udc80" <= letter <= "\udcff"
    return f"\\x{ord(letter) - 0xDC00:x}" if is_byte else ascii(letter)[1:-1]


def _place(written: Path, path: Path) -> None:
    """Give a file its name, unless the name exists by now, which a renaming would not detect."""
    try:
        os.link(written, path)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems do not support hard links.
        if path.exists():
            raise FileExistsError(path) from None
        written.replace(path)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
