"""What compiled code is: the types that all files of the evaluator share, and what they ask of the program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol, TypeAlias

from interpreter.exact.population import Population, Scope, Subject
from interpreter.exact.trace import Cohorts, Step
from policy.core import Expr
from policy.values import Value

Code: TypeAlias = Callable[[Scope], Step]
"""A compiled expression."""
Make: TypeAlias = Callable[[Expr], Code]
"""What compiles an expression."""
Worker: TypeAlias = Callable[[Subject], Step]
"""A compiled definition."""
Finder: TypeAlias = Callable[[Scope], "tuple[Subject | None, Value, tuple[Step, ...]]"]
"""Finds a record: the subject, or None and why there is none; and the steps that led to it."""


class Program(Protocol):
    """A policy compiled over a population, as far as the code of its nodes needs it."""

    language: str
    population: Population
    as_of: date | None
    cohorts: Cohorts

    def code(self, node: Expr) -> Code:
        """One expression compiled."""

    def finder(self, node: Expr) -> Finder:
        """What finds the record that an expression stands for."""
