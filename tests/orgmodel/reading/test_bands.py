"""The file of bands by kind of work: the shipped one, and errors in custom ones."""

from textwrap import dedent

import pytest

from orgmodel import InvalidOrganisation
from orgmodel.model.bands import RangeOrigin
from orgmodel.model.entities import Level
from orgmodel.reading.bands import (
    OWN_BANDS,
    SHIPPED_BANDS,
    bands_named,
    load_bands,
    parse_range,
    shipped_bands,
)

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
PUBLISHED = """reference: Et studie
    published: [{figure: mean, among: alle, reference: X, """


def written(folder, text):
    path = folder / "bands.yaml"
    path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
    return path


def wrongs(path):
    """The problems of a file, as codes with their lines."""
    with pytest.raises(InvalidOrganisation) as caught:
        load_bands(path)
    return [(one.code, one.location.line) for one in caught.value.problems]


class TestShipped:
    def test_the_numbers_are_those_of_the_references(self):
        # day care 12–20 (Bro) and nursing in hospitals 30–40 (Hansen, Jacobsen and Pedersen); no
        # reference that we have read studied the other kinds of work
        found = {one.id: one.fitting for one in shipped_bands().work}
        assert found == {
            "leaders": None,
            "day-care": (12, 20),
            "hospital": (30, 40),
            "care": None,
            "administration": None,
            "school": None,
        }
        assert {one.basis for one in shipped_bands().work} == {RangeOrigin.REFERENCE}

    def test_our_own_ranges_hold_only_where_they_are_chosen_and_say_whose_they_are(self):
        found = {one.id: one for one in shipped_bands().with_own().work}
        ours = {name: one.fitting for name, one in found.items() if one.basis is RangeOrigin.OURS}
        assert ours == {"leaders": (5, 8), "administration": (10, 20)}
        assert "our own range, not from a study" in found["leaders"].basis_words().text("en")
        assert found["day-care"] == {one.id: one for one in shipped_bands().work}["day-care"]
        assert bands_named(OWN_BANDS) == shipped_bands().with_own()
        assert bands_named(None) == bands_named("") == shipped_bands()

    def test_a_reference_judges_only_the_work_that_it_studied(self):
        hospital = shipped_bands().work_of(Level.LEADER_OF_STAFF, "sengeafsnit")
        assert hospital is not None
        assert hospital.fitting == (30, 40)
        nursing_home = shipped_bands().work_of(Level.LEADER_OF_STAFF, "plejehjem")
        assert nursing_home is not None
        assert nursing_home.fitting is None

    def test_what_is_published_names_its_source_in_both_languages(self):
        bands = shipped_bands()
        for one in (*bands.published, *(line for work in bands.work for line in work.published)):
            assert one.reference.en
            assert one.among.en
            assert 0 < one.low <= one.high
        care = next(one for one in bands.work if one.id == "care")
        said = [
            (one.value_words().text("da"), one.source_words().text("da")) for one in care.published
        ]
        assert ("55,5", "VIVE, gengivet af Medtech News") in said
        assert ("16–130", "VIVE, gengivet af Medtech News") in said

    def test_each_names_its_reference_in_both_languages(self):
        for one in shipped_bands().work:
            assert one.name.en
            if one.fitting is not None or one.own is not None:
                assert one.reference is not None
                assert one.reference.en
                assert one.reference.da != one.reference.en

    def test_no_kind_of_unit_is_of_two_kinds_of_work(self):
        kinds = [kind for one in shipped_bands().work for kind in one.unit_kinds]
        assert len(kinds) == len(set(kinds))

    def test_it_is_read_as_ones_own_file_is(self):
        assert load_bands(SHIPPED_BANDS) == shipped_bands()
        assert load_bands(str(SHIPPED_BANDS)) == shipped_bands()


class TestFile:
    def test_of_ones_own(self, tmp_path):
        care, leaders = load_bands(written(tmp_path, GOOD)).work
        assert (care.fitting, care.leads_leaders, care.basis) == (
            (30, 40),
            False,
            RangeOrigin.REFERENCE,
        )
        assert care.unit_kinds == ("plejehjem", "køkken")
        assert care.basis_words().text("da") == "Et studie"
        assert (leaders.fitting, leaders.leads_leaders, leaders.basis) == (
            (5, 8),
            True,
            RangeOrigin.OURS,
        )

    def test_of_figures_that_judge_nothing(self, tmp_path):
        text = """\
            work:
              - {id: care, name: Pleje, leads: staff, published: [
                  {figure: mean, value: 55.5, among: plejehjem, reference: VIVE}]}
            published:
              - {figure: observed, value: 16-130, among: ledere, reference: X, reported_by: Y}
        """
        found = load_bands(written(tmp_path, text))
        assert found.work[0].fitting is None
        assert (found.work[0].published[0].low, found.work[0].published[0].high) == (55.5, 55.5)
        assert (found.published[0].low, found.published[0].high) == (16, 130)

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
            ("reference: Et studie", f"{PUBLISHED}value: many}}]", ("bad-figure", 8)),
            ("reference: Et studie", f"{PUBLISHED}value: 9-4}}]", ("bad-figure", 8)),
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

    def test_ranges_that_somebody_sets_are_marked_as_theirs(self):
        found = shipped_bands().with_limits({"care": (25, 35), "day-care": (12, 20), "x": (1, 2)})
        by_id = {one.id: one for one in found.work}
        assert (by_id["care"].fitting, by_id["care"].basis) == ((25, 35), RangeOrigin.YOURS)
        # the same as the reference's
        assert by_id["day-care"].basis is RangeOrigin.REFERENCE
        assert len(found.work) == len(shipped_bands().work)
