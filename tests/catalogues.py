"""The texts of the code, and the Danish catalogues: compared by a test, brought together by hand.

`python3 dev.py texts` adds new texts to the catalogues and takes out those that no code uses.
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
    """Return where a package's Danish texts are."""
    return ROOT / package / "translations" / "da.po"


def texts_in_code(package: str) -> Catalog:
    """Return every text that the code and the templates of a package say."""
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
    """Write a package's Danish catalogue, with no more of a header than readers need."""
    with catalogue_path(package).open("wb") as file:
        file.write(_HEADER.encode())
        write_po(file, catalogue, sort_output=True, omit_header=True, width=99)


def main() -> None:
    """Bring every catalogue up to date; what is left to translate is empty in it."""
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
