"""Two rules decided over the same people, person by person.

Someone is hit by the change if a value of their own (one that looks at nobody else) comes out differently, if their
result would differ with their old places held fast, or if a place or grade of theirs changes in a rank or quota whose
own rule is another; where only who is admitted is another, those who are admitted now or no longer. Whoever changes all
the same is displaced: others moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from msgspec import Struct, structs

from interpreter.exact.arithmetic import NUMERIC
from interpreter.exact.decide import Decision, Decisions, decide
from interpreter.exact.population import Population, Subject
from policy.core import Definition, Policy
from policy.diagnostic import Reason
from policy.likeness import key_of
from policy.types import Number
from policy.units import Exact, whole
from policy.values import ABSENT, Missing, Nil, NoneListed, Referred, Undecided, Value

HIT, DISPLACED = "hit", "displaced"


class Variant(Struct, frozen=True, eq=False):
    """A policy and the people it decides about."""

    policy: Policy
    population: Population


class Change(Struct, frozen=True, eq=False):
    """One person whose case comes out differently.

    `cause` is hit or displaced; `own` names the values of their own that changed. A decision is None where the row is
    set aside under that rule.
    """

    key: str
    cause: str
    own: tuple[str, ...]
    results: tuple[str, ...]
    before: Decision | None
    after: Decision | None


class Summed(Struct, frozen=True):
    """Numbers of some people added up."""

    total: Exact = 0
    count: int = 0


class Simulation(Struct, frozen=True, eq=False):
    """What a change does. `heads` counts, for each result that is a choice, the people with each value before and
    after; `moves` counts who went from which value to which. `sums` has for each result that is a number, of both
    rules, the sum of what is decided and of how many; `opened` why cases that were decided are open now, with how many.
    """

    before: Decisions
    after: Decisions
    changes: tuple[Change, ...]
    touched: int
    sums: dict[str, tuple[Summed, Summed]]
    opened: tuple[tuple[Reason, int], ...]
    heads: dict[str, tuple[tuple[str, int, int], ...]]
    moves: dict[str, dict[tuple[str, str], int]]

    def caused(self, cause: str) -> tuple[Change, ...]:
        """The changes of one cause."""
        return tuple(change for change in self.changes if change.cause == cause)


def simulate(before: Variant, after: Variant, as_of: date | None) -> Simulation:
    """Both variants decided and compared; people are matched by key."""
    old = decide(before.policy, before.population, as_of, traced=False)
    new = decide(after.policy, after.population, as_of, traced=False)
    held = _held(after, old, as_of)
    ruled = reruled(before.policy, after.policy)
    by_key = {case.key: case for case in new.cases}
    shared = _shared(before.policy, after.policy)
    changes, touched = [], 0
    for case in old.cases:
        counterpart = by_key.pop(case.key, None)
        own = _own_changes(case, counterpart, shared) if counterpart is not None else ()
        touched += bool(own)
        if (change := _change(case, counterpart, own, held, ruled)) is not None:
            changes.append(change)
    changes += [Change(c.key, HIT, (), tuple(c.results), None, c) for c in by_key.values()]
    choices = [n for n in after.policy.results if after.policy.choice(n) is not None and n in before.policy.results]
    return Simulation(
        before=old,
        after=new,
        changes=tuple(changes),
        touched=touched,
        sums={name: _sums(name, old.cases, new.cases) for name in numbers(before.policy, after.policy)},
        opened=_opened(old, new),
        heads={name: _heads(name, before.policy, after.policy, (old, new)) for name in choices},
        moves={name: _moves(name, old, new) for name in choices},
    )


# -- person by person ---------------------------------------------------------------------------------------------


def _change(
    case: Decision,
    counterpart: Decision | None,
    own: tuple[str, ...],
    held: dict[str, Decision],
    ruled: dict[str, bool],
) -> Change | None:
    if counterpart is None:
        return Change(case.key, HIT, (), tuple(case.results), case, None)
    differing = tuple(n for n in case.results if n in counterpart.results and not _same(case, counterpart, n))
    if not differing and case.outcome == counterpart.outcome:
        return None
    fixed = held.get(case.key)
    directly = bool(own) or fixed is None or any(n in fixed.results and not _same(case, fixed, n) for n in case.results)
    directly = directly or any(_moved(case, counterpart, name, admitted=ruled[name]) for name in ruled)
    return Change(case.key, HIT if directly else DISPLACED, own, differing, case, counterpart)


def _moved(case: Decision, counterpart: Decision, name: str, *, admitted: bool) -> bool:
    """Whether a place or grade came out differently; of those `admitted` alone, whether there is one at all."""
    old, new = case.subject.memo.get(name), counterpart.subject.memo.get(name)
    if old is None or new is None:
        return False
    if admitted:
        return isinstance(old.value, Nil) != isinstance(new.value, Nil)
    return told(old.value) != told(new.value)


def reruled(before: Policy, after: Policy) -> dict[str, bool]:
    """The ranks, quotas and divisions of a person whose own rule is another, or a shared figure that it reads; with
    whether it is only who is admitted."""
    stated = {d.key: d for d in before.definitions}
    found: dict[str, bool] = {}
    for d in after.definitions:
        if not d.among_all or d.record != after.main.name or d.key not in stated:
            continue
        old, new = _rule(stated[d.key], before), _rule(d, after)
        if old != new:
            found[d.name] = d.ranking is not None and old[1:] == new[1:]
    return found


def _rule(definition: Definition, policy: Policy) -> tuple[object, ...]:
    """Whom a rank, quota or division admits, what else it says, and what the shared figures that it reads say."""
    shared = {d.name: d for d in policy.definitions if not d.record}
    waiting, seen = list(definition.uses), set[str]()
    while waiting:
        record, name = waiting.pop()
        if not record and name in shared and name not in seen:
            seen.add(name)
            waiting += shared[name].uses
    figures = tuple((name, key_of(shared[name].body)) for name in sorted(seen))
    rule = definition.ranking or definition.quota or definition.allocation
    assert rule is not None
    return key_of(rule.among), key_of(structs.replace(rule, among=None)), figures


def _same(a: Decision, b: Decision, name: str) -> bool:
    return told(a.results[name].value) == told(b.results[name].value)


def told(value: Value) -> object:
    """A value for comparing: two absences of one kind are the same, whatever their reasons."""
    if isinstance(value, ABSENT):
        return type(value)
    return (type(value) is bool, value)


def _own_changes(case: Decision, counterpart: Decision, shared: tuple[str, ...]) -> tuple[str, ...]:
    """The values that look at nobody else and came out differently."""
    old, new = case.subject.memo, counterpart.subject.memo
    return tuple(n for n in shared if n in old and n in new and told(old[n].value) != told(new[n].value))


def _shared(before: Policy, after: Policy) -> tuple[str, ...]:
    """Definitions of a person that both policies have and that look at nobody else."""
    theirs = {d.name: d for d in before.definitions if _own(d, before)}
    return tuple(d.name for d in after.definitions if d.name in theirs and _own(d, after))


def _own(definition: Definition, policy: Policy) -> bool:
    return not definition.cohort and definition.record == policy.main.name


def _held(after: Variant, old: Decisions, as_of: date | None) -> dict[str, Decision]:
    """The new rule decided with everyone's old places, to see who changes for reasons of their own."""
    ranks = [d.name for d in after.policy.definitions if d.among_all and d.record == after.policy.main.name]
    if not ranks:
        return {}
    places = {case.key: _places(case, ranks) for case in old.cases}
    main = after.policy.main
    subjects = []
    for record in after.policy.records:
        for subject in after.population.all_of(record.name):
            given = {**subject.given, **(places.get(subject.key, {}) if record.name == main.name else {})}
            subjects.append(Subject(record, subject.values, subject.place, given, subject.aside))
    decisions = decide(after.policy, Population(after.policy.records, subjects), as_of, traced=False)
    return {case.key: case for case in decisions.cases}


def _places(case: Decision, ranks: list[str]) -> dict[str, Value]:
    return {name: case.subject.memo[name].value for name in ranks if name in case.subject.memo}


# -- heads and moves ------------------------------------------------------------------------------------------------


def label(value: Value) -> str:
    """The value of a choice, or what stands in its place: none, missing, referred, undecided."""
    if isinstance(value, ABSENT):
        ways = {Nil: "none", Missing: "missing", NoneListed: "undecided", Referred: "referred", Undecided: "undecided"}
        return ways[type(value)]
    return str(value)


def _heads(
    name: str, before: Policy, after: Policy, both: tuple[Decisions, Decisions]
) -> tuple[tuple[str, int, int], ...]:
    counted = [Counter(label(c.results[name].value) for c in d.cases) for d in both]
    kinds = [k for k in (before.choice(name), after.choice(name)) if k is not None]
    values = list(dict.fromkeys([*(v for k in kinds for v in k.values), *counted[0], *counted[1]]))
    return tuple((v, counted[0][v], counted[1][v]) for v in values if counted[0][v] or counted[1][v])


def _moves(name: str, old: Decisions, new: Decisions) -> dict[tuple[str, str], int]:
    after = {case.key: case for case in new.cases}
    pairs = ((case, after[case.key]) for case in old.cases if case.key in after)
    return dict(Counter((label(a.results[name].value), label(b.results[name].value)) for a, b in pairs))


# -- numbers, and cases that are open now ----------------------------------------------------------------------------


def numbers(before: Policy, after: Policy) -> tuple[str, ...]:
    """The results that are numbers under both rules, places apart."""
    return tuple(n for n in after.results if _is_number(after, n) and _is_number(before, n))


def _is_number(policy: Policy, name: str) -> bool:
    kind = policy.kind(name)
    return isinstance(kind, Number) and not kind.place


def is_place(policy: Policy, name: str) -> bool:
    """Whether a result is a place in a rank."""
    kind = policy.kind(name)
    return isinstance(kind, Number) and kind.place


def _sums(name: str, old: Iterable[Decision], new: Iterable[Decision]) -> tuple[Summed, Summed]:
    return summed(old, name), summed(new, name)


def summed(cases: Iterable[Decision], name: str) -> Summed:
    """A result of some cases added up, of those of whom it is decided."""
    found = [case.results[name].value for case in cases if name in case.results]
    known = [value for value in found if type(value) in NUMERIC]
    return Summed(whole(sum(known, start=Fraction(0))), len(known))


def _opened(old: Decisions, new: Decisions) -> tuple[tuple[Reason, int], ...]:
    """Why cases that were decided are open now, the commonest reason first."""
    was = {case.key: case for case in old.cases}
    reasons = Counter(
        reason
        for case in new.cases
        if case.outcome != "decided" and (case.key not in was or was[case.key].outcome == "decided")
        for reason in case.reasons
    )
    return tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0].code, pair[0].arguments)))
