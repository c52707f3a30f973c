"""The views of one or two posts: focus, chain, and the chain between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from orgmodel.analysis.questions.chains import (
    chain_between,
    chain_to_top,
    closest_common_leader,
    direct_reports,
    peers,
)
from orgmodel.drawing.selection import chains, neighbourhood
from webui.asking.languages import _, ngettext
from webui.asking.params import LONGEST_QUERY, asked_post
from webui.asking.urls import (
    PLACEHOLDER,
    between_url,
    chain_url,
    focus_url,
    post_url,
    search_data_url,
)
from webui.asking.viewing import visit_params
from webui.pages.chains.context import BetweenContext, ChainContext, Chooser, FocusContext, Step
from webui.pages.index.page import hit_words, search_hits
from webui.pages.post.page import chain_steps, post_views, words_of_reports
from webui.parts.building import (
    MOST_LISTED,
    more_words,
    organisation_link,
    post_link,
    post_links,
    say_number,
)
from webui.parts.picture import picture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from webui.pages.chains.context import Picture
    from webui.parts.context import PostLink
    from webui.store.loaded import Loaded

_MOST_REPORTS_BELOW = 12


def focus_context(loaded: Loaded, position_id: str) -> FocusContext:
    """Return the view of one post with those around it.

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
    place = _("{n} of {all}", n=say_number(at + 1), all=say_number(len(family)))
    drawn = picture(
        loaded,
        neighbourhood(loaded.posts, position_id),
        lambda one: focus_url(organisation.id, one),
        selected=position_id,
    )
    return FocusContext(
        organisation=organisation_link(organisation, "chart"),
        here=_step(loaded, position_id),
        views=post_views(organisation, position_id),
        chain=tuple(_step(loaded, one) for one in reversed(chain[1:])),
        peers=tuple(_step(loaded, one) for one in beside[:MOST_LISTED]),
        peers_more=more_words(len(beside)),
        before=_step(loaded, before[0]) if before else None,
        after=_step(loaded, after[0]) if after else None,
        place=place if len(family) > 1 else "",
        reports=tuple(_step_with_reports(loaded, one) for one in reports[:MOST_LISTED]),
        reports_words=words_of_reports(organisation, position_id),
        reports_more=more_words(len(reports)),
        picture=drawn,
    )


def _step(loaded: Loaded, position_id: str) -> Step:
    organisation_id = loaded.organisation.id
    return Step(post_link(loaded, position_id), focus_url(organisation_id, position_id))


def _step_with_reports(loaded: Loaded, position_id: str) -> Step:
    organisation = loaded.organisation
    reports = organisation.reports[position_id]
    return Step(
        post_link(loaded, position_id),
        focus_url(organisation.id, position_id),
        words_of_reports(organisation, position_id) if reports else "",
        tuple(_step(loaded, one) for one in reports[:_MOST_REPORTS_BELOW]),
        more_words(len(reports), _MOST_REPORTS_BELOW),
    )


def chain_context(loaded: Loaded, position_id: str) -> ChainContext:
    """Return the chain from a post to the top, siblings folded away.

    Raises
    ------
    UnknownIdError
        If the organisation has no such post.
    """
    organisation = loaded.organisation
    steps = chain_steps(loaded, position_id)
    drawn = picture(
        loaded,
        chains(loaded.posts, [position_id]),
        lambda one: chain_url(organisation.id, one),
        selected=position_id,
    )
    return ChainContext(
        organisation=organisation_link(organisation, "chart"),
        post=post_link(loaded, position_id),
        views=post_views(organisation, position_id),
        words=ngettext("{n} step to the top", "{n} steps to the top", len(steps) - 1),
        chain=steps,
        picture=drawn,
    )


def between_context(loaded: Loaded) -> BetweenContext:
    """Return the chain between the two posts that the address names, or a search for them."""
    organisation = loaded.organisation
    first, second = (asked_post(loaded, name) for name in ("first", "second"))
    common = closest_common_leader(organisation, first, second) if first and second else None
    return BetweenContext(
        organisation=organisation_link(organisation, "chart", "between"),
        first=post_link(loaded, first) if first else None,
        second=post_link(loaded, second) if second else None,
        swap_href=between_url(organisation.id, second, first),
        choosers=(
            _slot(
                loaded, "first", _("From"), lambda one: between_url(organisation.id, one, second)
            ),
            _slot(loaded, "second", _("To"), lambda one: between_url(organisation.id, first, one)),
        ),
        words=tuple(_between_words(loaded, first, second, common)) if first and second else (),
        common=post_link(loaded, common) if common else None,
        chain=post_links(loaded, chain_between(organisation, first, second))
        if first and second
        else (),
        picture=_between_picture(loaded, first, second, common) if first and second else None,
    )


def _between_picture(loaded: Loaded, first: str, second: str, common: str | None) -> Picture:
    return picture(
        loaded,
        chains(loaded.posts, [first, second], top=common),
        lambda one: post_url(loaded.organisation.id, one),
        selected=common,
    )


def _between_words(loaded: Loaded, first: str, second: str, common: str | None) -> Sequence[str]:
    names = [_name(post_link(loaded, one)) for one in (first, second)]
    if first == second:
        return [_("It is the same post.")]
    if common is None:
        words = _(
            "{first} and {second} have no common leader: their chains end at different posts.",
            first=names[0],
            second=names[1],
        )
        return [words]
    chain = chain_between(loaded.organisation, first, second)
    up, down = chain.index(common), len(chain) - 1 - chain.index(common)
    if common in {first, second}:
        over, under = (names[0], names[1]) if common == first else (names[1], names[0])
        steps = ngettext("{n} step", "{n} steps", up + down)
        return [
            _(
                "{over} is {steps} above {under} in the same chain.",
                over=over,
                steps=steps,
                under=under,
            )
        ]
    return [
        _(
            "The closest common leader of {first} and {second} is {leader}.",
            first=names[0],
            second=names[1],
            leader=_name(post_link(loaded, common)),
        ),
        _(
            "From the first, {up} up; to the second, {down} down.",
            up=ngettext("{n} step", "{n} steps", up),
            down=ngettext("{n} step", "{n} steps", down),
        ),
    ]


def _name(link: PostLink) -> str:
    return ", ".join(
        filter(None, (link.title.text, link.holder, link.status_words, link.unit.text))
    )


def _slot(loaded: Loaded, name: str, label: str, target: Callable[[str], str]) -> Chooser:
    """Return a search for one of two posts; the other stays as it is."""
    other = "second" if name == "first" else "first"
    kept = [(other, request.args[other])] if other in request.args else []
    return chooser(loaded, f"q-{name}", label, target, kept)


def chooser(
    loaded: Loaded,
    name: str,
    label: str,
    target: Callable[[str], str],
    kept: Sequence[tuple[str, str]] = (),
) -> Chooser:
    """Return a search for a post; `target` gives where a choice leads."""
    query = request.args.get(name, "")[:LONGEST_QUERY]
    hits, count = search_hits(loaded, query)
    return Chooser(
        label=label,
        name=name,
        query=query,
        kept=(*visit_params(), *kept),
        target=target(PLACEHOLDER),
        search=search_data_url(loaded.organisation.id),
        hits=tuple((hit, target(hit.post.id)) for hit in hits),
        count_words=hit_words(count) if query else "",
    )
