"""Divisions at random, from the text to what each thing comes to, against trying every way of giving things out."""

from __future__ import annotations

from typing import Any

import pytest

from dsl.pipeline import compile_text
from interpreter.allocating import telling
from interpreter.allocating.conflicts import conflict_of, grouped, holds
from interpreter.allocating.posing import pose
from interpreter.exact.compiled import Program
from interpreter.exact.population import Population, Subject
from interpreter.exact.trace import Division
from policy.core import Policy
from policy.source import Source
from policy.values import Missing, Nil, Referred, Undecided, Value
from tests.reference.divisions import Case, Meant, case, meant

SEEDS = 600
SLICES = 6


def policy_of(given: Case) -> Policy:
    loaded = compile_text(Source("division.policy", given.text))
    assert loaded.policy is not None, [(d.code, d.arguments, given.text) for d in loaded.diagnostics if d.blocks]
    return loaded.policy


def run(policy: Policy, given: Case, *, turned: bool = False) -> tuple[Program, dict[str, Value], Division | None]:
    """The case worked out, its rows in another order where they are `turned`."""
    rows = [("thing", row) for row in given.things] + [("taker", row) for row in given.takers]
    subjects = []
    for record, row in reversed(rows) if turned else rows:
        described = policy.record(record)
        assert described is not None
        values: dict[str, Any] = {name: Missing(name) if value is None else value for name, value in row.items()}
        subjects.append(Subject(described, values))
    program = Program(policy, Population(policy.records, subjects), None)
    found = {s.key: program.evaluate(s, "given_to").value for s in program.population.of("thing")}
    return program, found, program.cohorts.divisions.get(("thing", "given_to"))


def expected(given: Case, wanted: Meant, key: str) -> object:
    """What a thing comes to: a key, or the kind of what it is instead."""
    if key in wanted.outside:
        return Nil
    if key in wanted.open or wanted.best is None:
        return Undecided
    if wanted.best[key] is not None:
        return wanted.best[key]
    return Referred if "refer" in given.leftover else Nil if "none" in given.leftover else Undecided


@pytest.mark.parametrize("part", range(SLICES))
def test_everything_comes_to_what_trying_everything_finds(part: int) -> None:
    seen = {"best": 0, "none": 0, "open": 0, "others": 0}
    for number in range(part, SEEDS, SLICES):
        given = case(number)
        policy, wanted = policy_of(given), meant(given)
        _, found, division = run(policy, given)
        assert division is not None
        told = {key: value if isinstance(value, str) else type(value) for key, value in found.items()}
        assert told == {key: expected(given, wanted, key) for key in told}, f"case {number}\n{given.text}"
        assert (division.solution is None) == (wanted.best is None), f"case {number}\n{given.text}"
        seen["none" if wanted.best is None else "best"] += 1
        seen["open"] += bool(wanted.open)
        if division.solution is not None:
            assert division.solution.others == wanted.others, f"case {number}\n{given.text}"
            seen["others"] += wanted.others
            for goal, figures in zip(telling.goals(division), wanted.figures, strict=True):
                assert goal.proven
                if goal.aim.kind != "by_order":
                    assert abs(goal.value) == abs(figures[0]), f"case {number}\n{given.text}"
    assert all(seen.values()), seen


def test_the_order_of_rows_decides_nothing() -> None:
    for number in range(0, SEEDS, 7):
        given = case(number)
        policy = policy_of(given)
        assert run(policy, given)[1] == run(policy, given, turned=True)[1], number


def test_what_cannot_all_hold_is_a_smallest_set() -> None:
    """Of 200 cases without a division: the set named cannot hold, and without any one of its records it can."""
    done, number = 0, 0
    while done < 200:
        given, number = case(10_000 + number), number + 1
        if meant(given).best is not None:
            continue
        policy = policy_of(given)
        program, _, division = run(policy, given)
        assert division is not None
        conflict = conflict_of(division, program)
        assert conflict is not None
        wide = pose(division.posed.allocation, program, wide=True)
        fixed, groups = grouped(wide)
        named = {(m.kind, m.at, key) for m in conflict.members for key in m.of}
        inside = [lines for origin, lines in groups if (origin.kind, origin.at, origin.of) in named]
        assert len(inside) == len(named)
        assert not holds(wide.problem, [*fixed, *(line for lines in inside for line in lines)]), given.text
        for left in range(len(inside)):
            rest = [line for at, lines in enumerate(inside) if at != left for line in lines]
            assert holds(wide.problem, [*fixed, *rest]), given.text
        done += 1
