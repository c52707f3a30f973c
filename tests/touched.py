"""Whether `dev.py test --fast` runs something of every module, and not its definitions alone.

Coverage is measured of the fast tests alone. Read after them, this ends with 1 and names the modules
of whose functions they run no line.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from coverage import CoverageData

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("orgmodel", "webui")
# What runs in a process of its own, which coverage does not see; fast tests start both.
ELSEWHERE = {"orgmodel/engines/program.py", "webui/server/serving.py"}


def function_lines(text: str) -> set[int]:
    """Return the lines that are run when a function of a module is called."""
    return {
        statement.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for statement in node.body
        if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Constant)
    }


def untouched(data: CoverageData) -> list[str]:
    """Return the modules with functions of which the fast tests call none."""
    found = []
    for path in sorted(path for one in PACKAGES for path in (ROOT / one).rglob("*.py")):
        lines = function_lines(path.read_text(encoding="utf-8"))
        name = path.relative_to(ROOT).as_posix()
        if name not in ELSEWHERE and lines and not lines & set(data.lines(str(path)) or ()):
            found.append(name)
    return found


def main() -> int:
    """Read what the last run with coverage noted."""
    data = CoverageData(str(ROOT / ".coverage"))
    data.read()
    found = untouched(data)
    for module in found:
        sys.stderr.write(f"{module}: no test of --fast calls a function of it\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
