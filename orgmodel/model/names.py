"""Names and texts of the data, in Danish and optionally in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgmodel.texts import Language


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the data. Without an English version the Danish one is shown, marked as such."""

    da: str
    en: str | None = None

    def text(self, language: Language) -> str:
        """Return the text in `language`, or in Danish if it has no such version."""
        return self.en if language == "en" and self.en is not None else self.da

    def language(self, wanted: Language) -> Language:
        """Return the language of `text(wanted)`."""
        return "en" if wanted == "en" and self.en is not None else "da"

    def all(self) -> tuple[str, ...]:
        """Return the text by language."""
        return (self.da,) if self.en is None else (self.da, self.en)

    def __str__(self) -> str:
        return self.da
