"""Texts in two languages: messages rendered in a language later, numbers, dates and sorting.

Texts in the code are English. `<folder>/translations/da.po` has the Danish ones, in the format
that translation tools edit; it is read directly, so that no compiled copy can be out of date.
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
    """Mark a text for the catalogue in places where the language is not known yet."""
    return text


@runtime_checkable
class Worded(Protocol):
    """A value with a text in each language."""

    def text(self, language: Language) -> str:
        """Return the text in `language`."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """A text with its parameters, to be rendered in a language later.

    Parameters
    ----------
    template
        The English text, with `{name}` for parameters; marked with `N_`.
    params
        Values by name. Integers are formatted for the language, worded values (messages, names in
        two languages, amounts) are rendered in it, everything else is converted with `str`.
    plural
        The English plural; `params["n"]` then selects the form.
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
            assert isinstance(count, int)  # noqa: S101 - plurals have a number
            template = catalogue.ngettext(language, self.template, self.plural, count)
        return template.format_map(
            {name: say(value, language) for name, value in self.params.items()}
        )


def message(template: str, **params: object) -> Message:
    """Return a message of `template` with its parameters."""
    return Message(template, params)


def plural_message(singular: str, plural: str, n: int, **params: object) -> Message:
    """Return a message whose form follows the number `n`."""
    return Message(singular, {"n": n, **params}, plural)


@dataclass(frozen=True, slots=True)
class Joined:
    """Several worded values, joined by a separator."""

    parts: tuple[Worded | str, ...]
    separator: str = ", "

    def text(self, language: Language) -> str:
        """Return the parts in `language`, joined by the separator."""
        return self.separator.join(say(part, language) for part in self.parts)


def say(value: object, language: Language) -> str:
    """Return the text of a parameter value."""
    if isinstance(value, Worded):
        return value.text(language)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format_number(value, language)
    return shown_name(value) if isinstance(value, PurePath) else str(value)


# The quotation marks of each language; pages style <q> with the same (`app.css`).
QUOTES: Mapping[Language, tuple[str, str]] = {"da": ("»", "«"), "en": ("“", "”")}


def quoted(words: str | None, language: Language) -> str:
    """Return words in the quotation marks of a language; nothing stays empty."""
    opening, closing = QUOTES[language]
    return f"{opening}{words}{closing}" if words else ""


class Catalogue:
    """The Danish texts of one or more folders, looked up by the English ones.

    A text without a translation is shown in English; a test ensures that there is none.
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
    """Return the folder of the library's own texts, for packages that add further folders."""
    return _CORE_TRANSLATIONS


def format_number(number: float, language: Language) -> str:
    """Return a number formatted for the language: 1.800 or 1,800; at most one decimal."""
    return format_decimal(number, format="#,##0.#", locale=_LOCALES[language])


def format_percent(share: float, language: Language, digits: int = 0) -> str:
    """Return a share from 0 to 1 in percent: 44 % in Danish, 44% in English.

    With `digits` decimals; a positive share below the smallest value is shown as less than it, not
    as 0.
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
    """Return the sort key of a text in `language`.

    In Danish æ, ø and å come after z, in that order, and aa sorts as å (Retskrivningsordbogen
    § 4). Accents and case are ignored.
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
