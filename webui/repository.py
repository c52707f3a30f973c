"""The organisations that are served: read from files, read again when a file changes."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING

from orgmodel.analysis.checks import findings
from orgmodel.analysis.coverage import coverage
from orgmodel.analysis.figures import Figures
from orgmodel.analysis.levels import levels
from orgmodel.analysis.search import SearchIndex
from orgmodel.analysis.spans import spans
from orgmodel.analysis.summary import summarise
from orgmodel.drawing.cards import CardTexts
from orgmodel.errors import UnknownIdError
from orgmodel.model.organisation import nearest_names
from orgmodel.model.provenance import every_citation
from orgmodel.reading.loading import (
    Outcome,
    organisation_files,
    read,
    without_duplicates,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from orgmodel.analysis.coverage import Coverage
    from orgmodel.analysis.spans import Spans
    from orgmodel.analysis.summary import Summary
    from orgmodel.model.entities import Level
    from orgmodel.model.findings import Finding
    from orgmodel.model.organisation import Organisation
    from orgmodel.texts import Language

Signature = tuple[int, int, int]


class Loaded:
    """An organisation with what is worked out from it, each once and when first needed."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self._cards: dict[Language, CardTexts] = {}

    @cached_property
    def spans(self) -> Spans:
        """Its span figures."""
        return spans(self.organisation)

    @cached_property
    def figures(self) -> Figures:
        """Its figures with how they were found."""
        return Figures(self.spans)

    @cached_property
    def summary(self) -> Summary:
        """Its figures as a whole."""
        return summarise(self.spans)

    @cached_property
    def coverage(self) -> Coverage:
        """How much of it is stated, derived or unknown."""
        return coverage(self.spans)

    @cached_property
    def citations(self) -> int:
        """How often its data cite a source."""
        return sum(1 for _citation in every_citation(self.organisation.record))

    @cached_property
    def levels(self) -> dict[str, Level]:
        """The leadership level of each post."""
        return levels(self.organisation)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What its data leave open or contradict."""
        return findings(self.organisation)

    @cached_property
    def search(self) -> SearchIndex:
        """Its names, for searching."""
        return SearchIndex(self.organisation)

    def cards(self, language: Language) -> CardTexts:
        """Return its cards in a language."""
        if language not in self._cards:
            self._cards[language] = CardTexts(self.spans, self.levels, language)
        return self._cards[language]


class Repository:
    """Organisations by id, from files and folders.

    Every question looks whether files have come, gone or changed since; only those are read. A file
    that is wrong stands among the problems, and the others are served.

    Parameters
    ----------
    paths
        Files of organisations, and folders of such files.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self._lock = threading.Lock()
        self._read: dict[Path, tuple[Signature | None, Outcome]] = {}
        self._outcomes: tuple[Outcome, ...] = ()
        self._loaded: dict[str, Loaded] = {}

    def all(self) -> tuple[Loaded, ...]:
        """Return every organisation that could be read, in the order of the files."""
        with self._lock:
            self._refresh()
            return tuple(self._loaded.values())

    def broken(self) -> tuple[Outcome, ...]:
        """Return the files that could not be read, with everything that is wrong in each."""
        with self._lock:
            self._refresh()
            return tuple(outcome for outcome in self._outcomes if outcome.organisation is None)

    def broken_as(self, organisation_id: str) -> tuple[Outcome, ...]:
        """Return the files that could not be read and are called like an organisation."""
        return tuple(one for one in self.broken() if one.path.stem == organisation_id)

    def get(self, organisation_id: str) -> Loaded:
        """Return an organisation, or raise UnknownIdError with the ids most like it."""
        with self._lock:
            self._refresh()
            found = self._loaded.get(organisation_id)
            if found is None:
                nearest = nearest_names(organisation_id, self._loaded)
                raise UnknownIdError(organisation_id, kind="organisation", nearest=nearest)
            return found

    def _refresh(self) -> None:
        files = self._files()
        signatures = {path: _signature(path) for path in files}
        known = {path: signature for path, (signature, _outcome) in self._read.items()}
        if signatures == known:
            return
        self._read = {
            path: self._read[path]
            if path in known and known[path] == signature
            else (signature, read(path))
            for path, signature in signatures.items()
        }
        outcomes = without_duplicates([outcome for _signature, outcome in self._read.values()])
        loaded = {}
        for outcome in outcomes:
            organisation = outcome.organisation
            if organisation is not None:
                before = self._loaded.get(organisation.id)
                is_same = before is not None and before.organisation is organisation
                loaded[organisation.id] = before if is_same and before else Loaded(organisation)
        self._outcomes, self._loaded = tuple(outcomes), loaded

    def _files(self) -> list[Path]:
        files: dict[Path, None] = {}
        for path in self._paths:
            files.update(dict.fromkeys(organisation_files(path) if path.is_dir() else [path]))
        return list(files)


def _signature(path: Path) -> Signature | None:
    """Return what changes when a file does; None where it cannot be looked at."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_mtime_ns, status.st_size, status.st_ino)
