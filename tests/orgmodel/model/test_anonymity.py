"""The anonymous organisation: no name remains anywhere, and nothing else changes."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import Organisation, findings
from orgmodel.model.anonymity import MASK, Anonymous, without_names
from orgmodel.model.dates import PartialDate
from orgmodel.model.entities import LostLine, Person
from orgmodel.model.findings import Finding, Severity
from orgmodel.model.names import Text
from orgmodel.model.organisation import Record
from orgmodel.model.provenance import every_citation
from orgmodel.texts import Joined, message
from tests.builders import post, unit, units

SHIPPED = ("aalborg", "ballerup", "silkeborg", "skanderborg")
# Parts of names that may stand in the shipped data all the same, with the reason; none do.
EXCEPTIONS: dict[str, set[str]] = {}


def strings(value):
    """Yield each string anywhere in a value, keys of mappings too."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from strings(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from strings(key)
            yield from strings(part)
    elif isinstance(value, tuple | list | frozenset | set):
        for part in value:
            yield from strings(part)


def called(person):
    return [person.name, *(alias.name for alias in person.aliases)]


def hidden(*bodies):
    """Return the organisation with these units and names hidden."""
    return Organisation(without_names(units(*bodies).record))


def one_post(note, holder="Ida Marie Holm", **more):
    """Return the note on the only post of an organisation with names hidden."""
    only = post("p", title="Chef", note=note, holder={"name": holder, **more})
    text = hidden(unit("a", name="Nord", positions=[only])).positions["p"].note
    assert text is not None
    return text.da


def test_an_assumption_names_nobody():
    chief = post(
        "p",
        seats=2,
        seats_assumed={"least": 1, "reason": "Ida Holm leder begge."},
        holder="Ida Marie Holm",
        direct_leaders={"value": 3, "note": "Siger Ida Holm."},
    )
    found = hidden(unit("a", positions=[chief])).positions["p"]
    assert found.seats_assumed is not None
    assert found.seats_assumed.reason.da == f"{MASK} leder begge."
    (stated,) = found.direct_leaders
    assert stated.note is not None
    assert stated.note.da == f"Siger {MASK}."
    assert (found.seats_assumed.least, stated.value) == (1, 3)


@pytest.fixture(params=SHIPPED)
def pair(request, shipped):
    """A shipped organisation, and its version with names hidden."""
    named = shipped[request.param]
    return named, Organisation(without_names(named.record))


class TestShipped:
    def test_all_are_tried(self, shipped):
        assert set(SHIPPED) == set(shipped)

    def test_no_name_is_left(self, pair):
        named, nameless = pair
        texts = {text.casefold() for text in strings(nameless.record)}
        for person in named.record.people:
            for name in called(person):
                assert not [text for text in texts if name.casefold() in text]

    def test_no_part_of_a_name_is_left(self, pair):
        named, nameless = pair
        words = {word for text in strings(nameless.record) for word in re.findall(r"\w+", text)}
        parts = {
            part
            for person in named.record.people
            for name in called(person)
            for part in re.findall(r"\w+", name)
        }
        assert parts
        assert parts & words == EXCEPTIONS.get(named.id, set())

    def test_no_id_is_made_from_a_name(self, pair):
        _named, nameless = pair
        ids = [person.id for person in nameless.record.people]
        assert ids == [f"person-{n}" for n in range(1, len(ids) + 1)]
        held = {one.person_id for post in nameless.record.positions for one in post.holdings}
        assert held <= set(ids)

    def test_the_organisation_is_as_before(self, pair):
        named, nameless = pair
        assert list(nameless.positions) == list(named.positions)
        for post_id, position in named.positions.items():
            assert nameless.status(post_id) is named.status(post_id)
            assert nameless.positions[post_id].title == position.title
            assert len(nameless.holdings(post_id)) == len(named.holdings(post_id))
        assert nameless.lines.keys() == named.lines.keys()
        for post_id, line in named.lines.items():
            assert nameless.lines[post_id].superior_id == line.superior_id
            assert nameless.lines[post_id].basis is line.basis
        assert nameless.reports == named.reports
        assert nameless.leader_ids == named.leader_ids

    def test_units_groups_and_the_rest_keep_their_words(self, pair):
        named, nameless = pair
        for kept in ("units", "groups", "kinds", "sources", "frameworks", "profiles"):
            assert getattr(nameless.record, kept) == getattr(named.record, kept), kept
        notes = [one.note for one in named.record.positions]
        assert [one.note for one in nameless.record.positions] == notes

    def test_citations_and_findings_stay(self, pair):
        named, nameless = pair
        before, after = (
            sorted((one.source_id, str(one.place)) for one in every_citation(organisation.record))
            for organisation in pair
        )
        assert after == before
        kept = [(one.code, one.entity_ids, one.message) for one in nameless.record.findings]
        assert kept == [(one.code, one.entity_ids, one.message) for one in named.record.findings]

    def test_only_words_with_a_name_are_changed(self, pair):
        named, nameless = pair
        names = re.compile("|".join(re.escape(n) for p in named.record.people for n in called(p)))
        before = {one.words for one in every_citation(named.record)}
        after = {one.words for one in every_citation(nameless.record)}
        assert after == {names.sub(MASK, words or "") for words in before}

    def test_the_source_is_not_changed(self, pair):
        named, nameless = pair
        assert all(person.name for person in named.record.people)
        assert not any(MASK in words for words in strings(named.record.people))
        assert not any(person.name or person.aliases for person in nameless.record.people)


class TestRule:
    @pytest.mark.parametrize(
        ("note", "left"),
        [
            ("Ida Marie Holm er konstitueret", "… er konstitueret"),
            ("spørg IDA-MARIE HOLM", "spørg …"),
            ("Ida Holm er chef", "… er chef"),
            ("Ida Holms stab", "… stab"),
            ("Idas stab og Holms kontor", "… stab og … kontor"),
            ("Fru Holm og Ida, se her", "Fru … og …, se her"),
            ("Marie Holm", "…"),
            ("se https://x.dk/ida-marie-holm og ida%20holm.pdf", "se https://x.dk/… og ….pdf"),
            ("en holm i åen; Idas; Idaho; Holmsland", "en holm i åen; …; Idaho; Holmsland"),
            ("44 % af Nord", "44 % af Nord"),
        ],
    )
    def test_what_is_a_name(self, note, left):
        assert one_post(note) == left

    def test_letters_that_addresses_lack(self):
        assert one_post("soeren-aabye.pdf", holder="Søren Åbye") == "….pdf"

    def test_a_word_of_a_title_or_unit_is_no_name_by_itself(self):
        holder = "Ida Chef Nord"
        assert one_post("En chef i Nord. Chefer. Ida", holder) == "En chef i Nord. Chefer. …"
        assert one_post("Spørg Ida Nord", holder) == "Spørg …"
        assert one_post("Chef Nordmand", holder) == "Chef Nordmand"

    def test_an_alias_is_a_name(self):
        assert one_post("Idus er Ida Ek", also=["Ida Ek", "Idus"]) == "… er …"

    def test_a_title_loses_a_whole_name_only(self):
        below = [
            post("leder-ida-holm", title="Leder Ida Holm", holder="Ida Holm"),
            post("person-1", reports_to="leder-ida-holm", note="Fra Holm"),
        ]
        found = hidden(unit("a", name="Holm Plejecenter", positions=below))
        assert list(found.positions) == ["entry-1", "person-1"]
        assert found.reports["entry-1"] == ("person-1",)
        assert found.positions["entry-1"].title == Text("Leder …")
        assert found.units["a"].name == Text("Holm Plejecenter")
        assert found.positions["person-1"].note == Text("Fra Holm")
        assert list(found.people) == ["person-2"]

    def test_findings_of_every_wording(self):
        wordings = (
            Text("Om Ida Holm", "About Ida Holm"),
            message("{n} Holm: {who}", n=2, who=Joined(("Ida Holm", Text("Bo")))),
        )
        record = Record(
            id="x",
            name=Text("X"),
            as_of=PartialDate(2026),
            people=(Person(id="ida", name="Ida Holm"),),
            findings=tuple(Finding("c", Severity.NOTE, ("ida",), one) for one in wordings),
        )
        plain, built = without_names(record).findings
        assert plain.message == Text("Om …", "About …")
        assert plain.entity_ids == ("person-1",)
        # A template is the program's own: its translation is found by it.
        assert built.message.text("en") == "2 Holm: …, Bo"

    def test_without_people_it_is_the_same(self):
        record = units(unit("a")).record
        assert without_names(record) == record


WORDS = st.text("abdegiklmnoprstuæøå", min_size=3, max_size=9).map(str.title)


@pytest.mark.slow
@given(
    st.lists(WORDS, min_size=2, max_size=4), st.sampled_from(["{}", "{}s", "om {}, og", "x-{}"])
)
def test_any_name_vanishes_from_notes_and_citations(words, frame):
    name = " ".join(words)
    said = frame.format(name)
    only = post("p", title="8", note=said, holder=name)
    cited = unit("q", name="7", kind="q", cite=f's 1 "{said}"', positions=[only])
    data = units(cited, sources={"s": {"title": f"Møde 7 {name}"}})
    record = without_names(data.record)
    left = list(strings((record.units, record.positions, record.people, record.sources)))
    assert not [text for text in left if name in text]
    assert record.positions[0].note == Text(frame.replace("{}s", "{}").format(MASK))
    found = {part for text in left for part in re.findall(r"[^\W\d_]+", text)}
    assert not found & (set(words) - {"Møde"})


@pytest.mark.parametrize(
    ("stated", "shown"),
    [("B12", "B12"), ("SC-212", "SC-212"), ("Ane Holm (10001)", MASK), ("aneh", MASK)],
)
def test_whom_a_lost_line_goes_to_is_shown_where_it_cannot_be_a_name(stated, shown):
    """The superior is not in the record, so nothing tells whether it is one."""
    data = units(unit("u", post("p", line_lost=stated)))
    anonymous = Anonymous(data.record)
    (found,) = anonymous.record.positions
    assert found.line_lost == LostLine(stated=shown)
    (finding,) = (one for one in anonymous.findings(findings(data)) if one.code == "line-lost")
    assert f"“{shown}”" in finding.message.text("en")


@pytest.mark.slow
def test_many_people_of_one_first_name_are_all_left_out():
    size = 3_000
    posts = (
        post(f"p{n}", note=f"Ida Navn{n} Holm", holder=f"Ida Navn{n} Holm") for n in range(size)
    )
    positions = hidden(unit("u", positions=list(posts))).record.positions
    assert {one.note for one in positions} == {Text(MASK)}


def test_what_is_hidden_later_is_never_taken_for_what_was_hidden_before(aalborg):
    """Objects come and go; a new one may stand where an old one stood in memory."""
    anonymous = Anonymous(aalborg.record)
    for n in range(300):
        found = tuple(
            Finding(
                code="two-titles",
                severity=Severity.NOTE,
                entity_ids=(),
                message=Text(f"Nummer {n}-{m}"),
            )
            for m in range(20)
        )
        hidden_ones = anonymous.findings(found)
        assert [one.message.text("da") for one in hidden_ones] == [
            f"Nummer {n}-{m}" for m in range(20)
        ]
