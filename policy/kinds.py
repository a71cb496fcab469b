"""The closed kinds of the core: each a Literal, so that an arm that is left out of a `match` fails the type check."""

from __future__ import annotations

from typing import Literal, TypeAlias

Rounding: TypeAlias = Literal["half_up", "down", "up", "half_even"]
"""half_up and up go away from zero, down towards it, half_even to the even neighbour."""

Reading: TypeAlias = Literal["every", "every_full", "every_started"]
"""How units in a quantity are counted: pro rata, full ones, started ones."""

Operator: TypeAlias = Literal["=", "≠", "<", "≤", ">", "≥"]

Choosing: TypeAlias = Literal["unique", "first", "sum", "highest"]
"""What comes of the cases that hold: the only one (or all agree), the first, their sum, the highest."""

Adding: TypeAlias = Literal["sum", "highest"]
"""What comes of the lines of a score."""

Span: TypeAlias = Literal["years", "months", "days"]
"""What is counted between two dates."""

CalendarPart: TypeAlias = Literal["year", "quarter", "month", "year_start", "quarter_start", "month_start"]

Grain: TypeAlias = Literal["day", "month", "quarter", "year"]

Aggregate: TypeAlias = Literal[
    "sum", "count", "average", "highest", "lowest", "median", "most_frequent", "share", "exists", "latest",
    "longest_run", "in_a_row",
]  # fmt: skip
"""How a list of records becomes one value."""

Tiering: TypeAlias = Literal["marginal", "whole"]
"""Tiers take each slice by its own rate, or the whole amount by one."""

Open: TypeAlias = Literal["referred", "undecided"]
"""The two ways of leaving a case open."""

Acting: TypeAlias = Literal["fix", "cap", "floor", "lower", "raise", "void", "referred", "undecided"]
"""What an exception does."""

Ties: TypeAlias = Literal["share", "dense", "referred", "undecided"]
"""The places of equals: one shared, one shared without gaps behind it, or open."""

Edge: TypeAlias = Literal["all_in", "all_out", "referred", "undecided"]
"""What equals get whom a cut divides."""

Lacking: TypeAlias = Literal["left_out", "last", "undecided"]
"""What becomes of one who lacks what a rank or quota asks."""

Overflow: TypeAlias = Literal["next", "dropped"]
Vacancies: TypeAlias = Literal["stay", "next", "fill"]

Bound: TypeAlias = Literal["exactly", "at_least", "at_most"]
"""How much one takes."""

Goal: TypeAlias = Literal["keep", "prefer", "balance", "most", "least", "by_order"]
"""What a division is to come near to."""

Statement: TypeAlias = Literal[
    "define", "score", "requirement", "check", "table", "rank", "quota", "parameter", "allocate"
]
"""The statement that a definition was written as."""

Outcome: TypeAlias = Literal["decided", "referred", "undecided"]
"""What became of a case."""

Fate: TypeAlias = Literal["acts", "open", "idle", "voided", "overruled"]
"""What became of one effect of an exception for one case."""

Cause: TypeAlias = Literal["lacks", "others_lack", "set_aside", "not_given", "rule"]
"""Why a value is open: data of one's own is not there, data of others is not there, a row was set aside, an example
does not give it, or anything else."""
