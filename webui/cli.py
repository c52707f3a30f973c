"""The command line of the core, extended by `serve`."""

from __future__ import annotations

from pathlib import Path

import click

from orgmodel.cli import main
from orgmodel.cli.common import bands_at, bands_option
from orgmodel.texts import DEFAULT_LANGUAGE
from webui import cli_embeds
from webui.embedding.sites import SELF, SitesError, read_address, read_sites
from webui.limits import SECONDS_FOR_CHANGES
from webui.offline.formats import add_formats
from webui.parts.report import read_report_address
from webui.server.hosts import known_hosts
from webui.settings import LOG_FORMATS
from webui.store.folders import cache_folder, state_folder

add_formats()
SHIPPED = (Path(__file__).parents[1] / "data", Path(__file__).parents[1] / "orgmodel" / "shipped")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that answer; one for every core serves most readers. On Windows always one.",
)
@click.option("--without-names", is_flag=True, help="Show titles only, without names, everywhere.")
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A PowerPoint file whose colours, fonts and layout all slides take on.",
)
@click.option(
    "--owner", default="", help="Who is responsible for the site, for its accessibility statement."
)
@click.option("--contact", default="", help="Where barriers are reported: a mail or web address.")
@click.option(
    "--report-to",
    default="",
    metavar="ADDRESS",
    help="Where readers report errors in the data: a mail address or an https address.",
)
@click.option(
    "--embed-on",
    multiple=True,
    metavar="SITE",
    help="A site that may show views in frames, as https://intranet.example.dk; may be repeated.",
)
@click.option(
    "--embed-store",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for links to such views; by default a folder of this user.",
)
@click.option(
    "--address",
    default="",
    help="The site's public address, if it differs from the one requested.",
)
@click.option(
    "--host-name",
    "host_names",
    multiple=True,
    metavar="NAME",
    help="Another host name of the site, without port; may be repeated.",
)
@click.option(
    "--trust-proxy",
    is_flag=True,
    help="Take the client, the user, the host and the scheme from the headers of the proxy in front.",
)
@click.option(
    "--allow-changes",
    is_flag=True,
    help="Let everybody who reaches the site make links; otherwise only users of this machine.",
)
@click.option(
    "--access-log",
    type=click.Choice(LOG_FORMATS),
    help="Write a line to standard output for each request, in the common log format or as JSON.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the cache; by default a folder of this user.",
)
@bands_option
def serve(  # noqa: PLR0913 - an option each
    paths: tuple[Path, ...],
    host: str,
    port: int,
    workers: int,
    *,
    without_names: bool,
    template: Path | None,
    owner: str,
    contact: str,
    report_to: str,
    embed_on: tuple[str, ...],
    embed_store: Path | None,
    address: str,
    host_names: tuple[str, ...],
    trust_proxy: bool,
    allow_changes: bool,
    access_log: str | None,
    cache: Path | None,
    bands: Path | None,
) -> None:
    """Serve organisations in the browser; without a PATH, the shipped ones."""
    from webui.server.serving import serve_paths

    shipped = [folder for folder in SHIPPED if folder.is_dir()][:1]
    config: dict[str, object] = {"NAMES": not without_names, "OWNER": owner, "CONTACT": contact}
    if template is not None:
        _check(template)
        config["TEMPLATE"] = str(template)
    config["REPORT"] = _report_address(report_to)
    config |= _embedding(embed_on, embed_store, address)
    config |= {
        "HOST_NAMES": _host_names(host_names),
        "TRUST_PROXY": trust_proxy,
        "ALLOW_CHANGES": allow_changes,
        "ACCESS_LOG": access_log or "",
        "CACHE": str(cache or cache_folder() or ""),
        "PATIENCE": SECONDS_FOR_CHANGES,
    }
    if bands is not None:
        bands_at(bands, DEFAULT_LANGUAGE)
        config["BANDS"] = str(bands)
    serve_paths(list(paths) or shipped, host, port, workers, config)


def _check(template: Path) -> None:
    """Raise a usage error if a template is invalid."""
    from orgmodel.errors import TemplateError
    from orgmodel.exporting.slides import open_template

    try:
        open_template(template)
    except TemplateError as error:
        raise click.UsageError(error.words.text(DEFAULT_LANGUAGE)) from None


def _host_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return further host names of the site; raise a usage error if they are invalid."""
    try:
        return tuple(known_hosts(names))
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _report_address(text: str) -> str:
    """Return the link for reports; raise a usage error if the address is invalid."""
    try:
        return read_report_address(text)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _embedding(sites: tuple[str, ...], store: Path | None, address: str) -> dict[str, object]:
    """Return the settings of embedded views; raise a usage error if they are invalid."""
    try:
        named = read_sites(" ".join(sites) or SELF)
        own = read_address(address)
    except SitesError as error:
        raise click.UsageError(str(error)) from None
    folder = store or state_folder()
    return {
        "FRAME_ANCESTORS": named.policy,
        "EMBED_STORE": str(folder) if folder else "",
        "ADDRESS": own,
    }


__all__ = ["cli_embeds", "main"]
