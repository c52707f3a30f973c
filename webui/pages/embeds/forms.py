"""Contexts of the pages that create, show, refuse and withdraw links to embedded views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from orgmodel.drawing.exhibits import view_title
from orgmodel.texts import LANGUAGES, N_
from webui.asking.addresses import OFF, ON, parse_day
from webui.asking.edge import repository
from webui.embedding.links import Link, Refusal, Theme
from webui.embedding.service import MOST_GROWN, embed_service
from webui.embedding.view_params import LinkNotMadeError, as_query, view_of, view_params
from webui.parts.navigation import organisation_link
from webui.server.security import may_change

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from webui.asking.viewer import Args, Viewer
    from webui.parts.context import OrganisationLink

_NEVER, _DAYS, _USUAL = "never", ("30", "90", "365"), "365"
# The reasons why a link shows nothing: HTTP status, title and text.
_REFUSED = {
    Refusal.UNKNOWN: (HTTPStatus.NOT_FOUND, N_("Unknown link"), N_("This address shows no view. Was all of it copied?")),
    Refusal.EXPIRED: (HTTPStatus.GONE, N_("The link has expired"), N_("The link to this view was made for a "
                                                                      "period that has ended.")),
    Refusal.WITHDRAWN: (HTTPStatus.GONE, N_("The link is withdrawn"), N_("The link to this view was withdrawn by those who made it.")),
    Refusal.ENTRY_GONE: (HTTPStatus.NOT_FOUND, N_("No longer in the data"), N_("The subject of this view is no longer "
                                                                               "in the organisation's data.")),
    Refusal.ORGANISATION_GONE: (HTTPStatus.NOT_FOUND, N_("No longer in the data"), N_("The organisation of this view is no "
                                                                                      "longer on this server.")),
    Refusal.FAULTY: (HTTPStatus.SERVICE_UNAVAILABLE, N_("Not shown just now"), N_("The organisation's data cannot be read. "
                                                                                  "The people who maintain them can "
                                                                                  "correct that.")),
    Refusal.TOO_LARGE: (HTTPStatus.UNPROCESSABLE_ENTITY, N_("Too large to show"), N_("The view has grown to more than {n} cards. A new link to a branch or to fewer layers can be made.")),
    Refusal.UNREADABLE: (HTTPStatus.SERVICE_UNAVAILABLE, N_("Not shown just now"), N_("The server cannot see whether the link "
                                                                                      "is still valid. Try again later.")),
}  # fmt: skip
_FOR_GOOD = {Refusal.UNKNOWN, Refusal.EXPIRED, Refusal.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class EmbedFormContext:
    """The page on which a link is made.

    Attributes
    ----------
    closed
        Why no link can be created here: status, title and text; None if it can.
    view
        The parameters of the view.
    may_name
        Whether names can be included.
    expiries
        The offered lifetimes of a link: form value and words.
    answers
        The chosen value of each field.
    wrong, wrong_field
        The error of a refused form, and the field to correct, if there is one.
    """

    organisation: OrganisationLink
    title: str
    closed: tuple[HTTPStatus, str, str] | None
    action: str
    view: str
    may_name: bool
    expiries: tuple[tuple[str, str], ...]
    answers: Mapping[str, str]
    earliest: str
    wrong: str
    wrong_field: str


@dataclass(frozen=True, slots=True)
class MadeContext:
    """A new link, for its maker.

    Attributes
    ----------
    snippet
        The HTML to paste into a page.
    address, oembed, withdraw
        The URLs of the view, of its oEmbed data, and of the page that withdraws it.
    until
        Its last day, in words; empty for none.
    sites
        The other sites that may frame it, in words; * for any.
    preview_href, height
        The URL framed as a preview, and its height in pixels.
    """

    organisation: OrganisationLink
    title: str
    snippet: str
    preview_href: str
    height: int
    address: str
    oembed: str
    withdraw: str
    until: str
    sites: str


@dataclass(frozen=True, slots=True)
class WithdrawContext:
    """The page on which a link is withdrawn.

    Attributes
    ----------
    title
        The title of the view, without names.
    made
        The day on which the link was made, in words.
    is_done
        Whether it is withdrawn.
    """

    title: str
    organisation_name: str
    made: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class RefusedContext:
    """Why a URL shows no view; `waits` if it may show one again later."""

    status: int
    title: str
    text: str
    waits: bool


def asked_link(
    viewer: Viewer, organisation_id: str, form: Mapping[str, str], args: Args, today: date
) -> Link:
    """Return the link that a form requests, without an id and a view.

    Missing form fields default to `args`, the parameters of the linked view.

    Raises
    ------
    LinkNotMadeError
        If a value is not offered.
    """

    def one_of(field: str, usual: str, offered: tuple[str, ...]) -> str:
        answer = form.get(field, usual)
        if answer not in offered:
            words = N_("Choose one of the answers that are offered.")
            raise LinkNotMadeError(words, field=field)
        return answer

    names = one_of("names", OFF if args.get("names") == OFF else ON, (ON, OFF))
    theme = one_of("theme", Theme.AUTO, tuple(Theme))
    language = one_of("language", viewer.language, LANGUAGES)
    expires = one_of("expires", _USUAL, (_NEVER, *_DAYS))
    until = None if expires == _NEVER else today + timedelta(days=int(expires))
    # A stated day takes precedence over a number of days.
    if stated := form.get("until"):
        until = parse_day(stated)
        if until is None or until < today:
            words = N_("Choose a last day from today on, up to the year 2200.")
            raise LinkNotMadeError(words, field="until")
    return Link(
        id="",
        organisation=organisation_id,
        view="",
        names=names == ON and viewer.may_name,
        theme=Theme(theme),
        language=next(one for one in LANGUAGES if one == language),
        until=until,
    )


def form_context(
    viewer: Viewer,
    organisation_id: str,
    args: Args,
    answers: Mapping[str, str],
    error: LinkNotMadeError | None = None,
) -> EmbedFormContext:
    """Return the page that creates a link to the view of a URL.

    Parameters
    ----------
    answers
        The values of the previously submitted form.
    error
        The error in it.

    Raises
    ------
    UnknownIdError
        If there is no such organisation.
    """
    names = viewer.may_name and args.get("names") != OFF
    loaded = repository().get(organisation_id, parse_day(args.get("date")), names=names)
    params = view_params(loaded, args)
    title = view_title(loaded, view_of(loaded, params), viewer.language)
    if not names:
        params.add("names", OFF)
    # A refused form shows the chosen values again.
    usual = {
        "names": ON if names else OFF,
        "theme": Theme.AUTO.value,
        "language": viewer.language,
        "expires": _USUAL,
        "until": "",
    }
    chosen = {field: answers.get(field, answer) for field, answer in usual.items()}
    if chosen["names"] != OFF:
        chosen["names"] = ON
    in_days = (
        (one, viewer.ngettext("after {n} day", "after {n} days", int(one))) for one in _DAYS
    )
    return EmbedFormContext(
        organisation=organisation_link(viewer, loaded.organisation, "chart"),
        title=title,
        closed=why_closed(viewer),
        # The URL holds the view too, so that the page can be requested again in another language.
        action=viewer.url_for(
            "embeds.page", organisation_id=loaded.organisation.id, **params.to_dict(flat=False)
        ),
        view=as_query(params),
        may_name=viewer.may_name,
        expiries=(*in_days, (_NEVER, viewer._("never"))),
        answers=chosen,
        earliest=embed_service().store.today.isoformat(),
        wrong=wrong_words(viewer, error) if error else "",
        wrong_field=error.field if error else "",
    )


def wrong_words(viewer: Viewer, error: LinkNotMadeError) -> str:
    """Return why a link is not created, and what to request instead."""
    return viewer._(error.words, n=viewer.number(error.n))


def why_closed(viewer: Viewer) -> tuple[HTTPStatus, str, str] | None:
    """Return why the viewer may not create links: status, title and text; None if permitted."""
    if not embed_service().is_open:
        text = viewer._("Links to embedded views cannot be made on this server.")
        return HTTPStatus.SERVICE_UNAVAILABLE, viewer._("Embedding is not set up"), text
    if not may_change():
        text = viewer._(
            "Links can be made only on the server's own machine. With “--allow-changes” "
            "everybody can make them."
        )
        return HTTPStatus.FORBIDDEN, viewer._("This cannot be done"), text
    return None


def refused_context(viewer: Viewer, refusal: Refusal) -> RefusedContext:
    """Return why a link shows nothing."""
    status, title, text = _REFUSED[refusal]
    words = viewer._(text, n=viewer.number(MOST_GROWN))
    return RefusedContext(status, viewer._(title), words, waits=refusal not in _FOR_GOOD)
