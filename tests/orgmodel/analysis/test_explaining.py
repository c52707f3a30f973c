"""Explanations of figures: the entries add up, and each names its rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import Interval, UnknownIdError, explain_reach, explain_span, loads, spans
from orgmodel.analysis.spans.explaining import Explainer
from orgmodel.analysis.spans.ledger import ENTRY_KIND_WORDS, EntryKind
from orgmodel.model.amounts import total
from orgmodel.model.provenance import Basis
from orgmodel.model.reporting import LineRule
from orgmodel.model.statuses import LEFT_OUT_AT_FIRST, Who
from orgmodel.model.wording import RULE_WORDS, rule_words
from tests.builders import HEAD, forests, post, problems, tree, unit, units


def parts(explanation):
    """Each entry as its kind, its post or units, and what it adds."""
    return [
        (one.kind, ",".join(one.unit_ids) or one.position_id, (one.adds.low, one.adds.high))
        for one in explanation.counted
    ]


def english(words):
    return words.text("en")


def unknowns(explanation):
    return [one.text("en") for one in explanation.unknowns]


def check_that_parts_add_up(figures):
    explainer = Explainer(figures)
    for row in figures:
        span, reach = explainer.span(row.position_id), explainer.reach(row.position_id)
        for explanation, figure in ((span, row.span), (reach, row.reach)):
            assert total([one.adds for one in explanation.counted]) == figure, row.position_id
            assert explanation.figure.interval == figure
            assert explanation.more == 0
            for some in (0, 1, 3):
                explain = explainer.span if explanation is span else explainer.reach
                few = explain(row.position_id, limit=some)
                assert few.counted == explanation.counted[:some]
                assert len(few.counted) + few.more == len(explanation.counted)
                assert few.unknowns == explanation.unknowns
                assert total([one.adds for one in few.counted]) + few.rest == figure


@pytest.fixture(scope="module")
def figures(aalborg):
    return spans(aalborg)


class TestAalborg:
    """The arithmetic of test_spans.py, entry by entry."""

    def test_the_span_of_the_director(self, figures):
        found = explain_span(figures, "direktoer")
        # three heads of department and two heads of staff; how many of the 4,320 are nobody else's
        # staff, no source says
        assert parts(found) == [
            (EntryKind.DIRECT_LEADER, "stabschef-oekonomi-og-it", (1, 1)),
            (EntryKind.DIRECT_LEADER, "stabschef-ledelse-og-jura", (1, 1)),
            (EntryKind.DIRECT_LEADER, "chef-voksensocial", (1, 1)),
            (EntryKind.DIRECT_LEADER, "chef-boern-og-familie", (1, 1)),
            (EntryKind.DIRECT_LEADER, "jobcenterchef", (1, 1)),
            (EntryKind.UNLISTED, "job-og-social", (0, None)),
        ]
        assert found.counted[-1].citations[0].place == "50"
        assert unknowns(found) == [
            # 4,320 or one more, the director being among them or not: 4,321 less himself, 2,000 and
            # their head, who is not among them, 950, and the heads of the other three units
            "How many work directly in Job og Social is not stated; at most 1,366 of 4,320 employees "
            "can, for all others are in listed posts or in other leaders' units."
        ]

    def test_how_each_line_is_known(self, figures):
        staff, _law, adults, *_rest = explain_span(figures, "direktoer").counted
        assert (staff.rule, staff.basis) == (LineRule.STATED, Basis.INFERRED)
        assert english(staff.reason).startswith(
            "The head of the staff unit sits on the management"
        )
        assert (adults.rule, adults.basis, adults.reason) == (
            LineRule.STATED,
            Basis.EXPLICIT,
            None,
        )
        assert adults.citations[0].words == "refererer til direktøren for Job og"

    def test_the_reach_of_the_director_is_the_stated_headcount(self, figures):
        found = explain_reach(figures, "direktoer")
        assert parts(found) == [
            (EntryKind.STATED, "job-og-social", (4320, 4320)),
            (EntryKind.OWN_SEAT, "job-og-social", (-1, 0)),  # he may be among them or not
        ]
        assert english(found.counted[0].text) == "Job og Social: 4,320 employees."
        # The 22 rows of leaders stand for 25 seats (one for four); the director, the alderman and
        # the head of day care, of another administration, are not below him.
        assert found.included == 25 - 3
        assert unknowns(found) == []

    def test_the_reach_of_the_alderman_is_the_director_and_those_below(self, figures):
        assert parts(explain_reach(figures, "raadmand")) == [
            (EntryKind.DIRECT_LEADER, "direktoer", (1, 1)),
            (EntryKind.STATED, "job-og-social", (4320, 4320)),
            (EntryKind.OWN_SEAT, "job-og-social", (-1, 0)),
        ]

    def test_the_reach_of_the_head_of_voksensocialafdelingen(self, figures):
        found = explain_reach(figures, "chef-voksensocial")
        # "godt 2.000" is 2,000 to 2,200, "ca. halvdelen" of 4,320 is 2,052 to 2,268; the head leads
        # the 2,000 (line 174-176) and is none of them
        assert [one[2] for one in parts(found)] == [(2000, 2268)]
        assert unknowns(found) == [
            "just over 2,000 employees / approx. 2,160 employees counts as 2,000–2,268."
        ]

    def test_who_is_among_a_stated_number_is_listed_and_adds_nothing(self, figures):
        found = explain_span(figures, "chef-voksensocial")
        # "de 7 centerchefer, som refererer til dig" (174): 1 + 4 + 1 + 1 of them are listed
        assert parts(found) == [
            (EntryKind.AMONG_STATED, "centerchef-livskraft", (0, 0)),
            (EntryKind.AMONG_STATED, "centerchefer-oevrige", (0, 0)),
            (EntryKind.AMONG_STATED, "sekretariatschef-voksensocial", (0, 0)),
            (EntryKind.AMONG_STATED, "chef-visitation", (0, 0)),
            (EntryKind.STATED_LEADERS, "chef-voksensocial", (7, 7)),
            (EntryKind.UNLISTED, "voksensocialafdelingen", (0, None)),
        ]
        assert [one.seats for one in found.counted[:4]] == [1, 4, 1, 1]
        assert found.counted[4].citations[0].place == "174"

    def test_a_post_whose_leader_is_open_counts_with_both_at_the_upper_end_only(self, figures):
        """The source does not say which of the five centres the division belongs to."""
        drawn = explain_span(figures, "centerchefer-oevrige")
        assert parts(drawn) == [
            (EntryKind.MAY_REPORT_ELSEWHERE, "leder-rusmiddelafsnittet", (0, 1)),
            (EntryKind.UNLISTED, "oevrige-voksencentre", (0, None)),
        ]
        assert drawn.counted[0].other_ids == ("centerchef-livskraft",)
        elsewhere = explain_span(figures, "centerchef-livskraft")
        assert parts(elsewhere) == [
            (EntryKind.MAY_REPORT_HERE, "leder-rusmiddelafsnittet", (0, 1)),
            (EntryKind.UNLISTED, "center-for-livskraft", (0, None)),
        ]
        assert elsewhere.counted[0].other_ids == ("centerchefer-oevrige",)
        assert "For 1 post the sources do not make clear which leader it reports to." in unknowns(
            elsewhere
        )
        # No source states how many people the division's leader leads.
        assert parts(explain_reach(figures, "centerchef-livskraft"))[1] == (
            EntryKind.MAY_REPORT_HERE,
            "leder-rusmiddelafsnittet",
            (0, None),
        )

    def test_nothing_is_counted_of_what_no_source_tells(self, figures):
        found = explain_span(figures, "jobcenterchef")
        assert parts(found) == [(EntryKind.UNLISTED, "jobcenter-aalborg", (0, None))]
        assert unknowns(found) == ["How many work directly in Jobcenter Aalborg is not stated."]

    def test_a_post_that_leads_nobody_has_no_figures(self, figures):
        for explain in (explain_span, explain_reach):
            with pytest.raises(UnknownIdError):
                explain(figures, "nobody")


class TestRules:
    @pytest.fixture
    def data(self):
        held = post("held", holder="N", seats=2)
        posts = [held, post("open", status="vacant"), post("idea", status="planned")]
        below = unit("b", "m", complete=True, positions=["q"])
        return units(unit("a", "l", complete=True, positions=posts, units=[below]))

    def test_what_is_left_out_is_there_and_adds_nothing(self, data):
        assert parts(explain_span(spans(data), "l")) == [
            (EntryKind.DIRECT_STAFF, "held", (2, 2)),
            (EntryKind.DIRECT_STAFF, "open", (1, 1)),
            (EntryKind.PLANNED, "idea", (0, 0)),
            (EntryKind.DIRECT_LEADER, "m", (1, 1)),
        ]
        switched = explain_span(spans(data, leave_out={Who.VACANT}), "l")
        assert [one.kind for one in switched.counted] == [
            EntryKind.DIRECT_STAFF,
            EntryKind.VACANT,
            EntryKind.DIRECT_STAFF,
            EntryKind.DIRECT_LEADER,
        ]
        words = [step.text.text("en") for step in switched.figure.steps]
        assert "Advertised posts are not counted." in words

    def test_the_rules_of_lines(self, data):
        held, _open, _idea, chief = explain_span(spans(data), "l").counted
        assert (held.rule, chief.rule) == (LineRule.UNIT_LEADER, LineRule.UNIT_ABOVE)
        assert held.basis is Basis.INFERRED

    def test_those_further_down_are_below(self, data):
        found = explain_reach(spans(data), "l")
        assert parts(found)[-2:] == [
            (EntryKind.DIRECT_LEADER, "m", (1, 1)),
            (EntryKind.BELOW, "q", (1, 1)),
        ]

    @pytest.mark.parametrize(
        ("said", "adds", "text"),
        [
            (
                {},
                Interval(6, None),
                "At least 6 work directly in B; how many in all is not stated.",
            ),
            # The complete unit around it has no unlisted staff.
            (
                {"complete": True},
                Interval(6, 6),
                "Of 6 employees in B, 6 are in no listed post and no other leader's unit.",
            ),
        ],
    )
    def test_a_headcount_stated_further_in_is_named_with_its_unit(self, said, adds, text):
        data = units(unit("a", "l", **said, units=[unit("b", employees=6, led_by="l")]))
        (found,) = explain_span(spans(data), "l").counted
        assert (found.unit_ids, found.adds, english(found.text)) == (("b",), adds, text)

    def test_a_headcount_is_never_less_than_nothing(self):
        data = units(unit("a", "l", employees=0))
        # Nothing is deducted, so there is no entry for a deduction.
        assert parts(explain_reach(spans(data), "l")) == [(EntryKind.STATED, "a", (0, 0))]

    def test_every_part_and_rule_has_words(self):
        assert set(ENTRY_KIND_WORDS) == set(EntryKind)
        assert set(RULE_WORDS) == set(LineRule)


class TestMany:
    def test_only_what_is_shown_is_looked_at(self, monkeypatch):
        """An explanation limited to 100 of 5,000 posts reads only 100 posts."""
        edges = {"p0": None, **{f"p{n}": f"p{(n - 1) // 3}" for n in range(1, 5_000)}}
        explainer = Explainer(spans(tree(edges)))
        asked = []
        post = Explainer._post

        def noted(self, *arguments, **options):
            asked.append(arguments)
            return post(self, *arguments, **options)

        monkeypatch.setattr(Explainer, "_post", noted)
        found = explainer.reach("p0", limit=100)
        assert (len(asked), len(found.counted), found.more) == (100, 100, 4_899)
        assert found.rest == Interval(4_899, 4_899)

    @pytest.mark.slow
    def test_a_chain_of_any_depth(self):
        depth = 3_000
        edges = {f"p{n}": f"p{n - 1}" if n else None for n in range(depth)}
        found = explain_reach(spans(tree(edges)), "p0")
        assert len(found.counted) == depth - 1
        assert [one.kind for one in found.counted[:2]] == [
            EntryKind.DIRECT_LEADER,
            EntryKind.BELOW,
        ]


# The words for units that the drawn organisations use, one of them for staff units.
KINDS = "kinds: {k: {en: k}, s: {en: s, staff: true}}\n"


@st.composite
def organisations(draw):
    """Draw units with and without leaders and headcounts, and posts of every kind in them."""
    size = draw(st.integers(1, 6))
    parents = [None, *(draw(st.sampled_from([None, *range(n)])) for n in range(1, size))]
    posts = [[f"l{n}"] if draw(st.booleans()) else [] for n in range(size)]
    for n in range(size):
        posts[n] += [f"p{n}-{k}" for k in range(draw(st.integers(0, 3)))]
    known = [one for row in posts for one in row]
    place = {one: n for n, one in enumerate(known)}

    def entry(one):
        said = [f"id: {one}, title: T"]
        said += draw(st.sampled_from([[], [], ["status: vacant"], ["status: planned"]]))
        said += draw(st.sampled_from([[], [], ["seats: 3"], ["seats: 2, seats_at_least: true"]]))
        said += draw(st.sampled_from([[], [], [], ["is_leader: true"]]))
        said += draw(st.sampled_from([[], [], [], ["outside: true"], ["assistant: true"]]))
        said += draw(st.sampled_from([[], [], [], ["direct_leaders: 2"], ["direct_leaders: 0-4"]]))
        said += draw(st.sampled_from([[], [], [], ["direct_staff: [1, mindst 3]"]]))
        said += draw(st.sampled_from([[], [], [], ["from: 2027"], ["to: 2024"]]))
        said += draw(st.sampled_from([[], [], [], ["holder: [{name: A}, {name: B, from: 2027}]"]]))
        if "seats: 3" in said and draw(st.booleans()):
            said.append("seats_assumed: {least: 1, reason: R}")
        above = known[: place[one]]
        if above and draw(st.booleans()):
            first = draw(st.sampled_from(above))
            others = [other for other in known if other not in {one, first}]
            other = draw(st.sampled_from(others)) if others and draw(st.booleans()) else None
            said.append(
                f"reports_to: {{position: {first}, or: {other}}}"
                if other
                else f"reports_to: {first}"
            )
        return f"{{{', '.join(said)}}}"

    def unit_entry(n):
        heads = draw(
            st.sampled_from([None, "40", "ca. 30", "mindst 9", "0", "[7, ca. 9]", "IN", "OUT"])
        )
        heads = {
            "IN": "{value: 12, leader_included: true}",
            "OUT": "{value: 12, leader_included: false}",
        }.get(heads, heads)
        said = [f"id: u{n}, name: U{n}, kind: {draw(st.sampled_from(['k', 'k', 'k', 's']))}"]
        said += [f"employees: {heads}"] if heads else []
        said += draw(st.sampled_from([[], ["complete: true"], ["complete: false"]]))
        leads = bool(posts[n]) and posts[n][0] == f"l{n}"
        borrowed = [one for one in known if one.startswith("l")]
        if leads:
            said.append(f"leader: {entry(posts[n][0])}")
        elif borrowed and draw(st.booleans()):
            said.append(f"leader: {draw(st.sampled_from(borrowed))}")
        said.append(f"positions: [{', '.join(map(entry, posts[n][int(leads) :]))}]")
        said.append(f"units: [{', '.join(unit_entry(m) for m in range(size) if parents[m] == n)}]")
        return f"{{{', '.join(said)}}}"

    return "".join(f"  - {unit_entry(n)}\n" for n in range(size) if parents[n] is None)


class TestThePartsAddUp:
    @pytest.mark.parametrize("name", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
    @pytest.mark.parametrize("left_out", [LEFT_OUT_AT_FIRST, {Who.VACANT}])
    def test_of_all_shipped_data(self, shipped, name, left_out):
        check_that_parts_add_up(spans(shipped[name], leave_out=left_out))

    @pytest.mark.slow
    @given(forests())
    def test_of_posts_alone(self, edges):
        check_that_parts_add_up(spans(tree(edges)))

    @pytest.mark.slow
    @given(organisations(), st.sets(st.sampled_from(Who)))
    def test_of_anything(self, body, left_out):
        text = f"{HEAD}{KINDS}units:\n{body}"
        wrong = problems(text)
        assert {problem.code for problem in wrong} <= {"reporting-cycle"}
        if not wrong:
            data = loads(text)
            check_that_parts_add_up(spans(data, leave_out=left_out))


def test_an_entry_of_its_own_either_states_the_line_or_infers_it():
    said = {basis: rule_words(LineRule.STATED, basis).text("en") for basis in Basis}
    assert said[Basis.EXPLICIT] == "It is stated for the post itself."
    assert said[Basis.INFERRED] == "It is derived for the post itself."
