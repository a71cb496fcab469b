"""Why not another grade: what is claimed of a single change is held against plain decisions over all steps."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from dsl.check import check
from dsl.pipeline import parse
from interpreter.exact.decide import decide
from interpreter.exact.population import Population, Subject
from interpreter.explaining import UnexplainedError, WhyNot, changes, why_not
from interpreter.explaining.changes import Change
from policy.source import Source
from policy.types import Choice, Number
from policy.units import whole
from policy.values import Missing, Value
from tests.explaining.cases import AS_OF, asked, changed, decided, lecturers, selection
from tests.work import calls

TIED, FAILED, CAPPED = "H0100008", "H0100002", "H0100003"


def grade(key: str, **values: Value) -> Value:
    rules, _ = selection()
    case = decide(rules, changed(key, **values)).case(key)
    assert case is not None
    return case.results["等级"].value


def at_least(given: Value, target: str) -> bool:
    """Whether a grade is the one sought or better."""
    rules, _ = selection()
    kind = next(d for d in rules.definitions if d.name == "等级").type.kind
    assert isinstance(kind, Choice)
    if not isinstance(given, str) or given not in kind.values:
        return False
    mine, sought = kind.rank_of(given), kind.rank_of(target)
    return mine is not None and sought is not None and mine <= sought


def reached(key: str, given: Value, target: str) -> bool:
    """Whether a grade is the one sought or beyond it, as seen from the one the person has."""
    now = grade(key)
    if isinstance(now, str) and at_least(now, target):
        return given == target or not at_least(given, target)
    return at_least(given, target)


def nearest(key: str, name: str, target: str) -> Value:
    """The nearest value of a field that gives a grade or better, by trying them all, nearest first, upwards first."""
    rules, population = selection()
    field = rules.main.field(name)
    subject = population.find(rules.main.name, key)
    assert field is not None
    assert subject is not None
    assert isinstance(field.type.kind, Number)
    kind, now = field.type.kind, subject.values[name]
    assert kind.grid is not None
    assert kind.low is not None
    assert kind.high is not None
    steps = [whole(kind.low + i * kind.grid) for i in range(int((kind.high - kind.low) / Fraction(kind.grid)) + 1)]
    for value in sorted((s for s in steps if s != now), key=lambda s: (abs(s - now), s < now)):
        if reached(key, grade(key, **{name: value}), target):
            return value
    return None


@pytest.mark.parametrize(
    ("key", "name", "target"),
    [
        (TIED, "笔试", "高级客户经理一级"),
        (TIED, "应变能力", "客户经理一级"),
        (FAILED, "笔试", "客户经理三级"),
        (FAILED, "应变能力", "客户经理三级"),
        (CAPPED, "应变能力", "客户经理二级"),
    ],
)
def test_the_smallest_change_of_all(key: str, name: str, target: str) -> None:
    found = {change.field: change.now.value for change in asked(key, target).changes}
    assert found.get(name) == nearest(key, name, target)


def all_changes() -> Iterator[tuple[str, str, Change]]:
    for key, target in ((TIED, "高级客户经理一级"), (FAILED, "初级客户经理"), (CAPPED, "客户经理二级")):
        for change in asked(key, target).changes:
            yield key, target, change


def test_what_is_claimed_holds() -> None:
    claimed = list(all_changes())
    assert len(claimed) > 8
    for key, target, change in claimed:
        rules, _ = selection()
        case = decide(rules, changed(key, **{change.field: change.now.value})).case(key)
        assert case is not None
        assert reached(key, case.results["等级"].value, target)
        assert all(case.results[result.name].value == result.value.value for result in change.results)
        if change.less is not None:
            less = grade(key, **{change.field: change.less.value})
            assert not reached(key, less, target)
            assert change.less_result is not None
            assert less == change.less_result.value


def test_a_field_that_does_not_reach_is_told_with_the_best_it_gives() -> None:
    found = {beyond.field: beyond for beyond in asked(FAILED, "高级客户经理二级").beyond}
    assert found["笔试"].result is not None
    assert found["笔试"].result.value == grade(FAILED, 笔试=30) != "高级客户经理二级"
    assert found["行长年数"].result is None


def test_halving_finds_the_same_as_trying_all(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = asked(TIED, "高级客户经理一级")
    monkeypatch.setattr(changes, "MOST", 0)
    halved = asked(TIED, "高级客户经理一级")
    assert [(c.field, c.now.value) for c in halved.changes] == [(c.field, c.now.value) for c in exact.changes]


def test_what_it_lacks_is_followed_down() -> None:
    (row,) = asked(TIED, "高级客户经理一级").blocking
    (place,) = row.items
    (passing,) = place.items
    assert dict(passing.remarks[0].arguments)["key"] == "H0100066"
    assert [(room.label, room.items[0].label if room.items else "") for room in passing.items] == [
        ("笔试", ""), ("面试", "应变能力"), ("个人经历", "主管年数")]  # fmt: skip


def test_a_failed_candidate_lacks_points() -> None:
    (row,) = asked(FAILED, "客户经理三级").blocking
    (place,) = row.items
    (passed,) = place.items
    (total,) = passed.items
    assert dict(total.remarks[0].arguments)["by"].value == Fraction(1, 10)  # type: ignore[union-attr]


def test_already() -> None:
    case = decided().case(TIED)
    assert case is not None
    mine = case.results["等级"].value
    answer = asked(TIED, mine)
    assert answer.state == "already"
    assert answer.changes, "how it would be lost"
    for change in answer.changes:
        assert not at_least(grade(TIED, **{change.field: change.now.value}), mine)
        if change.less is not None:
            assert at_least(grade(TIED, **{change.field: change.less.value}), mine)


@pytest.mark.parametrize(("key", "target"), [(FAILED, "高级客户经理二级"), (TIED, "高级客户经理一级")])
def test_makes_no_difference_is_refuted_by_no_step(key: str, target: str) -> None:
    """Of what is said to change nothing every step was tried, and none of it does; nor is any better that is not told."""
    rules, population = selection()
    subject = population.find(rules.main.name, key)
    assert subject is not None
    now = grade(key)
    for entry in asked(key, target).beyond:
        field = rules.main.field(entry.field)
        assert field is not None
        kind = field.type.kind
        if isinstance(kind, Number):
            assert kind.grid is not None
            assert kind.low is not None
            assert kind.high is not None
            count = int((kind.high - kind.low) / Fraction(kind.grid)) + 1
            steps: list[Value] = [whole(kind.low + at * kind.grid) for at in range(0, count, max(1, count // 40))]
        else:
            steps = list(kind.values) if isinstance(kind, Choice) else [True, False]
        given = {grade(key, **{entry.field: value}) for value in steps}
        if entry.result is None and not entry.moves:
            assert given == {now}
        best = entry.result.value if entry.result is not None else now
        assert isinstance(best, str)
        assert not any(at_least(each, best) and each != best for each in given if isinstance(each, str)), entry


def test_an_open_case_has_no_answer() -> None:
    rules, _ = lecturers()
    answer = why_not(*lecturers(), AS_OF, "T3", "五星")
    assert answer.state == "open"
    assert answer.reasons
    assert rules.results


def test_a_missing_value_is_never_guessed() -> None:
    rules, _ = selection()
    answer = why_not(rules, changed(TIED, 笔试=Missing("笔试")), None, TIED, "高级客户经理一级")
    assert (answer.state, answer.changes, answer.beyond) == ("open", (), ())


def test_nobody_and_no_such_value() -> None:
    with pytest.raises(UnexplainedError, match="ZS910"):
        asked("X", "高级客户经理一级")
    with pytest.raises(UnexplainedError, match="ZS919"):
        asked(TIED, "状元")


def test_yes_and_no() -> None:
    answer = asked(FAILED, "是")
    assert answer.result == "合格"
    assert {change.field: change.now.value for change in answer.changes}["笔试"] == 25
    assert asked(TIED, "否").changes


def test_it_costs_no_more_than_deciding_everyone_some_times_over() -> None:
    rules, people = selection()
    once = calls(lambda: decide(rules, people.fresh()))
    assert calls(lambda: asked(FAILED, "高级客户经理二级")) < 120 * once


PAIRS = """政策 “两项”
选项 档 = 过 > 不过
数据 人：
    编号：文本，主键
    甲：整数 0..100 分
    乙：整数 0..100 分
条件 居中 全部：
    甲 ≥ 40 分 且 甲 ≤ 60 分
    乙 ≥ 40 分 且 乙 ≤ 60 分
{parts}定义 结：
    当 甲分 + 乙分 ≥ {line} 分：过
    否则：不过
结果 居中，结
"""
PART = """定义 {name}分：
    当 {name} < 15 分：0 分
    当 {name} ≥ 15 分 且 {name} < 20 分：1 分
    当 {name} ≥ 20 分 且 {name} < 90 分：2 分
    否则：3 分
"""


def pairs(line: int, target: str) -> WhyNot:
    text = PAIRS.format(parts="".join(PART.format(name=name) for name in "甲乙"), line=line)
    parsed = parse(Source("p", text))
    assert parsed.document is not None
    policy = check(parsed.document).policy
    assert policy is not None
    person = Subject(policy.main, {"编号": "a", "甲": 0, "乙": 0})
    return why_not(policy, Population(policy.records, [person]), None, "a", target)


def test_two_figures_within_their_ranges() -> None:
    """What only values between the ends reach is found, and 20 with 20 is less than 15 with 90."""
    for line, target, value in ((4, "是", 40), (4, "过", 20)):
        found = pairs(line, target).together
        assert found is not None
        assert [(move.field, move.now.value) for move in found.moves] == [("甲", value), ("乙", value)]


def test_a_bound_is_no_proof_of_what_lies_between() -> None:
    """Seven points are out of reach; the ends are all tried, the values between are not, and that is said."""
    answer = pairs(7, "过")
    assert answer.together is None
    assert answer.bound is not None
    assert (answer.bound.best.value, answer.bound.whole, answer.paired) == ("不过", True, False)
