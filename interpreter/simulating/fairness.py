"""Whether a rule treats groups alike: the rate of good results in each group, and how it compares with the others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from interpreter.exact.decide import Decision
from policy.core import Policy
from policy.types import Choice, YesNo
from policy.units import Exact
from policy.values import ABSENT, Nil, Value

SMALL = 30
"""Groups of fewer people say little."""
FOUR_FIFTHS = Fraction(4, 5)


class Rate(Struct, frozen=True):
    """In one group, of `decided` people `good` have a result; `open` are not decided and count nowhere.

    `ratio` is the rate by the highest rate of any group, None where there is none; `chance` is the p-value of Fisher's
    exact test, two-sided, against all other groups, None where it was not asked for.
    """

    group: str
    good: int
    decided: int
    open: int
    ratio: Fraction | None = None
    chance: float | None = None

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.good, self.decided) if self.decided else None

    @property
    def low(self) -> bool:
        """Whether the rate is under four fifths of the highest."""
        return self.ratio is not None and self.ratio < FOUR_FIFTHS

    @property
    def small(self) -> bool:
        return self.decided + self.open < SMALL


Groups = Callable[[Decision], str]
Test = Callable[[int, int, int, int], float]
"""The p-value of a table of two by two: good and other in a group, good and other outside it."""


def good_results(policy: Policy) -> list[tuple[str, str]]:
    """What counts as good: yes, or a grade or a better one, the lowest of all grades apart where none is outside."""
    found = []
    for name in policy.results:
        kind = policy.kind(name)
        if isinstance(kind, YesNo):
            found.append((name, ""))
        elif isinstance(kind, Choice) and kind.ordered:
            last = kind.ordered if kind.ordered < len(kind.values) else kind.ordered - 1
            found += [(name, value) for value in kind.values[:last]]
    return found


def rates(
    cases: Sequence[Decision], policy: Policy, result: tuple[str, str], group: Groups, test: Test | None = None
) -> list[Rate]:
    """The rates of one good result by groups, in the order of the groups' names."""
    counted: dict[str, list[int]] = {}
    for case in cases:
        good = _good(case, policy, result)
        counts = counted.setdefault(group(case), [0, 0, 0])
        counts[2 if good is None else 0 if good else 1] += 1
    plain = [Rate(name, yes, yes + no, still) for name, (yes, no, still) in sorted(counted.items())]
    known = [each.rate for each in plain if each.rate is not None]
    highest = max(known, default=Fraction(0))
    everyone = (sum(each.good for each in plain), sum(each.decided for each in plain))
    return [
        Rate(
            each.group,
            each.good,
            each.decided,
            each.open,
            None if each.rate is None or not highest else each.rate / highest,
            None if test is None or each.rate is None else _chance(each, everyone, test),
        )
        for each in plain
    ]


def _chance(each: Rate, everyone: tuple[int, int], test: Test) -> float:
    good, decided = everyone[0] - each.good, everyone[1] - each.decided
    return test(each.good, each.decided - each.good, good, decided - good)


def _good(case: Decision, policy: Policy, result: tuple[str, str]) -> bool | None:
    """Whether someone has a good result; None where it is open. Who has 无 is decided, and has it not."""
    name, least = result
    value: Value = case.results[name].value if name in case.results else False
    if isinstance(value, Nil):
        return False
    if isinstance(value, ABSENT):
        return None
    if isinstance(value, bool):
        return value
    kind = policy.choice(name)
    assert kind is not None
    rank, limit = kind.rank_of(str(value)), kind.rank_of(least)
    return rank is not None and limit is not None and rank <= limit


def banded(field: str, edges: Sequence[Exact], told: Callable[[Value], str], number: Callable[[Exact], str]) -> Groups:
    """Groups by a field: its values, or for numbers with edges the bands between them, each without its upper edge."""
    inner = [f"{number(low)} ≤ … < {number(high)}" for low, high in pairwise(edges)]
    names = [f"< {number(edges[0])}", *inner, f"≥ {number(edges[-1])}"] if edges else []

    def group(case: Decision) -> str:
        value = case.subject.values.get(field)
        if value is None or isinstance(value, ABSENT):
            return ""
        if edges and isinstance(value, int | Fraction):
            at = bisect_right(edges, value)
            return f"{str(at + 1).rjust(len(str(len(names))))}. {names[at]}"
        return told(value)

    return group


def fisher() -> Test | None:
    """Fisher's exact test of SciPy, None where that is not installed."""
    try:
        from scipy.stats import fisher_exact
    except ImportError:
        return None

    def test(a: int, b: int, c: int, d: int) -> float:
        return float(fisher_exact([[a, b], [c, d]]).pvalue)

    return test
