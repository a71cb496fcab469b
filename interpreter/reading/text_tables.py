"""CSV and its kin: text with separators becomes a Grid, with the physical line on which every row begins.

The stdlib reader does the quoting, in its strict mode. A fault of quoting within one line sets that row aside; one that
spans lines has swallowed other rows, so it stops the reading and names the line where the quote was opened.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from interpreter.reading.dataset import Fault, Grid, Line, Note, Place, because, stop
from interpreter.reading.encoding import decode

SEPARATORS = (",", "\t", ";", "|")
_NAMES = {",": ",", "\t": "tab", ";": ";", "|": "|"}


def read_text_table(data: bytes, place: Place, encoding: str = "") -> Grid:
    """The table in the bytes of a .csv, .tsv or .txt file."""
    text, found = decode(data, place, encoding)
    text = text.removeprefix("\ufeff")
    notes = [] if found == "UTF-8" else [Note(because("ZS651", encoding=found), place)]
    if not text.strip(" \t\r\n,;|\0\ufeff"):
        raise stop("ZS605", place)
    if len(data) > 1 and "\n" not in text and text.count("\r") > 1:
        text = text.replace("\r", "\n")
    separator = _separator(text, place, notes)
    lines = _lines(text, separator, place)
    for header_row, cells in lines:
        if isinstance(cells, Fault):
            raise stop("ZS608", Place(place.file, "", header_row))
        if any(cell and cell.strip() for cell in cells if isinstance(cell, str)):
            titles = tuple(cell if isinstance(cell, str) else "" for cell in cells)
            return Grid(place, titles, lines, notes, header_row, comma_groups=separator != ";")
    raise stop("ZS605", place)


def _separator(text: str, place: Place, notes: list[Note]) -> str:
    """The separator that stands most often, outside quotes, on the first line that has any text."""
    first = next(line for line in io.StringIO(text) if line.strip(" \t\r\n,;|\0"))
    bare = "".join(first.split('"')[::2])
    if bare.strip().startswith("sep=") and len(bare.strip()) == 5 and bare.strip()[4] in SEPARATORS:
        found = bare.strip()[4]
    else:
        found = max(SEPARATORS, key=bare.count)
    if found != ",":
        notes.append(Note(because("ZS652", separator=_NAMES[found]), place))
    return found


def _lines(text: str, separator: str, place: Place) -> Iterator[Line]:
    """Rows with the physical line on which each begins; a row that cannot be cut into cells comes as its fault."""
    taken: list[str] = []
    reader = csv.reader(_remembered(text, taken), delimiter=separator, strict=True)
    nul = "\0" in text
    while True:
        start = reader.line_num + 1
        taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield start, _quoting_fault(taken, separator, Place(place.file, "", start), error)
            continue
        if start == 1 and taken[0].strip(' \t\r\n,;|"').startswith("sep="):
            continue
        if nul and any("\0" in cell for cell in cells):
            yield start, Fault("", "".join(taken).rstrip("\r\n"), because("ZS704"))
            continue
        yield start, cells  # type: ignore[misc]


def _remembered(text: str, taken: list[str]) -> Iterator[str]:
    """The lines of the text, each also put into `taken`: what a faulty row looked like."""
    for line in io.StringIO(text, newline=""):
        taken.append(line)
        yield line


def _quoting_fault(taken: list[str], separator: str, place: Place, error: csv.Error) -> Fault:
    """The fault of a row spoilt within its one line; an error where the quote has run over other lines."""
    raw = "".join(taken)
    if len(taken) > 1 or "unexpected end" in str(error):
        raise stop("ZS608", Place(place.file, "", place.row + _opening_line(raw, separator)))
    return Fault("", raw.rstrip("\r\n"), because("ZS707"))


def _opening_line(raw: str, separator: str) -> int:
    """How many lines into `raw` the quote was opened that does not close as it should."""
    line, opened, inside, fresh, at = 0, 0, False, True, 0
    while at < len(raw):
        char = raw[at]
        if inside and char == '"':
            follower = raw[at + 1 : at + 2]
            if follower == '"':
                at += 1
            elif follower and follower not in (separator, "\r", "\n"):
                return opened
            else:
                inside = False
        elif char == '"' and fresh:
            inside, opened = True, line
        fresh = char == separator and not inside
        line += char == "\n"
        at += 1
    return opened
