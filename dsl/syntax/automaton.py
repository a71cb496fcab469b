"""An LALR automaton at work: it takes tokens one by one and makes the tree as it goes."""

from __future__ import annotations

from typing import Any

from dsl.syntax.tables import Row, Rule, Tables
from dsl.syntax.tree import Token, Tree

END = "$END"


class Automaton:
    """The states it went through, and what has been made so far: a value a state, and where each begins and ends."""

    def __init__(self, tables: Tables) -> None:
        self.rows, self.rules = tables.rows, tables.rules
        self.states = [0]
        self.values: list[Any] = []
        self.starts: list[int | None] = []
        self.ends: list[int | None] = []

    @property
    def allowed(self) -> Row:
        """What may stand here, by its symbol; where a rule ends it can hold more than could really follow."""
        return self.rows[self.states[-1]]

    @property
    def tree(self) -> Tree[Token]:
        """The tree of the whole text, after its end was taken."""
        tree: Tree[Token] = self.values[0]
        return tree

    def take(self, token: Token) -> bool:
        """Whether the token can stand here; if so it is taken."""
        states, rows = self.states, self.rows
        while True:
            action = rows[states[-1]].get(token.type)
            if action is None:
                return False
            if action >= 0:
                states.append(action)
                self.values.append(token)
                self.starts.append(token.start)
                self.ends.append(token.end)
                return True
            self._end(self.rules[~action])

    def _end(self, rule: Rule) -> None:
        """A rule is complete: its tree stands for the values it took."""
        first = len(self.values) - rule.size
        values, starts, ends = self.values[first:], self.starts[first:], self.ends[first:]
        del self.values[first:], self.starts[first:], self.ends[first:], self.states[first + 1 :]
        start = next((at for at in starts if at is not None), None)
        end = next((at for at in reversed(ends) if at is not None), None)
        self.values.append(Tree(rule.tree, values if rule.parts is None else _kept(rule.parts, values), start, end))
        self.starts.append(start)
        self.ends.append(end)
        self.states.append(self.rows[self.states[-1]][rule.origin])

    def acceptable(self) -> frozenset[str]:
        """The terminals that can really stand here."""
        return frozenset(symbol for symbol in self.allowed if symbol.isupper() and self._could_take(symbol))

    def _could_take(self, terminal: str) -> bool:
        states = self.states.copy()
        while (action := self.rows[states[-1]].get(terminal)) is not None and action < 0:
            rule = self.rules[~action]
            del states[len(states) - rule.size :]
            states.append(self.rows[states[-1]][rule.origin])
        return action is not None


def _kept(parts: tuple[tuple[int, bool], ...], values: list[Any]) -> list[Any]:
    """The parts of a rule that stay. A list that grows item by item stays the same list: copying would be quadratic."""
    kept: list[Any] = []
    for at, inlined in parts:
        if at < 0:
            kept.append(None)
        elif not inlined:
            kept.append(values[at])
        elif kept:
            kept += values[at].children
        else:
            kept = values[at].children
    return kept
