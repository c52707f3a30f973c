"""Routes of embedded views: create and withdraw links, show views in frames, answer oEmbed."""

from __future__ import annotations

import json
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, NoReturn

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
)
from werkzeug.exceptions import RequestEntityTooLarge

from orgmodel.errors import UnknownIdError
from orgmodel.texts import format_day
from webui.asking.edge import current_viewer, look_as, repository
from webui.asking.questions import check_question
from webui.embedding.links import LinkRefusedError, Refusal
from webui.embedding.service import embed_service
from webui.embedding.sites import SELF
from webui.embedding.store import MOST_LINKS, StoreError, StoreFullError
from webui.embedding.view_params import TOO_LONG, LinkNotMadeError, read_params
from webui.pages.embeds.forms import (
    MadeContext,
    WithdrawContext,
    asked_link,
    form_context,
    refused_context,
    why_closed,
    wrong_words,
)
from webui.pages.embeds.frame import (
    Frame,
    embed_context,
    embed_url,
    embedded_token,
    frame_of,
    oembed_document,
    oembed_url,
    snippet,
)
from webui.pages.errors.handlers import error_answer
from webui.pages.index.page import ErrorContext
from webui.parts.navigation import organisation_link
from webui.server.security import changes_something, is_embedded, is_from_own_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from webui.asking.viewer import Viewer
    from webui.embedding.links import Link
    from webui.embedding.store import Entry
    from webui.pages.embeds.forms import RefusedContext

# Paths under "-" cannot clash with organisations, whose ids begin with a letter or a digit.
bp = Blueprint("embeds", __name__)

_SHOWS_NOTHING = (LinkRefusedError, UnknownIdError, StoreError)
_LARGEST_FORM = 64 * 1024
_LARGEST_FRAME = 10_000


# Making a link --------------------------------------------------------------------------------


@bp.get("/<organisation_id>/embeds")
def page(organisation_id: str) -> str:
    """Show the form that creates a link to the view of the URL."""
    changes_something()
    context = form_context(current_viewer(), organisation_id, request.args, request.form)
    return render_template("pages/embeds/form.html", page=context)


@bp.post("/<organisation_id>/embeds")
def make(organisation_id: str) -> ResponseReturnValue:
    """Create a link to a view."""
    changes_something()
    request.max_content_length = _LARGEST_FORM
    viewer, service = current_viewer(), embed_service()
    _refuse_foreign_pages(viewer)
    if closed := why_closed(viewer):
        _refuse(*closed)
    try:
        args = read_params(request.form.get("view", ""))
    except (LinkNotMadeError, RequestEntityTooLarge):
        # The form is not shown again: it would hold another view.
        _refuse_to_make(viewer, viewer._(TOO_LONG))
    try:
        check_question(viewer, "embeds.make", args, organisation_id)
        draft = asked_link(viewer, organisation_id, request.form, args, service.store.today)
        if seconds := service.bound.take(request.remote_addr or ""):
            _refuse_for_now(viewer, seconds)
        return _handed_out(viewer, *service.make(draft, args))
    except LinkNotMadeError as error:
        if _wants_data():
            _refuse_to_make(viewer, wrong_words(viewer, error), field=error.field)
        context = form_context(viewer, organisation_id, args, request.form, error)
        form = render_template("pages/embeds/form.html", page=context)
        return form, HTTPStatus.UNPROCESSABLE_ENTITY
    except UnknownIdError as error:
        if not _wants_data():
            raise
        text = viewer._("There is no organisation “{name}” here.", name=error.name)
        _refuse(HTTPStatus.NOT_FOUND, viewer._("Unknown organisation"), text)
    except StoreError as error:
        _store_fails(viewer, error)


def _handed_out(viewer: Viewer, link: Link, token: str, withdrawal: str) -> ResponseReturnValue:
    service, until = embed_service(), link.until
    shown = service.exhibit(link)
    frame = frame_of(shown)
    context = MadeContext(
        organisation=organisation_link(viewer, shown.organisation, "chart"),
        title=shown.title,
        snippet=snippet(viewer, frame, token),
        preview_href=viewer.url_for("embeds.show", token=token),
        height=frame.height,
        address=embed_url(viewer, token),
        oembed=oembed_url(viewer, token),
        withdraw=viewer.whole_url_for("embeds.withdraw", token=withdrawal),
        until=format_day(until, viewer.language) if until else "",
        sites=", ".join(one for one in service.sites.sources if one != SELF),
    )
    if _wants_data():
        answer = jsonify(
            address=context.address,
            snippet=context.snippet,
            oembed=context.oembed,
            withdraw=context.withdraw,
            until=until and until.isoformat(),
        )
    else:
        answer = make_response(render_template("pages/embeds/made.html", page=context))
    return _for_its_reader_only(answer), HTTPStatus.CREATED


# Showing a view -------------------------------------------------------------------------------


@bp.get("/-/embed/<token>")
def show(token: str) -> Response:
    """Show the view of a link; only the signed parameters count."""
    is_embedded()
    try:
        answer = make_response(_page(token, _opened(token)))
    except _SHOWS_NOTHING as error:
        context = _why_nothing(error)
        answer = make_response(render_template("pages/embeds/refused.html", page=context))
        answer.status_code = context.status
        return _asked_anew(answer)
    answer.add_etag()
    _asked_anew(answer).make_conditional(request)
    return answer


def _page(token: str, link: Link) -> bytes:
    viewer, service = current_viewer(), embed_service()
    # Access waits until a changed file has been read.
    organisation = service.organisation(link)
    is_last_version = bool(repository().served_with_errors(link.organisation))

    def draw() -> str:
        shown = service.exhibit(link)
        context = embed_context(viewer, shown, link.theme, token, is_last_version=is_last_version)
        return render_template("pages/embeds/show.html", page=context)

    # The page names its canonical URL.
    key = ("page", token, viewer.whole_url_for("organisations.index"), is_last_version)
    return service.pages.page(key, organisation, draw)


@bp.get("/-/oembed")
def oembed() -> ResponseReturnValue:
    """Answer an oEmbed request for the view at a URL (https://oembed.com)."""
    if request.args.get("format", "json") != "json":
        return _told({"error": "only format=json is answered"}, HTTPStatus.NOT_IMPLEMENTED)
    token = embedded_token(current_viewer(), request.args.get("url", ""))
    if token is None:
        return _told({"error": "no embedded view is at this url"}, HTTPStatus.NOT_FOUND)
    try:
        frame = _frame(token, _opened(token))
    except _SHOWS_NOTHING as error:
        if _why_nothing(error).status == HTTPStatus.SERVICE_UNAVAILABLE:
            wrong = {"error": "not told just now; ask again later"}
            return _told(wrong, HTTPStatus.SERVICE_UNAVAILABLE)
        return _told({"error": "no embedded view is at this url"}, HTTPStatus.NOT_FOUND)
    sizes = (_size("maxwidth"), _size("maxheight"))
    return _told(oembed_document(current_viewer(), frame, token, *sizes), HTTPStatus.OK)


def _frame(token: str, link: Link) -> Frame:
    """Return the metadata of a link's view, cached like its page."""
    service = embed_service()

    def draw() -> str:
        return json.dumps(frame_of(service.exhibit(link)))

    frame = service.pages.page(("frame", token), service.organisation(link), draw)
    return Frame(*json.loads(frame))


def _told(content: object, status: HTTPStatus) -> Response:
    """Return JSON with CORS headers for permitted sites.

    The answer contains no more than the link shows. Scripts of other sites may read it only if
    these sites may also frame the view.
    """
    answer = jsonify(content)
    answer.status_code = status
    answer.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if embed_service().sites.allow(origin):
        answer.headers["Access-Control-Allow-Origin"] = origin
    return _asked_anew(answer)


def _size(name: str) -> int | None:
    asked = request.args.get(name, default=0, type=int)
    return asked if 0 < asked <= _LARGEST_FRAME else None


def _opened(token: str) -> Link:
    """Return the link of a token and set the viewer's language to the link's."""
    link = embed_service().open(token)
    look_as(replace(current_viewer(), language=link.language))
    return link


def _why_nothing(error: Exception) -> RefusedContext:
    """Return why a link shows nothing, in the link's language if that is known."""
    refusal = Refusal.ORGANISATION_GONE
    if isinstance(error, LinkRefusedError):
        refusal = error.refusal
        if error.language:
            look_as(replace(current_viewer(), language=error.language))
    elif isinstance(error, StoreError):
        _log(error)
        refusal = Refusal.UNREADABLE
    elif isinstance(error, UnknownIdError) and error.kind != "organisation":
        refusal = Refusal.ENTRY_GONE
    elif isinstance(error, UnknownIdError) and repository().faulty_as(error.name):
        refusal = Refusal.FAULTY
    return refused_context(current_viewer(), refusal)


# Withdrawing a link ---------------------------------------------------------------------------


@bp.route("/-/embed/withdraw/<token>", methods=["GET", "POST"])
def withdraw(token: str) -> ResponseReturnValue:
    """Ask for confirmation, then withdraw a link permanently."""
    changes_something()
    viewer, service = current_viewer(), embed_service()
    is_asked = request.method == "POST"
    if is_asked:
        _refuse_foreign_pages(viewer)
    try:
        entry, title = service.to_withdraw(token)
        if is_asked:
            service.store.withdraw(entry.id)
    except LinkRefusedError:
        text = viewer._(
            "There is no link to withdraw at this address. It has been withdrawn already, "
            "has expired, or not all of the address was copied."
        )
        return error_answer(ErrorContext(HTTPStatus.NOT_FOUND, viewer._("Page not found"), text))
    except StoreError as error:
        _store_fails(viewer, error)
    context = WithdrawContext(
        title=title,
        organisation_name=_organisation_name(viewer, entry),
        made=format_day(entry.made.astimezone().date(), viewer.language),
        is_done=is_asked or entry.withdrawn is not None,
    )
    return _for_its_reader_only(
        make_response(render_template("pages/embeds/withdraw.html", page=context))
    )


def _organisation_name(viewer: Viewer, entry: Entry) -> str:
    try:
        loaded = repository().get(entry.organisation, names=viewer.may_name)
    except UnknownIdError:
        return entry.organisation
    return loaded.organisation.name.text(viewer.language)


# Refusals -------------------------------------------------------------------------------------


def _refuse_foreign_pages(viewer: Viewer) -> None:
    if not is_from_own_page():
        text = viewer._(
            "The request did not come from a page of this server. Open the page here and try "
            "again."
        )
        _refuse(HTTPStatus.FORBIDDEN, viewer._("This cannot be done"), text)


def _refuse_to_make(viewer: Viewer, text: str, field: str | None = None) -> NoReturn:
    title = viewer._("The link is not made")
    _refuse(HTTPStatus.UNPROCESSABLE_ENTITY, title, text, field=field)


def _refuse_for_now(viewer: Viewer, seconds: int) -> NoReturn:
    title = viewer._("The link is not made")
    text = viewer.ngettext(
        "Too many links have been made from your address. Try again in {n} second.",
        "Too many links have been made from your address. Try again in {n} seconds.",
        seconds,
    )
    _refuse(HTTPStatus.TOO_MANY_REQUESTS, title, text, retry_after=seconds)


def _store_fails(viewer: Viewer, error: StoreError) -> NoReturn:
    _log(error)
    if isinstance(error, StoreFullError):
        text = viewer._(
            "The server can keep {n} links, and all of them are in use. Withdraw one that is "
            "no longer needed, at the address that you got when you made it, or with "
            "“orgmodel embeds withdraw”.",
            n=viewer.number(MOST_LINKS),
        )
    else:
        text = viewer._(
            "The server cannot write to the folder where it saves links. The server's log "
            "names the folder."
        )
    _refuse(HTTPStatus.SERVICE_UNAVAILABLE, viewer._("Links cannot be saved just now"), text)


def _refuse(
    status: HTTPStatus,
    title: str,
    text: str,
    *,
    field: str | None = None,
    retry_after: int = 0,
) -> NoReturn:
    """Return the error as a page, or as JSON if the client prefers it."""
    if _wants_data():
        wrong = {} if field is None else {"field": field}
        answer = jsonify(ok=False, status=status, error=title, message=text, **wrong)
        answer.status_code = status
    else:
        answer = make_response(error_answer(ErrorContext(status, title, text)))
    if retry_after:
        answer.headers["Retry-After"] = str(retry_after)
    abort(answer)


def _log(error: StoreError) -> None:
    current_app.logger.error(str(error))


def _wants_data() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _asked_anew(answer: Response) -> Response:
    """Make browsers revalidate each time, so that changes and withdrawals show at once."""
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _for_its_reader_only(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
