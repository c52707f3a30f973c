"""The glossary: every term in both languages, and every key that is used exists."""

import re

import pytest

from orgmodel.analysis.spans.leader_figures import FIGURES
from orgmodel.model.bands import Fit
from orgmodel.model.glossary import SUBJECTS, TERMS, definition
from orgmodel.model.statuses import STATUS_FACTS
from orgmodel.texts import core_catalogue
from tests.catalogues import ROOT

TEMPLATES = sorted((ROOT / "webui").rglob("*.html"))


@pytest.mark.parametrize("key", TERMS)
def test_a_term_is_explained_in_both_languages_without_repeating_itself(key):
    term = TERMS[key]
    for english in (term.name, term.definition, term.more):
        danish = core_catalogue().gettext("da", english)
        assert (danish == english) == (english in {"", "Median"})
    for text in (term.definition, term.more):
        for language in ("da", "en"):
            said = core_catalogue().gettext(language, text)
            assert not said or said.endswith(".")


def test_no_key_stands_for_two_terms_and_no_term_has_two_keys():
    keys = [key for subject in SUBJECTS for key in subject.terms]
    assert len(keys) == len(set(keys)) == len({term.name for term in TERMS.values()})


def test_every_term_on_a_page_exists():
    used = {
        key
        for path in TEMPLATES
        for key in re.findall(r'\bterm\("(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= set(TERMS)


@pytest.mark.parametrize("figure", [one.key for one in FIGURES if one.key in TERMS])
def test_a_figure_of_leaders_means_what_the_glossary_says(figure):
    (column,) = (one for one in FIGURES if one.key == figure)
    assert column.meaning.text("en") == definition(figure)


def test_statuses_and_comparisons_are_terms():
    assert {status.value for status in STATUS_FACTS} <= set(TERMS)
    assert {fit.value for fit in Fit if fit is not Fit.NONE} <= set(TERMS)
