"""Strict YAML: bytes to nodes with positions, or a list of all problems in the text.

Only a subset of YAML is read: mappings with text keys, lists and scalars. Anchors, aliases, merge
keys, tags, duplicate keys and control characters are rejected, because each of them can give a
file another meaning than it appears to have, or a cost far above its size. The tree is built from
the parser's events without recursion and within fixed limits, so that no input can exhaust memory
or the stack.

Scalars are kept as text. The type of a field determines how its text is interpreted: YAML's own
rules turn `no` into false, `012` into 10 and `22:30` into 1350.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from orgmodel.reading.problems import START, Mark, TooManyProblems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgmodel.reading.problems import ProblemList

MAX_BYTES = 32 * 2**20
MAX_DEPTH = 64
MAX_NODES = 2_000_000
MAX_TEXT = 10_000
NULLS = frozenset({"", "~", "null", "Null", "NULL"})

# Bidirectional controls can display a name differently from how it is stored (Trojan Source,
# CVE-2021-42574); line and paragraph separators would shift reported line numbers; surrogates do
# not occur in valid files.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
    "\ufffe\uffff\ud800-\udfff]"
)
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Scalar:
    """A text as written in the file; `plain` means without quotation marks."""

    value: str
    plain: bool
    mark: Mark

    @property
    def is_null(self) -> bool:
        """Whether the value is empty."""
        return self.plain and self.value in NULLS


@dataclass(slots=True)
class Sequence:
    """A list."""

    mark: Mark
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys with their values, in order; keys are unique."""

    mark: Mark
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping
# The placeholder for an invalid key, whose value is skipped.
_NO_KEY = Scalar("", plain=True, mark=START)
# The placeholder for a rejected value, so that it is not reported twice.
_NOTHING = Scalar("", plain=True, mark=START)


def parse_document(data: bytes, problems: ProblemList) -> Node | None:
    """Return the root node of a YAML document.

    Parameters
    ----------
    data
        The bytes of the file.
    problems
        Receives all problems; if there are any, the tree may be incomplete.

    Returns
    -------
    root
        None if nothing could be read.
    """
    text = _decode(data, problems)
    if text is None or _report_forbidden(text, problems):
        return None
    builder = _Builder(problems)
    try:
        for event in _events(text):
            if not builder.take(event):
                return builder.root if builder.is_whole else None
    except yaml.YAMLError as error:
        _report_syntax(error, problems)
        return None
    root = builder.root
    if root is None or (isinstance(root, Scalar) and root.is_null):
        problems.add(START, "empty-file")
        return None
    return root


def _report_syntax(error: yaml.YAMLError, problems: ProblemList) -> None:
    place, detail = START, " ".join(str(error).split())
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        place = Mark(mark.line + 1, mark.column + 1) if mark else place
        detail = " ".join(filter(None, (error.context, error.problem)))
    problems.add(place, "yaml-syntax", detail=detail)


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, _PARSER)  # type: ignore[no-untyped-call, unused-ignore]
    except ValueError as error:
        # Raised without libyaml for an escape of an invalid character.
        raise yaml.YAMLError(str(error)) from error


def _decode(data: bytes, problems: ProblemList) -> str | None:
    if len(data) > MAX_BYTES:
        problems.add(START, "too-large", limit=MAX_BYTES // 2**20)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        problems.add(Mark(line, column), "not-utf8", byte=f"{data[error.start]:02x}")
        return None


def _report_forbidden(text: str, problems: ProblemList) -> bool:
    found = False
    for match in FORBIDDEN.finditer(text):
        found = True
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
        try:
            _add_forbidden(Mark(line, column), match.group(), problems)
        except TooManyProblems:
            break
    return found


def _add_forbidden(mark: Mark, letter: str, problems: ProblemList) -> None:
    problems.add(mark, "forbidden-character", letter=f"U+{ord(letter):04X}")


class _Builder:
    """Builds the tree from events, with a stack of open containers."""

    def __init__(self, problems: ProblemList) -> None:
        self.root: Node | None = None
        self._problems = problems
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Scalar | None] = []
        self._nodes = 0
        self._documents = 0

    @property
    def is_whole(self) -> bool:
        """Whether all containers are closed; an incomplete tree would be misleading."""
        return not self._open

    def take(self, event: yaml.Event) -> bool:
        """Add one event; return whether to continue."""
        if isinstance(event, yaml.ScalarEvent):
            return self._place(self._scalar(event), event)
        if isinstance(event, yaml.CollectionStartEvent):
            return self._begin(event)
        if isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._problems.add(_mark(event), "yaml-alias", name=f"*{event.anchor}")
            return self._place(_NOTHING, event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._problems.add(_mark(event), "several-documents")
                return False
        return True

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        mark = _mark(event)
        self._report_extras(event)
        value = event.value
        if event.style == '"':
            # Escapes in quoted text can produce characters that are not allowed in the text.
            for match in FORBIDDEN.finditer(value):
                _add_forbidden(mark, match.group(), self._problems)
        if len(value) > MAX_TEXT:
            self._problems.add(mark, "text-too-long", length=len(value), limit=MAX_TEXT)
            value = value[:20]
        # Done last: normalising combining marks takes quadratic time in their number.
        value = unicodedata.normalize("NFC", value)
        return Scalar(value, plain=not event.style, mark=mark)

    def _begin(self, event: yaml.CollectionStartEvent) -> bool:
        self._report_extras(event)
        if len(self._open) >= MAX_DEPTH:
            self._problems.add(_mark(event), "nested-too-deep", limit=MAX_DEPTH)
            return False
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        node = Mapping(_mark(event)) if is_mapping else Sequence(_mark(event))
        if not self._place(node, event):
            return False
        self._open.append(node)
        self._keys.append(None)
        return True

    def _place(self, node: Node, event: yaml.Event) -> bool:
        """Add a node to the tree: as the root, in a list, as a key or as a key's value."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._problems.add(_mark(event), "too-many-entries", limit=MAX_NODES)
            return False
        if not self._open:
            self.root = node
        elif isinstance(holder := self._open[-1], Sequence):
            if node is not _NOTHING:
                holder.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = self._key(node)
        else:
            self._keys[-1] = None
            self._enter(holder, key, node)
        return True

    def _key(self, node: Node) -> Scalar:
        if node is _NOTHING:
            return _NO_KEY
        if not isinstance(node, Scalar) or node.is_null:
            self._problems.add(node.mark, "key-not-text")
            return _NO_KEY
        if node.plain and node.value == "<<":
            self._problems.add(node.mark, "yaml-merge-key")
            return _NO_KEY
        return node

    def _enter(self, holder: Mapping, key: Scalar, node: Node) -> None:
        if key is _NO_KEY or node is _NOTHING:
            return
        if key.value in holder.entries:
            first = holder.entries[key.value][0].mark.line
            self._problems.add(key.mark, "duplicate-key", key=key.value, line=str(first))
            return
        holder.entries[key.value] = (key, node)

    def _report_extras(self, event: yaml.NodeEvent) -> None:
        if event.anchor:
            self._problems.add(_mark(event), "yaml-alias", name=f"&{event.anchor}")
        tag = getattr(event, "tag", None)
        if tag:
            self._problems.add(_mark(event), "yaml-tag", tag=str(tag))


def _mark(event: yaml.Event) -> Mark:
    start = event.start_mark
    assert start is not None  # noqa: S101 - parsed events have a position
    return Mark(start.line + 1, start.column + 1)
