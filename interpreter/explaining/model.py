"""What an explanation consists of: figures, words, codes, and items that hold items. Nothing in it is a sentence."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from msgspec import Struct

from policy.diagnostic import Reason
from policy.source import NO_CLAUSE, Clause
from policy.types import TEXT, Type
from policy.values import Value


class Figure(Struct, frozen=True):
    """A value with the type that says its unit. `28.3 分`"""

    value: Value
    type: Type = TEXT


class Word(Struct, frozen=True):
    """A word of the document: the name of a field or definition, a piece of its text."""

    text: str


class Sign(Struct, frozen=True):
    """A sign of a formula: + - × ÷ = ≠ < ≤ > ≥ ( ) → , to, in, or a code of a phrase."""

    code: str


Token: TypeAlias = Figure | Word | Sign
Formula: TypeAlias = tuple[Token, ...]


class Remark(Struct, frozen=True):
    """Something to say in the reader's language: the code of a phrase and what is put into it."""

    code: str
    arguments: tuple[tuple[str, Figure | str | int | tuple[str, ...]], ...] = ()


class Item(Struct, frozen=True):
    """One line of what was worked out, and the lines it was worked out from.

    `role`: step, line, condition, row, passed (a row not taken), detail, record, band, exception, grade. `holds`, of a
    condition, row or exception, is what it came to. `full` is a full mark. `skipped` names lines that did not apply.
    """

    role: str
    label: str = ""
    value: Figure | None = None
    full: Figure | None = None
    formula: Formula = ()
    holds: Value = None
    remarks: tuple[Remark, ...] = ()
    clause: Clause = NO_CLAUSE
    items: tuple[Item, ...] = ()
    skipped: tuple[str, ...] = ()
    number: int = 0
    kind: str = ""


class Neighbour(Struct, frozen=True):
    """One who stands before or behind: the first order value by which they differ, both values, the distance.

    `distance` is None if the values are no numbers or all equal; `equal` names the order values before that one.
    """

    key: str
    place: int
    by: str
    theirs: Figure
    mine: Figure
    distance: Figure | None
    equal: tuple[str, ...] = ()


class Edge(Struct, frozen=True):
    """Where a band of places ends: `name` is the value it gives, `last` its last place (None: open), `up` whether it is
    the better band. `other` is who stands at the edge: the last of the better band, or the first behind one's own."""

    result: str
    name: Figure
    last: int | None
    up: bool
    other: Neighbour | None
    clause: Clause = NO_CLAUSE


class Rank(Struct, frozen=True):
    """A place: `of` are ranked together, `all` are in the data; `tied` share the place, oneself included."""

    name: str
    place: Figure
    of: int
    all: int
    tied: int
    partition: tuple[Figure, ...]
    orders: tuple[tuple[str, Figure], ...]
    above: Neighbour | None
    below: Neighbour | None
    edges: tuple[Edge, ...]
    clause: Clause
    open: tuple[str, ...] = ()


class Result(Struct, frozen=True):
    """One reported value, with the reasons why it is none if it is not decided."""

    name: str
    value: Figure
    reasons: tuple[Reason, ...] = ()


class Touching(Struct, frozen=True):
    """An accepted finding in a definition that was used here."""

    definition: str
    name: str
    reason: str
    clause: Clause


class Origin(Struct, frozen=True):
    """Where the data stands: file, sheet (empty if none) and row."""

    file: str
    sheet: str
    row: int


class Explanation(Struct, frozen=True):
    """Why one person got this. Results stand with the grade first; steps in the order of the document."""

    policy: str
    version: str
    origin: str
    language: str
    record: str
    as_of: date | None
    key_name: str
    key: str
    names: tuple[tuple[str, Figure], ...]
    outcome: str
    reasons: tuple[Reason, ...]
    results: tuple[Result, ...]
    ranks: tuple[Rank, ...]
    steps: tuple[Item, ...]
    overall: tuple[Item, ...]
    accepted: tuple[Touching, ...]
    source: Origin | None


class UnexplainedError(Exception):
    """There is nothing to explain, for a reason of the catalogue: no such key, no such value."""

    def __init__(self, code: str, **arguments: str) -> None:
        self.reason = Reason(code, tuple(arguments.items()))
        super().__init__(" ".join((code, *arguments.values())))
