"""What one changed figure would do: the case decided again with it, all others being as they are.

The search looks at the person's own data, field by field, on the declared grid; what it claims is then verified by
deciding everyone anew. To be fast it keeps of the others what cannot depend on the one who changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from interpreter.exact.compiled import Program
from interpreter.exact.decide import Decision, decide
from interpreter.exact.population import Population, Subject
from interpreter.exact.reach import in_order_of_need, take
from interpreter.exact.refusal import DecideError
from interpreter.exact.trace import Step
from policy import walk
from policy.core import Field, Fold, Follow, Get, Key, Me, Policy, Previous, Record, Ref
from policy.types import Choice, Reference
from policy.values import Value


class Trials:
    """Decides one person's result over and over, each time with one field changed: of theirs, or of `spot`, a record
    that belongs to them."""

    def __init__(
        self,
        policy: Policy,
        population: Population,
        as_of: date | None,
        case: Decision,
        result: str,
        spot: Subject | None = None,
    ) -> None:
        self.policy, self.population, self.as_of = policy, population, as_of
        self.key = key = case.key
        self.result, self.before = result, {name: step.value for name, step in case.results.items()}
        self.records = {record.name: record for record in policy.records}
        main = policy.main.name
        self.me = next(s for s in population.of(main) if s.key == key)
        self.spot = spot or self.me
        place = next(at for at, s in enumerate(population.everyone()) if s is self.spot)
        self.others = [s for at, s in enumerate(population.fresh().everyone()) if at != place]
        self.lasting: dict[int, dict[str, Step]] = {}
        self.own = independent(policy)
        self.read = fields_of_cohorts(policy)
        self.turns = in_order_of_need(policy, [(main, result)])
        self.still = self.program(self.me.values)
        self.known: dict[object, Value] = {}
        self.keep()

    def keep(self) -> None:
        """Works out once, for all others, the definitions that depend on nobody but themselves."""
        for subject in self.others:
            if subject.record == self.policy.main.name and subject.aside is None and subject.key != self.key:
                for name in self.own:
                    if name not in subject.memo:
                        self.still.evaluate(subject, name)
                self.lasting[id(subject)] = {name: subject.memo[name] for name in self.own}

    def changed(self, field: str, value: Value) -> dict[str, Value]:
        return {**self.spot.values, field: value}

    def program(self, values: dict[str, Value]) -> Program:
        """A fresh program over the others and the person, or the record of theirs, with other values."""
        for subject in self.others:
            subject.memo = dict(self.lasting.get(id(subject), ()))
        spot = Subject(self.records[self.spot.record], values, self.spot.place, self.spot.given)
        return Program(self.policy, Population(self.policy.records, [*self.others, spot]), self.as_of)

    def signature(self, field: str, value: Value) -> object:
        """All that others and the result can see of the person with one field changed: equal ones decide equally."""
        if not self.own or self.spot is not self.me:
            return field, value
        values = self.changed(field, value)
        me = Subject(self.policy.main, values, self.me.place, self.me.given)
        try:
            own = tuple(self.still.evaluate(me, name).value for name in self.own)
        except (DecideError, RecursionError):
            return field, value
        return own, tuple(values.get(name) for name in self.read)

    def value(self, field: str, value: Value) -> Value:
        """The result with one field changed; None where deciding stops."""
        signature = self.signature(field, value)
        if signature not in self.known:
            self.known[signature] = self.decided(field, value)
        return self.known[signature]

    def decided(self, field: str, value: Value) -> Value:
        program = self.program(self.changed(field, value))
        me = program.population.find(self.policy.main.name, self.key)
        assert me is not None, "whoever is asked about is among the people"
        try:
            take(self.turns, program)
            return program.evaluate(me, self.result).value
        except (DecideError, RecursionError):
            return None

    def verified(self, field: str, value: Value) -> Decision | None:
        """The case as a full decision of everyone has it."""
        subjects = [self.replaced(s, field, value) for record in self.records for s in self.population.all_of(record)]
        try:
            return decide(self.policy, Population(self.policy.records, subjects), self.as_of, traced=False).case(
                self.key
            )
        except DecideError:
            return None

    def replaced(self, subject: Subject, field: str, value: Value) -> Subject:
        return subject.copy(self.records[subject.record], self.changed(field, value) if subject is self.spot else None)


def independent(policy: Policy) -> tuple[str, ...]:
    """The main record's definitions that depend on no other person; none if any looks at another by reference."""
    main = policy.main.name
    for node in walk.nodes(walk.of_policy(policy)):
        if isinstance(node, Previous) or (isinstance(node, Fold) and node.record == main):
            return ()
        if isinstance(node, Follow) and isinstance(node.type.kind, Reference) and node.type.kind.record == main:
            return ()
    own = [d.key for d in policy.definitions if d.record == main and not d.cohort]
    turns = in_order_of_need(policy, own)
    ordered = [name for turn in turns if turn.record == main for name in turn.names]
    wanted = {name for _, name in own}
    return tuple(name for name in ordered if name in wanted) or tuple(name for _, name in own)


def fields_of_cohorts(policy: Policy) -> tuple[str, ...]:
    """The fields of the main record that definitions read which depend on others."""
    depending = tuple(d for d in policy.definitions if d.cohort or d.record != policy.main.name)
    read = {node.field for node in walk.nodes(walk.of_rules(depending, ())) if isinstance(node, Get)}
    return tuple(f.name for f in policy.main.fields if f.name in read)


def fields_read(policy: Policy, result: str, record: Record, fixed: bool = False) -> tuple[Field, ...]:
    """The fields of a record that a result can depend on, in the order of the record.

    Left out are what tells records apart or says whose they are, and what nobody can change unless `fixed` asks for it.
    """
    described = {d.key: d for d in policy.definitions}
    waiting, seen, fields = [(policy.main.name, result)], set[Key](), set[tuple[str, str]]()
    while waiting:
        key = waiting.pop()
        if key in seen or key not in described:
            continue
        seen.add(key)
        for node in walk.nodes(walk.of_definition(described[key])):
            if isinstance(node, Ref):
                waiting.append(node.key)
            elif isinstance(node, Get) and isinstance(node.of, Me) and isinstance(node.of.type.kind, Reference):
                fields.add((node.of.type.kind.record, node.field))
    return tuple(
        f
        for f in record.fields
        if (record.name, f.name) in fields and not (f.key or f.owner or f.series) and (fixed or not f.fixed)
    )


def belonging(policy: Policy, population: Population, key: str) -> Iterator[tuple[Record, Subject]]:
    """The records that belong to a person, by the field that says whose they are."""
    for record in policy.records[1:]:
        owner = next((f.name for f in record.fields if f.owner), "")
        if owner and record.field(owner).type.kind == Reference(policy.main.name):  # type: ignore[union-attr]
            yield from ((record, s) for s in population.owned(record.name, owner, key) if s.aside is None)


def order_of(kind: Choice | None, value: Any) -> int | None:
    """0 for the best value; those outside the order count as the worst, what is not decided as None."""
    if isinstance(value, bool):
        return 0 if value else 1
    if kind is None or not isinstance(value, str) or value not in kind.values:
        return None
    at = kind.rank_of(value)
    return kind.ordered + kind.values.index(value) if at is None else at
