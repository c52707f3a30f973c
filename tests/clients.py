"""Clients of an explorer over given files, and what its answers say."""

import csv
import html
import io
import re

import openpyxl

from tests.builders import write
from tests.conftest import DATA
from webui import create_app

OWN = {"Sec-Fetch-Site": "same-origin"}


def over(*paths, **config):
    """A client of an explorer over files and folders, with further settings."""
    return create_app({"DATA_PATHS": paths, **config}).test_client()


def over_body(folder, body, **config):
    """A client over the organisation `test`, whose file is written in this folder and ends in `body`."""
    return over(write(folder, body), **config)


def over_silkeborg(**config):
    """A client over one shipped file alone, which is quickly read."""
    return over(DATA / "silkeborg.yaml", **config)


def asked(address, query):
    """An address with a query after the one that it may have."""
    return f"{address}{'&' if '?' in address else '?'}{query}"


def text(client, address, status=200):
    """The text of an answer, with letters for their codes."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return html.unescape(answer.get_data(as_text=True))


def visible(content):
    """What a reader can see or hear: no scripts, no tags, one space between words."""
    content = re.sub(
        r"<script.*?</script>|<span class=\"term-tip\".*?</span>", " ", content, flags=re.DOTALL
    )
    return " ".join(re.sub(r"<[^>]+>", " ", content).split())


def seen(client, address, status=200):
    """What a reader can see or hear of a page."""
    return visible(text(client, address, status))


def data(client, address):
    """What an answer of JSON holds."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_json()


def rows_of_csv(client, address):
    """The rows of a CSV file by the names of its columns."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    content = answer.get_data(as_text=True)
    assert content.startswith("\ufeff")
    delimiter = "," if "lang=en" in address else ";"
    return list(csv.DictReader(io.StringIO(content[1:]), delimiter=delimiter))


def sheets(content):
    """The rows of each sheet of a workbook, by its name."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def links(content, words=""):
    """Where the links go whose text begins with these words."""
    return re.findall(rf'<a [^>]*href="([^"]*)"[^>]*>{words}', content)


def whole(pattern, content, flags=0):
    """The first piece of a text that fits a pattern, which there must be."""
    match = re.search(pattern, content, flags)
    assert match is not None, pattern
    return match.group()


def found_in(pattern, content):
    """What the brackets of a pattern hold where it first fits."""
    return re.findall(pattern, content)[0]


def missing(words, content):
    """Those of some words that a text lacks."""
    return [one for one in words if one not in content]


def names_of(organisation):
    """Every spelling of every person's name."""
    return {
        spelling
        for person in organisation.people.values()
        for spelling in (person.name, *(alias.name for alias in person.aliases))
    }
