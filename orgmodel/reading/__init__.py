"""Reading data files: strict parsing, checks within records, then checks across records."""
