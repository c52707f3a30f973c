"""The command line: check, spans, chain, import, schema; `serve` joins them from the web package."""

from orgmodel.cli import chains, checking, schemas, spans
from orgmodel.cli.group import main as main

__all__ = ["chains", "checking", "main", "schemas", "spans"]
