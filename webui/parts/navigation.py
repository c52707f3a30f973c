"""The navigation: the pages of an organisation and their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.texts import N_, format_day
from webui.parts.age import age_words
from webui.parts.building import phrase
from webui.parts.context import OrganisationLink, Section

if TYPE_CHECKING:
    from orgmodel.model.organisation import Organisation
    from webui.asking.viewer import Viewer
    from webui.store.data_files import Listing

# Each page: key, name, Flask endpoint.
_DESTINATIONS = (
    ("chart", N_("Chart"), "charts.page"),
    ("spans", N_("Spans of control"), "spans.page"),
    ("frameworks", N_("Leadership framework"), "frameworks.page"),
    ("new", N_("I am new here"), "walks.start"),
)
_MORE = (("findings", N_("Findings"), "findings.page"),)
# The views of the chart.
_VIEWS = (
    ("posts", N_("Posts"), "charts.page"),
    ("units", N_("Units"), "charts.units"),
    ("groups", N_("Groups"), "groups.page"),
    ("between", N_("Two posts"), "chains.between"),
    ("network", N_("Network"), "networks.page"),
    ("changes", N_("Changes"), "changes.page"),
)


def organisation_link(
    viewer: Viewer, organisation: Organisation | Listing, current: str = "chart", view: str = ""
) -> OrganisationLink:
    """Return an organisation for a heading, with its pages and the views of its chart.

    `current` is the key of the destination to which the shown page belongs, `view` that of the
    shown view.
    """
    lacks = set()
    if not organisation.frameworks:
        lacks.add("frameworks")
    if not organisation.groups:
        lacks.add("groups")

    def url(endpoint: str) -> str:
        return viewer.url_for(endpoint, organisation_id=organisation.id)

    def sections(pages: tuple[tuple[str, str, str], ...], shown: str) -> tuple[Section, ...]:
        return tuple(
            Section(viewer._(name), url(endpoint), key == shown, endpoint == viewer.endpoint)
            for key, name, endpoint in pages
            if key not in lacks
        )

    return OrganisationLink(
        id=organisation.id,
        name=phrase(viewer, organisation.name),
        href=url("charts.page"),
        as_of=organisation.as_of.text(viewer.language),
        destinations=sections(_DESTINATIONS, current),
        more=sections(_MORE, current),
        views=sections(_VIEWS, view),
        shown_on=format_day(viewer.day, viewer.language) if viewer.day else "",
        counts=viewer.ngettext("{n} post", "{n} posts", organisation.seats),
        age=age_words(viewer, organisation.as_of),
    )
