"""A presentation's bytes: the same ones for the same slides, whenever they are made."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from orgmodel.errors import TemplateError
from orgmodel.exporting.slides.opening import DAMAGED
from orgmodel.texts import message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from pptx.opc.package import Part
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
    try:
        presentation.save(file)
    except RecursionError as error:
        raise TemplateError(message(DAMAGED)) from error
    with zipfile.ZipFile(file) as package:
        names = [name for name in package.namelist() if name.startswith("ppt/")]
    if len(names) > len(set(names)):
        # Something in the template still holds on to one of its own slides.
        raise TemplateError(message(DAMAGED))
    return _repacked(file.getvalue(), day, frozenset(_workbooks(presentation)))


def _workbooks(presentation: Presentation) -> Iterator[str]:
    """Yield the names of the workbooks behind our charts; those of a template are left alone."""
    for slide in presentation.slides:
        for chart in _related(slide.part, RT.CHART):
            for workbook in _related(chart, RT.PACKAGE):
                yield workbook.partname.membername


def _related(part: Part, kind: str) -> Iterator[Part]:
    return (one.target_part for one in part.rels.values() if one.reltype == kind)


def _repacked(content: bytes, day: datetime, workbooks: Collection[str] = ()) -> bytes:
    """Return a package with every date set to one, also in the workbooks within that are named."""
    copy = io.BytesIO()
    stamp = (max(_FIRST_YEAR, day.year), day.month, day.day, 0, 0, 0)
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in dict.fromkeys(package.namelist()):
            part = package.read(name)
            if name in workbooks:
                part = _repacked(part, day)
            if name == "docProps/core.xml":
                part = _TIMES.sub(rb"\g<1>" + f"{day:%Y-%m-%dT%H:%M:%SZ}".encode(), part)
            info = zipfile.ZipInfo(name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, part)
    return copy.getvalue()
