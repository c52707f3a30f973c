"""The lock files: complete for any version of pip, and consistent with each other."""

import subprocess
import sys

import pytest

from tests.locks import LOCKS, ROOT, lacks, left_out, locked, missing

# The module of each package that requirements.txt leaves out.
LEFT_OUT = {
    "ipython": "IPython",
    "markdown-it-py": "markdown_it",
    "mdurl": "mdurl",
    "pygments": "pygments",
}
IMPORTS_ALL_AND_RUNS = """
import importlib, pkgutil, sys
names, commands = sys.argv[1].split(), sys.argv[2:]
sys.modules.update(dict.fromkeys(names))  # as if not installed
import orgmodel, webui
for package in (orgmodel, webui):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
from click.testing import CliRunner
for command in commands:
    result = CliRunner(env={"FORCE_COLOR": "1"}).invoke(webui.cli.main, command.split())
    assert result.exit_code == 0, (command, result.output, result.exception)
assert not any(sys.modules[name] for name in names)
"""


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def lacks_when_changed(name, old, new=""):
    """Return the result of the check for a lock file changed in one place."""
    lines = text(name).splitlines()
    assert sum(line.startswith(old) for line in lines) == 1
    changed = (line.replace(old, new, 1) if line.startswith(old) else line for line in lines)
    return lacks(name, "\n".join(changed))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_is_whole(name):
    assert len(locked(text(name))) > 30
    assert lacks(name, text(name)) == []


def test_what_runs_is_what_is_tested():
    run, dev = ({(pin.name, str(pin.specifier)) for pin in locked(text(name))} for name in LOCKS)
    assert run <= dev


def test_what_runs_needs_nothing_that_is_left_out():
    assert left_out("requirements.txt") == set(LEFT_OUT)
    assert not {pin.name for pin in locked(text("requirements.txt"))} & set(LEFT_OUT)
    commands = (
        "spans data/aalborg.yaml",
        "spans data/aalborg.yaml data/ballerup.yaml",
        "spans data/aalborg.yaml --explain direktoer",
        "chain data/aalborg.yaml direktoer",
        "check data/aalborg.yaml",
    )
    run = [sys.executable, "-c", IMPORTS_ALL_AND_RUNS, " ".join(LEFT_OUT.values()), *commands]
    subprocess.run(run, cwd=ROOT, check=True)


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
    assert any(
        found.startswith(line) for found in lacks_when_changed("requirements.txt", old, new)
    )


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        # required by an extra
        ("distributed==", "# ", "distributed is missing: dask needs "),
        # pinned without the required extra
        ("coverage[toml]==", "coverage==", "coverage=="),
        # required on another system
        ("colorama==", "# ", "colorama is missing: pytest needs colorama>="),
        # pinned only for another system
        ("iniconfig==2.3.1", "iniconfig==2.3.1 ; os_name == 'nt'", "iniconfig is missing: pytest"),
        # required by another Python
        ("importlib-metadata==", "# ", "importlib-metadata is missing: dask needs "),
    ],
)
def test_extras_systems_and_pythons_count(old, new, line):
    assert any(
        found.startswith(line) for found in lacks_when_changed("requirements-dev.txt", old, new)
    )


def test_a_package_that_nobody_has_seen_is_no_proof():
    (line,) = missing(locked("nothing-like-this==1 \\\n    --hash=sha256:0"), [])
    assert line.startswith("nothing-like-this==1 is not installed here")
