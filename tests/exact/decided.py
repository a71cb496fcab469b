"""Policies from text, decided on a few people: what a test needs to say of them in one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dsl.check import check
from dsl.pipeline import parse
from interpreter.exact.decide import Decisions, decide
from interpreter.exact.population import Population, Subject
from policy.core import Policy
from policy.diagnostic import Diagnostic
from policy.source import Source
from policy.values import Undecided, Value


def checked(text: str) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    parsed = parse(Source("试.policy", text))
    assert parsed.document is not None, parsed.diagnostics
    found = check(parsed.document)
    return found.policy, found.diagnostics


def found(text: str) -> list[str]:
    """The codes of what a check says, in the order of the text."""
    return [d.code for d in checked(text)[1]]


def decisions(text: str, rows: Iterable[Mapping[str, Any]]) -> Decisions:
    policy, said = checked(text)
    assert policy is not None, said
    return decide(policy, Population(policy.records, (Subject(policy.main, dict(row)) for row in rows)))


def results(text: str, rows: Iterable[Mapping[str, Any]], name: str) -> list[Value]:
    """One result of each row."""
    return [case.results[name].value for case in decisions(text, rows).cases]


def why(value: Value) -> list[str]:
    """The codes of the reasons of an undecided value."""
    assert isinstance(value, Undecided), value
    return [reason.code for reason in value.reasons]
