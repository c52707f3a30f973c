"""Texts in two languages: messages that wait for their language, numbers, dates and sorting.

Texts stand in the code in English. `<folder>/translations/da.po` holds the Danish ones; it is the
file format that translators' programs edit, and it is read as it is, so that no compiled copy can
fall behind it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal, Protocol, get_args, runtime_checkable

from babel.dates import format_date as babel_format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from orgmodel.files import shown_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

Language = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "da"
_LOCALES: Mapping[Language, str] = {"da": "da_DK", "en": "en_GB"}
_CORE_TRANSLATIONS = Path(__file__).parent / "translations"


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a text for the catalogue where it is written down before its language is known."""
    return text


@runtime_checkable
class Worded(Protocol):
    """Anything that can say itself in a language."""

    def text(self, language: Language) -> str:
        """Return the words in `language`."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """A text with its parameters, not yet in a language.

    Parameters
    ----------
    template
        The English text, with `{name}` where a parameter goes; marked with `N_`.
    params
        Values by name. Whole numbers are written as the language writes them, worded values
        (messages, names in two languages, amounts) in the language, everything else as it is.
    plural
        The English text for any `n` but one; `params["n"]` then decides.
    """

    template: str
    params: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None

    def text(self, language: Language) -> str:
        """Return the message in `language`."""
        catalogue = core_catalogue()
        if self.plural is None:
            template = catalogue.gettext(language, self.template)
        else:
            count = self.params["n"]
            assert isinstance(count, int)  # noqa: S101 - a plural is always asked with a number
            template = catalogue.ngettext(language, self.template, self.plural, count)
        return template.format_map(
            {name: say(value, language) for name, value in self.params.items()}
        )


def message(template: str, **params: object) -> Message:
    """Return `template` with its parameters, to be said in a language later."""
    return Message(template, params)


def plural_message(singular: str, plural: str, n: int, **params: object) -> Message:
    """Return a message whose form follows the number `n`."""
    return Message(singular, {"n": n, **params}, plural)


@dataclass(frozen=True, slots=True)
class Joined:
    """Several worded values, one after the other."""

    parts: tuple[Worded | str, ...]
    separator: str = ", "

    def text(self, language: Language) -> str:
        """Return the parts in `language`, with the separator between."""
        return self.separator.join(say(part, language) for part in self.parts)


def say(value: object, language: Language) -> str:
    """Return any parameter value in words."""
    if isinstance(value, Worded):
        return value.text(language)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format_number(value, language)
    return shown_name(value) if isinstance(value, PurePath) else str(value)


class Catalogue:
    """The Danish texts of one or more folders, looked up by the English ones.

    A text without a translation is shown in English; a test sees to it that there is none.
    """

    def __init__(self, *folders: Path) -> None:
        self._danish: dict[str, str | tuple[str, ...]] = {}
        for folder in folders:
            with (folder / "da.po").open("rb") as file:
                for entry in read_po(file, locale="da"):
                    if entry.id and entry.string:
                        key = entry.id if isinstance(entry.id, str) else entry.id[0]
                        forms = entry.string
                        self._danish[key] = forms if isinstance(forms, str) else tuple(forms)

    def gettext(self, language: Language, text: str) -> str:
        """Return `text` in `language`."""
        found = self._danish.get(text) if language == "da" else None
        return found if isinstance(found, str) else text

    def ngettext(self, language: Language, singular: str, plural: str, n: int) -> str:
        """Return the form of a text for the number `n`; both languages have two forms."""
        found = self._danish.get(singular) if language == "da" else None
        forms = found if isinstance(found, tuple) else (singular, plural)
        return forms[0 if n == 1 else 1]


@lru_cache(maxsize=1)
def core_catalogue() -> Catalogue:
    """Return the texts of the library itself."""
    return Catalogue(_CORE_TRANSLATIONS)


def core_translations() -> Path:
    """Return the folder of the library's own texts, for those who add theirs."""
    return _CORE_TRANSLATIONS


def format_number(number: float, language: Language) -> str:
    """Return a number as the language writes it: 1.800 or 1,800; at most one decimal."""
    return format_decimal(number, format="#,##0.#", locale=_LOCALES[language])


def format_percent(share: float, language: Language, digits: int = 0) -> str:
    """Return a share from 0 to 1 in percent: 44 % in Danish, 44% in English.

    With `digits` decimals; what is less than the least of them is said to be so, never 0.
    """
    least = 10.0**-digits
    if 0 < share * 100 < least / 2:
        return f"< {format_percent(least / 100, language, digits)}"
    percent = format_decimal(round(share * 100, digits), locale=_LOCALES[language])
    return f"{percent} %" if language == "da" else f"{percent}%"


def format_day(day: date, language: Language, pattern: str = "long") -> str:
    """Return a day in words: 1. maj 2026, 1 May 2026; `pattern` is one of CLDR's."""
    return babel_format_date(day, format=pattern, locale=_LOCALES[language])


def sort_key(text: str, language: Language) -> tuple[tuple[int, str], ...]:
    """Return the key by which texts sort in `language`.

    In Danish æ, ø and å come after z, in that order, and aa sorts as å (Retskrivningsordbogen
    § 4). Accents do not count; upper and lower case are alike.
    """
    folded = unicodedata.normalize("NFC", text).casefold()
    if language == "da":
        folded = folded.replace("aa", "å")
    last = {"æ": 1, "ø": 2, "å": 3} if language == "da" else {}
    return tuple(
        (last[letter], letter) if letter in last else (0, _base_letter(letter))
        for letter in folded
    )


def join_words(words: Iterable[str], language: Language, link: str = N_("and")) -> str:
    """Return words as a list in a sentence: a, b og c; `link` is the text before the last one."""
    *head, tail = list(words) or [""]
    link = core_catalogue().gettext(language, link)
    return f"{', '.join(head)} {link} {tail}" if head else tail


def _base_letter(letter: str) -> str:
    if letter in "øæ":
        return {"ø": "o", "æ": "ae"}[letter]
    return unicodedata.normalize("NFD", letter)[0]
