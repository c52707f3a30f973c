"""Finding posts, however the Danish letters are typed."""

import pytest

from orgmodel import AmbiguousNameError, SearchIndex, UnknownIdError, resolve_position
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
    return [hit.position_id for hit in SearchIndex(units(BODY)).find(query)]


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
        ("ældre vagt", ["vagt"]),
        ("agt", []),  # words are found from their beginning
        ("", []),
        ("</script>", []),
    ],
)
def test_hits(query, hits):
    assert find(query) == hits


def test_holders_come_before_titles_and_titles_before_units():
    data = units("""
        - id: berg
          name: Berg
          kind: k
          leader: {id: l, title: L}
          positions: [{id: p, title: Berg}, {id: q, title: Q, holder: Bo Berg}]
    """)
    assert [hit.position_id for hit in SearchIndex(data).find("berg")] == ["q", "p", "l"]


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
