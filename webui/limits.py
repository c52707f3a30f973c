"""How much is taken, kept and waited for: every bound of the server, in one place."""

from __future__ import annotations

# Files to take along are made one at a time: slides, PDF, PNG, pages to mail, workbooks, large data.
# So many requests wait behind the one that is being made; the next is told to come again. Proxies give
# up after a minute, and the largest file takes some ten seconds when its turn has come.
FILES_WAITING = 7
SECONDS_FOR_FILES = 40.0

# Plots, and pages with plots that nobody has asked for lately, are made one at a time, too, beside the
# files, which take longer. Each takes a tenth of a second.
PLOTS_WAITING = 7
SECONDS_FOR_PLOTS = 10.0

# Requests that one process answers at a time; others wait. Those for heavy work hold a thread each while
# they wait, and pages always find some more.
REQUESTS_AT_ONCE = (FILES_WAITING + 1) + (PLOTS_WAITING + 1) + 8

# When to come again, as `Retry-After` says it.
SECONDS_TO_RETRY = 20

# Data of no more rows than this are written at once, in a tenth of a second.
ROWS_AT_ONCE = 1_000

# So many plots that were drawn last are kept, some ten kilobytes each, and the addresses of so many
# pages that do not wait again.
PLOTS_KEPT = 256
ADDRESSES_KEPT = 256
