"""What depends on a status is said for each of them, and is the same wherever it is shown."""

import polars as pl
import pytest

from orgmodel.analysis.statistics.leaders import WHO_WORDS
from orgmodel.drawing.styles import DARK, LIGHT, contrast
from orgmodel.model.entities import MemberRole, RelationKind
from orgmodel.model.findings import Severity
from orgmodel.model.provenance import Basis
from orgmodel.model.statuses import STATUS_FACTS, Stated, Status, Who
from orgmodel.model.wording import (
    BASIS_WORDS,
    RELATION_WORDS,
    ROLE_MARKS,
    ROLE_WORDS,
    SEVERITY_WORDS,
)
from orgmodel.reading.importing.values import STATUS_CELLS, find_holders, with_statuses
from orgmodel.texts import LANGUAGES, message
from tests import chip_styles

# Files say these words since the import of 0.1: whatever screens come to say, they stay accepted.
ACCEPTED = {
    "named": ("named", "Named", "navngivet"),
    "unnamed": ("unnamed", "Not named", "ikke navngivet"),
    "vacant": ("vacant", "Advertised", "opslået"),
    "acting": ("acting", "Acting", "konstitueret"),
    "planned": ("planned", "Planned", "planlagt"),
}


def imported(word, name):
    """The status of a row with a word in its column of statuses and a name, and whether it is lost."""
    names = pl.Series("name", [name], dtype=pl.String)
    found, lost = with_statuses(find_holders(names), pl.Series([word]))
    return found.statuses[0], lost[0]


@pytest.mark.parametrize("status", Status)
class TestEach:
    def test_has_a_record_and_a_name_of_its_own(self, status):
        for language in LANGUAGES:
            words = [message(one.words).text(language) for one in STATUS_FACTS.values()]
            assert words.count(message(status.facts.words).text(language)) == 1

    def test_its_chip_can_be_read_on_both_grounds(self, status):
        chip = status.facts.chip
        for theme in (LIGHT, DARK) if chip else ():
            edge, fill = theme.pens[chip.name], theme.pens[f"{chip.name}Fill"]
            assert contrast(theme.pens.get(f"{chip.name}Ink", edge), fill) >= 4.5
            assert contrast(edge, theme.pens["paper"]) >= 3

    def test_its_words_on_screen_and_its_id_are_accepted_by_the_import(self, status):
        facts = status.facts
        words = [status.value, *(message(facts.words).text(one) for one in LANGUAGES)]
        name = "Bo" if facts.is_named else None
        assert {imported(one, name) for one in words} == {(status.value, False)}

    def test_another_than_the_names_tell_is_not_taken_where_they_contradict_it(self, status):
        facts = status.facts
        plain = Status.UNNAMED if facts.is_named else Status.NAMED
        is_lost = facts.stated is not Stated.BY_NAMES
        assert imported(status.value, None if facts.is_named else "Bo") == (plain.value, is_lost)


def test_the_words_of_earlier_files_stay_accepted():
    for status, words in ACCEPTED.items():
        name = "Bo" if Status(status).facts.is_named else None
        assert {imported(word, name) for word in words} == {(status, False)}


def test_no_word_is_accepted_for_two():
    words = [word for status in Status for word in {status.value, *STATUS_CELLS[status]}]
    assert len(words) == len(set(words))
    assert [word for word in words if word != word.lower()] == []


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (ROLE_WORDS, MemberRole),
        (ROLE_MARKS, MemberRole),
        (RELATION_WORDS, RelationKind),
        (BASIS_WORDS, Basis),
        (SEVERITY_WORDS, Severity),
        (WHO_WORDS, Who),
    ],
)
def test_each_of_the_other_kinds_is_called_something_of_its_own(words, kinds):
    assert list(words) == list(kinds)
    assert len(set(words.values())) == len(words)


@pytest.mark.parametrize("sheet", chip_styles.SHEETS)
def test_style_sheets_have_the_chips_of_the_statuses(sheet):
    assert chip_styles.written(sheet) == chip_styles.made(sheet), "python -m tests.chip_styles"
