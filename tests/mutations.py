"""Random mutations of bytes, lines, tables and YAML, reproducible from a seed.

Every mutation takes a random generator and a value; it returns the mutated value and does not
change the original.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    Rows = list[list[str]]

# Texts that programs often mishandle.
PIECES = (
    b"\0", b"\r", b"\n", b"\r\n", b"\n\n\n", b'"', b'""', b'"""', b"'", b",", b";", b"\t", b"|", b" ",
    b"\x1f", b"\x1e", b"\x1a", b"\x85", b"\x7f", b"\xff", b"\xfe\xff", b"\xc3", b"\x80", b"\xf0\x9f",
    b"\xed\xb2\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", codecs.BOM_UTF8, codecs.BOM_UTF16_LE,
    "\u2028".encode(), "\u202e".encode(), "\u200b".encode(), "\ufffd".encode(), "å".encode("cp1252"),
    "🙂".encode(), b"=1+1", b"{", b"}", b"[", b"]", b"%", b"\\", b"0", b"-", b":", b": ", b"- ", b"#",
    b"&a", b"*a", b"!!int ", b"<<: ", b"---\n", b"...\n", b"@", b"`", b"? ", b"|\n", b">-\n",
)  # fmt: skip
TEXTS = (
    "", " ", "\u00a0", "\u200b", "0", "-1", "1", "007", "1.0", "NULL", "null", "~", "#N/A", "XX", "xx",
    "Bo", "Vakant", "vacant", "N/D", "-", "?", "nedlagt", "Eliminated", "Planlagt", "acting",
    "010170-1234", f"bo{'@'}eksempel.dk", "=1+1", "'=1+1", "'", '"', '""', 'a"b', "a\nb", "a\r\nb", "\r",
    "a;b", "a,b", "a\tb", "x" * 400, "æ" * 400, "x " * 6000, "a" + "\u0301\u0316" * 3000, "ﬁ A\u030a ß İ ı", "𝒳🙂", "\u202eab", "\ufffd",
    "\ud7ff\ue000", "\x0b", "\x85", "\u2028", "\x1c", "\x1e", "person:1", "enhed-1", "raekke-2", "junior-2",
    "<b>{0}{x}%s", "{n}", "sep=;", "id", "title", "true", "no", "[x]", "{a: b}", "a: b", "# x", "|", "&a",
)  # fmt: skip
NUMBERS = (
    "0", "1", "00", "-0", "-1", "+1", "1.", ".5", "1,5", "1.5", "1.000", "1,000", "1.000,5", "1,000.5",
    "1 000", "1\u00a0000", "1e3", "1e309", "nan", "inf", "-inf", "0x10", "1_000", "½", "٣", "²", "1/2", "5/0",
    "9" * 15, "9" * 16, "9" * 400, "1000000", "1000001", "2147483648", "4294967296", "9223372036854775808",
    "0.0000001", "0," + "3" * 200, "999999999.9", "1000000001", "44 %", "101 %", "0 %", "30-40", "40-30",
    "ca. 1000", "godt 2000", "knap", "mindst 3", "12 mio. kr.", "900 mia. kr.", "1.5-2", "-5-3", "1–2", "3 kr",
    "1" * 5000 + "/3", "1/" + "3" * 5000, "0," + "4" * 5000 + " %", "1" + " " * 5000 + "2",
)  # fmt: skip
DATES = (
    "2026", "2026-02", "2026-02-30", "2026-13", "2026-00", "0000", "0001-01-01", "9999-12-31", "9999", "10000",
    "2026-2-9", "26-02-09", "09-02-2026", "9. februar 2026", "2026/02/09", "٢٠٢٦", "2026-02-29", "2024-02-29",
    "2026-02-09T12:00", "20260209", "-2026", " 2026", "2026-02-", "1899-12-31",
)  # fmt: skip
CODINGS = ("utf-8-sig", "utf-16", "cp1252", "cp850", "latin-1", "utf-16-le", "utf-32")


# Bytes ------------------------------------------------------------------------------------------


def _some_span(chance: random.Random, size: int) -> tuple[int, int]:
    """Return the ends of a span, mostly a short one."""
    start = chance.randint(0, size)
    return start, min(size, start + int(chance.expovariate(1 / 20)))


def _with_a_piece(chance: random.Random, data: bytes) -> bytes:
    place = chance.randint(0, len(data))
    return data[:place] + chance.choice(PIECES) + data[place:]


def _with_another_byte(chance: random.Random, data: bytes) -> bytes:
    if not data:
        return bytes([chance.randrange(256)])
    place = chance.randrange(len(data))
    return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]


def _with_a_bit_turned(chance: random.Random, data: bytes) -> bytes:
    if not data:
        return data
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]


def _without_a_span(chance: random.Random, data: bytes) -> bytes:
    start, end = _some_span(chance, len(data))
    return data[:start] + data[end:]


def _with_a_span_twice(chance: random.Random, data: bytes) -> bytes:
    start, end = _some_span(chance, len(data))
    place = chance.randint(0, len(data))
    return data[:place] + data[start:end] + data[place:]


def _cut_off(chance: random.Random, data: bytes) -> bytes:
    place = chance.randint(0, len(data))
    return data[:place] if chance.random() < 0.7 else data[place:]


def _with_noise(chance: random.Random, data: bytes) -> bytes:
    place = chance.randint(0, len(data))
    return data[:place] + chance.randbytes(chance.randint(1, 12)) + data[place:]


BYTE_FAULTS: Sequence[Callable[[random.Random, bytes], bytes]] = (
    _with_a_piece, _with_a_piece, _with_another_byte, _with_a_bit_turned, _without_a_span,
    _with_a_span_twice, _cut_off, _with_noise,
)  # fmt: skip


def broken_bytes(chance: random.Random, data: bytes, most: int = 3) -> bytes:
    """Return bytes with up to a given number of mutations."""
    for _ in range(chance.randint(1, most)):
        data = chance.choice(BYTE_FAULTS)(chance, data)
    return data


# Lines ------------------------------------------------------------------------------------------


def _without_a_line(chance: random.Random, lines: list[str]) -> list[str]:
    place = chance.randrange(len(lines))
    return lines[:place] + lines[place + 1 :]


def _with_lines_again(chance: random.Random, lines: list[str]) -> list[str]:
    start = chance.randrange(len(lines))
    again = lines[start : start + chance.randint(1, 12)]
    place = chance.randint(0, len(lines))
    return lines[:place] + again + lines[place:]


def _with_two_lines_exchanged(chance: random.Random, lines: list[str]) -> list[str]:
    found = list(lines)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    found[one], found[other] = found[other], found[one]
    return found


def _with_a_line_elsewhere_indented(chance: random.Random, lines: list[str]) -> list[str]:
    start = chance.randrange(len(lines))
    end = start + chance.randint(1, 8)
    pad = chance.choice((" ", "  ", "    ", "\t", " " * 70))
    if chance.random() < 0.5:
        return [*lines[:start], *(pad + line for line in lines[start:end]), *lines[end:]]
    return [*lines[:start], *(line.removeprefix(pad) for line in lines[start:end]), *lines[end:]]


def _with_a_blank_line(chance: random.Random, lines: list[str]) -> list[str]:
    place = chance.randint(0, len(lines))
    return [*lines[:place], chance.choice(("", " ", "\t", ",,,", ";;", "#")), *lines[place:]]


def _with_lines_joined(chance: random.Random, lines: list[str]) -> list[str]:
    place = chance.randrange(len(lines))
    return [*lines[:place], "".join(lines[place : place + 2]), *lines[place + 2 :]]


LINE_FAULTS: Sequence[Callable[[random.Random, list[str]], list[str]]] = (
    _without_a_line, _with_lines_again, _with_two_lines_exchanged, _with_a_line_elsewhere_indented,
    _with_a_blank_line, _with_lines_joined,
)  # fmt: skip


def broken_lines(chance: random.Random, text: str, most: int = 3) -> str:
    """Return a text with up to a given number of mutated lines."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, most)):
        lines = chance.choice(LINE_FAULTS)(chance, lines) or [""]
    return "\n".join(lines)


# Tables -----------------------------------------------------------------------------------------


def _copied(rows: Rows) -> Rows:
    return [list(row) for row in rows]


def _some_cell(chance: random.Random, rows: Rows) -> tuple[int, int] | None:
    """Return the row and column of a cell below the headings, or None."""
    filled = [n for n, row in enumerate(rows) if n and row]
    if not filled:
        return None
    row = chance.choice(filled)
    return row, chance.randrange(len(rows[row]))


def _with_another_cell(chance: random.Random, rows: Rows) -> Rows:
    found = _copied(rows)
    for _ in range(chance.choice((1, 1, 2, 5))):
        if (place := _some_cell(chance, found)) is not None:
            found[place[0]][place[1]] = chance.choice(chance.choice((TEXTS, NUMBERS, DATES)))
    return found


def _with_a_column_of_one_kind(chance: random.Random, rows: Rows) -> Rows:
    found = _copied(rows)
    if (place := _some_cell(chance, found)) is not None:
        values = chance.choice((NUMBERS, TEXTS, ("",), ("1",), ("0", "1"), DATES))
        for row in found[1:]:
            if len(row) > place[1]:
                row[place[1]] = chance.choice(values)
    return found


def _with_cells_exchanged(chance: random.Random, rows: Rows) -> Rows:
    """Exchange two cells, or copy one: creates cycles, repeated ids and self-references."""
    found = _copied(rows)
    one, other = _some_cell(chance, found), _some_cell(chance, found)
    if one is None or other is None:
        return found
    if chance.random() < 0.5 and len(found[other[0]]) > one[1]:
        other = other[0], one[1]
    value = found[one[0]][one[1]]
    if chance.random() < 0.5:
        found[one[0]][one[1]] = found[other[0]][other[1]]
    found[other[0]][other[1]] = value
    return found


def _with_rows_of_other_widths(chance: random.Random, rows: Rows) -> Rows:
    found = _copied(rows)
    for _ in range(chance.choice((1, 1, 2, 6))):
        row = chance.choice(found)
        if chance.random() < 0.5:
            del row[chance.randint(0, len(row)) :]
        else:
            row += [chance.choice(("", "", "x", " ")) for _ in range(chance.randint(1, 4))]
    return found


def _with_other_rows(chance: random.Random, rows: Rows) -> Rows:
    found = _copied(rows)
    place = chance.randint(1, len(found))
    blank = [chance.choice(("", "", " ", "\u200b")) for _ in found[0]]
    made = chance.choice(
        ([], [""], blank, list(chance.choice(found)), ["I alt", *blank], [*blank, "x"])
    )
    return found[:place] + [made] * chance.choice((1, 1, 2, 30)) + found[place:]


def _with_few_rows(chance: random.Random, rows: Rows) -> Rows:
    kept = chance.sample(rows[1:], min(len(rows) - 1, chance.randint(0, 3)))
    return [list(rows[0]), *(list(row) for row in kept)]


def _with_one_cell_of_a_row(chance: random.Random, rows: Rows) -> Rows:
    """Keep one cell of a row: creates superiors without an id, and ids without a title."""
    found = _copied(rows)
    if (place := _some_cell(chance, found)) is not None:
        row = found[place[0]]
        row[:] = [value if n == place[1] else "" for n, value in enumerate(row)]
    return found


def _with_other_headings(chance: random.Random, rows: Rows) -> Rows:
    found = _copied(rows)
    head = found[0] or [""]
    place = chance.randrange(len(head))
    known = (
        "id", "reports_to", "Titel", "navn", "antal", "fte", "status", "E-mail", "CPR", "x", "", " ", "\n",
    )  # fmt: skip
    head[place] = chance.choice((*known, head[place].upper(), chance.choice(head), *TEXTS[:20]))
    return [head, *found[1:]]


def _with_columns_moved(chance: random.Random, rows: Rows) -> Rows:
    width = max(map(len, rows))
    order = chance.sample(range(width), chance.choice((width, width, max(1, width - 1))))
    if chance.random() < 0.2:
        order.append(chance.choice(order))
    return [[row[n] for n in order if n < len(row)] for row in rows]


def _with_lines_above(chance: random.Random, rows: Rows) -> Rows:
    above = chance.choice((["Oversigt"], ["sep=;"], ["sep=,"], [""], [], rows[0], ["", "", ""]))
    return [above] * chance.choice((1, 1, 2)) + _copied(rows)


TABLE_FAULTS: Sequence[Callable[[random.Random, Rows], Rows]] = (
    _with_another_cell, _with_another_cell, _with_a_column_of_one_kind, _with_cells_exchanged,
    _with_cells_exchanged, _with_rows_of_other_widths, _with_other_rows, _with_few_rows,
    _with_one_cell_of_a_row, _with_other_headings, _with_columns_moved, _with_lines_above,
)  # fmt: skip


def broken_rows(chance: random.Random, rows: Rows, most: int = 4) -> Rows:
    """Return a table, headings first, with up to a given number of mutations."""
    for _ in range(chance.randint(1, most)):
        rows = chance.choice(TABLE_FAULTS)(chance, rows)
    return rows


def written_rows(chance: random.Random, rows: Rows) -> bytes:
    """Return a table as a file with random delimiters, quotes, line endings and encoding."""
    file = io.StringIO(newline="")
    writer = csv.writer(
        file,
        delimiter=chance.choice((*",,,;;;\t\t|",)),
        quoting=chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
        doublequote=chance.random() < 0.95,
        escapechar="\\",
        lineterminator=chance.choice(("\n", "\n", "\r\n", "\r\n", "\r", "\n\r")),
    )
    writer.writerows(rows)
    text = file.getvalue()
    if chance.random() < 0.2:
        text = text.rstrip("\r\n")
    return encoded(chance, text)


def encoded(chance: random.Random, text: str) -> bytes:
    """Return a text in a random encoding, mostly UTF-8; unsupported characters are lost."""
    coding = "utf-8" if chance.random() < 0.7 else chance.choice(CODINGS)
    return text.encode(coding, "replace")


# YAML -------------------------------------------------------------------------------------------

_PAIR = re.compile(r"^(?P<start>[ -]*)(?P<key>[\w-]+):(?: +(?P<value>\S.*))?$")
_ANY_PAIR = re.compile(r"(?P<key>[\w-]+): +(?P<value>[^\s,{}\[\]'\"|>][^,{}\[\]]*)")
_DATED = ("from", "to", "as_of", "date", "end")
_COUNTED = (
    "employees", "fte", "budget", "value", "upper", "share", "seats", "count", "size",
)  # fmt: skip
_OTHERS = (
    "id", "name", "kind", "title", "of", "or", "basis", "reason", "precision", "reports_to", "leader",
    "holder", "person", "also", "cite", "acting", "complete", "status", "political", "is_leader", "note",
    "seats_at_least", "line_lost", "stated", "without_leaders", "members", "role", "part_of", "unit", "position", "levels", "about",
)  # fmt: skip
_WORD = re.compile(r"[\w-]+")
# Values with another meaning in YAML, or none.
_WRITTEN = (
    "{}", "'{}'", '"{}"', "[{}]", "[{0}, {0}]", "{{da: {}}}", "{{value: {}}}", "{{value: {0}, cite: {0}}}",
    "!!str {}", "&a {}", "*{}", "|\n  {}", "{} # {}", "- {}", "{}: {}", "{{{0}: {0}, {0}: {0}}}",
    '"\\u202e{}"', '"\\0{}"', '"\\ud800{}"', '"\\U00110000{}"', '"\\x{}"', "? {}", "<<: {}", "{}\t", "%YAML {}",
)  # fmt: skip
# The start of a value that is more than a word.
_OPENS = ("'", '"', "[", "{", "|", ">")
_NEST = ("[", "{a: ", "- ", "? ", "[{a: ")


def _pairs(lines: list[str]) -> list[tuple[int, re.Match[str]]]:
    """Return the lines with a key and a value, with their parts."""
    return [(n, found) for n, line in enumerate(lines) if (found := _PAIR.match(line))]


def _some_value(chance: random.Random, lines: list[str]) -> str:
    """Return a value, in half of the cases one from the file."""
    if chance.random() < 0.5 and (pairs := _pairs(lines)):
        _n, found = chance.choice(pairs)
        return found["value"] or found["key"]
    return chance.choice(chance.choice((TEXTS, NUMBERS, DATES)))


def _in_quotes(value: str) -> str:
    return value if value[:1] in _OPENS else "'" + value.replace("'", "''") + "'"


def _with_another_value(chance: random.Random, lines: list[str]) -> list[str]:
    found = list(lines)
    for _ in range(chance.choice((1, 1, 2, 5))):
        if pairs := _pairs(found):
            n, pair = chance.choice(pairs)
            value = _some_value(chance, found)
            if chance.random() < 0.6:
                value = _in_quotes(value)
            else:
                value = chance.choice(_WRITTEN).format(value, value)
            found[n] = f"{pair['start']}{pair['key']}: {value}"
    return found


def _with_another_value_of_its_kind(chance: random.Random, lines: list[str]) -> list[str]:
    """Replace a date by another date, or a number by another number, also inside braces."""
    found = list(lines)
    for _ in range(chance.choice((1, 2, 4))):
        kinds = chance.choice(((_DATED, DATES), (_COUNTED, NUMBERS)))
        places = [
            (n, one)
            for n, line in enumerate(found)
            for one in _ANY_PAIR.finditer(line)
            if one["key"] in kinds[0]
        ]
        if places:
            n, old = chance.choice(places)
            start, end = old.span("value")
            found[n] = found[n][:start] + _in_quotes(chance.choice(kinds[1])) + found[n][end:]
    return found


def _with_a_key_more(chance: random.Random, lines: list[str]) -> list[str]:
    found = list(lines)
    for _ in range(chance.choice((1, 1, 3))):
        if pairs := _pairs(found):
            n, pair = chance.choice(pairs)
            key = chance.choice((*_DATED, *_COUNTED, *_OTHERS))
            values = DATES if key in _DATED else NUMBERS if key in _COUNTED else (None,)
            value = chance.choice(values) or _some_value(chance, found)
            if chance.random() < 0.3:
                value = _some_value(chance, found)
            start = pair["start"].replace("-", " ")
            found.insert(n + 1, f"{start}{key}: {_in_quotes(value)}")
    return found


def _with_another_key(chance: random.Random, lines: list[str]) -> list[str]:
    found, pairs = list(lines), _pairs(lines)
    if pairs:
        n, pair = chance.choice(pairs)
        other = chance.choice(pairs)[1]["key"] if chance.random() < 0.8 else chance.choice(TEXTS)
        found[n] = f"{pair['start']}{other}: {pair['value'] or ''}"
    return found


def _with_another_word(chance: random.Random, lines: list[str]) -> list[str]:
    """Replace a word by another word of the file: breaks references and creates cycles."""
    found = list(lines)
    for _ in range(chance.choice((1, 2, 4))):
        places = [(n, one) for n, line in enumerate(found) for one in _WORD.finditer(line)]
        if places:
            n, old = chance.choice(places)
            new = chance.choice(places)[1].group()
            found[n] = found[n][: old.start()] + new + found[n][old.end() :]
    return found


def _with_keys_exchanged(chance: random.Random, lines: list[str]) -> list[str]:
    found, pairs = list(lines), _pairs(lines)
    if pairs:
        (one, first), (other, second) = chance.choice(pairs), chance.choice(pairs)
        found[one] = f"{first['start']}{first['key']}: {second['value'] or ''}"
        found[other] = f"{second['start']}{second['key']}: {first['value'] or ''}"
    return found


def _with_a_deep_nest(chance: random.Random, lines: list[str]) -> list[str]:
    found, pairs = list(lines), _pairs(lines)
    if pairs:
        n, pair = chance.choice(pairs)
        nest = chance.choice(_NEST) * chance.choice((3, 63, 64, 65, 3000))
        found[n] = f"{pair['start']}{pair['key']}: {nest}{pair['value'] or ''}"
    return found


def _with_many_of_a_line(chance: random.Random, lines: list[str]) -> list[str]:
    place = chance.randrange(len(lines))
    return lines[:place] + [lines[place]] * chance.choice((3, 300)) + lines[place:]


YAML_FAULTS: Sequence[Callable[[random.Random, list[str]], list[str]]] = (
    *(_with_another_value,) * 6, *(_with_another_value_of_its_kind,) * 10, *(_with_a_key_more,) * 10,
    *(_with_another_key,) * 4, *(_with_another_word,) * 10,
    *(_with_keys_exchanged,) * 4, _with_a_deep_nest, _with_many_of_a_line, *LINE_FAULTS,
)  # fmt: skip


def broken_yaml(chance: random.Random, text: str, most: int = 3) -> str:
    """Return a YAML text with up to a given number of mutations."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, most)):
        lines = chance.choice(YAML_FAULTS)(chance, lines) or [""]
    return "\n".join(lines)
