"""The guided walk for a new leader: place, leader, team, groups and first year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from orgmodel.analysis.questions.chains import groups_of, peers
from orgmodel.analysis.spans.facets import Property
from orgmodel.analysis.spans.figures import Origin
from orgmodel.drawing.selection import Opening, branch, chains, matches, neighbourhood
from orgmodel.errors import UnknownIdError
from orgmodel.model.organisation import nearest_names
from orgmodel.model.profiles import MilestoneKind
from orgmodel.model.statuses import Status
from orgmodel.model.wording import headline_words
from webui.asking.edge import current_viewer, requested_organisation
from webui.pages.post.onboarding import has_begun
from webui.pages.post.page import post_context, steps_to_top
from webui.pages.search.page import chooser
from webui.pages.walk.dates import dates_file
from webui.parts.building import phrase, post_link, seats_of
from webui.parts.context import Section
from webui.parts.navigation import organisation_link
from webui.parts.picture import picture
from webui.server.downloads import CALENDAR, file_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from flask import Response

    from orgmodel.drawing.selection import Selection
    from webui.asking.viewer import Viewer
    from webui.pages.post.context import PostContext
    from webui.pages.search.page import Chooser
    from webui.parts.context import OrganisationLink, PostLink
    from webui.parts.picture import Picture
    from webui.store.loaded import Loaded

    Made = tuple[list[str], Picture | None]
    Maker = Callable[[Viewer, Loaded, PostContext], Made]

bp = Blueprint("walks", __name__, url_prefix="/<organisation_id>/new")


@bp.get("")
def start(organisation_id: str) -> str:
    """Show the form that asks for the post."""
    return render_template(
        "pages/walk/start.html",
        page=walk_start(current_viewer(), requested_organisation(organisation_id)),
    )


@bp.get("/<position_id>/<step>")
def step(organisation_id: str, position_id: str, step: str) -> str:
    """Show a step, or all of them."""
    context = walk_context(
        current_viewer(), requested_organisation(organisation_id), position_id, step
    )
    return render_template("pages/walk/page.html", page=context)


@bp.get("/<position_id>/dates.ics")
def dates(organisation_id: str, position_id: str) -> Response:
    """Return the dates of the first year as a file for a calendar."""
    loaded = requested_organisation(organisation_id)
    content = dates_file(current_viewer(), loaded, position_id)
    return file_answer(content, CALENDAR, f"{organisation_id}-{position_id}.ics")


@dataclass(frozen=True, slots=True)
class WalkStep:
    """A step of the walk.

    Attributes
    ----------
    key
        The subject of the step: place, leader, team, groups or year.
    words
        The text of the step, in sentences.
    """

    number: int
    key: str
    title: str
    words: tuple[str, ...]
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class WalkContext:
    """A step of the walk, or all of them on one page for printing."""

    organisation: OrganisationLink
    post: PostContext
    here: PostLink
    steps: tuple[Section, ...]
    shown: tuple[WalkStep, ...]
    progress: str
    before_href: str
    next_href: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class WalkStart:
    """The page on which a new leader chooses the post."""

    organisation: OrganisationLink
    chooser: Chooser
    open_posts: tuple[tuple[PostLink, str], ...]


WHOLE = "all"
_MOST_OPEN_POSTS = 12


def walk_start(viewer: Viewer, loaded: Loaded) -> WalkStart:
    """Return the page on which a new leader chooses the post; advertised ones are offered."""
    organisation = loaded.organisation
    advertised = loaded.facets.fitting({Property.STATUS: {Status.VACANT.value}})
    return WalkStart(
        organisation=organisation_link(viewer, organisation, "new"),
        chooser=chooser(
            viewer,
            loaded,
            "q",
            viewer._("Your post"),
            lambda one: viewer.url_for("walks.step", position_id=one, step="1"),
        ),
        open_posts=tuple(
            (
                post_link(viewer, loaded, one),
                viewer.url_for("walks.step", position_id=one, step="1"),
            )
            for one in list(advertised)[:_MOST_OPEN_POSTS]
        ),
    )


def walk_context(viewer: Viewer, loaded: Loaded, position_id: str, step: str) -> WalkContext:
    """Return one step of the walk, or with "all" the page to print or to save.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post, or the walk no such step.
    """
    organisation = loaded.organisation
    post = post_context(viewer, loaded, position_id)
    makers = _makers(viewer)
    numbers = [str(number) for number in range(1, len(makers) + 1)]
    if step not in {*numbers, WHOLE}:
        raise UnknownIdError(step, kind="step", nearest=nearest_names(step, [*numbers, WHOLE]))
    # The page to keep begins with what is to be done.
    wanted = [*numbers[-1:], *numbers[:-1]] if step == WHOLE else [step]
    shown = tuple(
        _made(viewer, loaded, post, int(number), makers[int(number) - 1]) for number in wanted
    )
    if step == WHOLE:
        # The first picture has the leader, the peers and the team; the others would repeat it.
        shown = tuple(one if one.key == "place" else replace(one, picture=None) for one in shown)
    links = [
        Section(
            title,
            viewer.url_for("walks.step", position_id=position_id, step=number),
            number == step,
        )
        for number, (_key, title, _make) in zip(numbers, makers, strict=True)
    ]
    links.append(
        Section(
            viewer._("Save or print"),
            viewer.url_for("walks.step", position_id=position_id, step=WHOLE),
            step == WHOLE,
        )
    )
    at = next(i for i, link in enumerate(links) if link.is_current)
    return WalkContext(
        organisation=organisation_link(viewer, organisation, "new"),
        post=post,
        here=post_link(viewer, loaded, position_id),
        steps=tuple(links),
        shown=shown,
        progress=viewer._("Step {n} of {all}", n=at + 1, all=len(makers)) if step != WHOLE else "",
        before_href=links[at - 1].href if at else viewer.url_for("walks.start"),
        next_href=links[at + 1].href if at + 1 < len(links) else "",
        is_whole=step == WHOLE,
    )


def _makers(viewer: Viewer) -> list[tuple[str, str, Maker]]:
    """Return the steps: key, title and the function that builds each."""
    return [
        ("place", viewer._("Where you sit"), _place),
        ("leader", viewer._("Your leader and the chain"), _leader),
        ("team", viewer._("Your team"), _team),
        ("groups", viewer._("Your groups"), _groups),
        ("year", viewer._("Your first year"), _year),
    ]


def _made(
    viewer: Viewer, loaded: Loaded, post: PostContext, number: int, step: tuple[str, str, Maker]
) -> WalkStep:
    key, title, make = step
    words, drawn = make(viewer, loaded, post)
    return WalkStep(number, key, title, tuple(words), drawn)


def _place(viewer: Viewer, loaded: Loaded, post: PostContext) -> Made:
    organisation = loaded.organisation
    words = [_place_words(viewer, loaded, post)]
    if len(post.chain) > 1:
        beside = seats_of(organisation, peers(organisation, post.id))
        words.append(
            viewer._(
                "You report to {leader} and have {peers}.",
                leader=_named(post.chain[1].post, inline=True),
                peers=viewer.ngettext("{n} peer", "{n} peers", beside),
            )
        )
    return words, _picture(viewer, loaded, neighbourhood(loaded.posts, post.id, 1), post.id)


def _place_words(viewer: Viewer, loaded: Loaded, post: PostContext) -> str:
    organisation = loaded.organisation
    title, unit = _in_sentence(post.title.text), post.unit.text
    position = organisation.positions[post.id]
    danish_unit = organisation.units[position.unit_id].name.text("da")
    # A title such as "Leder af plejehjemsområdet" already names the unit.
    is_said = danish_unit.casefold() in position.title.text("da").casefold()
    said = title if is_said else viewer._("{title} in {unit}", title=title, unit=unit)
    here = {
        "layer": viewer.number(1 + steps_to_top(post.chain)),
        "organisation": phrase(viewer, organisation.name).text,
    }
    if post.id not in organisation.leader_ids:
        return viewer._(
            "You are {post}, in layer {layer} from the top of {organisation}.", post=said, **here
        )
    return viewer._(
        "You are {post}, in leadership layer {layer} of {organisation}.", post=said, **here
    )


def _leader(viewer: Viewer, loaded: Loaded, post: PostContext) -> Made:
    steps = steps_to_top(post.chain)
    drawn = _picture(viewer, loaded, chains(loaded.posts, [post.id]), post.id)
    if not steps:
        return [viewer._("Your post is at the top. No known post is above it.")], drawn
    words = [
        viewer._(
            "Your leader, {top}, is at the top.", top=_named(post.chain[-1].post, inline=True)
        )
        if steps == 1
        else viewer.ngettext(
            "From you to the top it is {n} step; at the top: {top}.",
            "From you to the top it is {n} steps; at the top: {top}.",
            steps,
            top=_named(post.chain[-1].post),
        )
    ]
    unsure = sum(1 for step in post.chain if step.line and step.line.origin == "inferred")
    if unsure:
        words.append(
            viewer.ngettext(
                "{n} of the lines is derived.",
                "{n} of the lines are derived.",
                unsure,
            )
        )
    return words, drawn


def _team(viewer: Viewer, loaded: Loaded, post: PostContext) -> Made:
    if not post.reports and not post.figures:
        return [viewer._("No known post reports to yours.")], None
    words = list(_led_words(viewer, loaded, post.id))
    if post.vacancies:
        count = viewer.ngettext("{n} post", "{n} posts", loaded.open_below[post.id])
        words.append(viewer._("Advertised, acting or planned below you: {posts}.", posts=count))
    return words, _picture(
        viewer, loaded, branch(loaded.posts, post.id), post.id
    ) if post.reports else None


def _led_words(viewer: Viewer, loaded: Loaded, position_id: str) -> Iterator[str]:
    """Yield the number of direct reports and the number of all below, in words."""
    span, reach = loaded.figures.span(position_id), loaded.figures.reach(position_id)
    if span is not None and span.interval.low == 0 and not span.interval.is_exact:
        yield viewer._("How many you lead directly is not stated.")
    elif span is not None:
        # The total alone ("at least 7"), without the parts of the span.
        number = headline_words(span.interval).text(viewer.language)
        yield viewer.ngettext(
            "You lead {number} person directly.",
            "You lead {number} people directly.",
            int(span.interval.low),
            number=number,
        )
    if reach is not None and reach.origin is not Origin.UNKNOWN:
        yield viewer._("In all, {number} are below you.", number=reach.words.text(viewer.language))


def _groups(viewer: Viewer, loaded: Loaded, post: PostContext) -> Made:
    if not post.groups:
        return [viewer._("The sources name no group that the post sits in.")], None
    organisation = loaded.organisation
    fellows = {
        member.position_id: None
        for group, _seat in groups_of(organisation, post.id)
        for member in group.members
        if member.position_id in organisation.positions
    }
    words = [viewer.ngettext("You sit in {n} group.", "You sit in {n} groups.", len(post.groups))]
    selection = matches(loaded.posts, fellows, Opening(), [post.id])
    return words, _picture(viewer, loaded, selection, post.id, lit=fellows)


def _year(viewer: Viewer, loaded: Loaded, post: PostContext) -> Made:
    profile = loaded.organisation.profiles.get(post.id)
    if profile is None:
        return [viewer._("The sources do not describe this post any further.")], None
    start = profile.milestone(MilestoneKind.START)
    if start is None:
        return [], None
    day = start.date.text(viewer.language)
    if start.date.day is None:
        return [viewer._("Your start: {month}.", month=day)], None
    if has_begun(viewer, start):
        return [viewer._("You began on {day}.", day=day)], None
    return [viewer._("You begin on {day}.", day=day)], None


def _picture(
    viewer: Viewer,
    loaded: Loaded,
    selection: Selection,
    selected: str,
    lit: Collection[str] | None = None,
) -> Picture:
    def href(position_id: str) -> str:
        return viewer.url_for("posts.page", position_id=position_id)

    return picture(viewer, loaded, selection, href, selected=selected, lit=lit)


def _named(link: PostLink, *, inline: bool = False) -> str:
    """Return a post with its holder; `inline` within a sentence: centerchef Dorte Dahl."""
    title = _in_sentence(link.title.text) if inline else link.title.text
    if inline:
        status = f"({link.status_words.lower()})" if link.status_words else ""
        return " ".join(filter(None, (title, link.holder or status)))
    return ", ".join(filter(None, (title, link.holder, link.status_words)))


def _in_sentence(title: str) -> str:
    """Return a title without its capital letter, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
