"""All limits of the server: sizes, counts and times."""

from __future__ import annotations

# Organisations kept open in one process, the most recently used; others are reopened.
ORGANISATIONS_OPEN = 8

# Entries (posts, units, groups and others) of the closed organisations whose search index is kept.
ENTRIES_SEARCHED = 400_000

# How long a page waits for a changed file before it shows the previous version, and for a file
# read for the first time before it answers 503.
SECONDS_FOR_CHANGES = 1.0
SECONDS_FOR_FIRST_READING = 20.0

# The longest URL, path and parameters together, in bytes.
LONGEST_ADDRESS = 8 * 1024

# A template and its form; routes with a lower limit set it themselves.
LARGEST_BODY = 51 * 2**20

# Connections that one process holds open, and the time after which idle and incomplete ones are
# closed.
MOST_CONNECTIONS = 4096
SECONDS_IDLE = 10

# The timeout for receiving a request body, the size of a small one, and how many larger ones may
# be in transit.
SECONDS_FOR_BODY = 30.0
SMALL_BODY = 64 * 1024
LARGE_BODIES_AT_ONCE = 6

# The time for requests in flight after the server is asked to end.
SECONDS_TO_DRAIN = 10

# Links to embedded views that one client may create in a minute.
LINKS_A_MINUTE = 20

# Exports are made one at a time: slides, PDF, PNG, offline pages, workbooks, large data. This many
# requests wait; further ones get 503. Proxies time out after a minute, and the largest file takes
# about ten seconds.
FILES_WAITING = 7
SECONDS_FOR_FILES = 40.0

# Plots, and pages with plots that are not cached, are also made one at a time, in a queue separate
# from the slower exports. Each takes a tenth of a second.
PLOTS_WAITING = 7
SECONDS_FOR_PLOTS = 10.0

# Requests that one process answers at a time; others wait. Queued heavy work occupies a thread per
# request, and eight more threads remain for pages.
REQUESTS_AT_ONCE = (FILES_WAITING + 1) + (PLOTS_WAITING + 1) + 8

# `Retry-After` in seconds: when a queue is full, and while data are being read.
SECONDS_TO_RETRY = 20
SECONDS_UNTIL_READ = 5

# Data of up to this many rows bypass the queue and take a tenth of a second.
ROWS_AT_ONCE = 1_000

# The number of entries of a list in one answer of the API: by default, and at most.
ENTRIES_AT_FIRST, ENTRIES_AT_ONCE = 100, 1_000

# The number of recent plots cached, about ten kilobytes each, and of recent pages that bypass the
# queue.
PLOTS_KEPT = 256
ADDRESSES_KEPT = 256
