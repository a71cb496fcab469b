"""The parser's tables as they stand in tables.txt, which `python -m dsl.syntax.build` makes of grammar and keywords.

A state is reached by one symbol only, so what may follow it is written as the states that come next: `a.1 NAME > a.2
b.1` says that in state a.1, after a NAME, the symbols of a.2 and b.1 may stand. `@x` is a menu, states that come
together wherever an x may begin; `< a/1 after/a.1` ends the rule a/1 before any terminal of that list. In a rule `-X`
is left out of the tree, the parts of `*x` stand in its place, and `?` is an optional part that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from dsl.syntax.words import Keyword, Lexicon

PATH = Path(__file__).with_name("tables.txt")

Row: TypeAlias = dict[str, int]
"""What may stand in a state: a symbol to the next state, or a terminal to ~rule where it ends that rule first."""


class Rule(Struct, frozen=True):
    """A rule: the symbol it makes, its tree's name, how many symbols it takes, and which of them stay.

    `parts` are (place, whether its parts stand for it), place -1 for an optional part that is not there; None where all
    stay as they are.
    """

    origin: str
    tree: str
    size: int
    parts: tuple[tuple[int, bool], ...] | None


class Tables(Struct, frozen=True, eq=False):
    """The automaton: a row a state, the first state first."""

    rows: list[Row]
    rules: list[Rule]


@cache
def _sections() -> dict[str, list[str]]:
    """The lines of tables.txt under each of its titles."""
    found: dict[str, list[str]] = {}
    for block in PATH.read_text(encoding="utf-8").removesuffix("\n").split("\n\n"):
        title, *lines = block.split("\n")
        found[title] = lines
    return found


@cache
def lexicon() -> Lexicon:
    """The keywords."""
    return Lexicon(tuple(Keyword(*line.split("\t")) for line in _sections()["[keywords]"]))


@cache
def tables() -> Tables:
    """The tables."""
    sections = _sections()
    rules = [_rule(line) for line in sections["[rules]"]]
    numbers = {line.split(" ", 1)[0]: ~number for number, line in enumerate(sections["[rules]"])}
    after = {name: terminals.split() for name, terminals in _named(sections["[after]"])}
    lines = sections["[states]"]
    heads = [line.split(" ", 2) for line in lines]
    ids = {head[0]: number for number, head in enumerate(heads)}
    steps = {head[0]: (head[1], ids[head[0]]) for head in heads}
    menus: dict[str, Row] = {}
    for name, states in _named(sections["[menus]"]):
        menus[name] = _row(states, steps, menus)
    rows = []
    for head in heads:
        goes, _, ends = (head[2] if len(head) > 2 else "").partition("< ")
        row = _row(goes.lstrip("> "), steps, menus)
        if ends:
            rule, terminals = ends.split(" ")
            row.update(dict.fromkeys(after[terminals], numbers[rule]))
        rows.append(row)
    return Tables(rows, rules)


def _named(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, _, rest = line.partition(" = ")
        yield name, rest


def _row(states: str, steps: dict[str, tuple[str, int]], menus: dict[str, Row]) -> Row:
    row: Row = {}
    for name in states.split():
        if name[0] == "@":
            row.update(menus[name])
        else:
            symbol, number = steps[name]
            row[symbol] = number
    return row


def _rule(line: str) -> Rule:
    name, tree, _, *symbols = line.split(" ")
    parts: list[tuple[int, bool]] = []
    size = 0
    for symbol in symbols:
        if symbol == "?":
            parts.append((-1, False))
            continue
        if symbol[0] != "-":
            parts.append((size, symbol[0] == "*"))
        size += 1
    whole = len(parts) == size and not any(inlined or at < 0 for at, inlined in parts)
    return Rule(name.partition("/")[0], tree, size, None if whole else tuple(parts))
