"""Serialisation of records, so that a file that was read once is not parsed again.

The bytes are a pickle that may contain only our own entities: all other classes are rejected, so
that a file written by somebody else cannot run code.
"""

from __future__ import annotations

import io
import pickle
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from orgmodel.reading.loading import collector_paused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

_HOMES = ("orgmodel.model.", "orgmodel.texts")


def _view(content: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(content)


_PLAIN: Mapping[tuple[str, str], object] = {
    ("datetime", "date"): date,
    (__name__, _view.__name__): _view,
}


class UnreadableBytesError(ValueError):
    """Raised for bytes that were not made by `to_bytes`."""


def to_bytes(value: object) -> bytes:
    """Return entities as bytes."""
    target = io.BytesIO()
    pickler = pickle.Pickler(target, protocol=pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {MappingProxyType: _reduced_view} | dict.fromkeys(
        _own_enums(Enum), _reduced_member
    )
    pickler.dump(value)
    return target.getvalue()


def from_bytes(data: bytes, more: Collection[type] = ()) -> Any:
    """Return deserialised entities; `more` are allowed classes in addition to those of the model.

    Raises
    ------
    UnreadableBytesError
        If they are damaged, or contain other classes.
    """
    try:
        with collector_paused():
            return _Unpickler(io.BytesIO(data), more).load()
    except Exception as error:  # a damaged pickle may raise any exception
        raise UnreadableBytesError(str(error)) from error


def _reduced_view(view: MappingProxyType[Any, Any]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    return _view, (dict(view),)


def _reduced_member(member: Enum) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    return type(member), (member.value,)


def _own_enums(base: type[Enum]) -> Iterator[type[Enum]]:
    """Yield our enumerations: Python 3.11.0 to 3.11.3 pickle their members as calls of getattr."""
    for one in base.__subclasses__():
        if one.__module__.startswith(_HOMES):
            yield one
        yield from _own_enums(one)


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, more: Collection[type]) -> None:
        super().__init__(file)
        self._more = {(one.__module__, one.__qualname__): one for one in more}

    def find_class(self, module: str, name: str) -> Any:
        """Return an allowed class; raise an error for all others."""
        known = _PLAIN.get((module, name)) or self._more.get((module, name))
        if known is not None:
            return known
        if module.startswith(_HOMES) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and (
                issubclass(found, Enum) or hasattr(found, "__dataclass_fields__")
            ):
                return found
        reason = f"{module}.{name} is no entity"
        raise UnreadableBytesError(reason)
