"""Reasons why a file cannot be imported; `data/README.md` lists the codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.errors import InvalidOrganisation
from orgmodel.model.findings import Location, Problem
from orgmodel.reading.problems import ProblemKind, shortened
from orgmodel.texts import N_, message

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_LIST = 500
REFUSALS: Mapping[str, ProblemKind] = {
    "import-not-readable": ProblemKind(
        N_("the file cannot be read ({detail})"),
        N_("check the path, and who may read the file"),
    ),
    "import-not-a-file": ProblemKind(N_("this is not an ordinary file"), N_("name a CSV file")),
    "import-too-large": ProblemKind(
        N_("the file is larger than {limit} MiB"), N_("import it in parts")
    ),
    "import-too-many-rows": ProblemKind(
        N_(
            "there are more than {columns} columns, or more than {rows} rows with as many columns as here"
        ),
        N_("import it in parts"),
    ),
    "import-empty": ProblemKind(
        N_("the file is empty"), N_("name a CSV file with headings in its first row")
    ),
    "import-not-text": ProblemKind(
        N_("this is not a text file"), N_("save the sheet as CSV with the encoding UTF-8")
    ),
    "import-not-csv": ProblemKind(
        N_("the cells of this row cannot be told apart ({detail})"),
        N_("end every quoted cell with a quotation mark, and double those inside it"),
    ),
    "import-no-column": ProblemKind(
        N_("no column is recognised as {wanted}; the columns are {columns}"),
        N_("call one of them {example}"),
    ),
    "import-no-rows": ProblemKind(
        N_("there is nothing below the headings"), N_("add one row for each post")
    ),
    "import-no-senior": ProblemKind(
        N_("this lists junior posts, and no file lists the senior ones they report to"),
        N_("name the file with the column “Post Unique Reference” too"),
    ),
    "import-mixed": ProblemKind(
        N_("this file does not belong with {other}"),
        N_(
            "name one organisation's files at a time: its tables, or one senior and one junior file"
        ),
    ),
    "import-twice": ProblemKind(N_("the file is named twice"), N_("name each file once")),
    "import-too-many": ProblemKind(
        N_("{n} posts are more than a YAML file may hold"),
        N_(
            "leave out -o to check them only, or work with orgmodel.import_files(…).columns in Python"
        ),
    ),
}


def refusal(file: str, code: str, *, line: int = 1, **params: object) -> Problem:
    """Return why a file cannot be imported."""
    kind = REFUSALS[code]
    params = {name: shortened(value, _LONGEST_LIST) for name, value in params.items()}
    return Problem(
        Location(file, line), code, message(kind.what, **params), message(kind.right, **params)
    )


class Refused(InvalidOrganisation):
    """A single file cannot be imported; the others are still processed."""
