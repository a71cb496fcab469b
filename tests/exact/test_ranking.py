"""Places against a small brute oracle; equals, missing values, cuts; and that the order of rows means nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.exact.decide import Decisions
from interpreter.exact.trace import standing
from policy.core import Expr, InTop, Rounded
from policy.values import Referred, Undecided, Value
from tests.exact.hand_core import (
    GRADE,
    NIL,
    NUM,
    OPEN,
    PLACE,
    RATE,
    TEXT,
    YES_NO,
    Missing,
    Order,
    codes,
    const,
    decided,
    define,
    field,
    get,
    policy,
    rank,
    record,
    ref,
)

Row = dict[str, Any]
STAFF = record(field("分"), field("次"), field("部门", TEXT), field("报名", YES_NO), field("等级", GRADE))
BY = (Order(get("分"), True), Order(get("次"), False))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "分": st.sampled_from([60, 60, 70, Fraction(121, 2), 80, NIL]),
            "次": st.integers(1, 2),
            "部门": st.sampled_from("甲乙"),
            "报名": st.booleans(),
        }
    ),
    max_size=9,
).map(lambda rows: [row | {"工号": f"{i:02}"} for i, row in enumerate(rows)])


def places(rows: list[Row], *definitions: Any, **more: Any) -> dict[str, Value]:
    rules = policy([STAFF], [rank("名次", *more.pop("orders", BY), **more), *definitions], ["名次"])
    return {case.key: case.results["名次"].value for case in decided(rules, rows).cases}


def brute(rows: list[Row], dense: bool) -> dict[str, Value]:
    """One's place is one more than how many (different ones, if dense) stand before."""
    found: dict[str, Value] = {}
    for me in rows:
        if not me["报名"] or me["分"] is NIL:
            found[me["工号"]] = NIL
            continue
        peers = [r for r in rows if r["报名"] and r["部门"] == me["部门"] and r["分"] is not NIL]
        before = [(r["分"], r["次"]) for r in peers if (-r["分"], r["次"]) < (-me["分"], me["次"])]
        found[me["工号"]] = 1 + (len(set(before)) if dense else len(before))
    return found


@given(ROWS, st.sampled_from(["share", "dense"]), st.randoms(use_true_random=False))
def test_places_are_those_of_the_oracle_in_any_order_of_rows(rows: list[Row], ties: str, chance: Any) -> None:
    more = {"among": get("报名", YES_NO), "same": (get("部门", TEXT),), "ties": ties}
    wanted = brute(rows, ties == "dense")
    assert places(rows, **more) == wanted
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert places(shuffled, **more) == wanted


def people(*scores: Value) -> list[Row]:
    return [{"工号": f"{i + 1:02}", "分": score, "次": 1, "部门": "甲", "报名": True} for i, score in enumerate(scores)]


def test_standings_know_their_neighbours() -> None:
    rules = policy([STAFF], [rank("名次", *BY)])
    found = decided(rules, people(90, 80, 80, 70))
    second = standing(found.cases[1].results["名次"])
    assert second is not None
    assert (second.place, second.of, second.tied, second.values) == (2, 4, 2, (80, 1))
    assert second.above is not None
    assert (second.above.key, second.above.values) == ("01", (90, 1))
    assert second.below is not None
    assert (second.below.place, second.below.key) == (4, "04")
    first = standing(found.cases[0].results["名次"])
    assert first is not None
    assert first.above is None
    assert [member.key for member in first.cohort.members] == ["01", "02", "03", "04"]


@pytest.mark.parametrize(("ties", "kind"), [("referred", Referred), ("undecided", Undecided)])
def test_equals_may_be_left_open(ties: str, kind: type) -> None:
    found = places(people(90, 80, 80, 70), ties=ties)
    assert [found["01"], found["04"]] == [1, 4]
    assert type(found["02"]) is kind
    assert codes(found["03"]) == {"ZS823"}


def test_missing_order_values() -> None:
    rows = people(90, Missing("分"), 70, Missing("分"))
    assert places(rows, missing="left_out") == {"01": 1, "02": NIL, "03": 2, "04": NIL}
    assert places(rows, missing="last") == {"01": 1, "02": 3, "03": 2, "04": 3}
    waiting = places(rows, missing="undecided")
    assert codes(waiting["02"]) == {"ZS801"}
    assert [dict(reason.arguments)["who"] for reason in waiting["01"].reasons] == ["02", "04"]
    assert waiting["01"] == waiting["03"]


def test_one_whose_taking_part_is_open_leaves_all_of_the_partition_open() -> None:
    rows = people(90, 80, 70)
    rows[1]["报名"] = OPEN
    rows[2]["部门"] = "乙"
    rows.append({"工号": "04", "分": 1, "次": 1, "部门": "甲", "报名": False})
    found = places(rows, among=get("报名", YES_NO), same=(get("部门", TEXT),))
    assert codes(found["01"]) == {"ZS821"}
    assert codes(found["02"]) == {"ZS840"}
    assert found["03"] == 1
    assert found["04"] is NIL
    rows[1] |= {"报名": True, "部门": Missing("部门")}
    found = places(rows, among=get("报名", YES_NO), same=(get("部门", TEXT),))
    assert codes(found["02"]) == {"ZS801"}
    assert codes(found["01"]) == codes(found["03"]) == {"ZS820"}
    found = places(rows, among=get("报名", YES_NO), same=(get("部门", TEXT),), missing="left_out")
    assert (found["01"], found["02"], found["03"]) == (1, NIL, 1)
    found = places(rows, among=get("报名", YES_NO), same=(get("部门", TEXT),), missing="last")
    assert (found["01"], codes(found["02"]), found["03"]) == (1, {"ZS801"}, 1)


def test_grades_rank_best_first() -> None:
    rows = [row | {"等级": grade} for row, grade in zip(people(1, 1, 1), ["良", "优", "差"], strict=True)]
    assert places(rows, orders=(Order(get("等级", GRADE), True),)) == {"01": 2, "02": 1, "03": 3}


def top(count: Expr) -> Any:
    share = getattr(count, "of", count).type == RATE
    return define("入围", InTop(of=ref("名次", PLACE), count=count, share=share, type=YES_NO))


def admitted(scores: list[Value], count: Expr, **more: Any) -> list[Value]:
    rules = policy([STAFF], [rank("名次", *BY, **more), top(count)])
    found: Decisions = decided(rules, people(*scores))
    return [case.results["入围"].value for case in found.cases]


@pytest.mark.parametrize(
    ("edge", "second"), [("all_in", True), ("all_out", False), ("referred", Referred), ("undecided", Undecided)]
)
def test_equals_across_the_cut(edge: str, second: Any) -> None:
    found = admitted([90, 80, 80, 70], const(2), edge=edge)
    assert [found[0], found[3]] == [True, False]
    assert found[1] is second or type(found[1]) is second
    assert found[1] == found[2]
    assert admitted([90, 80, 80, 70], const(3), edge=edge) == [True, True, True, False]
    assert admitted([90, 80, 80, 70], const(1), edge=edge) == [True, False, False, False]


def test_equals_that_the_cut_does_not_divide_are_in_or_out_even_if_their_places_are_open() -> None:
    found = admitted([90, 80, 80, 70], const(3), ties="undecided", edge="undecided")
    assert found == [True, True, True, False]


@pytest.mark.parametrize(("mode", "heads"), [("up", 3), ("down", 2), ("half_up", 2)])
def test_a_share_is_of_those_ranked(mode: str, heads: int) -> None:
    share = Rounded(of=const(Fraction(3, 10), RATE), mode=mode, step=1, type=PLACE)
    assert sum(admitted([70, 69, 68, 67, 66, 65, 64, 63], share)) == heads


def test_who_is_not_ranked_is_not_among_the_first() -> None:
    assert admitted([90, NIL, 80], const(2)) == [True, False, True]
    found = admitted([90, Missing("分"), 80], const(2))
    assert codes(found[0]) == {"ZS820"}


def test_numbering_without_gaps_cuts_by_number() -> None:
    assert admitted([90, 80, 80, 70], const(3), ties="dense") == [True, True, True, True]


def test_a_later_round_ranks_those_of_the_earlier_one() -> None:
    later = rank("复审", Order(get("次"), True), among=InTop(of=ref("名次", PLACE), count=const(2), type=YES_NO))
    rules = policy([STAFF], [later, rank("名次", Order(get("分"), True), edge="all_in")])
    rows = [row | {"次": i} for i, row in enumerate(people(90, 80, 80, 70))]
    assert [case.results["复审"].value for case in decided(rules, rows).cases] == [3, 2, 1, NIL]


def test_numbers_rank_exactly() -> None:
    rows = people(Fraction(1, 3), Fraction(333333, 1000000), 0)
    assert places(rows, orders=(Order(get("分", NUM), True),)) == {"01": 1, "02": 2, "03": 3}
