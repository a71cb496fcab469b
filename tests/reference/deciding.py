"""Everyone decided: values, what becomes of the case, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct

from policy import core
from policy.types import YES_NO
from tests.reference.absence import Absent, Reason, Value, is_open
from tests.reference.account import accounted
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


def world(policy: core.Policy, data: Data, as_of: date | None) -> Evaluator:
    rows: dict[str, list[Row]] = {record.name: [] for record in policy.records}
    for record, values, rejected in accounted(policy, data):
        aside = Absent("undecided", frozenset([(rejected.told.code, rejected.told.arguments)])) if rejected else None
        read = {field.name: values.get(field.name, aside) for field in record.fields} if aside else values
        rows[record.name].append(Row(record, read, aside=aside))
    return Evaluator(policy, rows, as_of)


def cases(evaluator: Evaluator) -> list[Case]:
    """All cases in the order of the data."""
    return [case_of(evaluator, row) for row in evaluator.rows[evaluator.policy.main.name]]


def decide(policy: core.Policy, data: Data, as_of: date | None) -> list[Case]:
    return cases(world(policy, data, as_of))


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
