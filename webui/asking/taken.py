"""The view that a request asks to take along, counted before it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from orgmodel.drawing.choices import Sheet
from orgmodel.drawing.exhibits import Exhibit, exhibit, view_title
from orgmodel.drawing.views import count_of, hierarchy_of
from orgmodel.exporting.formats import Choices
from webui.asking.languages import current_language
from webui.asking.own_ids import own_ids
from webui.asking.span_params import ON
from webui.asking.view_params import (
    TRANSPARENT,
    asked_entries,
    asked_view,
    hierarchy_asked,
    named_entries,
)
from webui.asking.viewing import stated_day
from webui.embedding.kept import with_ids

if TYPE_CHECKING:
    from orgmodel.exporting.formats import Format
    from webui.asking.view_params import Args
    from webui.store.loaded import Loaded

# To know its slides a chart is laid out slide by slide; of a large one nobody waits for that.
_MOST_PREVIEWED = 150
# More cards than this a browser should not draw only to show them in small.
_MOST_PICTURED = 3_000


class Taken:
    """A view to take along, with its sheet.

    What cannot be asked for never comes here; see `questions.py`.
    """

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.args = _own_args(loaded)
        self.view = asked_view(loaded, self.args)
        self.choices = _asked_choices()
        self.count = count_of(loaded, self.view)

    @property
    def title(self) -> str:
        """What it shows, in a few words."""
        return view_title(self.loaded, self.view, current_language())

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries that it is about, or that are named and could be what it is about."""
        hierarchy = hierarchy_of(self.loaded, self.view)
        return self.view.entries or asked_entries(hierarchy, self.args)

    @property
    def is_too_large(self) -> bool:
        """Whether it has more cards than a browser should draw to show it in small."""
        return self.count > _MOST_PICTURED

    @property
    def has_preview_of_slides(self) -> bool:
        """Whether its slides are known soon enough to be counted and looked at."""
        return self.count <= _MOST_PREVIEWED

    def is_too_much_for(self, made: Format) -> bool:
        """Tell whether a format of it takes longer than one waits for a page."""
        return made.is_too_much(self.count)

    def exhibit(self) -> Exhibit:
        """Return what is shown of it; this draws it."""
        return exhibit(self.loaded, self.view, current_language(), shown_on=stated_day())


def _own_args(loaded: Loaded) -> Args:
    """Return the parameters of this request with the ids that entries have here."""
    args = request.args
    hierarchy = hierarchy_asked(loaded, args)
    if all(map(hierarchy.has, named_entries(args))):
        return args
    ids = own_ids(loaded)
    return with_ids(args, lambda one: ids.get(one, one))


def _asked_choices() -> Choices:
    """Return the sheet and the ground that this request's address asks for."""
    asked = request.args.get("size", "")
    sheet = next((one for one in Sheet if one == asked), Sheet.SLIDE)
    return Choices(
        sheet,
        transparent=request.args.get("ground") == TRANSPARENT,
        spans_slide=request.args.get("spans") == ON,
    )
