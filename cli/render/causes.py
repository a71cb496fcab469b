"""Because of what people's results change: which edit, which edits together, and how much of the money each brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeAlias

from cli.render.simulation_tables import Because, Cell, amount, exactly, result_type, titled
from cli.render.simulation_words import word
from cli.sheets import Sheet
from interpreter.simulating import Simulation
from interpreter.simulating.causes import Causes
from policy.units import whole

Sets: TypeAlias = "tuple[tuple[int, ...], ...]"


def because(found: Causes, edits: Sequence[str], key: str, language: str) -> str:
    """The edits that change a person's results; by result where they differ."""
    sets = {name: _told(each, edits, language) for name, each in found.sets.get(key, {}).items()}
    if len(set(sets.values())) <= 1:
        return next(iter(sets.values()), "")
    joint, end = ("：", "；") if language == "zh" else (": ", "; ")
    return end.join(f"{name}{joint}{said}" for name, said in sets.items())


def _told(sets: Sets, edits: Sequence[str], language: str) -> str:
    both, either = (" 与 ", " 或 ") if language == "zh" else (" with ", " or ")
    return either.join(both.join(edits[at] for at in each) for each in sets)


def told_of(found: Causes, simulation: Simulation, edits: Sequence[str], language: str) -> Because:
    """What the page of a simulation tells of causes."""
    note = word("drawn", language, count=found.drawn) if found.drawn else ""
    sheets = cause_sheets(found, simulation, edits, language)
    return Because(sheets, lambda key: because(found, edits, key, language), note)


def cause_sheets(found: Causes, simulation: Simulation, edits: Sequence[str], language: str) -> list[Sheet]:
    """How many results change because of which edits, and each edit's share of what numbers change by."""
    if not found.sets:
        return []
    heads = _heads(found, edits, language)
    made = [Sheet(word("causes", language), [word("cause_of", language), *heads[0]], heads[1])]
    if found.shares and any(any(share) for share in found.shares.values()):
        made.append(_share_sheet(found, simulation, edits, language))
    return made


def _heads(found: Causes, edits: Sequence[str], language: str) -> tuple[list[str], list[list[Cell]]]:
    names = list(dict.fromkeys(name for each in found.sets.values() for name in each))
    counted = {
        name: Counter(_told(s[name], edits, language) for s in found.sets.values() if name in s) for name in names
    }
    causes = list(dict.fromkeys(told for each in counted.values() for told, _ in each.most_common()))
    return names, [[told, *(counted[name][told] for name in names)] for told in causes]


def _share_sheet(found: Causes, simulation: Simulation, edits: Sequence[str], language: str) -> Sheet:
    names = list(found.shares)
    kinds = {name: result_type(simulation, name) for name in names}
    rows: list[list[Cell]] = [
        [edit, *(amount(found.shares[name][at], kinds[name]) for name in names)] for at, edit in enumerate(edits)
    ]
    rows.append(
        [word("sum", language), *(amount(whole(sum(found.shares[name], start=0)), kinds[name]) for name in names)]
    )
    headers = [word("share_of", language), *(titled(name, kinds[name], language) for name in names)]
    return Sheet(word("shares", language), headers, rows)


def as_object(found: Causes, simulation: Simulation, edits: Sequence[str]) -> dict[str, Any]:
    """The causes as JSON."""
    kinds = {name: result_type(simulation, name) for name in found.shares}

    def shares(name: str, of: Sequence[Any]) -> list[str | None]:
        return [exactly(amount(share, kinds[name])) for share in of]

    return {
        "edits": list(edits),
        "orders_drawn": found.drawn,
        "people": {key: {n: [list(s) for s in each] for n, each in sets.items()} for key, sets in found.sets.items()},
        "shares": {name: shares(name, of) for name, of in found.shares.items()},
        "shares_of_people": {
            name: {key: shares(name, of) for key, of in each.items()} for name, each in found.personal.items()
        },
    }
