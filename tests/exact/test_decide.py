"""Whole cases: outcomes and reasons, the as-of date, long chains, examples, and that deciding leaves no mark."""

from __future__ import annotations

import sys
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from interpreter.exact.decide import decide
from interpreter.exact.examples import run_example, work_out
from interpreter.exact.refusal import DecideError, NotGivenError
from policy.core import (
    Arm,
    AsOf,
    Definition,
    Example,
    Field,
    Fold,
    Given,
    Limited,
    Policy,
    Record,
    Refer,
    Sum,
    Switch,
    Whole,
)
from policy.diagnostic import Reason
from policy.types import Reference, Type
from policy.values import Referred, Undecided
from tests.exact.hand_core import (
    DAY,
    ME,
    NIL,
    NUM,
    PERSON,
    TEXT,
    Missing,
    Order,
    compare,
    const,
    decided,
    define,
    field,
    get,
    policy,
    population,
    rank,
    record,
    ref,
)

STAFF = record(field("分"), field("名", TEXT))
PASS_MARK = Definition("线", "", "parameter", NUM, const(60))
TOTAL = define("总分", Sum(terms=(get("分"), const(5)), signs=(1, 1), type=NUM))
OUTCOMES = Switch(
    mode="first",
    arms=(
        Arm(compare(ref("总分"), "≥", const(95)), Refer(outcome="referred", reason="报审", type=NUM)),
        Arm(None, ref("总分")),
    ),
    type=NUM,
)
RULES = policy(
    [STAFF],
    [PASS_MARK, TOTAL, define("合格", compare(ref("总分"), "≥", ref("线", record=""))), define("定", OUTCOMES)],
    ["名", "总分", "合格", "定"],
)


def rows(*scores: Any) -> list[dict[str, Any]]:
    return [{"工号": f"{i + 1:02}", "名": Missing("名"), "分": score} for i, score in enumerate(scores)]


def test_outcomes_and_reasons() -> None:
    found = decided(RULES, rows(60, 95, Missing("分")))
    assert [case.outcome for case in found.cases] == ["decided", "referred", "undecided"]
    assert found.cases[0].reasons == ()
    assert [reason.code for reason in found.cases[1].reasons] == ["ZS840"]
    assert [reason.arguments for reason in found.cases[2].reasons] == [(("field", "分"),)]
    assert list(found.cases[0].results) == ["名", "总分", "合格", "定"]
    missed = found.case("03")
    assert missed is not None
    assert missed.key == "03"


def test_a_definition_is_worked_out_once_and_shared() -> None:
    results = decided(RULES, rows(60)).cases[0].results
    assert results["合格"].parts[0].parts[0].parts[0] is results["总分"]


def test_deciding_leaves_the_population_as_it_was() -> None:
    people = population(RULES, rows(60))
    first, second = decide(RULES, people), decide(policy([STAFF], [define("总分", get("分"))]), people)
    assert [first.cases[0].results["总分"].value, second.cases[0].results["总分"].value] == [65, 60]


def test_the_as_of_date_must_be_given_where_it_is_read() -> None:
    rules = policy([STAFF], [define("日", AsOf(type=DAY))])
    assert decide(rules, population(rules, rows(1)), date(2025, 1, 1)).cases[0].results["日"].value == date(2025, 1, 1)
    with pytest.raises(NotGivenError, match="ZS841"):
        decide(rules, population(rules, rows(1)))


def test_long_chains_of_definitions_are_worked_out_from_the_ground_up() -> None:
    chain = [define("d0", get("分"))]
    chain += [define(f"d{i}", Sum(terms=(ref(f"d{i - 1}"), const(1)), signs=(1, 1), type=NUM)) for i in range(1, 900)]
    assert decided(policy([STAFF], chain, ["d899"]), rows(1)).cases[0].results["d899"].value == 900


def test_a_tower_too_high_is_refused_not_a_crash() -> None:
    node: Any = get("分")
    for _ in range(3000):
        node = Limited(of=node, cap=const(9), type=NUM)
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000)
    try:
        with pytest.raises(DecideError, match="ZS844"):
            decided(policy([STAFF], [define("总分", node)]), rows(1))
    finally:
        sys.setrecursionlimit(usual)


def example(given: dict[str, Any], expected: dict[str, Any], **more: Any) -> Example:
    def pairs(values: dict[str, Any]) -> tuple[Given, ...]:
        return tuple(
            Given(target(name), name, Missing(name) if value is None else value) for name, value in values.items()
        )

    def target(name: str) -> Any:
        special = {"结局": Whole(), "基准日": AsOf(type=DAY)}
        fields = ("工号", "分", "名", "主讲", "课时", "报名")
        return special.get(name) or (get(name) if name in fields else ref(name, record="" if name == "线" else PERSON))

    listed = {name: tuple((r, tuple(map(pairs, rs))) for r, rs in part.items()) for name, part in more.items()}
    return Example("例", pairs(given), pairs(expected), listed.get("rows", ()), listed.get("wanted", ()))


def mismatches(rules: Policy, one: Example) -> list[tuple[str, Any, Any]]:
    return [(m.name, m.found, m.reason.code if m.reason else None) for m in run_example(rules, one)]


def test_examples_hold_or_say_what_came_instead() -> None:
    assert mismatches(RULES, example({"分": 60}, {"总分": 65, "合格": True})) == []
    assert mismatches(RULES, example({"分": 60}, {"总分": 66, "合格": True})) == [("总分", 65, None)]
    assert len(work_out(RULES, example({"分": 60}, {"总分": 65})).steps) == 1


def test_what_an_example_does_not_give_is_no_missing_value() -> None:
    for wanted in (5, Undecided(())):
        assert [(n, c) for n, _, c in mismatches(RULES, example({"名": "甲"}, {"总分": wanted}))] == [("总分", "ZS842")]
    found = run_example(RULES, example({"分": None}, {"总分": Undecided(())}))
    assert found == []
    assert mismatches(RULES, example({"分": None}, {"总分": None})) == []


def test_an_example_may_give_a_definition_or_a_parameter_in_place_of_its_inputs() -> None:
    assert mismatches(RULES, example({"总分": 60}, {"合格": True})) == []
    assert mismatches(RULES, example({"总分": 60, "线": 61}, {"合格": False})) == []


def test_examples_expect_outcomes_with_the_authors_reason() -> None:
    words = Referred((Reason("ZS840", (("reason", "报审"),)),))
    other = Referred((Reason("ZS840", (("reason", "其他"),)),))
    assert mismatches(RULES, example({"分": 95, "名": "甲"}, {"定": words, "结局": words})) == []
    assert [name for name, _, _ in mismatches(RULES, example({"分": 95}, {"定": other}))] == ["定"]
    assert [name for name, _, _ in mismatches(RULES, example({"分": 5}, {"定": words}))] == ["定"]


RANKED = policy([STAFF], [rank("名次", Order(get("分"), True))])


def test_examples_list_a_whole_population() -> None:
    listed = {PERSON: [{"工号": "甲", "分": 1}, {"工号": "乙", "分": 2}]}
    by_key = {PERSON: [{"工号": "乙", "名次": 1}, {"工号": "甲", "名次": 2}]}
    assert mismatches(RANKED, example({}, {}, rows=listed, wanted=by_key)) == []
    by_line = {PERSON: [{"名次": 2}, {"名次": 2}]}
    assert mismatches(RANKED, example({}, {}, rows=listed, wanted=by_line)) == [("名次", 1, None)]


def test_listed_records_belong_to_the_one_the_example_speaks_of() -> None:
    courses = Record("课程", (Field("主讲", Type(Reference(PERSON)), "主讲", owner=True), field("课时")))
    hours = Fold(kind="sum", record="课程", mine=ME, owner="主讲", item=get("课时"), type=NUM)
    rules = policy([STAFF, courses], [define("总课时", hours)])
    listed = {"课程": [{"课时": 3}, {"课时": 4}]}
    assert mismatches(rules, example({}, {"总课时": 7}, rows=listed)) == []
    assert mismatches(rules, example({"工号": "01"}, {"总课时": 7}, rows=listed)) == []


def test_examples_give_the_as_of_date() -> None:
    rules = policy([STAFF], [define("日", AsOf(type=DAY))])
    assert mismatches(rules, example({"基准日": date(2025, 6, 30)}, {"日": date(2025, 6, 30)})) == []
    assert mismatches(rules, example({}, {"日": date(2025, 6, 30)})) == [("日", None, "ZS842")]


def test_yes_is_no_number() -> None:
    rules = policy([STAFF], [define("行", compare(get("分"), "=", const(1))), define("半", get("分"))])
    assert mismatches(rules, example({"分": Fraction(1, 2)}, {"行": False, "半": Fraction(1, 2)})) == []
    assert mismatches(rules, example({"分": NIL}, {"半": NIL})) == []
