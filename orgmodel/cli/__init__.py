"""The command line: check, spans, chain, import, schema; `serve` joins them from the web package."""

from orgmodel.cli import chains, checking, importing, schemas, spans
from orgmodel.cli.group import main as main

__all__ = ["chains", "checking", "importing", "main", "schemas", "spans"]
