"""Reads data files and decides which content of each is served."""

from __future__ import annotations

import hashlib
import logging
import threading
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.changes import change_days
from orgmodel.files import shown_name
from orgmodel.reading.loading import file_bytes, file_problem, read_bytes
from orgmodel.reading.problems import ProblemList
from webui.store.loaded import Versions

if TYPE_CHECKING:
    from concurrent.futures import Future
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from orgmodel.model.anonymity import Anonymous
    from orgmodel.model.dates import PartialDate
    from orgmodel.model.findings import Problem
    from orgmodel.model.names import Text
    from orgmodel.model.organisation import Organisation, Record
    from orgmodel.texts import Worded
    from webui.store.cache import Cache
    from webui.store.loaded import Loaded
    from webui.store.opened import Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The summary of an organisation on the front page.

    Attributes
    ----------
    frameworks, groups
        Whether it has any.
    employees
        The stated headcount of the highest units; None if none states one.
    posts, leaders, vacant
        Seats.
    layers
        Posts on the longest chain.
    findings
        The number of findings in its data.
    days
        The days on which the organisation changes.
    nameless_name, nameless_description
        Name and description without people's names.
    """

    id: str
    name: Text
    as_of: PartialDate
    description: Text | None
    frameworks: bool
    groups: bool
    employees: Worded | None
    posts: int
    leaders: int
    vacant: int
    layers: int
    findings: int
    days: tuple[date, ...]
    nameless_name: Text
    nameless_description: Text | None

    @property
    def seats(self) -> int:
        """The number of posts, named as that of an `Organisation`."""
        return self.posts

    def without_names(self) -> Listing:
        """Return the listing with people's names hidden."""
        return replace(self, name=self.nameless_name, description=self.nameless_description)

    def holds_on(self, day: date) -> bool:
        """Tell whether nothing changes between the date of the data and a day."""
        own = self.as_of.last_day()
        return not any(min(own, day) < one <= max(own, day) for one in self.days)


def listing_of(loaded: Loaded, anonymous: Anonymous) -> Listing:
    """Return the summary of an organisation; `anonymous` hides people's names."""
    organisation, summary = loaded.organisation, loaded.summary
    record = organisation.record
    employees = loaded.figures.employees()
    return Listing(
        id=record.id,
        name=record.name,
        as_of=record.as_of,
        description=record.description,
        frameworks=bool(record.frameworks),
        groups=bool(record.groups),
        employees=None if employees is None else employees.words,
        posts=summary.positions,
        leaders=summary.leaders,
        vacant=summary.vacant,
        layers=summary.layers,
        findings=len(loaded.findings),
        days=tuple(change_days(record)),
        nameless_name=anonymous.text(record.name),
        nameless_description=record.description and anonymous.text(record.description),
    )


LOG = logging.getLogger(__name__)

Signature = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Good:
    """An error-free content.

    Attributes
    ----------
    digest
        Its hash.
    listing
        The summary of its organisation.
    record
        The whole record, if there is no cache on disk.
    """

    digest: str
    listing: Listing
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class FaultyFile:
    """A file whose content has errors.

    Attributes
    ----------
    served_id
        The organisation of its last error-free content, which is served; None without one.
    """

    path: Path
    problems: tuple[Problem, ...]
    served_id: str | None


@dataclass(eq=False, slots=True)
class DataFile:
    """A data file and its state.

    Attributes
    ----------
    signature
        The file's signature when it was last submitted for reading.
    since
        The time of that submission.
    job
        The job that reads it.
    digest, problems
        The hash of the content read last, and its errors.
    good
        The served content: the last one without errors.
    """

    path: Path
    signature: Signature | None = None
    since: float = 0.0
    job: Future[None] | None = None
    digest: str = ""
    problems: tuple[Problem, ...] = ()
    good: Good | None = None
    opening: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_known(self) -> bool:
        """Whether it has been read at least once."""
        return self.job is not None and (bool(self.digest) or bool(self.problems))


class FileReader:
    """Reads data files, and decides what of each is served.

    Parameters
    ----------
    cache
        The cache on disk; None to keep data in this process only.
    opened
        The open organisations.
    """

    def __init__(self, cache: Cache | None, opened: Opened) -> None:
        self._cache = cache
        self._opened = opened

    def read(self, file: DataFile) -> None:
        """Read a file, and serve its content if it has no errors."""
        try:
            self._read_content(file)
        except Exception:
            # The error is in the program; the previous content is still served.
            LOG.exception("%s could not be read", shown_name(file.path))
            detail = "the log of the server tells why"
            file.problems = (file_problem(file.path, "not-readable", detail=detail),)

    def _read_content(self, file: DataFile) -> None:
        problems = ProblemList(str(file.path))
        content = file_bytes(file.path, problems)
        if content is None:
            self._miss(file, problems.sorted())
            return
        digest = hashlib.sha256(content).hexdigest()
        good = self._kept(digest)
        if good is None:
            with self._alone(digest):
                # Another process may have read it in the meantime.
                good = self._kept(digest) or self._parsed(file, digest, content)
        if good is not None:
            self._accept(file, good)

    def _parsed(self, file: DataFile, digest: str, content: bytes) -> Good | None:
        """Read a content that is not cached; None if it has errors, which are reported."""
        outcome = read_bytes(content, file.path)
        if outcome.organisation is None:
            self._refuse(file, digest, outcome.problems)
            return None
        return self._made(digest, content, outcome.organisation)

    def _alone(self, digest: str) -> AbstractContextManager[None]:
        """Hold a lock so that no other process reads the same content."""
        return nullcontext() if self._cache is None else self._cache.alone(digest)

    def _kept(self, digest: str) -> Good | None:
        listing = self._cache.listing(digest) if self._cache else None
        return None if listing is None else Good(digest, listing)

    def _made(self, digest: str, content: bytes, organisation: Organisation) -> Good:
        """Compute and store the summary of an organisation."""
        versions = Versions(organisation)
        listing = listing_of(versions.base, versions.anonymous)
        if self._cache is None:
            self._opened.keep(digest, versions)
            return Good(digest, listing, organisation.record)
        self._cache.keep(digest, content, organisation.record, listing)
        return Good(digest, listing)

    def _accept(self, file: DataFile, good: Good) -> None:
        before = file.good
        if before is not None and before.digest != good.digest:
            # An open organisation is replaced by the new one, with its pages' data precomputed.
            self._opened.swap(before, good, file)
        was_wrong = bool(file.problems)
        file.good, file.digest, file.problems = good, good.digest, ()
        if self._cache is not None:
            self._cache.set_last_good(file.path, good.digest)
        if was_wrong:
            LOG.info("%s has no errors any more", shown_name(file.path))

    def _miss(self, file: DataFile, problems: tuple[Problem, ...]) -> None:
        """Record a file that cannot be read; the organisation of a deleted file is no longer served."""
        if file.path.exists():
            self._refuse(file, "", problems)
        else:
            file.good, file.digest, file.problems = None, "", problems

    def _refuse(self, file: DataFile, digest: str, problems: tuple[Problem, ...]) -> None:
        if file.good is None and self._cache is not None:
            file.good = self._last_good(file)
        file.digest, file.problems = digest, problems
        what = "the last content without errors is served" if file.good else "it is not served"
        lines = "\n".join(f"  {problem.line('en')}" for problem in problems)
        LOG.error("%s has errors; %s\n%s", shown_name(file.path), what, lines)

    def _last_good(self, file: DataFile) -> Good | None:
        """Return the last content without errors, from the cache."""
        assert self._cache is not None  # noqa: S101 - who asks has seen that there is one
        digest = self._cache.last_good(file.path)
        if digest is None:
            return None
        good = self._kept(digest)
        if good is None:
            # The listing is from another version of the program, so the content is read again.
            content = self._cache.content(digest) or b""
            organisation = read_bytes(content, file.path).organisation
            if organisation is not None:
                good = self._made(digest, content, organisation)
        return good


def signature_of(path: Path) -> Signature | None:
    """Return a value that changes when a file does; None if the file is not accessible."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_mtime_ns, status.st_size, status.st_ino)
