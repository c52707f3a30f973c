"""Completeness of the lock files, because installers add no missing packages.

`python3 dev.py lock` checks it after writing them, and so does a test.
"""

from __future__ import annotations

import sys
import tomllib
from functools import cache
from importlib import metadata
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
# Each lock file with the groups of pyproject.toml that it includes besides the dependencies.
LOCKS: Mapping[str, str] = {"requirements.txt": "build", "requirements-dev.txt": "dev"}
_SYSTEMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
_PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def locked(text: str) -> list[Requirement]:
    """Return the pinned versions of a lock file."""
    lines = (line.removesuffix("\\") for line in text.splitlines() if line[:1].isalnum())
    return [Requirement(line) for line in lines]


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def left_out(name: str) -> frozenset[str]:
    """Return the packages that a lock file leaves out although other packages require them."""
    tool = _project()["tool"]
    without = tool["orgmodel"]["run-without"] if name == "requirements.txt" else []
    return frozenset([*tool["uv"]["exclude-dependencies"], *without])


def wanted(group: str) -> Iterator[Requirement]:
    """Yield the requirements in pyproject.toml, including one of its groups."""
    project = _project()
    groups = project["dependency-groups"]
    entries = [*project["project"]["dependencies"], {"include-group": group}]
    while entries:
        entry = entries.pop()
        if isinstance(entry, str):
            yield Requirement(entry)
        else:
            entries.extend(groups[entry["include-group"]])


def lacks(name: str, text: str) -> list[str]:
    """Return what is missing in the text of a lock file."""
    return missing(locked(text), wanted(LOCKS[name]), left_out(name))


def missing(
    pins: Iterable[Requirement], asked: Iterable[Requirement], without: Collection[str] = ()
) -> list[str]:
    """Return the requirements that a lock file does not satisfy, on any system.

    The requirements of a package are known if it is installed here in the pinned version.

    Parameters
    ----------
    pins
        The pinned versions.
    asked
        The requirements of the project.
    without
        The packages left out although other packages require them.
    """
    pins, asked = list(pins), list(asked)
    unknown = [
        f"{pin} is not installed here, so nobody knows what it needs"
        for pin in pins
        if (pin.marker is None or pin.marker.evaluate()) and _installed(pin.name) != _version(pin)
    ]
    found = (
        line
        for system, python in product(_SYSTEMS, _PYTHONS)
        for line in _missing_there(
            pins,
            asked,
            without,
            {**system, "python_version": python, "python_full_version": f"{python}.0"},
        )
    )
    return [*unknown, *dict.fromkeys(found)]


def _missing_there(
    pins: list[Requirement],
    asked: list[Requirement],
    without: Collection[str],
    system: dict[str, str],
) -> Iterator[str]:
    environment = {name: str(value) for name, value in default_environment().items()} | system
    there = {
        canonicalize_name(pin.name): pin
        for pin in pins
        if pin.marker is None or pin.marker.evaluate({**environment, "extra": ""})
    }
    # Each requirement with the package that has it, and the extra that needs it.
    waiting = [("pyproject.toml", "", one) for one in asked]
    waiting += [("the lock file", "", Requirement(name)) for name in there]
    done: set[tuple[str, str]] = set()
    while waiting:
        who, extra, one = waiting.pop()
        if one.marker is not None and not one.marker.evaluate({**environment, "extra": extra}):
            continue
        name = canonicalize_name(one.name)
        pin = there.get(name)
        if pin is None:
            if name not in without:
                yield f"{name} is missing: {who} needs {one}"
            continue
        version = _version(pin)
        if not one.extras <= pin.extras:
            yield f"{pin} is pinned without its extra: {who} needs {one}"
        if not one.specifier.contains(version, prereleases=True):
            yield f"{name} {version} does not do: {who} needs {one}"
        else:
            new = {(name, extra) for extra in ("", *one.extras)} - done
            done |= new
            waiting.extend((name, extra, one) for _, extra in new for one in _asks(name, version))


def _version(pin: Requirement) -> str:
    return str(pin.specifier).removeprefix("==")


@cache
def _asks(name: str, version: str) -> list[Requirement]:
    """Return the requirements of a package, as far as known."""
    asks = metadata.requires(name) if _installed(name) == version else None
    return [Requirement(line) for line in asks or ()]


@cache
def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def main() -> int:
    """Print what is missing in the lock files."""
    wrongs = [
        f"{name}: {line}"
        for name in LOCKS
        for line in lacks(name, (ROOT / name).read_text(encoding="utf-8"))
    ]
    sys.stdout.write("\n".join(wrongs or ["the lock files are whole"]) + "\n")
    return 1 if wrongs else 0


if __name__ == "__main__":
    sys.exit(main())
