"""A request to export a part of the chart, whose size is known before it is drawn."""

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

# Counting the slides needs a layout of each slide, which takes too long for a large chart.
_MOST_PREVIEWED = 150
# With more cards than this, a browser should not draw a preview.
_MOST_PICTURED = 3_000


class ExportRequest:
    """An export as requested by a URL: a view of the chart, its sheet and its background."""

    def __init__(self, viewer: Viewer, loaded: Loaded) -> None:
        self.viewer = viewer
        self.loaded = loaded
        self.args = _own_args(loaded, viewer.args)
        self.view = asked_view(loaded, self.args)
        self.choices = _asked_choices(viewer.args)
        self.count = count_of(loaded, self.view)

    @property
    def title(self) -> str:
        """The title of the view."""
        return view_title(self.loaded, self.view, self.viewer.language)

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries that the view is about, or could be about."""
        hierarchy = hierarchy_of(self.loaded, self.view)
        return self.view.entries or asked_entries(hierarchy, self.args)

    @property
    def is_too_large(self) -> bool:
        """Whether it has too many cards for a preview in the browser."""
        return self.count > _MOST_PICTURED

    @property
    def has_preview_of_slides(self) -> bool:
        """Whether its slides are computed fast enough to be counted and previewed."""
        return self.count <= _MOST_PREVIEWED

    def exhibit(self) -> Exhibit:
        """Draw the view and return it."""
        return exhibit(self.loaded, self.view, self.viewer.language, shown_on=self.viewer.day)


def _own_args(loaded: Loaded, args: Args) -> Args:
    """Return the parameters of a URL, with ids translated to this organisation's ids."""
    hierarchy = hierarchy_asked(loaded, args)
    if all(map(hierarchy.has, named_entries(args))):
        return args
    return with_ids(args, own_ids(loaded))


def _asked_choices(args: Args) -> Choices:
    """Return the sheet and the background that a URL requests."""
    asked = args.get("size", "")
    sheet = next((one for one in PageSize if one == asked), PageSize.SLIDE)
    return Choices(
        sheet, transparent=args.get("ground") == TRANSPARENT, spans_slide=args.get("spans") == ON
    )
