"""The panel beside a chart: a summary of a post or a unit, with short lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.analysis.questions.chains import direct_reports, groups_of, peers
from orgmodel.analysis.questions.onboarding import deputies
from orgmodel.drawing.card_texts import status_chip
from orgmodel.model.statuses import Status
from webui.pages.post.page import (
    chain_steps,
    figures_of,
    note_on_status,
    post_views,
    spans_href,
    trace_of_holder,
    words_of_reports,
)
from webui.parts.age import age_words
from webui.parts.building import (
    MOST_LISTED,
    group_href,
    known_members,
    more_words,
    phrase,
    post_link,
    role_words,
    seats_of,
    size_of,
)
from webui.parts.context import Section
from webui.parts.report import report_href

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.model.entities import Group
    from orgmodel.model.organisation import Organisation
    from webui.asking.viewer import Viewer
    from webui.pages.post.context import ChainStep, FigureContext
    from webui.parts.context import Phrase, PostLink, Trace
    from webui.store.loaded import Loaded

# A chain of a post and its superior says no more than whom the post reports to.
_SHORT_CHAIN = 2


@dataclass(frozen=True, slots=True)
class PanelItem:
    """An entry in a list of the panel.

    Attributes
    ----------
    is_here
        Whether it is an entry of the same chart, so that the link selects it there.
    note
        A note on the entry, such as its role in a group.
    line
        The provenance of the line from the previous entry to this one; of a superior, to it.
    """

    link: PostLink
    is_here: bool
    note: str = ""
    line: Trace | None = None


@dataclass(frozen=True, slots=True)
class PanelList:
    """A list of the panel; `more` says how many entries it omits, `is_first` that it comes early."""

    heading: str
    count: str
    items: tuple[PanelItem, ...]
    is_ordered: bool = False
    more: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class PanelTile:
    """A figure that is shown large, with what it counts and where it comes from."""

    value: str
    about: str
    trace: Trace


@dataclass(frozen=True, slots=True)
class PanelGroup:
    """A group that the post sits in: its number of members, and a line about it."""

    name: str
    href: str
    size: str
    about: str


@dataclass(frozen=True, slots=True)
class PanelContext:
    """The panel of a post or a unit.

    Attributes
    ----------
    buttons, actions
        The views of the entry that most readers want next, and the others.
    age
        How old the data about an advertised post are, if they are old.
    report_href
        The link that reports an error in it; empty if there is no address for that.
    superior
        Whom the post reports to, with the provenance of the line.
    """

    id: str
    href: str
    open_words: str
    buttons: tuple[Section, ...]
    title: Phrase
    where: Phrase
    holder: str
    holder_trace: Trace | None
    status: str
    chip: str
    note: str
    age: str
    report_href: str
    actions: tuple[Section, ...]
    superior: PanelItem | None
    tiles: tuple[PanelTile, ...]
    figures: tuple[FigureContext, ...]
    lists: tuple[PanelList, ...]
    groups: tuple[PanelGroup, ...]


def post_panel(viewer: Viewer, loaded: Loaded, position_id: str) -> PanelContext:
    """Return the panel of a post.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post.
    """
    organisation = loaded.organisation
    position = organisation.position(position_id)
    status = organisation.status(position_id)
    beside, below = peers(organisation, position_id), direct_reports(organisation, position_id)
    chain = chain_steps(viewer, loaded, position_id)
    lists = [
        _posts(
            viewer,
            loaded,
            viewer._("Direct reports"),
            words_of_reports(viewer, organisation, position_id),
            below,
            is_first=True,
        ),
        _posts(viewer, loaded, viewer._("Deputies"), "", deputies(organisation, position_id)),
        PanelList(
            viewer._("Chain to the top"),
            "",
            tuple(_step(step) for step in chain) if len(chain) > _SHORT_CHAIN else (),
            is_ordered=True,
        ),
        _posts(
            viewer,
            loaded,
            viewer._("Peers"),
            viewer.number(seats_of(organisation, beside)),
            beside,
        ),
    ]
    figures = tuple(figures_of(viewer, loaded, position_id))
    tiles = tuple(_tiles(viewer, loaded, position_id, figures))
    return PanelContext(
        id=position_id,
        href=viewer.url_for("posts.page", position_id=position_id),
        open_words=viewer._("Open the post"),
        buttons=_buttons(viewer, position_id),
        title=phrase(viewer, position.title),
        where=phrase(viewer, organisation.units[position.unit_id].name),
        holder=organisation.holder_names(position_id),
        holder_trace=trace_of_holder(viewer, loaded, position_id),
        status=status.value,
        chip=_chip(viewer, loaded, position_id),
        note=note_on_status(viewer, organisation, position_id),
        age=age_words(viewer, organisation.as_of) if status is Status.VACANT else "",
        report_href=_report_href(viewer, organisation, position_id),
        actions=_actions(viewer, loaded, position_id),
        superior=_step(chain[1]) if len(chain) > 1 else None,
        tiles=tiles,
        figures=figures[len(tiles) :],
        lists=tuple(one for one in lists if one.items),
        groups=_groups(viewer, loaded, position_id),
    )


def _step(step: ChainStep) -> PanelItem:
    note = step.left_out_words or step.inherited
    return PanelItem(step.post, is_here=True, note=note, line=step.line)


def _report_href(viewer: Viewer, organisation: Organisation, position_id: str) -> str:
    position = organisation.positions[position_id]
    unit = organisation.units[position.unit_id]
    names = (one.text(viewer.language) for one in (position.title, unit.name))
    page = viewer.whole_url_for(
        "posts.page", organisation_id=organisation.id, position_id=position_id
    )
    return report_href(viewer, ", ".join(names), page)


def _chip(viewer: Viewer, loaded: Loaded, position_id: str) -> str:
    """Return the status of a post in words, with what is known in place of a holder."""
    chip = status_chip(loaded.organisation, position_id)
    if chip is None:
        return ""
    card = loaded.cards(viewer.language).card(position_id)
    is_held = bool(loaded.organisation.holder_names(position_id))
    is_told = card.status.facts.leads_card and card.full_name and not is_held
    return f"{card.chip} {card.full_name}" if is_told else card.chip


def _tiles(
    viewer: Viewer, loaded: Loaded, position_id: str, figures: Sequence[FigureContext]
) -> Iterator[PanelTile]:
    """Yield the span and the reach of a leader, which are the first of the figures."""
    kinds = (
        (loaded.figures.span(position_id), viewer._("Span of control")),
        (loaded.figures.reach(position_id), viewer._("in all below the post")),
    )
    known = [about for figure, about in kinds if figure is not None]
    for about, figure in zip(known, figures, strict=False):
        value, *rest = figure.words.split("; ")
        between = "" if figure.between.strip("()") == value else figure.between
        yield PanelTile(value, " · ".join(filter(None, (about, *rest, between))), figure.trace)


def _buttons(viewer: Viewer, position_id: str) -> tuple[Section, ...]:
    views = (
        (viewer._("Chain"), viewer.url_for("chains.page", position_id=position_id)),
        (viewer._("Network"), viewer.url_for("networks.page", of=f"post:{position_id}")),
        (
            viewer._("I am new here"),
            viewer.url_for("walks.step", position_id=position_id, step="1"),
        ),
    )
    return tuple(Section(name, href, is_current=False) for name, href in views)


def _actions(viewer: Viewer, loaded: Loaded, position_id: str) -> tuple[Section, ...]:
    shown = {one.href for one in _buttons(viewer, position_id)}
    found = tuple(one for one in post_views(viewer, position_id) if one.href not in shown)
    href = spans_href(viewer, loaded, position_id)
    return (
        (*found, Section(viewer._("Span of control"), href, is_current=False)) if href else found
    )


def _posts(
    viewer: Viewer,
    loaded: Loaded,
    heading: str,
    count: str,
    position_ids: Sequence[str],
    *,
    is_first: bool = False,
) -> PanelList:
    items = [
        PanelItem(post_link(viewer, loaded, one), is_here=True)
        for one in position_ids[:MOST_LISTED]
    ]
    more = more_words(viewer, len(position_ids))
    return PanelList(heading, count, tuple(items), more=more, is_first=is_first)


def _groups(viewer: Viewer, loaded: Loaded, position_id: str) -> tuple[PanelGroup, ...]:
    """Return the groups that a post sits in."""
    organisation = loaded.organisation
    return tuple(
        group_of_panel(viewer, loaded, group, role_words(viewer, membership.role))
        for group, membership in groups_of(organisation, position_id)[:MOST_LISTED]
    )


def group_of_panel(viewer: Viewer, loaded: Loaded, group: Group, role: str = "") -> PanelGroup:
    """Return a group for a panel, with its size and the role that the post has in it."""
    organisation = loaded.organisation
    seats = seats_of(organisation, [one.position_id for one in known_members(organisation, group)])
    return PanelGroup(
        name=group.name.text(viewer.language),
        href=group_href(viewer, group.id),
        size=viewer.number(seats) if seats else "",
        about=" · ".join(filter(None, (role, size_of(viewer, organisation, group)))),
    )
