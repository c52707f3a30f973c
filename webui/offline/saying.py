"""What a file says of itself: what it holds, what is folded away, and the texts of its scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.texts import format_number

if TYPE_CHECKING:
    from orgmodel.drawing.chart import Chart
    from orgmodel.drawing.exhibits import Exhibit
    from webui.asking.viewer import Viewer
    from webui.offline.part import Part


class Sayings:
    """The words around the chart of one file."""

    def __init__(self, exhibit: Exhibit, part: Part, viewer: Viewer) -> None:
        self._exhibit = exhibit
        self._part = part
        self._viewer = viewer
        self._is_posts = not exhibit.view.units
        self._held = part.weight(part.parents)

    @property
    def elsewhere(self) -> str:
        """What a card says that stands for entries which are not in the file."""
        return self._viewer._("Not in this file")

    @property
    def held(self) -> str:
        """How many entries the file holds, where it does not hold all."""
        total = self._exhibit.hierarchy.total
        if self._held >= total:
            return ""
        held, viewer = self._held, self._viewer
        all_words = format_number(total, viewer.language)
        if self._is_posts:
            return viewer.ngettext(
                "The file holds {n} of {total} posts",
                "The file holds {n} of {total} posts",
                held,
                total=all_words,
            )
        return viewer.ngettext(
            "The file holds {n} of {total} units",
            "The file holds {n} of {total} units",
            held,
            total=all_words,
        )

    def hidden_words(self, chart: Chart) -> str:
        """Return how many entries of the file a chart does not show."""
        shown = [one.shown.id for one in chart.cards if not one.shown.more]
        hidden = self._held - self._part.weight(shown)
        viewer = self._viewer
        if not hidden and self._is_posts:
            said = viewer._("All posts in the file are shown")
        elif not hidden:
            said = viewer._("All units in the file are shown")
        elif self._is_posts:
            said = viewer.ngettext("{n} post is folded away", "{n} posts are folded away", hidden)
        else:
            said = viewer.ngettext("{n} unit is folded away", "{n} units are folded away", hidden)
        left = chart.cross_lines_left
        if not left:
            return said
        more = viewer.ngettext(
            "{n} cross-cutting line is not drawn", "{n} cross-cutting lines are not drawn", left
        )
        return f"{said} · {more}"

    def notes(self) -> dict[str, str]:
        """Return what dimming and lighting tell of entries."""
        viewer, view = self._viewer, self._exhibit.view
        context = viewer._("shown because it leads a post in the filter")
        found = dict.fromkeys(self._part.contexts, context)
        lit = self._exhibit.drawing.lit
        if view.lit is not None and lit is not None:
            group = self._exhibit.organisation.groups[view.lit].name
            said = viewer._("in {group}", group=group.text(self._exhibit.language))
            found |= {entry: said for entry in lit if entry not in self._part.contexts}
        return found

    def texts(self) -> dict[str, str]:
        """Return the texts that scripts put on the page."""
        _, is_posts = self._viewer._, self._is_posts
        return {
            "fold": _("Fold"),
            "unfold": _("Unfold"),
            "closePanel": _("Close"),
            "selected": _("{title}, {unit} selected", title="{title}", unit="{unit}"),
            "closedPanel": _("What was selected is no longer shown"),
            "opened": _("{title} unfolded", title="{title}"),
            "closed": _("{title} folded", title="{title}"),
            "noHits": _("No post matches") if is_posts else _("No unit matches"),
            "hit": self._hits(1),
            "hits": self._hits(2),
            "firstHits": _("{posts}; the first {n} are listed", posts="{posts}", n="{n}"),
            "figures": _("Figures"),
            "chain": _("Chain to the top") if is_posts else _("A part of"),
            "reports": _("Direct reports") if is_posts else _("Its parts"),
            "elsewhere": _("{n} more are not in this file", n="{n}"),
        }

    def _hits(self, n: int) -> str:
        """Return how many fit a search, in the form for a number, which a script fills in."""
        viewer = self._viewer
        if self._is_posts:
            return viewer.ngettext("{n} post matches", "{n} posts match", n, n="{n}")
        return viewer.ngettext("{n} unit matches", "{n} units match", n, n="{n}")
