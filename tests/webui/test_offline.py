"""The chart in one HTML file: what it holds, what it may do, how large it is, and its one script."""

import base64
import hashlib
import json
import re
import zlib
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

from orgmodel import Organisation, load
from orgmodel.analysis.spans.facets import Property
from orgmodel.drawing.exhibits import exhibit
from orgmodel.drawing.selection import Opening
from orgmodel.drawing.views import Cut, DrawingContext, View
from orgmodel.model.anonymity import without_names
from tests.benchmarks._synthetic import organisation_of, write_organisation
from tests.builders import forests, tree, units
from tests.effort import works_at_most
from tests.series import series
from webui.offline import page
from webui.offline import states as states_module
from webui.offline.inlining import bundle, script_data
from webui.offline.page import offline_page
from webui.offline.states import Part, states

OFFLINE = Path(page.__file__).parent


def shown(data, view=None, language="da"):
    return exhibit(DrawingContext(data), view or View(), language)


class Reader(HTMLParser):
    """What a browser finds in a page: its elements, and the text of scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.raw = []
        self.words = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag in {"script", "style"}:
            self.raw.append((tag, dict(attrs), ""))

    def handle_data(self, data):
        if self.cdata_elem:
            tag, attrs, text = self.raw.pop()
            self.raw.append((tag, attrs, text + data))
        else:
            self.words.append(data)

    @property
    def policy(self):
        (found,) = [
            attrs["content"]
            for tag, attrs in self.elements
            if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
        ]
        parts = (part.strip().split(" ") for part in found.split(";"))
        return {name: values for name, *values in parts}

    @property
    def data(self):
        (text,) = [text for _tag, attrs, text in self.raw if attrs.get("id") == "page-data"]
        return json.loads(text)

    @property
    def answers(self):
        return json.loads(zlib.decompress(base64.b64decode(self.data["answers"])))


@pytest.fixture(scope="module")
def aalborg_page(shipped):
    return offline_page(shown(shipped["aalborg"]))


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic")
    return {
        size: load(write_organisation(organisation_of(size), f"synthetic-{size}", folder))
        for size in (200, 2_000)
    }


class TestTheFile:
    def test_it_names_no_address_that_a_browser_would_fetch(self, aalborg_page):
        reader = Reader(aalborg_page)
        fetching = {"src", "srcset", "poster", "data", "action", "formaction", "background"}
        for tag, attrs in reader.elements:
            assert not fetching & attrs.keys(), tag
            if tag == "link":
                assert attrs["href"].startswith("data:")
        (style,) = [text for tag, _attrs, text in reader.raw if tag == "style"]
        assert "@import" not in style
        addresses = re.findall(r"url\(([^)]{0,40})", style)
        assert len(addresses) == 2
        assert all(one.startswith('"data:font/woff2;base64,') for one in addresses)

    def test_its_policy_lets_run_what_is_in_it_and_fetch_nothing(self, aalborg_page):
        reader = Reader(aalborg_page)
        hashes: dict[str, set[str]] = {"script": set(), "style": set()}
        for tag, attrs, text in reader.raw:
            if attrs.get("type") != "application/json":
                digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
                hashes[tag].add(f"'sha256-{digest}'")
        policy = reader.policy
        assert set(policy.pop("script-src")) == hashes["script"]
        assert set(policy.pop("style-src")) == hashes["style"]
        assert len(hashes["script"]) == 3
        assert policy == {
            "default-src": ["'none'"],
            "font-src": ["data:"],
            "img-src": ["data:"],
            "base-uri": ["'none'"],
            "form-action": ["'none'"],
            "require-trusted-types-for": ["'script'"],
            "trusted-types": ["'none'"],
        }

    def test_no_element_has_a_style_or_a_script_of_its_own(self, aalborg_page):
        for tag, attrs in Reader(aalborg_page).elements:
            assert not [name for name in attrs if name == "style" or name.startswith("on")], tag

    def test_it_says_of_when_it_is_and_where_from(self, shipped):
        text = offline_page(shown(shipped["aalborg"], language="en"))
        words = " ".join(Reader(text).words)
        assert '<html lang="en">' in text
        assert "Data as of 9 February 2026" in words
        assert "This file is a copy with data as of 9 February 2026. It does not change." in words
        assert "Sources: Job profiles for two heads of department in Job og Social" in words

    def test_it_is_in_danish_where_the_exhibit_is(self, aalborg_page):
        words = " ".join(Reader(aalborg_page).words)
        assert '<html lang="da">' in aalborg_page
        assert "Oplysninger pr. 9. februar 2026" in words
        assert Reader(aalborg_page).data["texts"]["reports"] == "Refererer direkte hertil"

    def test_without_script_it_holds_the_list_and_the_picture(self, aalborg_page, shipped):
        reader = Reader(aalborg_page)
        rows = [attrs for _tag, attrs in reader.elements if attrs.get("class") == "tree-row"]
        assert len(rows) == len(shipped["aalborg"].positions) == 22
        for tag in ("ul", "li"):
            assert len(re.findall(rf"<{tag}\b", aalborg_page)) == aalborg_page.count(f"</{tag}>")
        assert "Voksensocialafdelingen" in "".join(reader.words)
        assert [tag for tag, attrs in reader.elements if attrs.get("role") == "img"] == ["svg"]

    def test_names_that_are_left_out_are_nowhere_in_it(self, aalborg, aalborg_page):
        nameless = Organisation(without_names(aalborg.record), aalborg.day)
        text = offline_page(shown(nameless))
        names = [one.name for one in aalborg.people.values()]
        assert len(names) > 5
        assert all(name in aalborg_page for name in names if name != "…")
        inside = text + json.dumps(Reader(text).answers, ensure_ascii=False)
        assert [name for name in names if name in inside] == []

    def test_what_is_written_in_names_stays_text(self):
        hostile = """</script><script>alert(1)</script><!-- {{ 7*7 }} ${1} & "'"""
        data = units(
            f"""
            - id: unit
              name: {json.dumps(hostile, ensure_ascii=False)}
              kind: enhed
              leader: {{id: chief, title: "<b onclick='x'>", holder: "<img src=x onerror=alert(2)>"}}
            """
        )
        text = offline_page(shown(data))
        reader = Reader(text)
        assert [tag for tag, _attrs in reader.elements if tag in {"img", "b"}] == []
        assert len([tag for tag, _attrs, _text in reader.raw if tag == "script"]) == 4
        assert hostile in [entry["unit"] for entry in reader.answers["entries"]]
        (raw,) = [text for _tag, attrs, text in reader.raw if attrs.get("id") == "page-data"]
        assert not set(raw) & set("<>&")

    def test_what_would_end_a_line_of_script_is_escaped_too(self):
        text = json.dumps("a\u2028b\u2029</script>&", ensure_ascii=False)
        escaped = script_data(text)
        assert escaped.isascii()
        assert "</" not in escaped
        assert json.loads(escaped) == json.loads(text)

    def test_eastern_letters_bring_their_font(self, aalborg_page):
        data = units(
            """
            - id: unit
              name: Unit
              kind: enhed
              leader: {id: chief, title: Chef, holder: Łukasz Dvořák}
            """
        )
        assert aalborg_page.count("data:font/woff2") == 2
        assert offline_page(shown(data)).count("data:font/woff2") == 4

    @pytest.mark.slow
    @pytest.mark.parametrize("size", [200, 2_000])
    def test_its_own_part_stays_small_and_is_made_quickly(self, synthetic, size):
        data = shown(synthetic[size])
        with works_at_most(20):
            text = offline_page(data)
        reader = Reader(text)
        others = sum(
            len(raw.encode()) for _tag, attrs, raw in reader.raw if attrs.get("id") != "page-data"
        )
        assert len(text.encode()) - others < {200: 200_000, 2_000: 1_400_000}[size]

    @pytest.mark.slow
    def test_a_very_large_chart_has_a_picture_of_its_first_branch(self, synthetic):
        text = offline_page(shown(synthetic[2_000], View(Cut.BRANCH)))
        assert re.search(r'<noscript><svg [^>]*aria-label="[^"]*: 8 kort', text)
        assert len(Reader(text).answers["states"][0]["cards"]) == 2_000

    def test_scripts_say_only_what_the_page_hands_them(self, shipped):
        handed = set(Reader(offline_page(shown(shipped["aalborg"]))).data["texts"])
        bundled = bundle(OFFLINE / "offline.js")
        used = set(
            re.findall(r"(?<!styles\.)\btexts\.(?!map\b|flatMap\b|length\b|join\b)(\w+)", bundled)
        )
        assert used | {"tooLong", "still", "online"} == handed  # which only a server leads to
        scripts = [path.read_text(encoding="utf-8") for path in OFFLINE.glob("*.js")]
        spoken = [
            one for text in scripts for one in re.findall(r'"[A-ZÆØÅ][a-zæøå]+ [^"]*"', text)
        ]
        assert spoken == []


class TestThePart:
    def test_opened_branches_bring_all_that_can_be_opened(self, aalborg):
        assert set(Part(shown(aalborg)).parents) == set(aalborg.positions)

    def test_a_chain_brings_itself(self, aalborg):
        view = View(Cut.CHAIN, entries=("chef-voksensocial",))
        chain = {"raadmand", "direktoer", "chef-voksensocial"}
        assert set(Part(shown(aalborg, view)).parents) == chain
        text = offline_page(shown(aalborg, view, "en"))
        assert "The file holds 3 of 25 posts" in text
        assert "Charlotte Bang Mathiasen" not in text

    def test_a_branch_of_a_few_layers_brings_those(self, aalborg):
        view = View(Cut.BRANCH, entries=("direktoer",), depth=1)
        part = Part(shown(aalborg, view))
        assert part.children(None) == ["direktoer"]
        assert len(part.parents) == 1 + len(aalborg.reports["direktoer"])

    def test_a_filter_brings_what_fits_and_what_stands_over_it(self, aalborg):
        part = Part(shown(aalborg, View(filters={Property.STATUS: ("vacant",)})))
        assert part.contexts == {"raadmand", "direktoer"}
        assert set(part.parents) == {*part.contexts, "chef-voksensocial", "chef-boern-og-familie"}

    def test_units_are_taken_along_as_posts_are(self, aalborg):
        part = Part(shown(aalborg, View(units=True)))
        assert set(part.parents) == set(aalborg.units)

    def test_upper_layers_come_first_and_the_page_says_what_is_left_out(self, monkeypatch):
        monkeypatch.setattr(states_module, "MOST_ENTRIES", 70)
        edges = {"top": None, **{f"a{n}": "top" for n in range(8)}}
        edges |= {f"b{n}": f"a{n % 8}" for n in range(80)}
        data = tree(edges)
        part = Part(shown(data))
        assert len(part.parents) == 70
        assert {"top", *(f"a{n}" for n in range(8))} <= set(part.parents)
        assert part.left_out("top") == 0
        assert sum(part.left_out(f"a{n}") for n in range(8)) == 19
        assert "The file holds 70 of 89 posts" in offline_page(shown(data, language="en"))


class TestStates:
    @pytest.mark.slow
    @series(sample=30, full=1_000)
    @given(forests())
    def test_each_leader_has_the_state_in_which_its_branch_alone_is_open(self, edges):
        data = shown(tree(edges))
        part = Part(data)
        found = states(data, part)
        leaders = {parent for parent in edges.values() if parent is not None}
        assert {one.leader for one in found[2:]} == leaders
        assert len(found) == 2 + len(leaders)
        for state in found[1:]:
            path = set(part.path(state.leader))
            for one in state.chart.cards:
                assert one.shown.is_open == (one.card.id in path)
                assert one.shown.parent_id is None or one.shown.parent_id in path
            ids = {one.card.id for one in state.chart.cards}
            assert ids == {
                one for one, parent in edges.items() if parent is None or parent in path
            }

    @series(sample=30, full=1_000)
    @given(forests())
    def test_wide_families_and_long_chains_lose_nobody_that_the_page_counts(self, edges):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(states_module, "WIDE", 2)
            patch.setattr(states_module, "MOST_PLACES", 60)
            data = shown(tree(edges))
            part = Part(data)
            found = states(data, part)
        placed = {
            one.card.id for state in found for one in state.chart.cards if not one.shown.more
        }
        assert placed == set(part.parents)
        for state in found[1:]:
            told = sum(one.shown.more for one in state.chart.cards)
            families = {one.shown.parent_id for one in state.chart.cards}
            there = [one for one in state.chart.cards if not one.shown.more]
            whole = sum(1 for parent in edges.values() if parent in families)
            assert told + len(there) == whole

    def test_cards_stand_after_the_one_above(self, aalborg):
        data = shown(aalborg)
        for state in states(data, Part(data)):
            seen: set[str | None] = {None}
            for one in state.chart.cards:
                assert one.shown.parent_id in seen
                seen.add(one.card.id)

    def test_the_page_counts_what_is_folded_away(self, aalborg):
        whole = shown(aalborg, View(opening=Opening(layers=9)), "en")
        found = Reader(offline_page(whole)).answers["states"]
        assert found[0]["hidden_words"] == "All posts in the file are shown"
        assert found[1]["hidden_words"] == "23 posts are folded away"  # all but two, of 25 seats


class TestTheList:
    @series(sample=30, full=1_000)
    @given(forests())
    def test_everybody_stands_after_the_one_above_in_the_layer_below_it(self, edges):
        part = Part(shown(tree(edges)))
        order = [*part.in_order()]
        assert sorted(entry for entry, _layer in order) == sorted(edges)
        layers = dict(order)
        for entry, layer in order:
            parent = edges[entry]
            assert layer == (0 if parent is None else layers[parent] + 1)
        assert all(after <= layer + 1 for (_a, layer), (_b, after) in pairwise(order))


class TestBundle:
    def write(self, folder, **modules):
        for name, text in modules.items():
            (folder / f"{name}.js").write_text(text, encoding="utf-8")
        return folder / "main.js"

    def test_modules_come_before_those_that_import_them_and_only_once(self, tmp_path):
        entry = self.write(
            tmp_path,
            main='import { one } from "./a.js";\nimport {\n  two as deux,\n} from "./b.js";\nimport "./a.js";\n',
            a="export const one = 1;\n",
            b='import { one } from "./a.js";\nexport function two() { return one + one; }\n',
        )
        text = bundle(entry)
        assert text.startswith('"use strict";')
        assert text.count("const one = 1;") == 1
        assert text.index("const one = 1;") < text.index("function two") < text.index("two: deux")
        assert not re.search(r"^(import|export)", text, re.MULTILINE)

    @pytest.mark.parametrize(
        "text",
        [
            "export default class {}\n",
            "export let count = 0;\n",
            "export { one };\n",
            'export * from "./a.js";\n',
            'import * as all from "./a.js";\n',
            'import a from "./a.js";\n',
            'import { one } from "elsewhere";\n',
            'const a = import("./a.js");\n',
            "console.log(import.meta.url);\n",
            "await fetch('x');\n",
            "const one = await fetch('x');\n",
        ],
    )
    def test_what_it_does_not_know_is_an_error(self, tmp_path, text):
        entry = self.write(tmp_path, main=text, a="export const one = 1;\n")
        with pytest.raises(ValueError, match="cannot be put into one script"):
            bundle(entry)

    def test_a_name_that_is_not_exported_is_an_error(self, tmp_path):
        entry = self.write(tmp_path, main='import { two } from "./a.js";\n', a="const two = 2;\n")
        with pytest.raises(ValueError, match="two: imported, but not exported"):
            bundle(entry)

    def test_a_circle_is_an_error(self, tmp_path):
        entry = self.write(tmp_path, main='import "./a.js";\n', a='import "./main.js";\n')
        with pytest.raises(ValueError, match="imports itself"):
            bundle(entry)
