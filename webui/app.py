"""The explorer in the browser: a Flask app over `orgmodel`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from orgmodel.exporting.slides import open_template
from webui.embedding.desk import DESK, Desk
from webui.embedding.sites import read_address, read_sites
from webui.embedding.store import LinkStore
from webui.errors import handle_errors
from webui.formats import add_formats
from webui.languages import current_language, speak
from webui.repository import Repository
from webui.security import secure
from webui.settings import SETTINGS
from webui.state import KEY
from webui.urls import (
    accessibility_url,
    api_url,
    asset_url,
    comparison_url,
    font_url,
    index_url,
    presentation_url,
    this_page_as,
    this_page_in,
    this_page_with,
    vis_url,
)
from webui.viewing import names_are_shown, names_can_be_shown, visit_params
from webui.views import (
    accessibility,
    api,
    assets,
    chains,
    changes,
    charts,
    comparison,
    embeds,
    findings,
    focus,
    frameworks,
    groups,
    organisations,
    posts,
    presentations,
    searches,
    span_comparisons,
    spans,
    units,
    walks,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def create_app(config: Mapping[str, object] | None = None) -> Flask:
    """Return the explorer as a WSGI app.

    Parameters
    ----------
    config
        Values for the settings in `settings.py`.

    Raises
    ------
    ValueError
        If `config` holds a key that is no setting, sites or an address that cannot be ones, or a
        PowerPoint file that is no template.
    """
    app = Flask("webui", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_options["trim_blocks"] = True
    app.jinja_options["lstrip_blocks"] = True
    app.config.update({setting.name: setting.default for setting in SETTINGS})
    for name, value in (config or {}).items():
        if name not in app.config:
            reason = f"{name!r} is not a setting"
            raise ValueError(reason)
        app.config[name] = value
    app.extensions[KEY] = Repository([Path(path) for path in app.config["DATA_PATHS"]])
    app.extensions[DESK] = _desk(app)
    if app.config["TEMPLATE"]:
        open_template(Path(str(app.config["TEMPLATE"])))
    add_formats()
    speak(app)
    secure(app)
    handle_errors(app)
    app.jinja_env.globals.update(
        asset_url=asset_url,
        font_url=font_url,
        vis_url=vis_url,
        index_url=index_url,
        comparison_url=comparison_url,
        presentation_url=presentation_url,
        this_page_as=this_page_as,
        accessibility_url=accessibility_url,
        api_url=api_url,
        this_page_in=this_page_in,
        this_page_with=this_page_with,
        names_are_shown=names_are_shown,
        names_can_be_shown=names_can_be_shown,
        visit_params=visit_params,
        current_language=current_language,
    )
    modules = (
        assets,
        organisations,
        comparison,
        span_comparisons,
        api,
        accessibility,
        searches,
        posts,
        units,
        focus,
        chains,
        groups,
        changes,
        walks,
        frameworks,
        findings,
        spans,
        presentations,
        charts,
        embeds,
    )
    for module in modules:
        app.register_blueprint(module.bp)
    return app


def _desk(app: Flask) -> Desk:
    """Return where links to embedded views are made, as the settings say."""
    app.config["ADDRESS"] = read_address(str(app.config["ADDRESS"]))
    folder = str(app.config["EMBED_STORE"])
    store = LinkStore(Path(folder)) if folder else None
    return Desk(store, read_sites(str(app.config["FRAME_ANCESTORS"])))
