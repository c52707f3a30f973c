"""Where links to embedded views are made, opened and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app

from orgmodel.drawing.exhibits import exhibit
from webui.embedding.kept import LONGEST_VIEW, kept, parsed, renamed, view_again, with_ids, written
from webui.embedding.links import Link, LinkRefusedError, Refusal, Signer
from webui.embedding.shelf import Shelf
from webui.state import repository
from webui.viewing import OFF, names_can_be_shown, parse_day

if TYPE_CHECKING:
    from datetime import date

    from orgmodel.drawing.exhibits import Exhibit
    from webui.embedding.kept import Args
    from webui.embedding.sites import Sites
    from webui.embedding.store import Entry, LinkStore
    from webui.embedding.wishes import Wish
    from webui.loaded import Loaded

DESK = "orgmodel.embeds"


class ViewTooLongError(Exception):
    """A view that takes more words to say than an address can hold."""


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
    """

    def __init__(self, store: LinkStore | None, sites: Sites) -> None:
        self.store = store
        self.sites = sites
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
        StoreError
            If the link cannot be remembered.
        """
        assert self.store is not None  # noqa: S101 - who asks has seen that it is open
        loaded, view = _kept_with_ids(organisation_id, args, names=wish.names)
        if len(written(view)) > LONGEST_VIEW:
            raise ViewTooLongError
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
        return Made(link, signer.token(link), signer.withdrawal(link_id))

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
        if entry is None:
            raise LinkRefusedError(Refusal.UNKNOWN, link.language)
        if entry.withdrawn is not None:
            raise LinkRefusedError(Refusal.WITHDRAWN, link.language)
        return link

    def to_withdraw(self, token: str) -> Entry:
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
        entry = self.store.find(Signer(self.store.keys()).withdrawn_id(token))
        if entry is None:
            raise LinkRefusedError(Refusal.UNKNOWN)
        return entry

    def withdraw(self, token: str) -> Entry:
        """Withdraw the link that a maker's token is for, for good.

        Raises
        ------
        LinkRefusedError
            If we do not know it.
        StoreError
            If that cannot be remembered.
        """
        entry = self.to_withdraw(token)
        assert self.store is not None  # noqa: S101 - the link was found in it
        self.store.withdraw(entry.id)
        return entry

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
        """
        args, loaded = parsed(link.view), self.organisation(link)
        day = parse_day(args.get("date"))
        if not (link.names and names_can_be_shown()):
            ids = self._ids_without_names(link, day)
            args = with_ids(args, lambda one: ids.get(one, one))
        return exhibit(loaded, view_again(loaded, args), link.language, shown_on=day)

    def _ids_without_names(self, link: Link, day: date | None) -> dict[str, str]:
        """Return the ids without names by those with, and by what stands for them in the link."""
        assert self.store is not None  # noqa: S101 - a link is open
        ids = _renamed(link.organisation, day)
        if not ids:
            return ids
        signer = Signer(self.store.keys())
        veiled = {veil: new for old, new in ids.items() for veil in signer.veils(link.id, old)}
        return {**ids, **veiled}


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


def _renamed(organisation_id: str, day: date | None) -> dict[str, str]:
    records = [
        repository().get(organisation_id, day, names=names).organisation.record
        for names in (True, False)
    ]
    return dict(renamed(*records))
