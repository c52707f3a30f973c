"""The explorer in the browser: a Flask app over `orgmodel`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from orgmodel.exporting.slides import open_template
from orgmodel.reading.loading import data_files
from webui.asking.edge import KEY, RequestWithoutRepeats, register_viewer
from webui.asking.questions import refuse_wrong_questions
from webui.embedding.service import EMBEDS, EmbedService
from webui.embedding.sites import read_address, read_sites
from webui.limits import LINKS_A_MINUTE
from webui.offline.formats import add_formats
from webui.pages import assets, status
from webui.pages.accessibility import page as accessibility
from webui.pages.api import page as api
from webui.pages.assets import asset_url
from webui.pages.chains import page as chains
from webui.pages.changes import page as changes
from webui.pages.chart import page as chart
from webui.pages.comparison import page as comparison
from webui.pages.embeds import routes as embeds
from webui.pages.errors.handlers import handle_errors
from webui.pages.findings import page as findings
from webui.pages.frameworks import page as frameworks
from webui.pages.groups import page as groups
from webui.pages.index import page as index
from webui.pages.index.page import served_with_errors
from webui.pages.post import routes as posts
from webui.pages.present import routes as presentations
from webui.pages.search import page as search
from webui.pages.span_comparison import page as span_comparison
from webui.pages.spans import routes as spans
from webui.pages.unit import page as unit
from webui.pages.walk import page as walk
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

PAGES = (
    assets, index, comparison, span_comparison, api, accessibility, search, posts, unit, chains,
    groups, changes, walk, frameworks, findings, spans, presentations, chart, embeds, status,
)  # fmt: skip


def create_app(config: Mapping[str, object] | None = None) -> Flask:
    """Return the explorer as a WSGI app.

    Parameters
    ----------
    config
        Values for the settings in `settings.py`.

    Raises
    ------
    ValueError
        If `config` has an unknown key, invalid sites, an invalid URL, or a PowerPoint file that is not
        a template.
    """
    app = Flask("webui", static_folder=None, template_folder=".")
    app.request_class = RequestWithoutRepeats
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
    app.extensions[EMBEDS] = _embed_service(app)
    if app.config["TEMPLATE"]:
        open_template(Path(str(app.config["TEMPLATE"])))
    add_formats()
    register_viewer(app)
    refuse(app)
    keep_fresh(app)
    secure(app)
    refuse_wrong_questions(app)
    handle_errors(app)
    app.jinja_env.globals.update(asset_url=asset_url, served_with_errors=served_with_errors)
    for module in PAGES:
        app.register_blueprint(module.bp)
    _wrap(app)
    return app


def _repository(app: Flask) -> Repository:
    """Return the repository, with the paths and the waiting time of the settings."""
    folder = str(app.config["CACHE"])
    paths = [Path(path) for path in app.config["DATA_PATHS"]]
    cache = Cache.at(Path(folder), data_files(paths)) if folder else None
    return Repository(paths, cache, app.config["PATIENCE"])


def _wrap(app: Flask) -> None:
    """Wrap the app in the WSGI middleware."""
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


def _embed_service(app: Flask) -> EmbedService:
    """Return the service of embedded views, configured by the settings."""
    config = app.config
    config["ADDRESS"] = read_address(str(config["ADDRESS"]))
    # Each process has its own counter and gets its share of the limit.
    most = max(1, LINKS_A_MINUTE // int(config["WORKERS"]))
    sites = read_sites(str(config["FRAME_ANCESTORS"]))
    return EmbedService(str(config["EMBED_STORE"]), sites, most)
