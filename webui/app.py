"""The explorer in the browser: a Flask app over `orgmodel`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from orgmodel.exporting.slides import open_template
from orgmodel.reading.loading import data_files
from webui.asking.languages import current_language, speak
from webui.asking.questions import hold_questions
from webui.asking.requests import OnceRequest
from webui.asking.state import KEY
from webui.asking.urls import (
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
from webui.asking.viewing import names_are_shown, names_can_be_shown, visit_params
from webui.embedding.desk import DESK, Desk
from webui.embedding.sites import read_address, read_sites
from webui.embedding.store import LinkStore
from webui.limits import LINKS_A_MINUTE
from webui.offline.formats import add_formats
from webui.pages import assets, status
from webui.pages.accessibility import routes as accessibility
from webui.pages.api import routes as api
from webui.pages.chains import focus
from webui.pages.chains import routes as chains
from webui.pages.changes import routes as changes
from webui.pages.chart import routes as charts
from webui.pages.comparison import routes as comparison
from webui.pages.embeds import routes as embeds
from webui.pages.errors.handlers import handle_errors
from webui.pages.findings import routes as findings
from webui.pages.frameworks import routes as frameworks
from webui.pages.groups import routes as groups
from webui.pages.index import routes as organisations
from webui.pages.index.page import served_with_errors
from webui.pages.post import routes as posts
from webui.pages.present import routes as presentations
from webui.pages.search import routes as searches
from webui.pages.span_comparison import routes as span_comparisons
from webui.pages.spans import routes as spans
from webui.pages.unit import routes as units
from webui.pages.walk import routes as walks
from webui.server.access_log import AccessLog
from webui.server.freshness import keep_fresh
from webui.server.gate import Gate, refuse
from webui.server.hosts import known_hosts
from webui.server.security import secure
from webui.settings import SETTINGS
from webui.store.cache import Cache
from webui.store.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed.wsgi import WSGIApplication


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
    app = Flask("webui", static_folder=None, template_folder=".")
    app.request_class = OnceRequest
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_options["trim_blocks"] = True
    app.jinja_options["lstrip_blocks"] = True
    app.config.update({setting.name: setting.default for setting in SETTINGS})
    for name, value in (config or {}).items():
        if name not in app.config:
            reason = f"{name!r} is not a setting"
            raise ValueError(reason)
        app.config[name] = value
    app.extensions[KEY] = _repository(app)
    app.extensions[DESK] = _desk(app)
    if app.config["TEMPLATE"]:
        open_template(Path(str(app.config["TEMPLATE"])))
    add_formats()
    speak(app)
    refuse(app)
    keep_fresh(app)
    secure(app)
    hold_questions(app)
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
        served_with_errors=served_with_errors,
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
        status,
    )
    for module in modules:
        app.register_blueprint(module.bp)
    _wrap(app)
    return app


def _repository(app: Flask) -> Repository:
    """Return the organisations, as the settings say where they are and how long pages wait."""
    folder = str(app.config["CACHE"])
    paths = [Path(path) for path in app.config["DATA_PATHS"]]
    cache = Cache.at(Path(folder), data_files(paths)) if folder else None
    return Repository(paths, cache, app.config["PATIENCE"])


def _wrap(app: Flask) -> None:
    """Put around the app what a request passes before it and an answer after it."""
    config = app.config
    stated = [urlsplit(str(config["ADDRESS"])).hostname or "", str(config["LISTENS_ON"])]
    hosts = known_hosts([one for one in (*stated, *config["HOST_NAMES"]) if one])
    wrapped: WSGIApplication = Gate(app.wsgi_app, hosts)
    if config["ACCESS_LOG"]:
        trusts = bool(config["TRUST_PROXY"])
        wrapped = AccessLog(wrapped, str(config["ACCESS_LOG"]), trusts_proxy=trusts)
    if config["TRUST_PROXY"]:
        wrapped = ProxyFix(wrapped, x_for=1, x_proto=1, x_host=1, x_prefix=1)
    app.wsgi_app = wrapped  # type: ignore[assignment, method-assign]


def _desk(app: Flask) -> Desk:
    """Return where links to embedded views are made, as the settings say."""
    app.config["ADDRESS"] = read_address(str(app.config["ADDRESS"]))
    folder = str(app.config["EMBED_STORE"])
    store = LinkStore(Path(folder)) if folder else None
    # Each process counts by itself, and takes its share.
    most = max(1, LINKS_A_MINUTE // int(app.config["WORKERS"]))
    return Desk(store, read_sites(str(app.config["FRAME_ANCESTORS"])), most)
