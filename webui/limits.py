"""How much one process of the server does at once, and how long anybody waits for it.

Whoever waits for a file or a plot holds one of the threads that answer requests. A server needs more
threads than can wait in all, so that pages always find one: `THREADS_THAT_WAIT` and some.
"""

from __future__ import annotations

# Files to take along are made one at a time: slides, PDF, PNG, pages to mail, workbooks, large data.
# So many requests wait behind the one that is being made; the next is told to come again.
MOST_FILES_WAITING = 7
# Plots are drawn one at a time, too, beside the files, which take longer.
MOST_PLOTS_WAITING = 7
# Proxies give up after a minute; the largest file takes some ten seconds once its turn has come.
LONGEST_WAIT_FOR_FILES = 40.0
# A page of spans does not wait longer for its plots; without them it still has every number.
LONGEST_WAIT_FOR_PLOTS = 10.0
# When to come again, as `Retry-After` says it.
RETRY_SECONDS = 20
# Data of no more posts than this are written at once, in a tenth of a second.
MOST_ROWS_AT_ONCE = 1_000
# The plots that were drawn last are kept: some ten kilobytes each.
MOST_PLOTS_KEPT = 256

THREADS_THAT_WAIT = MOST_FILES_WAITING + MOST_PLOTS_WAITING + 2
