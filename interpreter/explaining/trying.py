"""What changed figures would do: the case decided again with them, all others being as they are.

The search looks at the person's own data and at what belongs to them, field by field, on the declared grid; what it
claims is then verified by deciding everyone anew. To be fast it works out again only what can be different: the
definitions that read a field that is changed, of those who can be affected, and ranks and quotas of everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct

from interpreter.exact.absence import ABSENT_TYPES
from interpreter.exact.compiled import Program
from interpreter.exact.decide import Decision, Decisions, decide, decided
from interpreter.exact.population import Population, Subject
from interpreter.exact.reach import in_order_of_need, take
from interpreter.exact.refusal import DecideError
from interpreter.exact.trace import Step
from interpreter.explaining.depending import Affected, Spread, Stir, fields_of_cohorts, moving, needed
from policy import walk
from policy.core import Field, Get, Key, Me, Policy, Record
from policy.types import Choice, Reference
from policy.values import Missing, Period, Value

MOST_LISTED = 40
"""Records of a person that are tried at most."""
NEAR = 60
"""People who can be affected up to whom what they have is compared before everybody is ranked again."""


T = TypeVar("T")


class Place(Struct, frozen=True, eq=False):
    """A field that may be changed: of the person, or of a record of theirs, which `called` names."""

    field: Field
    subject: Subject
    called: str = ""

    @property
    def value(self) -> Value:
        """What stands there."""
        return self.subject.values[self.field.name]

    @property
    def known(self) -> bool:
        return self.field.name in self.subject.values


Edits: TypeAlias = tuple[tuple[Place, Value], ...]
"""Values put in places together."""


class Trials:
    """Decides one person's result over and over, each time with other values in some places."""

    def __init__(self, decisions: Decisions, case: Decision, result: str, *, fixed: bool = False) -> None:
        self.policy, self.as_of = decisions.policy, decisions.as_of
        self.key, self.result = case.key, result
        self.before = {name: step.value for name, step in case.results.items()}
        self.records = {record.name: record for record in self.policy.records}
        self.people = self._as_decided(decisions.population)
        me = self.people.find(self.policy.main.name, self.key)
        assert me is not None, "whoever is asked about is among the people"
        self.me, root = me, (self.policy.main.name, result)
        self.places = tuple(places(self.policy, self.people, me, result, fixed=fixed))
        self.stated = {d.key: d for d in self.policy.definitions}
        self.wanted = needed(self.policy, root)
        self.seen = fields_of_cohorts(self.policy)
        self.turns, self.every_turn = in_order_of_need(self.policy, [root]), in_order_of_need(self.policy)
        self.program = Program(self.policy, self.people, self.as_of)
        self.affected, self.spread = Affected(self.policy, self.people), Spread(self.policy)
        near = self.affected.by([me, *{id(p.subject): p.subject for p in self.places}.values()])
        self.near = {id(subject) for subject in near}
        self.resting = [self._resting(s) for s in self.people.everyone()]
        self.known: dict[object, Value] = {}
        self.signatures: dict[object, object] = {}
        self.moving: dict[frozenset[Key], frozenset[Key]] = {}
        self.stirs: dict[tuple[int, ...], Stir] = {}

    def _as_decided(self, population: Population) -> Population:
        """The people with all that was worked out of them, to be changed here."""
        subjects = []
        for subject in population.everyone():
            copied = subject.copy(self.records[subject.record], dict(subject.values))
            copied.traced, copied.memo = False, dict(subject.memo)
            subjects.append(copied)
        return Population(self.policy.records, subjects)

    def stir(self, edits: Edits) -> Stir:
        """What values in these places can make different."""
        ids = tuple(id(place) for place, _ in edits)
        if ids not in self.stirs:
            self.stirs[ids] = self._stirred([place for place, _ in edits])
        return self.stirs[ids]

    def _stirred(self, at: Sequence[Place]) -> Stir:
        spots: dict[Key, set[int]] = {}
        for place in at:
            spots.setdefault((place.subject.record, place.field.name), set()).add(id(place.subject))
        fields = frozenset(spots)
        if fields not in self.moving:
            self.moving[fields] = moving(self.policy, fields) & self.wanted
        found = self.moving[fields]
        near = self.affected.by({id(place.subject): place.subject for place in at}.values())
        cohorts = [key for key in found if self.stated[key].cohort]
        of_all = {r: tuple(name for record, name in cohorts if record == r) for r in ("", *self.records)}
        stirred = [(s, of_all[s.record]) for s in (self.program.nobody, *self.people.everyone())]
        reached = self.spread.of(found, spots)
        plain = [(key, reached.get(key, set())) for key in sorted(found) if not self.stated[key].cohort]
        nobody = tuple(key[1] for key, _ in plain if not key[0])
        own = [
            (s, key) for s in near for key, of in plain
            if key[0] == s.record and (of is None or id(s) in of)
        ]  # fmt: skip
        close: dict[int, tuple[Subject, list[str]]] = {id(s): (s, []) for s in near}
        for subject, key in own:
            close[id(subject)][1].append(key[1])
        dropped = [(self.program.nobody, nobody), *((s, tuple(names)) for s, names in close.values())]
        near_by = tuple((s, names) for s, names in dropped if names)
        return Stir(
            names=(*((s, names) for s, names in stirred if names), *near_by),
            close=near_by,
            own=tuple((s, key[1]) for s, key in own),
            placing=tuple(k for k in found if self.stated[k].among_all),
            ranked=bool(cohorts),
            near=len(near),
        )

    def _resting(self, subject: Subject) -> Subject:
        """Somebody for a full decision: of those who are far, with plain values that nothing here can move."""
        given = dict(subject.given)
        if id(subject) not in self.near:
            for name, step in subject.memo.items():
                definition = self.stated.get((subject.record, name))
                plain = definition is not None and not definition.among_all
                if plain and definition is not None and not (definition.cohort or isinstance(step.value, Missing)):
                    given[name] = step.value
        return Subject(self.records[subject.record], subject.values, subject.place, given, subject.aside)

    # -- deciding -----------------------------------------------------------------------------------------------------

    def value(self, edits: Edits) -> Value:
        """The result with other values in some places; None where deciding stops."""
        stir = self.stir(edits)
        signature = self._signature(edits, stir)
        if signature not in self.known:
            self.program.forget(stir.placing)
            self.known[signature] = self._put(edits, self._result, stir.names)
        return self.known[signature]

    def signature(self, edits: Edits) -> object:
        """All that ranks and quotas can see of those who are affected: equal ones decide equally."""
        return self._signature(edits, self.stir(edits))

    def _signature(self, edits: Edits, stir: Stir) -> object:
        plain = tuple((id(place), value) for place, value in edits)
        if not stir.ranked or stir.near > NEAR:
            return plain
        if plain not in self.signatures:
            found = self._put(edits, lambda: tuple(self._worked(s, name).value for s, name in stir.own), stir.close)
            seen = tuple((id(p), v) for p, v in edits if (p.subject.record, p.field.name) in self.seen and v != p.value)
            self.signatures[plain] = plain if found is None else (stir.own, found, seen)
        return self.signatures[plain]

    def stirs_anything(self, edits: Edits) -> bool:
        """Whether values in some places make a difference to anything on the way to the result."""
        stir = self.stir(edits)
        was = tuple(told(self._worked(s, name).value) for s, name in stir.own)
        now = self._put(edits, lambda: tuple(told(self._worked(s, name).value) for s, name in stir.own), stir.close)
        return now != was or any((p.subject.record, p.field.name) in self.seen for p, _ in edits)

    def _worked(self, subject: Subject, name: str) -> Step:
        return subject.memo.get(name) or self.program.evaluate(subject, name)

    def _result(self) -> Value:
        take(self.turns, self.program)
        return self._worked(self.me, self.result).value

    def _put(self, edits: Edits, work: Callable[[], T], stirred: Sequence[tuple[Subject, tuple[str, ...]]]) -> T | None:
        """What `work` gives while the values stand in their places, with some definitions to be worked out again; all
        is as before behind it."""
        before = [(place, place.value) for place, _ in edits]
        kept = [(s.memo, {n: s.memo.pop(n) for n in names if n in s.memo}, names) for s, names in stirred]
        try:
            for place, value in edits:
                place.subject.values[place.field.name] = value
            return work()
        except (DecideError, RecursionError):
            return None
        finally:
            for place, value in before:
                place.subject.values[place.field.name] = value
            for memo, old, names in kept:
                for name in names:
                    memo.pop(name, None)
                memo.update(old)

    def verified(self, edits: Edits) -> Decision | None:
        """The case as a decision from the data on has it, everybody ranked again as far as it rests on them."""
        program = Program(self.policy, self._with(edits).fresh(traced=False), self.as_of)
        try:
            return next(iter(decided(program, self.key, self.every_turn)), None)
        except (DecideError, RecursionError):
            return None

    def decided(self, edits: Edits) -> Decisions | None:
        """A full decision with other values in some places; None where deciding stops."""
        try:
            return decide(self.policy, self._with(edits), self.as_of, traced=False)
        except (DecideError, RecursionError):
            return None

    def _with(self, edits: Edits) -> Population:
        """The people with other values in some places."""
        changed: dict[int, dict[str, Value]] = {}
        for place, value in edits:
            changed.setdefault(id(place.subject), dict(place.subject.values))[place.field.name] = value
        subjects = [
            other.copy(self.records[other.record], changed[id(own)]) if id(own) in changed else other
            for own, other in zip(self.people.everyone(), self.resting, strict=True)
        ]
        return Population(self.policy.records, subjects)


# -- places ----------------------------------------------------------------------------------------------------------


def places(policy: Policy, people: Population, me: Subject, result: str, *, fixed: bool) -> Iterator[Place]:
    """What may be changed: the person's own fields, then those of each record of theirs."""
    yield from (Place(field, me) for field in fields_read(policy, result, policy.main, fixed))
    for at, (record, subject) in enumerate(belonging(policy, people, me.key)):
        if at < MOST_LISTED:
            fields = fields_read(policy, result, record, fixed)
            yield from (Place(field, subject, called(record, subject)) for field in fields)


def fields_read(policy: Policy, result: str, record: Record, fixed: bool = False) -> tuple[Field, ...]:
    """The fields of a record that a result can depend on, in the order of the record.

    Left out are what tells records apart or says whose they are, and what nobody can change unless `fixed` asks for it.
    """
    fields = set[tuple[str, str]]()
    for key in needed(policy, (policy.main.name, result)):
        definition = next(d for d in policy.definitions if d.key == key)
        for node in walk.nodes(walk.of_definition(definition)):
            if isinstance(node, Get) and isinstance(node.of, Me) and isinstance(node.of.type.kind, Reference):
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


def called(record: Record, subject: Subject) -> str:
    """A listed record by its key or period, else by its row."""
    series = next((f.name for f in record.fields if f.series), "")
    own = subject.key or subject.values.get(series)
    row = getattr(subject.place, "row", 0)
    told = str(own) if isinstance(own, str | date) and own else _period(own) if isinstance(own, Period) else f"#{row}"
    return f"{record.name} {told}"


def _period(at: Period) -> str:
    return {"year": f"{at.year}", "month": f"{at.year}-{at.part:02}", "quarter": f"{at.year}Q{at.part}"}[at.grain]


def told(value: Value) -> object:
    """A value for comparing: what is absent by the way in which it is."""
    return type(value) if type(value) in ABSENT_TYPES else (type(value) is bool, value)


def order_of(kind: Choice | None, value: Any) -> int | None:
    """0 for the best value; those outside the order count as the worst, what is not decided as None."""
    if isinstance(value, bool):
        return 0 if value else 1
    if kind is None or not isinstance(value, str) or value not in kind.values:
        return None
    at = kind.rank_of(value)
    return kind.ordered + kind.values.index(value) if at is None else at
