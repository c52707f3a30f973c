"""The statements in the documentation are true."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from orgmodel import findings, loads
from orgmodel.model.finding_kinds import FINDING_KINDS
from orgmodel.reading import documents, problems, schema
from webui import create_app, limits
from webui.cli import main
from webui.embedding.store import MOST_LINKS, LinkStore
from webui.pages.present.page import LARGEST_TEMPLATE

ROOT = Path(__file__).resolve().parents[1]
FORMAT = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "webui" / "README.md").read_text(encoding="utf-8")
LIBRARY = (ROOT / "orgmodel" / "README.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
DOCUMENTS = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "data/README.md",
    "orgmodel/README.md",
    "webui/README.md",
    "tests/benchmarks/README.md",
)


def found_group(pattern, text, flags=0):
    match = re.search(pattern, text, flags)
    assert match is not None, pattern
    return match.group(match.re.groups)


def section(heading):
    start = FORMAT.index(f"### {heading}")
    end = FORMAT.find("\n### ", start + 1)
    return FORMAT[start : end if end > 0 else None]


def listed_codes(text):
    return re.findall(r"^\| `([a-z0-9-]+)` \|", text, re.MULTILINE)


def test_the_files_that_recipes_name_exist():
    recipes = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## How to add")[1]
    named = re.findall(r"`((?:orgmodel|webui|tests|data)/[\w./-]+)`", recipes)
    assert len(named) > 20
    assert [one for one in named if not (ROOT / one).exists()] == []


class TestFormat:
    def test_every_error_is_documented(self):
        assert sorted(listed_codes(section("Errors"))) == sorted(problems.PROBLEM_KINDS)

    def test_every_finding_is_documented(self):
        worked_out, recorded = section("Findings").split("Written into")
        assert listed_codes(worked_out) == [
            c for c, kind in FINDING_KINDS.items() if not kind.recorded
        ]
        assert listed_codes(recorded) == [c for c, kind in FINDING_KINDS.items() if kind.recorded]

    def test_the_first_example_has_ten_lines_and_works(self):
        example = found_group(r"```yaml\n(.*?)```", FORMAT, re.DOTALL)
        assert len(example.splitlines()) == 10
        assert loads(example).id == "eksempel"

    @pytest.mark.parametrize(
        "example", re.findall(r"```yaml\n(# yaml-lang.*?)```", FORMAT, re.DOTALL)
    )
    def test_every_whole_example_works(self, example):
        findings(loads(example))

    def test_the_framework_fits_the_example_before_it(self):
        whole = re.findall(r"```yaml\n(# yaml-lang.*?)```", FORMAT, re.DOTALL)[-1]
        framework = found_group(r"```yaml\n(frameworks:.*?)```", FORMAT, re.DOTALL)
        (found,) = loads(whole + framework).frameworks
        assert [len(ask.audience.levels) for ask in found.principles[0].asks] == [0, 4, 0]

    @pytest.mark.parametrize(
        "amount", re.findall(r"^(?:employees|budget): .*$", FORMAT, re.MULTILINE)
    )
    def test_every_amount_is_read(self, amount):
        text = amount.replace("'profil", "'kilde").replace("'regnskab", "'kilde").split("  #")[0]
        loads(
            "organisation: t\nname: T\nas_of: 2026\nsources: {kilde: {title: K}}\nunits:\n"
            "  - {id: job-og-social, name: J, kind: k, employees: 8}\n"
            f"  - id: a\n    name: A\n    kind: k\n    {text}\n"
        )

    @pytest.mark.parametrize(
        "entry",
        [
            "top", "unit", "position", "holder", "reports_to", "line_lost", "group", "member", "relation",
            "framework", "principle", "ask", "contact", "date of a profile", "profile", "source", "finding",
        ],
    )  # fmt: skip
    def test_every_key_is_listed(self, entry):
        called = {"top": "organisation", "holder": "holding", "date of a profile": "milestone"}
        name = called.get(entry, entry.replace("_", "-"))
        row = found_group(rf"^\| {entry} \| (.*?) \|", FORMAT, re.MULTILINE)
        records = {record.name: record for record in (schema.ORGANISATION, *schema.RECORDS)}
        assert set(re.findall(r"`(\w+)`", row)) == set(records[name].fields)

    def test_the_limits_are_the_readers(self):
        assert f"larger than {documents.MAX_BYTES // 2**20} MiB" in FORMAT
        assert f"more than {documents.MAX_DEPTH} levels" in FORMAT
        assert f"more than {documents.MAX_NODES:,} values" in FORMAT
        assert f"more than {documents.MAX_TEXT:,} characters" in FORMAT
        assert f"more than {problems.MOST_PROBLEMS} errors" in FORMAT


class TestReadme:
    def test_names_the_two_commands(self):
        assert "python3 dev.py run" in README
        assert "python3 dev.py test" in README

    def test_every_command_that_it_shows_exists(self):
        for command in re.findall(
            r"^(?:\.venv/bin/)?orgmodel (\w+)", README + LIBRARY, re.MULTILINE
        ):
            assert command == "serve" or command in main.commands

    def test_is_short(self):
        assert len(README.splitlines()) <= 120

    @pytest.mark.slow
    def test_every_address_that_it_names_is_a_page(self):
        client = create_app({"DATA_PATHS": (ROOT / "data",)}).test_client()
        table = GUIDE[GUIDE.index("| address | view |") : GUIDE.index("A part of the chart")]
        names = {
            "<organisation>": "aalborg",
            "<post>": "chef-voksensocial",
            "<date>": "2026-05-01",
            "<table>": "bands",
            "<plot>": "layers",
        }
        found = [
            one
            for row in table.splitlines()[2:]
            if row
            for one in re.findall(r"`(/[^`]*)`", row.split("|")[1])
        ]
        assert len(found) >= 9
        for address in [*found, "/aalborg/positions/direktoer", "/accessibility", "/compare"]:
            for name, value in names.items():
                address = address.replace(name, value)  # noqa: PLW2901 - completes the address
            whole = (
                address
                if address.startswith(
                    ("/aalborg", "/acc", "/api", "/comp", "/spans/compare", "/start")
                )
                else f"/aalborg{address}"
            )
            assert client.get(whole).status_code == 200, whole

    @pytest.fixture
    def own_folder(self, monkeypatch, tmp_path):
        """A folder with the shipped data and a user's spreadsheet."""
        shutil.copytree(ROOT / "data", tmp_path / "data")
        (tmp_path / "my-folder").mkdir()
        (tmp_path / "posts.csv").write_text("id,reports_to,title\na,,Chef\nb,a,Leder\n")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    @pytest.mark.slow
    @pytest.mark.usefixtures("own_folder")
    def test_its_python_works(self):
        for block in re.findall(r"```python\n(.*?)```", LIBRARY, re.DOTALL):
            exec(block, {})  # noqa: S102 - our own document

    @pytest.mark.slow
    def test_its_command_lines_run(self, own_folder):
        lines = re.findall(r"^\.venv/bin/orgmodel ([^#>\n]+)", README + LIBRARY, re.MULTILINE)
        for line in dict.fromkeys(lines):
            if line.startswith("serve"):
                continue
            arguments = re.findall(r'"([^"]+)"|(\S+)', line)
            result = CliRunner().invoke(main, [quoted or plain for quoted, plain in arguments])
            assert result.exit_code == 0, (line, result.output)
        assert {"spans.xlsx", "my-folder"} <= {one.name for one in own_folder.iterdir()}
        assert (own_folder / "my-folder" / "posts.yaml").exists()


class TestGuideForThoseWhoRunIt:
    @pytest.mark.parametrize("path", DOCUMENTS)
    def test_every_file_that_it_points_to_is_there(self, path):
        text = (ROOT / path).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert (ROOT / path).parent.joinpath(target).exists(), target

    def test_the_front_readme_points_to_it(self):
        assert "](webui/README.md)" in README
        assert "](SECURITY.md)" in README

    @pytest.mark.parametrize("text", [GUIDE, README, SECURITY], ids=["guide", "front", "security"])
    def test_every_option_of_serve_that_it_names_exists(self, text):
        known = {name for one in main.commands["serve"].params for name in one.opts} | {"--help"}
        joined = text.replace("\\\n", " ")
        lines = re.findall(r"orgmodel serve ([^`\n]*)", joined)
        assert lines
        for line in lines:
            for option in re.findall(r"(?<!\S)--[a-z-]+", line):
                assert option in known, (option, line)

    def test_its_command_lines_run(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        lines = re.findall(r"^\.venv/bin/orgmodel (embeds .+)", GUIDE, re.MULTILINE)
        assert len(lines) == 3
        for line in lines:
            result = CliRunner().invoke(main, line.split())
            assert result.exit_code == 0, (line, result.output)

    def test_its_way_to_back_the_links_up_works_without_other_programs(
        self, tmp_path, monkeypatch
    ):
        monkeypatch.chdir(tmp_path)
        store = LinkStore(tmp_path / "links")
        link_id = store.add("test", None)
        shutil.copytree("links", "backup")
        (tmp_path / "backup" / "links.sqlite3").unlink()
        exec(found_group(r'^python3 -c "(.+)"$', GUIDE, re.MULTILINE), {})  # noqa: S102 - ours
        restored = LinkStore(tmp_path / "backup")
        assert restored.find(link_id) == store.find(link_id)
        assert restored.keys() == store.keys()

    def test_every_address_that_it_names_answers(self):
        client = create_app(
            {"DATA_PATHS": (ROOT / "data",), "CONTACT": "drift" + "@example.dk"}
        ).test_client()
        found = set(re.findall(r"`(/(?:-/|robots|\.well-known)[^`]*)`", GUIDE))
        assert len(found) == 4
        for address in found:
            assert client.get(address).status_code == 200, address

    def test_the_limits_are_the_servers(self):
        for words in (
            f"takes more than {limits.SECONDS_FOR_BODY:.0f} s to arrive",
            f"larger than {limits.LARGEST_BODY // 2**20} MiB",
            f"a template: {LARGEST_TEMPLATE // 2**20} MiB",
            f"longer than {limits.LONGEST_ADDRESS // 1024} KiB",
            f"more than {limits.LINKS_A_MINUTE} links in a minute",
            f"up to {limits.REQUESTS_AT_ONCE} requests at a time",
            f"closes idle connections after {limits.SECONDS_IDLE} s",
            f"requests in flight may take {limits.SECONDS_TO_DRAIN} s more",
            f"last, {limits.ORGANISATIONS_OPEN} at most",
            f"{MOST_LINKS:,} at most",
        ):
            assert words in " ".join(GUIDE.split()), words
        assert limits.LARGE_BODIES_AT_ONCE == 6
        assert "six large files are on their way" in GUIDE


def test_what_is_installed_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        for wanted in project["project"]["dependencies"]:
            name = found_group(r"^([\w-]+)", wanted)
            assert re.search(rf"^{name}==.*\\\n    --hash=sha256:", text, re.MULTILINE), (
                lock,
                name,
            )
        assert "http" not in text


def test_the_changelog_names_the_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {project['project']['version']}" in changelog
