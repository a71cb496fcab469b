"""Which mistake it is: those who know one kind are asked in turn, and a suggestion counts only if it parses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dsl.mistakes import lines, signs, tables, words
from dsl.mistakes.fallback import fallback
from dsl.mistakes.spot import Slip, Spot, applied, better, examine, tried

_ROUNDS = 8
"""Mistakes in one line that a corrected line can take together."""

RECOGNISERS: tuple[Callable[[Spot], Iterator[Slip]], ...] = (
    lines.margin, lines.indentation, lines.deeper, tables.ruler, lines.numbering, signs.quotes, signs.lone_cite,
    lines.colon, signs.excel, words.if_then, words.capitals, tables.cell_tests, tables.empty_cell, tables.border,
    signs.bands, tables.no_double_bar, lines.other_colon, lines.same_line, lines.unquoted, signs.listed,
    words.comparisons, words.bounds, words.synonyms, words.misspelled, signs.thousands, signs.money, signs.dates,
    signs.citations, words.glued, signs.shares, signs.mixed, lines.comma, signs.times, words.chinese_numbers,
    lines.names, signs.brackets, signs.odd_values, lines.trailing,
)  # fmt: skip


def diagnose(spot: Spot) -> Slip:
    """The mistake at a place: one whose correction makes the line whole, else one that gets it further."""
    further: Slip | None = None
    for slip in candidates(spot):
        if slip.sure:
            return slip
        if not slip.edits:
            continue
        after = tried(spot, slip.edits)
        if after is None:
            return slip
        if further is None and not slip.whole and better(spot, after):
            further = slip
    return further or fallback(spot)


def candidates(spot: Spot) -> Iterator[Slip]:
    """What the recognisers think it might be."""
    for recogniser in RECOGNISERS:
        yield from recogniser(spot)


def corrected(spot: Spot, slip: Slip) -> str | None:
    """The line with this and all further mistakes in it put right; None where that does not succeed."""
    line = applied(spot.line, slip.edits)
    place = spot.place
    for _ in range(_ROUNDS if slip.edits else 0):
        after = examine(place, line)
        if after is None:
            return line.rstrip()
        following = diagnose(after)
        if not following.edits or not better(after, tried(after, following.edits)):
            return None
        line = applied(line, following.edits)
    return None
