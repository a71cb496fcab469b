"""How an amendment finds what it changes: a statement by its name, a row by its inputs, a line by what it starts with,
any line by its citation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from dsl.layout.lines import Piece
from dsl.layout.words import sense
from dsl.syntax.reader_values import expressions, token, tokens, trees, unquoted
from dsl.syntax.tree import Token, Tree

Shape: TypeAlias = "tuple[object, ...]"
"""What tells one line of a statement from another, whatever language it is written in."""

LINES = frozenset(
    (
        *("field", "dated", "case", "row", "accept"),
        *("when_line", "when_lines", "best_lines", "part", "weighted", "bonus", "moves"),
        *("rline", "rgroup", "by", "ties", "edge", "unranked", "grade", "setting", "leftover"),
        *("aline", "aline_cases", "free_line"),
    )
)
_NAMED = ("data", "choice", "param", "dated_param", "exception")
_HEADED = ("define", "define_cases", "table", "score", "require", "rank", "quota")
GROUPS = ("definition", "kind", "example")
"""Statements of different groups may have the same name."""
_BLOCKS = ("when_lines", "best_lines", "rgroup")


def name_of(statement: Tree[Token]) -> str:
    """The name that a statement gives, empty where it gives none; `车.可用` for a definition of a record."""
    if statement.data in _NAMED:
        return unquoted(str(token(statement, "NAME")))
    if statement.data == "allocate":
        return unquoted(str(tokens(statement, "NAME")[2]))
    if statement.data in _HEADED:
        return path_of(trees(trees(statement, "head")[0], "path")[0])
    return unquoted(str(token(statement, "STRING"))) if statement.data == "example" else ""


def group_of(statement: Tree[Token]) -> str:
    """One of GROUPS."""
    if statement.data == "example":
        return "example"
    return "kind" if statement.data in ("data", "choice") else "definition"


def path_of(path: Tree[Token]) -> str:
    """A path as it is written in one word."""
    return ".".join(unquoted(str(t)) for t in tokens(path) if t.type == "NAME")


def lines_of(statement: Tree[Token]) -> Iterator[Tree[Token]]:
    """The lines of a statement in order, those within others after them."""
    for child in statement.children:
        if isinstance(child, Tree) and child.data in LINES:
            yield child
            if child.data in _BLOCKS or child.data == "case":
                yield from lines_of(child)


def cites_of(line: Tree[Token]) -> tuple[str, ...]:
    """The citations that stand at a line itself."""
    found = trees(line, "cites") or [
        c for item in line.children if isinstance(item, Tree) for c in trees(item, "cites")
    ]
    return tuple(str(t)[1:-1].strip() for t in found[0].children if isinstance(t, Token)) if found else ()


def address(line: Tree[Token]) -> Shape:
    """By what a line is found: lines of one statement with the same address are the same line, changed."""
    if line.data in ("aline", "aline_cases", "free_line") and (found := _of_division(line)) is not None:
        return found
    match line.data:
        case "row":
            return ("row", *(shape(t) for t in trees(line, "tests")))
        case "case" | "when_line" | "when_lines" | "aline_cases":
            return ("when", shape(trees(line, "guard")[0]))
        case "field" | "grade":
            return (line.data, unquoted(str((tokens(line, "NAME") or tokens(line, "STRING"))[0])))
        case "setting" | "ties" | "edge" | "unranked" | "leftover" | "best_lines":
            return (line.data, *(t.type for t in tokens(line)[:1]))
        case "dated":
            return ("dated", *[shape(c) for c in line.children if c is not None and _is_day(c)][:1])
        case "accept":
            return ("accept", unquoted(str(token(line, "STRING"))))
        case "bonus" if not trees(line, "per"):
            return ("line", *(t.type for t in tokens(line)[:1]))
        case "rgroup":
            return ("group", shape(line))
        case _:
            return ("line", _subject(line))


def _of_division(line: Tree[Token]) -> Shape | None:
    """A goal by its number, how much one takes by whose and by what it is counted, a case by its condition."""
    if tokens(line, "GOAL"):
        return ("goal", shape(trees(line, "number")[0]))
    within = (trees(line, "yielding") or [line])[0]
    guards = [shape(guard) for guard in trees(within, "guard")]
    if arity := trees(within, "arity"):
        by = [shape(each) for each in trees(arity[0], "by_path")]
        return ("arity", unquoted(str(token(arity[0], "NAME"))), *by, *guards)
    if guards:
        return ("when", *guards)
    return ("together",) if trees(within, "together") else None


def _is_day(child: Tree[Token] | Token) -> bool:
    return isinstance(child, Tree) or child.type == "DATE"


def _subject(line: Tree[Token]) -> str:
    """The name that a line starts with; what it says as a whole where it starts with none."""
    named = next((p for p in _trees_within(line) if p.data == "path"), None)
    return path_of(named) if named is not None else repr(shape(line))


def _trees_within(tree: Tree[Token]) -> Iterator[Tree[Token]]:
    yield tree
    for child in tree.children:
        if isinstance(child, Tree) and child.data not in ("guard", "cites"):
            yield from _trees_within(child)


def shape(at: Tree[Token] | Token) -> Shape:
    """A part of a text without its place, its spelling and its language."""
    if isinstance(at, Token):
        return (at.type, sense_of(at))
    return (at.data, *(shape(c) for c in at.children if c is not None and not _silent(c)))


def _silent(child: Tree[Token] | Token) -> bool:
    return isinstance(child, Tree) and child.data == "cites"


def sense_of(token: Token) -> str:
    """What a token says, whatever language it is written in."""
    return sense(Piece(token.type, str(token), {}))


def otherwise(line: Tree[Token]) -> bool:
    """Whether a line is for all that no other line is for: it stays the last."""
    if line.data == "row":
        return not trees(line, "tests")
    if line.data == "leftover":
        return True
    if line.data in ("aline", "aline_cases"):
        return bool(trees(line, "guard")) and not expressions(trees(line, "guard")[0])
    return line.data in ("case", "when_line", "when_lines") and not expressions(trees(line, "guard")[0])
