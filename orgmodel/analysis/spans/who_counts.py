"""Whom figures leave out, in words: they stand beside every figure and in every file."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import numpy as np

from orgmodel.model.statuses import Who
from orgmodel.texts import N_, Joined, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.analysis.spans.spans import Spans
    from orgmodel.texts import Worded

WHO_WORDS: Mapping[Who, str] = {
    Who.PLANNED: N_("Planned posts"),
    Who.VACANT: N_("Advertised posts"),
    Who.ASSISTANT: N_("Assistants"),
    Who.STAFF_UNIT: N_("Staff units"),
    Who.POLITICAL: N_("Politicians"),
    Who.OUTSIDE: N_("Posts of other organisations"),
}


def left_out_posts(spans: Spans) -> dict[Who, int]:
    """Return how many seats of each sort figures leave out, each seat once; none that are none."""
    posts, found = spans.ledger.posts, {}
    waiting = np.ones(len(posts), np.bool_)
    for who in Who:
        if who not in spans.left_out:
            continue
        mine = posts.are(who) & waiting
        waiting &= ~mine
        if mine.any():
            found[who] = int(posts.seats[mine].sum())
    return found


def left_out_words(spans: Spans) -> Worded:
    """Return whom figures leave out, with how many they are."""
    found = left_out_posts(spans)
    if not found:
        return message(N_("Nobody is left out."))
    return message(
        N_("Left out: {posts}."),
        posts=Joined(tuple(_words(who, n) for who, n in found.items())),
    )


def _words(who: Who, n: int) -> Worded:
    match who:
        case Who.PLANNED:
            return plural_message("{n} planned post", "{n} planned posts", n)
        case Who.VACANT:
            return plural_message(
                "{n} advertised post (those below it stay with it)",
                "{n} advertised posts (those below them stay with them)",
                n,
            )
        case Who.ASSISTANT:
            return plural_message("{n} assistant", "{n} assistants", n)
        case Who.STAFF_UNIT:
            return plural_message("{n} post in staff units", "{n} posts in staff units", n)
        case Who.POLITICAL:
            return plural_message("{n} politician", "{n} politicians", n)
        case Who.OUTSIDE:
            return plural_message(
                "{n} post of another organisation", "{n} posts of other organisations", n
            )
        case _:
            assert_never(who)
