"""Every exception of the library.

OrgModelError
├── InvalidOrganisation   a file cannot be read as an organisation; has all problems
├── StructureError        reporting lines of records created in code contain a cycle
├── UnknownIdError        a query names something that the organisation does not have
├── AmbiguousNameError    a name matches several posts; has the candidates
├── TemplateError         a PowerPoint file cannot be used as a template
└── EngineError           a drawing engine could not be started or ended early

Invalid data raise InvalidOrganisation with all problems; invalid queries raise one of the others;
queries without a result return None or an empty value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.model.findings import Problem
    from orgmodel.texts import Message


class OrgModelError(Exception):
    """The base class of all errors raised by the library."""


class InvalidOrganisation(OrgModelError):  # noqa: N818 - named after the data
    """A file cannot be read as an organisation.

    Attributes
    ----------
    problems
        All problems, in the order of the file; never empty.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.line("en") for problem in self.problems))


class StructureError(OrgModelError):
    """The reporting lines of records created in code contain a cycle.

    Attributes
    ----------
    members
        The ids of the posts in the cycle, each reporting to the next, the last to the first.
    """

    def __init__(self, members: Sequence[str]) -> None:
        self.members = tuple(members)
        super().__init__(f"the reporting line runs in a circle: {' → '.join(self.members)}")


class UnknownIdError(OrgModelError, LookupError):
    """A query names something that the organisation does not have.

    Attributes
    ----------
    name
        The requested id or name.
    kind
        What was requested: "position", "unit", "group", "leader" or "source".
    nearest
        The ids with the most similar spelling, best first.
    """

    def __init__(self, name: str, *, kind: str, nearest: Sequence[str] = ()) -> None:
        self.name = name
        self.kind = kind
        self.nearest = tuple(nearest)
        hint = f"; did you mean {', '.join(map(repr, self.nearest))}?" if self.nearest else ""
        super().__init__(f"there is no {kind} {name!r}{hint}")


class AmbiguousNameError(OrgModelError, LookupError):
    """A name matches several posts.

    Attributes
    ----------
    name
        The requested name.
    candidates
        The ids of the matching posts, in reading order.
    """

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name = name
        self.candidates = tuple(candidates)
        super().__init__(f"{name!r} fits several posts: {', '.join(self.candidates)}")


class EngineError(OrgModelError):
    """A drawing engine could not be started, or ended before it was done."""

    def __init__(self, engine: str, how: str) -> None:
        super().__init__(f"the program for {engine} failed: {how}")


class TemplateError(OrgModelError, ValueError):
    """A file cannot be used as a template.

    Attributes
    ----------
    words
        What is wrong with it, and what would be correct.
    """

    def __init__(self, words: Message) -> None:
        self.words = words
        super().__init__(words.text("en"))
