"""The smallest change of one field that reaches the value sought, or a better one: steps of the field's grid, or other
values of a choice.

Every step of a number's range is tried, the nearest first, as long as those that make a difference are few enough;
otherwise the edge is found by halving, if the grade moves one way over points between the present value and the ends.
"""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

from msgspec import Struct

from interpreter.exact.absence import ABSENT_TYPES
from interpreter.exact.decide import Decision
from interpreter.exact.trace import standing
from interpreter.explaining.model import Figure, Result
from interpreter.explaining.stepping import UNCLEAR, UNREACHED, best_of, halving, scan
from interpreter.explaining.trying import Place, Trials, order_of
from policy.core import Field
from policy.types import Choice, Number, YesNo
from policy.units import Exact, divide, whole
from policy.values import Missing, Value

MANY = 20_000
"""Steps of a range that are looked at one by one at most."""
MOST = 60_000
"""People decided over in trying every step of one field at most."""
MOST_ALONE = 30_000
"""Steps of all fields of a question that are tried one by one at most, where the result rests on nobody else."""
OVERHEAD = 60
"""What a trial costs by itself, in people."""
FARTHEST = 1_000_000


class Change(Struct, frozen=True):
    """One field changed: the results and places it gives, and what a step less would still give (None: no steps).

    `record` names the listed record that it is a field of, empty where it is one's own.
    """

    field: str
    was: Figure
    now: Figure
    results: tuple[Result, ...]
    places: tuple[tuple[str, Figure, int], ...]
    less: Figure | None = None
    less_result: Figure | None = None
    record: str = ""


class Beyond(Struct, frozen=True):
    """A field that alone does not reach the value: the best it gives, and where. Without `result` it gives nothing
    better; `moves` says that it does make a difference, though none for the better."""

    field: str
    value: Figure | None = None
    result: Figure | None = None
    places: tuple[tuple[str, Figure, int], ...] = ()
    moves: bool = False
    record: str = ""


Found: TypeAlias = "Change | Beyond | None"
"""None: it could not be told."""


class Goal(Struct, frozen=True):
    """What is sought, and from where. Where one has that already, it is anything worse: how it would be lost."""

    target: Value
    current: Value
    kind: Choice | None

    def order(self, value: Value) -> int | None:
        return order_of(self.kind, value)

    def reached(self, order: int | None) -> bool:
        """Whether a result stands where the one sought stands, or beyond it as seen from the present one."""
        goal, now = self.order(self.target), self.order(self.current)
        if order is None or goal is None:
            return False
        if goal == now:
            return order > goal
        return order <= goal if now is None or goal < now else order >= goal

    def gap(self, order: int | None) -> int:
        """How far a result is from the one sought."""
        return FARTHEST if order is None else abs(order - (self.order(self.target) or 0))


def change_of(trials: Trials, place: Place, goal: Goal) -> Found:
    """The smallest change in one place."""
    if not changeable(place):
        return None
    kind = place.field.type.kind
    if isinstance(kind, YesNo | Choice):
        return among(trials, place, others(place), goal)
    if isinstance(kind, Number):
        return on_grid(trials, place, kind, goal)
    return None


def changeable(place: Place) -> bool:
    """Whether another value can be tried: what is missing may be there, what is absent for another reason not."""
    return place.known and (isinstance(place.value, Missing) or type(place.value) not in ABSENT_TYPES)


def others(place: Place) -> tuple[Value, ...]:
    """The other values that a yes or no or a choice can have."""
    kind = place.field.type.kind
    if isinstance(kind, YesNo):
        return (True, False) if isinstance(place.value, Missing) else (not place.value,)
    return tuple(v for v in kind.values if v != place.value) if isinstance(kind, Choice) else ()


def among(trials: Trials, place: Place, values: tuple[Value, ...], goal: Goal) -> Found:
    """The first of a few other values that reaches what is sought, else the one that comes nearest."""
    orders = [(goal.order(trials.value(((place, value),))), value) for value in values]
    for order, value in orders:
        if goal.reached(order):
            case = trials.verified(((place, value),))
            if case is not None and reaches(case, trials, goal):
                return change(trials, place, value, case)
            return None
    now = goal.order(goal.current)
    nearest = min(orders, key=lambda each: goal.gap(each[0]), default=None)
    if nearest is not None and goal.gap(nearest[0]) < goal.gap(now):
        return beyond(trials, place, nearest[1])
    moves = any(differs(trials.value(((place, value),)), goal.current) for value in values)
    return Beyond(place.field.name, moves=moves, record=place.called)


def on_grid(trials: Trials, place: Place, kind: Number, goal: Goal) -> Found:
    grid = grid_of(place, kind)
    if grid is None:
        return None
    low, step, start, last = grid

    @cache
    def at(steps: int) -> int | None:
        return goal.order(trials.value(((place, whole(low + steps * step)),)))

    through = affordable(trials, place, (low, step, last))
    if start < 0 and not through:
        return None
    nearest = scan(at, start, last, goal) if through else halving(at, start, last, goal)
    if nearest == UNCLEAR:
        return None
    if nearest != UNREACHED:
        return confirmed(trials, place, (whole(low + nearest * step), step if nearest > start else -step), goal)
    best = best_of(at, start, last, goal, through=through)
    if goal.gap(at(best)) < goal.gap(goal.order(goal.current)):
        return beyond(trials, place, whole(low + best * step))
    if not through:
        return None
    given = (trials.value(((place, whole(low + steps * step)),)) for steps in range(last + 1))
    return Beyond(place.field.name, moves=any(differs(each, goal.current) for each in given), record=place.called)


def differs(one: Value, other: Value) -> bool:
    """Whether two results are told differently; those that are not there by the way in which they are not."""
    absent = [type(each) for each in (one, other) if type(each) in ABSENT_TYPES]
    return type(one) is not type(other) if absent else one != other


def affordable(trials: Trials, place: Place, grid: tuple[Exact, Exact, int]) -> bool:
    """Whether every step can be tried: what counts is how many of them make any difference, and to how many people."""
    low, step, last = grid
    if last > MANY:
        return False
    stir = trials.stir(((place, low),))
    if not stir.ranked:
        return last * len(trials.places) <= MOST_ALONE
    differing = {trials.signature(((place, whole(low + steps * step)),)) for steps in range(last + 1)}
    return len(differing) * (len(trials.resting) + OVERHEAD) <= MOST


def grid_of(place: Place, kind: Number) -> tuple[Exact, Exact, int, int] | None:
    """The values that a number can have: the lowest, the step, and how many steps up it stands (-1: it is missing) and
    the highest is."""
    step, low, high, value = step_of(place.field, kind), kind.low, kind.high, place.value
    if isinstance(value, Missing) and step is not None and low is not None and high is not None:
        return low, step, -1, int((high - low) // step)
    if step is None or low is None or high is None or not low <= value <= high:
        return None
    return low, step, int((value - low) // step), int((high - low) // step)


def step_of(field: Field, kind: Number) -> Exact | None:
    """The step between two values that the field can have."""
    if kind.grid is not None:
        return kind.grid
    if field.places is None:
        return None
    return divide(kind.unit.factor if kind.unit else 1, 10**field.places)


# -- verified --------------------------------------------------------------------------------------------------------


def confirmed(trials: Trials, place: Place, at: tuple[Exact, Exact], goal: Goal) -> Found:
    """A change, once a full decision gives the value sought there and not a step before."""
    value, step = at
    case = trials.verified(((place, value),))
    if case is None or not reaches(case, trials, goal):
        return None
    low = getattr(place.field.type.kind, "low", None)
    if low is not None and whole(value - step) < low:
        return change(trials, place, value, case)
    less = trials.verified(((place, whole(value - step)),))
    if less is None or reaches(less, trials, goal):
        return None
    return change(trials, place, value, case, (Figure(whole(value - step), place.field.type), result(trials, less)))


def reaches(case: Decision, trials: Trials, goal: Goal) -> bool:
    return case.outcome == "decided" and goal.reached(goal.order(case.results[trials.result].value))


def result(trials: Trials, case: Decision) -> Figure:
    """The result of a case."""
    definition = trials.policy.definition(trials.result)
    assert definition is not None
    return Figure(case.results[trials.result].value, definition.type)


def change(
    trials: Trials, place: Place, value: Value, case: Decision, less: tuple[Figure, Figure] | None = None
) -> Change:
    kind = place.field.type
    return Change(place.field.name, Figure(place.value, kind), Figure(value, kind), results_of(trials, case),
                  places_of(case), less[0] if less else None, less[1] if less else None, place.called)  # fmt: skip


def beyond(trials: Trials, place: Place, value: Value) -> Found:
    """The best that a field alone gives, verified."""
    case = trials.verified(((place, value),))
    if case is None:
        return None
    figure = Figure(value, place.field.type)
    return Beyond(place.field.name, figure, result(trials, case), places_of(case), record=place.called)


def results_of(trials: Trials, case: Decision) -> tuple[Result, ...]:
    """The results that are not what they were, grades first."""
    found = []
    for name, step in case.results.items():
        definition = trials.policy.definition(name)
        if definition is not None and step.value != trials.before.get(name):
            found.append(Result(name, Figure(step.value, definition.type)))
    return tuple(sorted(found, key=lambda result: not isinstance(result.value.type.kind, Choice)))


def places_of(case: Decision) -> tuple[tuple[str, Figure, int], ...]:
    """The places in a case's results, each with how many are ranked."""
    found = []
    for name, step in case.results.items():
        note = standing(step)
        if note is not None:
            found.append((name, Figure(step.value, getattr(step.expr, "type", Figure(0).type)), note.of))
    return tuple(found)
