"""Exceptions: what acts on a value for a case, and what comes of all that acts.

Of all effects that hold: those voided or prevailed over fall away; a case kept for people is; fixed values must agree;
steps up and down add, staying within the order; then come the highest floor and the lowest cap, which a fixed value
must bear. What contradicts itself is undecided, both clauses named. A value outside the order is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from interpreter.exact.absence import ABSENT_TYPES, OPEN, spread, truth, undecided
from interpreter.exact.arithmetic import NUMERIC, added
from interpreter.exact.code import Code, Program, Worker
from interpreter.exact.limits import held_to
from interpreter.exact.lists import lister
from interpreter.exact.population import Scope, Subject, in_doubt
from interpreter.exact.telling import clause_of
from interpreter.exact.trace import Acting, Seat, Share, Standing, Step
from policy.core import Definition, Effect, Excepted, Exempt
from policy.kinds import Fate
from policy.types import Choice, Type
from policy.values import Nil, Referred, Undecided, Value

Trial: TypeAlias = 'Callable[[Scope], list["Trying"]]'
Voiding: TypeAlias = "Callable[[Scope], tuple[Value, str, tuple[Step, ...]]]"


class Trying(Struct, eq=False):
    """One effect tried on a case: the exception it is of, the listed record's key, and what its guard came to.

    `void` is what came of the exceptions to it (True: it is voided, absent: that is open), `by` names the one.
    """

    exempt: Exempt
    effect: Effect
    key: str
    holds: Value
    guard: Step
    value: Step | None
    void: Value
    by: str
    voiding: tuple[Step, ...]


def excepted_of(node: Excepted, program: Program) -> Code:
    inner, judge = program.code(node.of), judging(node.exceptions, node.type, program)

    def run(scope: Scope) -> Step:
        base = inner(scope)
        value, steps = judge(base.value, scope)
        return Step(node, value, (base, *steps))

    return run


def definition_under(definition: Definition, plain: Worker, program: Program) -> Worker:
    """A definition's value under the exceptions that stand beside it; the cohort's facts stay with it."""
    if not definition.exceptions:

        def bare(subject: Subject) -> Step:
            step = plain(subject)
            return of_definition(definition, subject, step.value, (step,))

        return bare
    judge = judging(definition.exceptions, definition.type, program)

    def worker(subject: Subject) -> Step:
        step = plain(subject)
        value, steps = judge(step.value, (subject,))
        return of_definition(definition, subject, value, (step, *steps))

    return worker


def of_definition(definition: Definition, subject: Subject, value: Value, parts: tuple[Step, ...]) -> Step:
    """The step of a definition; where nobody will read it, without what it was made of, but with its place."""
    note = parts[0].note
    if subject.traced:
        return Step(definition, value, parts, note)
    return Step(definition, value, (), note if isinstance(note, Standing | Seat | Share) else None)


def judging(
    exceptions: tuple[Exempt, ...], kind: Type, program: Program
) -> Callable[[Value, Scope], tuple[Value, tuple[Step, ...]]]:
    """What becomes of a value under some exceptions, with a step for every effect tried."""
    trials = [trial(exempt, program) for exempt in exceptions]
    order = kind.kind if isinstance(kind.kind, Choice) else None

    def judge(base: Value, scope: Scope) -> tuple[Value, tuple[Step, ...]]:
        tried = [trying for attempt in trials for trying in attempt(scope)]
        overruled = prevailed_over(exceptions, tried)
        acting = [t for t in tried if stands(t) and t.exempt.name not in overruled]
        steps = tuple([told(trying, overruled) for trying in tried])
        return outcome(base, acting, order), steps

    return judge


class Attempt(Struct, eq=False):
    """One exception compiled. `voiding` says that it is one to an exception, of which only `不适用` counts."""

    exempt: Exempt
    effects: list[tuple[Effect, Code, Code | None]]
    voids: list[Voiding]
    voiding: bool

    def on(self, scope: Scope, key: str) -> list[Trying]:
        """Its effects tried on one case, or on one listed record of it."""
        return [self.one(effect, guard(scope), code, (scope, key)) for effect, guard, code in self.effects]

    def one(self, effect: Effect, test: Step, code: Code | None, case: tuple[Scope, str]) -> Trying:
        holds, (scope, key) = truth(test.value), case
        if holds is False or (effect.kind == "void") is not self.voiding:
            return Trying(self.exempt, effect, key, False, test, None, False, "", ())
        void, by, steps = voided(self.voids, scope)
        value = code(scope) if code and holds is True and void is not True else None
        return Trying(self.exempt, effect, key, holds, test, value, void, by, steps)


def trial(exempt: Exempt, program: Program, voiding: bool = False) -> Trial:
    """Tries the effects of one exception, once for each record where it is about a list."""
    effects = [(effect, program.code(effect.guard), program.code(effect.value) if effect.value else None)
               for effect in exempt.effects]  # fmt: skip
    attempt = Attempt(exempt, effects, [voiding_of(each, program) for each in exempt.voided_by], voiding)
    listing = lister(exempt.each, program) if exempt.each else None

    def run(scope: Scope) -> list[Trying]:
        if listing is None:
            return attempt.on(scope, "")
        return [doubted(t, subject) for subject in listing(scope) for t in attempt.on((subject, *scope), subject.label)]

    return run


def doubted(trying: Trying, subject: Subject) -> Trying:
    """An effect of a listed record, which may act at most if the record was set aside."""
    trying.holds = in_doubt(trying.holds, subject)
    return trying


def voided(voids: list[Voiding], scope: Scope) -> tuple[Value, str, tuple[Step, ...]]:
    """Whether any of the exceptions to an exception voids it here."""
    results = [void(scope) for void in voids]
    steps = tuple([step for _, _, found in results for step in found])
    for value, by, _ in results:
        if value is True:
            return True, by, steps
    doubts = [value for value, _, _ in results if value is not False]
    return (spread(doubts), "", steps) if doubts else (False, "", steps)


def voiding_of(exempt: Exempt, program: Program) -> Voiding:
    """Whether an exception to an exception voids it; one that is itself voided does not."""
    attempt = trial(exempt, program, True)

    def run(scope: Scope) -> tuple[Value, str, tuple[Step, ...]]:
        tried = attempt(scope)
        steps = tuple([told(trying, set()) for trying in tried])
        held = [t for t in tried if t.holds is True and t.void is False]
        if held:
            return True, exempt.name, steps
        doubts = [v for t in tried if t.holds is not False and t.void is not True for v in (t.holds, t.void)]
        return (spread([v for v in doubts if type(v) in OPEN]) if doubts else False), "", steps

    return run


def stands(trying: Trying) -> bool:
    """Whether an effect acts, or may act."""
    return trying.holds is not False and trying.void is not True


def certain(trying: Trying) -> bool:
    return trying.holds is True and trying.void is False


def prevailed_over(exceptions: tuple[Exempt, ...], tried: list[Trying]) -> dict[str, str]:
    """The exceptions over which another prevails that has an effect here, each with that other's name."""
    acting = {t.exempt.name for t in tried if certain(t)}
    overruled: dict[str, str] = {}
    settled: set[str] = set()
    while len(settled) < len(exceptions):
        free = [e for e in exceptions if e.name not in settled and not any(
            e.name in other.over and other.name not in settled for other in exceptions if other is not e)]  # fmt: skip
        for exempt in free or [e for e in exceptions if e.name not in settled]:
            settled.add(exempt.name)
            if exempt.name in acting and exempt.name not in overruled:
                overruled.update(dict.fromkeys(exempt.over, exempt.name))
    return overruled


def told(trying: Trying, overruled: dict[str, str] | set[str]) -> Step:
    """The step of one effect tried."""
    name, by = trying.exempt.name, trying.by
    fate: Fate
    if trying.holds is False:
        fate = "idle"
    elif trying.void is True:
        fate = "voided"
    elif name in overruled:
        fate, by = "overruled", overruled[name] if isinstance(overruled, dict) else ""
    else:
        fate = "acts" if certain(trying) else "open"
    value = (trying.value,) if trying.value else ()
    parts = (trying.guard, *value, *trying.voiding)
    return Step(trying.effect, trying.holds, parts, Acting(name, trying.key, fate, by))


def outcome(base: Value, acting: list[Trying], order: Choice | None) -> Value:
    """What comes of a value under the effects that act on it; their order, which may be the data's, means nothing."""
    if len(acting) > 1:
        acting = sorted(acting, key=lambda trying: (naming(trying), str(worth(trying))))
    doubts = [v for t in acting for v in (t.holds, t.void) if type(v) in OPEN]
    doubts += [t.value.value for t in acting if t.value and type(t.value.value) in OPEN]
    kept = [kept_for_people(t) for t in acting if t.effect.kind in ("referred", "undecided")]
    if doubts or kept:
        return spread([*doubts, *kept])
    fixed = [t for t in acting if t.effect.kind == "fix"]
    clash = next((t for t in fixed if worth(t) != worth(fixed[0])), None)
    if clash is not None:
        return conflict(fixed[0], clash)
    value = worth(fixed[0]) if fixed else base
    if type(value) in OPEN or type(value) is Nil:
        return spread((value,)) if type(value) in OPEN and acting else value
    return limited(stepped(value, acting, order), acting, fixed, order)


def kept_for_people(trying: Trying) -> Value:
    why = undecided("ZS840", reason=trying.effect.reason)
    return Referred(why.reasons) if trying.effect.kind == "referred" else why


def worth(trying: Trying) -> Value:
    return trying.value.value if trying.value else None


def conflict(one: Trying, other: Trying) -> Undecided:
    """Two effects that contradict each other, in an order that is not the data's."""
    first, second = sorted((naming(one), naming(other)))
    return undecided("ZS830", first=first, second=second)


def naming(trying: Trying) -> str:
    effect, exempt = trying.effect, trying.exempt
    return clause_of(effect.clause if effect.clause.cites else exempt.clause, effect.span) or exempt.name


def stepped(value: Value, acting: list[Trying], order: Choice | None) -> Value:
    """A value moved by all steps up and down together; grades stay within their order."""
    moves = [t for t in acting if t.effect.kind in ("raise", "lower")]
    if not moves:
        return value
    up = added([worth(t) for t in moves], [1 if t.effect.kind == "raise" else -1 for t in moves])
    if up is None:
        return spread([worth(t) for t in moves])
    if order is None:
        return added((value, up), (1, 1)) if type(value) in NUMERIC else value
    at = order.rank_of(value)
    return value if at is None else order.values[min(max(at - int(up), 0), order.ordered - 1)]


def limited(value: Value, acting: list[Trying], fixed: list[Trying], order: Choice | None) -> Value:
    """A value under the highest floor and the lowest cap; they do not touch a value outside the order."""
    if order is not None and isinstance(value, str) and order.rank_of(value) is None:
        return value
    floor = tightest([t for t in acting if t.effect.kind == "floor"], order, True)
    cap = tightest([t for t in acting if t.effect.kind == "cap"], order, False)
    if floor and cap and held_to(worth(floor), worth(cap), order, False) != worth(floor):
        return conflict(floor, cap)
    for limit in (t for t in (floor, cap) if t):
        held = held_to(value, worth(limit), order, limit.effect.kind == "floor")
        if fixed and held != value:
            return conflict(fixed[0], limit)
        value = held
    return value


def tightest(limits: list[Trying], order: Choice | None, floor: bool) -> Trying | None:
    """The highest of some floors, or the lowest of some caps."""
    if not limits:
        return None
    best = limits[0]
    for each in limits[1:]:
        if type(worth(each)) not in ABSENT_TYPES and held_to(worth(best), worth(each), order, floor) != worth(best):
            best = each
    return best
