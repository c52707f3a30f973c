"""Embedded views: making links to them, showing them in frames, telling programs of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    render_template,
    request,
)

from orgmodel.errors import UnknownIdError
from webui.contexts.embeds import WithdrawContext
from webui.contexts.index import ErrorContext
from webui.embedding.desk import ViewTooLongError, desk
from webui.embedding.kept import parsed
from webui.embedding.links import LinkRefusedError
from webui.embedding.store import StoreError, StoreFullError
from webui.embedding.wishes import WrongWishError, asked_wish
from webui.errors import error_answer
from webui.languages import _
from webui.presenting.embed_links import (
    form_context,
    gone_context,
    made_context,
    refused_context,
    unreadable_context,
)
from webui.presenting.embeds import embed_context, oembed_document
from webui.security import changes_something, is_embedded, is_from_own_page
from webui.urls import embedded_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from webui.contexts.embeds import MadeContext
    from webui.embedding.desk import Made
    from webui.embedding.links import Link

# What is under "-" is no organisation's: an id begins with a letter or a digit.
bp = Blueprint("embeds", __name__)

Shown = TypeVar("Shown")

_LARGEST_FORM = 64 * 1024
_LARGEST_FRAME = 10_000


@bp.get("/<organisation_id>/embeds")
def page(organisation_id: str) -> str:
    """Ask what a link to the view of the address shall be like."""
    changes_something()
    return render_template("embeds/form.html", page=form_context(organisation_id, request.args))


@bp.post("/<organisation_id>/embeds")
def make(organisation_id: str) -> ResponseReturnValue:
    """Make a link to a view."""
    changes_something()
    request.max_content_length = _LARGEST_FORM
    if not is_from_own_page():
        return _foreign()
    store = desk().store
    if store is None or not desk().is_open:
        text = _("Whoever runs this server has not set up embedding.")
        return _unavailable(_("Embedding is not set up"), text)
    args = parsed(request.form.get("view", ""))
    try:
        made = desk().make(organisation_id, args, asked_wish(request.form, store.today))
    except WrongWishError:
        wrong = _("Choose a day from today on, and answers of those that are offered.")
    except ViewTooLongError:
        wrong = _(
            "An address cannot hold so many entries opened one by one: unfold all, or show a branch."
        )
    except StoreError as error:
        return _store_fails(error)
    else:
        return _handed_out(made, made_context(made))
    context = form_context(organisation_id, args, wrong)
    return render_template("embeds/form.html", page=context), HTTPStatus.UNPROCESSABLE_ENTITY


def _handed_out(made: Made, context: MadeContext) -> ResponseReturnValue:
    if request.accept_mimetypes.best == "application/json":
        answer = jsonify(
            address=context.address,
            snippet=context.snippet,
            oembed=context.oembed,
            withdraw=context.withdraw,
            until=made.link.until and made.link.until.isoformat(),
        )
    else:
        answer = make_response(render_template("embeds/made.html", page=context))
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
    def make() -> str:
        context = embed_context(desk().exhibit(link), link.theme, token)
        return render_template("embeds/show.html", page=context)

    # The page names the address by which it was asked for.
    key = (token, request.host_url, request.script_root)
    return desk().shelf.page(key, desk().organisation(link), make)


@bp.get("/-/oembed")
def oembed() -> ResponseReturnValue:
    """Tell programs how to embed the view at an address (https://oembed.com)."""
    if request.args.get("format", "json") != "json":
        return jsonify(error="only format=json is answered"), HTTPStatus.NOT_IMPLEMENTED
    token = embedded_token(request.args.get("url", ""))
    sizes = (_size("maxwidth"), _size("maxheight"))

    def told(token: str, link: Link) -> dict[str, object]:
        return oembed_document(desk().exhibit(link), token, *sizes)

    opened = _opened(token, told) if token else None
    if opened is None or isinstance(opened, Response):
        return jsonify(error="no embedded view is at this url"), HTTPStatus.NOT_FOUND
    answer = jsonify(opened)
    # Nobody reads more than the link shows them; but a link that got out of the house is read by
    # pages on the inside only where they may also frame it.
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
        entry = desk().to_withdraw(token)
    except (LinkRefusedError, StoreError) as error:
        return _not_withdrawn(error)
    is_done = entry.withdrawn is not None
    context = WithdrawContext(entry.id, entry.organisation, is_done)
    return _for_its_reader_only(
        make_response(render_template("embeds/withdraw.html", page=context))
    )


@bp.post("/-/embed/withdraw/<token>")
def withdraw(token: str) -> ResponseReturnValue:
    """Withdraw a link for good."""
    changes_something()
    if not is_from_own_page():
        return _foreign()
    try:
        entry = desk().withdraw(token)
    except (LinkRefusedError, StoreError) as error:
        return _not_withdrawn(error)
    context = WithdrawContext(entry.id, entry.organisation, is_done=True)
    return _for_its_reader_only(
        make_response(render_template("embeds/withdraw.html", page=context))
    )


def _opened(token: str, use: Callable[[str, Link], Shown]) -> Shown | Response:
    """Return what is made of a link in its language, or a page that says why it shows nothing."""
    try:
        link = desk().open(token)
        g.language = link.language
        return use(token, link)
    except LinkRefusedError as refused:
        g.language = refused.language or g.language
        context = refused_context(refused.refusal)
    except UnknownIdError as error:
        context = gone_context(error)
    except StoreError as error:
        _log(error)
        context = unreadable_context()
    answer = make_response(render_template("embeds/refused.html", page=context))
    answer.status_code = context.status
    return _asked_anew(answer)


def _not_withdrawn(error: LinkRefusedError | StoreError) -> ResponseReturnValue:
    if isinstance(error, StoreError):
        return _store_fails(error)
    text = _("Nothing can be withdrawn at this address. Was all of it copied?")
    return error_answer(ErrorContext(HTTPStatus.NOT_FOUND, _("Page not found"), text))


def _foreign() -> ResponseReturnValue:
    text = _(
        "This was not asked for from a page of this server. Open the page here and try again."
    )
    return error_answer(ErrorContext(HTTPStatus.FORBIDDEN, _("This cannot be done"), text))


def _store_fails(error: StoreError) -> ResponseReturnValue:
    _log(error)
    if isinstance(error, StoreFullError):
        text = _("There are as many links as the server keeps. Old ones must be taken away first.")
    else:
        text = _(
            "The server cannot write to the folder where it keeps links. Whoever runs it finds the folder in its log, and lets the server write there."
        )
    return _unavailable(_("Links cannot be kept just now"), text)


def _log(error: StoreError) -> None:
    current_app.logger.error(str(error))


def _unavailable(title: str, text: str) -> ResponseReturnValue:
    return error_answer(ErrorContext(HTTPStatus.SERVICE_UNAVAILABLE, title, text))


def _asked_anew(answer: Response) -> Response:
    """Have browsers ask each time, so that a change and a withdrawal are seen at once."""
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _for_its_reader_only(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
