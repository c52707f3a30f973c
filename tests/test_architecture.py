"""The layers of packages (rooms): allowed imports, and where each library may be used."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
# From the lowest room up; a module may import from its own room and lower ones.
ROOMS = (
    ("orgmodel.texts", "orgmodel.errors", "orgmodel.arrays", "orgmodel.files", "orgmodel.engines"),
    ("orgmodel.model",),
    ("orgmodel.reading", "orgmodel.analysis.questions", "orgmodel.analysis.tables"),
    ("orgmodel.analysis.spans",),
    ("orgmodel.analysis.statistics", "orgmodel.analysis.findings"),
    ("orgmodel.drawing", "orgmodel.exporting", "orgmodel.surveying"),
    ("orgmodel.cli",),
    ("orgmodel",),
    ("webui",),
)
# Rooms on one level that may not import each other.
STRANGERS = {("orgmodel.reading", "orgmodel.analysis"), ("orgmodel.analysis", "orgmodel.reading")}
HOMES = {
    "flask": {"webui"},
    "werkzeug": {"webui"},
    "jinja2": {"webui"},
    "granian": {"webui.server.serving"},
    "pyvis": {"orgmodel.drawing.network"},
    "yaml": {"orgmodel.reading.documents"},
    "networkx": {
        "orgmodel.analysis.questions.forums",
        "orgmodel.model.organisation",
        "orgmodel.model.graphs",
        "orgmodel.drawing.graph",
        "orgmodel.drawing.network",
        "orgmodel.exporting",
    },
    "PIL": {"orgmodel.drawing.measuring"},
    "babel": {"orgmodel.texts"},
    "polars": {
        "orgmodel.arrays",
        "orgmodel.model.columns",
        "orgmodel.analysis.spans.spans",
        "orgmodel.reading.importing",
    },
    "vl_convert": {"orgmodel.engines.program"},
    "pptx": {"orgmodel.exporting.slides"},
    "lxml": {"orgmodel.exporting.slides"},
    "typst": {"orgmodel.engines.program"},
    "itsdangerous": {"webui.embedding"},
    "xlsxwriter": {"orgmodel.exporting.workbooks"},
    "rich": {"orgmodel.cli"},
    "click": {"orgmodel.cli", "webui"},
}
FILES = sorted(
    path for package in ("orgmodel", "webui") for path in (ROOT / package).rglob("*.py")
)


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


class Imports(NamedTuple):
    """The imports of a file: all, including those in functions, and those at run time."""

    all: list[str]
    running: list[str]
    private: list[str]


@cache
def imports(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for statement in node.body
        for inner in ast.walk(statement)
    }
    found = Imports([], [], [])
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = [node.module or ""]
            if names[0].startswith(("orgmodel", "webui")):
                taken = [alias.name for alias in node.names]
                found.private.extend(one for one in taken if one.startswith("_") and one != "_")
        else:
            continue
        found.all.extend(names)
        if node not in for_types_only:
            found.running.extend(names)
    return found


def room(module):
    """Return the innermost room of a module."""
    fitting = [
        (len(name), floor, name)
        for floor, names in enumerate(ROOMS)
        for name in names
        if module == name or module.startswith(f"{name}.")
    ]
    _length, floor, name = max(fitting)
    return floor, name


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_imports_go_down(path):
    module = module_name(path)
    floor, name = room(module)
    for one in imports(path).running:
        if one.split(".")[0] not in {"orgmodel", "webui"}:
            continue
        other_floor, other = room(one)
        assert other_floor <= floor, f"{module} imports {one} from above"
        packages = tuple(".".join(one_room.split(".")[:2]) for one_room in (name, other))
        assert packages not in STRANGERS, f"{module} imports {one}"


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_every_library_is_used_at_home(path):
    module = module_name(path)
    for one in imports(path).all:
        homes = HOMES.get(one.split(".")[0])
        if homes is not None:
            at_home = any(module == home or module.startswith(f"{home}.") for home in homes)
            assert at_home, f"{module} imports {one}"


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_no_module_takes_what_is_private_to_another(path):
    assert imports(path).private == []


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_modules_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 420


def reads_request(path):
    """The functions of a file that take a viewer and read the request beside it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {"request", "g", "current_app", "current_viewer"}
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and "viewer" in {arg.arg for arg in node.args.args}
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and inner.id in hidden
    ]


@pytest.mark.parametrize("room", ["pages", "parts"])
def test_who_takes_a_viewer_reads_nothing_else_of_the_request(room):
    files = sorted((ROOT / "webui" / room).rglob("*.py"))
    assert {path.stem: found for path in files if (found := reads_request(path))} == {}


def test_only_the_edge_knows_the_request():
    found = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "flask":
                taken = {alias.name for alias in node.names}
                found |= {module_name(path)} if taken & {"request", "g"} else set()
    edges = {one for one in found if one.startswith("webui.server.") or one.endswith(".routes")}
    assert found - edges == {
        "webui.asking.edge",
        "webui.pages.assets",
        "webui.pages.errors.handlers",
    }


def test_the_picture_shows_the_rooms_and_which_way_they_import():
    text = (ROOT / "orgmodel" / "README.md").read_text(encoding="utf-8")
    picture = text.split("```mermaid")[1].split("```")[0]
    labels = dict(re.findall(r'(\w+)\["([\w.]+)', picture))
    names = {key: name if name == "webui" else f"orgmodel.{name}" for key, name in labels.items()}
    assert set(names.values()) == {name for floor in ROOMS for name in floor} - {"orgmodel"}
    run = {
        (room(module_name(path))[1], room(one)[1])
        for path in FILES
        for one in imports(path).running
        if one.startswith(("orgmodel.", "webui."))
    }
    arrows = re.findall(r"(\w+)(?:\[[^]]*\])? --> (\w+)", picture)
    assert {(names[upper], names[lower]) for upper, lower in arrows} <= run


def test_the_walls_would_be_seen_through():
    assert room("orgmodel.model.amounts")[0] < room("orgmodel.analysis.spans.spans")[0]
    assert room("orgmodel.reading.loading")[1] == "orgmodel.reading"
    assert room("webui.pages.chart.page")[0] == len(ROOMS) - 1
