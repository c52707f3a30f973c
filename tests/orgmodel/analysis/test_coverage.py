"""How much is stated, derived, bounded or unknown: counted by hand."""

from orgmodel import spans
from orgmodel.analysis.findings.coverage import Tally, coverage
from tests.builders import organisation


def covered(data):
    return coverage(spans(data))


def test_of_a_small_organisation():
    found = covered(
        organisation("""
            units:
              - id: a
                name: A
                kind: k
                employees: ca. 20
                complete: true
                leader: {id: l, title: L, holder: N}
                positions:
                  - {id: p, title: P, seats: 3, holder: O}
                  - {id: q, title: Q, reports_to: l}
                  - {id: r, title: R, status: vacant, reports_to: {position: l, or: q, basis: inferred, reason: x}}
                  - {id: s, title: S, status: planned}
            groups:
              - {id: g, name: G, kind: k, members: [{position: l, role: chair}]}
              - {id: h, name: H, kind: k, members: [l]}
        """)
    )
    # the top reports to nobody known; three seats by the rule; one stated; one of two superiors
    assert found.lines == Tally(stated=1, derived=3, bounded=1, unknown=1)
    # N, O and the advert; two of three seats and Q are not named
    assert found.holders == Tally(stated=3, unknown=3)
    # the leader alone; R may report to another, so the span is an interval
    assert found.spans == Tally(bounded=1)
    assert found.reaches == Tally(stated=1)
    assert found.chairs == Tally(stated=1, unknown=1)
    assert found.total == Tally(stated=6, derived=3, bounded=2, unknown=5)
    assert found.total.total == 16


def test_a_politician_at_the_top_is_not_asked_whom_the_post_refers_to(aalborg):
    # 7 seats report explicitly: the two heads of department, Livskraft and four centres (159, 174, 605);
    # one line is not settled; Dagtilbudschef is the second top; the alderman is not asked
    assert covered(aalborg).lines == Tally(stated=7, derived=15, bounded=1, unknown=1)


def test_planned_posts_are_not_asked_about(silkeborg):
    found = covered(silkeborg)
    assert found.lines.total == found.holders.total == found.spans.total == silkeborg.seats - 1


def test_the_shares_of_the_shipped_organisations(ballerup, skanderborg):
    # the advert states one line; the top is unknown; 3 + 6 + 1 are inferred
    assert covered(ballerup).lines == Tally(stated=1, derived=10, unknown=1)
    # five are named, one is advertised, of fourteen seats
    assert covered(skanderborg).holders == Tally(stated=5 + 1, unknown=14 - 6)
