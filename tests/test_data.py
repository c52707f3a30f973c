"""The shipped organisations: verbatim quotations, completeness and privacy."""

import dataclasses
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from orgmodel import load
from orgmodel.model.names import Text
from orgmodel.model.provenance import every_citation
from orgmodel.model.statuses import Status

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT.parent / "shared" / "sources"
FILES = sorted((ROOT / "data").glob("*.yaml"))
MOST_WORDS = 8
VERIFIED = ROOT / "tests" / "fixtures" / "verified_citations.txt"


def fingerprint(file, citation):
    text = "\n".join((file, citation.place, citation.words))
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def stands_in(documents, file, citation):
    """Tell whether the quotation of a citation occurs in the cited lines.

    Words hyphenated at the end of a line are joined, with or without the hyphen.
    """
    first, _, last = citation.place.partition("-")
    lines = "\n".join(documents[file].split("\n")[int(first) - 1 : int(last or first)])
    readings = (re.sub(r"-\s*\n\s*", divided, lines) for divided in ("-\n", "-", ""))
    return any(citation.words in " ".join(reading.split()) for reading in readings)


def verify():
    """Verify all citations against the documents, and store the fingerprints of those found.

    Run as `python -m tests.test_data` after changes of data, with access to the documents.
    """
    found = set()
    for path in FILES:
        organisation = load(path)
        files = {source.file for source in organisation.sources.values() if source.file}
        documents = {file: (SOURCES / file).read_text(encoding="utf-8") for file in files}
        for citation in every_citation(organisation.record):
            file = organisation.sources[citation.source_id].file
            if stands_in(documents, file, citation):
                found.add(fingerprint(file, citation))
            else:
                sys.stderr.write(f"not in {file}: {citation}\n")
    VERIFIED.write_text("\n".join(sorted(found)) + "\n", encoding="ascii")


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def organisation(request):
    return load(request.param)


class TestCitations:
    def test_quote_few_words(self, organisation):
        for citation in every_citation(organisation.record):
            assert citation.words is not None
            assert len(citation.words.split()) <= MOST_WORDS, citation

    def test_name_lines_of_a_document(self, organisation):
        for citation in every_citation(organisation.record):
            assert re.fullmatch(r"\d+(-\d+)?", citation.place or ""), citation
            assert organisation.sources[citation.source_id].file

    def test_have_been_found_word_for_word_in_the_document(self, organisation):
        """The documents may not be distributed: verified quotations are stored as fingerprints."""
        known = set(VERIFIED.read_text(encoding="ascii").split())
        for citation in every_citation(organisation.record):
            source = organisation.sources[citation.source_id]
            assert fingerprint(source.file, citation) in known, citation

    def test_every_entry_has_one(self, organisation):
        record = organisation.record
        for entity in (*record.units, *record.positions, *record.groups, *record.relations):
            assert entity.evidence.all(), entity.id
        for position in record.positions:
            for holding in position.holdings:
                assert holding.evidence.all(), position.id
        for unit in record.units:
            for amount in unit.amounts():
                assert amount.evidence.all(), unit.id


class TestAalborg:
    """The facts in the source document, counted by hand."""

    def test_forvaltningsledelsen_has_seven_members_and_fla_those_without_the_alderman(
        self, aalborg
    ):
        fl = [member.position_id for member in aalborg.groups["forvaltningsledelsen"].members]
        fla = [member.position_id for member in aalborg.groups["fla"].members]
        # Rådmanden, direktøren, de tre afdelingschefer og de to stabschefer (line 163-165)
        assert len(fl) == 1 + 1 + 3 + 2
        assert fla == [member for member in fl if member != "raadmand"]

    def test_the_seven_chiefs_of_voksensocialafdelingen(self, aalborg):
        chiefs = [aalborg.positions[one] for one in aalborg.reports["chef-voksensocial"]]
        assert sum(chief.seats for chief in chiefs) == 7

    def test_the_seven_chiefs_of_boerne_og_familieafdelingen(self, aalborg):
        names = [
            aalborg.units[aalborg.positions[one].unit_id].name.da
            for one in aalborg.reports["chef-boern-og-familie"]
        ]
        assert names == [
            "Familiegruppe Nord",
            "Familiegruppe Midtvest",
            "Familiegruppe Øst",
            "Specialgruppen for Børn og Unge",
            "Center for Dag- og Døgntilbud",
            "Center for tværfaglig forebyggelse",
            "Center for tidlig indsats og familiepleje",
        ]

    def test_named_leaders_and_one_politician(self, aalborg):
        holders = [p for post in aalborg.positions for p in aalborg.holders(post)]
        assert len(holders) == 10 + 1

    def test_two_posts_are_advertised_and_one_is_acting(self, aalborg):
        by_status: dict[Status, list[str]] = {}
        for post in aalborg.positions:
            by_status.setdefault(aalborg.status(post), []).append(post)
        assert by_status[Status.VACANT] == ["chef-voksensocial", "chef-boern-og-familie"]
        assert by_status[Status.ACTING] == ["sekretariatschef-voksensocial"]

    def test_the_advertised_posts_have_profiles_with_their_dates(self, aalborg):
        dates = {
            post: [str(stone.date) for stone in profile.milestones]
            for post, profile in aalborg.profiles.items()
        }
        assert dates == {
            "chef-voksensocial": [
                "2026-02-23",
                "2026-03-09",
                "2026-03-23",
                "2026-03-24",
                "2026-05-01",
            ],
            "chef-boern-og-familie": [
                "2026-02-09",
                "2026-03-02",
                "2026-03-20",
                "2026-03-23",
                "2026-05-01",
            ],
        }

    def test_amounts(self, aalborg):
        units = aalborg.units
        assert units["job-og-social"].employees[0].value == 4320
        assert units["job-og-social"].fte[0].value == 3644
        assert units["job-og-social"].budget[0].share == pytest.approx(0.44)
        assert units["voksensocialafdelingen"].budget[0].value == 1_400_000_000
        # half of 4,320, and a quarter
        assert units["voksensocialafdelingen"].employees[1].value == 2160
        assert units["boerne-og-familieafdelingen"].employees[1].value == 1080

    def test_every_wish_is_there(self, aalborg):
        wishes = {post: len(one.expectations) for post, one in aalborg.profiles.items()}
        assert wishes == {
            "chef-voksensocial": 8 + 8,  # background (306-328), behaviour (371-389)
            # of education, of competences, of results, of behaviour: lines 797 to 882
            "chef-boern-og-familie": 5 + 6 + 4 + 6,
        }

    def test_the_five_strategic_focus_points(self, aalborg):
        tasks = [item.text.da for item in aalborg.profiles["chef-voksensocial"].first_year]
        assert [task[:13] for task in tasks if task.startswith("Fokuspunkt")] == [
            f"Fokuspunkt {number}:" for number in range(1, 6)
        ]

    def test_both_chiefs_take_part_in_the_transition(self, aalborg):
        for profile in aalborg.profiles.values():
            assert "transition" in profile.first_year[0].text.da

    def test_a_network_that_is_made_available_is_no_seat(self, aalborg):
        networks = [one for one in aalborg.groups.values() if one.kind_id == "netværk"]
        assert len(networks) == 3
        assert not [one for one in networks if one.members]

    def test_a_name_that_no_document_states_is_no_name(self, aalborg):
        assert not aalborg.units["job-og-social"].aliases
        (former,) = [one for one in aalborg.record.findings if one.code == "former-name"]
        assert "antagelse" in former.message.text("da")

    def test_who_appoints_by_post(self, aalborg):
        for group_id, size in (
            ("ansaettelsesudvalg-voksensocial", 12),  # lines 468-490
            ("ansaettelsesudvalg-boern-og-familie", 11),  # lines 971-991
        ):
            committee = aalborg.groups[group_id]
            assert committee.size == size
            assert len(committee.members) == 7
            assert committee.members[0].position_id == "raadmand"


def english_texts(value):
    """Yield all English texts of a record."""
    if isinstance(value, Text):
        yield value.en or ""
    elif dataclasses.is_dataclass(value):
        for one in dataclasses.fields(value):
            yield from english_texts(getattr(value, one.name))
    elif isinstance(value, Mapping):
        yield from english_texts(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from english_texts(part)


class TestEnglish:
    """Plain wording: people report to a head, and texts are gender-neutral."""

    WORDS = re.compile(
        r"\b(chiefs?|refers? to|authority|authorities|elderly|he|she|his|her|him"
        r"|on (?:all|every|which) levels?|appointment committee)\b",
        re.IGNORECASE,
    )

    def test_holds_no_word_that_is_no_english_for_it(self, organisation):
        found = [text for text in english_texts(organisation.record) if self.WORDS.search(text)]
        assert found == []

    def test_would_find_some(self):
        assert self.WORDS.search("the Chief of staff")
        assert list(english_texts((Text("a", "b"), {"c": Text("d")}))) == ["b", ""]


class TestPrivacy:
    """The project contains no contact data, and only names of leaders."""

    EMAIL = re.compile(rb"[\w.+-]+@[\w-]+\.[a-z]{2,}")
    PHONE = re.compile(
        rb"(?<![\w.#/-])(?:\+45 ?)?\d{2} \d{2} \d{2} \d{2}(?![\w-])|\+ ?45 ?\d{4} ?\d{4}"
        rb"|(?<![\w.#/-])[2-9]\d{3} \d{4}(?![\w-])"
    )
    # Employee representatives and others in the documents who are not leaders: their names must
    # not be stored, so they are listed as fingerprints.
    LEFT_OUT = frozenset(
        (ROOT / "tests" / "fixtures" / "names_left_out.txt").read_text("ascii").split()
    )
    MOST_PARTS = 4

    @staticmethod
    def files():
        git = shutil.which("git")
        if git and (ROOT / ".git").exists():
            command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
            listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
            return [ROOT / name.decode() for name in listed.split(b"\0") if name]
        hidden = {
            ".venv", ".git", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis",
        }  # fmt: skip
        return [
            path for path in ROOT.rglob("*") if path.is_file() and not hidden & set(path.parts)
        ]

    @pytest.mark.slow
    def test_no_contact_data_in_the_project(self):
        for path in self.files():
            if path.exists() and path.suffix not in {".woff2", ".png"}:
                content = path.read_bytes()
                assert not self.EMAIL.search(content), path
                assert not self.PHONE.search(content), path

    def named(self, text, known):
        """Return the sequences of two to four words in a text with a listed fingerprint."""
        words = re.findall(r"[^\W\d_]+", text.casefold())
        runs = {
            " ".join(words[start : start + length])
            for length in range(2, self.MOST_PARTS + 1)
            for start in range(len(words) - length + 1)
        }
        return {run for run in runs if hashlib.sha256(run.encode()).hexdigest()[:24] in known}

    @pytest.mark.slow
    def test_nobody_who_leads_nothing_is_named_in_the_project(self):
        for path in self.files():
            if path.exists() and path.suffix not in {".woff2", ".png"}:
                text = path.read_text(encoding="utf-8", errors="replace")
                assert self.named(text, self.LEFT_OUT) == set(), path

    def test_the_search_for_names_would_find_one(self):
        known = {hashlib.sha256("ida marie åberg".encode()).hexdigest()[:24]}
        assert self.named("- {holder: Ida Marie Åberg}", known) == {"ida marie åberg"}
        assert len(self.LEFT_OUT) == 18

    def test_the_search_would_find_some(self):
        assert self.PHONE.search(b"ring 2637" + b" 0000")
        assert self.PHONE.search(b"T: + 45 4045" + b" 0000")
        assert self.EMAIL.search(b"skriv til navn" + b"@" + b"kommune.dk")
        assert self.PHONE.search(b"T: +45 1234" + b" 5678")
        assert self.PHONE.search(b"ring 12 34 " + b"56 78")

    @pytest.mark.slow
    def test_nobody_is_named_but_for_a_leaders_post(self, organisation):
        held = {
            person.id for post in organisation.positions for person in organisation.holders(post)
        }
        assert set(organisation.people) == held
        for post in organisation.positions:
            if organisation.holders(post):
                is_political = organisation.positions[post].political
                assert post in organisation.leader_ids or is_political, post


if SOURCES.is_dir():

    def test_citations_stand_in_the_documents_at_hand():
        for path in FILES:
            organisation = load(path)
            for citation in set(every_citation(organisation.record)):
                file = organisation.sources[citation.source_id].file or ""
                documents = {file: (SOURCES / file).read_text(encoding="utf-8")}
                assert stands_in(documents, file, citation), citation


if __name__ == "__main__":
    verify()
