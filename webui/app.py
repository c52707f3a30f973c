"""The explorer in the browser: a Flask app over `orgmodel`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from orgmodel.exporting.slides import open_template
from orgmodel.reading.loading import data_files
from webui.asking.edge import KEY, RequestWithoutRepeats, current_viewer, register_viewer
from webui.asking.questions import refuse_wrong_questions
from webui.embedding.service import EMBEDS, EmbedService
from webui.embedding.sites import read_address, read_sites
from webui.limits import LINKS_A_MINUTE
from webui.offline.formats import add_formats
from webui.pages.assets import asset_url
from webui.pages.errors.handlers import handle_errors
from webui.pages.index.page import served_with_errors
from webui.parts.glossary import is_term, term_tip
from webui.parts.report import read_report_address, report_href
from webui.server.access_log import AccessLog
from webui.server.freshness import keep_fresh
from webui.server.gate import Gate, refuse
from webui.server.hosts import known_hosts
from webui.server.security import secure
from webui.settings import SETTINGS
from webui.store.cache import Cache
from webui.store.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from _typeshed.wsgi import WSGIApplication

_PAGES = Path(__file__).with_name("pages")


def create_app(config: Mapping[str, object] | None = None) -> Flask:
    """Return the explorer as a WSGI app.

    Parameters
    ----------
    config
        Values for the settings in `settings.py`.

    Raises
    ------
    ValueError
        If `config` has an unknown key, invalid sites, an invalid URL or mail address, or a PowerPoint
        file that is not a template.
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
    app.config["REPORT"] = read_report_address(str(app.config["REPORT"]))
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
    app.jinja_env.globals.update(
        asset_url=asset_url,
        served_with_errors=served_with_errors,
        term_tip=term_tip,
        report_href=lambda fact: report_href(current_viewer(), fact),
    )
    app.jinja_env.tests["term"] = is_term
    for bp in _pages():
        app.register_blueprint(bp)
    _wrap(app)
    return app


def _pages() -> Iterator[Blueprint]:
    """Yield the blueprints of the pages: every module in `pages/` may have one, called `bp`."""
    for path in sorted(_PAGES.rglob("[!_]*.py")):
        name = path.relative_to(_PAGES.parent).with_suffix("").as_posix().replace("/", ".")
        bp = getattr(import_module(f"webui.{name}"), "bp", None)
        if isinstance(bp, Blueprint):
            yield bp


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
