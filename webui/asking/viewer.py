"""Who looks at a page: the value that every page is built for.

Builders take a `Viewer` as their first argument and read nothing else of a request, so a page can
be built without one. `edge.py` makes the viewer of a request.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from werkzeug.datastructures import MultiDict

from orgmodel.texts import (
    LANGUAGES,
    Catalogue,
    Language,
    core_translations,
    format_number,
    message,
)
from webui.asking.addresses import OFF, VISIT, is_known

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from werkzeug.routing import MapAdapter

    Args = MultiDict[str, str]

Param = str | list[str] | None

# Files, answers to programs, and links that state themselves what they show.
_WITHOUT_VISIT = ("assets.", "status.", "embeds.show", "embeds.withdraw", "embeds.oembed")
_ANCHOR_SAFE = "%!#$&'()*+,/:;=?@"
_TRANSLATIONS = Path(__file__).parents[1] / "translations"


@dataclass(frozen=True)
class Viewer:
    """Who looks at a page, and the address of the page.

    Attributes
    ----------
    language
        The language of the page.
    names
        Whether people are named.
    may_name
        Whether the server names people at all.
    day
        The date that the address asks for; None for the date of the data.
    args
        The parameters of the address.
    endpoint, path
        Flask's name of the page and the values in its path; None where no page has the address.
    adapter
        Makes addresses; None for a file that is made without a server.
    site
        The start of the site's addresses as those outside know them, without a slash at its end.
    """

    language: Language
    names: bool = True
    may_name: bool = True
    day: date | None = None
    args: Args = field(default_factory=MultiDict)
    endpoint: str | None = None
    path: Mapping[str, Any] = field(default_factory=dict)
    adapter: MapAdapter | None = None
    site: str = ""

    # Texts ------------------------------------------------------------------------------------

    def _(self, text: str, /, **params: object) -> str:
        """Return a text of the pages."""
        return text_in(self.language, text, **params)

    def ngettext(self, singular: str, plural: str, n: int, /, **params: object) -> str:
        """Return the form of a text for a number, which `params` may hold in other words."""
        template = catalogue().ngettext(self.language, singular, plural, n)
        return template.format_map({"n": format_number(n, self.language), **params})

    def number(self, number: float) -> str:
        """Return a number as the page's language writes it."""
        return message("{n}", n=number).text(self.language)

    # Addresses --------------------------------------------------------------------------------

    @cached_property
    def visit(self) -> Mapping[str, str | None]:
        """The parameters that hold for the whole visit, None where the address does not state one."""
        return {
            "lang": stated_language(self.args),
            "names": OFF if self.args.get("names") == OFF else None,
            "date": None if self.day is None else self.day.isoformat(),
        }

    def url_for(self, endpoint: str, **values: Param) -> str:
        """Return the address of a page, by Flask's name of it; `_anchor` is a place on the page.

        What holds for the whole visit stays in it. A page about an organisation is about the one of
        this page, where no other `organisation_id` is given.
        """
        anchor = values.pop("_anchor", None)
        address = self.bare_url_for(endpoint, **self.with_defaults(endpoint, values))
        return address if anchor is None else f"{address}#{quote(str(anchor), safe=_ANCHOR_SAFE)}"

    def with_defaults(self, endpoint: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the values of a page's address with those that need not be given."""
        if endpoint.startswith(_WITHOUT_VISIT):
            return values
        assert self.adapter is not None  # noqa: S101 - a page without a server has no addresses
        own = self.path.get("organisation_id")
        if own is not None and self.adapter.map.is_endpoint_expecting(endpoint, "organisation_id"):
            return {**self.visit, "organisation_id": own, **values}
        return {**self.visit, **values}

    def bare_url_for(self, endpoint: str, **values: Param) -> str:
        """Return the address of a page with these values and no others."""
        assert self.adapter is not None  # noqa: S101 - a page without a server has no addresses
        return self.adapter.build(endpoint, values)

    def whole_url_for(self, endpoint: str, **values: Param) -> str:
        """Return the address of a page as those outside know it."""
        assert self.adapter is not None  # noqa: S101 - as above
        path = self.bare_url_for(endpoint, **values)
        return self.site + path.removeprefix(self.adapter.script_name[:-1])

    def this_page_with(self, **changes: Param) -> str:
        """Return the address of this page with other values of some parameters."""
        if self.endpoint is None:
            return self.bare_url_for("organisations.index", lang=changes.get("lang"))
        # No parameter may overrule the values of the path.
        own = {name: changes.get(name, value) for name, value in self.path.items()}
        return self.bare_url_for(self.endpoint, **{**self.known_args(), **changes, **own})

    def this_page_as(self, endpoint: str, **values: Param) -> str:
        """Return the address of another form of this page, with the same question."""
        return self.bare_url_for(endpoint, **{**self.known_args(), **self.path, **values})

    def known_args(self) -> dict[str, list[str]]:
        """Return the parameters of the address that pages know."""
        return {name: values for name, values in self.args.lists() if is_known(name)}

    def kept_params(self, *set_by_form: str) -> tuple[tuple[str, str], ...]:
        """Return the names and values that a form passes on, without those that it sets itself."""
        return tuple(
            (name, value)
            for name, values in self.known_args().items()
            if name not in set_by_form
            for value in values
        )

    def visit_params(self) -> tuple[tuple[str, str], ...]:
        """Return the names and values that a form passes on, so that the visit stays as it is."""
        return tuple((name, self.args[name]) for name in VISIT if name in self.args)


def stated_language(args: Args) -> Language | None:
    """Return the language that an address names, None where it names none."""
    asked = args.get("lang")
    return next((language for language in LANGUAGES if language == asked), None)


def text_in(language: Language, text: str, /, **params: object) -> str:
    """Return a text of the pages in a language."""
    return catalogue().gettext(language, text).format_map(params)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the texts of the pages and of the library together."""
    return Catalogue(_TRANSLATIONS, core_translations())
