"""People with what cannot move already worked out: only what rests on some definitions is decided anew."""

from __future__ import annotations

from collections.abc import Collection

from interpreter.exact.decide import Decisions
from interpreter.exact.population import Population, Subject
from interpreter.exact.reach import read_by
from policy.core import Key, Policy
from policy.values import Missing


def resting_on(policy: Policy, roots: Collection[Key]) -> frozenset[Key]:
    """The definitions whose values may be others where those of `roots` are, these among them."""
    stated = {d.key: d for d in policy.definitions}
    readers: dict[Key, list[Key]] = {}
    for key, definition in stated.items():
        for other in read_by(definition, stated):
            readers.setdefault(other, []).append(key)
    waiting, found = list(roots), set(roots)
    while waiting:
        for key in readers.get(waiting.pop(), ()):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return frozenset(found)


def resting(decisions: Decisions, moving: Collection[Key]) -> Population:
    """The people of decisions, each with the values of plain definitions that are not among `moving`.

    Ranks and quotas are worked out anew: what others know of them is more than their values. A missing value is too,
    as it matters which expression it came from.
    """
    policy = decisions.policy
    kept: dict[str, list[str]] = {}
    for definition in policy.definitions:
        if not definition.among_all and definition.key not in moving:
            kept.setdefault(definition.record, []).append(definition.name)
    subjects = []
    for record in policy.records:
        names = kept.get(record.name, [])
        for subject in decisions.population.all_of(record.name):
            values = {name: subject.memo[name].value for name in names if name in subject.memo}
            given = {**subject.given, **{n: v for n, v in values.items() if not isinstance(v, Missing)}}
            subjects.append(Subject(record, subject.values, subject.place, given, subject.aside))
    return Population(policy.records, subjects)
