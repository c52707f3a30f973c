"""The views of one or two posts: focus, chain, and the chain between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from orgmodel.analysis.questions.chains import (
    chain_between,
    chain_to_top,
    closest_common_leader,
    direct_reports,
    peers,
)
from orgmodel.drawing.selection import chains, neighbourhood
from webui.asking.edge import current_viewer, own_id, requested_organisation
from webui.pages.post.page import chain_steps, post_views, steps_to_top, words_of_reports
from webui.pages.search.page import chooser
from webui.parts.building import (
    MOST_LISTED,
    between_words,
    more_words,
    post_link,
    without_middle,
)
from webui.parts.navigation import organisation_link
from webui.parts.picture import Picture, picture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from webui.asking.viewer import Viewer
    from webui.pages.post.context import ChainStep
    from webui.pages.search.page import Chooser
    from webui.parts.context import OrganisationLink, PostLink, Section
    from webui.store.loaded import Loaded

bp = Blueprint("chains", __name__, url_prefix="/<organisation_id>")


@bp.get("/chain/<position_id>")
def page(organisation_id: str, position_id: str) -> str:
    """Show the chain from a post to the top."""
    context = chain_context(current_viewer(), requested_organisation(organisation_id), position_id)
    return render_template("pages/chains/page.html", page=context)


@bp.get("/between")
def between(organisation_id: str) -> str:
    """Show the chain between two posts, or the form that asks for them."""
    viewer, loaded = current_viewer(), requested_organisation(organisation_id)
    first, second = (
        _asked_post(loaded, viewer.args.get(name, "")) for name in ("first", "second")
    )
    context = between_context(viewer, loaded, first, second)
    return render_template("pages/chains/between.html", page=context)


def _asked_post(loaded: Loaded, asked: str) -> str | None:
    """Return the id of the post that a parameter names; None if there is no such post."""
    position_id = own_id(loaded, asked, loaded.organisation.positions)
    return position_id if position_id in loaded.organisation.positions else None


@bp.get("/focus/<position_id>")
def focus(organisation_id: str, position_id: str) -> str:
    """Show the chain above a post, its peers, and the two layers below."""
    context = focus_context(current_viewer(), requested_organisation(organisation_id), position_id)
    return render_template("pages/chains/focus.html", page=context)


@dataclass(frozen=True, slots=True)
class Step:
    """A post that the view links to; `below` describes the posts under it."""

    post: PostLink
    href: str
    below: str = ""
    reports: tuple[Step, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class ShownChain:
    """The posts of a chain in its order; of a very long one the start and the end.

    Attributes
    ----------
    left_out
        How many posts are between the two, in words; empty if none.
    """

    start: tuple[Step, ...]
    left_out: str = ""
    end: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class FocusContext:
    """The view of one post: the chain above it, its peers, the two layers below it.

    Attributes
    ----------
    before, after
        The previous and the next post under the same leader.
    place
        Its position among its peers and their number, in words.
    """

    organisation: OrganisationLink
    here: Step
    views: tuple[Section, ...]
    chain: ShownChain
    peers: tuple[Step, ...]
    peers_more: str
    before: Step | None
    after: Step | None
    place: str
    reports: tuple[Step, ...]
    reports_words: str
    reports_more: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class ChainContext:
    """The chain from one post to the top."""

    organisation: OrganisationLink
    post: PostLink
    views: tuple[Section, ...]
    words: str
    chain: tuple[ChainStep, ...]
    picture: Picture


@dataclass(frozen=True, slots=True)
class BetweenContext:
    """Two posts, the chain between them and their closest common leader."""

    organisation: OrganisationLink
    first: PostLink | None
    second: PostLink | None
    choosers: tuple[Chooser, ...]
    swap_href: str
    words: tuple[str, ...]
    common: PostLink | None
    chain: ShownChain | None
    picture: Picture | None


_MOST_REPORTS_BELOW = 12


def focus_context(viewer: Viewer, loaded: Loaded, position_id: str) -> FocusContext:
    """Return the view of one post with its chain, peers and reports.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post.
    """
    organisation = loaded.organisation
    reports = direct_reports(organisation, position_id)
    chain = chain_to_top(organisation, position_id)
    beside = peers(organisation, position_id)
    family = organisation.reports[chain[1]] if len(chain) > 1 else (position_id,)
    at = family.index(position_id)
    before, after = family[:at][-1:], family[at + 1 :][:1]
    place = viewer._("{n} of {all}", n=viewer.number(at + 1), all=viewer.number(len(family)))
    drawn = picture(
        viewer,
        loaded,
        neighbourhood(loaded.posts, position_id),
        lambda one: viewer.url_for("chains.focus", position_id=one),
        selected=position_id,
    )
    return FocusContext(
        organisation=organisation_link(viewer, organisation, "chart"),
        here=_step(viewer, loaded, position_id),
        views=post_views(viewer, position_id),
        chain=_shown_chain(viewer, loaded, chain[:0:-1]),
        peers=tuple(_step(viewer, loaded, one) for one in beside[:MOST_LISTED]),
        peers_more=more_words(viewer, len(beside)),
        before=_step(viewer, loaded, before[0]) if before else None,
        after=_step(viewer, loaded, after[0]) if after else None,
        place=place if len(family) > 1 else "",
        reports=tuple(_step_with_reports(viewer, loaded, one) for one in reports[:MOST_LISTED]),
        reports_words=words_of_reports(viewer, organisation, position_id),
        reports_more=more_words(viewer, len(reports)),
        picture=drawn,
    )


def _shown_chain(viewer: Viewer, loaded: Loaded, position_ids: Sequence[str]) -> ShownChain:
    start, left_out, end = without_middle(len(position_ids))
    return ShownChain(
        tuple(_step(viewer, loaded, position_ids[at]) for at in start),
        between_words(viewer, left_out),
        tuple(_step(viewer, loaded, position_ids[at]) for at in end),
    )


def _step(viewer: Viewer, loaded: Loaded, position_id: str) -> Step:
    return Step(
        post_link(viewer, loaded, position_id),
        viewer.url_for("chains.focus", position_id=position_id),
    )


def _step_with_reports(viewer: Viewer, loaded: Loaded, position_id: str) -> Step:
    organisation = loaded.organisation
    reports = organisation.reports[position_id]
    return Step(
        post_link(viewer, loaded, position_id),
        viewer.url_for("chains.focus", position_id=position_id),
        words_of_reports(viewer, organisation, position_id) if reports else "",
        tuple(_step(viewer, loaded, one) for one in reports[:_MOST_REPORTS_BELOW]),
        more_words(viewer, len(reports), _MOST_REPORTS_BELOW),
    )


def chain_context(viewer: Viewer, loaded: Loaded, position_id: str) -> ChainContext:
    """Return the chain from a post to the top, siblings collapsed.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post.
    """
    organisation = loaded.organisation
    steps = chain_steps(viewer, loaded, position_id)
    drawn = picture(
        viewer,
        loaded,
        chains(loaded.posts, [position_id]),
        lambda one: viewer.url_for("chains.page", position_id=one),
        selected=position_id,
    )
    return ChainContext(
        organisation=organisation_link(viewer, organisation, "chart"),
        post=post_link(viewer, loaded, position_id),
        views=post_views(viewer, position_id),
        words=viewer.ngettext("{n} step to the top", "{n} steps to the top", steps_to_top(steps)),
        chain=steps,
        picture=drawn,
    )


def between_context(
    viewer: Viewer, loaded: Loaded, first: str | None, second: str | None
) -> BetweenContext:
    """Return the chain between two posts, or search fields for posts that are not chosen yet."""
    organisation = loaded.organisation
    common = closest_common_leader(organisation, first, second) if first and second else None
    return BetweenContext(
        organisation=organisation_link(viewer, organisation, "chart", "between"),
        first=post_link(viewer, loaded, first) if first else None,
        second=post_link(viewer, loaded, second) if second else None,
        swap_href=viewer.url_for("chains.between", first=second, second=first),
        choosers=(
            _slot(
                viewer,
                loaded,
                "first",
                viewer._("From"),
                lambda one: viewer.url_for("chains.between", first=one, second=second),
            ),
            _slot(
                viewer,
                loaded,
                "second",
                viewer._("To"),
                lambda one: viewer.url_for("chains.between", first=first, second=one),
            ),
        ),
        words=tuple(_between_words(viewer, loaded, first, second, common))
        if first and second
        else (),
        common=post_link(viewer, loaded, common) if common else None,
        chain=_shown_chain(viewer, loaded, chain_between(organisation, first, second))
        if first and second
        else None,
        picture=_between_picture(viewer, loaded, first, second, common)
        if first and second
        else None,
    )


def _between_picture(
    viewer: Viewer, loaded: Loaded, first: str, second: str, common: str | None
) -> Picture:
    return picture(
        viewer,
        loaded,
        chains(loaded.posts, [first, second], top=common),
        lambda one: viewer.url_for("posts.page", position_id=one),
        selected=common,
    )


def _between_words(
    viewer: Viewer, loaded: Loaded, first: str, second: str, common: str | None
) -> Sequence[str]:
    names = [_name(post_link(viewer, loaded, one)) for one in (first, second)]
    if first == second:
        return [viewer._("It is the same post.")]
    if common is None:
        words = viewer._(
            "{first} and {second} have no common leader: their chains end at different posts.",
            first=names[0],
            second=names[1],
        )
        return [words]
    chain = chain_between(loaded.organisation, first, second)
    up, down = chain.index(common), len(chain) - 1 - chain.index(common)
    if common in {first, second}:
        over, under = (names[0], names[1]) if common == first else (names[1], names[0])
        steps = viewer.ngettext("{n} step", "{n} steps", up + down)
        return [
            viewer._(
                "{over} is {steps} above {under} in the same chain.",
                over=over,
                steps=steps,
                under=under,
            )
        ]
    return [
        viewer._(
            "The closest common leader of {first} and {second} is {leader}.",
            first=names[0],
            second=names[1],
            leader=_name(post_link(viewer, loaded, common)),
        ),
        viewer._(
            "From the first, {up} up; to the second, {down} down.",
            up=viewer.ngettext("{n} step", "{n} steps", up),
            down=viewer.ngettext("{n} step", "{n} steps", down),
        ),
    ]


def _name(link: PostLink) -> str:
    return ", ".join(
        filter(None, (link.title.text, link.holder, link.status_words, link.unit.text))
    )


def _slot(
    viewer: Viewer, loaded: Loaded, name: str, label: str, target: Callable[[str], str]
) -> Chooser:
    """Return a search field for one of two posts; the other one is kept."""
    other = "second" if name == "first" else "first"
    kept = [(other, viewer.args[other])] if other in viewer.args else []
    return chooser(viewer, loaded, f"q-{name}", label, target, kept)
