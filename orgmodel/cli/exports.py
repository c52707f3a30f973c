"""`orgmodel export`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgmodel.cli.common import (
    language_option,
    main,
    organisation_at,
    path_argument,
    position_at,
    unit_at,
    usage_error,
    write_or_exit,
)
from orgmodel.drawing.choices import Coloring, PageSize
from orgmodel.errors import EngineError, TemplateError
from orgmodel.exporting.formats import Choices, Use, file_name, formats
from orgmodel.texts import N_, Language, message, plural_message

if TYPE_CHECKING:
    from datetime import datetime

    from orgmodel.drawing.views import Cut, DrawingContext, View

_STDOUT = Path("-")
_ALL = 10**9


class _FormatName(click.ParamType[str]):
    """The name of a format, checked when a command runs, since other packages add formats."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        return f"[{'|'.join(formats())}]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in formats():
            known = ", ".join(formats())
            self.fail(f"{value!r} is not one of {known}.", param, ctx)
        return value


def _choice(values: type[Coloring] | type[PageSize]) -> click.Choice[str]:
    return click.Choice([one.value for one in values])


@main.command()
@path_argument
@click.option("--format", "format_id", required=True, type=_FormatName())
@click.option("--root", metavar="POSITION", help="Only this post and all below it.")
@click.option("--depth", type=click.IntRange(0), help="This many layers below the top.")
@click.option("--around", metavar="POSITION", help="This post and the posts around it.")
@click.option("--chain", metavar="POSITION", help="The chain from this post to the top.")
@click.option("--units", is_flag=True, help="The chart of units; POSITION is then a unit.")
@click.option(
    "--color",
    type=_choice(Coloring),
    default=Coloring.LAYER.value,
    show_default=True,
    help="What the colours of the cards mean.",
)
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The chart on another date."
)
@click.option("--without-names", is_flag=True, help="Show titles only, without names.")
@click.option(
    "--size",
    type=_choice(PageSize),
    default=PageSize.SLIDE.value,
    show_default=True,
    help="Size of a picture.",
)
@click.option("--transparent", is_flag=True, help="A picture without a background.")
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A PowerPoint file whose colours, fonts and layout slides take on.",
)
@click.option(
    "--spans",
    "spans_slide",
    is_flag=True,
    help="With slides: one more slide, on the spans of control of the leaders shown.",
)
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(path_type=Path),
    help="The file to write, or - for standard output; otherwise a new file in this folder.",
)
@language_option
def export(  # noqa: PLR0913 - one parameter for each option
    *,
    path: Path,
    format_id: str,
    root: str | None,
    depth: int | None,
    around: str | None,
    chain: str | None,
    units: bool,
    color: str,
    day: datetime | None,
    without_names: bool,
    size: str,
    transparent: bool,
    template: Path | None,
    spans_slide: bool,
    output: Path | None,
    language: Language,
) -> None:
    """Write a chart, or a part of it, as slides, a picture, a page or data.

    A POSITION is a post's id, or its title or its holder's name where only one post has it.
    """
    from orgmodel.drawing.exhibits import exhibit
    from orgmodel.drawing.views import Cut, View

    made = formats()[format_id]
    view = View(Cut.BRANCH, units=units, depth=depth, coloring=Coloring(color))
    if made.use is Use.DATA:
        # Data are exported completely, without a time limit.
        view = replace(view, most=_ALL)
    subjects = {Cut.BRANCH: root, Cut.AROUND: around, Cut.CHAIN: chain}
    named = {cut: name for cut, name in subjects.items() if name is not None}
    context, view = _context_and_view(
        path, view, named, day, language, without_names=without_names
    )
    shown = exhibit(context, view, language, shown_on=day.date() if day else None)
    if shown.chart.selection.is_cut:
        left = plural_message(
            "more cards than a file can show: {n} post is left out",
            "more cards than a file can show: {n} posts are left out",
            shown.chart.hidden,
        )
        click.echo(left.text(language), err=True)
    choices = Choices(
        PageSize(size), transparent=transparent, template=template, spans_slide=spans_slide
    )
    try:
        content = made.make(shown, choices)
    except TemplateError as error:
        raise click.UsageError(error.words.text(language)) from None
    except EngineError as error:
        reason = message(N_("the file is not made: {reason}"), reason=str(error))
        raise click.ClickException(reason.text(language)) from None
    if output == _STDOUT:
        click.echo(content, nl=False)
        return
    target = output or Path(file_name(shown, made.ending))
    write_or_exit(target, content, language, force=output is not None)
    if output is None:
        click.echo(target)


def _context_and_view(
    path: Path,
    view: View,
    named: dict[Cut, str],
    day: datetime | None,
    language: Language,
    *,
    without_names: bool,
) -> tuple[DrawingContext, View]:
    """Return the drawing context, and the view with the named post or unit.

    Without names, entities whose ids contain a name have other ids.
    """
    from orgmodel.drawing.views import DrawingContext
    from orgmodel.model.anonymity import Anonymous
    from orgmodel.model.organisation import Organisation

    if len(named) > 1:
        raise usage_error(N_("--root, --around and --chain exclude each other"), language)
    organisation = organisation_at(path, language)
    if day is not None:
        organisation = organisation.on(day.date())
    find = unit_at if view.units else position_at
    for cut, name in named.items():
        view = replace(view, cut=cut, entries=(find(organisation, name, language),))
    if without_names:
        anonymous = Anonymous(organisation.record)
        organisation = Organisation(anonymous.record, day.date() if day else None)
        view = replace(view, entries=tuple(anonymous.id(one) for one in view.entries))
    return DrawingContext(organisation), view
