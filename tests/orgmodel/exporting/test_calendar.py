"""Calendar files keep to the rules of iCalendar (RFC 5545), whatever the texts."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from orgmodel.exporting.calendar import Event, calendar

# A name, its parameters, a value.
LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)", re.DOTALL)
TEXTS = {"SUMMARY", "DESCRIPTION", "X-WR-CALNAME"}
DAY = re.compile(r"\d{8}")
STAMP = date(2026, 1, 15)
# Escaped characters of a text: a backslash, a semicolon, a comma, a line break.
ESCAPED = {r"\\": "\\", r"\;": ";", r"\,": ",", r"\n": "\n"}


def content_lines(content):
    """Unfold a file; every line ends with CR LF and has at most 75 octets."""
    assert content.endswith(b"\r\n")
    lines = content[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    unfolded: list[str] = []
    for line in lines:
        text = line.decode("utf-8")  # a letter is never cut
        if text.startswith(" "):
            unfolded[-1] += text[1:]
        else:
            unfolded.append(text)
    return unfolded


def value_of(name, value):
    if name not in TEXTS:
        return value
    assert re.fullmatch(r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,n])*", value)
    return re.sub(r"\\[\\;,n]", lambda found: ESCAPED[found[0]], value)


def read(content):
    """Read a file strictly: the calendar's own properties, and those of each event."""
    stack: list[str] = []
    own: dict[str, str] = {}
    events: list[dict[str, str]] = []
    for line in content_lines(content):
        found = LINE.fullmatch(line)
        assert found is not None
        name, parameters, raw = found.groups()
        value = value_of(name, raw)
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert stack.pop() == value
        else:
            target = events[-1] if stack[-1] == "VEVENT" else own
            assert name + parameters not in target
            target[name + parameters] = value
    assert stack == []
    assert own["VERSION"] == "2.0"
    assert own["PRODID"]
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"} <= set(event)
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
        assert DAY.fullmatch(event["DTSTART;VALUE=DATE"])
    return own, events


def event(**changes):
    given_values = {"key": "a/b/start-0", "first": date(2026, 3, 1), "last": date(2026, 3, 1)}
    return Event(**{**given_values, "summary": "Start", **changes})


def test_a_day_ends_with_the_day_after_it():
    own, [found] = read(calendar([event(url="https://example.org/x")], name="Mit år", stamp=STAMP))
    assert own["X-WR-CALNAME"] == "Mit år"
    assert found["DTSTAMP"] == "20260115T000000Z"
    assert found["DTSTART;VALUE=DATE"] == "20260301"
    assert found["DTEND;VALUE=DATE"] == "20260302"
    assert found["URL"] == "https://example.org/x"
    assert found["TRANSP"] == "TRANSPARENT"


def test_an_event_keeps_its_uid_when_its_day_and_words_change():
    moved = event(first=date(2026, 4, 1), last=date(2026, 4, 3), summary="Tiltrædelse")
    other = event(key="a/b/meeting-1")
    content = calendar([event(), moved, other], name="", stamp=STAMP)
    first, second, third = (found["UID"] for found in read(content)[1])
    assert first == second != third


def test_the_last_day_of_all_has_no_end():
    _own, [found] = read(calendar([event(last=date.max)], name="", stamp=STAMP))
    assert "DTEND;VALUE=DATE" not in found


def test_no_text_makes_a_line_or_an_event_of_its_own():
    hostile = "x\r\nEND:VEVENT\nBEGIN:VALARM\u2028;,\\n\x00\x1b\ud800"
    content = calendar(
        [event(summary=hostile, url="https://e.org/\r\nX:1")], name=hostile, stamp=STAMP
    )
    _own, [found] = read(content)
    assert found["SUMMARY"] == "x\nEND:VEVENT\nBEGIN:VALARM\n;,\\n"
    assert found["URL"] == "https://e.org/X:1"


@given(st.text(), st.text())
def test_every_text_comes_back_but_for_what_no_file_can_contain(name, summary):
    own, [found] = read(calendar([event(summary=summary)], name=name, stamp=STAMP))
    for given_text, read_text in ((name, own["X-WR-CALNAME"]), (summary, found["SUMMARY"])):
        if given_text.isprintable():
            assert read_text == given_text
