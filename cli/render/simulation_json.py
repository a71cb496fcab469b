"""A simulation for programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import structs

from cli.render.simulation_tables import By, amount, average, cell_of, exactly, result_type
from interpreter.exact.decide import Decision, Decisions
from interpreter.simulating import Simulation
from interpreter.simulating.amounts import Moved, Parted, Spread, by_grade, known, largest, parted, places, spread
from interpreter.simulating.compare import Summed, is_place
from interpreter.simulating.direction import places_only, renamed, ways

LARGEST = 10
"""The largest moves that are listed; every change is among the changes."""


def json_writer(told: dict[str, Any]) -> Callable[[Path], None]:
    """What writes a simulation, told as an object, as a JSON file."""

    def fill(path: Path) -> None:
        import json

        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    return fill


def as_object(found: Simulation, edit: str, by: By | None = None) -> dict[str, Any]:
    """A simulation as JSON: values as text in the unit of the result, places as numbers; with groups where they are
    asked for."""
    numbers = (*found.sums, *places(found))
    ranks = [n for n in found.before.policy.results if is_place(found.before.policy, n)]
    return {
        "policy": found.before.policy.name,
        "edit": edit,
        "people": len(found.before.cases),
        "sums": {n: [_summed(side, n, found) for side in pair] for n, pair in found.sums.items()},
        "by_grade": {
            n: {choice: [_part(part, n, found) for part in by_grade(found, choice, n)] for choice in found.heads}
            for n in found.sums
        },
        **({"by": _groups(found, by)} if by is not None else {}),
        "spread": {
            n: [_spread(spread(known(side.cases, n).values()), n, found) for side in (found.before, found.after)]
            for n in found.sums
        },
        "largest": {n: [_moved(each, n, found) for each in largest(found, n, LARGEST)] for n in numbers},
        "opened": [
            {"code": reason.code, "arguments": dict(reason.arguments), "people": n} for reason, n in found.opened
        ],
        "ways": {n: structs.asdict(each) for n, each in ways(found).items()},
        "places_only": len(places_only(found)),
        "renamed": [list(pair) for pair in renamed(found.before.policy, found.after.policy)[0]],
        "added": list(renamed(found.before.policy, found.after.policy)[1]),
        "dropped": list(renamed(found.before.policy, found.after.policy)[2]),
        "heads": {n: [{"value": v, "before": a, "after": b} for v, a, b in rows] for n, rows in found.heads.items()},
        "moves": {
            n: [{"from": a, "to": b, "people": count} for (a, b), count in sorted(moves.items())]
            for n, moves in found.moves.items()
        },
        "changes": [
            {
                "key": change.key,
                "cause": change.cause,
                "own": list(change.own),
                "before": _results(change.before, found.before),
                "after": _results(change.after, found.after),
                "places": {
                    n: [cell_of(change.before, n, found.before), cell_of(change.after, n, found.after)] for n in ranks
                },
            }
            for change in found.changes
        ],
    }


def _summed(of: Summed, name: str, found: Simulation) -> dict[str, Any]:
    kind = result_type(found, name)
    return {
        "total": exactly(amount(of.total, kind)),
        "people": of.count,
        "average": exactly(amount(average(of), kind)),
    }


def _part(part: Parted, name: str, found: Simulation) -> dict[str, Any]:
    sides = {"before": _summed(part.before, name, found), "after": _summed(part.after, name, found)}
    return {"group": part.group, **sides}


def _groups(found: Simulation, by: By) -> dict[str, Any]:
    field, group = by
    return {
        "field": field,
        "sums": {n: [_part(each, n, found) for each in parted(found, n, group)] for n in found.sums},
    }


def _spread(of: Spread | None, name: str, found: Simulation) -> dict[str, Any] | None:
    if of is None:
        return None
    kind = result_type(found, name)
    figures = {k: exactly(amount(v, kind)) for k, v in structs.asdict(of).items() if k != "count"}
    return {"people": of.count, **figures}


def _moved(each: Moved, name: str, found: Simulation) -> dict[str, Any]:
    figures = (("before", each.before), ("after", each.after), ("difference", each.difference))
    return {"key": each.key, **{k: exactly(amount(v, result_type(found, name))) for k, v in figures}}


def _results(case: Decision | None, decisions: Decisions) -> dict[str, str | None] | None:
    if case is None:
        return None
    return {n: cell_of(case, n, decisions) for n in decisions.policy.results} | {"outcome": case.outcome}
