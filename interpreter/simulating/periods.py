"""The same rules over two periods: what is due to the people, and what to a change of the rules.

Up to four corners are decided: the old and the new rules over the old and the new data. People are matched by key. The
whole change of a figure, from the old rules over the old data to the new rules over the new data, is cut in two by the
average of both orders (Shapley): the people first and then the rules, the rules first and then the people. Both parts
are exact and add up to the whole. What changes for one person is told in one order, the data first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from interpreter.exact.decide import Decision, Decisions
from interpreter.exact.population import Population
from interpreter.simulating.compare import Summed, label, summed, told
from policy.core import Policy
from policy.types import Choice, Number
from policy.units import Exact, whole

DATA, RULES, BOTH = "data", "rules", "both"


class Corners(Struct, frozen=True, eq=False):
    """The decisions over both data sets: `old` and `new` under the rules in force, `old_ruled` and `new_ruled` under
    the other rules, None where there are none."""

    old: Decisions
    new: Decisions
    old_ruled: Decisions | None = None
    new_ruled: Decisions | None = None

    @property
    def each(self) -> tuple[Decisions, ...]:
        """In the order in which they are shown."""
        return tuple(d for d in (self.old, self.new, self.old_ruled, self.new_ruled) if d is not None)

    @property
    def last(self) -> Decisions:
        """Where the change leads: the new data under the rules that will hold."""
        return self.new_ruled or self.new

    def parted(self, figure: Callable[[Decisions], Exact]) -> Parted:
        """A figure of each corner, and its change cut in two."""
        values = tuple(figure(decisions) for decisions in self.each)
        if len(values) == 2:
            return Parted(values, whole(Fraction(values[1]) - values[0]), 0)
        old, new, old_ruled, new_ruled = map(Fraction, values)
        people = (new - old + new_ruled - old_ruled) / 2
        rules = (old_ruled - old + new_ruled - new) / 2
        return Parted(values, whole(people), whole(rules))


class Parted(Struct, frozen=True):
    """A figure of each corner; of its change, what is due to the people and what to the rules."""

    corners: tuple[Exact, ...]
    people: Exact
    rules: Exact

    @property
    def change(self) -> Exact:
        return whole(Fraction(self.people) + self.rules)


class Moved(Struct, frozen=True, eq=False):
    """Someone who is in both data sets and for whom something changes: the case of each corner that leads there (old
    data, new data, new data under the new rules), the results that change on the way, and what they change with."""

    key: str
    cause: str
    results: tuple[str, ...]
    way: tuple[Decision, ...]


class TwoYears(Struct, frozen=True, eq=False):
    """What two periods show. `came` and `left` are the cases of those who are in one data set alone, under the rules
    that hold at that end; `aside` are keys that are in both, and set aside somewhere; `stayed` counts all others."""

    corners: Corners
    heads: dict[str, tuple[tuple[str, Parted], ...]]
    sums: dict[str, tuple[Parted, tuple[Summed, ...]]]
    moved: tuple[Moved, ...]
    stayed: int
    came: tuple[Decision, ...]
    left: tuple[Decision, ...]
    aside: tuple[str, ...]

    def caused(self, cause: str) -> int:
        """How many changed with one cause."""
        return sum(each.cause == cause for each in self.moved)


def two_years(corners: Corners) -> TwoYears:
    """The corners compared, as figures and person by person."""
    policies = [decisions.policy for decisions in corners.each]
    common = [n for n in policies[0].results if all(n in p.results for p in policies)]
    cases = [{case.key: case for case in decisions.cases} for decisions in corners.each]
    before, after = (_present(d.population, d.policy) for d in (corners.old, corners.new))
    staying = [key for key in cases[0] if all(key in found for found in cases)]
    way = (0, 1) if len(cases) == 2 else (0, 1, 3)
    walked = (_moved(key, tuple(cases[at][key] for at in way), common) for key in staying)
    kept = frozenset(staying)
    return TwoYears(
        corners,
        heads={n: _heads(n, policies, corners) for n in common if all(_kind(p, n, Choice) for p in policies)},
        sums={n: _sums(n, corners) for n in common if all(_kind(p, n, Number) for p in policies)},
        moved=tuple(each for each in walked if each is not None),
        stayed=len(staying),
        came=tuple(case for case in corners.last.cases if case.key not in before),
        left=tuple(case for case in corners.old.cases if case.key not in after),
        aside=tuple(sorted((before & after) - kept)),
    )


def _present(population: Population, policy: Policy) -> frozenset[str]:
    """The keys of everyone in the data, those set aside too."""
    return frozenset(subject.key for subject in population.all_of(policy.main.name) if subject.key)


def _moved(key: str, way: tuple[Decision, ...], results: Iterable[str]) -> Moved | None:
    """What changes for one person on the way; a change that the rules take back is one all the same."""
    steps = list(pairwise(way))
    changed = [[n for n in results if _other(a, b, n)] for a, b in steps]
    turned = [bool(names) or a.outcome != b.outcome for names, (a, b) in zip(changed, steps, strict=True)]
    if not any(turned):
        return None
    cause = BOTH if all(turned) and len(turned) > 1 else DATA if turned[0] else RULES
    return Moved(key, cause, tuple(n for n in results if any(n in names for names in changed)), way)


def _other(a: Decision, b: Decision, name: str) -> bool:
    return told(a.results[name].value) != told(b.results[name].value)


# -- figures --------------------------------------------------------------------------------------------------------


def _kind(policy: Policy, name: str, kind: type) -> bool:
    """Whether a result is of a kind, places apart."""
    found = policy.kind(name)
    return isinstance(found, kind) and not (isinstance(found, Number) and found.place)


def _heads(name: str, policies: list[Policy], corners: Corners) -> tuple[tuple[str, Parted], ...]:
    """How many have each value, in the order of the grades, what stands in their place last."""
    counts = {id(d): Counter(label(c.results[name].value) for c in d.cases) for d in corners.each}
    kinds = [policy.choice(name) for policy in policies]
    declared = [value for kind in kinds if kind is not None for value in kind.values]
    seen = sorted({value for counted in counts.values() for value in counted})
    parted = ((v, corners.parted(lambda d, v=v: counts[id(d)][v])) for v in dict.fromkeys([*declared, *seen]))  # type: ignore[misc]
    return tuple((value, found) for value, found in parted if any(found.corners))


def _sums(name: str, corners: Corners) -> tuple[Parted, tuple[Summed, ...]]:
    """A number added up over those of whom it is decided."""
    each = {id(d): summed(d.cases, name) for d in corners.each}
    return corners.parted(lambda d: each[id(d)].total), tuple(each[id(d)] for d in corners.each)
