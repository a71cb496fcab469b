"""Which way people move: up, down, into or out of the order of a grade; and whose places alone are another."""

from __future__ import annotations

from msgspec import Struct

from interpreter.simulating.compare import Change, Simulation, is_place
from policy.core import Policy
from policy.likeness import key_of
from policy.types import Choice
from policy.values import ABSENT


class Ways(Struct, frozen=True):
    """Of the people whose grade is another: how many got a better or a worse one, came into the order of the grades or
    left it (`未取得资格` stands outside), or changed otherwise (to or from open, or outside the order)."""

    up: int = 0
    down: int = 0
    entered: int = 0
    left: int = 0
    others: int = 0


def ways(found: Simulation) -> dict[str, Ways]:
    """For each result that is a choice with an order under both rules."""
    return {
        name: _ways(name, found, old, new)
        for name in found.heads
        if (old := _ordered(found.before.policy, name)) and (new := _ordered(found.after.policy, name))
    }


def _ways(name: str, found: Simulation, old: Choice, new: Choice) -> Ways:
    counted = dict.fromkeys(("up", "down", "entered", "left", "others"), 0)
    for change in found.changes:
        if change.before is None or change.after is None or name not in change.results:
            continue
        was, now = (case.results[name].value for case in (change.before, change.after))
        counted[_way(was, now, old, new)] += 1
    return Ways(**counted)


def _way(was: object, now: object, old: Choice, new: Choice) -> str:
    if isinstance(was, ABSENT) or isinstance(now, ABSENT):
        return "others"
    before, after = old.rank_of(str(was)), new.rank_of(str(now))
    if before is None or after is None:
        return "others" if before is after else "entered" if before is None else "left"
    standing = new.rank_of(str(was))
    if standing is None or standing == after:
        return "others"
    return "up" if after < standing else "down"


def _ordered(policy: Policy, name: str) -> Choice | None:
    kind = policy.choice(name)
    return kind if kind is not None and kind.ordered else None


def places_only(found: Simulation) -> tuple[Change, ...]:
    """Those of whom nothing but places in ranks is another."""
    places = {n for n in found.after.policy.results if is_place(found.after.policy, n)}
    return tuple(c for c in found.changes if c.results and set(c.results) <= places)


def renamed(before: Policy, after: Policy) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], tuple[str, ...]]:
    """Results that say the same under another name, those that are new, and those that are no longer there."""
    gone = [n for n in before.results if n not in after.results]
    new = [n for n in after.results if n not in before.results]
    pairs = []
    for name in gone:
        same = next((other for other in new if _says(before, name) == _says(after, other)), None)
        if same is not None:
            pairs.append((name, same))
            new.remove(same)
    kept = {old for old, _ in pairs}
    return tuple(pairs), tuple(new), tuple(n for n in gone if n not in kept)


def _says(policy: Policy, name: str) -> object:
    definition = policy.definition(name)
    if definition is None:
        return None
    kind = definition.type.kind
    return ((kind.values, kind.ordered) if isinstance(kind, Choice) else repr(kind), key_of(definition.body))
