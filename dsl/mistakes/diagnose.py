"""Which mistake it is: those who know one kind are asked in turn, and a suggestion counts only if it parses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dsl.mistakes import formulas, lines, sentences, signs, tables, tails, words
from dsl.mistakes.fallback import GUESSES, fallback
from dsl.mistakes.spot import Slip, Spot, applied, better, examine, tried

_ROUNDS = 8
"""Mistakes in one line that a corrected line can take together."""

RECOGNISERS: tuple[Callable[[Spot], Iterator[Slip]], ...] = (
    lines.margin, lines.indentation, lines.deeper, tables.ruler, lines.field_types, tables.tabs_in_row,
    tables.remark_in_row, lines.numbering, lines.head_line,
    lines.since, signs.quotes, signs.lone_cite, formulas.formulas,
    formulas.cells,
    formulas.unknown_functions, formulas.powers, formulas.clock_times, formulas.texts_taken_apart,
    sentences.connectives, sentences.glued_targets, sentences.chosen_on_the_head,
    sentences.cases_on_the_head, sentences.sentences,
    sentences.capped_grades, tails.lone_limit, tails.whole_places, tails.roundings, tails.limits, lines.colon,
    words.keywords_as_values, words.capitals, tables.cell_tests, tables.empty_cell, tables.border, signs.bands,
    tables.no_double_bar, lines.other_colon, signs.listed, lines.same_line, lines.unquoted, words.bounds,
    words.dashes, words.comparisons, words.synonyms, words.misspelled, signs.thousands, signs.money, signs.dates,
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
    """The line with this and all further mistakes in it put right; None where that does not succeed.

    What was only guessed is not built upon: then the line must be whole at once.
    """
    line = applied(spot.line, slip.edits)
    for _ in range(_ROUNDS if slip.edits else 0):
        after = examine(spot.place, line)
        if after is None:
            return line.rstrip() or None
        slip = diagnose(after) if slip.code < GUESSES else slip
        if slip.code >= GUESSES or not slip.edits or not better(after, tried(after, slip.edits)):
            return None
        line = applied(line, slip.edits)
    return None
