"""A chart on pages: whole where it fits, else an overview and its branches, each on its own page.

No text is set below a size, nothing is cut off, and every card of the chart is on some page:

- a chart that fits on one page is one page, with cards as roomy as they can be;
- else as many layers from the top as fit are the overview, and each branch below it is a page of its
  own, which may have an overview in turn; small branches that stand next to each other share one,
  under their leader;
- a family that is too wide for a page is spread over several, with its leader repeated.

Pages are laid out by the engine that lays out the screen. All is done in a loop over what is still to
be unfolded, so that no depth can break it, and only what may fit is laid out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from orgmodel.drawing.chart import ShownCard, compose
from orgmodel.drawing.families import GAP_Y, SIDE_BY_SIDE, Card
from orgmodel.drawing.layout import Connector, Layout, Place, lay_out
from orgmodel.drawing.page_cards import (
    SLIDE_STYLES,
    Measured,
    Style,
    most_lines,
    page_width,
)
from orgmodel.drawing.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgmodel.drawing.chart import Chart
    from orgmodel.drawing.exhibits import Exhibit

SMALLEST, LARGEST = 10, 18
# A branch of so many cards is shown whole where its leader's family is spread over pages.
_SMALL_BRANCH = 8
# Branches of at most so many cards share a page with their neighbours, if they fit.
_SHARING_BRANCH = 24
# A branch of so few cards below its top is unfolded on the overview already, if all such fit.
_TWIGS = 4
# Room for outlines and for the frame of what is selected, in pixels.
_EDGE = 6
_LEAST_WIDTH, _LEAST_HEIGHT = 300, 180


@dataclass(frozen=True, slots=True)
class Room:
    """The part of a page that a chart may fill, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a chart.

    Attributes
    ----------
    title
        The exhibit's title, and on pages below the first also whose branch it is.
    chart
        What is on it, laid out; its cards are `PageCard`s.
    scale
        Points per pixel of its layout.
    links
        The number of the page that unfolds a card, for those that are folded here.
    up
        The number of the page that it unfolds a card of; None for the first.
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
    styles: Sequence[Style] = SLIDE_STYLES,
) -> tuple[Page, ...]:
    """Return a chart on as many pages as it needs, in reading order.

    Parameters
    ----------
    smallest
        No text is smaller, in points.
    largest
        Small charts are scaled up until their titles are of this size, in points.
    styles
        How cards may be set, the roomiest first: the first one that fits is taken.

    Raises
    ------
    ValueError
        If the room is too small for a chart.
    """
    if room.width < _LEAST_WIDTH or room.height < _LEAST_HEIGHT:
        msg = f"a chart needs {_LEAST_WIDTH} × {_LEAST_HEIGHT} points, not {room}"
        raise ValueError(msg)
    return _Paging(exhibit, _Fitting(exhibit, room, smallest, largest, styles)).run()


@dataclass(frozen=True, slots=True)
class _Part:
    """Cards for a page, by their numbers, each after the one above it.

    Attributes
    ----------
    folded
        Those of them of whom nobody below is on the page.
    """

    numbers: tuple[int, ...]
    folded: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A part that fits on a page, laid out."""

    part: _Part
    style: Style
    width: float
    layout: Layout
    scale: float


class _Fitting:
    """Whether parts of a chart fit on a page, and with what cards."""

    def __init__(
        self,
        exhibit: Exhibit,
        room: Room,
        smallest: float,
        largest: float,
        styles: Sequence[Style],
    ) -> None:
        self.cards = [_whole(exhibit, one) for one in exhibit.chart.cards]
        numbers = {one.card.id: n for n, one in enumerate(self.cards)}
        self.parents = [
            None if one.shown.parent_id is None else numbers[one.shown.parent_id]
            for one in self.cards
        ]
        self.measured = [Measured(one.card) for one in self.cards]
        is_staff = exhibit.hierarchy.is_staff
        self.beside = [not one.shown.more and is_staff(one.shown.id) for one in self.cards]
        self.room = room
        self.styles = styles
        self.largest = largest
        self.scales = [smallest / style.smallest for style in styles]
        self.most_lines = [
            most_lines(style, room.height / scale - 2 * _EDGE, GAP_Y)
            for style, scale in zip(styles, self.scales, strict=True)
        ]

    @property
    def most_cards(self) -> int:
        """More cards than this do not fit on a page, whatever they say."""
        areas = (
            self.room.width * self.room.height / (style.width * 2 * style.text_size * scale**2)
            for style, scale in zip(self.styles, self.scales, strict=True)
        )
        return int(max(areas)) + 1

    def fit(self, part: _Part) -> _Fitted | None:
        """Return a part with the roomiest cards with which it fits; None where it does not."""
        if len(part.numbers) > self.most_cards:
            return None
        for n in range(len(self.styles)):
            found = self._fit_in(part, n)
            if found is not None:
                return found
        return None

    def _fit_in(self, part: _Part, n: int) -> _Fitted | None:
        style, least_scale = self.styles[n], self.scales[n]
        width = page_width(style, (self.measured[one] for one in part.numbers))
        heights = [
            self.measured[one].height(
                style, width, has_badge=self.has_badge(one, part), most_lines=self.most_lines[n]
            )
            for one in part.numbers
        ]
        most_width = self.room.width / least_scale - 2 * _EDGE
        most_height = self.room.height / least_scale - 2 * _EDGE
        if width * sum(heights) > most_width * most_height:
            return None
        for sized in (self._even(part, heights), heights):
            layout = self._lay_out(part, width, sized)
            if layout.width <= most_width and layout.height <= most_height:
                break
        else:
            return None
        scale = min(
            self.room.width / (layout.width + 2 * _EDGE),
            self.room.height / (layout.height + 2 * _EDGE),
            self.largest / style.title_size,
        )
        return _Fitted(part, style, width, layout, max(scale, least_scale))

    def _even(self, part: _Part, heights: Sequence[float]) -> list[float]:
        """Return heights that are alike in every layer, so that a page looks calm."""
        layers: dict[int, int] = {}
        tallest: dict[int, float] = {}
        for number, height in zip(part.numbers, heights, strict=True):
            layer = layers[number] = layers.get(self._over(number), -1) + 1
            tallest[layer] = max(tallest.get(layer, 0), height)
        return [tallest[layers[number]] for number in part.numbers]

    def has_badge(self, number: int, part: _Part) -> bool:
        """Tell whether a card says how many are below it that are not on its page."""
        return number in part.folded or self.cards[number].shown.folded > 0

    def _lay_out(self, part: _Part, width: float, heights: Sequence[float]) -> Layout:
        here = set(part.numbers)
        tops = [n for n in part.numbers if self.parents[n] not in here]
        # Many tops hang under a leader who is not there, as a wide family does.
        crown = [Card("", width, 0)] if len(tops) > SIDE_BY_SIDE else []
        over = "" if crown else None
        cards = [
            Card(
                self.cards[n].card.id,
                width,
                height,
                over if self.parents[n] not in here else self._parent_id(n),
                beside=self.beside[n] and self.parents[n] in here,
            )
            for n, height in zip(part.numbers, heights, strict=True)
        ]
        layout = lay_out([*crown, *cards])
        return _without_crown(layout) if crown else layout

    def _over(self, number: int) -> int:
        """Return the number of the card above one; -1 over a top."""
        parent = self.parents[number]
        return -1 if parent is None else parent

    def _parent_id(self, number: int) -> str | None:
        return self.cards[number].shown.parent_id


def _whole(exhibit: Exhibit, one: ShownCard) -> ShownCard:
    """Return a card with its figures also where the screen leaves them out for want of room."""
    if one.card.is_compact and not one.shown.more:
        return replace(one, card=exhibit.cards.card(one.card.id))
    return one


def _without_crown(layout: Layout) -> Layout:
    """Return a layout without the card over all others, and moved up to the top."""
    places = {key: place for key, place in layout.places.items() if key}
    up = min(place.y for place in places.values())
    left = min(place.left for place in places.values())
    return Layout(
        {
            key: Place(place.x - left, place.y - up, place.width, place.height)
            for key, place in places.items()
        },
        tuple(
            Connector(
                line.parent_id,
                line.child_id,
                tuple((x - left, y - up) for x, y in line.points),
            )
            for line in layout.connectors
            if line.parent_id
        ),
        max(place.right for place in places.values()) - left,
        max(place.bottom for place in places.values()) - up,
    )


@dataclass(slots=True)
class _Sheet:
    """A page in the making: its cards, what it is called, and where it leads."""

    fitted: _Fitted
    leader: int | None
    up: int | None
    number: str = ""
    links: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Task:
    """Something to unfold: a leader, None for all, or branches that share pages under a leader."""

    leader: int | None
    branches: tuple[int, ...] = ()
    up: int | None = None


class _Paging:
    """Goes through a chart and puts it on pages."""

    def __init__(self, exhibit: Exhibit, fitting: _Fitting) -> None:
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
        self.sheets: list[_Sheet] = []
        self.waiting: list[_Task] = []

    def run(self) -> tuple[Page, ...]:
        """Return the pages."""
        if not self.fitting.cards:
            return (self._page(_Sheet(self._empty(), None, None)),)
        self.waiting.append(_Task(None))
        while self.waiting:
            task = self.waiting.pop()
            if task.branches:
                self._share(task)
            else:
                self._unfold(task)
        self._number()
        return tuple(map(self._page, self.sheets))

    def _number(self) -> None:
        """Number the pages that share a leader, an overview and what it leads to among them."""
        by_leader: dict[int | None, list[_Sheet]] = {}
        for sheet in self.sheets:
            by_leader.setdefault(sheet.leader, []).append(sheet)
        for sheets in by_leader.values():
            for n, sheet in enumerate(sheets, 1):
                sheet.number = f" ({n}/{len(sheets)})" if len(sheets) > 1 else ""

    def _empty(self) -> _Fitted:
        return _Fitted(_Part(()), self.fitting.styles[0], 0, Layout({}, (), 0, 0), 1)

    # What goes on which page ------------------------------------------------------------------

    def _unfold(self, task: _Task) -> None:
        """Put a branch on a page, or as many of its layers as fit, or spread its family."""
        fitted = self._whole_branch(task.leader) or self._first_layers(task.leader)
        if fitted is None:
            self._spread(task)
            return
        sheet = _Sheet(fitted, task.leader, task.up)
        self._add([sheet], {} if task.leader is None else {task.leader: 0})
        self._queue([len(self.sheets) - 1])

    def _whole_branch(self, leader: int | None) -> _Fitted | None:
        size = len(self.sizes) if leader is None else self.sizes[leader]
        if size > self.fitting.most_cards:
            return None
        return self.fitting.fit(_Part(self._branch(leader)))

    def _branch(self, leader: int | None) -> tuple[int, ...]:
        # The numbers of a branch follow each other, because cards are in reading order.
        if leader is None:
            return tuple(range(len(self.sizes)))
        return tuple(range(leader, leader + self.sizes[leader]))

    def _first_layers(self, leader: int | None) -> _Fitted | None:
        """Return the top of a branch with as many layers as fit on a page; None if not one does."""
        found = None
        part = _Part(()) if leader is None else _Part((leader,), frozenset((leader,)))
        while part.folded or (leader is None and not part.numbers):
            layer = part.folded or {None}
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

    def _with_families(
        self, part: _Part, opened: set[int | None] | frozenset[int]
    ) -> _Part | None:
        """Return a part with one more layer; None where that is more than a page holds."""
        room = self.fitting.most_cards - len(part.numbers)
        new: list[int] = []
        for one in opened:
            new += self.children[one]
            if len(new) > room:
                return None
        folded = frozenset(one for one in new if one in self.children)
        return _Part(tuple(sorted((*part.numbers, *new))), folded)

    def _with_twigs(self, part: _Part, twigs: set[int]) -> _Part:
        new = {one for twig in twigs for one in self._branch(twig)}
        return _Part(tuple(sorted(new.union(part.numbers))), part.folded - twigs)

    def _spread(self, task: _Task) -> None:
        """Spread a family over pages; small branches stay whole, of others only the top is there."""
        members = [
            self._branch(one) if self.sizes[one] <= _SMALL_BRANCH else (one,)
            for one in self.children[task.leader]
        ]
        sheets = [
            _Sheet(fitted, task.leader, task.up) for fitted in self._chunks(task.leader, members)
        ]
        first = len(self.sheets)
        self._add(sheets, {} if task.leader is None else {task.leader: 0})
        self._queue(range(first, first + len(sheets)))

    def _share(self, task: _Task) -> None:
        """Put small branches of one leader on pages together, as many as fit on each."""
        members = [self._branch(one) for one in task.branches]
        sheets: list[_Sheet] = []
        shown: dict[int, int] = {}
        for fitted in self._chunks(task.leader, members):
            here = set(fitted.part.numbers)
            tops = [one for one in task.branches if one in here]
            leader = task.leader
            if len(tops) == 1:
                # A branch that shares with nobody needs nobody over it.
                leader = tops[0]
                fitted = self.fitting.fit(_Part(self._branch(leader))) or fitted  # noqa: PLW2901
            shown |= dict.fromkeys(tops, len(sheets))
            sheets.append(_Sheet(fitted, leader, task.up))
        self._add(sheets, shown)

    def _chunks(self, leader: int | None, members: Sequence[tuple[int, ...]]) -> list[_Fitted]:
        """Return the members of a family on as few pages as they need, about alike in size."""
        found = self._filled(leader, members, len(self.sizes))
        if len(found) < 2:
            return found
        share = -(-sum(map(len, members)) // len(found))
        even = self._filled(leader, members, share)
        return even if len(even) == len(found) else found

    def _filled(
        self, leader: int | None, members: Sequence[tuple[int, ...]], share: int
    ) -> list[_Fitted]:
        """Fill pages one after the other, each with at most about so many cards."""
        found: list[_Fitted] = []
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
    ) -> tuple[_Fitted, int]:
        """Return the longest run of members from `start` to at most `most` that fits on a page."""

        def fit(taken: int) -> _Fitted | None:
            return self.fitting.fit(self._run(leader, members[start : start + taken]))

        return _longest(fit, most - start, guess) or (self._alone(leader, members[start]), 1)

    def _run(self, leader: int | None, members: Sequence[tuple[int, ...]]) -> _Part:
        numbers = [one for member in members for one in member]
        folded = [
            member[0] for member in members if len(member) == 1 and member[0] in self.children
        ]
        over = () if leader is None else (leader,)
        return _Part((*over, *numbers), frozenset(folded))

    def _alone(self, leader: int | None, member: tuple[int, ...]) -> _Fitted:
        """Return a member folded up; what does not fit even so there is no room for."""
        fitted = self.fitting.fit(self._run(leader, [member[:1]]))
        if fitted is None:
            msg = f"a card and its leader's do not fit into {self.fitting.room}"
            raise ValueError(msg)
        return fitted

    # What leads where -------------------------------------------------------------------------

    def _add(self, sheets: Sequence[_Sheet], unfolded: dict[int, int]) -> None:
        """Add pages, and lead to each the cards that are unfolded on it."""
        first = len(self.sheets)
        self.sheets += sheets
        for card, place in unfolded.items():
            up = sheets[place].up
            if up is not None:
                self.sheets[up].links[self._id(card)] = first + place

    def _queue(self, numbers: Sequence[int]) -> None:
        """Note what is folded on some pages as still to be unfolded, in reading order."""
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
        return self.fitting.fit(_Part((*over, *self._branch(number)))) is not None

    def _parent(self, number: int | None) -> int | None:
        return None if number is None else self.fitting.parents[number]

    def _id(self, number: int) -> str:
        return self.fitting.cards[number].card.id

    # The pages themselves ---------------------------------------------------------------------

    def _page(self, sheet: _Sheet) -> Page:
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

    def _shown(self, fitted: _Fitted) -> list[ShownCard]:
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

    def _title(self, sheet: _Sheet) -> str:
        title = self.exhibit.title
        leader = sheet.leader
        if leader is not None and sheet.up is not None:
            card = self.fitting.cards[leader].card
            unit = "" if self.exhibit.view.units else card.full_unit
            title = f"{title} – {', '.join(filter(None, (card.full_title, unit)))}"
        return title + sheet.number


def _longest(
    fit: Callable[[int], _Fitted | None], most: int, guess: int
) -> tuple[_Fitted, int] | None:
    """Return the greatest number up to `most` for which something fits, beginning at a guess."""
    low, high, best = 0, most + 1, None
    step = min(max(1, guess), most)
    while low + 1 < high:
        found = fit(step)
        if found is not None:
            low, best = step, found
            step = min(low + 1 if high <= most else 2 * low, most, high - 1)
        else:
            high = step
        if high <= most or low == most:
            step = (low + high) // 2
    return None if best is None else (best, low)
