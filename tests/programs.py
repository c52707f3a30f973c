"""External programs with which tests open exported files."""

from __future__ import annotations

import os
import shutil

import pytest


def program(*names: str) -> str:
    """Return the path of the first of these programs found; else skip or, in CI, fail the test."""
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        reason = f"{names[0]} is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path
