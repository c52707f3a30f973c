"""Files to organisations: strict parsing, checking record by record, then across records."""
