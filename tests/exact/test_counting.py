"""Counts against one's own value come out as when every pair is looked at, and at ten thousand without looking at each."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.exact import lists
from interpreter.exact.decide import decide
from policy.core import All, Expr, Fold
from policy.types import Type
from tests.exact.hand_core import (
    NIL,
    NUM,
    OPEN,
    OUTER,
    PERSON,
    PLACE,
    SENT,
    TEXT,
    YES_NO,
    Missing,
    compare,
    define,
    field,
    get,
    policy,
    population,
    record,
)

STAFF = record(field("分", Type(NUM.kind, True)), field("部门", TEXT), field("参评", YES_NO))
SCORES = st.sampled_from([1, 2, 2, 3, NIL, Missing("分"), OPEN, SENT])
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "分": SCORES,
            "部门": st.sampled_from(["甲", "乙", Missing("部门")]),
            "参评": st.sampled_from([True, True, False, OPEN]),
        }
    ),
    max_size=6,
)


def counted(where: Expr, *, shared: bool) -> Any:
    same = ((get("部门", TEXT), get("部门", TEXT)),) if shared else ()
    return policy(
        [STAFF],
        [define("数", Fold(kind="count", record=PERSON, mine=None, owner="", same=same, where=where, type=PLACE))],
    )


def better(op: str, *, turned: bool) -> Expr:
    theirs, mine = get("分"), get("分", of=OUTER)
    return compare(mine, op, theirs) if turned else compare(theirs, op, mine)


@given(PEOPLE, st.sampled_from("=≠<≤>≥"), st.booleans(), st.booleans(), st.booleans())
def test_a_sorted_count_is_the_count_of_pairs(people: Any, op: str, turned: bool, shared: bool, also: bool) -> None:
    asked = better(op, turned=turned)
    where = All(items=(get("参评", YES_NO), asked), type=YES_NO) if also else asked
    rules = counted(where, shared=shared)
    everyone = population(rules, [{"工号": f"{at:02}", **each} for at, each in enumerate(people)])
    by_pairs, sorted_once = decide(rules, everyone), decide(rules, everyone, traced=False)
    assert [c.results["数"].value for c in by_pairs.cases] == [c.results["数"].value for c in sorted_once.cases]
    assert [c.reasons for c in by_pairs.cases] == [c.reasons for c in sorted_once.cases]


def test_no_pair_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = counted(better(">", turned=False), shared=False)
    everyone = population(
        rules, [{"工号": f"{at:05}", "分": at % 997, "部门": "甲", "参评": True} for at in range(10_000)]
    )
    monkeypatch.setattr(lists, "membership", None)
    found = decide(rules, everyone, traced=False)
    assert found.cases[996].results["数"].value == 0
