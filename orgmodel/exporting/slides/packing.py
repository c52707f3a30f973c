"""A presentation's bytes: the same ones for the same slides, whenever they are made."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from orgmodel.exporting.slides.opening import DAMAGED, TemplateError
from orgmodel.texts import message

if TYPE_CHECKING:
    from datetime import datetime

    from pptx.presentation import Presentation

# The times that programs write into the files that they make.
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FIRST_YEAR = 1980


def packed(presentation: Presentation, day: datetime) -> bytes:
    """Return a presentation as the bytes of its file, with one date in all of its parts.

    Raises
    ------
    TemplateError
        If parts of the template stand where those of the presentation belong.
    """
    file = io.BytesIO()
    presentation.save(file)
    with zipfile.ZipFile(file) as package:
        names = [name for name in package.namelist() if name.startswith("ppt/")]
    if len(names) > len(set(names)):
        # Something in the template still holds on to one of its own slides.
        raise TemplateError(message(DAMAGED))
    return _repacked(file.getvalue(), day)


def _repacked(content: bytes, day: datetime) -> bytes:
    """Return a package with every date set to one, also in workbooks within."""
    copy = io.BytesIO()
    stamp = (max(_FIRST_YEAR, day.year), day.month, day.day, 0, 0, 0)
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in dict.fromkeys(package.namelist()):
            part = package.read(name)
            if name.endswith(".xlsx"):
                part = _repacked(part, day)
            if name == "docProps/core.xml":
                part = _TIMES.sub(rb"\g<1>" + f"{day:%Y-%m-%dT%H:%M:%SZ}".encode(), part)
            info = zipfile.ZipInfo(name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, part)
    return copy.getvalue()
