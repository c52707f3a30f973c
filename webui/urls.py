"""Every address of the explorer; nothing else puts one together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request, url_for

from webui.languages import stated_language

if TYPE_CHECKING:
    from collections.abc import Collection

    from orgmodel.texts import Language


def index_url() -> str:
    """Return the address of the list of organisations."""
    return _page("organisations.index")


def chart_url(
    organisation_id: str,
    *,
    select: str | None = None,
    opened: Collection[str] = (),
    closed: Collection[str] = (),
) -> str:
    """Return the address of an organisation's chart: what is selected, opened and closed in it."""
    return _page(
        "charts.page",
        organisation_id=organisation_id,
        select=select,
        open=",".join(opened) or None,
        closed=",".join(closed) or None,
    )


def chart_data_url(organisation_id: str) -> str:
    """Return the address of the chart's data."""
    return _page("charts.data", organisation_id=organisation_id)


def search_url(organisation_id: str) -> str:
    """Return the address of the search page."""
    return _page("searches.page", organisation_id=organisation_id)


def search_data_url(organisation_id: str) -> str:
    """Return the address of the search as data."""
    return _page("searches.data", organisation_id=organisation_id)


def post_url(organisation_id: str, position_id: str) -> str:
    """Return the address of a post's page."""
    return _page("posts.page", organisation_id=organisation_id, position_id=position_id)


def post_data_url(organisation_id: str, position_id: str) -> str:
    """Return the address of a post's page as data."""
    return _page("posts.data", organisation_id=organisation_id, position_id=position_id)


def frameworks_url(organisation_id: str, framework_id: str | None = None) -> str:
    """Return the address of an organisation's frameworks, or of one of them there."""
    address = _page("frameworks.page", organisation_id=organisation_id)
    return address if framework_id is None else f"{address}#framework-{framework_id}"


def findings_url(organisation_id: str) -> str:
    """Return the address of an organisation's findings."""
    return _page("findings.page", organisation_id=organisation_id)


def comparison_url() -> str:
    """Return the address of the page that compares organisations."""
    return _page("comparison.page")


def asset_url(filename: str) -> str:
    """Return the address of one of our own files."""
    return url_for("assets.static_file", filename=filename)


def font_url(filename: str) -> str:
    """Return the address of a font."""
    return url_for("assets.font", filename=filename)


def vis_url() -> str:
    """Return the address of the vis-network script that pyvis brings."""
    return url_for("assets.vis_network")


def this_page_in(language: Language) -> str:
    """Return the address of the page that is being made, in another language."""
    if request.endpoint is None or request.routing_exception is not None:
        return url_for("organisations.index", lang=language)
    values: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(flat=False)}
    values["lang"] = language
    return url_for(request.endpoint, **values)


def _page(endpoint: str, **values: Any) -> str:
    """Return a page's address; the language stays in it where the reader has chosen one."""
    return url_for(endpoint, lang=stated_language(), **values)
