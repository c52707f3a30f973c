"""The installed commands: start-up time, terminal encodings and unusual file names."""

import importlib
import importlib.metadata
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import orgmodel
import webui
from orgmodel.exporting.formats import formats
from orgmodel.files import shown_name
from tests.builders import HEAD
from webui.cli import main

ROOT = Path(__file__).resolve().parents[1]
AALBORG = str(ROOT / "data" / "aalborg.yaml")
PROGRAM = str(Path(sys.executable).with_name("orgmodel"))
BROKEN = ROOT / "tests" / "fixtures" / "invalid" / "unknown-key.yaml"
# Libraries that are slow to import and needed for one task each.
HEAVY = {
    "PIL", "flask", "jinja2", "networkx", "numpy", "polars", "pptx", "pyvis", "typst",
    "vl_convert", "waitress", "werkzeug", "xlsxwriter",
}  # fmt: skip
# Encodings that lack some of our characters, or encode them differently from UTF-8.
ENCODINGS = ("ascii", "latin-1", "cp850")
_SAYS_WHAT_IS_IMPORTED = """
import sys
from webui.cli import main
try:
    main(sys.argv[1:])
finally:
    print(*sys.modules, file=sys.stderr)
"""


class TestStart:
    """A command imports only what it needs."""

    def imported(self, *arguments):
        done = subprocess.run(
            [sys.executable, "-c", _SAYS_WHAT_IS_IMPORTED, *arguments],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout, HEAVY.intersection(done.stderr.split())

    @pytest.mark.parametrize("arguments", [["--help"], ["serve", "--help"], ["export", "--help"]])
    def test_help_imports_nothing_heavy(self, arguments):
        output, heavy = self.imported(*arguments)
        assert output.startswith("Usage: ")
        assert heavy == set()

    def test_check_imports_only_what_an_organisation_is_made_with(self):
        output, heavy = self.imported("check", AALBORG, "--lang", "en")
        assert output.endswith("1 file, 0 errors\n")
        assert heavy == {"numpy"}


class TestHelp:
    def test_every_command_is_listed_with_what_it_does(self):
        lines = CliRunner().invoke(main, ["--help"]).output.split("Commands:\n")[1].splitlines()
        listed = dict(line.split(maxsplit=1) for line in lines)
        assert list(listed) == [
            "bands", "chain", "check", "embeds", "export", "import", "network", "schema", "serve",
            "spans",
        ]  # fmt: skip
        assert listed["spans"] == "Show span of control, reach and layers of every leader."

    def test_export_names_every_format(self):
        output = CliRunner().invoke(main, ["export", "--help"]).output
        assert f"[{'|'.join(formats())}]" in "".join(output.split())


class TestPackages:
    @pytest.mark.parametrize("package", [orgmodel, webui])
    def test_a_package_offers_what_its_stub_lists(self, package):
        stub = Path(package.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
        listed = [line.split()[-1] for line in stub.splitlines() if line.startswith("from ")]
        assert dir(package) == sorted(listed)
        for name in listed:
            offered = getattr(package, name)
            assert offered is getattr(importlib.import_module(offered.__module__), name)

    def test_the_version_is_the_one_that_is_installed(self):
        assert orgmodel.__version__ == importlib.metadata.version("orgmodel")

    def test_there_is_nothing_else(self):
        with pytest.raises(AttributeError, match="nothing"):
            _ = orgmodel.nothing  # type: ignore[attr-defined]


def words(arguments, **paths):
    """Return the arguments of a command, with its paths."""
    return [one.format(file=AALBORG, broken=BROKEN, **paths) for one in arguments.split()]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only there a device is full")
class TestOutputThatTakesNothing:
    @pytest.mark.parametrize("command", ["--help", "schema", "chain"])
    def test_a_full_one_is_told(self, command):
        arguments = [command, AALBORG, "chef-voksensocial"] if command == "chain" else [command]
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )
        assert (done.returncode, done.stderr.splitlines()) == (
            1,
            ["Error: standard output: No space left on device"],
        )

    def test_a_closed_one_is_no_error(self):
        command = [PROGRAM, "chain", AALBORG, "chef-voksensocial"]
        done = subprocess.run(
            ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *command],
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")


class TestTerminals:
    """Piped output is UTF-8; terminals get their encoding, with escapes for other characters."""

    def run(self, encoding, *arguments):
        result = CliRunner(charset=encoding).invoke(main, arguments)
        assert isinstance(result.exception, SystemExit | None)
        return result

    @pytest.mark.slow
    @pytest.mark.parametrize("encoding", ENCODINGS)
    @pytest.mark.parametrize(
        "arguments",
        [
            "spans {file} --format json",
            "spans {file} {file} {broken} --format json",
            "spans {file} --explain direktoer --format json",
            "chain {file} direktoer --format json",
            "check {file} --format json",
            "schema",
            "bands",
            "export {file} --format json -o -",
            "export {file} --format svg -o -",
        ],
    )
    def test_what_programs_read_is_utf_8(self, arguments, encoding):
        output = self.run(encoding, *words(arguments)).stdout_bytes
        assert any(letter in output.decode() for letter in "æøå–")
        assert output == self.run("utf-8", *words(arguments)).stdout_bytes

    @pytest.mark.parametrize("encoding", ["latin-1", "cp850"])
    @pytest.mark.parametrize("command", ["check", "spans"])
    def test_what_people_read_is_in_the_letters_of_the_terminal(self, command, encoding):
        output = self.run(encoding, command, AALBORG).stdout_bytes
        plain = self.run("utf-8", command, AALBORG).stdout
        assert output == plain.encode(encoding, "backslashreplace")

    @pytest.mark.parametrize("encoding", ENCODINGS)
    @pytest.mark.parametrize(
        "arguments",
        [
            *(f"{name} --help" for name in main.commands),
            "check {broken}",
            "check ж…",
            "chain {file} ж…",
            "export {file} --format ж…",
            "serve ж…",
            "embeds withdraw ж… --store {folder}/…",
        ],
    )
    def test_no_letter_is_a_reason_to_stop(self, arguments, encoding, tmp_path):
        assert self.run(encoding, *words(arguments, folder=tmp_path)).output

    @pytest.mark.slow
    @pytest.mark.parametrize("encoding", ENCODINGS)
    def test_so_it_is_with_a_real_one(self, encoding):
        command = [PROGRAM, "check", AALBORG, "--format", "json"]
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        output = subprocess.run(command, capture_output=True, check=True, env=environment).stdout
        assert "æ" in str(json.loads(output.decode()))


@pytest.fixture(params=[b"f\xe6jl.yaml", b"f\x1b[31m\njl.yaml", "f\u202ejl.yaml".encode()])
def odd(request, tmp_path):
    """A file with an error, with a name that pages and terminals cannot display."""
    path = tmp_path / os.fsdecode(request.param)
    try:
        path.write_bytes(BROKEN.read_bytes())
    except OSError:
        pytest.skip("this file system has no such names")
    return path


class TestNames:
    """Files may have any name."""

    def test_codes_stand_for_what_cannot_be_shown(self):
        assert shown_name("blå \\ ж.yaml") == "blå \\ ж.yaml"
        assert shown_name(os.fsdecode(b"f\xe6jl.yaml")) == "f\\xe6jl.yaml"
        assert shown_name("a\x1b\n\u202e\ud800") == "a\\x1b\\n\\u202e\\ud800"
        assert shown_name(Path("a\tb")) == "a\\tb"

    @pytest.mark.parametrize("command", ["check", "spans"])
    def test_what_is_wrong_is_told_of_the_file(self, command, odd):
        result = CliRunner().invoke(main, [command, str(odd), "--lang", "en"])
        assert result.exit_code == 1
        assert f"{shown_name(odd)}:5:1: unknown-key" in result.output

    @pytest.mark.parametrize("command", ["check", "spans"])
    def test_it_is_told_to_programs_too(self, command, odd):
        result = CliRunner().invoke(main, [command, str(odd), AALBORG, "--format", "json"])
        assert result.exit_code == 1
        (error,) = json.loads(result.stdout)["errors"]
        assert error["file"] == shown_name(odd)

    def test_a_good_file_is_as_good_as_any(self, odd):
        odd.write_text(f"{HEAD}units: []\n", encoding="utf-8")
        output = odd.with_suffix(".svg")
        for command in (
            ["check", str(odd)],
            ["spans", str(odd)],
            ["spans", str(odd), AALBORG, "--format", "json"],
            ["export", str(odd), "--format", "svg", "-o", str(output)],
        ):
            result = CliRunner().invoke(main, command)
            assert result.exit_code == 0, result.output
        assert output.read_bytes().startswith(b"<svg")

    def test_two_files_of_one_organisation_name_each_other(self, odd, monkeypatch):
        # By its name only, because long paths are truncated in messages.
        monkeypatch.chdir(odd.parent)
        for path in (odd, odd.with_name("a.yaml")):
            path.write_text(f"{HEAD}units: []\n", encoding="utf-8")
        result = CliRunner().invoke(main, ["check", odd.name, "a.yaml"])
        said = f"duplicate-organisation: organisationen »test« er også i {shown_name(odd.name)}"
        assert said in result.output

    def test_the_front_page_tells_it_as_well(self, odd):
        client = webui.create_app({"DATA_PATHS": (odd.parent,)}).test_client()
        response = client.get("/?lang=en")
        assert response.status_code == 200
        assert f"{shown_name(odd.name)}:5:1" in response.text
