"""What people type, and what is found first in the shipped data; `main` prints it as a table."""

import sys
from pathlib import Path

import pytest

from orgmodel import load
from orgmodel.analysis.questions.findable import HitKind
from orgmodel.analysis.questions.search import SearchIndex, first_that_match

# What is typed, the kind of what is found first, and its id.
WORDS = (
    # titles, people and units
    ("centerchef", "post", "centerchef-livskraft"),
    ("rådmand", "post", "raadmand"),
    ("kontraktholder", "post", "kontraktholder-soelund"),
    ("plejehjemsleder", "post", "plejehjemsleder"),
    ("Havemann", "person", "leder-rusmiddelafsnittet"),
    ("Jesper Dahlgaard", "person", "jobcenterchef"),
    ("Morten Ilsøe", "person", "chef-soh"),
    ("Skydebanevej", "unit", "botilbuddet-skydebanevej"),
    ("økonomi", "post", "leder-oekonomi-og-administration"),
    ("Sølund", "unit", "landsbyen-soelund"),
    ("jobcenter", "unit", "jobcenter-aalborg"),
    ("Aalborg", "organisation", "aalborg"),
    ("visitation", "post", "leder-visitation-og-hjaelpemidler"),
    ("køkken", "post", "leder-koekken-ballerup"),
    # groups and their abbreviations
    ("FL", "group", "forvaltningsledelsen"),
    ("FLA", "group", "fla"),
    ("MED", "group", "med-boern-og-familie"),
    ("lokalmed", "group", "lokalmed"),
    ("chefgruppe", "group", "chefgruppen-voksen"),
    ("direktionen", "group", "direktionen"),
    ("byråd", "group", "byraadet"),
    ("centerledelsen", "group", "centerledelsen"),
    ("ældre", "group", "aeldre-og-omsorgsudvalget"),
    ("toplederforum", "group", "toplederforum"),
    # words of texts
    ("misbrug", "unit", "voksensocialafdelingen"),
    ("handicap", "organisation", "skanderborg"),
    ("budget", "unit", "job-og-social"),
    ("velfærdsteknologi", "unit", "center-omsorg-sundhedsfremme"),
    ("Nexus", "unit", "digitaliseringsteamet"),
    ("frivillighed", "unit", "center-omsorg-sundhedsfremme"),
    ("retssikkerhed", "task", "chef-boern-og-familie/first_year/3"),
    ("prognoser", "task", "chef-boern-og-familie/first_year/6"),
    ("partnerskaber", "unit", "voksensocialafdelingen"),
    ("4.320", "unit", "job-og-social"),
    # the leadership frameworks
    ("ledelsespolitik", "framework", "ledelsespolitik"),
    ("borgerne først", "principle", "ledelsespolitik/0"),
    ("koncernmodellen", "framework", "koncernmodellen"),
    # statuses and kinds
    ("opslået", "post", "chef-voksensocial"),
    ("ledig", "post", "chef-voksensocial"),
    ("konstitueret", "post", "sekretariatschef-voksensocial"),
    ("plejehjem", "post", "leder-plejehjemsomraadet"),
    ("afdeling", "post", "chef-voksensocial"),
    ("botilbud", "unit", "botilbuddet-skydebanevej"),
    # English
    ("disability", "organisation", "skanderborg"),
    ("head of department", "post", "chef-voksensocial"),
    ("advertised", "post", "chef-voksensocial"),
    ("nursing home", "post", "leder-plejehjemsomraadet"),
    # several words, parts of words, other spellings
    ("chef børn", "post", "chef-boern-og-familie"),
    ("leder af rusmiddel", "post", "leder-rusmiddelafsnittet"),
    ("boern og familie", "unit", "boerne-og-familieafdelingen"),
    ("middelafsnit", "post", "leder-rusmiddelafsnittet"),
    # wrong letters
    ("rusmidel", "post", "leder-rusmiddelafsnittet"),
    ("plejehjemsomraadet", "post", "leder-plejehjemsomraadet"),
    ("centerchief", "post", "centerchef-livskraft"),
    ("velfærdstekologi", "unit", "center-omsorg-sundhedsfremme"),
    ("Dahll", "person", "centerchef"),
    ("Haveman", "person", "leder-rusmiddelafsnittet"),
    ("kontrakholder", "post", "kontraktholder-soelund"),
    ("sektionsledr", "post", "sektionsleder-sekretariatet"),
    ("peter larson", "person", "raadmand"),
)


@pytest.fixture(scope="module")
def indexes(shipped):
    return [SearchIndex(one) for one in shipped.values()]


def best_of_all(indexes, query):
    """The best hit in all organisations, with what was found there."""
    found, _is_misspelled = first_that_match(indexes, query)
    order = [*HitKind]
    hits = [(group.hits[0], one) for one in found for group in one.groups(1)]
    return min(hits, key=lambda pair: (pair[0].steps, order.index(pair[0].kind)))


def found_first(indexes, query):
    """The kind and the id of the best hit in all organisations."""
    hit, _matches = best_of_all(indexes, query)
    return hit.kind.value, hit.id


@pytest.mark.parametrize(("query", "kind", "entry_id"), WORDS, ids=[one[0] for one in WORDS])
def test_what_people_type_finds_what_they_mean(indexes, query, kind, entry_id):
    assert found_first(indexes, query) == (kind, entry_id)


@pytest.mark.parametrize(("query", "_kind", "_id"), WORDS, ids=[one[0] for one in WORDS])
def test_it_is_found_without_regard_to_case(indexes, query, _kind, _id):
    is_abbreviation = query.isupper()
    if not is_abbreviation:
        assert found_first(indexes, query.upper()) == found_first(indexes, query.lower())


def main():
    """Print what each word finds first."""
    paths = sorted(Path("data").glob("*.yaml"))
    indexes = [SearchIndex(load(path)) for path in paths]
    rows = [
        "| typed | found first | kind | organisation | what matched |",
        "|---|---|---|---|---|",
    ]
    for query, _kind, _id in WORDS:
        hit, matches = best_of_all(indexes, query)
        entry, organisation = matches.index.entry(hit), matches.index.organisation
        fields = (entry.names, entry.tags, entry.texts)
        title = next(str(text) for field in fields for text in field)
        matched = matches.marker.reason(entry, (), "da")
        pieces = matched.pieces if matched else ()
        words = "".join(f"**{one}**" if n % 2 else one for n, one in enumerate(pieces))
        rows.append(f"| {query} | {title} | {hit.kind} | {organisation.id} | {words} |")
    sys.stdout.write("\n".join(rows))


if __name__ == "__main__":
    main()
