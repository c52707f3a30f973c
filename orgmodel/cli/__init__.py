"""The commands of the core; `webui.cli` adds `serve` and `embeds` to the same group.

All commands are defined on import; each imports its dependencies when it runs.
"""

from orgmodel.cli import chains, checking, exports, importing, networks, spans
from orgmodel.cli.common import main as main

__all__ = ["chains", "checking", "exports", "importing", "main", "networks", "spans"]
