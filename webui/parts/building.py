"""The parts that several pages show: phrases, posts, quotes, traces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from orgmodel.drawing.cards import position_title, status_chip
from orgmodel.model.finding_kinds import FINDING_KINDS
from orgmodel.model.findings import Severity
from orgmodel.model.names import Text
from orgmodel.model.provenance import Basis
from orgmodel.model.reporting import LineRule
from orgmodel.model.wording import BASIS_WORDS, KindWords, place_words
from orgmodel.texts import N_, Joined, format_day, message
from webui.asking.languages import _, current_language, ngettext
from webui.asking.urls import (
    between_url,
    changes_url,
    chart_url,
    findings_url,
    frameworks_url,
    groups_url,
    post_url,
    spans_url,
    unit_url,
    walk_url,
)
from webui.asking.viewing import stated_day
from webui.parts.context import (
    FindingContext,
    Item,
    OrganisationLink,
    Phrase,
    PostLink,
    Quote,
    Reference,
    Section,
    SourceContext,
    Trace,
    TraceStep,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgmodel.analysis.spans.figures import Step
    from orgmodel.model.dates import PartialDate
    from orgmodel.model.entities import Ask
    from orgmodel.model.findings import Finding
    from orgmodel.model.organisation import Organisation
    from orgmodel.model.profiles import ProfileItem
    from orgmodel.model.provenance import Citation, Evidence
    from orgmodel.model.reporting import ReportingLine
    from orgmodel.texts import Worded
    from webui.store.loaded import Loaded

# A list on a page is as long as people read; charts, filters and the search go further.
MOST_LISTED = 60
_MOST_ABOUT = 12
_FEW_OF_SEVERAL = 6
_ORIGIN_WORDS = {
    "stated": N_("Stated"),
    "derived": N_("Derived"),
    "inferred": N_("Inferred"),
    "assumed": N_("Assumed"),
    "unknown": N_("Why"),
}
_RULE_WORDS = {
    LineRule.UNIT_LEADER: N_("The post is in a unit and reports to the unit's leader."),
    LineRule.UNIT_ABOVE: N_(
        "The leader of a unit reports to the leader of the nearest unit above."
    ),
}
SEVERITY_WORDS = {Severity.WARNING: N_("Look into this"), Severity.NOTE: N_("Good to know")}


def phrase(value: Worded) -> Phrase:
    """Return words of the data in the page's language, marked where they are in another."""
    language = current_language()
    own = _languages(value, language)
    is_foreign = own == {"da"} and language == "en"
    return Phrase(value.text(language), "da" if is_foreign else None)


def optional_phrase(value: Worded | None) -> Phrase | None:
    """Return words of the data, None where there are none."""
    return None if value is None else phrase(value)


def _languages(value: object, wanted: str) -> set[str]:
    if isinstance(value, Joined):
        parts = [_languages(part, wanted) for part in value.parts if not isinstance(part, str)]
        return set().union(*parts)
    if isinstance(value, Text):
        return {value.language("en" if wanted == "en" else "da")}
    return {wanted}


def kind_phrase(organisation: Organisation, kind_id: str) -> Phrase:
    """Return a kind in words; in English the Danish word stays: Section (sektion)."""
    words = KindWords(organisation.kinds.get(kind_id), kind_id)
    is_danish = current_language() == "en" and words.english is None
    return Phrase(words.text(current_language()), "da" if is_danish else None)


def post_link(loaded: Loaded, position_id: str) -> PostLink:
    """Return a post for a list."""
    organisation = loaded.organisation
    status = organisation.status(position_id)
    position = organisation.positions[position_id]
    card = loaded.cards(current_language()).card(position_id)
    chip = status_chip(organisation, position_id)
    return PostLink(
        id=position_id,
        href=post_url(organisation.id, position_id),
        chart_href=chart_url(organisation.id, select=position_id),
        title=phrase(position_title(organisation, position_id)),
        holder=organisation.holder_names(position_id),
        status=status.value,
        status_words=chip.text(current_language()) if chip else "",
        unit=phrase(organisation.units[position.unit_id].name),
        figures=card.figures_in_words,
    )


def post_links(loaded: Loaded, position_ids: Iterable[str]) -> tuple[PostLink, ...]:
    """Return posts for a list, in the given order."""
    return tuple(post_link(loaded, one) for one in position_ids)


def more_words(count: int, listed: int = MOST_LISTED) -> str:
    """Return how many a list leaves out that holds so many of them; empty where it holds all."""
    return ngettext("and {n} more", "and {n} more", count - listed) if count > listed else ""


def quotes(organisation: Organisation, citations: Iterable[Citation]) -> tuple[Quote, ...]:
    """Return citations in words."""
    found = []
    for citation in dict.fromkeys(citations):
        source = organisation.sources[citation.source_id]
        place = place_words(citation, source)
        found.append(
            Quote(
                words=citation.words,
                place=place.text(current_language()) if place else None,
                source=phrase(source.title),
                file=source.file,
            )
        )
    return tuple(found)


def trace(origin: str, steps: Sequence[TraceStep] = ()) -> Trace:
    """Return how a fact is known."""
    return Trace(origin, _(_ORIGIN_WORDS[origin]), tuple(steps))


def stated(organisation: Organisation, citations: Sequence[Citation]) -> Trace:
    """Return the trace of a fact that an entry states, with the sources where it names some."""
    if not citations:
        text = _("The data file states it, without naming a source.")
        return trace("stated", [TraceStep(text, (), ())])
    return trace("stated", [TraceStep("", (), quotes(organisation, citations))])


def figure_steps(loaded: Loaded, steps: Iterable[Step]) -> tuple[TraceStep, ...]:
    """Return the steps of a figure in words; the text tells how many, the list names the first."""
    return tuple(
        TraceStep(
            step.text.text(current_language()),
            post_links(loaded, step.position_ids[:MOST_LISTED]),
            quotes(loaded.organisation, step.citations),
        )
        for step in steps
    )


def line_trace(loaded: Loaded, line: ReportingLine) -> Trace:
    """Return how the line of a post to its superior is known."""
    organisation = loaded.organisation
    found = quotes(organisation, line.evidence.all())
    if line.basis is Basis.EXPLICIT:
        text = _("A source says so.") if found else _("The data file states it.")
        return Trace("stated", _(BASIS_WORDS[line.basis]), (TraceStep(text, (), found),))
    reason = phrase(line.reason).text if line.reason else _(_RULE_WORDS[line.rule])
    return Trace("inferred", _(BASIS_WORDS[line.basis]), (TraceStep(reason, (), found),))


def evidence_trace(
    organisation: Organisation, basis: Basis, reason: Text | None, evidence: Evidence
) -> Trace:
    """Return how a seat or a cross-cutting line is known: stated, or inferred with its reason."""
    if basis is Basis.EXPLICIT:
        return stated(organisation, evidence.all())
    why = phrase(reason).text if reason else ""
    return trace("inferred", [TraceStep(why, (), quotes(organisation, evidence.all()))])


def items(organisation: Organisation, found: Iterable[ProfileItem | Ask]) -> tuple[Item, ...]:
    """Return what a profile or a principle says, thing by thing."""
    return tuple(Item(phrase(one.text), quotes(organisation, one.evidence.all())) for one in found)


def reference(organisation: Organisation, entity_id: str) -> Reference | None:
    """Return an entry by its name; None for an id that nothing has on the date."""
    if entity_id in organisation.positions:
        position = organisation.positions[entity_id]
        name = Joined((position.title, organisation.units[position.unit_id].name))
        return Reference(phrase(name), post_url(organisation.id, entity_id))
    if entity_id in organisation.units:
        name_of_unit = phrase(organisation.units[entity_id].name)
        return Reference(name_of_unit, unit_url(organisation.id, entity_id))
    if entity_id in organisation.groups:
        href = groups_url(organisation.id, entity_id)
        return Reference(phrase(organisation.groups[entity_id].name), href)
    return None


def finding_context(organisation: Organisation, finding: Finding) -> FindingContext:
    """Return a finding in words."""
    about = [one for one in finding.subject_ids if organisation.has(one)]
    # What is said of several alike entries is a list of them; else the entries are context.
    listed = about[: MOST_LISTED if finding.parts else _MOST_ABOUT]
    named = [one for one in (reference(organisation, each) for each in listed) if one is not None]
    shown = _FEW_OF_SEVERAL if finding.parts else _MOST_ABOUT
    return FindingContext(
        about=tuple(named),
        folded=len(named) - shown if len(named) > shown else 0,
        about_more=more_words(len(about), len(listed)),
        entries=len(finding.parts) or 1,
        recorded=finding.recorded,
        code=finding.code,
        severity=finding.severity.value,
        severity_words=_(SEVERITY_WORDS[finding.severity]),
        title=_(FINDING_KINDS[finding.code].title),
        text=phrase(finding.message),
        quotes=quotes(organisation, finding.citations[:MOST_LISTED]),
    )


def source_contexts(organisation: Organisation) -> tuple[SourceContext, ...]:
    """Return the documents that an organisation's data rest on."""
    language = current_language()
    return tuple(
        SourceContext(
            title=phrase(source.title),
            kind=optional_phrase(source.kind),
            publisher=source.publisher,
            file=source.file,
            date=source.date.text(language) if source.date else None,
        )
        for source in organisation.record.sources
    )


class Linked(Protocol):
    """What a link to an organisation needs of it: the organisation, or its listing."""

    @property
    def id(self) -> str:
        """Its name in addresses."""
        ...

    @property
    def name(self) -> Text:
        """Its name."""
        ...

    @property
    def as_of(self) -> PartialDate:
        """The date that its data are true as of."""
        ...

    @property
    def frameworks(self) -> object:
        """Its leadership frameworks, or whether it has any."""
        ...

    @property
    def groups(self) -> object:
        """Its groups, or whether it has any."""
        ...


def organisation_link(organisation: Linked, current: str = "", view: str = "") -> OrganisationLink:
    """Return an organisation for a heading, with its pages and the views of its chart.

    `current` names the page that is shown, `view` the view.
    """
    pages = [("chart", _("Chart"), chart_url(organisation.id))]
    if organisation.frameworks:
        name = _("Leadership framework")
        pages.append(("frameworks", name, frameworks_url(organisation.id)))
    pages.append(("spans", _("Spans of control"), spans_url(organisation.id)))
    pages.append(("findings", _("Findings"), findings_url(organisation.id)))
    day = stated_day()
    language = current_language()
    return OrganisationLink(
        id=organisation.id,
        name=phrase(organisation.name),
        href=chart_url(organisation.id),
        as_of=organisation.as_of.text(language),
        sections=tuple(Section(name, href, key == current) for key, name, href in pages),
        views=tuple(Section(name, href, key == view) for key, name, href in _views(organisation)),
        shown_on=format_day(day, language) if day else "",
        walk_href=walk_url(organisation.id),
    )


def _views(organisation: Linked) -> list[tuple[str, str, str]]:
    """Return the views of the same graph, each with its name and address."""
    views = [
        ("posts", _("Posts"), chart_url(organisation.id)),
        ("units", _("Units"), chart_url(organisation.id, units=True)),
    ]
    if organisation.groups:
        views.append(("groups", _("Groups"), groups_url(organisation.id)))
    views.append(("between", _("Two posts"), between_url(organisation.id)))
    views.append(("changes", _("Changes"), changes_url(organisation.id)))
    return views


def count_words(posts: int, leaders: int) -> str:
    """Return how large an organisation's chart is."""
    words = ngettext("{n} post", "{n} posts", posts)
    return ngettext(
        "{posts}, {n} of them a leader",
        "{posts}, {n} of them leaders",
        leaders,
        posts=words,
    )


def say_number(number: float) -> str:
    """Return a number as the page's language writes it."""
    return message("{n}", n=number).text(current_language())
