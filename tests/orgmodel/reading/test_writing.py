"""Written files are read back as the same record."""

import stat
import unicodedata
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import InvalidOrganisation, Organisation, import_files, load, loads
from orgmodel.reading.amounts import written_number
from orgmodel.reading.writing import dump, write_organisation
from orgmodel.reading.yaml_text import yaml_text
from tests.builders import HEAD, forests, post, tree, unit, units

DATA = sorted((Path(__file__).resolve().parents[3] / "data").glob("*.yaml"))


def written(data):
    """The record of an organisation after it is written and read."""
    return loads(write_organisation(data)).record


def with_names_for_ids(record):
    """A record in which people are called by their names, since their ids are made when read."""
    names = {person.id: person.name for person in record.people}
    return replace(
        record,
        people=tuple(replace(one, id=names[one.id]) for one in record.people),
        positions=tuple(
            replace(
                post,
                holdings=tuple(
                    replace(one, person_id=names[one.person_id]) for one in post.holdings
                ),
            )
            for post in record.positions
        ),
    )


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
class TestShipped:
    def test_reads_back_as_the_same_record(self, path):
        data = load(path)
        assert written(data) == data.record

    @pytest.mark.slow
    def test_means_the_same_to_other_readers(self, path):
        text = write_organisation(load(path))
        content = yaml.safe_load(text)
        assert content["organisation"] == path.stem
        assert write_organisation(loads(text)) == text


def test_an_import_reads_back_as_the_same_record(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(
        "id,reports_to,title,name,unit,headcount,fte\n1,,Direktør,Åse: #1,No,1,1\n"
        '2,1,\'Chef\',Vacant,012,3,2.625\n3,1,"a: b, c",null,22:30,x,0.333333\n3,1,"a: b, c",Bo "B" Ø,,1,\n',
        encoding="utf-8",
    )
    data = import_files([file]).organisation()
    assert with_names_for_ids(written(data)) == with_names_for_ids(data.record)
    stated = data.record.positions[1].fte
    assert stated is not None
    assert stated.value == 2.625


@pytest.mark.slow
@given(forests())
def test_any_tree_reads_back(edges):
    data = tree(edges)
    assert written(data) == data.record


TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp", "Co"]), min_size=1
)
HARD = st.sampled_from(["no", "012", "22:30", "a: b", "#x", "- a", "null", "~", "'", '"', "{a}", "*a",
                        "&a", "!a", "%a", "@a", "a #b", "a:", "[", "true", "1e3", "0x1", "=", "<<", "\\n",
                        "2026-01-01", "a, b", "?", "|", "…", "🙂 b", "\u00a0"])  # fmt: skip


@pytest.mark.slow
@given(st.one_of(HARD, TEXT).map(lambda text: " ".join(text.split())).filter(bool))
def test_any_text_stays_a_text_to_every_reader(text):
    found = yaml.safe_load(yaml_text({"a text": text, f"{text}'": {"b": [text, {"c": text}]}}))
    assert found == {"a text": text, f"{text}'": {"b": [text, {"c": text}]}}


@given(st.one_of(HARD, TEXT).map(lambda text: " ".join(text.split())).filter(bool))
def test_any_title_reads_back(text):
    data = tree({"a": None})
    (post,) = data.record.positions
    renamed = replace(data.record, positions=(replace(post, title=replace(post.title, da=text)),))
    (read,) = written(Organisation(renamed)).positions
    assert read.title.da == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (2.5, "2.5"),
        (3.644, "3.6440"),
        (0.333333, "0.333333"),
        (1234567, "1234567"),
        (24.0000000004, "24"),
        (23.9999999996, "24"),
    ],
)
def test_a_number_can_be_read_in_one_way(value, text):
    assert written_number(value) == text


class TestEntries:
    @pytest.mark.parametrize(
        "body",
        [
            "employees: [ca. 90, {value: godt 30, as_of: 2026-01}, 30-40, mindst 3, højst 9, knap 4]",
            "employees: {value: 35, without_leaders: true, note: {da: N, en: M}}",
            "employees: {value: 12, leader_included: true}",
            "employees: [{value: ca. 12, leader_included: false, cite: k 2}, {value: 13, cite: k 9}]",
            "fte: {value: 3.6441, precision: approximate}\n  budget: ca. 1,4 mia. kr.",
            "complete: false\n  count: 3\n  also: [A, {name: B, cite: k 3}]",
            "complete: {value: true, cite: k}\n  count: {value: 1, cite: 'k 2-3 \"få ord\"'}",
            "leader: {title: L, holder: [{name: A, to: 2025}, {name: B, from: 2026-01, acting: true}]}",
            "leader: x\n  positions: [{id: y, title: Y}, {id: x, title: X, is_leader: {value: true, cite: k}}]",
            "positions: [{id: x, title: X, status: vacant, seats: 3, seats_at_least: true, fte: ca. 2}]",
            "positions: [{id: x, title: X, political: true, note: N, from: 2020, to: 2027-03}]",
            "leader: {title: L, direct_leaders: 7, direct_staff: mindst 4}",
            "leader: {title: L, direct_leaders: [{value: 7, cite: k 3}, {value: 8-9, as_of: 2025}],"
            " direct_staff: {value: 0, note: {da: N, en: M}}}",
            "positions: [{id: x, title: X, seats: 6, seats_assumed: {least: 2, reason: {da: R, en: S}}}]",
            "positions: [{id: x, title: X, seats_assumed: {least: 0, reason: R}}]",
            "positions: [{id: x, title: X, outside: true}, {id: y, title: Y, assistant: true}]",
            "cite: [{source: k, words: 'a \"b\" c'}, k, 'k 1', 'k \"w\"']",
            "description: {value: {da: D, en: E}, cite: k 9}\n  kind: {value: k, cite: k}",
            "positions: [{id: a, title: A, holder: {name: P, also: [Q, R], cite: k 1}},"
            " {id: b, title: B, holder: P}]",
            "positions: [{id: a, title: A}, {id: b, title: B, reports_to: {position: a, basis: inferred,"
            " reason: R, or: [c], cite: k}}, {id: c, title: C, reports_to: {position: a, or: b}}]",
            "positions: [{id: a, title: A, line_lost: B12}, {id: b, title: B, line_lost: {stated: A, to: a,"
            " reason: {da: R, en: S}}}]",
        ],
    )  # fmt: skip
    def test_of_a_unit(self, body):
        data = loads(
            HEAD + "sources: {k: {title: K, date: 2020, numbered_by: row}}\nunits:\n"
            "- id: u\n  name: U\n  " + ("" if "kind:" in body else "kind: k\n  ") + body + "\n"
        )
        assert written(data) == data.record

    def test_shares_of_other_amounts(self):
        data = units(
            unit("a", employees=90),
            unit("b", employees={"share": "1/3", "of": "a", "precision": "approximate"}),
            unit("c", employees={"share": "44 %", "of": "a"}),
            unit("d", fte={"share": "12.5 %", "of": "a"}),
        )
        text = write_organisation(data)
        assert loads(text).record == data.record
        assert "share: '1/3'" in text

    def test_people_with_posts_of_their_own_and_namesakes(self):
        people = [
            {"id": "bo", "name": "Bo", "also": "B", "cite": []},
            {"id": "bo-2", "name": "Bo"},
        ]
        acting = post("a", holder={"person": "bo-2", "acting": True})
        data = units(unit("u", positions=[acting, post("b", holder=["Bo", "Eva"])]), people=people)
        assert written(data) == data.record

    def test_namesakes_whom_no_list_tells_apart_are_listed(self):
        below = [post("a", holder="Bo"), post("b", holder="Eva"), "person-bo"]
        data = units(unit("u", positions=below))
        first, other = data.record.people
        people = (first, replace(other, name="Bo"))
        read = written(Organisation(replace(data.record, people=people)))
        ids = ["person-bo-2", "person-eva"]
        assert [(one.id, one.name) for one in read.people] == [(one, "Bo") for one in ids]
        assert [one.holdings[0].person_id for one in read.positions[:2]] == ids

    def test_nobody_without_a_name(self):
        record = units(unit("u", post("l", holder="A"))).record
        nameless = replace(record, people=(replace(record.people[0], name=""),))
        with pytest.raises(ValueError, match="without a name"):
            write_organisation(Organisation(nameless))


class TestDump:
    def test_writes_a_file_like_any_other(self, tmp_path):
        path = tmp_path / "a.yaml"
        plain = tmp_path / "plain"
        plain.write_text("")
        dump(tree({"a": None}), path)
        assert load(path).id == "test"
        assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
        assert sorted(tmp_path.iterdir()) == [path, plain]

    def test_replaces_nothing_unless_told_to(self, tmp_path):
        path = tmp_path / "a.yaml"
        path.write_text("mine")
        with pytest.raises(FileExistsError):
            dump(tree({"a": None}), path)
        assert path.read_text() == "mine"
        dump(tree({"a": None}), path, force=True)
        assert load(path).id == "test"
        assert list(tmp_path.iterdir()) == [path]

    def test_needs_no_second_name_for_a_file(self, tmp_path, monkeypatch):
        def refuse(*_names):
            raise OSError

        monkeypatch.setattr("os.link", refuse)
        dump(tree({"a": None}), tmp_path / "a.yaml")
        assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]

    @pytest.mark.parametrize(
        ("limit", "code"), [("MAX_NODES", "too-many-entries"), ("MAX_BYTES", "too-large")]
    )
    def test_refuses_what_could_not_be_read_again(self, tmp_path, monkeypatch, limit, code):
        monkeypatch.setattr(f"orgmodel.reading.writing.{limit}", 10)
        with pytest.raises(InvalidOrganisation) as caught:
            dump(tree({"a": None}), tmp_path / "a.yaml")
        assert [problem.code for problem in caught.value.problems] == [code]
        assert list(tmp_path.iterdir()) == []

    def test_counts_as_the_reader_does(self, tmp_path, monkeypatch):
        path = tmp_path / "a.csv"
        rows = (f"p{n},p{n // 2},Title {n},Name {n},{n % 7 + 1},{n}.5\n" for n in range(1, 40))
        path.write_text("".join(chain(["id,reports_to,title,name,headcount,fte\n"], rows)))
        imported = import_files([path])
        text = write_organisation(imported.organisation())
        events = sum(
            isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
            for event in yaml.parse(text)
        )
        monkeypatch.setattr("orgmodel.reading.documents.MAX_NODES", events)
        assert loads(text).seats == imported.report.seats
        monkeypatch.setattr("orgmodel.reading.writing.MAX_NODES", events)
        dump(imported.organisation(), tmp_path / "b.yaml")
        monkeypatch.setattr("orgmodel.reading.writing.MAX_NODES", events - 1)
        with pytest.raises(InvalidOrganisation):
            dump(imported.organisation(), tmp_path / "c.yaml")
        assert imported.written_nodes() <= events
