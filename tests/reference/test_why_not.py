"""What is claimed of changed figures, held against deciding again, over random documents."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from interpreter.exact.decide import decide
from interpreter.exact.population import Population, Subject
from interpreter.explaining import UnexplainedError, WhyNot, why_not
from interpreter.explaining.changes import Goal
from interpreter.explaining.trying import called, order_of
from policy import core
from policy.types import Choice, Number, YesNo
from policy.units import whole
from policy.values import Value
from tests.reference.documents import document
from tests.reference.judged import population
from tests.reference.trials import accepted

SAMPLES = 12
"""Values of a range that are looked at where something is said of all of it."""


def with_value(policy: core.Policy, people: Population, key: str, field: str, value: Value) -> Population:
    """The same people, one of them with another value."""
    records = {record.name: record for record in policy.records}
    subjects = [
        each.copy(records[each.record], {**each.values, field: value} if each.key == key and each.record == policy.main.name
                  and each.aside is None else None)
        for each in people.everyone()
    ]  # fmt: skip
    return Population(policy.records, subjects)


class Asked:
    """One answer with what it is held against."""

    def __init__(self, policy: core.Policy, people: Population, as_of: date | None, key: str, target: str) -> None:
        self.policy, self.people, self.as_of, self.key = policy, people, as_of, key
        self.answer: WhyNot = why_not(policy, people, as_of, key, target)
        kind = next(d for d in policy.definitions if d.name == self.answer.result).type.kind
        self.kind = kind if isinstance(kind, Choice) else None
        self.goal = Goal(self.answer.target.value, self.answer.current.value, self.kind)

    def given(self, field: str, value: Value) -> tuple[str, Value]:
        """Outcome and result with a field changed."""
        people = with_value(self.policy, self.people, self.key, field, value)
        case = decide(self.policy, people, self.as_of).case(self.key)
        assert case is not None
        return case.outcome, case.results[self.answer.result].value

    def reached(self, found: tuple[str, Value]) -> bool:
        return found[0] == "decided" and self.goal.reached(order_of(self.kind, found[1]))

    def together(self, edits: list[tuple[str, str, Value]]) -> tuple[str, Value]:
        """Outcome and result with several fields changed, told by record, as it is called, and field."""
        records = {record.name: record for record in self.policy.records}
        found: dict[int, dict[str, Value]] = {}
        for name, field, value in edits:
            (own,) = [s for s in self.people.everyone() if s.aside is None and self.is_called(s, name)]
            found.setdefault(id(own), dict(own.values))[field] = value
        people = Population(
            self.policy.records, [s.copy(records[s.record], found.get(id(s))) for s in self.people.everyone()]
        )
        case = decide(self.policy, people, self.as_of).case(self.key)
        assert case is not None
        return case.outcome, case.results[self.answer.result].value

    def is_called(self, subject: Subject, name: str) -> bool:
        if not name:
            return subject.record == self.policy.main.name and subject.key == self.key
        record = next(r for r in self.policy.records if r.name == subject.record)
        return subject.owner == self.key and called(record, subject) == name

    def wrong_together(self, seen: Counter[str]) -> list[str]:
        """What is claimed of several figures together, and of what bounds them."""
        said: list[str] = []
        found = self.answer.together
        if found is not None:
            moves = [(m.record, m.field, m.was.value, m.now.value) for m in found.moves]
            names = [(record, field) for record, field, _, _ in moves]
            if len(set(names)) < len(names) or not self.told_apart(moves):
                return []
            seen["together"] += 1
            edits = [(record, field, now) for record, field, _, now in moves]
            if not self.reached(self.together(edits)):
                said.append(f"{edits} does not reach it")
            for at, (record, field, was, _) in enumerate(moves):
                if self.reached(self.together([*edits[:at], (record, field, was), *edits[at + 1 :]])):
                    said.append(f"{edits} reaches it without {record} {field}")
        bound = self.answer.bound
        if bound is not None and bound.whole:
            seen["bound"] += 1
            kinds = [(f.name, self.values(f)) for f in self.policy.main.fields
                     if isinstance(f.type.kind, YesNo | Choice | Number) and not (f.key or f.owner or f.series or f.fixed)
                     and (not isinstance(f.type.kind, Number) or (f.type.kind.grid and f.type.kind.low is not None
                          and f.type.kind.high is not None))]  # fmt: skip
            ends = [(name, [values[0], values[-1]]) for name, values in kinds if values][:4]
            for chosen in product(*(values for _, values in ends)):
                edits = [("", name, value) for (name, _), value in zip(ends, chosen, strict=True)]
                if self.tryable([name for _, name, _ in edits]) and self.reached(self.together(edits)):
                    said.append(f"{edits} reaches it though nothing should")
        return said

    def told_apart(self, moves: list[tuple[str, str, Value, Value]]) -> bool:
        return all(
            sum(self.is_called(s, record) and s.aside is None for s in self.people.everyone()) == 1
            for record, *_ in moves
        )

    def tryable(self, fields: list[str]) -> bool:
        me = self.people.find(self.policy.main.name, self.key)
        assert me is not None
        tried = {entry.field for entry in self.answer.beyond if not entry.record}
        return all(field in tried for field in fields)

    def values(self, field: core.Field) -> list[Any]:
        kind = field.type.kind
        if isinstance(kind, YesNo):
            return [True, False]
        if isinstance(kind, Choice):
            return list(kind.values)
        assert isinstance(kind, Number)
        assert kind.grid is not None
        assert kind.low is not None
        assert kind.high is not None
        count = int((kind.high - kind.low) / Fraction(kind.grid))
        return [whole(kind.low + at * kind.grid) for at in range(0, count + 1, max(1, count // SAMPLES))]

    def wrong(self, seen: Counter[str]) -> list[str]:
        said = []
        for change in self.answer.changes:
            if not change.record:
                seen["change"] += 1
                if not self.reached(self.given(change.field, change.now.value)):
                    said.append(f"{change.field} = {change.now.value} does not reach it")
                if change.less is not None and self.reached(self.given(change.field, change.less.value)):
                    said.append(f"{change.field} = {change.less.value} reaches it already")
        for entry in self.answer.beyond:
            field = self.policy.main.field(entry.field)
            if entry.record or field is None:
                continue
            found = {self.given(entry.field, value) for value in self.values(field)}
            seen["out of reach"] += 1
            if any(self.reached(each) for each in found):
                said.append(f"{entry.field} reaches it after all")
            if entry.result is None and not entry.moves and {value for _, value in found} - {self.goal.current}:
                said.append(f"{entry.field} makes a difference")
        return said


def questions(policy: core.Policy, people: Population) -> list[tuple[str, str]]:
    """Whom to ask about, and which grade: the first two of each result that is a choice or a yes or no."""
    keys = [subject.key for subject in people.of(policy.main.name)][:2]
    kinds = [d.type.kind for name in policy.results if (d := policy.definition(name)) is not None]
    targets = [list(kind.values)[:2] if isinstance(kind, Choice) else ["yes"] for kind in kinds
               if isinstance(kind, Choice | YesNo)]  # fmt: skip
    return [(key, target) for key in keys for each in targets for target in each]


@pytest.mark.parametrize("seeds", [range(at, at + 80) for at in range(0, 400, 80)], ids=lambda seeds: str(seeds.start))
def test_claims_at_random(seeds: range) -> None:
    seen: Counter[str] = Counter()
    wrong = []
    for seed in seeds:
        given, found = accepted(document(seed))
        if found.policy is None:
            continue
        people = population(found.policy, given.data)
        for key, target in questions(found.policy, people):
            try:
                asked = Asked(found.policy, people, given.as_of, key, target)
            except UnexplainedError:
                continue
            said = [*asked.wrong(seen), *asked.wrong_together(seen)]
            wrong += [f"document {seed}, {key}, {target}: {each}" for each in said]
    assert wrong == []
    assert seen["out of reach"]
    assert seen["together"] + seen["bound"]
