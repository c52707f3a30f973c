"""A part of the chart that is to be exported, counted before it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.drawing.choices import PageSize
from orgmodel.drawing.exhibits import Exhibit, exhibit, view_title
from orgmodel.drawing.views import count_of, hierarchy_of
from orgmodel.exporting.formats import Choices
from webui.asking.addresses import ON
from webui.asking.edge import own_ids
from webui.asking.params import (
    TRANSPARENT,
    asked_entries,
    asked_view,
    hierarchy_asked,
    named_entries,
)
from webui.embedding.view_params import with_ids

if TYPE_CHECKING:
    from webui.asking.viewer import Args, Viewer
    from webui.store.loaded import Loaded

# To know its slides a chart is laid out slide by slide; of a large one nobody waits for that.
_MOST_PREVIEWED = 150
# More cards than this a browser should not draw only to show them in small.
_MOST_PICTURED = 3_000


class ExportRequest:
    """What an address asks to export: a view of the chart, its sheet and its ground."""

    def __init__(self, viewer: Viewer, loaded: Loaded) -> None:
        self.viewer = viewer
        self.loaded = loaded
        self.args = _own_args(loaded, viewer.args)
        self.view = asked_view(loaded, self.args)
        self.choices = _asked_choices(viewer.args)
        self.count = count_of(loaded, self.view)

    @property
    def title(self) -> str:
        """What it shows, in a few words."""
        return view_title(self.loaded, self.view, self.viewer.language)

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

    def exhibit(self) -> Exhibit:
        """Return what is shown of it; this draws it."""
        return exhibit(self.loaded, self.view, self.viewer.language, shown_on=self.viewer.day)


def _own_args(loaded: Loaded, args: Args) -> Args:
    """Return the parameters of an address with the ids that entries have here."""
    hierarchy = hierarchy_asked(loaded, args)
    if all(map(hierarchy.has, named_entries(args))):
        return args
    return with_ids(args, own_ids(loaded))


def _asked_choices(args: Args) -> Choices:
    """Return the sheet and the ground that an address asks for."""
    asked = args.get("size", "")
    sheet = next((one for one in PageSize if one == asked), PageSize.SLIDE)
    return Choices(
        sheet, transparent=args.get("ground") == TRANSPARENT, spans_slide=args.get("spans") == ON
    )
