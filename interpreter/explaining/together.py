"""Where no single change reaches the value: two figures changed together, several of them, or what bounds it.

Of two figures the ends of each range and some values between are tried with each other, and every other value of a
choice; where that reaches the value, each figure is moved as little as it can be with the other as it is. Of the pairs
found so the one is told whose figures move the smallest shares of their declared ranges, another value of a choice
counting as a whole range. Values between those that were tried may do better; it is said where not all were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product

from msgspec import Struct

from interpreter.explaining.changes import (
    OVERHEAD,
    Goal,
    changeable,
    grid_of,
    others,
    places_of,
    reaches,
    result,
    results_of,
)
from interpreter.explaining.model import Figure, Item, Result
from interpreter.explaining.stepping import halved
from interpreter.explaining.trying import Edits, Place, Trials
from policy.types import Choice, Number, YesNo
from policy.units import whole
from policy.values import Missing, Value

MOST_PAIRS = 1_500
"""Combinations of two values that are tried at most, where the result rests on nobody else."""
INNER = 9
"""Values between the ends of a range that are tried of two figures."""
MOST_RANKED = 40_000
"""People decided over at most, where it rests on a rank or quota."""
MOST_CORNERS = 512
"""Combinations of the ends of all fields that are tried at most."""


class Moved(Struct, frozen=True):
    """One of several figures that are changed together; `record` names the listed record that it is of."""

    field: str
    was: Figure
    now: Figure
    record: str = ""


class Together(Struct, frozen=True):
    """Figures changed together, none of which may be left out or moved less: what comes of them, verified."""

    moves: tuple[Moved, ...]
    results: tuple[Result, ...]
    places: tuple[tuple[str, Figure, int], ...]


class Bound(Struct, frozen=True):
    """What no change of these figures gets beyond: the best result that was found with the ends of all ranges, and
    where; `lacks` is what keeps it from the value even so. `whole` says that every combination of ends was tried;
    `fixed` are fields that nobody can change and of which a change would reach the value."""

    best: Figure
    places: tuple[tuple[str, Figure, int], ...]
    whole: bool
    fixed: tuple[str, ...] = ()
    lacks: tuple[Item, ...] = ()


def open_to(trials: Trials) -> list[Place]:
    """The places whose values have ends or other values to try."""
    return [place for place in trials.places if ends(place)]


def ends(place: Place) -> tuple[Value, ...]:
    """Both ends of a range, or the other values."""
    if not changeable(place):
        return ()
    kind = place.field.type.kind
    if isinstance(kind, YesNo | Choice):
        return others(place)
    if isinstance(kind, Number) and (grid := grid_of(place, kind)) is not None:
        low, step, _, last = grid
        return tuple(v for v in (whole(low + last * step), low) if v != place.value)
    return ()


def points(place: Place) -> tuple[Value, ...]:
    """The ends, or the other values, and of a range some values between."""
    kind = place.field.type.kind
    if not isinstance(kind, Number) or (grid := grid_of(place, kind)) is None:
        return ends(place)
    low, step, _, last = grid
    inner = (whole(low + (last * at // (INNER + 1)) * step) for at in range(1, INNER + 1))
    return tuple(dict.fromkeys((*ends(place), *(value for value in inner if value != place.value))))


def complete(place: Place) -> bool:
    """Whether those are all values that could be tried."""
    kind = place.field.type.kind
    return isinstance(kind, YesNo | Choice) or (
        isinstance(kind, Number) and (grid := grid_of(place, kind)) is not None and grid[3] <= INNER
    )


# -- two together ----------------------------------------------------------------------------------------------------


def pair(trials: Trials, goal: Goal) -> tuple[Together | None, bool]:
    """The smallest two figures found that reach the value together, and whether every two values were tried."""
    places = open_to(trials)
    found: list[tuple[Fraction, int, Edits]] = []
    left, pairs = _budget(trials), _pairs(trials, places)
    for values_of in (ends, points):
        for at, (one, other) in enumerate(pairs):
            for values in product(values_of(one), values_of(other)):
                left -= 1
                if left < 0:
                    return _smallest(trials, goal, found), False
                edits = ((one, values[0]), (other, values[1]))
                if goal.reached(goal.order(trials.value(edits))):
                    found += [(_size(each), at, each) for each in _lessened(trials, goal, edits)]
    return _smallest(trials, goal, found), all(map(complete, places)) and len(places) == len(trials.places)


def _budget(trials: Trials) -> int:
    ranked = any(trials.stir(((place, place.value),)).ranked for place in open_to(trials))
    return MOST_RANKED // (len(trials.resting) + OVERHEAD) if ranked else MOST_PAIRS


def _pairs(trials: Trials, places: Sequence[Place]) -> list[tuple[Place, Place]]:
    """Any two, those first that make a difference to anything by themselves, those of the person before others."""
    idle = {id(place): not any(trials.stirs_anything(((place, v),)) for v in ends(place)) for place in places}

    def order(two: tuple[Place, Place]) -> tuple[int, int]:
        return sum(idle[id(place)] for place in two), sum(bool(place.called) for place in two)

    return sorted(combinations(places, 2), key=order)


def _lessened(trials: Trials, goal: Goal, edits: Edits) -> Iterator[Edits]:
    """Each figure moved as little as it can be, one first and then the other, in both orders."""
    for first in (0, 1):
        one = _least(trials, goal, edits, first)
        yield _least(trials, goal, one, 1 - first)


def _least(trials: Trials, goal: Goal, edits: Edits, at: int) -> Edits:
    """One figure of several brought back towards where it stands, as far as the value is still reached."""
    place, value = edits[at]
    kind = place.field.type.kind
    grid = grid_of(place, kind) if isinstance(kind, Number) else None
    if grid is None:
        return edits
    low, step, start, _ = grid

    def put(steps: int) -> Edits:
        return (*edits[:at], (place, whole(low + steps * step)), *edits[at + 1 :])

    def order(steps: int) -> int | None:
        return goal.order(trials.value(put(steps)))

    there = int((value - low) // step)
    return put(halved(order, (start, there), goal))


def _size(edits: Edits) -> Fraction:
    """How far figures move, each as a share of its range."""
    return sum((_share(place, value) for place, value in edits), start=Fraction(0))


def _share(place: Place, value: Value) -> Fraction:
    kind = place.field.type.kind
    if not isinstance(kind, Number) or kind.low is None or kind.high is None or isinstance(place.value, Missing):
        return Fraction(1)
    return Fraction(abs(value - place.value)) / Fraction(kind.high - kind.low)


def _smallest(trials: Trials, goal: Goal, found: list[tuple[Fraction, int, Edits]]) -> Together | None:
    """The first that a full decision confirms, the smallest first."""
    for _, _, edits in sorted(found, key=lambda each: each[:2]):
        if all(value != place.value for place, value in edits) and (told := _confirmed(trials, goal, edits)):
            return told
    return None


def _confirmed(trials: Trials, goal: Goal, edits: Edits) -> Together | None:
    """The changes, once a full decision gives the value sought; and not with any of them a step less or left out."""
    case = trials.verified(edits)
    if case is None or not reaches(case, trials, goal):
        return None
    for at in range(len(edits)):
        less = trials.verified(_one_less(edits, at))
        if less is None or reaches(less, trials, goal):
            return None
    moves = tuple(
        Moved(place.field.name, Figure(place.value, place.field.type), Figure(value, place.field.type), place.called)
        for place, value in edits
    )
    return Together(moves, results_of(trials, case), places_of(case))


def _one_less(edits: Edits, at: int) -> Edits:
    """One figure a step nearer to where it stands, or left as it is."""
    place, value = edits[at]
    kind = place.field.type.kind
    grid = grid_of(place, kind) if isinstance(kind, Number) else None
    if grid is None:
        return (*edits[:at], *edits[at + 1 :])
    step = grid[1] if not isinstance(place.value, Missing) and value < place.value else -grid[1]
    if value + step < grid[0]:
        return (*edits[:at], *edits[at + 1 :])
    return (*edits[:at], (place, whole(value + step)), *edits[at + 1 :])


# -- several together, or a bound ------------------------------------------------------------------------------------


def beyond_pairs(trials: Trials, goal: Goal) -> tuple[Together | None, Bound | None, Edits]:
    """Several figures that reach the value together, none of them left out; else what they do not get beyond, and the
    figures that get there."""
    places = open_to(trials)
    best: tuple[int, Edits] = goal.gap(goal.order(goal.current)), ()
    count, tried, most = 1, 0, min(MOST_CORNERS, _budget(trials))
    for place in places:
        count *= 1 + len(ends(place))
    for edits in _corners(places):
        tried += 1
        if tried > most:
            break
        order = goal.order(trials.value(edits))
        if order is None:
            continue
        if goal.reached(order):
            if told := _confirmed(trials, goal, _needed(trials, goal, edits)):
                return told, None, ()
            continue
        if goal.gap(order) < best[0]:
            best = goal.gap(order), edits
    case = trials.verified(best[1])
    if case is None:
        return None, None, ()
    return None, Bound(result(trials, case), places_of(case), tried >= count), best[1]


def _corners(places: Sequence[Place]) -> Iterator[Edits]:
    """All figures at ends or as they are: first all of them at one end or the other, but for two at most; where there
    are few enough, every combination."""
    options = [(*ends(place), place.value) for place in places]
    seen: set[tuple[int, ...]] = set()

    def told(choice: Sequence[int]) -> Iterator[Edits]:
        if tuple(choice) not in seen:
            seen.add(tuple(choice))
            yield tuple(
                (p, option[at]) for p, option, at in zip(places, options, choice, strict=True) if option[at] != p.value
            )

    firsts, lasts = [0] * len(places), [len(option) - 2 for option in options]
    for base in (firsts, lasts):
        yield from told(base)
    for base in (firsts, lasts):
        for size in (1, 2):
            for turned in combinations(range(len(places)), size):
                choice = [(len(options[at]) - 2 - c) if at in turned else c for at, c in enumerate(base)]
                yield from told(choice)
    for every in product(*(range(len(option)) for option in options)):
        yield from told(every)


def _needed(trials: Trials, goal: Goal, edits: Edits) -> Edits:
    """The figures that cannot be left as they are, each moved as little as it can be."""
    kept = edits
    for each in edits:
        without = tuple(other for other in kept if other is not each)
        if without and goal.reached(goal.order(trials.value(without))):
            kept = without
    for at in range(len(kept)):
        kept = _least(trials, goal, kept, at)
    return kept


def by_fixed(trials: Trials, free: Trials, goal: Goal) -> tuple[str, ...]:
    """Of the fields that nobody can change, those of which some value at an end would reach what is sought."""
    known = {(id_of(place)) for place in trials.places}
    places = [place for place in open_to(free) if id_of(place) not in known]
    reached = [p for p in places if any(goal.reached(goal.order(free.value(((p, v),)))) for v in ends(p))]
    return tuple(dict.fromkeys(f"{place.called} {place.field.name}".strip() for place in reached))


def id_of(place: Place) -> tuple[str, str]:
    """A place by the record that it is of and its field."""
    return place.called, place.field.name
