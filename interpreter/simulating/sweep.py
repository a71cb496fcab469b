"""One or two figures at each value of a range: what everyone gets there, and at which values anything changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct, structs

from interpreter.exact.decide import Decision, Decisions, decide
from interpreter.exact.resting import resting, resting_on
from interpreter.exact.trace import Step
from interpreter.simulating.compare import Summed, label, numbers, summed, told
from policy.core import Policy
from policy.types import YesNo


class Stretch(Struct, frozen=True):
    """Values next to each other at which everyone gets the same: from `first` to `last`.

    `changed` people have another result than under the policy in force, `moved` are those who have another one than in
    the stretch before; `heads` and `sums` are as in a simulation. `yes` counts for each result that is yes or no those
    who have it. `refused` says that the policy has errors there.
    """

    first: str
    last: str
    changed: int = 0
    open: int = 0
    heads: dict[str, dict[str, int]] = {}
    sums: dict[str, Summed] = {}
    yes: dict[str, int] = {}
    refused: bool = False
    moved: tuple[str, ...] = ()


class Cell(Struct, frozen=True):
    """Two figures together: their values, and what comes of them."""

    values: tuple[str, str]
    found: Stretch


With: TypeAlias = Callable[["Mapping[str, str]"], "Policy | None"]
"""Gives the policy with values for parameters, None where it has errors."""


class Sweeping:
    """Decides over and over about the same people; what rests on none of the parameters is worked out once."""

    def __init__(self, names: Collection[str], with_values: With, now: Decisions) -> None:
        self.with_values, self.now = with_values, now
        roots = [d.key for d in now.policy.definitions if not d.record and d.name in names]
        self.people = resting(now, resting_on(now.policy, roots))

    def decided(self, settings: Mapping[str, str]) -> Decisions | None:
        policy = self.with_values(settings)
        return decide(policy, self.people, self.now.as_of, traced=False) if policy is not None else None


def sweep(name: str, values: Iterable[str], with_values: With, now: Decisions) -> Iterator[Stretch]:
    """The stretches of the range of one parameter, in its order."""
    work = Sweeping((name,), with_values, now)
    before: Decisions | None = None
    stretch: Stretch | None = None
    for value in values:
        found = work.decided({name: value})
        moved = movers(before, found) if stretch is not None else ()
        if stretch is not None and not moved and (found is None) == stretch.refused:
            stretch = structs.replace(stretch, last=value)
            continue
        if stretch is not None:
            yield stretch
        stretch = structs.replace(measured(value, found, now), moved=moved)
        before = found
    if stretch is not None:
        yield stretch


def grid(axes: Sequence[tuple[str, Sequence[str]]], with_values: With, now: Decisions) -> Iterator[Cell]:
    """Every value of the first of two parameters with every value of the second."""
    (first, ours), (second, theirs) = axes
    work = Sweeping((first, second), with_values, now)
    for one in ours:
        for other in theirs:
            found = work.decided({first: one, second: other})
            yield Cell((one, other), measured(f"{first}={one} {second}={other}", found, now))


def movers(old: Decisions | None, new: Decisions | None) -> tuple[str, ...]:
    """Who has another result or outcome under one rule than under another; nobody where one is none."""
    if old is None or new is None:
        return ()
    was = {case.key: case for case in old.cases}
    return tuple(case.key for case in new.cases if case.key not in was or moves(was[case.key], case))


def moves(was: Decision, now: Decision) -> bool:
    """Whether a case comes out differently."""
    return was.outcome != now.outcome or differs(now.results, was.results)


def measured(value: str, found: Decisions | None, now: Decisions) -> Stretch:
    if found is None:
        return Stretch(value, value, refused=True)
    policy = found.policy
    return Stretch(
        value,
        value,
        len(movers(now, found)),
        sum(case.outcome != "decided" for case in found.cases),
        {name: heads(found, name) for name in policy.results if policy.choice(name) is not None},
        {name: summed(found.cases, name) for name in numbers(policy, policy)},
        {name: sum(case.results[name].value is True for case in found.cases) for name in yes_or_no(policy)},
    )


def yes_or_no(policy: Policy) -> list[str]:
    """The results that are yes or no."""
    return [name for name in policy.results if isinstance(policy.kind(name), YesNo)]


def differs(now: Mapping[str, Step], was: Mapping[str, Step]) -> bool:
    return any(told(step.value) != told(was[name].value) for name, step in now.items() if name in was)


def heads(found: Decisions, name: str) -> dict[str, int]:
    """How many have each value of a choice, in its order."""
    kind = found.policy.choice(name)
    counted = Counter(label(case.results[name].value) for case in found.cases)
    ordered = dict.fromkeys([*(kind.values if kind is not None else ()), *counted])
    return {value: counted[value] for value in ordered}
