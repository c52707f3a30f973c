"""The command line: check, spans, chain, export, import, schema; `serve` joins them from the web package.

All commands are there at once; what one of them needs is imported when it runs.
"""

from orgmodel.cli import chains, checking, exports, importing, schemas, spans
from orgmodel.cli.group import main as main

__all__ = ["chains", "checking", "exports", "importing", "main", "schemas", "spans"]
