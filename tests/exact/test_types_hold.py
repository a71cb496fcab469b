"""At run time a value is absent only in the ways that its type admits, so that what the checker says of it is true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from dsl.pipeline import load
from interpreter.exact.decide import decide
from interpreter.exact.trace import Step
from policy.core import Arm, Const, Definition, Effect, Exempt, Line, Node
from policy.types import Type
from policy.values import Missing, Nil, NoneListed, Referred, Undecided, Value
from tests.exact.random_people import people

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path for room in ("policy/library", "examples", "tests/worked") for path in (ROOT / room).rglob("*.policy")
)
POPULATIONS = 6


def admits(into: Type, value: Value) -> bool:
    match value:
        case Missing():
            return into.missing or bool(into.codes)
        case Nil():
            return into.none
        case NoneListed() | Referred():
            return into.open
        case Undecided():
            return into.open or into.missing or bool(into.codes)
        case _:
            return True


def all_steps(steps: Iterator[Step]) -> Iterator[Step]:
    waiting, seen = list(steps), set[int]()
    while waiting:
        step = waiting.pop()
        if id(step) not in seen:
            seen.add(id(step))
            yield step
            waiting += step.parts


@pytest.mark.parametrize("path", [pytest.param(p, id=p.relative_to(ROOT).as_posix()) for p in DOCUMENTS])
def test_a_value_is_absent_only_as_its_type_admits(path: Path) -> None:
    rules = load(path).policy
    assert rules is not None
    for seed in range(POPULATIONS):
        decisions = decide(rules, people(rules, Random(seed)), date(2024, 6, 30))
        for step in all_steps(step for case in decisions.cases for step in (*case.results.values(), *case.overall)):
            if isinstance(step.expr, Node | Definition) and not isinstance(step.expr, Const):
                written = " ".join(step.expr.span.text.split())
                assert admits(step.expr.type, step.value), (written, step.expr.type, step.value)


def test_what_has_no_type_is_no_node() -> None:
    assert not any(issubclass(kind, Node) for kind in (Arm, Line, Effect, Exempt))
