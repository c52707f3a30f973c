"""A made-up organisation of any size: the same one each time, written as our own format."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEAN_SPAN = 7
SPREAD = 0.6
FIRST_NAMES = "Anne Bo Carl Dorte Ejner Freja Gorm Helle Ida Jens Karen Lars Mette Niels Ole Pia"
LAST_NAMES = "Andersen Berg Clausen Dahl Eriksen Friis Gram Holm Iversen Juhl Krogh Lund Møller"
FIELDS = "Omsorg Sundhed Job Børn Unge Kultur Teknik Miljø Økonomi Digitalisering Handicap"
PLACES = "Nord Syd Øst Vest Havnen Bakken Skoven Engen Søen Byen Parken Åen Torvet Kysten"
STAFF = "Konsulent Sagsbehandler Sygeplejerske Rådgiver Terapeut Pædagog Jurist Assistent"
RANKS = (
    ("Direktør", "forvaltning"),
    ("Chef", "fagafdeling"),
    ("Centerchef", "center"),
    ("Afdelingsleder", "afdeling"),
    ("Teamleder", "team"),
    ("Koordinator", "gruppe"),
)


@dataclass
class Post:
    """A post with those who report to it."""

    number: int
    superior: Post | None
    depth: int
    reports: list[Post] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The post's id."""
        return f"p{self.number}"

    @property
    def title(self) -> str:
        """What the post is called, by its rank and its unit."""
        if self.reports:
            return f"{self._rank()[0]} for {_word(FIELDS, self.number)}"
        return _word(STAFF, self.number)

    @property
    def holder(self) -> str:
        """Who holds the post."""
        return f"{_word(FIRST_NAMES, self.number)} {_word(LAST_NAMES, self.number // 16)}"

    @property
    def unit(self) -> str:
        """What the unit is called that the post leads, or else stands in."""
        if not self.reports and self.superior:
            return self.superior.unit
        words = (self.kind.capitalize(), _word(FIELDS, self.number), _word(PLACES, self.number))
        return f"{' '.join(words)} {self.number}"

    @property
    def kind(self) -> str:
        """What kind of unit the post leads."""
        return self._rank()[1]

    def _rank(self) -> tuple[str, str]:
        return RANKS[min(self.depth, len(RANKS) - 1)]


def _word(words: str, number: int) -> str:
    choices = words.split()
    return choices[number % len(choices)]


def organisation_of(size: int) -> list[Post]:
    """Return posts, layer by layer: spans vary around seven, and some of each layer lead."""
    chance = random.Random(1)  # noqa: S311 - nobody's secret
    location = math.log(MEAN_SPAN) - SPREAD**2 / 2
    layer = [Post(0, None, 0)]
    posts = list(layer)
    for width in layer_widths(size):
        below: list[Post] = []
        leaders = iter(chance.sample(layer, len(layer)))
        while len(below) < width:
            leader = next(leaders, layer[0])
            span = max(1, round(chance.lognormvariate(location, SPREAD)))
            for _n in range(min(span, width - len(below))):
                post = Post(len(posts) + len(below), leader, leader.depth + 1)
                leader.reports.append(post)
                below.append(post)
        posts += below
        layer = below
    return posts


def layer_widths(size: int) -> list[int]:
    """Return how many posts each layer below the first has: six layers at 100, nine at 100,000."""
    below = round(3 + math.log10(size))
    low, high = 1.0, float(size)
    while high - low > 1e-6:
        growth = (low + high) / 2
        if sum(MEAN_SPAN * growth**n for n in range(below)) < size - 1:
            low = growth
        else:
            high = growth
    widths = [round(MEAN_SPAN * low**n) for n in range(below - 1)]
    return [*widths, size - 1 - sum(widths)]


def write_organisation(posts: list[Post], name: str, folder: Path) -> Path:
    """Write posts as a file of our format, each leader in a unit of its own."""
    path = folder / f"{name}.yaml"
    head = f"organisation: {name}\nname: {len(posts)} poster\nas_of: 2026-02\nunits:\n"
    path.write_text(head + "".join(_unit_lines(posts[0], "  ")), encoding="utf-8")
    return path


def _unit_lines(leader: Post, indent: str) -> Iterator[str]:
    """Write a leader's unit, the staff in it and the units below; the leaders' lines are stated."""
    superior = f", reports_to: {leader.superior.id}" if leader.superior else ""
    yield f"{indent}- id: u{leader.number}\n"
    indent += "  "
    yield f"{indent}name: {leader.unit}\n{indent}kind: {leader.kind}\n"
    yield f"{indent}leader: {{{_entry(leader)}{superior}}}\n"
    staff = [post for post in leader.reports if not post.reports]
    if staff:
        yield f"{indent}positions:\n"
        yield from (f"{indent}- {{{_entry(post)}}}\n" for post in staff)
    if len(staff) < len(leader.reports):
        yield f"{indent}units:\n"
        for post in leader.reports:
            if post.reports:
                yield from _unit_lines(post, indent)


def _entry(post: Post) -> str:
    return f"id: {post.id}, title: {post.title}, holder: {post.holder}"
