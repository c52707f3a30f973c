"""Links to embedded views: their content and signature.

A link holds every setting of its view; other parts of its URL have no effect. It is signed with the
newest key of the store. Older keys are still accepted, so that keys can be rotated without
invalidating published links.
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

# Some programs truncate longer URLs that are pasted into them.
LONGEST_TOKEN = 8000
_SHOWN, _WITHDRAWN = "orgmodel.embed", "orgmodel.embed.withdraw"
_HASH_LENGTH = 20


class Theme(StrEnum):
    """The colours of an embedded view; `AUTO` follows the reader's setting."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Refusal(StrEnum):
    """The reasons why a link shows nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    # Temporary refusals: the link is valid and may show a view again later.
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
        The language of the link; None if its signature is not verified.
    """

    def __init__(self, refusal: Refusal, language: Language | None = None) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.language = language


@dataclass(frozen=True, slots=True)
class Link:
    """The content of a link.

    Attributes
    ----------
    id
        Empty until the link is created.
    view
        The parameters of the view, as in a URL.
    names
        Whether people are named.
    until
        The last day on which it works; None for an unlimited link.
    """

    id: str
    organisation: str
    view: str
    names: bool
    theme: Theme
    language: Language
    until: date | None


class Signer:
    """Signs links and verifies tokens; it raises LinkRefusedError for tokens without its signature.

    Parameters
    ----------
    keys
        From the oldest to the newest.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = tuple(keys)

    def token(self, link: Link) -> str:
        """Return the token of a link, for its URL."""
        until = link.until and link.until.isoformat()
        return self._signed({**asdict(link), "until": until, "version": 1}, _SHOWN)

    def link(self, token: str) -> Link:
        """Return the link of a token."""
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
        """Return the token with which a link's creator withdraws it; it contains the view's title."""
        return self._signed([link_id, title], _WITHDRAWN)

    def withdrawal(self, token: str) -> tuple[str, str]:
        """Return the id of the link that a withdrawal token withdraws, and its view's title."""
        match self._read(token, _WITHDRAWN):
            case [str(link_id), str(title)]:
                return link_id, title
        raise LinkRefusedError(Refusal.UNKNOWN)

    def hashed_ids(self, link_id: str, entry_id: str) -> tuple[str, ...]:
        """Return the hashes that replace an id with a name in a link, that of the newest key first.

        Without the key they disclose nothing; they differ between links.
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
    """Tell whether a token's signature has the canonical Base64 encoding.

    Base64 decoders ignore spare bits and foreign characters; each link shall have only one URL.
    """
    _content, _dot, signature = token.rpartition(".")
    try:
        return base64_encode(base64_decode(signature)) == signature.encode()
    except (BadData, UnicodeEncodeError):
        return False
