"""Export of charts and tables to files of other programs."""
