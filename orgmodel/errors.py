"""Every exception of the library.

OrgModelError
├── InvalidOrganisation   a file cannot be read as an organisation; carries every problem
├── UnknownIdError        a question names something the organisation does not have
└── AmbiguousNameError    a name fits several posts; carries the candidates

Wrong data is an InvalidOrganisation with a report of all that is wrong in it; a wrong question is
one of the other two; a question without an answer gives None or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.model.findings import Problem


class OrgModelError(Exception):
    """The base of all errors that the library raises on purpose."""


class InvalidOrganisation(OrgModelError):  # noqa: N818 - it names the data, as a verdict
    """A file cannot be read as an organisation.

    Attributes
    ----------
    problems
        Everything that is wrong, in the order of the file; never empty.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.line("en") for problem in self.problems))


class UnknownIdError(OrgModelError, LookupError):
    """A question names something the organisation does not have.

    Attributes
    ----------
    kind
        What was looked for: "position", "unit", "group", "person" or "source".
    name
        The id or name as it was asked for.
    nearest
        The ids that are spelled most like it, nearest first.
    """

    def __init__(self, kind: str, name: str, nearest: Sequence[str] = ()) -> None:
        self.kind = kind
        self.name = name
        self.nearest = tuple(nearest)
        hint = f"; did you mean {', '.join(map(repr, self.nearest))}?" if self.nearest else ""
        super().__init__(f"there is no {kind} {name!r}{hint}")


class AmbiguousNameError(OrgModelError, LookupError):
    """A name fits several posts.

    Attributes
    ----------
    name
        The name as it was asked for.
    candidates
        The ids of the posts that it fits, in reading order.
    """

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name = name
        self.candidates = tuple(candidates)
        super().__init__(f"{name!r} fits several posts: {', '.join(self.candidates)}")
