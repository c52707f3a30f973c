"""Opening an untrusted template safely as an empty presentation."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from lxml.etree import XMLSyntaxError
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn

from orgmodel.errors import TemplateError
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from pptx.presentation import Presentation as PresentationType


MOST_BYTES = 200_000_000
# The limit for XML parts, which take many times their size when parsed; the rest is media.
MOST_XML_BYTES = 20_000_000
MOST_ELEMENTS = 500_000
_MOST_PARTS = 20_000
_CHUNK = 1 << 20
_TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
# Templates and slide shows, with and without macros, have the same structure inside.
_MAIN_TYPES = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.presentationml\."
    rb"(?:template|slideshow)|ms-powerpoint\.(?:presentation|template|slideshow)\.macroEnabled)"
    rb"\.main\+xml"
)
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Linear in the input: each tag and its attributes are scanned once.
_TAG = re.compile(rb"<(?:Relationship|Override)\s[^<>]*>")
_MACROS = (b'relationships/vbaProject"', b'vbaProject.bin"')
# Content that a parser accepts as XML whatever its name: it starts with `<` in some encoding.
_XML = re.compile(
    rb"[\s\xfe\xff\xef\xbb\xbf]*+<"
    rb"|[\s\xfe\xff\xef\xbb\xbf\x00]*+<\x00"
    rb"|\x4c\x6f\xa7\x94"
)
_DECLARED = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")
_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"iso-8859-1", b"windows-1252"}
# Drawings of other programs may have a document type; entities in them are never expanded.
_DRAWING = ".svg"
_PART_HEAD = b"PK\x01\x02"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_EXTENSIONS = (
    "{http://schemas.openxmlformats.org/presentationml/2006/main}custShowLst",
    "{http://schemas.openxmlformats.org/presentationml/2006/main}extLst",
)


# The errors that python-pptx raises for invalid or missing parts.
BROKEN = (
    PythonPptxError,
    XMLSyntaxError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    MemoryError,
    TypeError,
    ValueError,
)


def open_template(template: bytes | Path) -> PresentationType:
    """Return a template as a presentation without slides.

    Raises
    ------
    TemplateError
        If it is not a PowerPoint file, damaged, or too large.
    """
    content = _bytes(template)
    try:
        presentation = Presentation(_guarded(content))
        remove_slides(presentation)
        # Missing parts are detected here and not when slides are built.
        for layout in presentation.slide_layouts:
            layout.slide_master.part  # noqa: B018 - checks that it exists
    except BROKEN as error:
        if isinstance(error, TemplateError):
            raise
        raise TemplateError(message(DAMAGED)) from error
    return presentation


def name_quickly(presentation: PresentationType) -> None:
    """Let new parts find free names in constant time instead of scanning all parts."""
    package = presentation.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    last: dict[str, int] = {}

    def next_partname(template: str) -> PackURI:
        number = last.get(template, 0) + 1
        while template % number in taken:
            number += 1
        last[template] = number
        return PackURI(template % number)

    package.next_partname = next_partname  # type: ignore[method-assign,assignment]


_NO_POWERPOINT = N_(
    "The template is not a PowerPoint file. Choose one that PowerPoint has saved as .pptx or .potx."
)
_OLD = N_(
    "The template is in the format before 2007, or protected by a password. Open it in PowerPoint "
    "and save it as .pptx or .potx without a password."
)
DAMAGED = N_(
    "The template is damaged. Open it in PowerPoint, let it be repaired, and save it anew as .pptx."
)
_TOO_LARGE = N_(
    "The template is larger than {size} MB when unpacked. Remove pictures and films from it, or "
    "choose another."
)
_TOO_MUCH = N_(
    "The template holds more text and shapes than any template needs. Delete its example slides, and "
    "layouts that are not used, and save it anew."
)
_UNREADABLE = N_("The template {path} cannot be read.")


def _bytes(template: bytes | Path) -> bytes:
    if isinstance(template, bytes):
        return template
    path = Path(template)
    try:
        return path.read_bytes()
    except OSError as error:
        raise TemplateError(message(_UNREADABLE, path=path)) from error


def _guarded(content: bytes) -> io.BytesIO:
    """Return a template as a plain presentation without macros, checking the size of every part."""
    if content.startswith(_OLD_OFFICE):
        raise TemplateError(message(_OLD))
    if content.count(_PART_HEAD) > _MOST_PARTS:
        # The directory of its parts alone could take gigabytes.
        raise TemplateError(message(_TOO_LARGE, size=MOST_BYTES // 1_000_000))
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        damaged = content.startswith(b"PK")
        raise TemplateError(message(DAMAGED if damaged else _NO_POWERPOINT)) from error
    with package:
        names = package.namelist()
        if _TYPES not in names or not any(name.startswith("ppt/") for name in names):
            raise TemplateError(message(_NO_POWERPOINT))
        return _copied(package)


def _copied(package: zipfile.ZipFile) -> io.BytesIO:
    copy = io.BytesIO()
    left, xml_left, elements_left = MOST_BYTES, MOST_XML_BYTES, MOST_ELEMENTS
    seen = set()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for info in package.infolist():
            if info.is_dir() or info.filename in seen:
                continue
            seen.add(info.filename)
            part = _read(package, info, left)
            left -= len(part)
            if info.filename.endswith("vbaProject.bin"):
                continue
            if _XML.match(part):
                xml_left -= len(part)
                elements_left -= _elements(part) if xml_left >= 0 else 0
                if min(xml_left, elements_left) < 0:
                    raise TemplateError(message(_TOO_MUCH))
                part = _plain(info.filename, part)
            target.writestr(info.filename, part)
    copy.seek(0)
    return copy


def _read(package: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """Return a part; bytes are counted because the sizes stated in a zip file cannot be trusted."""
    found = io.BytesIO()
    try:
        with package.open(info) as part:
            while found.tell() <= most and (chunk := part.read(_CHUNK)):
                found.write(chunk)
    except Exception as error:
        # Each compression method raises its own errors for damaged data.
        raise TemplateError(message(DAMAGED)) from error
    if found.tell() > most:
        raise TemplateError(message(_TOO_LARGE, size=MOST_BYTES // 1_000_000))
    return found.getvalue()


def _elements(part: bytes) -> int:
    """Return an upper bound on the number of elements and attributes of a part."""
    return part.count(b"<") - part.count(b"</") + part.count(b"=")


def _plain(name: str, part: bytes) -> bytes:
    """Return an XML part without what makes the file a template or lets it run macros."""
    if not (name.endswith(_DRAWING) or _can_be_searched(part)):
        raise TemplateError(message(DAMAGED))
    if name == _TYPES:
        part = _MAIN_TYPES.sub(_MAIN.encode(), part)
    if name == _TYPES or name.endswith(".rels"):
        return _TAG.sub(_without_macros, part)
    return part


def _can_be_searched(part: bytes) -> bool:
    """Tell whether a part has no document type, and no encoding that could hide one.

    PowerPoint never writes one; its entities could expand without bound or read files.
    """
    wide = part.replace(b"\x00", b"").lstrip(b" \t\r\n\xfe\xff\xef\xbb\xbf")
    head = wide[: wide.find(b">") + 1]
    return (
        wide.startswith(b"<")
        and all(one.lower() in _ENCODINGS for one in _DECLARED.findall(head))
        and _DOCTYPE.search(wide) is None
    )


def _without_macros(tag: re.Match[bytes]) -> bytes:
    return b"" if any(one in tag[0] for one in _MACROS) else tag[0]


def remove_slides(presentation: PresentationType) -> None:
    """Remove a template's example slides, and the sections and shows that name them."""
    part = presentation.part
    element = part._element
    for slide_ids in element.findall(qn("p:sldIdLst")):
        for one in list(slide_ids):
            slide_ids.remove(one)
    # Also slides missing from the list, because new slides would get the same names.
    for relation_id, relation in list(part.rels.items()):
        if relation.reltype == RT.SLIDE:
            part.rels.pop(relation_id)
    for name in _EXTENSIONS:
        for one in element.findall(name):
            element.remove(one)
