"""The view that a request asks to take along, counted before it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from orgmodel.drawing.choices import Sheet
from orgmodel.drawing.exhibits import Exhibit, exhibit, view_title
from orgmodel.drawing.views import count_of, hierarchy_of
from orgmodel.exporting.formats import Choices
from webui.embedding.kept import renamed, with_ids
from webui.languages import current_language
from webui.state import repository
from webui.view_params import (
    TRANSPARENT,
    asked_entries,
    asked_view,
    hierarchy_asked,
    named_entries,
    require_entries,
)
from webui.viewing import names_are_shown, names_can_be_shown, stated_day

if TYPE_CHECKING:
    from orgmodel.exporting.formats import Format
    from webui.loaded import Loaded
    from webui.view_params import Args

# To know its slides a chart is laid out slide by slide; of a large one nobody waits for that.
_MOST_PREVIEWED = 150
# More cards than this a browser should not draw only to show them in small.
_MOST_PICTURED = 3_000


class Taken:
    """A view to take along, with its sheet.

    Parameters
    ----------
    is_page
        Whether it is for the page, which shows another view where an entry is not known; a file
        must not.

    Raises
    ------
    UnknownIdError
        If a file is to be about an entry that there is not.
    """

    def __init__(self, loaded: Loaded, *, is_page: bool = False) -> None:
        self.loaded = loaded
        self.args = _own_args(loaded)
        if not is_page:
            require_entries(loaded, self.args)
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
    """Return the parameters of this request with the ids that entries have here.

    Without names the entries whose ids hold one have others; an address may be from a page with
    names, and the other way round.
    """
    args = request.args
    hierarchy = hierarchy_asked(loaded, args)
    if not names_can_be_shown() or all(map(hierarchy.has, named_entries(args))):
        return args
    day, names = stated_day(), names_are_shown()
    other = repository().get(loaded.organisation.id, day, names=not names)
    here, there = loaded.organisation.record, other.organisation.record
    pairs = renamed(here, there) if names else renamed(there, here)
    ids = {after: before for before, after in pairs.items()} if names else pairs
    return with_ids(args, lambda one: ids.get(one, one))


def _asked_choices() -> Choices:
    """Return the sheet and the ground that this request's address asks for."""
    asked = request.args.get("size", "")
    sheet = next((one for one in Sheet if one == asked), Sheet.SLIDE)
    return Choices(sheet, transparent=request.args.get("ground") == TRANSPARENT)
