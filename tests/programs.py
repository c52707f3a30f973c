"""The programs by which tests open what is made: present, or the test is skipped or fails."""

from __future__ import annotations

import os
import shutil

import pytest


def program(*names: str) -> str:
    """Return the path of the first of these programs; where nothing may be skipped, one must be there."""
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        reason = f"{names[0]} is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path
