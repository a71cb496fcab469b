"""Everyone decided: values, what becomes of the case, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct

from policy import core
from policy.types import YES_NO
from tests.reference.absence import Reason, Value, is_open
from tests.reference.evaluator import Evaluator
from tests.reference.exceptions import under
from tests.reference.records import Row

Data = dict[str, list[dict[str, Any]]]


class Case(Struct, eq=False):
    """One person's case."""

    key: str
    values: dict[str, Value]
    outcome: str
    reasons: frozenset[Reason]


class Decided(Struct, eq=False):
    """All cases in the order of the data; and what every check came to, by its name, its record and its place."""

    cases: list[Case]
    checks: dict[tuple[str, str, int], Value]


def decide(policy: core.Policy, data: Data, as_of: date | None) -> Decided:
    rows = {record.name: [Row(record, values) for values in data.get(record.name, [])] for record in policy.records}
    world = Evaluator(policy, rows, as_of)
    cases = [case_of(world, row) for row in rows[policy.main.name]]
    checks = {(d.record, d.name, at): world.named(row, d.name) for d in policy.definitions if d.kind == "check"
              for at, row in enumerate(rows[d.record])}  # fmt: skip
    return Decided(cases, checks)


def case_of(world: Evaluator, row: Row) -> Case:
    """A field that is empty leaves nothing open; an exception on 结果 comes before everything else."""
    overall = under(world, world.policy.overall, True, YES_NO, (row,))
    fields = {field.name for field in row.record.fields}
    values, telling = {}, [overall]
    for name in world.policy.results:
        if world.definition(row.record.name, name) is not None:
            values[name] = world.named(row, name)
            telling.append(values[name])
        elif name in fields:
            values[name] = row.values[name]
        else:
            values[name] = world.named(world.nobody, name)
            telling.append(values[name])
    doubts = [value for value in telling if is_open(value)]
    kinds = {value.kind for value in doubts}
    if is_open(overall) and overall.kind == "referred":
        outcome = "referred"
    else:
        outcome = "decided" if not kinds else "referred" if kinds == {"referred"} else "undecided"
    return Case(row.key, values, outcome, frozenset(why for value in doubts for why in value.reasons))
