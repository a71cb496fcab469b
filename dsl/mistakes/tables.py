"""Tables: bars that are missing, cells that are empty, tests written as in a condition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dsl.mistakes.spot import CITES, Edit, Slip, Spot, code

DELETED = "ZS148"
"""The code of a line that has no corrected form: it goes."""

_NUMBER = r"\d+(?:\.\d+)?\s*(?:%|[^\W\d]{0,4})"
_ROW = re.compile(r"\s*(?:(?:改|增|删|change|insert|remove)\s*)?\|")
_CELL_TESTS = (
    (rf"(?:≥|>=|不少于|不低于|不小于|大于等于|大于或等于|at least|no less than)\s*({_NUMBER})", "{0} {GEW}"),
    (rf"(?:≤|<=|不大于|不高于|不多于|小于等于|小于或等于|不超过|at most|no more than)\s*({_NUMBER})", "{0} {LEW}"),
    (rf"(?:>|大于|高于|多于|over|above|greater than)\s*({_NUMBER})", "{GTW} {0}"),
    (rf"(?:<|小于|低于|少于|不足|under|below)\s*({_NUMBER})", "{LTW} {0}"),
    (rf"({_NUMBER}?)\s*(?:及以上|\+|and above|and over|or above|and more)", "{0} {GEW}"),
    (rf"({_NUMBER}?)\s*(?:及以下|以内|and below|and under|or below)", "{0} {LEW}"),
)  # fmt: skip


def row(spot: Spot) -> bool:
    """Whether the line is, or should be, a row of a table."""
    return _ROW.match(spot.plain) is not None


def ruler(spot: Spot) -> Iterator[Slip]:
    """`|---|---|` from another notation."""
    if row(spot) and re.fullmatch(r"[\s|:\-+=]+", spot.plain) and "-" in spot.plain:
        yield Slip(DELETED, len(spot.indent), len(code(spot.plain)), sure=True)


def remark_in_row(spot: Spot) -> Iterator[Slip]:
    """`| 90 以上 # 含 90 || 优秀 |`: what follows `#` is a remark up to the end of the line."""
    sign = len(code(spot.plain))
    at = spot.plain.find("#", sign)
    bar = spot.plain.find("|", at)
    if row(spot) and at >= 0 and bar >= 0:
        remark = spot.line[at:bar].strip()
        end = len(spot.plain.rstrip())
        yield Slip("ZS162", at, end, (Edit(sign, bar, " "), Edit(end, end, f"  {remark}")), {"remark": remark})


def empty_cell(spot: Spot) -> Iterator[Slip]:
    """A cell with nothing, or only a dash, in it."""
    if not row(spot):
        return
    for found in re.finditer(r"(?:(?<=\|)|(?<=^))\s*(-+|—+|÷|)\s*(?=\|)", spot.plain):
        inputs = "||" in spot.plain[found.end() :] and found.start() > len(spot.indent)
        if found.start() <= len(spot.indent) or (
            spot.plain[found.start() : found.end()] == ""
            and spot.plain[found.start() - 2 : found.end() + 1].count("||")
        ):
            continue
        word = _above(spot, found.start()) if inputs else ""
        word = word or spot.place.word("ANY" if inputs else "NONE")
        yield Slip(
            "ZS149",
            found.start(),
            max(found.end(), found.start() + 1),
            (Edit(*found.span(), f" {word} "),),
            {"any": word},
        )


def _above(spot: Spot, at: int) -> str:
    """What the row above has in the column in which a blank cell stands; empty where it is the first, or blank too.

    A blank below a value means "as above", as in a table whose cells are joined.
    """
    rows = [line for line in spot.place.before.splitlines() if row_of(line) is not None]
    cells = row_of(rows[-1]) if len(rows) > 1 else None
    column = spot.plain[:at].replace("||", "|").count("|") - 1
    if cells is None or not 0 <= column < len(cells):
        return ""
    return cells[column] if column == 0 or _joined_left(spot, column) else ""


def _joined_left(spot: Spot, column: int) -> bool:
    """Whether all columns further left are blank as well, so that the row goes on with the one above."""
    cells = row_of(spot.plain) or []
    return not any(cells[:column])


def row_of(line: str) -> list[str] | None:
    """The cells of a row, None if the line is none."""
    plain = CITES.sub("", code(line)).strip()
    return [cell.strip() for cell in plain.strip("|").replace("||", "|").split("|")] if plain[:1] == "|" else None


def tabs_in_row(spot: Spot) -> Iterator[Slip]:
    """`| 乡镇⇥客户经理⇥600 元 |`: a row pasted from a spreadsheet between two bars."""
    plain = code(spot.plain)
    if not row(spot) or "\t" not in plain.strip() or "||" in plain:
        return
    start = plain.index("|") + 1
    end = plain.rindex("|") if plain.rstrip().endswith("|") and plain.rindex("|") >= start else len(plain)
    cuts = list(re.finditer(r"\s*\t\s*", spot.plain[start:end].strip()))
    lead = len(spot.plain[start:end]) - len(spot.plain[start:end].lstrip())
    edits = tuple(
        Edit(start + lead + m.start(), start + lead + m.end(), " || " if m is cuts[-1] else " | ") for m in cuts
    )
    closing = () if end < len(plain) else (Edit(len(plain), len(plain), " |"),)
    yield Slip("ZS147", start, end, (*edits, *closing))


def no_double_bar(spot: Spot) -> Iterator[Slip]:
    """A pasted table without the mark between conditions and results."""
    if not row(spot) or "||" in spot.plain:
        return
    bars = [m.start() for m in re.finditer(r"\|", code(spot.plain))]
    closed = code(spot.plain).endswith("|")
    inner = bars[1:-1] if closed else bars[1:]
    end = len(code(spot.plain))
    for at in reversed(inner):
        edits = (Edit(at, at + 1, "||"), *(() if closed else (Edit(end, end, " |"),)))
        yield Slip("ZS146", len(spot.indent), end, edits, sure=at == inner[-1])


def border(spot: Spot) -> Iterator[Slip]:
    """A row without its first or last bar, or with none: pasted from a spreadsheet."""
    if spot.place.head or spot.place.statement not in ("TABLE", "EXCEPT", "EXAMPLE"):
        return
    plain = code(spot.plain)
    start, end = len(spot.indent), len(plain)
    first = () if row(spot) else (Edit(start, start, "| "),)
    cites = CITES.search(plain)
    end = cites.start() if cites else end
    last = () if plain[:end].endswith("|") else (Edit(end, end, " |"),)
    if "|" in plain and (first or last):
        yield Slip("ZS147", start if first else end, start + 1 if first else end, (*first, *last))
    columns = list(re.finditer(r"\t+|[ \u3000]{2,}", plain[start:end]))
    if "|" not in plain and columns:
        cuts = tuple(Edit(start + m.start(), start + m.end(), " || " if m is columns[-1] else " | ") for m in columns)
        yield Slip("ZS147", start, end, (*first, *cuts, *last), sure=spot.place.statement == "TABLE")


def cell_tests(spot: Spot) -> Iterator[Slip]:
    """`| ≥ 90 || 优秀 |`: a cell says 90 以上."""
    if not row(spot) and "(" not in spot.plain:
        return
    words = {token: spot.place.word(token) for token in ("GEW", "LEW", "GTW", "LTW")}
    for shape, text in _CELL_TESTS:
        for found in re.finditer(rf"(?<=[|(,])\s*{shape}\s*(?=[|),])", spot.plain):
            number = spot.line[slice(*found.span(1))].strip()
            meant = text.format(number, **words)
            start = found.start() + len(found.group()) - len(found.group().lstrip())
            end = found.start() + len(found.group().rstrip())
            arguments = {"word": spot.line[start:end], "meant": meant}
            yield Slip("ZS138", start, end, (Edit(start, end, meant),), arguments)
