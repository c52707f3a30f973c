"""The texts of the pages in a language that is stated: a file is made without a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webui.asking.languages import number_text_in, text_in

if TYPE_CHECKING:
    from orgmodel.texts import Language


class Words:
    """The texts of the pages in one language; called like those of `webui.asking.languages`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def _(self, text: str, **params: object) -> str:
        """Return a text."""
        return text_in(self.language, text, params)

    def ngettext(self, singular: str, plural: str, n: int, /, **params: object) -> str:
        """Return the form of a text for a number, which `params` may hold in other words."""
        return number_text_in(self.language, (singular, plural), n, params)
