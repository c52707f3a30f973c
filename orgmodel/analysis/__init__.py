"""Questions to an organisation: graphs, chains, spans, findings, search."""
