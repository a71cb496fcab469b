"""The order of rows means nothing: every value and every reason stays, with data missing and cases open all over."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policy.core import Effect, Excepted, Exempt, Field, Fold, InTop, Policy, Product, Record, Rounded, Tier
from policy.types import Reference, Type
from policy.values import Value
from tests.exact.hand_core import (
    GRADE,
    ME,
    NUM,
    OPEN,
    OUTER,
    PERSON,
    PLACE,
    RATE,
    SENT,
    TEXT,
    YES_NO,
    Missing,
    Order,
    Quota,
    compare,
    const,
    decided,
    define,
    field,
    get,
    policy,
    quota,
    rank,
    record,
    ref,
)

Row = dict[str, Value]
STAFF = record(field("分"), field("部门", TEXT), field("报名", YES_NO))
MERITS = Record("荣誉", (Field("人", Type(Reference(PERSON)), "人", owner=True), field("奖"), field("类", TEXT)))
SHARE = Rounded(of=const(Fraction(30, 100), RATE), mode="up", step=1, type=PLACE)
SAME = ((get("部门", TEXT), get("部门", TEXT)),)
MINE = Fold(kind="sum", record="荣誉", mine=ME, owner="人", item=get("奖"), each=get("类", TEXT), count=1, type=NUM)
EVERY = Fold(kind="sum", record=PERSON, mine=None, owner="", same=SAME, item=get("分"), type=NUM)
BETTER = Fold(
    kind="count", record=PERSON, mine=None, owner="", where=compare(get("分"), ">", get("分", of=OUTER)), type=NUM
)  # fmt: skip
RULE = Exempt(
    "处分",
    (
        Effect(compare(get("奖"), "=", const(1)), "fix", const("中", GRADE)),
        Effect(compare(get("奖"), "=", const(2)), "fix", const("差", GRADE)),
        Effect(compare(get("奖"), "=", const(3)), "cap", const("良", GRADE)),
        Effect(compare(get("奖"), "=", const(4)), "lower", const(1)),
    ),
    Fold(kind="count", record="荣誉", mine=ME, owner="人", type=NUM),
    (),
)


def rules_of(missing: str, edge: str, ties: str, overflow: str, vacancies: str) -> Policy:
    stated = Quota(
        among=get("报名", YES_NO),
        same=(),
        orders=(Order(get("分"), True),),
        tiers=(
            Tier("优", const(Fraction(1, 4), RATE), compare(get("分"), "≥", const(2)), True),
            Tier("良", const(2, PLACE), get("报名", YES_NO), False),
            Tier("中", const(Fraction(1, 2), RATE), None, True),
        ),
        leftover=const("差", GRADE),
        base=Fold(kind="count", record=PERSON, mine=None, owner="", type=PLACE),
        places=("half_up", 1),
        edge=edge,
        overflow=overflow,
        vacancies=vacancies,
        missing=missing,
    )
    return policy(
        [STAFF, MERITS],
        [
            rank("名次", Order(get("分"), True), Order(ref("荣誉分"), True), among=get("报名", YES_NO),
                 same=(get("部门", TEXT),), ties=ties, edge=edge, missing=missing),
            define("荣誉分", MINE),
            define("占比", Product(factors=(get("分"), EVERY), powers=(1, -1), type=RATE)),
            define("胜者", BETTER),
            define("入围", InTop(of=ref("名次", PLACE), count=SHARE, share=True, type=YES_NO)),
            quota("等级", stated, (RULE,)),
            define("评定", Excepted(of=const("优", GRADE), exceptions=(RULE,), type=GRADE)),
        ],
    )  # fmt: skip


scores = st.sampled_from([0, 1, 1, 2, 2, 3, Fraction(5, 2), Missing("分"), OPEN, SENT])
people = st.lists(
    st.fixed_dictionaries(
        {
            "分": st.one_of(st.integers(0, 3), scores),
            "部门": st.sampled_from(["甲", "甲", "乙", Missing("部门")]),
            "报名": st.sampled_from([True, True, True, True, False, OPEN]),
        }
    ),
    max_size=8,
)
merits = st.lists(
    st.fixed_dictionaries(
        {
            "人": st.sampled_from(["00", "01", "02"]),
            "奖": st.sampled_from([1, 2, 3, 4, 5, Missing("奖")]),
            "类": st.sampled_from("文武"),
        }
    ),
    max_size=5,
)
choices = st.tuples(
    st.sampled_from(["left_out", "last", "undecided"]),
    st.sampled_from(["all_in", "all_out", "referred", "undecided"]),
    st.sampled_from(["share", "dense", "referred", "undecided"]),
    st.sampled_from(["next", "dropped"]),
    st.sampled_from(["stay", "next", "fill"]),
)


def results(rules: Policy, rows: list[Row], honours: list[Row]) -> dict[str, Any]:
    found = decided(rules, rows, 荣誉=honours)
    cases = {
        case.key: (case.outcome, case.reasons, {name: step.value for name, step in case.results.items()})
        for case in found.cases
    }
    return cases | {
        "ranks": [(c.partition, [(m.key, m.place) for m in c.members], c.open) for c in found.ranks.get("名次", ())],
        "places": [
            [(p.places, p.taken, p.tied, p.surplus, p.unfilled, p.possible) for p in a.grades]
            for a in found.allotments.get("等级", ())
        ],
    }


@settings(max_examples=200)
@given(people, merits, choices, st.randoms(use_true_random=False))
def test_any_order_of_rows_gives_the_same(rows: list[Row], honours: list[Row], chosen: Any, chance: Any) -> None:
    rules = rules_of(*chosen)
    named = [row | {"工号": f"{i:02}"} for i, row in enumerate(rows)]
    first = results(rules, named, honours)
    chance.shuffle(named)
    chance.shuffle(honours)
    assert results(rules, named, honours) == first
