"""A request as pages read it: each value of a parameter once, however often it was sent."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict


class OnceRequest(Request):
    """A request in whose parameters no value stands twice."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The parameters of the address."""
        return ImmutableMultiDict(list(dict.fromkeys(super().args.items(multi=True))))
