"""The lock files: whole, so that any pip can install them as they are, and of one mind."""

import pytest

from tests.locks import LOCKS, ROOT, locked, missing, wanted


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def lacks(name, old, new=""):
    """What the check says of a lock file that is changed in one place."""
    lines = text(name).splitlines()
    assert sum(line.startswith(old) for line in lines) == 1
    changed = (line.replace(old, new, 1) if line.startswith(old) else line for line in lines)
    return missing(locked("\n".join(changed)), wanted(LOCKS[name]))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_is_whole(name):
    assert len(locked(text(name))) > 30
    assert missing(locked(text(name)), wanted(LOCKS[name])) == []


def test_what_runs_is_what_is_tested():
    run, dev = ({(pin.name, str(pin.specifier)) for pin in locked(text(name))} for name in LOCKS)
    assert run <= dev


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("werkzeug==", "# ", "werkzeug is missing: flask needs werkzeug>="),
        ("flask==", "# ", "flask is missing: pyproject.toml needs flask>="),
        ("editables==", "# ", "editables is missing: pyproject.toml needs editables>="),
        ("werkzeug==", "werkzeug==0.", "werkzeug 0."),
    ],
)
def test_what_is_missing_or_too_old_is_found(old, new, line):
    assert any(found.startswith(line) for found in lacks("requirements.txt", old, new))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        # asked for by an extra
        ("distributed==", "# ", "distributed is missing: dask needs "),
        # pinned without the extra that is asked for
        ("coverage[toml]==", "coverage==", "coverage=="),
        # asked for on another system
        ("colorama==", "# ", "colorama is missing: pytest needs colorama>="),
        # pinned for another system alone
        ("iniconfig==2.3.1", "iniconfig==2.3.1 ; os_name == 'nt'", "iniconfig is missing: pytest"),
        # asked for by another Python
        ("importlib-metadata==", "# ", "importlib-metadata is missing: dask needs "),
    ],
)
def test_extras_systems_and_pythons_count(old, new, line):
    assert any(found.startswith(line) for found in lacks("requirements-dev.txt", old, new))


def test_a_package_that_nobody_has_seen_is_no_proof():
    (line,) = missing(locked("nothing-like-this==1 \\\n    --hash=sha256:0"), [])
    assert line.startswith("nothing-like-this==1 is not installed here")
