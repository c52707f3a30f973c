"""The page that exports a view for a presentation: preview, options and files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.drawing.choices import COLORING_WORDS, PAGE_SIZE_WORDS, Coloring, PageSize
from orgmodel.drawing.describing import short_description
from orgmodel.drawing.sheets import smallest_text
from orgmodel.drawing.shown_spans import shown_spans
from orgmodel.drawing.views import Cut, cards_of
from orgmodel.exporting.formats import Use, formats
from orgmodel.exporting.printing import is_readable
from orgmodel.exporting.slides import slide_pages
from webui.asking.params import TRANSPARENT, WHOLE
from webui.parts.context import Option
from webui.parts.navigation import organisation_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.pages import Page
    from orgmodel.drawing.shown_spans import ShownSpans
    from orgmodel.drawing.views import View
    from orgmodel.exporting.formats import Format
    from webui.asking.viewer import Viewer
    from webui.pages.present.export_request import ExportRequest
    from webui.parts.context import OrganisationLink


@dataclass(frozen=True, slots=True)
class Download:
    """A downloadable file of the view; `path` is its URL without the view's parameters."""

    name: str
    about: str
    href: str
    path: str


@dataclass(frozen=True, slots=True)
class DownloadGroup:
    """Files with the same purpose."""

    id: str
    name: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """A summary of the chosen view.

    Attributes
    ----------
    short
        A description of the picture in one sentence.
    counts
        How many cards there are, and how many slides they take.
    notes
        Warnings: text that becomes too small, cards that are left out.
    picture
        The URL of the picture.
    slides, slides_words
        The URL of a picture of the slides, empty if there are too many, and their titles.
    back_href
        The URL of the chart in the state of the view.
    names_switch
        The label of the switch for names.
    """

    title: str
    short: str
    counts: str
    notes: tuple[str, ...]
    picture: str
    slides: str
    slides_words: str
    back_href: str
    names_switch: str


@dataclass(frozen=True, slots=True)
class PresentationContext:
    """The page.

    Attributes
    ----------
    kept
        Names and values of hidden fields: open, selected, filtered and highlighted entries.
    """

    organisation: OrganisationLink
    summary: ExportSummary
    kept: tuple[tuple[str, str], ...]
    parts: tuple[Option, ...]
    depths: tuple[Option, ...]
    colorings: tuple[Option, ...]
    sizes: tuple[Option, ...]
    grounds: tuple[Option, ...]
    has_spans_slide: bool
    groups: tuple[DownloadGroup, ...]
    path: str
    data_path: str
    template_action: str
    largest_template: int
    template_path: str
    embed_href: str
    embed_path: str


# Parameters that the form sets; it passes on all others unchanged.
_SET = {"cut", "depth", "color", "size", "ground", "names", "spans"}
_DEPTHS = (1, 2, 3, 4)
MOST_SLIDES_SHOWN = 9
LARGEST_TEMPLATE = 50 * 2**20


def presentation_context(viewer: Viewer, export: ExportRequest) -> PresentationContext:
    """Return the page for the view that the URL requests."""
    view, choices = export.view, export.choices
    return PresentationContext(
        organisation=organisation_link(viewer, export.loaded.organisation, "chart"),
        summary=export_summary(viewer, export),
        kept=viewer.kept_params(*_SET),
        parts=tuple(_parts(viewer, export)),
        depths=(
            Option("", viewer._("all layers"), view.depth is None),
            *(
                Option(
                    str(n),
                    viewer.ngettext("{n} layer below", "{n} layers below", n),
                    view.depth == n,
                )
                for n in _DEPTHS
            ),
        ),
        colorings=tuple(
            Option(one.value, viewer._(COLORING_WORDS[one]), one is view.coloring)
            for one in Coloring
        ),
        sizes=tuple(
            Option(one.value, viewer._(PAGE_SIZE_WORDS[one]), one is choices.sheet)
            for one in PageSize
        ),
        grounds=(
            Option("", viewer._("white"), not choices.transparent),
            Option(TRANSPARENT, viewer._("transparent"), choices.transparent),
        ),
        has_spans_slide=choices.spans_slide,
        groups=tuple(_groups(viewer)),
        path=_address(viewer, "presentations.page"),
        data_path=_address(viewer, "presentations.data"),
        template_action=viewer.this_page_as("presentations.slides_from_template"),
        largest_template=LARGEST_TEMPLATE,
        template_path=_address(viewer, "presentations.slides_from_template"),
        embed_href=viewer.this_page_as("embeds.page"),
        embed_path=_address(viewer, "embeds.page"),
    )


def export_summary(viewer: Viewer, export: ExportRequest) -> ExportSummary:
    """Return the summary of a view: title, size and warnings."""
    shown = None if export.is_too_large else export.exhibit()
    pages = previewed_pages(export, shown) if shown else ()
    counts = [viewer.ngettext("{n} card", "{n} cards", export.count)]
    spans = previewed_spans(export, shown) if shown else None
    if pages:
        slides = len(pages) + (spans is not None)
        counts.append(
            viewer.ngettext("{n} slide in PowerPoint", "{n} slides in PowerPoint", slides)
        )
    else:
        counts.append(viewer._("many slides in PowerPoint"))
    return ExportSummary(
        title=export.title,
        short=short_description(shown.chart, shown.language) if shown else "",
        counts=" · ".join(counts),
        notes=(*_notes(viewer, export, shown), *_spans_notes(viewer, export, spans)),
        picture=viewer.this_page_as("presentations.preview") if shown else "",
        slides=viewer.this_page_as("presentations.slides") if pages else "",
        slides_words=slides_words(viewer, pages, spans),
        back_href=_back_url(viewer, export.view),
        names_switch=viewer._("Hide names") if viewer.names else viewer._("Show names"),
    )


def previewed_pages(export: ExportRequest, shown: Exhibit) -> tuple[Page, ...]:
    """Return the slides of a view for counting and preview; none if that would take too long."""
    return slide_pages(shown) if export.has_preview_of_slides else ()


def previewed_spans(export: ExportRequest, shown: Exhibit) -> ShownSpans | None:
    """Return the content of the slide on spans; None if it is not requested, or without leaders."""
    return shown_spans(shown) if export.choices.spans_slide else None


def pages_shown(pages: Sequence[Page], spans: ShownSpans | None) -> Sequence[Page]:
    """Return the pages of a preview; the slide on spans, if there is one, comes last."""
    return pages[: MOST_SLIDES_SHOWN - (spans is not None)]


def slides_words(viewer: Viewer, pages: Sequence[Page], spans: ShownSpans | None) -> str:
    """Return the description of a preview of slides."""
    shown = pages_shown(pages, spans)
    titles = [page.title for page in shown]
    if spans is not None:
        titles.append(spans.title)
    more = len(pages) - len(shown)
    if more > 0:
        titles.append(viewer.ngettext("and {n} more", "and {n} more", more))
    return "; ".join(titles)


def too_large_words(viewer: Viewer, made: Format) -> str:
    """Return why a file takes too long for one request, and what to do instead."""
    return viewer._(
        "{format} of more than {n} cards takes too long to wait for: take fewer layers or a branch, or "
        "let “orgmodel export” write it.",
        format=viewer._(made.name),
        n=viewer.number(made.most_cards or 0),
    )


def _notes(viewer: Viewer, export: ExportRequest, shown: Exhibit | None) -> Iterator[str]:
    """Yield the warnings on a view."""
    if not export.count:
        yield viewer._("There is nothing to show.")
        return
    if shown is None:
        yield viewer._(
            "There are too many cards to show them here: take fewer layers or a branch."
        )
    elif not is_readable(shown, export.choices.sheet):
        smallest = smallest_text(shown, export.choices.sheet)
        yield viewer._(
            "In the picture the smallest text is {points} points, too small to read: take fewer layers "
            "or a larger sheet. PowerPoint and PDF spread the chart over pages.",
            points=viewer.number(max(1, int(smallest))),
        )
    yield from (
        too_large_words(viewer, one) for one in formats().values() if one.is_too_much(export.count)
    )
    if shown is not None:
        yield from _left_out(viewer, shown)


def _spans_notes(viewer: Viewer, export: ExportRequest, spans: ShownSpans | None) -> Iterator[str]:
    """Yield in words whom the slide on spans counts and leaves out."""
    if spans is not None:
        words = spans.words(viewer.language)
        yield viewer._("The slide on spans of control: {words}", words=words)
    elif export.choices.spans_slide and not export.is_too_large:
        yield viewer._("No leader is shown, so there is no slide on spans of control.")


def _left_out(viewer: Viewer, shown: Exhibit) -> Iterator[str]:
    """Yield in words how much of the organisation a view leaves out."""
    left = shown.chart.cross_lines_left
    if shown.hidden_words:
        yield shown.hidden_words
    if shown.chart.selection.is_cut:
        yield viewer._(
            "The view holds more than a chart can show: its cards say what is left out."
        )
    if left:
        yield viewer.ngettext(
            "{n} cross-cutting line is not drawn", "{n} cross-cutting lines are not drawn", left
        )


def _parts(viewer: Viewer, export: ExportRequest) -> Iterator[Option]:
    """Yield the parts of the chart that can be exported, with those about the selected entry."""
    view, subjects = export.view, export.entries
    yield Option("", viewer._("As on the screen"), view.cut is Cut.OPENED)
    if subjects:
        cards = cards_of(export.loaded, view, viewer.language)
        name = cards.card(subjects[0]).full_title
        is_branch = view.cut is Cut.BRANCH and bool(view.entries)
        yield Option(Cut.BRANCH.value, viewer._("{title} and all below", title=name), is_branch)
        if not view.units:
            around = viewer._("{title} and those around", title=name)
            chain = viewer._("The leadership chain of {title}", title=name)
            yield Option(Cut.AROUND.value, around, view.cut is Cut.AROUND)
            yield Option(Cut.CHAIN.value, chain, view.cut is Cut.CHAIN)
    if len(subjects) > 1:
        words = viewer._("The path between two posts")
        yield Option(Cut.BETWEEN.value, words, view.cut is Cut.BETWEEN)
    is_whole = view.cut is Cut.BRANCH and not view.entries
    yield Option(WHOLE, viewer._("The whole chart, unfolded"), is_whole)


def _groups(viewer: Viewer) -> Iterator[DownloadGroup]:
    names = {
        Use.SLIDES: viewer._("Slides you can edit"),
        Use.PICTURE: viewer._("Pictures"),
        Use.PAGE: viewer._("A page to send"),
        Use.DATA: viewer._("For other programs"),
    }
    for use, name in names.items():
        found = tuple(
            Download(
                viewer._(one.name),
                viewer._(one.about),
                viewer.this_page_as("presentations.file", format_id=one.id),
                _address(viewer, "presentations.file", format_id=one.id),
            )
            for one in formats().values()
            if one.use is use
        )
        yield DownloadGroup(use.value, name, found)


def _address(viewer: Viewer, endpoint: str, **values: str) -> str:
    """Return the URL of another page about this organisation, without parameters."""
    organisation_id = viewer.path["organisation_id"]
    return viewer.bare_url_for(endpoint, organisation_id=organisation_id, **values)


def _back_url(viewer: Viewer, view: View) -> str:
    """Return the URL of the chart in the state of the view."""
    endpoint = "charts.units" if view.units else "charts.page"
    return viewer.this_page_as(
        endpoint, cut=None, chart=None, post=None, other=None, depth=None, size=None, ground=None,
        select=view.entries[0] if view.entries else view.selected,
    )  # fmt: skip
