"""What is settled before anything is read: the answers a user gave to what files leave open, and what a policy uses.

A file alone cannot say whether 0.9 in a column of percentages is 0.9% or 90%, whether merged cells mean the same value
on every row, or in which encoding a few damaged bytes are; the user can, by an option that the question names.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Scale = Literal["ratio", "unit"]
"""How a plain number in a column of percentages is meant: 0.9 as 90%, or as 0.9%."""


class Settled(Struct, frozen=True):
    """Answers of the user. `scales` and `fill_down` name columns by title or field, `record.field` where one name
    stands in several records; `encoding` is that of all text files, empty where it is found out."""

    scales: tuple[tuple[str, Scale], ...] = ()
    fill_down: tuple[str, ...] = ()
    encoding: str = ""


class Uses(Struct, frozen=True):
    """What a policy does with fields, each as (record, field): those that a rule reads (None: all of them), and those
    that put people into groups. `language` is the one it is written in."""

    read: frozenset[tuple[str, str]] | None = None
    grouping: frozenset[tuple[str, str]] = frozenset()
    language: str = "zh"


NOTHING_SETTLED = Settled()
ALL_USED = Uses()
