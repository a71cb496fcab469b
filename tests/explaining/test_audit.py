"""Every figure told of everyone in every shipped document comes to what it is told to come to."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import zhunsheng as engine
from cli.render.explanation_json import to_json
from tests.cli.command import CANDIDATES, ZH
from tests.explaining.audit import Audit, numeric, under
from tests.explaining.test_everyone import SHIPPED


@pytest.mark.parametrize(("policy", "data", "as_of"), SHIPPED)
def test_what_is_told_comes_to_what_is_told(policy: Path, data: list[str], as_of: str | None) -> None:
    audit, everybody = Audit(), told(policy, data, as_of)
    for each in everybody:
        audit.of(each)
    audit.everybody(everybody)
    assert audit.wrong == []


def told(policy: Path, data: list[str], as_of: str | None) -> list[dict[str, Any]]:
    """What programs are given of everybody, as they read it."""
    decided = engine.run(engine.load(policy), data, date.fromisoformat(as_of) if as_of else None)
    return [json.loads(json.dumps(to_json(engine.explain(decided, case.key)))) for case in decided.decisions.cases]


def test_the_audit_sees_what_is_told() -> None:
    """A reader that passes everything over would find nothing wrong either."""
    audit, everybody = Audit(), told(ZH, [str(CANDIDATES)], None)
    for each in everybody:
        audit.of(each)
    audit.everybody(everybody)
    people = len(everybody)
    assert audit.seen["formula"] > people
    assert audit.seen["sum of lines"] > people
    assert audit.seen["place"] > 40
    assert audit.seen["neighbour"] > 60
    assert audit.seen["formula in words"] < audit.seen["formula"] / 10


@pytest.mark.parametrize("fault", ["figure", "token", "sum", "place", "tied", "neighbour", "distance", "holds"])
def test_a_false_claim_is_found(fault: str) -> None:
    everybody = told(ZH, [str(CANDIDATES)], None)
    first = next(
        each for each in everybody if each["ranks"] and each["ranks"][0]["above"] and each["ranks"][0]["below"]
    )
    FAULTS[fault](first)
    audit = Audit()
    for each in everybody:
        audit.of(each)
    audit.everybody(everybody)
    assert audit.wrong


def one_more(figure: dict[str, Any]) -> None:
    figure["value"] = str(int(figure["value"].partition(".")[0]) + 1)


def item_with(told: dict[str, Any], holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    return next(item for step in told["steps"] for item in under(step) if holds(item))


def formula_of(told: dict[str, Any]) -> dict[str, Any]:
    return item_with(
        told, lambda item: {"sign": "÷"} in item.get("tokens", ()) and numeric(item.get("value")) is not None
    )


def turned(told: dict[str, Any]) -> None:
    found = item_with(told, lambda item: (item["role"] in ("condition", "row") and len(item.get("tokens", ())) == 4)
                      or (item["role"] == "condition" and isinstance(item.get("holds"), bool) and "tokens" in item))  # fmt: skip
    found["holds"] = not found["holds"]


FAULTS: dict[str, Callable[[dict[str, Any]], None]] = {
    "figure": lambda told: one_more(formula_of(told)["value"]),
    "token": lambda told: next(t for t in formula_of(told)["tokens"] if numeric(t) is not None).update(value="999"),
    "sum": lambda told: item_with(told, lambda i: any(x["role"] == "line" for x in i.get("items", ())))["items"].pop(0),
    "place": lambda told: one_more(told["ranks"][0]["place"]),
    "tied": lambda told: told["ranks"][0].update(tied=told["ranks"][0]["tied"] + 1),
    "neighbour": lambda told: told["ranks"][0]["above"].update(place=told["ranks"][0]["above"]["place"] + 1),
    "distance": lambda told: one_more(told["ranks"][0]["below"]["distance"] or told["ranks"][0]["above"]["distance"]),
    "holds": turned,
}
