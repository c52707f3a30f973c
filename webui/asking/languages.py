"""The language of a page: the address decides, else the browser, else Danish."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import g, request

from orgmodel.texts import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    Catalogue,
    Language,
    core_translations,
    format_number,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask, Response

_TRANSLATIONS = Path(__file__).parents[1] / "translations"


def current_language() -> Language:
    """Return the language of the page that is being made."""
    language: Language = g.language
    return language


def stated_language() -> Language | None:
    """Return the language that the address names, None where it names none."""
    asked = request.args.get("lang")
    return next((language for language in LANGUAGES if language == asked), None)


def _(text: str, **params: object) -> str:
    """Return a text of the web pages in the page's language."""
    return text_in(current_language(), text, params)


def ngettext(singular: str, plural: str, n: int, **params: object) -> str:
    """Return the form of a text for a number, in the page's language."""
    return number_text_in(current_language(), (singular, plural), n, params)


def text_in(language: Language, text: str, params: Mapping[str, object]) -> str:
    """Return a text of the web pages in a language, for what is made without a request."""
    return catalogue().gettext(language, text).format_map(params)


def number_text_in(
    language: Language, forms: tuple[str, str], n: int, params: Mapping[str, object]
) -> str:
    """Return the form of a text for a number, which `params` may hold in other words."""
    template = catalogue().ngettext(language, *forms, n)
    return template.format_map({"n": format_number(n, language), **params})


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the texts of the pages and of the library together."""
    return Catalogue(_TRANSLATIONS, core_translations())


def speak(app: Flask) -> None:
    """Choose a language for every request, and give templates the texts."""

    @app.before_request
    def choose() -> None:
        best = request.accept_languages.best_match(LANGUAGES, default=DEFAULT_LANGUAGE)
        wished = next((one for one in LANGUAGES if one == best), DEFAULT_LANGUAGE)
        g.language = stated_language() or wished

    @app.after_request
    def depend_on_the_browser(response: Response) -> Response:
        # Else a cache between would hand one reader's language to another.
        if stated_language() is None and not request.path.startswith("/-/"):
            response.vary.add("Accept-Language")
        return response

    app.jinja_env.globals.update(_=_, ngettext=ngettext)
