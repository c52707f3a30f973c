"""Checks that `dev.py test --fast` runs some function of every module.

It reads the coverage of the fast tests, and exits with 1 after listing the modules of whose
functions no line was run.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from coverage import CoverageData

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("orgmodel", "webui")
# Modules run in separate processes, not seen by coverage; fast tests start both.
ELSEWHERE = {"orgmodel/engines/program.py", "webui/server/serving.py"}


def function_lines(text: str) -> set[int]:
    """Return the lines inside functions of a module."""
    return {
        statement.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for statement in node.body
        if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Constant)
    }


def untouched(data: CoverageData) -> list[str]:
    """Return the modules with functions none of which the fast tests call."""
    found = []
    for path in sorted(path for one in PACKAGES for path in (ROOT / one).rglob("*.py")):
        lines = function_lines(path.read_text(encoding="utf-8"))
        name = path.relative_to(ROOT).as_posix()
        if name not in ELSEWHERE and lines and not lines & set(data.lines(str(path)) or ()):
            found.append(name)
    return found


def main() -> int:
    """Check the coverage data of the last run."""
    data = CoverageData(str(ROOT / ".coverage"))
    data.read()
    found = untouched(data)
    for module in found:
        sys.stderr.write(f"{module}: no test of --fast calls a function of it\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
