"""Creates and opens links to embedded views, and draws their content."""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from flask import current_app

from orgmodel.drawing.exhibits import exhibit, view_title
from orgmodel.drawing.views import select
from orgmodel.texts import N_
from webui.asking.addresses import OFF, parse_day
from webui.asking.edge import names_can_be_shown, renamed, repository
from webui.embedding.links import LinkRefusedError, Refusal, Signer
from webui.embedding.store import LinkStore, is_over
from webui.embedding.view_params import (
    LONGEST_VIEW,
    TOO_LONG,
    LinkNotMadeError,
    as_query,
    read_params,
    view_of,
    view_params,
    with_ids,
)
from webui.server.security import MinuteBound

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from datetime import date

    from orgmodel.drawing.exhibits import Exhibit
    from webui.asking.viewer import Args
    from webui.embedding.links import Link
    from webui.embedding.sites import Sites
    from webui.embedding.store import Entry
    from webui.store.loaded import Loaded

EMBEDS = "orgmodel.embeds"
# A browser needs a second for this many cards. The limit leaves room for views to grow.
MOST_CARDS = 3_000
MOST_GROWN = 2 * MOST_CARDS
_TOO_LARGE = N_("A frame holds a view of at most {n} cards: show a branch or fewer layers.")
_MOST_BYTES = 32 * 2**20


class EmbedService:
    """Creates links, opens them, and draws their views.

    Its methods raise StoreError if the store of links cannot be read or written.

    Parameters
    ----------
    folder
        The folder of the link store; empty if embedding is not configured.
    sites
        The sites that may frame the views.
    most_a_minute
        How many links one client may create per minute.
    """

    def __init__(self, folder: str, sites: Sites, most_a_minute: int) -> None:
        self.store = LinkStore(Path(folder))
        self.sites = sites
        self.bound = MinuteBound(most_a_minute)
        self.pages = PageCache()
        self._is_set_up = bool(folder)

    @property
    def is_open(self) -> bool:
        """Whether links can be created: there is a store, and some site may frame them."""
        return self._is_set_up and self.sites.may_be_framed

    def make(self, draft: Link, args: Args) -> tuple[Link, str, str]:
        """Create a link to the view of a URL; return the link, its token, and its withdrawal token.

        Parameters
        ----------
        draft
            The requested link, without an id and a view.

        Raises
        ------
        UnknownIdError
            If there is no such organisation.
        LinkNotMadeError
            If the view has too many parameters for a URL, or too many cards for a frame.
        """
        day = parse_day(args.get("date"))
        loaded = repository().get(draft.organisation, day, names=draft.names)
        nameless = repository().get(draft.organisation, day, names=False)
        ids = _ids_without_names(draft.organisation, day)
        # The view may be from a page with names and the link without, or vice versa.
        if not draft.names:
            args = with_ids(args, ids)
        elif args.get("names") == OFF:
            args = with_ids(args, {new: old for old, new in ids.items()})
        params = view_params(loaded, args)
        if len(as_query(params)) > LONGEST_VIEW:
            raise LinkNotMadeError(TOO_LONG)
        if len(select(loaded, view_of(loaded, params)).shown) > MOST_CARDS:
            raise LinkNotMadeError(_TOO_LARGE, n=MOST_CARDS)
        title = view_title(nameless, view_of(nameless, with_ids(params, ids)), draft.language)
        link_id = self.store.add(loaded.organisation.id, draft.until)
        signer = Signer(self.store.keys())
        if not draft.names:
            hashed = {new: signer.hashed_ids(link_id, old)[0] for old, new in ids.items()}
            params = with_ids(params, hashed)
        link = replace(
            draft, id=link_id, organisation=loaded.organisation.id, view=as_query(params)
        )
        return link, signer.token(link), signer.withdrawal_token(link_id, title)

    def open(self, token: str) -> Link:
        """Return the link of a token.

        Raises
        ------
        LinkRefusedError
            If it is unknown, expired or withdrawn.
        """
        link = self._signer().link(token)
        if is_over(link.until, self.store.today):
            raise LinkRefusedError(Refusal.EXPIRED, link.language)
        entry = self.store.find(link.id)
        if entry is None and not self.store.is_there:
            raise LinkRefusedError(Refusal.UNKNOWN, link.language)
        # A signed link that is not in the store was withdrawn and later pruned.
        if entry is None or entry.withdrawn is not None:
            raise LinkRefusedError(Refusal.WITHDRAWN, link.language)
        return link

    def to_withdraw(self, token: str) -> tuple[Entry, str]:
        """Return the link that a withdrawal token withdraws, and the title of its view without names.

        Raises
        ------
        LinkRefusedError
            If it is unknown.
        """
        link_id, title = self._signer().withdrawal(token)
        entry = self.store.find(link_id)
        if entry is None:
            raise LinkRefusedError(Refusal.UNKNOWN)
        return entry, title

    def organisation(self, link: Link) -> Loaded:
        """Return the organisation of a link, with or without names.

        Raises
        ------
        UnknownIdError
            If it no longer exists.
        """
        day = parse_day(read_params(link.view).get("date"))
        return repository().get(link.organisation, day, names=_is_named(link))

    def exhibit(self, link: Link) -> Exhibit:
        """Return the view of a link, drawn from the current data.

        Raises
        ------
        UnknownIdError
            If the organisation, or an entry that the view is about, no longer exists.
        LinkRefusedError
            If the view has grown beyond what a frame can hold.
        """
        params, loaded = read_params(link.view), self.organisation(link)
        day = parse_day(params.get("date"))
        if not _is_named(link):
            ids, signer = _ids_without_names(link.organisation, day), self._signer()
            hashed = {
                one: new for old, new in ids.items() for one in signer.hashed_ids(link.id, old)
            }
            params = with_ids(params, {**ids, **hashed})
        view = view_of(loaded, params)
        if len(select(loaded, view).shown) > MOST_GROWN:
            raise LinkRefusedError(Refusal.TOO_LARGE, link.language)
        return exhibit(loaded, view, link.language, shown_on=day)

    def _signer(self) -> Signer:
        return Signer(self.store.keys() if self._is_set_up else ())


def embed_service() -> EmbedService:
    """Return the service of the running app."""
    return cast("EmbedService", current_app.extensions[EMBEDS])


def _is_named(link: Link) -> bool:
    return link.names and names_can_be_shown()


def _ids_without_names(organisation_id: str, day: date | None) -> Mapping[str, str]:
    """Return the anonymous ids of entries by their ids that contain a name."""
    with_names, without = (
        repository().get(organisation_id, day, names=names).organisation.record
        for names in (True, False)
    )
    return renamed(with_names, without)


class PageCache:
    """A cache of recent pages, so that a view with many readers is drawn once.

    The caller checks whether a reader may see a page.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most, self._size = most_bytes, 0
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, tuple[weakref.ref[Loaded], bytes]] = OrderedDict()

    def page(self, key: Hashable, loaded: Loaded, make: Callable[[], str]) -> bytes:
        """Return the page of a key, drawn from the organisation's current data."""
        with self._lock:
            known = self._pages.get(key)
            if known is not None and known[0]() is loaded:
                self._pages.move_to_end(key)
                return known[1]
        page = make().encode()
        with self._lock:
            if key in self._pages:
                self._size -= len(self._pages.pop(key)[1])
            self._pages[key] = weakref.ref(loaded), page
            self._size += len(page)
            while self._size > self._most:
                _key, (_loaded, oldest) = self._pages.popitem(last=False)
                self._size -= len(oldest)
        return page
