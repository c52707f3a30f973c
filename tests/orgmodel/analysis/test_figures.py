"""Figures in words, and their derivations."""

import pytest

from orgmodel import Interval, spans
from orgmodel.analysis.spans.figures import Figures, Origin
from tests.builders import unit, units


@pytest.fixture(scope="module")
def figures(aalborg):
    return Figures(spans(aalborg))


def span(data, position_id):
    return Figures(spans(data)).span(position_id)


def reach(data, position_id):
    return Figures(spans(data)).reach(position_id)


def steps(figure):
    return [step.text.text("en") for step in figure.steps]


class TestReach:
    @pytest.mark.parametrize(
        ("position_id", "danish", "english", "origin"),
        [
            ("direktoer", "4.319–4.320", "4,319–4,320", Origin.DERIVED),
            (
                "chef-voksensocial",
                "godt 2.000 / ca. 2.160",
                "just over 2,000 / approx. 2,160",
                Origin.STATED,
            ),
            (
                "chef-boern-og-familie",
                "ca. 1.000 / ca. 1.080",
                "approx. 1,000 / approx. 1,080",
                Origin.STATED,
            ),
            ("jobcenterchef", "ikke oplyst", "not stated", Origin.UNKNOWN),
            ("centerchefer-oevrige", "ikke oplyst", "not stated", Origin.UNKNOWN),
        ],
    )
    def test_headline(self, figures, position_id, danish, english, origin):
        figure = figures.reach(position_id)
        assert (figure.words.text("da"), figure.words.text("en")) == (danish, english)
        assert figure.origin is origin

    def test_the_directors_is_the_stated_headcount(self, figures):
        figure = figures.reach("direktoer")
        assert steps(figure) == [
            "Job og Social: 4,320 employees.",
            "Whether the leader is included in the number is not stated.",
        ]
        assert figure.steps[0].citations[0].place == "50"
        assert figure.notes == ()

    @pytest.mark.parametrize(
        ("said", "others", "words", "step"),
        [
            (True, Interval(11, 11), "11", "The leader's own seat is taken off."),
            (
                False,
                Interval(12, 12),
                "12",
                "The leader is not included in the number, so nothing is taken off.",
            ),
            (
                None,
                Interval(11, 12),
                "11–12",
                "Whether the leader is included in the number is not stated.",
            ),
        ],
    )
    def test_whether_the_leader_is_among_the_number(self, said, others, words, step):
        heads = {"value": 12} if said is None else {"value": 12, "leader_included": said}
        data = units(unit("a", "l", employees=heads))
        row = spans(data).of("l")
        assert row.direct_staff == row.span == row.reach == others
        figure = reach(data, "l")
        assert (figure.words.text("en"), figure.origin) == (words, Origin.DERIVED)
        assert steps(figure) == ["A: 12 employees.", step]

    def test_two_sources_that_differ_are_both_shown(self, figures):
        for post, cited in (("chef-voksensocial", ["174-176", "50-52"]), ("jobcenterchef", [])):
            figure = figures.reach(post)
            differ = [note.text("da") for note in figure.notes]
            assert differ == (["kilderne er uenige"] if cited else [])
            if cited:
                assert [one.place for one in figure.steps[0].citations] == cited

    def test_a_rough_number_with_something_added_stays_rough(self):
        data = units("""
            - {id: a, name: A, kind: k, employees: ca. 100, leader: {id: l, title: L}}
            - {id: b, name: B, kind: k, positions: [{id: p, title: P, reports_to: l}]}
        """)
        figure = reach(data, "l")
        # about a hundred, of whom L may be one, and P
        assert figure.words.text("en") == "approx. 101"
        assert figure.interval == Interval(95 - 1 + 1, 105 + 1)

    def test_a_convention_is_named_as_ours(self, figures):
        assert "does not say how much" in steps(figures.reach("chef-boern-og-familie"))[-1]


class TestEmployees:
    """The stated number of employees of the whole organisation."""

    @staticmethod
    def of(data):
        return Figures(spans(data)).employees()

    def test_one_number_keeps_its_word(self, skanderborg):
        figure = self.of(skanderborg)
        assert (figure.words.text("da"), figure.origin) == ("ca. 2.300", Origin.STATED)
        assert figure.interval == Interval(2185, 2415)

    def test_several_are_added(self):
        data = units("""
            - {id: a, name: A, kind: k, employees: 10}
            - {id: b, name: B, kind: k, units: [{id: c, name: C, kind: k, employees: 5}]}
        """)
        figure = self.of(data)
        assert (figure.words.text("da"), figure.origin) == ("15", Origin.DERIVED)
        assert [step.text.text("en") for step in figure.steps] == [
            "A: 10 employees.",
            "C: 5 employees.",
        ]

    def test_none_is_none(self):
        assert self.of(units("- {id: a, name: A, kind: k}")) is None


def test_who_is_added_to_a_number_without_leaders_is_told(silkeborg):
    figure = reach(silkeborg, "sektionsleder-sekretariatet")
    told = "The number leaves out those who lead; 2 leaders are added to the interval."
    assert told in steps(figure)


class TestSpan:
    def test_names_whom_it_counts_and_what_is_open(self, figures):
        figure = figures.span("chef-voksensocial")
        assert figure.words.text("da") == "7 ledere direkte; medarbejdere direkte: ikke oplyst"
        assert figure.words.text("en") == "7 leaders directly; staff directly: not stated"
        assert figure.steps[1].position_ids == (
            "centerchef-livskraft",
            "centerchefer-oevrige",
            "sekretariatschef-voksensocial",
            "chef-visitation",
        )
        assert steps(figure)[:3] == [
            "Leaders directly, as a source states: 7.",
            "Among them are listed:",
            # 2,268 and the head, less the head, the 7 chiefs and the two leaders below them
            "How many work directly in Voksensocialafdelingen is not stated; at most 2,259 of just "
            "over 2,000 employees / approx. 2,160 employees can, for all others are in listed posts "
            "or in other leaders' units.",
        ]
        # The source counts those who report to the head, so nothing is assumed, whatever the lines.
        assert not any(step.startswith("Assumed") for step in steps(figure))
        assert figure.notes == ()

    def test_says_what_it_is_without_inferred_lines(self, figures):
        # two heads of staff units and the head of the job centre: only the lines of the two heads of
        # department are stated (159 and 605)
        assert steps(figures.span("direktoer"))[-1] == (
            "Assumed: 3 lines counted here are derived. Without derived lines: at least 2."
        )

    def test_a_report_that_may_report_to_another_is_named_to_both(self, figures):
        for post in ("centerchefer-oevrige", "centerchef-livskraft"):
            (unsettled,) = (
                step
                for step in figures.span(post).steps
                if step.text.text("en").startswith("The sources do not make clear")
            )
            assert unsettled.position_ids == ("leder-rusmiddelafsnittet",)

    def test_what_is_not_known_says_what_is_missing(self, figures):
        figure = figures.span("jobcenterchef")
        assert figure.origin is Origin.UNKNOWN
        assert steps(figure) == ["How many work directly in Jobcenter Aalborg is not stated."]

    def test_a_leader_of_no_known_unit(self, figures):
        assert steps(figures.span("leder-visitation")) == [
            "Which unit or staff the post leads is not stated."
        ]

    def test_planned_posts_are_named_as_left_out(self):
        posts = ["p", {"id": "q", "title": "Q", "status": "planned"}]
        data = units(unit("a", "l", complete=True, positions=posts))
        figure = span(data, "l")
        assert figure.words.text("en") == "1"
        assert steps(figure)[:2] == [
            "1 direct report leads nobody.",
            "Planned posts are not counted.",
        ]

    def test_a_post_that_leads_nobody_has_none(self):
        data = units("- {id: a, name: A, kind: k, positions: [{id: p, title: P}]}")
        assert Figures(spans(data)).span("p") is None
        assert Figures(spans(data)).reach("p") is None
