"""Names and texts of the data, in Danish and where given in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgmodel.texts import Language


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the data. Without an English one the Danish is shown, and marked as Danish."""

    da: str
    en: str | None = None

    def text(self, language: Language) -> str:
        """Return the text in `language`, or in Danish where it has no other."""
        return self.en if language == "en" and self.en is not None else self.da

    def language(self, wanted: Language) -> Language:
        """Return the language that `text(wanted)` is in."""
        return "en" if wanted == "en" and self.en is not None else "da"

    def all(self) -> tuple[str, ...]:
        """Return the text in each language it has."""
        return (self.da,) if self.en is None else (self.da, self.en)

    def __str__(self) -> str:
        return self.da
