"""A sweep as a table: a line for each stretch of values at which everyone gets the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cli.render.simulation_tables import Cell, amount, exactly, titled
from cli.render.simulation_words import grade, word
from cli.sheets import Sheet
from interpreter.simulating.sweep import Stretch
from policy.core import Policy


def sheet(name: str, found: Sequence[Stretch], policy: Policy, language: str) -> Sheet:
    """The values, how many change against the policy in force, how many are open, heads and sums."""
    first = next((each for each in found if not each.refused), None)
    heads = {n: list(values) for n, values in first.heads.items()} if first is not None else {}
    sums = list(first.sums) if first is not None else []
    headers = [name, word("changed", language), word("open", language)]
    headers += [grade(value, language) for values in heads.values() for value in values]
    headers += [titled(n, definition.type, language) for n in sums if (definition := policy.definition(n)) is not None]
    return Sheet(name, headers, [row(each, heads, sums, policy, language) for each in found])


def row(stretch: Stretch, heads: dict[str, list[str]], sums: list[str], policy: Policy, language: str) -> list[Cell]:
    span = stretch.first if stretch.first == stretch.last else f"{stretch.first}..{stretch.last}"
    if stretch.refused:
        return [span, word("refused", language)]
    counted = [stretch.heads.get(n, {}).get(value, 0) for n, values in heads.items() for value in values]
    return [span, stretch.changed, stretch.open, *counted, *(total(stretch, n, policy) for n in sums)]


def total(stretch: Stretch, name: str, policy: Policy) -> Cell:
    definition = policy.definition(name)
    assert definition is not None
    return amount(stretch.sums[name].total, definition.type)


def as_object(name: str, found: Sequence[Stretch], policy: Policy) -> dict[str, Any]:
    """A sweep as JSON."""
    return {
        "parameter": name,
        "stretches": [
            {
                "first": each.first,
                "last": each.last,
                "refused": each.refused,
                "changed": each.changed,
                "open": each.open,
                "heads": each.heads,
                "sums": {n: exactly(total(each, n, policy)) for n in each.sums},
            }
            for each in found
        ],
    }
