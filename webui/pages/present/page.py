"""The page on which a view is made ready for a presentation: preview, choices and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request, url_for

from orgmodel.drawing.choices import COLORING_WORDS, SHEET_WORDS, Coloring, Sheet
from orgmodel.drawing.describing import short_description
from orgmodel.drawing.sheets import smallest_text
from orgmodel.drawing.shown_spans import shown_spans
from orgmodel.drawing.views import Cut, cards_of
from orgmodel.exporting.formats import Use, formats
from orgmodel.exporting.printing import is_readable
from orgmodel.exporting.slides import slide_pages
from webui.asking.languages import _, current_language, ngettext
from webui.asking.urls import is_known, this_page_as
from webui.asking.view_params import TRANSPARENT, WHOLE
from webui.asking.viewing import names_are_shown
from webui.pages.chart.context import Choice
from webui.pages.present.context import (
    Download,
    DownloadGroup,
    PartChoice,
    PresentationContext,
    Told,
)
from webui.parts.building import organisation_link, say_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgmodel.drawing.exhibits import Exhibit
    from orgmodel.drawing.pages import Page
    from orgmodel.drawing.shown_spans import ShownSpans
    from orgmodel.drawing.views import View
    from orgmodel.exporting.formats import Format
    from webui.asking.taken import Taken

# What the form itself sets; all else of the address it passes on.
_SET = {"cut", "depth", "color", "size", "ground", "names", "spans"}
_DEPTHS = (1, 2, 3, 4)
MOST_SLIDES_SHOWN = 9
LARGEST_TEMPLATE = 50 * 2**20


def presentation_context(taken: Taken) -> PresentationContext:
    """Return the page for the view that the address asks for."""
    view, choices = taken.view, taken.choices
    return PresentationContext(
        organisation=organisation_link(taken.loaded.organisation, "chart"),
        told=told(taken),
        kept=tuple(
            (name, value)
            for name, values in request.args.lists()
            for value in values
            if is_known(name) and name not in _SET
        ),
        parts=tuple(_parts(taken)),
        depths=(
            Choice("", _("all layers"), view.depth is None),
            *(
                Choice(str(n), ngettext("{n} layer below", "{n} layers below", n), view.depth == n)
                for n in _DEPTHS
            ),
        ),
        colorings=tuple(
            Choice(one.value, _(COLORING_WORDS[one]), one is view.coloring) for one in Coloring
        ),
        sizes=tuple(Choice(one.value, _(SHEET_WORDS[one]), one is choices.sheet) for one in Sheet),
        grounds=(
            Choice("", _("white"), not choices.transparent),
            Choice(TRANSPARENT, _("transparent"), choices.transparent),
        ),
        has_spans_slide=choices.spans_slide,
        groups=tuple(_groups()),
        path=_address("presentations.page"),
        data_path=_address("presentations.data"),
        template_action=this_page_as("presentations.slides_from_template"),
        largest_template=LARGEST_TEMPLATE,
        template_path=_address("presentations.slides_from_template"),
        embed_href=this_page_as("embeds.page"),
        embed_path=_address("embeds.page"),
    )


def told(taken: Taken) -> Told:
    """Return what is said of a view: its title, how much it is, and what to look out for."""
    shown = None if taken.is_too_large else taken.exhibit()
    pages = previewed_pages(taken, shown) if shown else ()
    counts = [ngettext("{n} card", "{n} cards", taken.count)]
    spans = previewed_spans(taken, shown) if shown else None
    if pages:
        slides = len(pages) + (spans is not None)
        counts.append(ngettext("{n} slide in PowerPoint", "{n} slides in PowerPoint", slides))
    else:
        counts.append(_("many slides in PowerPoint"))
    return Told(
        title=taken.title,
        short=short_description(shown.chart, shown.language) if shown else "",
        counts=" · ".join(counts),
        notes=(*_notes(taken, shown), *_spans_notes(taken, spans)),
        picture=this_page_as("presentations.preview") if shown else "",
        slides=this_page_as("presentations.slides") if pages else "",
        slides_words=slides_words(pages, spans),
        back_href=_back_url(taken.view),
        names_switch=_("Hide names") if names_are_shown() else _("Show names"),
    )


def previewed_pages(taken: Taken, shown: Exhibit) -> tuple[Page, ...]:
    """Return the slides of a view, to be counted and looked at; none where that would take long."""
    return slide_pages(shown) if taken.has_preview_of_slides else ()


def previewed_spans(taken: Taken, shown: Exhibit) -> ShownSpans | None:
    """Return what the slide on spans shows; None where it is not asked for, or of no leader."""
    return shown_spans(shown) if taken.choices.spans_slide else None


def pages_shown(pages: Sequence[Page], spans: ShownSpans | None) -> Sequence[Page]:
    """Return the pages that a preview shows; the slide on spans, where there is one, comes last."""
    return pages[: MOST_SLIDES_SHOWN - (spans is not None)]


def slides_words(pages: Sequence[Page], spans: ShownSpans | None) -> str:
    """Return what a preview of slides shows."""
    shown = pages_shown(pages, spans)
    titles = [page.title for page in shown]
    if spans is not None:
        titles.append(spans.title)
    more = len(pages) - len(shown)
    if more > 0:
        titles.append(ngettext("and {n} more", "and {n} more", more))
    return "; ".join(titles)


def too_large_words(made: Format) -> str:
    """Return why a file is not made while one waits, and what to do instead."""
    return _(
        "{format} of more than {n} cards takes too long to wait for: take fewer layers or a branch, or "
        "let “orgmodel export” write it.",
        format=_(made.name),
        n=say_number(made.most_cards or 0),
    )


def _notes(taken: Taken, shown: Exhibit | None) -> Iterator[str]:
    """Yield what one should know before the view is used."""
    if not taken.count:
        yield _("There is nothing to show.")
        return
    if shown is None:
        yield _("There are too many cards to show them here: take fewer layers or a branch.")
    elif not is_readable(shown, taken.choices.sheet):
        smallest = smallest_text(shown, taken.choices.sheet)
        yield _(
            "In the picture the smallest text is {points} points, too small to read: take fewer layers "
            "or a larger sheet. PowerPoint and PDF spread the chart over pages.",
            points=say_number(max(1, int(smallest))),
        )
    yield from (too_large_words(one) for one in formats().values() if taken.is_too_much_for(one))
    if shown is not None:
        yield from _left_out(shown)


def _spans_notes(taken: Taken, spans: ShownSpans | None) -> Iterator[str]:
    """Yield whom the slide on spans counts, and whom it leaves out."""
    if spans is not None:
        words = spans.words(current_language())
        yield _("The slide on spans of control: {words}", words=words)
    elif taken.choices.spans_slide and not taken.is_too_large:
        yield _("No leader is shown, so there is no slide on spans of control.")


def _left_out(shown: Exhibit) -> Iterator[str]:
    """Yield how much of the organisation a view leaves out."""
    hidden, left = shown.chart.hidden, shown.chart.cross_lines_left
    if hidden and shown.view.cut is Cut.OPENED:
        if shown.view.units:
            yield ngettext("{n} unit is not shown", "{n} units are not shown", hidden)
        else:
            yield ngettext("{n} post is folded away", "{n} posts are folded away", hidden)
    if shown.chart.selection.is_cut:
        yield _("The view holds more than a chart can show: its cards say what is left out.")
    if left:
        yield ngettext(
            "{n} cross-cutting line is not drawn", "{n} cross-cutting lines are not drawn", left
        )


def _parts(taken: Taken) -> Iterator[PartChoice]:
    """Yield the parts of the chart that can be taken, with those about the entry that is named."""
    view, subjects = taken.view, taken.entries
    yield PartChoice("", _("As on the screen"), view.cut is Cut.OPENED)
    if subjects:
        cards = cards_of(taken.loaded, view, current_language())
        name = cards.card(subjects[0]).full_title
        is_branch = view.cut is Cut.BRANCH and bool(view.entries)
        yield PartChoice(Cut.BRANCH.value, _("{title} and all below", title=name), is_branch)
        if not view.units:
            around = _("{title} and those around", title=name)
            chain = _("The leadership chain of {title}", title=name)
            yield PartChoice(Cut.AROUND.value, around, view.cut is Cut.AROUND)
            yield PartChoice(Cut.CHAIN.value, chain, view.cut is Cut.CHAIN)
    if len(subjects) > 1:
        words = _("The chain between two posts")
        yield PartChoice(Cut.BETWEEN.value, words, view.cut is Cut.BETWEEN)
    is_whole = view.cut is Cut.BRANCH and not view.entries
    yield PartChoice(WHOLE, _("The whole chart, unfolded"), is_whole)


def _groups() -> Iterator[DownloadGroup]:
    names = {
        Use.SLIDES: _("Slides one can edit"),
        Use.PICTURE: _("Pictures"),
        Use.PAGE: _("A page to mail"),
        Use.DATA: _("For other programs"),
    }
    for use, name in names.items():
        found = tuple(
            Download(
                one.id,
                _(one.name),
                _(one.about),
                this_page_as("presentations.file", format_id=one.id),
                _address("presentations.file", format_id=one.id),
            )
            for one in formats().values()
            if one.use is use
        )
        yield DownloadGroup(use.value, name, found)


def _address(endpoint: str, **values: Any) -> str:
    """Return the address of another page about this organisation, without what is asked of it."""
    organisation_id = (request.view_args or {})["organisation_id"]
    return url_for(endpoint, organisation_id=organisation_id, **values)


def _back_url(view: View) -> str:
    """Return the address of the chart that the view is of, in its state."""
    endpoint = "charts.units" if view.units else "charts.page"
    return this_page_as(
        endpoint, cut=None, chart=None, post=None, other=None, depth=None, size=None, ground=None,
        select=view.entries[0] if view.entries else view.selected,
    )  # fmt: skip
