"""An organisation as NetworkX graphs.

Nodes and edges have plain values only, so that every NetworkX writer accepts them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from orgmodel.model.organisation import Organisation


def reporting_tree(organisation: Organisation) -> nx.DiGraph[str]:
    """Return the reporting lines as a graph, each edge from a leader to a report.

    The graph of a complete organisation is one tree (an arborescence); with several posts at the
    top it is a forest.

    Returns
    -------
    tree
        One node per post, in reading order, with `title`, `unit`, `status`, `seats`, `political`
        and `leader`; edges with `basis` (explicit, inferred) and `rule`.
    """
    tree: nx.DiGraph[str] = nx.DiGraph(organisation=organisation.id, day=str(organisation.day))
    for position_id in organisation.positions:
        tree.add_node(position_id, **_position_attributes(organisation, position_id))
    for position_id, line in organisation.lines.items():
        if line.superior_id is not None:
            tree.add_edge(
                line.superior_id, position_id, basis=line.basis.value, rule=line.rule.value
            )
    return tree


def organisation_graph(organisation: Organisation) -> nx.MultiDiGraph[str]:
    """Return posts, units, groups and people with every line between them.

    The key of an edge names the relation of its source to its target: a post `reports_to` a post,
    a post `leads` a unit, a post or unit or group is `part_of` a unit, a person `holds` a post, a
    post is `member_of` a group; and each relation under its own kind (`serves`, `supplies`,
    `coordinates-with`, `professional-reference`, `deputises-for`).

    Returns
    -------
    graph
        Nodes with `entity` (position, unit, group, person) and `name`.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        organisation=organisation.id, day=str(organisation.day)
    )
    _add_units(graph, organisation)
    _add_positions(graph, organisation)
    _add_groups(graph, organisation)
    for relation in organisation.relations:
        graph.add_edge(relation.from_id, relation.to_id, key=relation.kind.value)
    return graph


def _position_attributes(organisation: Organisation, position_id: str) -> dict[str, object]:
    position = organisation.positions[position_id]
    return {
        "title": position.title.da,
        "unit": position.unit_id,
        "status": organisation.status(position_id).value,
        "seats": position.seats,
        "political": position.political,
        "leader": position_id in organisation.leader_ids,
    }


def _add_units(graph: nx.MultiDiGraph[str], organisation: Organisation) -> None:
    for unit in organisation.units.values():
        graph.add_node(unit.id, entity="unit", name=unit.name.da, kind=unit.kind_id)
        if unit.parent_id is not None:
            graph.add_edge(unit.id, unit.parent_id, key="part_of")


def _add_positions(graph: nx.MultiDiGraph[str], organisation: Organisation) -> None:
    for position in organisation.positions.values():
        attributes = _position_attributes(organisation, position.id)
        graph.add_node(position.id, entity="position", name=position.title.da, **attributes)
        graph.add_edge(position.id, position.unit_id, key="part_of")
        for holding in organisation.holdings(position.id):
            person = organisation.people[holding.person_id]
            if not person.name:
                continue  # an anonymised record
            graph.add_node(person.id, entity="person", name=person.name)
            graph.add_edge(person.id, position.id, key="holds", acting=holding.acting)
    for position_id, line in organisation.lines.items():
        if line.superior_id is not None:
            graph.add_edge(position_id, line.superior_id, key="reports_to", basis=line.basis.value)
    for leader_id, unit_ids in organisation.led_units.items():
        for unit_id in unit_ids:
            graph.add_edge(leader_id, unit_id, key="leads")


def _add_groups(graph: nx.MultiDiGraph[str], organisation: Organisation) -> None:
    for group in organisation.groups.values():
        graph.add_node(group.id, entity="group", name=group.name.da, kind=group.kind_id)
        for whole_id in (group.unit_id, group.part_of_id):
            if whole_id is not None and organisation.has(whole_id):
                graph.add_edge(group.id, whole_id, key="part_of")
        for member in group.members:
            if member.position_id in organisation.positions:
                graph.add_edge(
                    member.position_id,
                    group.id,
                    key="member_of",
                    role=member.role.value,
                    basis=member.basis.value,
                )
