"""The network: who works with whom around a post, a unit or a group, and what ties two of them."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING

from flask import Blueprint, abort, jsonify, render_template
from markupsafe import Markup

from orgmodel.analysis.questions.network import MOST_STEPS
from orgmodel.drawing.network import tie_network_data
from orgmodel.drawing.tie_cards import REST
from orgmodel.drawing.tie_picture import key_svg, network_svg, picture_styles
from orgmodel.drawing.tie_words import KEY
from orgmodel.exporting.network_files import NETWORK_FORMATS, NetworkExhibit
from webui.asking.addresses import PLACEHOLDER
from webui.asking.edge import current_viewer, requested_organisation
from webui.pages.chart.page import explorer_texts
from webui.pages.network.asked import (
    STEPS_AT_FIRST,
    network_href,
    network_request,
    node_key,
    node_link,
)
from webui.pages.network.context import KeyItem, NetworkContext, NetworkPicture
from webui.pages.network.lists import (
    between_lists,
    between_sentences,
    fellow_list,
    forums_table,
    ring_lists,
    sentences,
    tie_lists,
)
from webui.pages.network.panel import group_panel
from webui.pages.search.page import chooser
from webui.parts.building import MOST_LISTED, more_words
from webui.parts.context import Option, OptionGroup, Section
from webui.parts.navigation import organisation_link
from webui.server.downloads import file_answer
from webui.server.jobs import FILES

if TYPE_CHECKING:
    from flask import Response

    from orgmodel.drawing.tie_cards import TieCard
    from webui.asking.viewer import Viewer
    from webui.pages.network.asked import NetworkRequest
    from webui.pages.network.context import NodeList
    from webui.pages.search.page import Chooser
    from webui.store.loaded import Loaded

_AT_FIRST = 6

bp = Blueprint("networks", __name__, url_prefix="/<organisation_id>")


@bp.get("/network")
def page(organisation_id: str) -> str:
    """Show a network, what ties two nodes, or the form that asks for them."""
    context = network_context(current_viewer(), requested_organisation(organisation_id))
    return render_template("pages/network/page.html", page=context)


@bp.get("/groups/<group_id>/panel.json")
def panel(organisation_id: str, group_id: str) -> Response:
    """Return a group in short, for the panel beside a network."""
    loaded = requested_organisation(organisation_id)
    return jsonify(asdict(group_panel(current_viewer(), loaded, group_id)))


@bp.get("/network/files/<format_id>")
def file(organisation_id: str, format_id: str) -> Response:
    """Return the network as a file."""
    made = NETWORK_FORMATS.get(format_id)
    asked = network_request(current_viewer(), requested_organisation(organisation_id))
    if made is None or asked.centre_id is None:
        abort(HTTPStatus.NOT_FOUND)
    parts = ["network", organisation_id, asked.centre_id, asked.other_id]
    name = "-".join(filter(None, parts)) + f".{made.id}"

    def make() -> Response:
        exhibit = NetworkExhibit(
            asked.loaded.ties, asked.picture, asked.title, asked.viewer.language
        )
        return file_answer(made.make(exhibit), made.mimetype, name)

    return FILES.do(make) if made.is_slow else make()


def network_context(viewer: Viewer, loaded: Loaded) -> NetworkContext:
    """Return the page that the URL requests."""
    asked = network_request(viewer, loaded)
    centre_id, other_id, found = asked.centre_id, asked.other_id, asked.between
    groups = list(loaded.organisation.groups)
    is_start = centre_id is None
    if found is not None:
        words, lists = between_sentences(asked, found), between_lists(asked, found)
    elif centre_id is not None:
        words, lists = sentences(asked, centre_id), _lists(asked, centre_id)
    else:
        words, lists = (), ()
    is_ego = centre_id is not None and found is None
    return NetworkContext(
        organisation=organisation_link(viewer, loaded.organisation, "chart", "network"),
        centre=node_link(viewer, loaded, centre_id) if centre_id else None,
        other=node_link(viewer, loaded, other_id) if other_id else None,
        heading=asked.title,
        sentences=words,
        steps=_steps(asked) if is_ego else (),
        picture=None if is_start else _picture(asked),
        lists=lists,
        rings=ring_lists(asked) if is_ego else (),
        forums=forums_table(viewer, loaded) if is_start else None,
        groups=tuple(node_link(viewer, loaded, one) for one in groups[:MOST_LISTED])
        if is_start
        else (),
        groups_more=more_words(viewer, len(groups)) if is_start else "",
        choosers=_choosers(asked),
        choices=_choices(asked),
        kept=(
            *viewer.visit_params(),
            *([("of", node_key(loaded, centre_id))] if centre_id else []),
        ),
        alone_href=network_href(viewer, loaded, centre_id) if centre_id else "",
        at_first=_AT_FIRST,
        texts=explorer_texts(viewer),
        addresses={
            "post": viewer.url_for("posts.panel", position_id=PLACEHOLDER),
            "unit": viewer.url_for("units.panel", unit_id=PLACEHOLDER),
            "group": viewer.url_for("networks.panel", group_id=PLACEHOLDER),
            "network": viewer.url_for("networks.page", of=PLACEHOLDER),
            "vis": viewer.bare_url_for("assets.vis_network"),
        },
    )


def _lists(asked: NetworkRequest, centre_id: str) -> tuple[NodeList, ...]:
    fellow = fellow_list(asked, centre_id)
    lists = tie_lists(asked, centre_id)
    return lists if fellow is None else (fellow, *lists)


def _steps(asked: NetworkRequest) -> tuple[Section, ...]:
    return tuple(
        Section(
            asked.viewer.number(step),
            asked.viewer.this_page_with(steps=None if step == STEPS_AT_FIRST else str(step)),
            is_current=step == asked.steps,
        )
        for step in range(1, MOST_STEPS + 1)
    )


def _choosers(asked: NetworkRequest) -> tuple[Chooser, ...]:
    """Return the field for what the network is around, and that for a second one."""
    viewer, loaded = asked.viewer, asked.loaded
    first = chooser(
        viewer,
        loaded,
        "q",
        viewer._("Whose network do you want to see?"),
        lambda one: viewer.url_for("networks.page", of=f"post:{one}"),
    )
    if asked.centre_id is None:
        return (first,)
    own = node_key(loaded, asked.centre_id)
    second = chooser(
        viewer,
        loaded,
        "q-second",
        viewer._("What links it to …"),
        lambda one: viewer.url_for("networks.page", of=own, **{"and": f"post:{one}"}),
        [("of", own)],
    )
    return first, second


def _choices(asked: NetworkRequest) -> tuple[OptionGroup, ...]:
    viewer, loaded = asked.viewer, asked.loaded
    known = (
        (viewer._("Groups"), loaded.organisation.groups),
        (viewer._("Units"), loaded.organisation.units),
    )
    return tuple(
        OptionGroup(
            "and" if asked.centre_id else "of",
            words,
            tuple(
                Option(node_key(loaded, one), asked.name(one), one == asked.other_id)
                for one in islice(ids, MOST_LISTED)
                if one != asked.centre_id
            ),
        )
        for words, ids in known
        if ids
    )


def _picture(asked: NetworkRequest) -> NetworkPicture:
    viewer, loaded, picture = asked.viewer, asked.loaded, asked.picture
    count = len(picture.network.steps)
    short = viewer.ngettext(
        "{title}: {n} post, unit or group and the lines between them.",
        "{title}: {n} posts, units and groups and the lines between them.",
        count,
        title=asked.title,
    )
    rests = {f"{REST}:{n}": one.node_id for n, one in enumerate(picture.network.rests)}

    def href(card: TieCard) -> str:
        if card.kind == REST:
            return _unfolded_href(asked, rests[card.id])
        return network_href(viewer, loaded, card.id)

    data = tie_network_data(picture)
    data["hrefs"] = {card.id: href(card) for card in picture.cards.cards}
    data["centres"] = list(picture.network.centres)
    data["styles"] = picture_styles()
    hidden = sum(one.count for one in picture.network.rests)
    hidden_words = viewer.ngettext("{n} more is folded", "{n} more are folded", hidden)
    drawn = network_svg(picture, label=short, pen=_page_color, href=href)
    return NetworkPicture(
        svg=Markup(drawn),  # noqa: S704 - the SVG is put together from escaped parts
        short=short,
        data=data,
        key=_key(asked),
        hidden_words=hidden_words if hidden else "",
        files=tuple(
            (
                viewer._(one.name),
                viewer._(one.about),
                viewer.this_page_as("networks.file", format_id=one.id),
            )
            for one in NETWORK_FORMATS.values()
        ),
    )


def _page_color(name: str) -> str:
    """Return the custom property with a colour of the picture; see network.css."""
    return f"var(--net-{name})"


def _unfolded_href(asked: NetworkRequest, node_id: str) -> str:
    """Return the URL in which a node's bundles are unfolded; unfolded already, it is the centre."""
    viewer, loaded = asked.viewer, asked.loaded
    if node_id in asked.unfolded:
        return network_href(viewer, loaded, node_id)
    unfolded = [node_key(loaded, one) for one in (*asked.unfolded, node_id)]
    return viewer.this_page_with(unfold=unfolded)


def _key(asked: NetworkRequest) -> tuple[KeyItem, ...]:
    viewer, cards = asked.viewer, asked.picture.cards
    kinds = {"post": viewer._("Post"), "unit": viewer._("Unit"), "group": viewer._("Group")}
    shown = {card.kind for card in cards.cards}
    styles = {line.style for line in cards.lines}
    entries = [(one, words) for one, words in kinds.items() if one in shown]
    entries += [(one, viewer._(words)) for one, words in KEY.items() if one in styles]
    if any(line.is_inferred for line in cards.lines):
        entries.append(("inferred", viewer._("dashed: derived")))
    return tuple(
        KeyItem(Markup(key_svg(one, _page_color)), words)  # noqa: S704 - made of our own signs
        for one, words in entries
    )
