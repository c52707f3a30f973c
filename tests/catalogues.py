"""The texts in the code and the Danish catalogues, which a test compares.

`python3 dev.py texts` adds new texts to the catalogues and removes unused ones.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("orgmodel", "webui")
_METHODS = [("**.html", "jinja2"), ("**.py", "python")]
_HEADER = r"""msgid ""
msgstr ""
"Language: da\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"Content-Type: text/plain; charset=utf-8\n"

"""
_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "plural_message": (1, 2)}


def catalogue_path(package: str) -> Path:
    """Return the path of a package's Danish catalogue."""
    return ROOT / package / "translations" / "da.po"


def texts_in_code(package: str) -> Catalog:
    """Return all marked texts in the code and the templates of a package."""
    catalogue = Catalog(locale="da", fuzzy=False)
    found = extract_from_dir(
        ROOT / package,
        method_map=_METHODS,
        options_map={"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}},
        keywords=_KEYWORDS,
    )
    for _file, _line, text, _comments, _context in found:
        catalogue.add(text)
    return catalogue


def translated_texts(package: str) -> Catalog:
    """Return a package's Danish catalogue."""
    with catalogue_path(package).open("rb") as file:
        return read_po(file, locale="da")


def write(package: str, catalogue: Catalog) -> None:
    """Write a package's Danish catalogue with a minimal header."""
    with catalogue_path(package).open("wb") as file:
        file.write(_HEADER.encode())
        write_po(file, catalogue, sort_output=True, omit_header=True, width=99)


def main() -> None:
    """Update all catalogues; new texts have empty translations."""
    for package in PACKAGES:
        catalogue = translated_texts(package)
        catalogue.update(texts_in_code(package), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        write(package, catalogue)
        empty = [entry.id for entry in catalogue if entry.id and not all(_forms(entry.string))]
        sys.stdout.write(f"{package}: {len(catalogue)} texts, {len(empty)} to translate\n")


def _forms(string: object) -> tuple[object, ...]:
    return tuple(string) if isinstance(string, tuple | list) else (string,)


if __name__ == "__main__":
    main()
