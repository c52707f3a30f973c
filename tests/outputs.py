"""Every page and every file that two checkouts make of the shipped data, compared byte by byte.

`python -m tests.outputs OLD NEW` makes the outputs of both and compares them. A set that is needed
several times is made once:

    python -m tests.outputs make CHECKOUT FOLDER [--like FOLDER]
    python -m tests.outputs compare FOLDER FOLDER [--show]

A checkout is used only through the Flask app and the command line, in a separate process. Pages
are found by following links from the front page, with a limit for each route. With `--like`, which
OLD NEW implies, the URLs of the other set are requested as well. Variable content is replaced:
secrets, versions of assets, today's date, and timestamps in PDF and Office files.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import importlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections import Counter, deque
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from babel.dates import format_date
from click.testing import CliRunner
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask
    from werkzeug.test import TestResponse

INDEX = "index.json"
VISITS = ("lang=da", "lang=en", "lang=da&names=off")
# The maximum number of URLs of a route per organisation and visit: per set of parameters, in all.
_MOST_ALIKE, _MOST = 3, 8
# Files that take longer than a page; the command line makes the same files.
_HEAVY = re.compile(r"/files/|/plots/|/tables/|/slides|/picture|\.xlsx")
_HEAVY_ALIKE, _HEAVY_MOST = 1, 2
_IDS = {"organisation_id", "position_id", "unit_id", "token"}
_SETTINGS = {"OWNER": "Nobody", "CONTACT": "nobody" + "@example.org"}
# URLs without a link: invalid parameters, and endpoints for programs.
_ASIDE = ("/-/health", "/-/ready", "/robots.txt", "/.well-known/security.txt", "/nowhere/", "/%00")
_ASIDE_OF = (
    "positions/nobody", "units/nowhere", "?date=never", "?date=2020-01-01", "spans?unit=nowhere",
    "chart.json?open=nobody", "present/files/nothing", "spans?sort=nothing", "search.json?q=chef",
)  # fmt: skip
# Limits on the difference shown: pieces compared, lines, and characters per line.
_PIECES = re.compile(r"\n|(?<=[>,;}])")
_MOST_PIECES, _MOST_SHOWN, _LONGEST = 400, 8, 160
_TEXT = re.compile(r"text/(html|css|javascript)")
_IMPORTED = re.compile(r"(?:url\(|from |import |import\()['\"]?([./][^'\")]+)")
_NOT_COMPARED = {"Content-Length", "Date", "ETag", "Expires", "Last-Modified", "Set-Cookie"}
_PASSING = (
    (rb"([?&](?:amp;)?v=)[0-9a-f]{12}\b", rb"\1VERSION"),
    (rb"(-(?:/|%2F)embed(?:/|%2F)(?:withdraw(?:/|%2F))?)[\w.~-]+", rb"\1TOKEN"),
    (rb"(Expires: )\S+", rb"\1DAY"),
    (rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\1TIME"),
    (rb"(<xmp:(?:Create|Modify|Metadata)Date>)[^<]*", rb"\1TIME"),
    (rb"(/(?:CreationDate|ModDate) ?)\([^)]*\)", rb"\1(TIME)"),
)


# Making outputs ----------------------------------------------------------------------------------


class Made:
    """A folder of outputs: each content once, by hash, and an index from names to hashes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        index = folder / INDEX
        self.hashes: dict[str, str] = json.loads(index.read_bytes()) if index.exists() else {}

    def add(self, name: str, content: bytes) -> None:
        """Keep an output under a name."""
        content = settled(content)
        found = self.hashes[settled(name.encode()).decode()] = hashlib.sha256(content).hexdigest()
        (self.folder / found).write_bytes(content)

    def content(self, name: str) -> bytes:
        """Return the output of a name."""
        return (self.folder / self.hashes[name]).read_bytes()

    def close(self) -> None:
        """Write the index."""
        text = json.dumps(self.hashes, ensure_ascii=False, indent=0, sort_keys=True)
        (self.folder / INDEX).write_text(text, encoding="utf-8")


def settled(content: bytes) -> bytes:
    """Return an output without variable parts; archives as the text of their members."""
    if content.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [
                b"== %s\n%s\n" % (name.encode(), settled(archive.read(name)))
                for name in sorted(archive.namelist())
            ]
        return b"".join(members)
    for pattern, replacement in _PASSING:
        content = re.sub(pattern, replacement, content)
    today = datetime.now().astimezone().date()
    said = [format_date(today, "long", locale) for locale in ("da", "en_GB")]
    for words in (today.isoformat(), *said):
        content = content.replace(words.encode(), b"TODAY")
    return content


class _Links(HTMLParser):
    """The URLs in a page, and its forms with their initial values."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.forms: list[tuple[str, str, dict[str, str]]] = []
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((found.get("method", "get"), found.get("action", ""), {}))
            return
        self.addresses += [value for value in found.values() if value.startswith(("/", "?"))]
        fields = self.forms[-1][2] if self.forms else {}
        name = found.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in found or self._select not in fields):
            fields[self._select] = found.get("value", "")
        elif tag == "input" and name:
            is_box = found.get("type") in {"checkbox", "radio"}
            if not is_box or "checked" in found:
                fields[name] = "chef" if name == "q" else found.get("value", "on")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script":
            plain = data.replace("\\u0026", "&").replace("\\/", "/")
            self.addresses += re.findall(r'"(/[^"\\<> ]*)"', plain)


class _Crawl:
    """Crawls all URLs of an app."""

    def __init__(self, app: Flask, made: Made) -> None:
        self._client, self._routes = app.test_client(), app.url_map.bind("localhost")
        self._made = made
        self._asked: set[str] = set()
        self._counts: Counter[tuple[object, ...]] = Counter()

    def run(self, addresses: list[str], *, goes_on: bool) -> None:
        """Request URLs, and those that their pages link to."""
        waiting = deque(addresses)
        while waiting:
            address = waiting.popleft()
            if address in self._asked or (goes_on and not self._is_wanted(address)):
                continue
            self._asked.add(address)
            answer = self._client.get(address, follow_redirects=True)
            self._keep(address, answer)
            if goes_on and _TEXT.fullmatch(answer.mimetype or ""):
                waiting += self._leads_to(address, answer)

    def _leads_to(self, address: str, answer: TestResponse) -> Iterator[str]:
        """Return the URLs in a page, a style sheet or a script; submit a page's forms."""
        page, path = answer.get_data(as_text=True), address.partition("?")[0]
        if answer.mimetype != "text/html":
            yield from (urljoin(address, one) for one in _IMPORTED.findall(page))
            return
        links = _Links(page)
        yield address.replace(path, path.rstrip("/") + ".json")
        for one in links.addresses:
            # A template in which a script inserts ids of posts or units.
            template = re.search(r"/(\w+)/__id__", one)
            known = re.search(rf"/{template[1]}/([\w-]+)", page) if template else None
            link = one.replace("__id__", known[1]) if known else one
            yield urljoin(address, link).partition("#")[0]
        for method, action, fields in links.forms:
            target = urljoin(address, action or path)
            if method == "get":
                yield f"{target.partition('?')[0]}?{urlencode(fields)}"
            elif path.endswith("/embeds"):
                yield from self._make_link(address, target, fields)

    def _is_wanted(self, address: str) -> bool:
        """Tell whether a URL is ours, and not too similar to many requested ones."""
        parts = urlsplit(address)
        if parts.netloc or "__id__" in address:
            return False
        try:
            rule, values = self._routes.match(parts.path, return_rule=True)
        except (HTTPException, RequestRedirect):
            return False
        if parts.path.endswith(".json") and not rule.rule.endswith(".json"):
            return False
        query = dict(parse_qsl(parts.query))
        kept = tuple(str(value) for name, value in values.items() if name not in _IDS)
        whose = (values.get("organisation_id"), query.get("lang"), "names" in query)
        visit = (rule.rule, *kept, *whose)
        alike = (*visit, *sorted(query.keys()))
        is_heavy = _HEAVY.search(parts.path) is not None
        most_alike, most = (_HEAVY_ALIKE, _HEAVY_MOST) if is_heavy else (_MOST_ALIKE, _MOST)
        if self._counts[visit] >= most or self._counts[alike] >= most_alike:
            return False
        self._counts.update((visit, alike))
        return True

    def _make_link(self, page: str, target: str, fields: Mapping[str, str]) -> Iterator[str]:
        """Create a link with a page's form, request its pages, and return their URLs."""
        query = dict(parse_qsl(urlsplit(page).query))
        visit = ("link", urlsplit(page).path, query.get("lang"), "names" in query)
        self._counts[visit] += 1
        if self._counts[visit] > 1:
            return
        # The server limits links per minute and client, so each one uses another client.
        client = {"REMOTE_ADDR": f"127.0.0.{len(self._counts) % 250 + 1}"}
        asked = {**fields, "expires": "never", "until": ""}
        headers = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
        answer = self._client.post(target, data=asked, headers=headers, environ_base=client)
        self._keep(f"{page} posted", answer)
        for name, value in (answer.get_json() or {}).items() if answer.is_json else ():
            parts = urlsplit(str(value))
            if parts.path.startswith("/-/"):
                found = self._client.get(f"{parts.path}?{parts.query}", environ_base=client)
                self._keep(f"{page} posted: {name}", found)
                links = _Links(found.get_data(as_text=True)).addresses
                yield from (one for one in links if "/embed/" not in one)

    def _keep(self, address: str, answer: TestResponse) -> None:
        kept = (pair for pair in answer.headers if pair[0] not in _NOT_COMPARED)
        head = [answer.status, *sorted(f"{name}: {value}" for name, value in kept), "", ""]
        if answer.history:
            head.insert(0, f"moved: {answer.request.full_path}")
        self._made.add(f"GET {address}", "\n".join(head).encode() + settled(answer.get_data()))


def _make_pages(made: Made, like: Made | None) -> None:
    """Make all pages, including their JSON."""
    webui = importlib.import_module("webui")
    assert Path.cwd() in Path(str(webui.__file__)).parents, "another checkout is imported"
    with tempfile.TemporaryDirectory() as store:
        config = {**_SETTINGS, "DATA_PATHS": (Path("data"),), "EMBED_STORE": store}
        crawl = _Crawl(webui.create_app(config), made)
        names = [path.stem for path in sorted(Path("data").glob("*.yaml"))]
        aside = [f"/{name}/{end}" for name in names for end in _ASIDE_OF]
        crawl.run([*_ASIDE, *aside], goes_on=False)
        crawl.run([f"/?{visit}" for visit in VISITS], goes_on=True)
        known = [name.removeprefix("GET ") for name in (like.hashes if like else ())]
        known = [one for one in known if one.startswith("/") and " posted" not in one]
        crawl.run(known, goes_on=False)


class _Commands:
    """Runs commands of a checkout and keeps their output."""

    def __init__(self, made: Made, folder: Path) -> None:
        project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
        module, _, name = project["scripts"]["orgmodel"].partition(":")
        self._main = getattr(importlib.import_module(module), name)
        self._made, self.folder = made, folder

    def run(self, *args: str, file: str = "") -> str:
        """Run a command, which may write to a named file; return its output."""
        path = self.folder / (file or "none")
        path.unlink(missing_ok=True)
        target = ("-o", str(path)) if file else ()
        result = CliRunner().invoke(self._main, [*args, *target], prog_name="orgmodel")
        said = b"exit code %d\n%s\n" % (result.exit_code, result.stderr_bytes)
        written = path.read_bytes() if path.exists() else b""
        content = said + settled(result.stdout_bytes) + settled(written)
        folder = str(self.folder)
        name = " ".join(("orgmodel", *args, *target)).replace(folder, "FOLDER")
        self._made.add(name, content.replace(folder.encode(), b"FOLDER"))
        return result.stdout


def _make_files(made: Made) -> None:
    """Run all commands that show or write data, in all formats."""
    with tempfile.TemporaryDirectory() as folder:
        commands = _Commands(made, Path(folder))
        for args in (("--help",), ("schema",), ("bands",), ("spans", "data")):
            commands.run(*args)
        for name in ("check", "spans", "chain", "export", "import", "serve"):
            commands.run(name, "--help")
        formats = re.search(r"--format \[([a-z|]+)\]", commands.run("export", "--help"))
        assert formats, "no formats are told"
        for path in sorted(Path("data").glob("*.yaml")):
            made.add(f"data {path.name}", path.read_bytes())
            _make_files_of(commands, path.as_posix(), formats[1].split("|"))


def _make_files_of(commands: _Commands, path: str, formats: list[str]) -> None:
    leaders = json.loads(commands.run("spans", path, "--format", "json"))["leaders"]
    leader, other = str(leaders[1]["id"]), str(leaders[-1]["id"])
    for lang in ("da", "en"):
        for form in ("table", "json"):
            how = ("--format", form, "--lang", lang)
            commands.run("check", path, *how)
            commands.run("spans", path, *how)
            commands.run("spans", path, "--explain", leader, *how)
            commands.run("chain", path, other, *how)
            commands.run("chain", path, other, "--to", leader, *how)
        for ending in ("xlsx", "csv"):
            file = f"spans.{ending}"
            commands.run("spans", path, "--lang", lang, file=file)
            commands.run("spans", path, "--names", "--count", "planned", "--lang", lang, file=file)
    views = (
        "",
        f"--root {leader} --lang en --without-names",
        "--units --lang en",
        f"--around {leader} --color kind --spans",
        f"--chain {other} --size a4",
    )
    for form in formats:
        for view in views:
            commands.run("export", path, "--format", form, *view.split(), file=f"chart.{form}")
    # A table of posts, imported again as a data file.
    table = str(commands.folder / "table.csv")
    commands.run("export", path, "--format", "csv", "-o", table)
    as_of = ("--id", Path(path).stem, "--as-of", "2026-05-01")
    commands.run("import", table, *as_of, file="again.yaml")


def make(checkout: Path, folder: Path, like: Path | None = None) -> None:
    """Make the outputs of a checkout in a folder, in a process that imports only from there."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = {"PYTHONPATH": str(checkout.resolve()), "NO_COLOR": "1", "COLUMNS": "160"}
    command = [sys.executable, "-P", __file__, "within", str(folder.resolve())]
    command += [str(like.resolve())] if like else []
    subprocess.run(command, cwd=checkout, env={**os.environ, **settings}, check=True)


def _make_within(folder: Path, like: Path | None) -> None:
    made = Made(folder)
    made.hashes.clear()
    _make_pages(made, Made(like) if like else None)
    _make_files(made)
    made.close()


# Comparing outputs ---------------------------------------------------------------------------


def compare(old: Made, new: Made, *, shows: bool = False) -> Iterator[str]:
    """Return a line for each output that differs, and finally the number of equal ones."""
    counts = {"the same": 0, "differ": 0, "only in old": 0, "only in new": 0}
    for name in sorted({*old.hashes, *new.hashes}):
        before, after = old.hashes.get(name), new.hashes.get(name)
        kind = "the same" if before == after else "differ"
        if not before or not after:
            kind = "only in old" if before else "only in new"
        counts[kind] += 1
        if kind != "the same":
            yield f"{kind}: {name}"
        if kind == "differ" and shows:
            yield from _difference(old.content(name), new.content(name))
    yield ", ".join(f"{count} {kind}" for kind, count in counts.items())


def _difference(old: bytes, new: bytes) -> Iterator[str]:
    """Return the first lines of a unified diff, with long lines split; sizes for binary files."""
    before, after = (_PIECES.split(text.decode(errors="replace")) for text in (old, new))
    pairs = zip(before, after, strict=False)
    start = next((n for n, (one, other) in enumerate(pairs) if one != other), 0)
    end = start + _MOST_PIECES
    found = difflib.unified_diff(before[start:end], after[start:end], n=0, lineterm="")
    lines = [line for line in list(found)[3:] if "\ufffd" not in line]
    if not lines:
        yield f"    {len(old)} and {len(new)} bytes"
    yield from (f"    {line[:_LONGEST]}" for line in lines[:_MOST_SHOWN])
    if len(lines) > _MOST_SHOWN:
        yield "    and more"


def main(args: list[str]) -> int:
    """Make or compare outputs; return 1 if there are differences."""
    plain = argparse.RawTextHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    parser.add_argument("what", nargs="+", help="two checkouts, or as above")
    parser.add_argument("--like", type=Path, help="a set whose addresses are asked for as well")
    parser.add_argument("--show", action="store_true", help="show the first lines that differ")
    asked = parser.parse_args(args)
    match [asked.what[0], *map(Path, asked.what[1:])]:
        case ["within", folder, *like]:
            _make_within(folder, like[0] if like else None)
        case ["make", checkout, folder]:
            make(checkout, folder, asked.like)
        case ["compare", old, new]:
            return _tell(old, new, shows=asked.show)
        case [old, new]:
            with tempfile.TemporaryDirectory() as folder:
                first, second = Path(folder, "old"), Path(folder, "new")
                make(Path(old), first)
                make(new, second, first)
                return _tell(first, second, shows=asked.show)
        case _:
            parser.error("two checkouts, or make CHECKOUT FOLDER, or compare FOLDER FOLDER")
    return 0


def _tell(old: Path, new: Path, *, shows: bool) -> int:
    lines = list(compare(Made(old), Made(new), shows=shows))
    sys.stdout.write("\n".join(lines) + "\n")
    return int(len(lines) > 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
