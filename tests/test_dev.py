"""`dev.py` run on a small project in a folder with a space and æøå in its name."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WHEEL = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
# The build backend of the project, which needs no further packages.
BACKEND = """
import zipfile

INFO = {
    "METADATA": "Metadata-Version: 2.1\\nName: small\\nVersion: 1\\n",
    "WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    "RECORD": "",
}


def build_editable(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(f"{folder}/small-1-py3-none-any.whl", "w") as wheel:
        for name, text in INFO.items():
            wheel.writestr(f"small-1.dist-info/{name}", text)
    return "small-1-py3-none-any.whl"
"""
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "small"
version = "1"
"""
ASKS = (
    "import importlib.metadata as m; print(*(f'{d.name}-{d.version}' for d in m.distributions()))"
)


class Project:
    """A project for `dev.py`: two run-time packages and a third for tests."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "tests").mkdir(parents=True)
        shutil.copy(ROOT / "dev.py", folder)
        (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
        (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
        (folder / "tests" / "catalogues.py").write_text("print('texts …')", encoding="utf-8")
        self.lock(alpha=1, beta=1)

    def lock(self, **versions):
        """Write both lock files; the one for tests has an additional package."""
        lines = [self.pin(name, version) for name, version in versions.items()]
        (self.folder / "requirements.txt").write_text("\n".join(lines), encoding="utf-8")
        lines.append(self.pin("tester", 1))
        (self.folder / "requirements-dev.txt").write_text("\n".join(lines), encoding="utf-8")

    def pin(self, name, version):
        wheel = self.folder / f"{name}-{version}-py3-none-any.whl"
        info = f"{name}-{version}.dist-info"
        with zipfile.ZipFile(wheel, "w") as file:
            metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
            file.writestr(f"{info}/METADATA", metadata)
            file.writestr(f"{info}/WHEEL", WHEEL)
            file.writestr(f"{info}/RECORD", "")
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        return f"./{wheel.name} --hash=sha256:{digest}"

    def run(self, command, encoding="utf-8"):
        """Run `dev.py` with a terminal encoding; return its exit code and its output."""
        others = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(
            [sys.executable, self.folder / "dev.py", command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            env={**others, "PYTHONIOENCODING": encoding},
        )
        assert b"Traceback" not in done.stdout
        return done.returncode, done.stdout.decode(encoding)

    def shown(self, encoding):
        """Return the folder's name as shown with a terminal encoding."""
        return str(self.folder).encode(encoding, "backslashreplace").decode(encoding)

    def installed(self):
        """Return the packages in the environment."""
        python = self.folder / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
        found = subprocess.run(
            [python, "-I", "-c", ASKS], capture_output=True, text=True, check=True
        )
        return {one for one in found.stdout.split() if not one.startswith(("pip-", "setuptools-"))}

    def leave_a_mark(self):
        """Create a file in the environment that is lost when it is recreated."""
        (self.folder / ".venv" / "mark").touch()

    def is_marked(self):
        return (self.folder / ".venv" / "mark").exists()


@pytest.fixture
def project(tmp_path):
    """A project in a folder whose name some encodings cannot represent."""
    return Project(tmp_path / "sti med æøå")


RUN = {"small-1", "alpha-1", "beta-1"}


@pytest.mark.slow
def test_tests_add_to_what_is_there(project):
    code, output = project.run("install", "ascii")
    assert (code, project.installed()) == (0, RUN)
    set_up, ready = output.splitlines()
    assert set_up == f"setting up {project.shown('ascii')}{os.sep}.venv ..."
    project.leave_a_mark()
    assert project.run("install", "ascii") == (0, f"{ready}\n")
    code, output = project.run("texts")
    assert (code, project.installed()) == (0, RUN | {"tester-1"})
    assert output.endswith("...\ntexts …\n")
    # The environment for tests is sufficient to run.
    assert project.run("texts") == (0, "texts …\n")
    assert project.run("install", "ascii") == (0, f"{ready}\n")
    assert project.is_marked()


@pytest.mark.slow
def test_other_versions_are_installed_anew(project):
    project.run("install")
    project.leave_a_mark()
    project.lock(alpha=2)
    code, output = project.run("texts", "cp850")
    # Packages removed from the lock file are uninstalled.
    assert (code, project.installed()) == (0, {"small-1", "alpha-2", "tester-1"})
    assert output.startswith(f"setting up {project.shown('cp850')}")
    assert output.endswith("\ntexts \\u2026\n")
    assert not project.is_marked()


@pytest.mark.slow
def test_what_was_broken_off_is_made_anew(project):
    for command, name in (("install", "requirements.txt"), ("texts", "requirements-dev.txt")):
        lock = project.folder / name
        whole = lock.read_text(encoding="utf-8")
        lock.write_text(f"{whole}\n./alpha-9-py3-none-any.whl", encoding="utf-8")
        code, output = project.run(command)
        assert code == 1
        assert "dev.py: failed with status" in output
        lock.write_text(whole, encoding="utf-8")
        assert project.run("install")[0] == 0
        assert project.installed() == RUN
        assert not project.is_marked()
        project.leave_a_mark()


@pytest.mark.slow
def test_a_folder_that_moved_is_set_up_anew(project):
    project.run("install")
    project.leave_a_mark()
    project.folder = project.folder.rename(project.folder.with_name("et ændret sted"))
    code, output = project.run("install", "latin-1")
    assert (code, project.installed()) == (0, RUN)
    assert output.startswith(f"setting up {project.shown('latin-1')}")
    assert not project.is_marked()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp850"])
def test_help_can_be_read_on_any_terminal(project, encoding):
    code, output = project.run("help", encoding)
    assert code == 0
    assert "python3 dev.py lowest" in output
