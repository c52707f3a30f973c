"""Every exception of the library.

OrgModelError
├── InvalidOrganisation   a file cannot be read as an organisation; carries every problem
├── StructureError        records made in code report to each other in a circle
├── UnknownIdError        a question names something the organisation does not have
├── AmbiguousNameError    a name fits several posts; carries the candidates
├── TemplateError         a PowerPoint file cannot be used as a template
└── EngineError           a program that draws for us ended before it was done

Wrong data is an InvalidOrganisation with a report of all that is wrong in it; a wrong question is
one of the others; a question without an answer gives None or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.model.findings import Problem
    from orgmodel.texts import Message


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


class StructureError(OrgModelError):
    """Records that were made in code have a reporting line that runs in a circle.

    Attributes
    ----------
    members
        The ids of the posts in the circle, each reporting to the next, the last to the first.
    """

    def __init__(self, members: Sequence[str]) -> None:
        self.members = tuple(members)
        super().__init__(f"the reporting line runs in a circle: {' → '.join(self.members)}")


class UnknownIdError(OrgModelError, LookupError):
    """A question names something the organisation does not have.

    Attributes
    ----------
    name
        The id or name as it was asked for.
    kind
        What was looked for: "position", "unit", "group", "leader" or "source".
    nearest
        The ids that are spelled most like it, nearest first.
    """

    def __init__(self, name: str, *, kind: str, nearest: Sequence[str] = ()) -> None:
        self.name = name
        self.kind = kind
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


class EngineError(OrgModelError):
    """A program that draws for us could not be started, or ended before it was done."""

    def __init__(self, engine: str, how: str) -> None:
        super().__init__(f"the program for {engine} failed: {how}")


class TemplateError(OrgModelError, ValueError):
    """A file cannot be used as a template.

    Attributes
    ----------
    words
        What is wrong with it, and what would be right.
    """

    def __init__(self, words: Message) -> None:
        self.words = words
        super().__init__(words.text("en"))
