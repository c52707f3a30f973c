"""Where links to embedded views are made, opened and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app

from orgmodel.drawing.exhibits import exhibit, view_title
from orgmodel.drawing.views import select
from webui.asking.addresses import OFF, parse_day
from webui.asking.edge import names_can_be_shown, renamed, repository
from webui.embedding.bound import MinuteBound
from webui.embedding.kept import (
    LONGEST_VIEW,
    ViewTooLongError,
    kept,
    parsed,
    view_again,
    with_ids,
    written,
)
from webui.embedding.links import Link, LinkRefusedError, Refusal, Signer
from webui.embedding.shelf import Shelf

if TYPE_CHECKING:
    from datetime import date

    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.texts import Language
    from webui.embedding.kept import Args
    from webui.embedding.sites import Sites
    from webui.embedding.store import Entry, LinkStore
    from webui.embedding.wishes import Wish
    from webui.store.loaded import Loaded

DESK = "orgmodel.embeds"
# A browser takes a second for so many cards. Views grow, and a link should not end by one post more.
MOST_CARDS = 3_000
MOST_GROWN = 2 * MOST_CARDS


class ViewTooLargeError(Exception):
    """A view of more cards than a frame can hold."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new link with its address's token, and the token by which it is withdrawn."""

    link: Link
    token: str
    withdrawal: str


class Desk:
    """Makes links, opens them, and withdraws them.

    Parameters
    ----------
    store
        What is remembered of them; None where embedding is not set up.
    sites
        The sites that may frame what they show.
    most_a_minute
        How many links one client may make in a minute.
    """

    def __init__(self, store: LinkStore | None, sites: Sites, most_a_minute: int) -> None:
        self.store = store
        self.sites = sites
        self.bound = MinuteBound(most_a_minute)
        self.shelf = Shelf()

    @property
    def is_open(self) -> bool:
        """Whether links can be made: there is a store, and some site may frame them."""
        return self.store is not None and self.sites.may_be_framed

    def make(self, organisation_id: str, args: Args, wish: Wish) -> Made:
        """Make a link to a view of an organisation.

        Raises
        ------
        UnknownIdError
            If there is no such organisation.
        ViewTooLongError
            If the view has too many parts for an address.
        ViewTooLargeError
            If it has too many cards for a frame.
        StoreError
            If the link cannot be remembered.
        """
        assert self.store is not None  # noqa: S101 - who asks has seen that it is open
        loaded, view = _kept_with_ids(organisation_id, args, names=wish.names)
        if len(written(view)) > LONGEST_VIEW:
            raise ViewTooLongError
        if len(select(loaded, view_again(loaded, view)).shown) > MOST_CARDS:
            raise ViewTooLargeError
        title = _title_without_names(organisation_id, view, wish.language)
        link_id = self.store.add(loaded.organisation.id, wish.until)
        signer = Signer(self.store.keys())
        if not wish.names:
            veils = {
                new: signer.veils(link_id, old)[0]
                for old, new in _renamed(organisation_id, parse_day(view.get("date"))).items()
            }
            view = with_ids(view, lambda one: veils.get(one, one))
        link = Link(
            id=link_id,
            organisation=loaded.organisation.id,
            view=written(view),
            names=wish.names,
            theme=wish.theme,
            language=wish.language,
            until=wish.until,
        )
        return Made(link, signer.token(link), signer.withdrawal(link_id, title))

    def open(self, token: str) -> Link:
        """Return what a link holds.

        Raises
        ------
        LinkRefusedError
            If we do not know it, its last day is past, or it is withdrawn.
        StoreError
            If what is remembered of it cannot be read.
        """
        if self.store is None:
            raise LinkRefusedError(Refusal.UNKNOWN)
        link = Signer(self.store.keys()).link(token)
        if link.is_over(self.store.today):
            raise LinkRefusedError(Refusal.EXPIRED, link.language)
        entry = self.store.find(link.id)
        if entry is None and not self.store.is_there:
            raise LinkRefusedError(Refusal.UNKNOWN, link.language)
        # What we signed and no longer remember was withdrawn so long ago that it is forgotten.
        if entry is None or entry.withdrawn is not None:
            raise LinkRefusedError(Refusal.WITHDRAWN, link.language)
        return link

    def to_withdraw(self, token: str) -> Withdrawal:
        """Return the link that a maker's token withdraws.

        Raises
        ------
        LinkRefusedError
            If we do not know it.
        StoreError
            If what is remembered of it cannot be read.
        """
        if self.store is None:
            raise LinkRefusedError(Refusal.UNKNOWN)
        link_id, title = Signer(self.store.keys()).withdrawn(token)
        entry = self.store.find(link_id)
        if entry is None:
            raise LinkRefusedError(Refusal.UNKNOWN)
        return Withdrawal(entry, title)

    def withdraw(self, token: str) -> Withdrawal:
        """Withdraw the link that a maker's token is for, for good.

        Raises
        ------
        LinkRefusedError
            If we do not know it.
        StoreError
            If that cannot be remembered.
        """
        found = self.to_withdraw(token)
        assert self.store is not None  # noqa: S101 - the link was found in it
        self.store.withdraw(found.entry.id)
        return found

    def organisation(self, link: Link) -> Loaded:
        """Return the organisation that a link shows a part of, with names or without.

        Raises
        ------
        UnknownIdError
            If it is no longer there.
        """
        day = parse_day(parsed(link.view).get("date"))
        return repository().get(link.organisation, day, names=link.names and names_can_be_shown())

    def exhibit(self, link: Link) -> Exhibit:
        """Return what a link shows, of the data as they are now.

        Raises
        ------
        UnknownIdError
            If the organisation, or an entry that the view is about, is no longer there.
        ViewTooLargeError
            If the view has grown beyond what a frame can hold.
        """
        args, loaded = parsed(link.view), self.organisation(link)
        day = parse_day(args.get("date"))
        if not (link.names and names_can_be_shown()):
            ids = self._ids_without_names(link, day)
            args = with_ids(args, lambda one: ids.get(one, one))
        view = view_again(loaded, args)
        if len(select(loaded, view).shown) > MOST_GROWN:
            raise ViewTooLargeError
        return exhibit(loaded, view, link.language, shown_on=day)

    def _ids_without_names(self, link: Link, day: date | None) -> dict[str, str]:
        """Return the ids without names by those with, and by what stands for them in the link."""
        assert self.store is not None  # noqa: S101 - a link is open
        ids = _renamed(link.organisation, day)
        if not ids:
            return ids
        signer = Signer(self.store.keys())
        veiled = {veil: new for old, new in ids.items() for veil in signer.veils(link.id, old)}
        return {**ids, **veiled}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A link that its maker may withdraw, and the title, without names, of the view it is to."""

    entry: Entry
    title: str


def desk() -> Desk:
    """Return the desk of the running app."""
    return cast("Desk", current_app.extensions[DESK])


def _kept_with_ids(organisation_id: str, args: Args, *, names: bool) -> tuple[Loaded, Args]:
    """Return the organisation that a view is of, and the view with the ids that it has there.

    A page with names left out has other ids for the entries whose own hold a name; the view may be
    from such a page, and the link with names, or the other way round.
    """
    day = parse_day(args.get("date"))
    loaded = repository().get(organisation_id, day, names=names)
    if not names or args.get("names") == OFF:
        pairs = _renamed(organisation_id, day)
        ids = {new: old for old, new in pairs.items()} if names else pairs
        args = with_ids(args, lambda one: ids.get(one, one))
    return loaded, kept(loaded, args)


def _title_without_names(organisation_id: str, view: Args, language: Language) -> str:
    day = parse_day(view.get("date"))
    nameless = repository().get(organisation_id, day, names=False)
    ids = _renamed(organisation_id, day)
    view = with_ids(view, lambda one: ids.get(one, one))
    return view_title(nameless, view_again(nameless, view), language)


def _renamed(organisation_id: str, day: date | None) -> dict[str, str]:
    records = [
        repository().get(organisation_id, day, names=names).organisation.record
        for names in (True, False)
    ]
    return dict(renamed(*records))
