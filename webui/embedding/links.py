"""Links to embedded views: what a link holds, and how it is signed.

A link holds all that decides what it shows, so that nothing else in its address can. It is signed
with the newest key of the store's; older keys are still accepted, so that keys can be changed
without withdrawing what was handed out.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from itsdangerous import BadData, URLSafeSerializer
from itsdangerous.encoding import base64_decode, base64_encode

from orgmodel.texts import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.texts import Language

# Addresses longer than this are cut by programs that people paste them into.
LONGEST_TOKEN = 8000
_SHOWN, _WITHDRAWN = "orgmodel.embed", "orgmodel.embed.withdraw"
_HASH_LENGTH = 20


class Theme(StrEnum):
    """In which colours an embedded view stands; automatic ones follow the reader's."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Refusal(StrEnum):
    """Why a link shows nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    # What is refused for now: the link holds, and may come to show something again.
    ENTRY_GONE = "entry-gone"
    ORGANISATION_GONE = "organisation-gone"
    FAULTY = "faulty"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"


class LinkRefusedError(Exception):
    """A link that shows nothing.

    Attributes
    ----------
    language
        The language of the link; None where it is not known to be ours.
    """

    def __init__(self, refusal: Refusal, language: Language | None = None) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.language = language


@dataclass(frozen=True, slots=True)
class Link:
    """What a link shows.

    Attributes
    ----------
    id
        Empty until the link is made.
    view
        The parameters of the view, as in an address.
    names
        Whether people are named.
    until
        The last day on which it works; None for ever.
    """

    id: str
    organisation: str
    view: str
    names: bool
    theme: Theme
    language: Language
    until: date | None


class Signer:
    """Signs links, and reads what it has signed; what it has not, it refuses with LinkRefusedError.

    Parameters
    ----------
    keys
        From the oldest to the newest.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = tuple(keys)

    def token(self, link: Link) -> str:
        """Return a link as it stands in an address."""
        until = link.until and link.until.isoformat()
        return self._signed({**asdict(link), "until": until, "version": 1}, _SHOWN)

    def link(self, token: str) -> Link:
        """Return what a token holds."""
        content = self._read(token, _SHOWN)
        if isinstance(content, dict) and content.pop("version", None) == 1:
            try:
                theme, until = Theme(content.pop("theme")), content.pop("until")
                day = None if until is None else date.fromisoformat(until)
                link = Link(**content, theme=theme, until=day)
            except (KeyError, TypeError, ValueError):
                raise LinkRefusedError(Refusal.UNKNOWN) from None
            if link.language in LANGUAGES:
                return link
        raise LinkRefusedError(Refusal.UNKNOWN)

    def withdrawal_token(self, link_id: str, title: str) -> str:
        """Return the token by which the maker of a link withdraws it; it says what it is of."""
        return self._signed([link_id, title], _WITHDRAWN)

    def withdrawal(self, token: str) -> tuple[str, str]:
        """Return which link a maker's token withdraws, and what that is of."""
        match self._read(token, _WITHDRAWN):
            case [str(link_id), str(title)]:
                return link_id, title
        raise LinkRefusedError(Refusal.UNKNOWN)

    def hashed_ids(self, link_id: str, entry_id: str) -> tuple[str, ...]:
        """Return what may stand in a link instead of an id that holds a name, the newest first.

        It tells nothing to who has no key, and is another in each link.
        """
        about = f"{link_id}:{entry_id}".encode()
        digests = [hmac.new(key, about, hashlib.sha256) for key in reversed(self._keys)]
        return tuple(f"v-{one.hexdigest()[:_HASH_LENGTH]}" for one in digests)

    def _signed(self, content: object, salt: str) -> str:
        return str(self._serializer(salt).dumps(content))

    def _read(self, token: str, salt: str) -> object:
        if not self._keys or len(token) > LONGEST_TOKEN or not _is_exact(token):
            raise LinkRefusedError(Refusal.UNKNOWN)
        try:
            content: object = self._serializer(salt).loads(token)
        except BadData:
            raise LinkRefusedError(Refusal.UNKNOWN) from None
        return content

    def _serializer(self, salt: str) -> URLSafeSerializer:
        options = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        return URLSafeSerializer(list(self._keys), salt=salt, signer_kwargs=options)


def _is_exact(token: str) -> bool:
    """Tell whether a token's signature is written in the one way that we write it.

    Base64 is read with bits to spare and letters that do not count; one link has one address.
    """
    _content, _dot, signature = token.rpartition(".")
    try:
        return base64_encode(base64_decode(signature)) == signature.encode()
    except (BadData, UnicodeEncodeError):
        return False
