"""The pages on which links to embedded views are made, handed out and withdrawn, and refused."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import request, url_for

from orgmodel.drawing.exhibits import view_title
from orgmodel.errors import UnknownIdError
from orgmodel.texts import format_day
from webui.asking.languages import _, current_language, ngettext
from webui.asking.state import repository
from webui.asking.urls import embed_url, embeds_url, oembed_url, withdraw_url
from webui.asking.viewing import OFF, names_can_be_shown, parse_day
from webui.embedding.desk import MOST_GROWN, desk
from webui.embedding.kept import kept, view_again, written
from webui.embedding.links import Refusal, Theme
from webui.embedding.sites import ANY, SELF
from webui.embedding.wishes import DAYS, NEVER, USUAL
from webui.pages.chart.context import Choice
from webui.pages.embeds.context import (
    EmbedFormContext,
    MadeContext,
    RefusedContext,
    WithdrawContext,
)
from webui.pages.embeds.page import frame_of, snippet
from webui.parts.building import organisation_link, say_number
from webui.server.security import may_change

if TYPE_CHECKING:
    from datetime import date

    from webui.embedding.desk import Made, Withdrawal
    from webui.embedding.kept import Args


def form_context(
    organisation_id: str, args: Args, wrong: str = "", wrong_field: str = ""
) -> EmbedFormContext:
    """Return the page on which a link to the view of an address is made.

    Parameters
    ----------
    wrong, wrong_field
        What cannot be done as it was asked for, and which answer is to be another.

    Raises
    ------
    UnknownIdError
        If there is no such organisation.
    """
    language = current_language()
    names = names_can_be_shown() and args.get("names") != OFF
    loaded = repository().get(organisation_id, parse_day(args.get("date")), names=names)
    view = kept(loaded, args)
    title = view_title(loaded, view_again(loaded, view), language)
    if not names:
        view.add("names", OFF)
    today = _today()
    # What was chosen stands there again where something of it cannot be.
    answers = request.form
    named = answers.get("names", OFF if not names else "on") != OFF
    theme, chosen = answers.get("theme", Theme.AUTO.value), answers.get("language", language)
    expiry = answers.get("expires", USUAL)
    return EmbedFormContext(
        organisation=organisation_link(loaded.organisation, "chart"),
        title=title,
        closed=_closed_words(),
        # The view stands in the address too: the page that asks again is also in another language.
        action=embeds_url(loaded.organisation.id, **view.to_dict(flat=False)),
        view=written(view),
        names=(Choice("on", _("shown"), named), Choice(OFF, _("left out"), not named))
        if names_can_be_shown()
        else (),
        themes=tuple(
            Choice(one.value, words, one.value == theme) for one, words in _themes().items()
        ),
        languages=(
            Choice("da", "Dansk", chosen == "da", lang="da"),
            Choice("en", "English", chosen == "en", lang="en"),
        ),
        expiries=(
            *(Choice(one, _in_days(int(one)), one == expiry) for one in DAYS),
            Choice(NEVER, _("never"), expiry == NEVER),
        ),
        earliest=today.isoformat() if today else "",
        until=answers.get("until", ""),
        wrong=wrong,
        wrong_field=wrong_field,
    )


def may_not_change_words() -> str:
    """Return why who asks may make no link."""
    return _(
        "Who reaches this server over the network may read, not make links. Whoever runs it allows that with “--allow-changes”."
    )


def _closed_words() -> str:
    """Return why no link can be made here; nothing where one can."""
    if not desk().is_open:
        title, text = (
            _("Embedding is not set up"),
            _("Whoever runs this server has not set up embedding."),
        )
        return f"{title}. {text}"
    return "" if may_change() else may_not_change_words()


def _today() -> date | None:
    store = desk().store
    return store.today if store is not None else None


def _themes() -> dict[Theme, str]:
    return {
        Theme.AUTO: _("as the reader's computer"),
        Theme.LIGHT: _("light"),
        Theme.DARK: _("dark"),
    }


def _in_days(days: int) -> str:
    return ngettext("after {n} day", "after {n} days", days)


def made_context(made: Made) -> MadeContext:
    """Return a new link, for its maker."""
    shown = desk().exhibit(made.link)
    frame = frame_of(shown)
    until = made.link.until
    return MadeContext(
        organisation=organisation_link(shown.organisation, "chart"),
        title=shown.title,
        snippet=str(snippet(frame, made.token)),
        preview_href=url_for("embeds.show", token=made.token),
        height=frame.height,
        address=embed_url(made.token),
        oembed=oembed_url(made.token),
        withdraw=withdraw_url(made.withdrawal),
        expiry=_("It works until it is withdrawn.")
        if until is None
        else _("It works up to and including {day}.", day=format_day(until, current_language())),
        sites=_site_words(),
    )


def _site_words() -> str:
    sources = desk().sites.sources
    if ANY in sources:
        return _("It can be shown on any site.")
    others = ", ".join(one for one in sources if one != SELF)
    if not others:
        return _(
            "It can be shown on this server's own pages only. Whoever runs the server can allow an intranet."
        )
    return _("It can be shown on: {sites}", sites=others)


def withdraw_context(found: Withdrawal, *, is_done: bool) -> WithdrawContext:
    """Return which link is withdrawn, as its maker knows it."""
    entry, language = found.entry, current_language()
    try:
        loaded = repository().get(entry.organisation, names=names_can_be_shown())
        name = loaded.organisation.name.text(language)
    except UnknownIdError:
        name = entry.organisation
    made = format_day(entry.made.astimezone().date(), language)
    return WithdrawContext(found.title, name, made, is_done)


def refused_context(refusal: Refusal) -> RefusedContext:
    """Return why a link shows nothing."""
    if refusal is Refusal.EXPIRED:
        text = _("The link to this view was made for a time that is over.")
        return RefusedContext(HTTPStatus.GONE, _("The link has expired"), text)
    if refusal is Refusal.WITHDRAWN:
        text = _("The link to this view was withdrawn by those who made it.")
        return RefusedContext(HTTPStatus.GONE, _("The link is withdrawn"), text)
    text = _("This address shows no view. Was all of it copied?")
    return RefusedContext(HTTPStatus.NOT_FOUND, _("Unknown link"), text)


def gone_context(error: UnknownIdError) -> RefusedContext:
    """Return why a link that holds has nothing to show; the error names what is missing."""
    if error.kind != "organisation":
        title, text = (
            _("No longer in the data"),
            _("What this view is about is no longer in the data of the organisation."),
        )
        return RefusedContext(HTTPStatus.NOT_FOUND, title, text, waits=True)
    if repository().faulty_as(error.name):
        text = _(
            "The data of the organisation cannot be read. Those who keep them can correct that."
        )
        title = _("Not shown just now")
        return RefusedContext(HTTPStatus.SERVICE_UNAVAILABLE, title, text, waits=True)
    text = _("The organisation that this view is of is no longer on this server.")
    return RefusedContext(HTTPStatus.NOT_FOUND, _("No longer in the data"), text, waits=True)


def too_large_context() -> RefusedContext:
    """Return what is said where a view has outgrown its frame."""
    text = _(
        "The view has grown to more than {n} cards. A new link to a branch or to fewer layers can be made.",
        n=say_number(MOST_GROWN),
    )
    title = _("Too large to show")
    return RefusedContext(HTTPStatus.UNPROCESSABLE_ENTITY, title, text, waits=True)


def unreadable_context() -> RefusedContext:
    """Return what is said where the store of links cannot be read."""
    text = _("The server cannot see whether the link still holds. Try again later.")
    title = _("Not shown just now")
    return RefusedContext(HTTPStatus.SERVICE_UNAVAILABLE, title, text, waits=True)
