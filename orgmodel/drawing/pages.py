"""A chart on pages: one page if it fits, else an overview and pages for its branches.

Text is never smaller than a given size, nothing is cut off, and every card is on some page:

- a chart that fits on one page is one page, with the most spacious cards that fit;
- otherwise the overview shows as many layers from the top as fit, and each branch below it gets
  its own page, which may be an overview in turn; small adjacent branches share a page, under their
  leader;
- a family too wide for a page is split over several pages, with its leader repeated.

Pages use the same layout code as the screen. A work list replaces recursion, so depth is not
limited, and only parts that may fit are laid out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from orgmodel.drawing.chart import compose
from orgmodel.drawing.layout import Layout
from orgmodel.drawing.page_fitting import SLIDES, Fitted, Fitting, PagePart, Room, Setting, longest
from orgmodel.drawing.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgmodel.drawing.chart import Chart, ShownCard
    from orgmodel.drawing.exhibits import Exhibit

__all__ = ["Page", "Room", "pages"]

SMALLEST, LARGEST = 10, 18
# A branch of at most this many cards stays whole when its family is split over pages.
_SMALL_BRANCH = 4
# Branches of at most this many cards share a page with adjacent ones, if they fit.
_SHARING_BRANCH = 24
# Branches with at most this many cards below their top are unfolded on the overview, if all fit.
_TWIGS = 4
_LEAST_WIDTH, _LEAST_HEIGHT = 300, 180


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a chart.

    Attributes
    ----------
    title
        The exhibit's title; on later pages also the leader of the branch.
    chart
        The chart on the page, laid out; its cards are `PageCard`s.
    scale
        Points per pixel of its layout.
    links
        For each card folded here, the number of the page that unfolds it.
    up
        The number of the page with the folded card that this page unfolds; None for the first.
    """

    title: str
    chart: Chart
    scale: float
    links: dict[str, int]
    up: int | None


def pages(
    exhibit: Exhibit,
    room: Room,
    *,
    smallest: float = SMALLEST,
    largest: float = LARGEST,
    setting: Setting = SLIDES,
) -> tuple[Page, ...]:
    """Return the pages of a chart in reading order.

    Parameters
    ----------
    smallest
        The minimum text size, in points.
    largest
        The maximum title size, in points, to which small charts are scaled up.
    setting
        The styles of cards and arrangements of families.

    Raises
    ------
    ValueError
        If the room is too small for any chart.
    """
    if room.width < _LEAST_WIDTH or room.height < _LEAST_HEIGHT:
        msg = f"a chart needs {_LEAST_WIDTH} × {_LEAST_HEIGHT} points, not {room}"
        raise ValueError(msg)
    return _Paging(exhibit, Fitting(exhibit, room, smallest, largest, setting)).run()


@dataclass(slots=True)
class _DraftPage:
    """A page under construction: its cards, its title and its links."""

    fitted: Fitted
    leader: int | None
    up: int | None
    number: str = ""
    links: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Task:
    """A task: unfold a leader, everything (None), or branches that share pages under a leader."""

    leader: int | None
    branches: tuple[int, ...] = ()
    up: int | None = None


class _Paging:
    """Distributes a chart over pages."""

    def __init__(self, exhibit: Exhibit, fitting: Fitting) -> None:
        self.exhibit = exhibit
        self.fitting = fitting
        self.children: dict[int | None, list[int]] = {}
        for number, parent in enumerate(fitting.parents):
            self.children.setdefault(parent, []).append(number)
        self.sizes = [1] * len(fitting.parents)
        for number in range(len(fitting.parents) - 1, -1, -1):
            parent = fitting.parents[number]
            if parent is not None:
                self.sizes[parent] += self.sizes[number]
        self.sheets: list[_DraftPage] = []
        self.waiting: list[_Task] = []

    def run(self) -> tuple[Page, ...]:
        """Return the pages."""
        if not self.fitting.cards:
            return (self._page(_DraftPage(self._empty(), None, None)),)
        roots = self.children[None]
        self.waiting.append(_Task(roots[0] if len(roots) == 1 else None))
        while self.waiting:
            task = self.waiting.pop()
            if task.branches:
                self._share(task)
            else:
                self._unfold(task)
        self._number()
        return tuple(map(self._page, self.sheets))

    def _number(self) -> None:
        """Assign numbers to the pages of a leader, an overview and its linked pages included."""
        by_leader: dict[int | None, list[_DraftPage]] = {}
        for sheet in self.sheets:
            by_leader.setdefault(sheet.leader, []).append(sheet)
        for sheets in by_leader.values():
            for n, sheet in enumerate(sheets, 1):
                sheet.number = f" ({n}/{len(sheets)})" if len(sheets) > 1 else ""

    def _empty(self) -> Fitted:
        return Fitted(PagePart(()), self.fitting.styles[0], 0, Layout({}, (), 0, 0), 1)

    # Distribution over pages -------------------------------------------------------------------

    def _unfold(self, task: _Task) -> None:
        """Put a branch on a page, or as many of its layers as fit, or split its family."""
        fitted = self._whole_branch(task.leader) or self._first_layers(task.leader)
        if fitted is None:
            self._spread(task)
            return
        sheet = _DraftPage(fitted, task.leader, task.up)
        self._add([sheet], {} if task.leader is None else {task.leader: 0})
        self._queue([len(self.sheets) - 1])

    def _whole_branch(self, leader: int | None) -> Fitted | None:
        size = len(self.sizes) if leader is None else self.sizes[leader]
        if size > self.fitting.most_cards:
            return None
        return self.fitting.fit(PagePart(self._branch(leader)))

    def _branch(self, leader: int | None) -> tuple[int, ...]:
        # The numbers of a branch are contiguous because cards are in reading order.
        if leader is None:
            return tuple(range(len(self.sizes)))
        return tuple(range(leader, leader + self.sizes[leader]))

    def _first_layers(self, leader: int | None) -> Fitted | None:
        """Return the top of a branch with as many layers as fit on a page, or None."""
        found = None
        part = PagePart(()) if leader is None else PagePart((leader,), frozenset((leader,)))
        while part.folded or (leader is None and not part.numbers):
            layer: Iterable[int | None] = part.folded or (None,)
            deeper = self._with_families(part, layer)
            fitted = None if deeper is None else self.fitting.fit(deeper)
            if fitted is None or deeper is None:
                break
            part, found = deeper, fitted
        twigs = {one for one in part.folded if self.sizes[one] <= _TWIGS}
        if found is not None and twigs:
            with_twigs = self._with_twigs(part, twigs)
            found = self.fitting.fit(with_twigs) or found
        return found

    def _with_families(self, part: PagePart, opened: Iterable[int | None]) -> PagePart | None:
        """Return a part with one more layer, or None if that is too much for a page."""
        room = self.fitting.most_cards - len(part.numbers)
        new: list[int] = []
        for one in opened:
            new += self.children[one]
            if len(new) > room:
                return None
        folded = frozenset(one for one in new if one in self.children)
        return PagePart(tuple(sorted((*part.numbers, *new))), folded)

    def _with_twigs(self, part: PagePart, twigs: set[int]) -> PagePart:
        new = {one for twig in twigs for one in self._branch(twig)}
        return PagePart(tuple(sorted(new.union(part.numbers))), part.folded - twigs)

    def _spread(self, task: _Task) -> None:
        """Split a family over pages; small branches stay whole, larger ones are folded."""
        members = [
            self._branch(one)
            if self.sizes[one] <= _SMALL_BRANCH and self._whole_fits(one)
            else (one,)
            for one in self.children[task.leader]
        ]
        sheets = [
            _DraftPage(fitted, task.leader, task.up)
            for fitted in self._chunks(task.leader, members)
        ]
        first = len(self.sheets)
        self._add(sheets, {} if task.leader is None else {task.leader: 0})
        self._queue(range(first, first + len(sheets)))

    def _share(self, task: _Task) -> None:
        """Put small branches of one leader on shared pages, as many as fit on each."""
        members = [self._branch(one) for one in task.branches]
        sheets: list[_DraftPage] = []
        shown: dict[int, int] = {}
        for fitted in self._chunks(task.leader, members):
            here = set(fitted.part.numbers)
            tops = [one for one in task.branches if one in here]
            leader = task.leader
            if len(tops) == 1:
                # A branch alone on its page needs no leader above it.
                leader = tops[0]
                fitted = self.fitting.fit(PagePart(self._branch(leader))) or fitted  # noqa: PLW2901
            shown |= dict.fromkeys(tops, len(sheets))
            sheets.append(_DraftPage(fitted, leader, task.up))
        self._add(sheets, shown)

    def _chunks(self, leader: int | None, members: Sequence[tuple[int, ...]]) -> list[Fitted]:
        """Divide the members of a family into the fewest pages, of about equal size."""
        found = self._filled(leader, members, len(self.sizes))
        if not found[1:]:
            return found
        share = -(-sum(map(len, members)) // len(found))
        even = self._filled(leader, members, share)
        return even if len(even) == len(found) else found

    def _filled(
        self, leader: int | None, members: Sequence[tuple[int, ...]], share: int
    ) -> list[Fitted]:
        """Fill pages in order, each with at most about a given number of cards."""
        found: list[Fitted] = []
        start = 0
        guess = 1
        while start < len(members):
            most = start + 1
            cards = len(members[start])
            while most < len(members) and cards + len(members[most]) / 2 <= share:
                cards += len(members[most])
                most += 1
            fitted, taken = self._longest(leader, members, start, most, guess)
            found.append(fitted)
            start, guess = start + taken, taken
        return found

    def _longest(
        self,
        leader: int | None,
        members: Sequence[tuple[int, ...]],
        start: int,
        most: int,
        guess: int,
    ) -> tuple[Fitted, int]:
        """Return the longest run of members from `start`, up to `most`, that fits on a page."""

        def fit(taken: int) -> Fitted | None:
            return self.fitting.fit(self._run(leader, members[start : start + taken]))

        return longest(fit, most - start, guess) or (self._alone(leader, members[start]), 1)

    def _run(self, leader: int | None, members: Sequence[tuple[int, ...]]) -> PagePart:
        numbers = [one for member in members for one in member]
        folded = [
            member[0] for member in members if len(member) == 1 and member[0] in self.children
        ]
        over = () if leader is None else (leader,)
        return PagePart((*over, *numbers), frozenset(folded))

    def _alone(self, leader: int | None, member: tuple[int, ...]) -> Fitted:
        """Return a folded member; raise ValueError if even that does not fit."""
        fitted = self.fitting.fit(self._run(leader, [member[:1]]))
        if fitted is None:
            msg = f"a card and its leader's do not fit into {self.fitting.room}"
            raise ValueError(msg)
        return fitted

    # Links between pages----------------------------------------------------------------------

    def _add(self, sheets: Sequence[_DraftPage], unfolded: dict[int, int]) -> None:
        """Add pages, and link the cards that they unfold to them."""
        first = len(self.sheets)
        self.sheets += sheets
        for card, place in unfolded.items():
            up = sheets[place].up
            if up is not None:
                self.sheets[up].links[self.fitting.cards[card].card.id] = first + place

    def _queue(self, numbers: Sequence[int]) -> None:
        """Queue the cards folded on some pages for unfolding, in reading order."""
        tasks: list[_Task] = []
        for number in numbers:
            tasks += self._tasks(number)
        self.waiting += reversed(tasks)

    def _tasks(self, number: int) -> list[_Task]:
        part = self.sheets[number].fitted.part
        tasks: list[_Task] = []
        run: list[int] = []
        for one in [*sorted(part.folded), None]:
            is_small = one is not None and self.sizes[one] <= _SHARING_BRANCH
            if run and not (is_small and self._parent(one) == self._parent(run[0])):
                single = len(run) == 1
                tasks.append(
                    _Task(run[0], (), number)
                    if single
                    else _Task(self._parent(run[0]), tuple(run), number)
                )
                run = []
            if one is None:
                break
            if is_small and self._whole_fits(one):
                run.append(one)
            else:
                tasks.append(_Task(one, (), number))
        return tasks

    def _whole_fits(self, number: int) -> bool:
        """Tell whether a branch fits on a page under its leader."""
        leader = self._parent(number)
        over = () if leader is None else (leader,)
        return self.fitting.fit(PagePart((*over, *self._branch(number)))) is not None

    def _parent(self, number: int | None) -> int | None:
        return None if number is None else self.fitting.parents[number]

    # Building the pages ---------------------------------------------------------------------

    def _page(self, sheet: _DraftPage) -> Page:
        fitted = sheet.fitted
        shown = self._shown(fitted)
        hidden = self.exhibit.chart.hidden + len(self.sizes) - len(shown)
        chart = compose(
            shown,
            fitted.layout,
            self.exhibit.hierarchy,
            Selection(tuple(one.shown for one in shown), hidden),
            self.exhibit.drawing,
        )
        return Page(self._title(sheet), chart, fitted.scale, sheet.links, sheet.up)

    def _shown(self, fitted: Fitted) -> list[ShownCard]:
        fitting, part = self.fitting, fitted.part
        lines = fitting.most_lines[fitting.styles.index(fitted.style)]
        layers: dict[int, int] = {}
        found: list[ShownCard] = []
        for number in part.numbers:
            one, parent = fitting.cards[number], fitting.parents[number]
            is_top = parent is None or parent not in layers
            layers[number] = 0 if parent is None or is_top else layers[parent] + 1
            shown = replace(
                one.shown,
                parent_id=None if is_top else one.shown.parent_id,
                layer=layers[number],
            )
            if number in part.folded:
                shown = replace(shown, is_open=False, folded=shown.below)
            badge = f"+{shown.folded}" if fitting.has_badge(number, part) else ""
            card = fitting.measured[number].set(fitted.style, fitted.width, badge, lines)
            found.append(replace(one, card=card, shown=shown))
        return found

    def _title(self, sheet: _DraftPage) -> str:
        title = self.exhibit.title
        leader = sheet.leader
        if leader is not None and sheet.up is not None:
            card = self.fitting.cards[leader].card
            unit = "" if self.exhibit.view.units else card.full_unit
            title = f"{title} – {', '.join(filter(None, (card.full_title, unit)))}"
        return title + sheet.number
