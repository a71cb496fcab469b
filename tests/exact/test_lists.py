"""Lists: what is kept, what is open, what empty ones come to, the best few, the latest, runs; whole populations."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from interpreter.exact.trace import Listing, Step
from policy.core import All, Default, Expr, Field, Fold, Previous, Product, Record, Sum
from policy.types import Reference, Type
from policy.values import Period, Undecided, Value
from tests.exact.hand_core import (
    DAY,
    GRADE,
    ME,
    MONTH,
    NIL,
    NUM,
    OPEN,
    OUTER,
    PERSON,
    TEXT,
    YES_NO,
    Missing,
    codes,
    compare,
    const,
    decided,
    define,
    field,
    get,
    policy,
    record,
    ref,
)

Row = dict[str, Value]
COURSES = Record(
    "课程",
    (
        Field("主讲", Type(Reference(PERSON)), "主讲", owner=True),
        field("课时"),
        field("类别", TEXT),
        field("通过", YES_NO),
        field("日", DAY),
        field("评", GRADE),
        Field("月", MONTH, "月", series=True),
    ),
)
HOURS = get("课时")


def fold(kind: str, item: Expr | None = HOURS, **more: Any) -> Fold:
    return Fold(kind=kind, record="课程", mine=ME, owner="主讲", item=item, type=item.type if item else NUM, **more)


def over(node: Expr, rows: list[Row]) -> Step:
    rules = policy([record(), COURSES], [define("值", node)])
    listed = [{"主讲": "01"} | row for row in rows]
    step = decided(rules, [{"工号": "01"}], 课程=listed).cases[0].results["值"]
    assert decided(rules, [{"工号": "01"}], 课程=listed[::-1]).cases[0].results["值"].value == step.value
    return step


def hours(*values: Value) -> list[Row]:
    return [{"课时": value} for value in values]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("sum", 12), ("count", 3), ("average", 4), ("highest", 6), ("lowest", 1)],
)
def test_kinds(kind: str, value: int) -> None:
    assert over(fold(kind), hours(1, 5, 6)).value == value


def test_averages_are_exact_and_leave_out_what_is_not_due() -> None:
    assert over(fold("average"), hours(1, 2, NIL)).value == Fraction(3, 2)
    assert over(fold("sum"), hours(1, NIL)).value == 1


def test_of_nothing() -> None:
    assert over(fold("sum"), []).value == 0
    assert over(fold("count"), []).value == 0
    assert over(fold("exists", None), []).value is False
    for kind in ("average", "highest", "latest"):
        assert codes(over(fold(kind, by=get("日", DAY)), []).value) == {"ZS805"}
    assert over(Default(of=fold("highest"), fallback=const(0), type=NUM), []).value == 0


def test_filters_and_what_is_open() -> None:
    passed = get("通过", YES_NO)
    rows = [{"课时": 1, "通过": True}, {"课时": Missing("课时"), "通过": False}, {"课时": 4, "通过": True}]
    assert over(fold("sum", where=passed), rows).value == 5
    assert codes(over(fold("sum"), [row | {"通过": True} for row in rows]).value) == {"ZS801"}
    unsure = [{"课时": 1, "通过": True}, {"课时": 2, "通过": OPEN}]
    assert type(over(fold("count", where=passed), unsure).value) is Undecided
    assert over(fold("exists", None, where=passed), unsure).value is True
    assert type(over(fold("exists", None, where=passed), unsure[1:]).value) is Undecided


def test_only_the_best_of_each_kind() -> None:
    rows = [{"课时": h, "类别": k} for h, k in [(3, "甲"), (5, "甲"), (2, "乙"), (4, "乙"), (4, "乙")]]
    assert over(fold("sum", each=get("类别", TEXT), count=1), rows).value == 9
    assert over(fold("sum", each=get("类别", TEXT), count=2), rows).value == 16
    assert over(fold("sum", count=2), rows).value == 9
    assert over(fold("sum", count=2, best=False), rows).value == 5
    assert over(fold("count", each=get("类别", TEXT), count=2), rows).value == 4
    assert over(fold("highest", get("评", GRADE)), [{"评": "中"}, {"评": "良"}, {"评": "缓评"}]).value == "良"


def test_the_latest() -> None:
    rows = [{"课时": 1, "日": date(2025, 1, 1)}, {"课时": 2, "日": date(2025, 3, 1)}]
    assert over(fold("latest", by=get("日", DAY)), rows).value == 2
    rows.append({"课时": 3, "日": date(2025, 3, 1)})
    assert codes(over(fold("latest", by=get("日", DAY)), rows).value) == {"ZS810"}


def test_the_latest_says_what_its_record_lacks_as_it_is() -> None:
    rows: list[Row] = [{"课时": 1, "日": date(2025, 1, 1)}, {"课时": Missing("课时"), "日": date(2025, 3, 1)}]
    latest = fold("latest", by=get("日", DAY))
    assert over(latest, rows).value == Missing("课时")
    assert over(Default(of=latest, fallback=const(0), type=NUM), rows).value == 0


@pytest.mark.parametrize(
    ("months", "run"),
    [
        ([(1, "优"), (2, "优"), (3, "优")], 3),
        ([(1, "优"), (2, "良"), (3, "优"), (4, "优")], 2),
        ([(1, "优"), (3, "优"), (4, "优")], 2),
        ([(12, "优"), (13, "优")], 2),
        ([(1, "优"), (2, "优"), (2, "良"), (3, "优")], 1),
        ([], 0),
    ],
)
def test_the_longest_run(months: list[tuple[int, str]], run: int) -> None:
    rows = [{"评": grade, "月": Period(2024 + (m - 1) // 12, (m - 1) % 12 + 1, "month")} for m, grade in months]
    good = compare(get("评", GRADE), "=", const("优", GRADE))
    assert over(fold("longest_run", get("评", GRADE), where=good, by=get("月", MONTH)), rows).value == run


def test_every_record_looked_at_is_told() -> None:
    rows = [{"课时": 1, "通过": True}, {"课时": 2, "通过": False}]
    step = over(fold("sum", where=get("通过", YES_NO)), rows).parts[0]
    assert isinstance(step.note, Listing)
    assert [(entry.kept, entry.item.value if entry.item else None) for entry in step.note.records] == [
        (True, 1),
        (False, None),
    ]


STAFF = record(field("部门", TEXT), field("分"))
MATES = ((get("部门", TEXT), get("部门", TEXT, OUTER)),)


def staff(**more: Any) -> Fold:
    item = more.pop("item", get("分"))
    return Fold(kind=more.pop("kind", "sum"), record=PERSON, mine=None, owner="", item=item, type=NUM, **more)


def people(*rows: tuple[str, Value]) -> list[Row]:
    return [{"工号": f"{i + 1:02}", "部门": unit, "分": score} for i, (unit, score) in enumerate(rows)]


def shares(node: Expr, rows: list[Row]) -> list[Value]:
    return [case.results["值"].value for case in decided(policy([STAFF], [define("值", node)]), rows).cases]


def test_sums_over_those_who_share_a_value() -> None:
    mates = ((get("部门", TEXT), get("部门", TEXT)),)
    rows = people(("甲", 1), ("甲", 2), ("乙", 4))
    assert shares(staff(same=mates), rows) == [3, 3, 4]
    share = Product(factors=(get("分"), staff(same=mates)), powers=(1, -1), type=NUM)
    assert shares(share, rows) == [Fraction(1, 3), Fraction(2, 3), 1]


def test_what_is_asked_of_the_asker_is_asked_of_each() -> None:
    better = compare(get("分"), ">", get("分", of=OUTER))
    rows = people(("甲", 1), ("甲", 2), ("乙", 4))
    assert shares(staff(kind="count", where=better), rows) == [2, 1, 0]


def test_someone_else_whose_value_is_missing_is_named() -> None:
    found = shares(staff(), people(("甲", 1), ("甲", Missing("分"))))
    assert found[0].reasons[0].arguments == (("who", "02"), ("field", "分"))
    adrift = people(("甲", 1), ("甲", 2))
    adrift[1]["部门"] = Missing("部门")
    found = shares(staff(same=((get("部门", TEXT), get("部门", TEXT)),)), adrift)
    assert [type(value) for value in found] == [Undecided, Undecided]


MONTHS = Record(
    "月用油",
    (
        Field("车", Type(Reference(PERSON)), "车", owner=True),
        Field("月", MONTH, "月", series=True),
        field("定额"),
        field("用油"),
    ),
)
BEFORE = Previous(of=ME, owner="车", series="月", type=Type(Reference("月用油")))


def carried(rows: list[Row]) -> list[Value]:
    """结余 = 定额 + 上期.结余 缺则 0 - 用油, summed over the car's months."""
    left = Default(of=ref("结余", of=BEFORE, record="月用油"), fallback=const(0), type=NUM)
    balance = Sum(terms=(get("定额"), left, get("用油")), signs=(1, 1, -1), type=NUM)
    last = Fold(
        kind="latest", record="月用油", mine=ME, owner="车", item=ref("结余", record="月用油"), by=get("月", MONTH), type=NUM
    )  # fmt: skip
    rules = policy([record(), MONTHS], [define("结余", balance, record="月用油"), define("最后", last)], ["最后"])
    return [case.results["最后"].value for case in decided(rules, [{"工号": "01"}, {"工号": "02"}], 月用油=rows).cases]


def month(number: int, spent: Value, car: str = "01") -> Row:
    return {"车": car, "月": Period(2000 + number // 12, number % 12 + 1, "month"), "定额": 10, "用油": spent}


def test_carry_over_looks_at_the_same_owners_month_before() -> None:
    rows = [month(0, 4), month(1, 7), month(0, 1, "02"), month(2, 10)]
    assert carried(rows) == carried(rows[::-1]) == [9, 9]
    gap = [month(0, 4), month(2, 7), month(0, 1, "02")]
    assert carried(gap) == [3, 9]
    assert codes(carried([month(0, Missing("用油")), month(1, 7), month(0, 1, "02")])[0]) == {"ZS801"}


def test_a_thousand_months_are_no_recursion() -> None:
    rows = [month(i, 9) for i in range(1500)] + [month(0, 1, "02")]
    assert carried(rows) == [1500, 9]


def test_several_records_of_the_month_before_are_undecided() -> None:
    rows = [month(0, 4), month(0, 4), month(1, 7), month(0, 1, "02")]
    assert codes(carried(rows)[0]) == {"ZS813"}


def test_conditions_over_lists_nest() -> None:
    inner = Fold(kind="exists", record="课程", mine=ME, owner="主讲", where=get("通过", YES_NO), type=YES_NO)
    busy = Fold(kind="count", record=PERSON, mine=None, owner="", where=All(items=(inner,), type=YES_NO), type=NUM)
    rules = policy([record(), COURSES], [define("值", busy)])
    courses = [{"主讲": "01", "通过": True}, {"主讲": "02", "通过": False}]
    found = decided(rules, [{"工号": "01"}, {"工号": "02"}, {"工号": "03"}], 课程=courses).cases
    assert [case.results["值"].value for case in found] == [1, 1, 1]
