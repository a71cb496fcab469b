"""Plain text to a parse tree, by Lark's LALR parser with the tables of dsl/syntax/tables.bin.

Everything about Lark's own errors and positions is handled here; nobody else sees an exception of Lark's.
"""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path
from typing import Any

import lark
from lark.exceptions import UnexpectedToken
from lark.lexer import Token
from lark.tree import Tree
from msgspec import Struct

from dsl.syntax.lexer import PolicyIndenter, PolicyLexer
from dsl.syntax.words import Keyword, Lexicon

DEEPEST = 100
"""How deep brackets, negations and indentation may nest; real documents need five."""


class Refusal(Struct, frozen=True):
    """Where parsing stopped: the token that could not follow, and the terminals that could have."""

    token: Token
    allowed: frozenset[str]
    state: int


@cache
def _tables() -> dict[str, Any]:
    """tables.bin, or tables made now where it does not fit the Lark that is installed."""
    path = Path(__file__).parent / "tables.bin"
    if path.exists():
        tables: dict[str, Any] = pickle.loads(path.read_bytes())
        if tables["lark"] == lark.__version__:
            return tables
    from dsl.syntax.build import build

    return build()


@cache
def lexicon() -> Lexicon:
    """The keywords."""
    return Lexicon(tuple(Keyword(*row) for row in _tables()["keywords"]))


@cache
def parser() -> lark.Lark:
    """The parser."""
    PolicyLexer.lexicon = lexicon()
    tables = _tables()
    loaded = lark.Lark.__new__(lark.Lark)
    options = {**tables["data"]["options"], "lexer": PolicyLexer}
    data = {**tables["data"], "options": options}
    data["parser"]["lexer_conf"]["lexer_type"] = PolicyLexer
    return loaded._load({"data": data, "memo": tables["memo"]}, postlex=PolicyIndenter())


def parse(text: str) -> Tree[Token] | Refusal:
    """The tree of a plain text, or where it stopped being one."""
    try:
        return parser().parse(text + "\n")
    except UnexpectedToken as error:
        return Refusal(error.token, frozenset(error.expected), error.interactive_parser.parser_state.position)


def acceptable(text: str) -> frozenset[str]:
    """The terminals with which a refused text could really have gone on; `Refusal.allowed` may hold more."""
    try:
        parser().parse(text + "\n")
    except UnexpectedToken as error:
        return frozenset(error.interactive_parser.accepts())  # type: ignore[no-untyped-call]
    return frozenset()
