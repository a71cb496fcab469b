"""A sweep as a table: a line for each stretch of values at which everyone gets the same."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from cli.render.simulation import grade, titled, word
from cli.sheets import Sheet
from interpreter.simulating.sweep import Stretch
from policy.core import Policy
from policy.numerals import in_unit
from policy.types import Number
from policy.units import whole

Cell: TypeAlias = "str | int | Fraction | None"


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
    return [span, stretch.changed, stretch.open, *counted, *(amount(stretch, n, policy) for n in sums)]


def amount(stretch: Stretch, name: str, policy: Policy) -> Cell:
    definition, total = policy.definition(name), stretch.sums[name].total
    kind = definition.type.kind if definition is not None else None
    unit = kind.unit if isinstance(kind, Number) else None
    if unit is None:
        return total
    return in_unit(total, unit) if unit.family == "ratio" else whole(Fraction(total) / Fraction(unit.factor))


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
                "sums": {n: str(amount(each, n, policy)) for n in each.sums},
            }
            for each in found
        ],
    }
