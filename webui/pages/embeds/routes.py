"""Embedded views: making links to them, showing them in frames, telling programs of them."""

from __future__ import annotations

import json
from dataclasses import astuple, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
)
from werkzeug.exceptions import RequestEntityTooLarge

from orgmodel.errors import UnknownIdError
from webui.asking.edge import current_viewer, look_as, repository
from webui.asking.questions import check_question
from webui.embedding.desk import MOST_CARDS, ViewTooLargeError, desk
from webui.embedding.kept import ViewTooLongError, parsed
from webui.embedding.links import LinkRefusedError
from webui.embedding.store import MOST_LINKS, StoreError, StoreFullError
from webui.embedding.wishes import UNTIL, WrongWishError, asked_wish
from webui.pages.embeds.links import (
    form_context,
    gone_context,
    made_context,
    may_not_change_words,
    refused_context,
    too_large_context,
    unreadable_context,
    withdraw_context,
)
from webui.pages.embeds.page import Frame, embed_context, embedded_token, frame_of, oembed_document
from webui.pages.errors.handlers import error_answer
from webui.pages.index.page import ErrorContext
from webui.server.security import changes_something, is_embedded, is_from_own_page, may_change

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from webui.embedding.desk import Made, Withdrawal
    from webui.embedding.kept import Args
    from webui.embedding.links import Link
    from webui.embedding.store import LinkStore
    from webui.pages.embeds.context import MadeContext

# What is under "-" is no organisation's: an id begins with a letter or a digit.
bp = Blueprint("embeds", __name__)

Shown = TypeVar("Shown")

_LARGEST_FORM = 64 * 1024
_LARGEST_FRAME = 10_000


@bp.get("/<organisation_id>/embeds")
def page(organisation_id: str) -> str:
    """Ask what a link to the view of the address shall be like."""
    changes_something()
    return render_template(
        "pages/embeds/form.html",
        page=form_context(current_viewer(), organisation_id, request.args, request.form),
    )


@bp.post("/<organisation_id>/embeds")
def make(organisation_id: str) -> ResponseReturnValue:
    """Make a link to a view."""
    changes_something()
    request.max_content_length = _LARGEST_FORM
    try:
        return _made(organisation_id)
    except UnknownIdError as error:
        if not _wants_data():
            raise
        text = current_viewer()._("There is no organisation '{name}' here.", name=error.name)
        return _answer(
            ErrorContext(HTTPStatus.NOT_FOUND, current_viewer()._("Unknown organisation"), text)
        )
    except RequestEntityTooLarge:
        return _answer(_too_long())


def _made(organisation_id: str) -> ResponseReturnValue:
    if not is_from_own_page():
        return _foreign()
    store = desk().store
    if store is None or not desk().is_open:
        text = current_viewer()._("Whoever runs this server has not set up embedding.")
        return _unavailable(current_viewer()._("Embedding is not set up"), text)
    if not may_change():
        return _forbidden(may_not_change_words(current_viewer()))
    try:
        args = parsed(request.form.get("view", ""))
    except ViewTooLongError:
        # No form comes back: it would hold another view.
        return _answer(_too_long())
    check_question(current_viewer(), "embeds.make", args, organisation_id)
    return _checked(organisation_id, args, store)


def _checked(organisation_id: str, args: Args, store: LinkStore) -> ResponseReturnValue:
    """Make a link that may be made, where what is asked of it can be and it is not one too many."""
    try:
        wish = asked_wish(current_viewer(), request.form, args, store.today)
        if seconds := desk().bound.take(request.remote_addr or ""):
            return _too_many(seconds)
        made = desk().make(organisation_id, args, wish)
    except StoreError as error:
        return _store_fails(error)
    except (WrongWishError, ViewTooLongError, ViewTooLargeError) as error:
        return _asked_again(organisation_id, args, error)
    return _handed_out(made, made_context(current_viewer(), made))


def _too_many(seconds: int) -> ResponseReturnValue:
    text = current_viewer().ngettext(
        "So many links were made from your address that the next has to wait {n} second.",
        "So many links were made from your address that the next has to wait {n} seconds.",
        seconds,
    )
    context = ErrorContext(
        HTTPStatus.TOO_MANY_REQUESTS, current_viewer()._("The link is not made"), text
    )
    answer = make_response(_answer(context))
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _asked_again(organisation_id: str, args: Args, error: Exception) -> ResponseReturnValue:
    """Return the form again, with what has to be another."""
    field = error.field if isinstance(error, WrongWishError) else ""
    wrong = _wrong_words(error)
    if _wants_data():
        return _answer(_unprocessable(wrong), field=field)
    context = form_context(current_viewer(), organisation_id, args, request.form, wrong, field)
    return render_template("pages/embeds/form.html", page=context), HTTPStatus.UNPROCESSABLE_ENTITY


def _wrong_words(error: Exception) -> str:
    if isinstance(error, WrongWishError):
        if error.field == UNTIL:
            return current_viewer()._("Choose a last day from today on, up to the year 2200.")
        return current_viewer()._("Choose one of the answers that are offered.")
    if isinstance(error, ViewTooLargeError):
        return current_viewer()._(
            "A frame holds a view of at most {n} cards: show a branch or fewer layers.",
            n=current_viewer().number(MOST_CARDS),
        )
    return _too_long().text


def _too_long() -> ErrorContext:
    return _unprocessable(
        current_viewer()._(
            "An address cannot hold so many entries opened one by one: unfold all, or show a branch."
        )
    )


def _unprocessable(text: str) -> ErrorContext:
    return ErrorContext(
        HTTPStatus.UNPROCESSABLE_ENTITY, current_viewer()._("The link is not made"), text
    )


def _wants_data() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _handed_out(made: Made, context: MadeContext) -> ResponseReturnValue:
    if _wants_data():
        answer = jsonify(
            address=context.address,
            snippet=context.snippet,
            oembed=context.oembed,
            withdraw=context.withdraw,
            until=made.link.until and made.link.until.isoformat(),
        )
    else:
        answer = make_response(render_template("pages/embeds/made.html", page=context))
    return _for_its_reader_only(answer), HTTPStatus.CREATED


@bp.get("/-/embed/<token>")
def show(token: str) -> Response:
    """Show the view of a link, and nothing that its address does not sign."""
    is_embedded()
    opened = _opened(token, _page)
    if isinstance(opened, Response):
        return opened
    answer = make_response(opened)
    answer.add_etag()
    _asked_anew(answer).make_conditional(request)
    return answer


def _page(token: str, link: Link) -> bytes:
    # To ask for it waits until a file that changed has been read.
    organisation = desk().organisation(link)
    is_last_version = bool(repository().served_with_errors(link.organisation))

    def make() -> str:
        context = embed_context(
            current_viewer(),
            desk().exhibit(link),
            link.theme,
            token,
            is_last_version=is_last_version,
        )
        return render_template("pages/embeds/show.html", page=context)

    # The page names the address by which it is known.
    key = ("page", token, current_viewer().whole_url_for("organisations.index"), is_last_version)
    return desk().shelf.page(key, organisation, make)


@bp.get("/-/oembed")
def oembed() -> ResponseReturnValue:
    """Tell programs how to embed the view at an address (https://oembed.com)."""
    if request.args.get("format", "json") != "json":
        return _no_oembed("only format=json is answered", HTTPStatus.NOT_IMPLEMENTED)
    token = embedded_token(current_viewer(), request.args.get("url", ""))
    if token is None:
        return _no_oembed("no embedded view is at this url", HTTPStatus.NOT_FOUND)
    frame = _opened(token, _frame)
    if isinstance(frame, Response):
        if frame.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            return _no_oembed("not told just now; ask again later", HTTPStatus.SERVICE_UNAVAILABLE)
        return _no_oembed("no embedded view is at this url", HTTPStatus.NOT_FOUND)
    sizes = (_size("maxwidth"), _size("maxheight"))
    return _told(jsonify(oembed_document(current_viewer(), frame, token, *sizes)))


def _frame(token: str, link: Link) -> Frame:
    """Return what is told of a link's view; drawn once, as its page is."""

    def make() -> str:
        return json.dumps(astuple(frame_of(desk().exhibit(link))))

    return Frame(*json.loads(desk().shelf.page(("frame", token), desk().organisation(link), make)))


def _no_oembed(words: str, status: HTTPStatus) -> Response:
    answer = jsonify(error=words)
    answer.status_code = status
    return _told(answer)


def _told(answer: Response) -> Response:
    """Return what programs are told, as scripts on pages may read it.

    Nobody reads more than the link shows them; but a link that got out of the house is read by
    pages on the inside only where they may also frame it.
    """
    answer.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if desk().sites.allow(origin):
        answer.headers["Access-Control-Allow-Origin"] = origin
    return _asked_anew(answer)


def _size(name: str) -> int | None:
    asked = request.args.get(name, default=0, type=int)
    return asked if 0 < asked <= _LARGEST_FRAME else None


@bp.get("/-/embed/withdraw/<token>")
def withdrawal(token: str) -> ResponseReturnValue:
    """Ask whether a link shall be withdrawn."""
    changes_something()
    try:
        found = desk().to_withdraw(token)
    except (LinkRefusedError, StoreError) as error:
        return _not_withdrawn(error)
    return _withdrawn(found, is_done=found.entry.withdrawn is not None)


@bp.post("/-/embed/withdraw/<token>")
def withdraw(token: str) -> ResponseReturnValue:
    """Withdraw a link for good."""
    changes_something()
    if not is_from_own_page():
        return _foreign()
    try:
        found = desk().withdraw(token)
    except (LinkRefusedError, StoreError) as error:
        return _not_withdrawn(error)
    return _withdrawn(found, is_done=True)


def _withdrawn(found: Withdrawal, *, is_done: bool) -> Response:
    context = withdraw_context(current_viewer(), found, is_done=is_done)
    return _for_its_reader_only(
        make_response(render_template("pages/embeds/withdraw.html", page=context))
    )


def _opened(token: str, use: Callable[[str, Link], Shown]) -> Shown | Response:
    """Return what is made of a link in its language, or a page that says why it shows nothing."""
    try:
        link = desk().open(token)
        look_as(replace(current_viewer(), language=link.language))
        return use(token, link)
    except LinkRefusedError as refused:
        if refused.language:
            look_as(replace(current_viewer(), language=refused.language))
        context = refused_context(current_viewer(), refused.refusal)
    except UnknownIdError as error:
        context = gone_context(current_viewer(), error)
    except ViewTooLargeError:
        context = too_large_context(current_viewer())
    except StoreError as error:
        _log(error)
        context = unreadable_context(current_viewer())
    answer = make_response(render_template("pages/embeds/refused.html", page=context))
    answer.status_code = context.status
    return _asked_anew(answer)


def _not_withdrawn(error: LinkRefusedError | StoreError) -> ResponseReturnValue:
    if isinstance(error, StoreError):
        return _store_fails(error)
    text = current_viewer()._(
        "There is no link to withdraw at this address: it is over and forgotten, or not all of the address was copied."
    )
    return error_answer(
        ErrorContext(HTTPStatus.NOT_FOUND, current_viewer()._("Page not found"), text)
    )


def _foreign() -> ResponseReturnValue:
    text = current_viewer()._(
        "This was not asked for from a page of this server. Open the page here and try again."
    )
    return _forbidden(text)


def _forbidden(text: str) -> ResponseReturnValue:
    return _answer(
        ErrorContext(HTTPStatus.FORBIDDEN, current_viewer()._("This cannot be done"), text)
    )


def _store_fails(error: StoreError) -> ResponseReturnValue:
    _log(error)
    if isinstance(error, StoreFullError):
        text = current_viewer()._(
            "All {n} links that the server keeps are in use. Withdraw one that is no longer needed, at the address that was shown when it was made; whoever runs the server can do so with “orgmodel embeds withdraw”.",
            n=current_viewer().number(MOST_LINKS),
        )
    else:
        text = current_viewer()._(
            "The server cannot write to the folder where it keeps links. Whoever runs it finds the folder in its log, and lets the server write there."
        )
    return _unavailable(current_viewer()._("Links cannot be kept just now"), text)


def _log(error: StoreError) -> None:
    current_app.logger.error(str(error))


def _unavailable(title: str, text: str) -> ResponseReturnValue:
    return _answer(ErrorContext(HTTPStatus.SERVICE_UNAVAILABLE, title, text))


def _answer(context: ErrorContext, **more: str) -> ResponseReturnValue:
    """Return what is wrong as a page, or as data for who asked for data."""
    if not _wants_data():
        return error_answer(context)
    content = {
        "ok": False,
        "status": context.status,
        "error": context.title,
        "message": context.text,
        **more,
    }
    return jsonify(content), context.status


def _asked_anew(answer: Response) -> Response:
    """Have browsers ask each time, so that a change and a withdrawal are seen at once."""
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _for_its_reader_only(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
