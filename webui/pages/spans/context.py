"""The template contexts of the pages of spans of control."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.parts.context import Option, OptionGroup, OrganisationLink, Phrase


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure at the top: number, noun, uncertainty and derivation.

    `term` is its key in the glossary. `href` links to the leaders that it counts; empty if it
    counts none.
    """

    term: str
    name: str
    number: str
    note: str
    how: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A table cell: its words, its link, and whether it is a number."""

    words: str
    is_number: bool
    href: str = ""
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class TableHead:
    """A column's heading; `sorted_as` is ascending, descending or empty."""

    key: str
    name: str
    meaning: str
    is_number: bool
    href: str = ""
    sorted_as: str = ""


@dataclass(frozen=True, slots=True)
class TableContext:
    """A table in words."""

    id: str
    name: str
    about: str
    heads: tuple[TableHead, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    more: str


@dataclass(frozen=True, slots=True)
class PlotContext:
    """A plot with the table of its numbers.

    Its `svg` is empty if there is nothing to draw, and None if drawing failed.
    """

    id: str
    name: str
    about: str
    words: str
    svg: str | None
    table: TableContext | None


@dataclass(frozen=True, slots=True)
class WorkField:
    """The editable range of one kind of work; changes last for the visit."""

    field: str
    name: str
    value: str
    reference: str
    units: str


@dataclass(frozen=True, slots=True)
class SpanControls:
    """The form controls; the form works without scripts."""

    kept: tuple[tuple[str, str], ...]
    units: tuple[Option, ...]
    kinds: tuple[Option, ...]
    layers: tuple[Option, ...]
    counted: tuple[OptionGroup, ...]
    work: tuple[WorkField, ...]
    rest: tuple[Option, ...]
    own: tuple[Option, ...]
    counting_changed: bool
    bands_changed: bool
    clear_href: str
    is_filtered: bool


@dataclass(frozen=True, slots=True)
class LeaderRow:
    """A leader in the table; the first cell links to the explanation of the figures."""

    cells: tuple[TableCell, ...]
    chart_href: str
    chart_words: str


@dataclass(frozen=True, slots=True)
class LeaderTable:
    """The table of all leaders: its query, one page of rows, and links to other pages."""

    name: str
    about: str
    heads: tuple[TableHead, ...]
    rows: tuple[LeaderRow, ...]
    count: str
    page_words: str
    previous_href: str
    next_href: str
    query: str
    fits: tuple[Option, ...]
    bands: tuple[Option, ...]
    columns: tuple[Option, ...]
    kept: tuple[tuple[str, str], ...]
    clear_href: str


@dataclass(frozen=True, slots=True)
class SpansContext:
    """The page of the spans of control of an organisation's leaders."""

    organisation: OrganisationLink
    scope: str
    scope_lang: str | None
    controls: SpanControls
    headlines: tuple[Headline, ...]
    plots: tuple[PlotContext, ...]
    lacks_plots: bool
    averages: TableContext
    published: TableContext
    leaders: LeaderTable
    compare_href: str
    present_href: str
    has_leaders: bool
    notes: tuple[str, ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A counted entry: the post, the number, the rule and the source."""

    name: Phrase
    href: str
    number: str
    part: str
    rule: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplanationContext:
    """The explanation of one figure of a leader."""

    id: str
    name: str
    meaning: str
    number: str
    steps: tuple[str, ...]
    rows: tuple[CountedRow, ...]
    more: str
    unknowns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeaderExplanationContext:
    """The page that explains the figures of one leader."""

    organisation: OrganisationLink
    title: Phrase
    unit: Phrase
    holder: str
    post_href: str
    chart_href: str
    spans_href: str
    counted: str
    figures: tuple[ExplanationContext, ...]
