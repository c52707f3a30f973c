"""A whole record as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.model.entities import EVERYBODY, LEADER_LEVELS, MemberRole
from orgmodel.model.provenance import Numbering
from orgmodel.reading.writing.posts import UnitWriter
from orgmodel.reading.writing.statements import (
    Node,
    aliases,
    basis,
    citations,
    cited,
    day,
    entry,
    short,
    single,
    text,
)

if TYPE_CHECKING:
    from orgmodel.model.entities import (
        Ask,
        Audience,
        Framework,
        Group,
        Kind,
        Membership,
        Principle,
        Relation,
    )
    from orgmodel.model.findings import Finding
    from orgmodel.model.organisation import Record
    from orgmodel.model.profiles import Contact, Milestone, Profile, ProfileItem
    from orgmodel.model.provenance import Source
    from orgmodel.reading.writing.yaml_text import Value


def record_node(record: Record) -> Node:
    """Return a record as the mapping that its file holds."""
    writer = UnitWriter(record)
    units = writer.units()
    node = entry(
        organisation=record.id,
        name=text(record.name),
        as_of=day(record.as_of),
        description=text(record.description),
        kinds={kind.id: _kind(kind) for kind in record.kinds} or None,
        sources={source.id: _source(source) for source in record.sources} or None,
        people=writer.people(),
    )
    rest = entry(
        groups=[_group(group) for group in record.groups],
        relations=[_relation(one, n) for n, one in enumerate(record.relations, 1)],
        frameworks=[_framework(one) for one in record.frameworks],
        profiles=[_profile(one) for one in record.profiles],
        findings=[_finding(one) for one in record.findings],
    )
    # An organisation without units says so.
    return node | {"units": units} | rest


def _kind(kind: Kind) -> Value:
    danish = None if kind.name.da == kind.id else kind.name.da
    node = entry(da=danish, en=kind.name.en, staff=kind.staff)
    return short(node, "en") if node else {"da": kind.id}


def _source(source: Source) -> Value:
    is_default = source.numbered_by is Numbering.LINE
    return entry(
        title=text(source.title),
        file=source.file,
        kind=text(source.kind),
        publisher=source.publisher,
        date=day(source.date),
        url=source.url,
        numbered_by=None if is_default else source.numbered_by.value,
    )


def _group(group: Group) -> Value:
    evidence = group.evidence
    node = entry(
        id=group.id,
        name=cited(evidence, "name", text(group.name), default=""),
        kind=group.kind_id,
        unit=group.unit_id,
        part_of=group.part_of_id,
        size=cited(evidence, "size", group.size, default=0),
        cadence=cited(evidence, "cadence", text(group.cadence), default=""),
        purpose=cited(evidence, "purpose", text(group.purpose), default=""),
        also=aliases(group.aliases),
        cite=citations(evidence.whole),
        members=[_member(one) for one in group.members],
    )
    return node if group.complete else node | {"complete": False}


def _member(member: Membership) -> Value:
    node = entry(
        position=member.position_id,
        role=None if member.role is MemberRole.MEMBER else member.role.value,
        **basis(member.basis, member.reason),
        cite=citations(member.evidence.whole),
    )
    return short(node, "position")


def _relation(relation: Relation, number: int) -> Value:
    return entry(
        id=None if relation.id == f"relation-{number}" else relation.id,
        from_=relation.from_id,
        to=relation.to_id,
        kind=relation.kind.value,
        about=cited(relation.evidence, "about", text(relation.about), default=""),
        **basis(relation.basis, relation.reason),
        cite=citations(relation.evidence.whole),
    )


def _framework(framework: Framework) -> Value:
    return entry(
        id=framework.id,
        name=text(framework.name),
        unit=framework.unit_id,
        summary=cited(framework.evidence, "summary", text(framework.summary), default=""),
        definition=[_principle(one) for one in framework.definition],
        principles=[_principle(one) for one in framework.principles],
        steering=[_principle(one) for one in framework.steering],
        cite=citations(framework.evidence.whole),
    )


def _principle(principle: Principle) -> Value:
    node = entry(
        da=principle.text.da,
        en=principle.text.en,
        meaning=cited(principle.evidence, "meaning", text(principle.meaning), default=""),
        **_audience(principle.audience),
        asks=[_ask(one, principle) for one in principle.asks],
        cite=citations(principle.evidence.whole),
    )
    return short(node, "da")


def _ask(ask: Ask, principle: Principle) -> Value:
    node = entry(da=ask.text.da, en=ask.text.en, cite=citations(ask.evidence.whole))
    if ask.audience == principle.audience:
        return short(node, "da")
    # Without a word of its own it would speak to its principle's audience.
    whom = entry(**_audience(ask.audience)) or {"levels": []}
    return node | whom


def _audience(audience: Audience) -> dict[str, Value | None]:
    if audience == EVERYBODY:
        return {}
    levels = [level.value for level in audience.levels]
    if audience.levels == LEADER_LEVELS:
        levels = ["leaders"]
    return {"levels": single(list(levels)), "kinds": single(list(audience.kind_ids))}


def _profile(profile: Profile) -> Value:
    return entry(
        position=profile.position_id,
        summary=cited(profile.evidence, "summary", text(profile.summary), default=""),
        responsibilities=[_item(one) for one in profile.responsibilities],
        first_year=[_item(one) for one in profile.first_year],
        success=[_item(one) for one in profile.success],
        expectations=[_item(one) for one in profile.expectations],
        dates=[_milestone(one) for one in profile.milestones],
        contacts=[_contact(one) for one in profile.contacts],
        committee=profile.committee_id,
        further_reading=[_item(one) for one in profile.further_reading],
        cite=citations(profile.evidence.whole),
    )


def _item(item: ProfileItem) -> Value:
    node = entry(da=item.text.da, en=item.text.en, cite=citations(item.evidence.whole))
    return short(node, "da")


def _contact(contact: Contact) -> Value:
    node = entry(position=contact.position_id, cite=citations(contact.evidence.whole))
    return short(node, "position")


def _milestone(stone: Milestone) -> Value:
    return entry(
        date=day(stone.date),
        end=day(stone.end),
        or_=day(stone.alternative),
        kind=stone.kind.value,
        what=text(stone.text),
        cite=citations(stone.evidence.whole),
    )


def _finding(finding: Finding) -> Value:
    words = finding.message
    danish, english = words.text("da"), words.text("en")
    return entry(
        code=finding.code,
        about=single(list(finding.entity_ids)),
        da=danish,
        en=None if english == danish else english,
        cite=citations(finding.citations),
    )
