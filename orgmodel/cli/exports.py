"""`orgmodel export`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orgmodel.cli.common import language_option, write_or_exit
from orgmodel.cli.group import main
from orgmodel.drawing.choices import Coloring, PageSize
from orgmodel.errors import EngineError, TemplateError
from orgmodel.exporting.formats import Choices, Use, file_name, formats
from orgmodel.texts import N_, Language, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

_STDOUT = Path("-")
_ALL = 10**9


class _FormatName(click.ParamType[str]):
    """The name of a format; formats of rooms above are known only when a command runs."""

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


def _view_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what says which view is taken."""
    options = (
        click.option("--root", metavar="POSITION", help="Only this post and all below it."),
        click.option("--depth", type=click.IntRange(0), help="This many layers below the top."),
        click.option("--around", metavar="POSITION", help="This post and those around it."),
        click.option("--chain", metavar="POSITION", help="The chain from this post to the top."),
        click.option("--units", is_flag=True, help="The chart of units; POSITION is then a unit."),
        click.option(
            "--color", type=_choice(Coloring), default=Coloring.LAYER.value, show_default=True,
            help="What the colours of the cards mean.",
        ),
        click.option(
            "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="As it is on another date."
        ),
        click.option("--without-names", is_flag=True, help="Name nobody: titles only."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def _sheet_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what says on which sheet a view is put."""
    options = (
        click.option(
            "--size", type=_choice(PageSize), default=PageSize.SLIDE.value, show_default=True,
            help="Size of a picture.",
        ),
        click.option("--transparent", is_flag=True, help="A picture without a background."),
        click.option(
            "--template", type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="A PowerPoint file whose colours, fonts and layout slides take on.",
        ),
        click.option(
            "--spans", "spans_slide", is_flag=True,
            help="With slides: one more, on the spans of control of the leaders that are shown.",
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--format", "format_id", required=True, type=_FormatName())
@_view_options
@_sheet_options
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(path_type=Path),
    help="Where to write it, - for standard output; else a name of its own in this folder.",
)
@language_option
def export(  # noqa: PLR0913 - an option each
    path: Path,
    format_id: str,
    output: Path | None,
    size: str,
    template: Path | None,
    *,
    transparent: bool,
    spans_slide: bool,
    language: Language,
    **asked: Any,
) -> None:
    """Write a chart, or a part of it, as slides, a picture, a page or data.

    A POSITION is a post's id, or its title or its holder's name where only one post has it.
    """
    from orgmodel.cli.views import context_and_view
    from orgmodel.drawing.exhibits import exhibit

    context, view = context_and_view(path, language, **asked)
    made = formats()[format_id]
    if made.use is Use.DATA:
        # Data are whole or of no use, however long it takes.
        view = replace(view, most=_ALL)
    day: datetime | None = asked["day"]
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
