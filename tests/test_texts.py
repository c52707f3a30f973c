"""The texts in both languages: none untranslated or unused; numbers, dates and sorting."""

import ast
import re
from datetime import date
from functools import cache

import pytest

from orgmodel.model.amounts import Interval
from orgmodel.model.wording import interval_words
from orgmodel.texts import (
    Message,
    format_day,
    format_number,
    format_percent,
    join_words,
    message,
    plural_message,
    sort_key,
)
from tests import catalogues
from tests.catalogues import PACKAGES, ROOT

CHART = ROOT / "webui" / "pages" / "chart" / "page.py"
SCRIPTS = sorted((ROOT / "webui" / "static").glob("*.js"))

texts_in_code = cache(catalogues.texts_in_code)
translated_texts = cache(catalogues.translated_texts)

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def forms(text):
    return tuple(text) if isinstance(text, tuple | list) else (text,)


@pytest.mark.parametrize("package", PACKAGES)
class TestCatalogues:
    @pytest.mark.slow
    def test_no_text_lacks_its_danish(self, package):
        danish = {entry.id: entry.string for entry in translated_texts(package) if entry.id}
        missing = [
            entry.id
            for entry in texts_in_code(package)
            if entry.id and not all(forms(danish.get(entry.id, "")))
        ]
        assert missing == []

    @pytest.mark.slow
    def test_no_danish_text_is_left_without_use(self, package):
        used = {entry.id for entry in texts_in_code(package)}
        assert [entry.id for entry in translated_texts(package) if entry.id not in used] == []

    def test_both_languages_name_the_same_parameters(self, package):
        for entry in translated_texts(package):
            if not entry.id:
                continue
            for english, danish in zip(forms(entry.id), forms(entry.string), strict=True):
                assert set(PLACEHOLDER.findall(danish)) == set(PLACEHOLDER.findall(english))


# Marks of the other language, straight ones, and apostrophes around a parameter.
FOREIGN_MARKS = {"da": re.compile("[“”]|'\\{"), "en": re.compile("[»«]|'\\{")}
STRAIGHT = re.compile(r"""["]|(?<![\w])'[^'{]+'(?!\w)""")
# YAML that is to be typed as it stands.
TYPED = ("write 4320,", "write the source,")
# Words that were replaced: one thing has one word.
REPLACED = {
    "da": r"udtrykkelig|ledighed|venter dig|hos os|båndet|arbejdets art|underlagte|\bspænd\b",
    "en": r"\bwhom you refer|\brefers? to\b|\binferred\b|\bnot known\b(?! exactly)|\bsettled?\b|\bsuperior\b"
    r"|\bbands\b(?!,)|\bone-to-one\b|\bforums?\b",
}


@pytest.mark.parametrize("package", PACKAGES)
class TestWords:
    def said(self, package):
        for entry in translated_texts(package):
            if entry.id:
                yield from (("en", one) for one in forms(entry.id))
                yield from (("da", one) for one in forms(entry.string))

    def test_each_language_has_one_kind_of_quotation_marks(self, package):
        wrong = [
            text
            for language, text in self.said(package)
            if FOREIGN_MARKS[language].search(text)
            or (
                STRAIGHT.search(text)
                and not text.startswith((*TYPED, "skriv 4320,", "skriv kilden,"))
            )
        ]
        assert wrong == []

    def test_a_thing_has_one_word(self, package):
        wrong = [
            text
            for language, text in self.said(package)
            if re.search(REPLACED[language], PLACEHOLDER.sub("", text), re.IGNORECASE)
        ]
        assert wrong == []


def test_scripts_say_no_text_that_the_page_does_not_hand_them_and_use_all_of_those():
    handed = set(
        re.findall(
            r'^        "(\w+)": viewer\._\(', CHART.read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    scripts = [path.read_text(encoding="utf-8") for path in SCRIPTS]
    used = {
        name
        for text in scripts
        for name in re.findall(
            r"(?<!styles\.)\btexts\.(?!map\b|flatMap\b|length\b|join\b)(\w+)", text
        )
    }
    assert used == handed
    # String literals with capitals or Danish letters would be texts for users.
    spoken = [one for text in scripts for one in re.findall(r'"[A-ZÆØÅ][a-zæøå]+ [^"]*"', text)]
    assert spoken == []


@pytest.mark.slow
def test_no_text_hides_in_an_f_string_where_the_extraction_does_not_see_it():
    hidden = [
        path.name
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.args[:1] and call.args[0], ast.Constant)
        and getattr(call.func, "id", "") in {"N_", "_", "ngettext", "plural_message"}
    ]
    assert hidden == []


@pytest.mark.slow
def test_the_extraction_sees_every_way_to_say_something():
    found = {entry.id for entry in texts_in_code("webui")}
    assert "Chain to the top" in found  # in a template
    assert ("{n} post", "{n} posts") in found  # in Python


def test_a_message_says_its_parameters_in_its_language():
    said = message("{size} → {inner}", size=4320, inner=interval_words(Interval(7, None)))
    assert (said.text("da"), said.text("en")) == ("4.320 → mindst 7", "4,320 → at least 7")


def test_a_plural_follows_its_number():
    assert plural_message("{n} seat", "{n} seats", 1).text("da") == "1 plads"
    assert plural_message("{n} seat", "{n} seats", 1800).text("da") == "1.800 pladser"
    assert plural_message("{n} seat", "{n} seats", 1).text("en") == "1 seat"


def test_a_parameter_with_braces_is_left_alone():
    assert Message("{name}", {"name": "{0.__class__}"}).text("en") == "{0.__class__}"


def test_numbers_and_days():
    assert (format_number(1800, "da"), format_number(1800, "en")) == ("1.800", "1,800")
    assert (format_number(1.45, "da"), format_number(22.5, "en")) == ("1,4", "22.5")
    assert (format_percent(0.44, "da"), format_percent(0.44, "en")) == ("44 %", "44%")
    assert format_day(date(2026, 5, 1), "da") == "1. maj 2026"


def test_danish_sorts_its_letters_last_and_aa_as_one_of_them():
    words = ["Østerbro", "Aalborg", "Ærø", "Zebra", "Århus", "Andeby", "Éa"]
    danish = ["Andeby", "Éa", "Zebra", "Ærø", "Østerbro", "Aalborg", "Århus"]
    assert sorted(words, key=lambda word: sort_key(word, "da")) == danish
    assert sorted(words, key=lambda word: sort_key(word, "en"))[0] == "Aalborg"


def test_a_list_in_a_sentence():
    assert join_words(["a", "b", "c"], "da") == "a, b og c"
    assert join_words(["a"], "en") == "a"


@pytest.mark.parametrize("path", sorted((ROOT / "webui").rglob("*.py")), ids=str)
def test_no_text_of_the_pages_is_looked_up_in_the_library(path):
    """Messages of the library are looked up in its own catalogue, without the texts of pages."""
    assert not re.search(r"\bmessage\(\s*N_\(", path.read_text(encoding="utf-8"))
