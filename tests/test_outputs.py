"""The comparison of two checkouts' outputs detects changes and ignores variable parts."""

from __future__ import annotations

import io
import zipfile

from tests.outputs import Made, compare


def made(folder, **outputs):
    folder.mkdir()
    found = Made(folder)
    for name, content in outputs.items():
        found.add(name, content)
    found.close()
    return Made(folder)


def office_file(title, moment):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("slide.xml", f"<a>{title}</a>")
        archive.writestr("core.xml", f"<dcterms:created>{moment}</dcterms:created>")
    return file.getvalue()


def test_a_change_is_told_with_its_place(tmp_path):
    old = made(tmp_path / "old", page=b"<p>One</p>\n<p>Two</p>", gone=b"", kept=b"\xff")
    new = made(tmp_path / "new", page=b"<p>One</p>\n<p>2</p>", come=b"", kept=b"\xff")
    assert list(compare(old, new, shows=True)) == [
        "only in new: come",
        "only in old: gone",
        "differ: page",
        "    -Two</p>",
        "    +2</p>",
        "1 the same, 1 differ, 1 only in old, 1 only in new",
    ]


def test_times_and_versions_of_assets_are_no_change(tmp_path):
    first = made(
        tmp_path / "first", file=office_file("Chef", "2026-01-01"), page=b"a.css?v=0123456789ab"
    )
    second = made(
        tmp_path / "second", file=office_file("Chef", "2027-01-01"), page=b"a.css?v=ba9876543210"
    )
    third = made(tmp_path / "third", file=office_file("Leder", "2026-01-01"), page=b"a.css?v=1")
    assert list(compare(first, second)) == ["2 the same, 0 differ, 0 only in old, 0 only in new"]
    assert len(list(compare(first, third))) == 3
