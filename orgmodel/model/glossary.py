"""The terms of the product with their definitions, by subject: the only place that holds them.

Pages show a term with its definition, `/glossary` lists all of them, and tables explain a column by
the term of the same key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgmodel.texts import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the product.

    Attributes
    ----------
    name
        The term as pages show it.
    definition
        Its meaning in one or two sentences, which also stand alone beside the term.
    more
        What else the glossary says about it; or empty.
    """

    name: str
    definition: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """The terms of one subject by their keys, in the order in which they are explained."""

    id: str
    name: str
    terms: Mapping[str, Term]


_KNOWING = Subject(
    "knowing",
    N_("How we know it"),
    {
        "stated": Term(
            N_("Stated in the source"),
            N_("A document says so. The document and the place in it are named."),
        ),
        "derived": Term(
            N_("Derived"),
            N_("No document says it, but it follows from what the documents say."),
            N_("On the chart a derived line is dashed, and a line that a source states is solid."),
        ),
        "assumed": Term(
            N_("Assumed"),
            N_(
                "It holds if something that no document says is true: for example that all units "
                "are listed."
            ),
            N_("The assumption is named beside the figure, and so is the figure without it."),
        ),
        "unknown": Term(
            N_("Not stated"),
            N_("No document says it, and it does not follow from what the documents say."),
            N_("What is not stated is never counted as 0."),
        ),
        "at_least": Term(
            N_("At least"),
            N_(
                "We do not know the exact number, but it is not smaller than this. “At most” is "
                "used in the same way."
            ),
        ),
        "exact": Term(
            N_("Exact"),
            N_("One number, which depends on no assumption and on nothing that is not stated."),
        ),
        "as_of": Term(
            N_("Date of the information"),
            N_("The day that the information is from. What has changed since is not in it."),
        ),
        "finding": Term(
            N_("Finding"),
            N_(
                "Something to know about the data: the documents contradict each other, leave "
                "something out, or we have assumed something."
            ),
        ),
    },
)
_POSTS = Subject(
    "posts",
    N_("Posts and units"),
    {
        "post": Term(
            N_("Post"),
            N_(
                "A job in a unit, with a title and a leader. Figures are about posts, not about "
                "the people who hold them."
            ),
        ),
        "holder": Term(N_("Holder"), N_("The person who holds the post.")),
        "seats": Term(
            N_("Seats"),
            N_(
                "How many people a post is for. “Six nursing-home leaders” is one post with six "
                "seats."
            ),
        ),
        "named": Term(N_("Named"), N_("A document says who holds the post.")),
        "unnamed": Term(
            N_("Not named"),
            N_("The post exists, but no document says who holds it. It may well be filled."),
        ),
        "vacant": Term(
            N_("Advertised"),
            N_("The post was advertised on the day that the information is from."),
            N_("The documents do not say who got the post."),
        ),
        "acting": Term(N_("Acting"), N_("Somebody holds the post for the time being.")),
        "planned": Term(
            N_("Planned"),
            N_("The post is being considered and does not exist yet."),
            N_("Planned posts count in no figure unless you choose to count them."),
        ),
        "assistant": Term(
            N_("Assistant"),
            N_(
                "A post that helps a leader and leads nobody, for example a secretary to the "
                "management."
            ),
        ),
        "unit": Term(
            N_("Unit"),
            N_("A part of the organisation. A unit can be part of a larger unit."),
        ),
        "kind": Term(
            N_("Kind of unit"),
            N_("The organisation's own word for the unit, for example centre or section."),
            N_(
                "The same word can mean different things in two municipalities, so it says "
                "nothing about the layer. In English the Danish word is shown too."
            ),
        ),
        "staff_unit": Term(
            N_("Staff unit"),
            N_(
                "A unit that supports the management, for example with finance, law or "
                "communication."
            ),
        ),
    },
)
_LINES = Subject(
    "lines",
    N_("Who leads whom"),
    {
        "reports_to": Term(
            N_("Reports to"),
            N_("Has as immediate leader. A post reports to one other post at most."),
            N_(
                "Where no document says who a post reports to, it is the leader of the unit. The "
                "leader of a unit then reports to the leader of the nearest unit above."
            ),
        ),
        "leader": Term(
            N_("Leader"),
            N_("A post that leads a unit, has others reporting to it, or is called a leader's."),
        ),
        "chain": Term(
            N_("Leadership chain"),
            N_("The posts from one post to the top: its leader, the leader's leader and so on."),
        ),
        "line": Term(
            N_("Reporting line"),
            N_("The line from a post to the leader it reports to."),
        ),
        "uncertain": Term(
            N_("May also report to"),
            N_("The documents can be read in two ways. The chart shows a question mark."),
        ),
        "direct_reports": Term(
            N_("Direct reports"),
            N_("The posts that report to this post, without anybody in between."),
        ),
        "peers": Term(N_("Peers"), N_("Posts that report to the same leader.")),
        "common_leader": Term(
            N_("Closest common leader"),
            N_("The first leader that two posts have in common on their way to the top."),
        ),
        "cross_cutting": Term(
            N_("Cross-cutting line"),
            N_("A link between two posts or units that is not about who reports to whom."),
            N_(
                "There are four kinds: one serves the other, one supplies the other, they "
                "coordinate with each other, or one reports professionally to the other."
            ),
        ),
        "group": Term(
            N_("Group"),
            N_(
                "People who meet and decide together: a management group, a co-determination "
                "(MED) committee or a political committee."
            ),
        ),
        "management_group": Term(
            N_("Management group"),
            N_("A leader and the leaders who report to that leader."),
            N_("Each organisation has its own words for such groups."),
        ),
        "chair": Term(N_("Chair"), N_("Leads the meetings of a group.")),
    },
)
_LAYERS = Subject(
    "layers",
    N_("Layers and levels"),
    {
        "layer": Term(
            N_("Layer"),
            N_("How far down from the top a post is. The top post that is known is in layer 1."),
            N_("Leaders above it whom no document names are not counted."),
        ),
        "layers": Term(
            N_("Layers of leaders"),
            N_("How many layers have leaders, from the highest to the lowest."),
        ),
        "layers_above": Term(
            N_("Layers above"), N_("How many posts are above this one, up to the top.")
        ),
        "layers_below": Term(
            N_("Layers below"), N_("How many layers of leaders are below this post.")
        ),
        "level": Term(
            N_("Leadership level"),
            N_("What a leader leads: staff, leaders, or leaders of leaders."),
            N_(
                "It is found from the chain, not from the title, because the same title can be on "
                "different levels. Where nobody below is known, it is the lowest level possible. "
                "The levels follow the Leadership Pipeline."
            ),
        ),
        "leader-of-staff": Term(
            N_("Leader of staff"),
            N_("No leader is known to report to this leader."),
        ),
        "leader-of-leaders": Term(
            N_("Leader of leaders"),
            N_("At least one leader of staff reports to this leader."),
        ),
        "functional": Term(
            N_("Functional leader"),
            N_("At least one leader of leaders reports to this leader."),
        ),
        "top": Term(
            N_("Top executive"),
            N_("The leader at the top, to whom at least one functional leader reports."),
        ),
        "political": Term(
            N_("Political leader"),
            N_("An elected politician at the head of an administration, such as an alderman."),
        ),
    },
)
_FIGURES = Subject(
    "figures",
    N_("Figures"),
    {
        "span": Term(
            N_("Span of control"),
            N_("How many people a leader leads directly: direct leaders and direct staff."),
            N_(
                "Danish research defines it as those whom the leader has direct responsibility "
                "for as staff. Those further down are in the reach, not in the span."
            ),
        ),
        "direct_leaders": Term(
            N_("Direct leaders"),
            N_("The leaders who report to the leader, without anybody in between."),
        ),
        "direct_staff": Term(
            N_("Direct staff"),
            N_("Those who report to the leader and lead nobody themselves."),
            N_(
                "It includes staff whose posts are not listed, where a document states their number."
            ),
        ),
        "reach": Term(
            N_("Reach"),
            N_("Everybody below a leader, on all layers. It is not a span of control."),
        ),
        "leaders_below": Term(
            N_("Leaders below"), N_("The leaders below a leader, on all layers.")
        ),
        "leader_share": Term(
            N_("Leader share"),
            N_("How large a part of everybody below a leader are leaders: 0.1 is every tenth."),
        ),
        "firm_span": Term(
            N_("Span without assumptions"),
            N_("What the span of control lies between if nothing is assumed."),
        ),
        "one_to_one": Term(
            N_("Leader of one leader"),
            N_("A leader who leads exactly one leader and nobody else."),
        ),
        "headcount": Term(
            N_("Employees"),
            N_("The number of people employed, whether they work full time or part time."),
        ),
        "fte": Term(
            N_("Full-time posts"),
            N_("The hours of all employees counted as posts of full time, also called FTE."),
            N_("Employees and full-time posts are never added together."),
        ),
        "employees_per_leader": Term(
            N_("Employees per leader"),
            N_("The employees divided by the leaders whose units they are counted in."),
        ),
        "unreported": Term(
            N_("Employees in no listed unit"),
            N_(
                "The part of a stated number of employees who are in no listed post and in no "
                "unit below with a number of its own."
            ),
        ),
        "mean": Term(N_("Mean"), N_("The sum of the spans divided by the number of leaders.")),
        "median": Term(N_("Median"), N_("Half of the leaders have at most this span of control.")),
    },
)
_GUIDES = Subject(
    "guides",
    N_("Guideline spans"),
    {
        "fit": Term(
            N_("Guideline span"),
            N_("The spans of control that a study finds fitting for one kind of work."),
            N_(
                "The right span depends on the variation in tasks, shift work, "
                "several professions or sites, the need for supervision, and turnover."
            ),
        ),
        "work": Term(
            N_("Kind of work"),
            N_("What the leader's unit works with, for example eldercare or day care."),
            N_("A guideline holds only for the kind of work that was studied."),
        ),
        "narrow": Term(
            N_("Narrow"), N_("The span of control is certainly below the guideline span.")
        ),
        "fitting": Term(
            N_("Fitting"), N_("The span of control is certainly within the guideline span.")
        ),
        "wide": Term(N_("Wide"), N_("The span of control is certainly above the guideline span.")),
        "open": Term(
            N_("Cannot be told"),
            N_("The span of control is not known exactly enough to compare with the guideline."),
        ),
        "band": Term(
            N_("Size of span"),
            N_("Spans of control of about the same size, such as 4–7."),
            N_(
                "Tools for organisation design use these sizes. They describe, and none is right "
                "or wrong by itself."
            ),
        ),
    },
)
_FRAMEWORKS = Subject(
    "frameworks",
    N_("Leadership framework"),
    {
        "framework": Term(
            N_("Leadership framework"),
            N_("What the organisation has written down about good leadership."),
        ),
        "principle": Term(N_("Principle"), N_("One part of the leadership framework, in short.")),
    },
)
SUBJECTS = (_POSTS, _LINES, _LAYERS, _FIGURES, _GUIDES, _KNOWING, _FRAMEWORKS)
TERMS: Mapping[str, Term] = {
    key: term for subject in SUBJECTS for key, term in subject.terms.items()
}


def definition(key: str) -> str:
    """Return the definition of a term, for other places that explain it."""
    return TERMS[key].definition
