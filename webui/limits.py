"""How much is taken, kept and waited for: every bound of the server, in one place."""

from __future__ import annotations

# Organisations that stay open in one process, those asked for last; others are opened anew.
ORGANISATIONS_OPEN = 8

# How long a page waits for a file that has just changed before it is made from what was before,
# and how long for one that is read for the first time before the reader is asked to come back.
SECONDS_FOR_CHANGES = 1.0
SECONDS_FOR_FIRST_READING = 20.0

# The longest address, path and parameters together, in bytes.
LONGEST_ADDRESS = 8 * 1024

# A template and the form around it; addresses that take less say so themselves.
LARGEST_BODY = 51 * 2**20

# Connections that one process holds open; idle and half-sent ones are closed after a while, so that
# there is always room soon.
MOST_CONNECTIONS = 4096
SECONDS_IDLE = 10

# How long a form or a file that a client sends may take, and how many larger than a form may be on
# their way at a time.
SECONDS_FOR_BODY = 30.0
SMALL_BODY = 64 * 1024
LARGE_BODIES_AT_ONCE = 6

# How long requests in flight may take once the server is asked to end.
SECONDS_TO_DRAIN = 10

# Links to embedded views that one client may make in a minute.
LINKS_A_MINUTE = 20

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

# When to come again, as `Retry-After` says it: for what is made, and for what is being read.
SECONDS_TO_RETRY = 20
SECONDS_UNTIL_READ = 5

# Data of no more rows than this are written at once, in a tenth of a second.
ROWS_AT_ONCE = 1_000

# Entries of a list that the API gives at a time, unless fewer or more are asked for.
ENTRIES_AT_FIRST, ENTRIES_AT_ONCE = 100, 1_000

# So many plots that were drawn last are kept, some ten kilobytes each, and the addresses of so many
# pages that do not wait again.
PLOTS_KEPT = 256
ADDRESSES_KEPT = 256
