"""A page of d3-org-chart, as its own documentation builds one, from npm's pinned packages.

Fetched when a benchmark asks for it and kept in `.cache` beside this file; no part of the product.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from tests.benchmarks._synthetic import Post

CACHE = Path(__file__).parent / ".cache"
VERSION = "3.1.1"
PATIENCE_SECONDS = 30


class Package(NamedTuple):
    """A package of npm's registry, and the one file of it that a page needs."""

    name: str
    version: str
    sha512: str
    script: str

    @property
    def address(self) -> str:
        """Where the registry has it."""
        return f"https://registry.npmjs.org/{self.name}/-/{self.name}-{self.version}.tgz"


# In the order in which the page needs them.
PACKAGES = (
    Package(
        "d3",
        "7.9.2",
        "ZKb/mONPVKzaO5UlcWcwN8bS4ezvQaYu+bsou+XgNABdGC800kwH651ADTbbTxMPHW13UlvbQafdmJQDk1w7Mg==",
        "dist/d3.min.js",
    ),
    Package(
        "d3-flextree",
        "2.1.2",
        "gJiHrx5uTTHq44bjyIb3xpbmmdZcWLYPKeO9EPVOq8EylMFOiH2+9sWqKAiQ4DcFuOZTAxPOQyv0Rnmji/g15A==",
        "build/d3-flextree.min.js",
    ),
    Package(
        "d3-org-chart",
        VERSION,
        "kDLk3cRqEw5x4KohwZlvTTiPMdY/vo+ROKktyOt9s2Eu0bX/cNlXP9UvM6wXLy9uHmx9D945klSqGlDRXzfK2Q==",
        "build/d3-org-chart.min.js",
    ),
)

# Without its opening animation, which would only count against it.
PAGE = """<!doctype html>
<html lang="da"><meta charset="utf-8"><title>d3-org-chart</title>
<style>
body { margin: 0; }
.card { box-sizing: border-box; height: 100%; padding: 8px 12px; background: #fff;
  border: 1px solid #9aa7b5; border-left: 5px solid #1c467a; border-radius: 7px; overflow: hidden; }
.title { font: 600 13.5px/17px sans-serif; }
.holder { font: 12.5px/19px sans-serif; }
.unit { font: 11.5px/15px sans-serif; color: #4a5866; }
</style>
<div id="chart"></div>
SCRIPTS
<script type="application/json" id="posts">POSTS</script>
<script>
const posts = JSON.parse(document.getElementById("posts").textContent);
window.chart = new d3.OrgChart()
  .container("#chart").data(posts).svgHeight(window.innerHeight).duration(0)
  .nodeWidth(() => 220).nodeHeight(() => 90)
  .nodeContent(({ data }) => `<div class="card"><div class="title">${data.title}</div>` +
    `<div class="holder">${data.holder}</div><div class="unit">${data.unit}</div></div>`)
  .render();
document.documentElement.dataset.ready = "true";
</script>
</html>
"""


def fetch_scripts(folder: Path) -> None:
    """Put what the page needs into a folder; an OSError where it cannot be fetched."""
    for package in PACKAGES:
        (folder / f"{package.name}.js").write_bytes(_script(package))


def _script(package: Package) -> bytes:
    """Return the script of a package, whose archive must be the one that is pinned."""
    kept = CACHE / f"{package.name}-{package.version}.tgz"
    if kept.exists():
        archive = kept.read_bytes()
    else:
        with urllib.request.urlopen(package.address, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
            archive = answer.read()
    if base64.b64encode(hashlib.sha512(archive).digest()).decode() != package.sha512:
        raise OSError(f"{package.name} {package.version} is not what it was")
    CACHE.mkdir(exist_ok=True)
    kept.write_bytes(archive)
    with tarfile.open(fileobj=io.BytesIO(archive)) as members:
        found = members.extractfile(f"package/{package.script}")
        assert found is not None
        return found.read()


def d3_page(path: Path, posts: list[Post], shown: Collection[str]) -> None:
    """Write a page that holds all posts and shows some of them.

    What d3-org-chart calls expanded is a card that is to be seen, whose superiors are then open.
    """
    rows = [
        {
            "id": post.id,
            "parentId": post.superior.id if post.superior else None,
            "title": post.title,
            "holder": post.holder,
            "unit": post.unit,
            **({"_expanded": True} if post.id in shown else {}),
        }
        for post in posts
    ]
    scripts = "".join(f'<script src="{package.name}.js"></script>' for package in PACKAGES)
    page = PAGE.replace("SCRIPTS", scripts)
    path.write_text(
        page.replace("POSTS", json.dumps(rows, ensure_ascii=False, separators=(",", ":"))),
        encoding="utf-8",
    )
