"""A division for programs: docs/schema/allocation.schema.json says what each key holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cli.render.allocation import Divided, counts, member_text, refusal_text, told, would_do
from cli.render.explanation_json import plain
from interpreter.allocating import telling
from interpreter.allocating.telling import Answer
from interpreter.explaining.divisions import named, price_remark
from policy.core import Policy
from policy.numerals import decimal, in_unit
from policy.types import Number


def as_object(found: Sequence[Divided], policy: Policy) -> dict[str, Any]:
    """Divisions as an object of plain values."""
    divisions = [_division(each) for each in found]
    return {"policy": policy.name, "version": policy.version, "language": found[0].language, "divisions": divisions}


def _division(found: Divided) -> dict[str, Any]:
    division = found.division
    posed, solution = division.posed, division.solution
    state = "none" if solution is None else "best" if all(goal.proven for goal in solution.goals) else "gap"
    return {
        "name": division.name,
        "item": found.item,
        "owner": found.owner,
        "state": state,
        "others": solution.others if solution is not None else None,
        "counts": counts(found),
        "goals": [_goal(goal, found.language) for goal in telling.goals(division)],
        "items": [_item(found, key) for key in found.values],
        "open_owners": sorted(posed.open_owners),
        "doubtful": [list(pair) for pair in posed.doubtful],
        "conflict": _conflict(found),
        "why_not": _answer(found, found.answer) if found.answer is not None else None,
        "kept": dict(found.kept),
    }


def _goal(goal: telling.GoalTold, language: str) -> dict[str, Any]:
    kind = goal.aim.value.type.kind if goal.aim.value is not None else None
    unit = kind.unit if isinstance(kind, Number) and goal.aim.kind != "by_order" else None
    return {
        "number": goal.number,
        "kind": goal.aim.kind,
        "text": named(goal.aim)[1],
        "cites": list(goal.aim.clause.cites),
        "value": in_unit(goal.value, unit),
        "bound": in_unit(goal.bound, unit),
        "unit": unit.spelled(language) if unit is not None else None,
        "proven": goal.proven,
        "of": goal.of,
    }


def _item(found: Divided, key: str) -> dict[str, Any]:
    owner, _, reasons = told(found.values[key], found.language)
    value = found.values[key]
    outcome = "decided" if isinstance(value, str) or not reasons else type(value).__name__.lower()
    outcome = outcome if outcome in ("decided", "referred") else "undecided"
    return {
        "key": key,
        "name": found.name_of(found.item, key),
        "owner": owner or None,
        "owner_name": found.name_of(found.owner, owner) if owner else None,
        "outcome": outcome,
        "reasons": reasons,
        "may_take": list(found.division.posed.owners_of(key)),
    }


def _conflict(found: Divided) -> dict[str, Any] | None:
    if found.conflict is None:
        return None
    members = [
        {
            "kind": member.kind,
            "line": member_text(found, member)[0],
            "of": list(member.of),
            "short": member.short,
            "would_do": would_do(member, found),
        }
        for member in found.conflict.members
    ]
    return {"members": members, "unplaced": found.conflict.unplaced}


def _answer(found: Divided, answer: Answer) -> dict[str, Any]:
    price = answer.price
    refusals = [
        {"text": refusal_text(found, each, answer.item, answer.owner)[0], "cites": list(each.clause.cites)}
        for each in answer.refusals
    ]
    told_price = None
    if price is not None:
        told_price = {
            "goal": price.number,
            "was": decimal(price.was),
            "now": decimal(price.now),
            "moved": [list(each) for each in price.moved],
            "text": plain(price_remark(found.division.posed, price), found.language)["text"],
        }
    return {
        "item": answer.item,
        "owner": answer.owner,
        "standing": answer.standing,
        "refusals": refusals,
        "reasons": [plain(reason, found.language) for reason in answer.reasons],
        "price": told_price,
        "instead": answer.instead or None,
    }
