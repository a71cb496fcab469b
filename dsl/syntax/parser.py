"""Plain text to a parse tree: lexer and automaton in step, each token cut by what may stand there."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from dsl.syntax.automaton import END, Automaton
from dsl.syntax.lexer import indented, lexed
from dsl.syntax.tables import Row, lexicon, tables
from dsl.syntax.tree import Token, Tree

__all__ = ["DEEPEST", "Parsing", "Refusal", "acceptable", "lexicon", "parse"]

DEEPEST = 100
"""How deep brackets, negations and indentation may nest; real documents need five."""


class Refusal(Struct, frozen=True):
    """Where parsing stopped: the token that could not follow, and the terminals that could have."""

    token: Token
    allowed: frozenset[str]


class Parsing:
    """A plain text being parsed; `refused` is the token where it stopped, if it did."""

    def __init__(self, plain: str) -> None:
        self.text = plain + "\n"
        self.automaton = Automaton(tables())
        self.refused: Token | None = None

    @property
    def allowed(self) -> Row:
        """What may stand where the parser is."""
        return self.automaton.allowed

    def tokens(self) -> Iterator[Token]:
        """The tokens, each before it is taken, up to the one that cannot be."""
        token = Token(END, "", 0, 0)
        for token in indented(lexed(self.text, lexicon(), self.automaton)):
            yield token
            if not self.automaton.take(token):
                self.refused = token
                return
        end = token.followed_by(END)
        if not self.automaton.take(end):
            self.refused = end

    def result(self) -> Tree[Token] | Refusal:
        """The tree, or where the text stopped being one; after all tokens."""
        if self.refused is None:
            return self.automaton.tree
        return Refusal(self.refused, frozenset(symbol for symbol in self.allowed if symbol.isupper()))


def parse(text: str) -> Tree[Token] | Refusal:
    """The tree of a plain text, or where it stopped being one."""
    return _parsed(text).result()


def acceptable(text: str) -> frozenset[str]:
    """The terminals with which a refused text could really have gone on; `Refusal.allowed` may hold more."""
    parsing = _parsed(text)
    return frozenset() if parsing.refused is None else parsing.automaton.acceptable()


def _parsed(text: str) -> Parsing:
    parsing = Parsing(text)
    for _ in parsing.tokens():
        pass
    return parsing
