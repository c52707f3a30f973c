"""Search for posts in any script, ignoring case and accents."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import AmbiguousNameError, SearchIndex, UnknownIdError, resolve_position
from orgmodel.analysis.questions.findable import Field
from orgmodel.analysis.questions.search import Found, Hit
from orgmodel.analysis.questions.spelling import folded
from orgmodel.model.dates import PartialDate
from orgmodel.model.entities import Alias, Holding, Person, Position, Unit
from orgmodel.model.names import Text
from orgmodel.model.organisation import Organisation, Record
from tests.builders import units

BODY = """
    - id: a
      name: Center for Ældre
      kind: center
      leader: {id: chef, title: {da: Centerchef, en: Head of centre}, holder: Søren Ågård}
      positions:
        - {id: soendag, title: Søndagsvagt, holder: Åse Sønderby}
        - {id: vagt, title: Vagt, also: Portør}
"""


def find(query):
    return ids(SearchIndex(units(BODY)).find(query))


def ids(found):
    return [hit.id for hit in found.hits]


def held_by(*names):
    """Return an organisation with a post for each holder, called by the holder's name."""
    return made_of([[(name,), ("T",), ("U",)] for name in names], ids=names)


def made_of(posts, ids=()):
    """Return an organisation of posts with names for holders, for the post and for its unit.

    Of a holder, a post or a unit the first name is its own (a post's and a unit's second one its
    English one), the others are aliases; a post without names of holders has none.
    """
    ids = ids or [f"p{n}" for n in range(len(posts))]
    return Organisation(
        Record(
            id="test",
            name=Text("Test"),
            as_of=PartialDate(2026),
            units=tuple(
                Unit(id=f"u{n}", name=Text(*unit[:2]), aliases=aliases(unit[2:]), kind_id="k")
                for n, (_holder, _title, unit) in enumerate(posts)
            ),
            positions=tuple(
                Position(
                    id=ids[n],
                    title=Text(*title[:2]),
                    aliases=aliases(title[2:]),
                    unit_id=f"u{n}",
                    holdings=(Holding(person_id=f"h{n}"),) if holder else (),
                )
                for n, (holder, title, _unit) in enumerate(posts)
            ),
            people=tuple(
                Person(id=f"h{n}", name=holder[0], aliases=aliases(holder[1:]))
                for n, (holder, _title, _unit) in enumerate(posts)
                if holder
            ),
        )
    )


def aliases(names):
    return tuple(Alias(name=name) for name in names)


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("sondag", ["soendag"]),
        ("Søndag", ["soendag"]),
        ("soendag", ["soendag"]),
        ("ågård", ["chef"]),
        ("aagaard", ["chef"]),
        ("agard", ["chef"]),
        ("ÅSE", ["soendag"]),
        ("ældre", ["chef", "soendag", "vagt"]),
        ("aeldre", ["chef", "soendag", "vagt"]),
        ("head centre", ["chef"]),
        ("portør", ["vagt"]),
        ("ældre vagt", ["vagt", "soendag"]),  # four letters are found inside a word, too
        ("vagt", ["vagt", "soendag"]),
        ("agt", []),  # three letters are found from the beginning of a word
        ("", []),
        ("</script>", []),
    ],
)
def test_hits(query, hits):
    assert find(query) == hits


SCRIPTS = (
    "Sören Ågaard", "محمد عبد الله", "דוד לוי", "王小明", "Nguyễn Thị Hương", "Zoë 👩🏽\u200d💻 Müller",
    "Łukasz Żółć", "İsmail Çağlayan", "Pipaluk Aqqaluĸ", "Ελένη Παπαδοπούλου", "Наталья Иванова",
    "สมชาย ใจดี", "अनिल कुमार", "김철수", "Groß-Straßer",
)  # fmt: skip


class TestScripts:
    @pytest.mark.parametrize("name", SCRIPTS)
    @pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
    def test_a_name_finds_its_post_and_no_other(self, name, form):
        data = held_by(*SCRIPTS)
        for written in (name, name.upper(), name.lower()):
            typed = unicodedata.normalize(form, written)
            assert ids(SearchIndex(data).find(typed)) == [name]
            assert resolve_position(data, typed) == name

    @pytest.mark.parametrize("name", SCRIPTS)
    def test_its_first_letters_do(self, name):
        assert name in ids(SearchIndex(held_by(*SCRIPTS)).find(name[:2]))

    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("mueller", "Müller"),
            ("Müller", "Mueller"),
            ("muller", "Müller"),
            ("haendel", "Händel"),
            ("Händel", "Haendel"),
            ("handel", "Händel"),
            ("goethe", "Göthe"),
            ("Göthe", "Goethe"),
            ("bjoern", "Bjørn"),
            ("Björn", "Bjørn"),
            ("aaberg", "Åberg"),
            ("Åberg", "Aaberg"),
            ("aeroe", "Ærø"),
            ("Ærø", "Aeroe"),
            ("Ärö", "Ærø"),
            ("strasse", "Straße"),
            ("Straße", "Strasse"),
            ("STRASSE", "Straße"),
            ("ΠΑΠΑΔΟΠΟΥΛΟΣ", "Παπαδόπουλος"),
            ("محمد", "مُحَمَّد"),
            ("小明", "王小明"),
            ("ёлкина", "Елкина"),
            ("aqqaluk", "Aqqaluĸ"),
            ("tatar", "ـtataـr"),
        ],
    )
    def test_letters_are_alike_as_people_write_them(self, query, name):
        assert find_among(query, name, "Xaver")

    @pytest.mark.parametrize(
        ("query", "name"),
        [("小李", "王小明"), ("Иван", "Ёлкин"), ("कमर", "कुमार"), ("דוד", "דןד")],
    )
    def test_other_letters_are_other_letters(self, query, name):
        assert not find_among(query, name, "Xaver")

    def test_what_is_spelled_so_is_meant_where_others_are_alike(self):
        data = held_by("Bæk", "Bak", "Baek")
        assert [resolve_position(data, name) for name in ("bæk", "BAK", "baek")] == [
            "Bæk",
            "Bak",
            "Baek",
        ]
        with pytest.raises(AmbiguousNameError):
            resolve_position(data, "båk")


def find_among(query, *names):
    """Whether a query finds the first of some names."""
    return names[0] in ids(SearchIndex(held_by(*names)).find(query))


def test_holders_come_before_titles_and_titles_before_units():
    data = units("""
        - id: berg
          name: Berg
          kind: k
          leader: {id: l, title: L}
          positions: [{id: p, title: Berg}, {id: q, title: Q, holder: Bo Berg}]
    """)
    found = SearchIndex(data).find("berg")
    assert found == Found(
        (Hit("q", Field.HOLDER), Hit("p", Field.NAME), Hit("l", Field.UNIT)), total=3
    )


@pytest.mark.parametrize(
    ("query", "read", "hits"),
    [
        # whole words before beginnings, wherever in the name they are
        ("hans", ["Hansen Bo", "Bo Hans", "Bo Hansen"], ["Bo Hans", "Hansen Bo", "Bo Hansen"]),
        # the same spelling before another, and both as they are read
        ("å", ["Asger", "Aalborg", "Åse"], ["Åse", "Asger", "Aalborg"]),
        ("a", ["Åse", "Asger", "Aalborg"], ["Asger", "Aalborg", "Åse"]),
        ("aa", ["Åse", "Asger", "Aalborg"], ["Aalborg", "Åse", "Asger"]),
        ("sondag", ["Soendag", "Søndag", "Sondag"], ["Sondag", "Soendag", "Søndag"]),
        ("SØNDAG", ["Sondag", "Søndagsen", "Søndag"], ["Søndag", "Sondag", "Søndagsen"]),
        ("A\u030a", ["Asger", "Åse"], ["Åse", "Asger"]),
        ("bøe", ["Boee", "Bøe"], ["Bøe", "Boee"]),
        ("gudrun lukasz", ["Guðrún Łukasz"], ["Guðrún Łukasz"]),
        # of several words the best first, then the worst
        ("hans hansen", ["Hansen Bo", "Hans Bo Hansen"], ["Hans Bo Hansen", "Hansen Bo"]),
    ],
)
def test_order_within_the_holders(query, read, hits):
    assert ids(SearchIndex(held_by(*read)).find(query)) == hits


def test_the_limit_holds_back_hits_but_counts_them():
    index = SearchIndex(held_by(*(f"Bo {n}" for n in range(30))))
    found = index.find("bo", limit=3)
    assert found.total == 30
    assert ids(found) == ["Bo 0", "Bo 1", "Bo 2"]
    assert len(index.find("bo").hits) == 20
    assert index.find("bo", limit=0) == Found((), 30)


def test_an_organisation_without_posts_has_no_hits():
    assert SearchIndex(made_of([])).find("a") == Found((), 0)


@pytest.mark.parametrize(
    "query",
    [
        "ab" * 100,
        "bo" * 100_000,
        "?!.,;</>" * 1_000,
        " ".join(f"{n}" for n in range(1_000)),
        " ".join("søndagsvagt"[:n] for n in range(1_000)),
        "\u0308 \udc80 \0 \U0010ffff",
    ],
)
def test_odd_queries_break_nothing(query):
    index = SearchIndex(held_by(*(f"Bo {n} Aage" for n in range(1_000))))
    assert index.find(query) == Found((), 0)


# The naive definition, which compares every word of every post; few letters give many hits.
LETTERS = st.text(st.sampled_from("aåáäeéoøöæuüsd1αжم"), min_size=1, max_size=4)
NAME = st.lists(LETTERS, min_size=1, max_size=3).flatmap(
    lambda words: st.sampled_from([" ", "-", ", "]).map(lambda mark: mark.join(words).title())
)
NAMES = st.lists(NAME, min_size=1, max_size=3)
POSTS = st.lists(st.tuples(st.lists(NAME, max_size=2), NAMES, NAMES), max_size=8)
QUERY = st.lists(LETTERS, max_size=4).map(" ".join)
LIMIT = st.integers(0, 10)


def search_words(text):
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold())


def expected_step(word, post):
    """Return how a post matches a word (field, prefix only, other spelling), or None."""
    return min(
        (
            (field, other != word if spelled else folded(other) != folded(word), not spelled)
            for field, names in enumerate(post)
            for name in names
            for other in search_words(name)
            for spelled in (True, False)
            if (other.startswith(word) if spelled else folded(other).startswith(folded(word)))
        ),
        default=None,
    )


def expected_steps(words, post):
    """Return a post's best and worst step, or None without a match."""
    steps = [expected_step(word, post) for word in {folded(word): word for word in words}.values()]
    return None if not steps or None in steps else (min(steps), max(steps))


def expected(posts, query, limit):
    steps = {f"p{n}": expected_steps(search_words(query), post) for n, post in enumerate(posts)}
    fitting = sorted((key for key in steps if steps[key]), key=lambda key: steps[key])
    hits = tuple(Hit(key, Field(steps[key][0][0])) for key in fitting[:limit])
    return Found(hits, len(fitting))


@pytest.mark.slow
@given(POSTS, QUERY, LIMIT)
def test_it_finds_what_a_look_at_every_word_finds(posts, query, limit):
    assert SearchIndex(made_of(posts)).find(query, limit=limit) == expected(posts, query, limit)


@pytest.mark.slow
@given(POSTS, st.data())
def test_every_beginning_of_a_name_finds_its_post(posts, data):
    index = SearchIndex(made_of(posts))
    for n, names in enumerate(posts):
        name = data.draw(st.sampled_from([name for field in names for name in field]))
        letters = data.draw(st.integers(1, len(name)))
        assert f"p{n}" in ids(index.find(name[:letters], limit=len(posts)))


@pytest.mark.slow
@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(), st.integers(0, 10))
def test_any_text_is_a_name_and_a_query(text, letters):
    found = SearchIndex(held_by(text)).find(text[:letters])
    assert found.total == bool(folded(text[:letters]))


class TestResolve:
    @pytest.mark.parametrize(
        ("name", "position_id"),
        [
            ("leder-rusmiddelafsnittet", "leder-rusmiddelafsnittet"),
            ("Direktør", "direktoer"),
            ("director", "direktoer"),
            ("mette havemann", "leder-rusmiddelafsnittet"),
            ("Jesper Dahlgaard", "jobcenterchef"),  # the other spelling
        ],
    )
    def test_by_id_title_or_holder(self, aalborg, name, position_id):
        assert resolve_position(aalborg, name) == position_id

    def test_what_fits_several_names_them(self, aalborg):
        with pytest.raises(AmbiguousNameError) as caught:
            resolve_position(aalborg, "Stabschef")
        assert caught.value.candidates == ("stabschef-oekonomi-og-it", "stabschef-ledelse-og-jura")

    def test_what_fits_nothing_names_the_nearest(self, aalborg):
        with pytest.raises(UnknownIdError) as caught:
            resolve_position(aalborg, "Mette Havemand")
        assert caught.value.nearest[0] == "Mette Havemann"
