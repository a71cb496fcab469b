"""What a policy's results need, before anything is evaluated: worked out from the ground up where a chain is deep."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from interpreter.exact.population import Subject, period_number
from interpreter.exact.refusal import NotGivenError
from policy import walk
from policy.components import components
from policy.core import Definition, Key, Policy, Previous, Ref
from policy.values import Period

if TYPE_CHECKING:
    from interpreter.exact.compiled import Program

DEEP = 40
"""Definitions that build on each other in a longer chain than this are worked out from the ground up."""


class Turn(Struct, frozen=True):
    """Definitions of a record that are worked out for all its subjects before anything that builds on them.

    Where some look at the period before of another (`serial`), all are worked out period by period.
    """

    record: str
    names: tuple[str, ...]
    serial: bool = False


def in_order_of_need(policy: Policy, roots: Iterable[Key] | None = None) -> tuple[Turn, ...]:
    """The definitions that `roots` need, each after those it builds on; none if no chain of them is deep.

    Without `roots` those are the results, the checks and what the exceptions on 结果 read.
    """
    stated = {d.key: d for d in policy.definitions}
    reads: dict[Key, dict[Key, bool]] = {}

    def of(key: Key) -> Iterable[Key]:
        if key not in reads:
            reads[key] = read_by(stated[key], stated)
        return reads[key]

    turns, height, deepest = [], dict[Key, int](), 0
    for members in components(needed_first(policy, stated) if roots is None else roots, of):
        inside = set(members)
        below = max((height[lower] for key in members for lower in of(key) if lower not in inside), default=0)
        height.update(dict.fromkeys(members, below + len(members)))
        deepest = max(deepest, below + len(members))
        turns += turns_of(members, reads)
    return tuple(turns) if deepest > DEEP else ()


def needed_first(policy: Policy, stated: dict[Key, Definition]) -> list[Key]:
    """What is asked for of every case: results, checks, and what the exceptions on 结果 read."""
    results = [(policy.main.name, name) for name in policy.results]
    checks = [key for key, definition in stated.items() if definition.kind == "check"]
    overall = [node.key for node in walk.nodes(walk.of_rules((), policy.overall)) if isinstance(node, Ref)]
    return [key for key in (*results, *checks, *overall) if key in stated]


def read_by(definition: Definition, stated: dict[Key, Definition]) -> dict[Key, bool]:
    """The definitions that one reads, and whether of the period before alone."""
    found: dict[Key, bool] = {}
    for node in walk.nodes(walk.of_definition(definition)):
        if isinstance(node, Ref) and node.key in stated:
            found[node.key] = found.get(node.key, True) and isinstance(node.of, Previous)
    return found


def turns_of(members: list[Key], reads: dict[Key, dict[Key, bool]]) -> list[Turn]:
    """The turns of definitions that lead to each other; within one period each comes after those it builds on."""
    inside, record = set(members), members[0][0]
    if not any(before for key in members for other, before in reads[key].items() if other in inside):
        return [Turn(record, (name,)) for record, name in members]
    now = components(members, lambda key: [o for o, before in reads[key].items() if o in inside and not before])
    ordered = [key for step in now for key in step if key[0] == record]
    return [Turn(record, tuple(name for _, name in ordered), serial=True)]


def take(turns: tuple[Turn, ...], program: Program) -> None:
    """Works out what is needed from the ground up, so that no chain of definitions is too long."""
    for turn in turns:
        subjects = program.population.listed(turn.record) if turn.record else [program.nobody]
        record = program.population.records.get(turn.record)
        series = next((f.name for f in record.fields if f.series), "") if turn.serial and record else ""
        for subject in sorted(subjects, key=lambda each: at_period(each, series)) if series else subjects:
            for name in turn.names:
                if name not in subject.memo:
                    with suppress(NotGivenError):  # it is missed where it is read, if it is
                        program.evaluate(subject, name)


def at_period(subject: Subject, series: str) -> int:
    period = subject.values.get(series)
    return period_number(period) if isinstance(period, Period) else 0
