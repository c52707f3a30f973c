"""The file of bands by kind of work: what ships, and what is wrong with one's own."""

from textwrap import dedent

import pytest

from orgmodel import InvalidOrganisation
from orgmodel.model.bands import Fit
from orgmodel.model.entities import Level
from orgmodel.reading.bands import SHIPPED_BANDS, load_bands, parse_range, shipped_bands

GOOD = """\
work:
  - id: care
    name: {da: Pleje, en: Care}
    leads: staff
    fitting: 30-40
    unit_kinds: [plejehjem, køkken]
    reference: Et studie
  - id: leaders
    name: Ledere
    leads: leaders
    fitting: 5 – 8
    ours: true
    reference: Os
"""


def written(folder, text):
    path = folder / "bands.yaml"
    path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
    return path


def wrongs(path):
    """What is wrong with a file, as codes with their lines."""
    with pytest.raises(InvalidOrganisation) as caught:
        load_bands(path)
    return [(one.code, one.location.line) for one in caught.value.problems]


class TestShipped:
    def test_the_numbers_are_those_of_the_references(self):
        # leaders of leaders 5–8 and administration 10–20 are our own around 7 and 15; day care
        # 12–20 (Bro) and care 30–40 (Hansen, Jacobsen and Pedersen) are the references'
        found = {one.id: (one.low, one.high, one.is_ours) for one in shipped_bands().work}
        assert found == {
            "leaders": (5, 8, True),
            "day-care": (12, 20, False),
            "care": (30, 40, False),
            "administration": (10, 20, True),
        }

    def test_each_names_its_reference_in_both_languages(self):
        for one in shipped_bands().work:
            assert one.reference.en
            assert one.reference.da != one.reference.en
            assert one.name.en

    def test_no_kind_of_unit_is_of_two_kinds_of_work(self):
        kinds = [kind for one in shipped_bands().work for kind in one.unit_kinds]
        assert len(kinds) == len(set(kinds))

    def test_it_is_read_as_ones_own_file_is(self):
        assert load_bands(SHIPPED_BANDS) == shipped_bands()
        assert load_bands(str(SHIPPED_BANDS)) == shipped_bands()


class TestFile:
    def test_of_ones_own(self, tmp_path):
        care, leaders = load_bands(written(tmp_path, GOOD)).work
        assert (care.low, care.high, care.leads_leaders, care.is_ours) == (30, 40, False, False)
        assert care.unit_kinds == ("plejehjem", "køkken")
        assert care.reference.da == "Et studie"
        assert (leaders.low, leaders.high, leaders.leads_leaders) == (5, 8, True)
        assert leaders.is_ours

    @pytest.mark.parametrize(
        ("old", "new", "wrong"),
        [
            ("leads: staff", "leads: staff\n    colour: red", ("unknown-key", 5)),
            ("fitting: 30-40", "fitting: many", ("bad-range", 5)),
            ("fitting: 30-40", "fitting: 40-30", ("bad-range", 5)),
            ("fitting: 30-40", "fitting: 30", ("bad-range", 5)),
            ("fitting: 30-40", "fitting: -5-8", ("bad-range", 5)),
            ("fitting: 30-40", "fitting: 30-10001", ("bad-range", 5)),
            ("    reference: Et studie\n", "", ("missing-key", 2)),
            ("leads: staff", "leads: cats", ("bad-choice", 4)),
            ("id: leaders", "id: care", ("duplicate-id", 8)),
            ("ours: true", "ours: perhaps", ("wrong-type", 12)),
        ],
    )
    def test_says_what_is_wrong_and_where(self, tmp_path, old, new, wrong):
        assert old in GOOD
        assert wrongs(written(tmp_path, GOOD.replace(old, new, 1))) == [wrong]

    def test_says_everything_at_once(self, tmp_path):
        text = GOOD.replace("30-40", "40-30").replace("leads: leaders", "leads: cats")
        text = text.replace("    ours: true\n", "    his: true\n")
        assert wrongs(written(tmp_path, text)) == [
            ("bad-range", 5),
            ("bad-choice", 10),
            ("unknown-key", 12),
        ]

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            ("work: [", "yaml-syntax"),
            ("", "empty-file"),
            ("- a", "wrong-type"),
            ("work: 3", "wrong-type"),
            ("{}", "missing-key"),
            (b"work: \xff", "not-utf8"),
            ("work: [*a]", "yaml-alias"),
        ],
    )
    def test_that_is_none_is_refused(self, tmp_path, content, code):
        assert code in [found for found, _line in wrongs(written(tmp_path, content))]

    def test_that_is_not_there_is_refused(self, tmp_path):
        assert wrongs(tmp_path / "none.yaml") == [("not-found", 1)]
        assert [code for code, _line in wrongs(tmp_path)] == ["not-a-file"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("12-20", (12, 20)),
        (" 12 – 20 ", (12, 20)),
        ("7-7", (7, 7)),
        ("0-10000", (0, 10_000)),
        ("20-12", None),
        ("12-20-30", None),
        ("12", None),
        ("-1-3", None),
        ("1.5-3", None),
        ("٣-٥", None),
        ("0-10001", None),
        ("", None),
    ],
)
def test_a_range_has_two_ends_in_order(text, ends):
    assert parse_range(text) == ends


class TestWork:
    @pytest.mark.parametrize(
        ("level", "kind", "found"),
        [
            (Level.LEADER_OF_STAFF, "plejehjem", "care"),
            (Level.LEADER_OF_STAFF, "børnehave", "day-care"),
            (Level.LEADER_OF_STAFF, "stab", "administration"),
            (Level.LEADER_OF_STAFF, "center", None),
            # A nursing home's leader of leaders leads leaders, whatever they do.
            (Level.LEADER_OF_LEADERS, "plejehjem", "leaders"),
            (Level.FUNCTIONAL, "center", "leaders"),
            (Level.TOP, "kommune", "leaders"),
            (Level.POLITICAL, "kommune", None),
        ],
    )
    def test_is_told_by_the_level_and_the_kind_of_unit(self, level, kind, found):
        work = shipped_bands().work_of(level, kind)
        assert (None if work is None else work.id) == found

    def test_of_the_rest_may_be_assumed(self):
        assumed = shipped_bands().assuming("care")
        work = assumed.work_of(Level.LEADER_OF_STAFF, "center")
        assert work is not None
        assert work.id == "care"
        assert assumed.work_of(Level.POLITICAL, "center") is None
        assert shipped_bands().assuming("none").work_of(Level.LEADER_OF_STAFF, "center") is None

    def test_ranges_that_somebody_sets_are_marked_as_ours(self):
        found = shipped_bands().with_limits({"care": (25, 35), "day-care": (12, 20), "x": (1, 2)})
        by_id = {one.id: one for one in found.work}
        assert (by_id["care"].low, by_id["care"].high, by_id["care"].is_ours) == (25, 35, True)
        # the same as the reference's
        assert not by_id["day-care"].is_ours
        assert len(found.work) == len(shipped_bands().work)

    @pytest.mark.parametrize(
        ("low", "high", "fit"),
        [
            (0, 29, Fit.NARROW),
            (30, 40, Fit.FITTING),
            (41, None, Fit.WIDE),
            (29, 30, Fit.OPEN),
            (40, 41, Fit.OPEN),
            (30, None, Fit.OPEN),
            (0, None, Fit.OPEN),
        ],
    )
    def test_a_span_fits_for_certain_or_is_left_open(self, low, high, fit):
        (care,) = [one for one in shipped_bands().work if one.id == "care"]
        assert care.fit(low, high) is fit
