"""A chain of 3,000 posts: what is shown of it has a bounded size, and says what is left out."""

import re

import pytest

from tests.builders import body, unit
from tests.clients import data, over_body, seen, text

LONG = 3000
LAST = f"p{LONG - 1}"
DEEP = "p199"  # the deepest post that a chart opens down to


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    posts = [
        {"id": f"p{n}", "title": f"Leder {n}"} | ({"reports_to": f"p{n - 1}"} if n else {})
        for n in range(LONG)
    ]
    return over_body(tmp_path_factory.mktemp("long"), body(unit("u", positions=posts)))


@pytest.mark.parametrize(
    ("address", "most_kb"),
    [
        ("/test/", 500),
        (f"/test/?select={DEEP}", 900),
        (f"/test/?select={LAST}", 500),
        (f"/test/chain/{LAST}", 200),
        (f"/test/focus/{LAST}", 200),
        (f"/test/between?first=p0&second={LAST}", 200),
        (f"/test/positions/{LAST}", 200),
        (f"/test/positions/{LAST}/panel.json", 100),
        (f"/test/new/{LAST}/1", 200),
        (f"/test/new/{LAST}/all", 400),
    ],
)
def test_a_page_stays_small(client, address, most_kb):
    assert len(client.get(address).data) < most_kb * 1000


@pytest.mark.parametrize(
    "address", [f"/test/chain/{LAST}", f"/test/positions/{LAST}", f"/test/new/{LAST}/2"]
)
def test_both_ends_of_the_chain_are_listed_and_the_gap_is_counted(client, address):
    content = seen(client, address)
    for words in ("Leder 2999", "Leder 2960", "2.940 stillinger imellem", "Leder 19", "Leder 0"):
        assert words in content
    assert "Leder 2000" not in content


def test_the_number_of_steps_is_that_of_the_whole_chain(client):
    assert "2.999 trin til toppen" in seen(client, f"/test/chain/{LAST}")
    assert "Fra dig til toppen er der 2.999 trin" in seen(client, f"/test/new/{LAST}/2")


def test_between_two_posts_too(client):
    content = seen(client, f"/test/between?first={LAST}&second=p0")
    assert "2.940 stillinger imellem" in content
    assert "2.999 trin over" in content


def test_the_panel_tells_the_gap_at_the_post_above_it(client):
    lists = data(client, f"/test/positions/{LAST}/panel.json")["lists"]
    (items,) = (one["items"] for one in lists if one["is_ordered"])
    assert len(items) == 60
    at = next(i for i, item in enumerate(items) if item["note"])
    assert items[at]["note"] == "2.940 stillinger imellem"
    assert items[at]["line"] is None
    assert [items[i]["link"]["id"] for i in (at - 1, at)] == ["p2960", "p19"]


def test_a_shorter_chain_is_listed_whole(client):
    content = seen(client, "/test/chain/p59")
    assert "imellem" not in content
    assert all(f"Leder {n}" in content for n in range(60))


def test_a_chart_opens_down_to_a_deep_post_with_short_links(client):
    content = text(client, f"/test/?select={DEEP}")
    assert f'data-id="{DEEP}"' in content
    links = re.findall(r'class="tree-toggle" href="([^"]*)"', content)
    assert len(links) > 190
    assert max(map(len, links)) < 100
    # Folding a post above the selected one folds it, and keeps those above it open.
    link = next(one for one in links if re.search(r"closed=p100(&|$)", one))
    folded = text(client, link.replace("&amp;", "&"))
    assert 'data-id="p100"' in folded
    assert 'data-id="p101"' not in folded
