"""The viewer of a page, a value object from which every page is built.

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

# Endpoints without visit parameters: files, status, and links that hold their own settings.
_WITHOUT_VISIT = ("assets.", "status.", "embeds.show", "embeds.withdraw", "embeds.oembed")
_ANCHOR_SAFE = "%!#$&'()*+,/:;=?@"
_TRANSLATIONS = Path(__file__).parents[1] / "translations"


@dataclass(frozen=True)
class Viewer:
    """The viewer of a page, and the URL of the page.

    Attributes
    ----------
    language
        The language of the page.
    names
        Whether people are named.
    may_name
        Whether the server names people at all.
    day
        The requested date; None for the date of the data.
    args
        The parameters of the URL.
    endpoint, path
        Flask's name of the page and the values in its path; None if no page has the URL.
    adapter
        Builds URLs; None for a file that is made without a server.
    site
        The public base URL of the site, without a trailing slash.
    report
        The link for reports of errors in the data; empty if there is none.
    today
        The day of the visit, to which the age of data is counted; None if it does not matter.
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
    report: str = ""
    today: date | None = None

    # Texts ------------------------------------------------------------------------------------

    def _(self, text: str, /, **params: object) -> str:
        """Return a text of the pages."""
        return text_in(self.language, text, **params)

    def ngettext(self, singular: str, plural: str, n: int, /, **params: object) -> str:
        """Return the plural form of a text for a number, which `params` may override in words."""
        template = catalogue().ngettext(self.language, singular, plural, n)
        return template.format_map({"n": format_number(n, self.language), **params})

    def number(self, number: float) -> str:
        """Return a number formatted for the page's language."""
        return message("{n}", n=number).text(self.language)

    # URLs -------------------------------------------------------------------------------------

    @cached_property
    def visit(self) -> Mapping[str, str | None]:
        """The parameters of the whole visit, None for those not in the URL."""
        return {
            "lang": stated_language(self.args),
            "names": OFF if self.args.get("names") == OFF else None,
            "date": None if self.day is None else self.day.isoformat(),
        }

    def url_for(self, endpoint: str, **values: Param) -> str:
        """Return the URL of a page by its Flask endpoint; `_anchor` is a fragment.

        The parameters of the visit are kept. `organisation_id` defaults to the organisation of this
        page.
        """
        anchor = values.pop("_anchor", None)
        address = self.bare_url_for(endpoint, **self.with_defaults(endpoint, values))
        return address if anchor is None else f"{address}#{quote(str(anchor), safe=_ANCHOR_SAFE)}"

    def with_defaults(self, endpoint: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the values of a page's URL, completed by defaults."""
        if endpoint.startswith(_WITHOUT_VISIT):
            return values
        assert self.adapter is not None  # noqa: S101 - a page without a server has no addresses
        own = self.path.get("organisation_id")
        if own is not None and self.adapter.map.is_endpoint_expecting(endpoint, "organisation_id"):
            return {**self.visit, "organisation_id": own, **values}
        return {**self.visit, **values}

    def bare_url_for(self, endpoint: str, **values: Param) -> str:
        """Return the URL of a page with these values and no others."""
        assert self.adapter is not None  # noqa: S101 - a page without a server has no addresses
        return self.adapter.build(endpoint, values)

    def whole_url_for(self, endpoint: str, **values: Param) -> str:
        """Return the absolute public URL of a page."""
        assert self.adapter is not None  # noqa: S101 - as above
        path = self.bare_url_for(endpoint, **values)
        return self.site + path.removeprefix(self.adapter.script_name[:-1])

    def this_whole_url(self) -> str:
        """Return the absolute public URL of this page, with the parameters that pages use."""
        if self.endpoint is None:
            return self.whole_url_for("organisations.index")
        return self.whole_url_for(self.endpoint, **{**self.known_args(), **self.path})

    def this_page_with(self, **changes: Param) -> str:
        """Return the URL of this page with some parameters changed."""
        if self.endpoint is None:
            return self.bare_url_for("organisations.index", lang=changes.get("lang"))
        # No parameter may overrule the values of the path.
        own = {name: changes.get(name, value) for name, value in self.path.items()}
        return self.bare_url_for(self.endpoint, **{**self.known_args(), **changes, **own})

    def this_page_as(self, endpoint: str, **values: Param) -> str:
        """Return the URL of another format of this page, with the same parameters."""
        return self.bare_url_for(endpoint, **{**self.known_args(), **self.path, **values})

    def known_args(self) -> dict[str, list[str]]:
        """Return those parameters of the URL that pages use."""
        return {name: values for name, values in self.args.lists() if is_known(name)}

    def kept_params(self, *set_by_form: str) -> tuple[tuple[str, str], ...]:
        """Return the hidden fields of a form, without the parameters that it sets."""
        return tuple(
            (name, value)
            for name, values in self.known_args().items()
            if name not in set_by_form
            for value in values
        )

    def visit_params(self) -> tuple[tuple[str, str], ...]:
        """Return the hidden fields that keep the parameters of the visit."""
        return tuple((name, self.args[name]) for name in VISIT if name in self.args)


def stated_language(args: Args) -> Language | None:
    """Return the language in the URL, None without one."""
    asked = args.get("lang")
    return next((language for language in LANGUAGES if language == asked), None)


def text_in(language: Language, text: str, /, **params: object) -> str:
    """Return a text of the pages in a language."""
    return catalogue().gettext(language, text).format_map(params)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the texts of the pages and of the library together."""
    return Catalogue(_TRANSLATIONS, core_translations())
