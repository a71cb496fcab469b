"""One figure at each value of a range: what everyone gets there, and at which values anything changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

from msgspec import Struct, structs

from interpreter.exact.decide import Decisions, decide
from interpreter.exact.population import Population
from interpreter.exact.trace import Step
from interpreter.simulating.compare import Summed, label, numbers, summed, told
from policy.core import Policy
from policy.types import YesNo

Picture: TypeAlias = tuple[object, ...]
"""All that comes of everyone, for comparing."""


class Stretch(Struct, frozen=True):
    """Values next to each other at which everyone gets the same: from `first` to `last`.

    `changed` people have another result than under the policy in force; `heads` and `sums` are as in a simulation.
    `yes` counts for each result that is yes or no those who have it. `refused` says that the policy has errors there.
    """

    first: str
    last: str
    changed: int = 0
    open: int = 0
    heads: dict[str, dict[str, int]] = {}
    sums: dict[str, Summed] = {}
    yes: dict[str, int] = {}
    refused: bool = False


def sweep(
    values: Iterable[str],
    with_value: Callable[[str], Policy | None],
    now: Decisions,
    population: Population,
    day: date | None,
) -> Iterator[Stretch]:
    """The stretches of a range in its order; `with_value` gives the policy with a value, None where it has errors."""
    before, stretch = None, None
    for value in values:
        policy = with_value(value)
        found = decide(policy, population, day, traced=False) if policy is not None else None
        picture = pictured(found)
        if stretch is not None and picture == before:
            stretch = structs.replace(stretch, last=value)
            continue
        if stretch is not None:
            yield stretch
        before, stretch = picture, measured(value, found, now)
    if stretch is not None:
        yield stretch


def pictured(found: Decisions | None) -> Picture:
    if found is None:
        return ("refused",)
    return tuple(
        (case.key, case.outcome, tuple((name, told(step.value)) for name, step in case.results.items()))
        for case in found.cases
    )


def measured(value: str, found: Decisions | None, now: Decisions) -> Stretch:
    if found is None:
        return Stretch(value, value, refused=True)
    was = {case.key: case for case in now.cases}
    changed = sum(
        case.key not in was or case.outcome != was[case.key].outcome or differs(case.results, was[case.key].results)
        for case in found.cases
    )
    policy = found.policy
    return Stretch(
        value,
        value,
        changed,
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
