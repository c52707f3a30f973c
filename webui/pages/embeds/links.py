"""The pages on which links to embedded views are made, handed out and withdrawn, and refused."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from orgmodel.drawing.exhibits import view_title
from orgmodel.errors import UnknownIdError
from orgmodel.texts import format_day
from webui.asking.addresses import OFF, parse_day
from webui.asking.edge import repository
from webui.embedding.desk import MOST_GROWN, desk
from webui.embedding.kept import kept, view_again, written
from webui.embedding.links import Refusal, Theme
from webui.embedding.sites import ANY, SELF
from webui.embedding.wishes import DAYS, NEVER, USUAL
from webui.pages.embeds.context import (
    EmbedFormContext,
    MadeContext,
    RefusedContext,
    WithdrawContext,
)
from webui.pages.embeds.page import embed_url, frame_of, oembed_url, snippet
from webui.parts.context import Option
from webui.parts.navigation import organisation_link
from webui.server.security import may_change

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from webui.asking.viewer import Viewer
    from webui.embedding.desk import Made, Withdrawal
    from webui.embedding.kept import Args


def form_context(
    viewer: Viewer,
    organisation_id: str,
    args: Args,
    answers: Mapping[str, str],
    wrong: str = "",
    wrong_field: str = "",
) -> EmbedFormContext:
    """Return the page on which a link to the view of an address is made.

    Parameters
    ----------
    answers
        What was chosen in the form when it was sent before.
    wrong, wrong_field
        What cannot be done as it was asked for, and which answer is to be another.

    Raises
    ------
    UnknownIdError
        If there is no such organisation.
    """
    language = viewer.language
    names = viewer.may_name and args.get("names") != OFF
    loaded = repository().get(organisation_id, parse_day(args.get("date")), names=names)
    view = kept(loaded, args)
    title = view_title(loaded, view_again(loaded, view), language)
    if not names:
        view.add("names", OFF)
    today = _today()
    # What was chosen stands there again where something of it cannot be.
    named = answers.get("names", OFF if not names else "on") != OFF
    theme, chosen = answers.get("theme", Theme.AUTO.value), answers.get("language", language)
    expiry = answers.get("expires", USUAL)
    return EmbedFormContext(
        organisation=organisation_link(viewer, loaded.organisation, "chart"),
        title=title,
        closed=_closed_words(viewer),
        # The view stands in the address too: the page that asks again is also in another language.
        action=viewer.url_for(
            "embeds.page", organisation_id=loaded.organisation.id, **view.to_dict(flat=False)
        ),
        view=written(view),
        names=(
            Option("on", viewer._("shown"), named),
            Option(OFF, viewer._("left out"), not named),
        )
        if viewer.may_name
        else (),
        themes=tuple(
            Option(one.value, words, one.value == theme) for one, words in _themes(viewer).items()
        ),
        languages=(
            Option("da", "Dansk", chosen == "da", lang="da"),
            Option("en", "English", chosen == "en", lang="en"),
        ),
        expiries=(
            *(Option(one, _in_days(viewer, int(one)), one == expiry) for one in DAYS),
            Option(NEVER, viewer._("never"), expiry == NEVER),
        ),
        earliest=today.isoformat() if today else "",
        until=answers.get("until", ""),
        wrong=wrong,
        wrong_field=wrong_field,
    )


def may_not_change_words(viewer: Viewer) -> str:
    """Return why who asks may make no link."""
    return viewer._(
        "Who reaches this server over the network may read, not make links. Whoever runs it allows that with “--allow-changes”."
    )


def _closed_words(viewer: Viewer) -> str:
    """Return why no link can be made here; nothing where one can."""
    if not desk().is_open:
        title, text = (
            viewer._("Embedding is not set up"),
            viewer._("Whoever runs this server has not set up embedding."),
        )
        return f"{title}. {text}"
    return "" if may_change() else may_not_change_words(viewer)


def _today() -> date | None:
    store = desk().store
    return store.today if store is not None else None


def _themes(viewer: Viewer) -> dict[Theme, str]:
    return {
        Theme.AUTO: viewer._("as the reader's computer"),
        Theme.LIGHT: viewer._("light"),
        Theme.DARK: viewer._("dark"),
    }


def _in_days(viewer: Viewer, days: int) -> str:
    return viewer.ngettext("after {n} day", "after {n} days", days)


def made_context(viewer: Viewer, made: Made) -> MadeContext:
    """Return a new link, for its maker."""
    shown = desk().exhibit(made.link)
    frame = frame_of(shown)
    until = made.link.until
    return MadeContext(
        organisation=organisation_link(viewer, shown.organisation, "chart"),
        title=shown.title,
        snippet=str(snippet(viewer, frame, made.token)),
        preview_href=viewer.url_for("embeds.show", token=made.token),
        height=frame.height,
        address=embed_url(viewer, made.token),
        oembed=oembed_url(viewer, made.token),
        withdraw=viewer.whole_url_for("embeds.withdrawal", token=made.withdrawal),
        expiry=viewer._("It works until it is withdrawn.")
        if until is None
        else viewer._(
            "It works up to and including {day}.", day=format_day(until, viewer.language)
        ),
        sites=_site_words(viewer),
    )


def _site_words(viewer: Viewer) -> str:
    sources = desk().sites.sources
    if ANY in sources:
        return viewer._("It can be shown on any site.")
    others = ", ".join(one for one in sources if one != SELF)
    if not others:
        return viewer._(
            "It can be shown on this server's own pages only. Whoever runs the server can allow an intranet."
        )
    return viewer._("It can be shown on: {sites}", sites=others)


def withdraw_context(viewer: Viewer, found: Withdrawal, *, is_done: bool) -> WithdrawContext:
    """Return which link is withdrawn, as its maker knows it."""
    entry, language = found.entry, viewer.language
    try:
        loaded = repository().get(entry.organisation, names=viewer.may_name)
        name = loaded.organisation.name.text(language)
    except UnknownIdError:
        name = entry.organisation
    made = format_day(entry.made.astimezone().date(), language)
    return WithdrawContext(found.title, name, made, is_done)


def refused_context(viewer: Viewer, refusal: Refusal) -> RefusedContext:
    """Return why a link shows nothing."""
    if refusal is Refusal.EXPIRED:
        text = viewer._("The link to this view was made for a time that is over.")
        return RefusedContext(HTTPStatus.GONE, viewer._("The link has expired"), text)
    if refusal is Refusal.WITHDRAWN:
        text = viewer._("The link to this view was withdrawn by those who made it.")
        return RefusedContext(HTTPStatus.GONE, viewer._("The link is withdrawn"), text)
    text = viewer._("This address shows no view. Was all of it copied?")
    return RefusedContext(HTTPStatus.NOT_FOUND, viewer._("Unknown link"), text)


def gone_context(viewer: Viewer, error: UnknownIdError) -> RefusedContext:
    """Return why a link that holds has nothing to show; the error names what is missing."""
    if error.kind != "organisation":
        title, text = (
            viewer._("No longer in the data"),
            viewer._("What this view is about is no longer in the data of the organisation."),
        )
        return RefusedContext(HTTPStatus.NOT_FOUND, title, text, waits=True)
    if repository().faulty_as(error.name):
        text = viewer._(
            "The data of the organisation cannot be read. Those who keep them can correct that."
        )
        title = viewer._("Not shown just now")
        return RefusedContext(HTTPStatus.SERVICE_UNAVAILABLE, title, text, waits=True)
    text = viewer._("The organisation that this view is of is no longer on this server.")
    return RefusedContext(
        HTTPStatus.NOT_FOUND, viewer._("No longer in the data"), text, waits=True
    )


def too_large_context(viewer: Viewer) -> RefusedContext:
    """Return what is said where a view has outgrown its frame."""
    text = viewer._(
        "The view has grown to more than {n} cards. A new link to a branch or to fewer layers can be made.",
        n=viewer.number(MOST_GROWN),
    )
    title = viewer._("Too large to show")
    return RefusedContext(HTTPStatus.UNPROCESSABLE_ENTITY, title, text, waits=True)


def unreadable_context(viewer: Viewer) -> RefusedContext:
    """Return what is said where the store of links cannot be read."""
    text = viewer._("The server cannot see whether the link still holds. Try again later.")
    title = viewer._("Not shown just now")
    return RefusedContext(HTTPStatus.SERVICE_UNAVAILABLE, title, text, waits=True)
