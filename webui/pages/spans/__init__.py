"""The spans of control of an organisation's leaders: as a page, as data, as files and pictures."""
