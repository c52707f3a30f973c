"""What the page shows that explains the API."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address."""

    name: str
    example: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that programs can ask."""

    path: str
    about: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class ApiContext:
    """The page."""

    endpoints: tuple[Endpoint, ...]
    document_href: str
    example_href: str
