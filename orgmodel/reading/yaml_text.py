"""Writing plain values as YAML that all readers read as the same texts.

Texts that YAML could read as other types (`no`, `012`, `22:30`) are quoted, although our own
reader does not need it. Small mappings are written on one line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WIDTH = 140
_MOST_ON_A_LINE = 14
# Texts without any character special to YAML, starting with a letter.
_BARE = re.compile(r"[^\W\d_](?:[\w .()/+&–-]*[\w.)])?")
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True, slots=True)
class Bare:
    """A number, date or amount that needs no quotes."""

    text: str


Value: TypeAlias = "str | bool | int | Bare | Mapping[str, Value] | Sequence[Value]"


def yaml_text(root: Mapping[str, Value]) -> str:
    """Return a mapping as YAML, with one line per top-level key."""
    return "".join(f"{line}\n" for line in _mapping_lines(root, 0))


def count_nodes(value: Value) -> int:
    """Return the number of nodes for a reader: keys, scalars, lists and mappings."""
    if isinstance(value, dict):
        return 1 + sum(1 + count_nodes(part) for part in value.values())
    if isinstance(value, list):
        return 1 + sum(map(count_nodes, value))
    return 1


def scalar(text: str) -> str:
    """Return a text as a scalar, quoted if necessary."""
    if _BARE.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    escaped = text.encode("unicode_escape").decode("ascii").replace('"', '\\"')
    return f'"{escaped}"'


def _mapping_lines(mapping: Mapping[str, Value], indent: int) -> Iterator[str]:
    pad = " " * indent
    for key, value in mapping.items():
        start = f"{pad}{scalar(key)}:"
        short = _on_a_line(value, _WIDTH - len(start))
        if short is not None:
            yield f"{start} {short}"
            continue
        yield start
        if isinstance(value, dict):
            yield from _mapping_lines(value, indent + 2)
        elif isinstance(value, list):
            for item in value:
                yield from _item_lines(item, indent + 2)


def _item_lines(item: Value, indent: int) -> Iterator[str]:
    pad = " " * indent
    short = _on_a_line(item, _WIDTH - indent)
    if short is not None:
        yield f"{pad}- {short}"
        return
    lines = (
        _mapping_lines(item, indent + 2)
        if isinstance(item, dict)
        else (line for part in _items(item) for line in _item_lines(part, indent + 2))
    )
    for number, line in enumerate(lines):
        yield line if number else f"{pad}- {line[indent + 2 :]}"


def _items(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _on_a_line(value: Value, room: int) -> str | None:
    """Return a value on one line, or None if it is too large for that."""
    if not isinstance(value, dict | list):
        return _plain(value)
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return None
    if not _is_small(value):
        return None
    text = _flow(value)
    return text if len(text) <= room else None


def _is_small(value: Value) -> bool:
    """Tell whether a value has few parts, without visiting all parts of a large one."""
    count = 0
    waiting: list[Value] = [value]
    while waiting and count <= _MOST_ON_A_LINE:
        here = waiting.pop()
        count += 1
        if isinstance(here, dict):
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here)
    return count <= _MOST_ON_A_LINE


def _flow(value: Value) -> str:
    if isinstance(value, dict):
        parts = (f"{scalar(key)}: {_flow(part)}" for key, part in value.items())
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _plain(value)


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Bare):
        return value.text
    return scalar(value) if isinstance(value, str) else str(value)
