"""Grades given out by places: against an oracle that seats one after the other, and the hard cases one by one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.exact.decide import Decisions
from interpreter.exact.trace import Allotment, Seat
from interpreter.explaining import explain
from policy.core import Expr, Fold, Tier
from policy.values import Referred, Undecided, Value
from tests.exact.hand_core import (
    GRADE,
    OPEN,
    PERSON,
    PLACE,
    RATE,
    TEXT,
    YES_NO,
    Missing,
    Order,
    Quota,
    codes,
    compare,
    const,
    decided,
    field,
    get,
    policy,
    quota,
    record,
)

Row = dict[str, Any]
STAFF = record(field("分"), field("部门", TEXT), field("参评", YES_NO))
ALL_OF_MINE = Fold(
    kind="count", record=PERSON, mine=None, owner="", same=((get("部门", TEXT), get("部门", TEXT)),), type=PLACE
)  # fmt: skip


def tier(name: str, most: Expr | int, floor: int | None = None) -> Tier:
    among = None if floor is None else compare(get("分"), "≥", const(floor))
    share = not isinstance(most, int) and most.type == RATE
    return Tier(name, most if not isinstance(most, int) else const(most, PLACE), among, share)


def stated(*tiers: Tier, **more: Any) -> Quota:
    return Quota(
        among=more.get("among"),
        same=more.get("same", ()),
        orders=(Order(get("分"), True),),
        tiers=tiers,
        leftover=const("差", GRADE),
        base=more.get("base", ALL_OF_MINE),
        places=more.get("places", ("down", 1)),
        edge=more.get("edge", "all_out"),
        overflow=more.get("overflow", "next"),
        vacancies=more.get("vacancies", "stay"),
        missing=more.get("missing", "undecided"),
    )


def people(*scores: Value) -> list[Row]:
    return [{"工号": f"{i + 1:02}", "分": score, "部门": "甲", "参评": True} for i, score in enumerate(scores)]


def given_out(rows: list[Row], *tiers: Tier, **more: Any) -> Decisions:
    return decided(policy([STAFF], [quota("等级", stated(*tiers, **more))]), rows)


def grades(rows: list[Row], *tiers: Tier, **more: Any) -> list[Value]:
    return [case.results["等级"].value for case in given_out(rows, *tiers, **more).cases]


def allotment(found: Decisions) -> Allotment:
    return found.allotments[PERSON, "等级"][0]


def oracle(scores: list[int], tiers: list[tuple[str, int, int]], edge: str, overflow: str, vacancies: str) -> list[str]:
    """Each grade seats those it admits, one score after the other."""
    got = ["差"] * len(scores)
    waiting = set(range(len(scores)))
    spare = 0
    for at, (name, places, floor) in enumerate(tiers):
        left = places + spare
        admitting = [floor] + ([tiers[at + 1][2]] if vacancies == "fill" and at + 1 < len(tiers) else [])
        shut = False
        for turn, least in enumerate(admitting):
            for score in sorted({scores[i] for i in waiting if scores[i] >= least}, reverse=True):
                equals = [i for i in waiting if scores[i] == score]
                fits = len(equals) <= left or (edge == "all_in" and left > 0)
                if fits and not shut:
                    left = max(0, left - len(equals))
                    for i in equals:
                        got[i] = name
                    waiting -= set(equals)
                else:
                    shut = shut or left > 0
                    if turn == 0 and overflow == "dropped":
                        waiting -= set(equals)
            if shut or not left:
                break
        spare = left if vacancies == "next" else 0
    return got


@given(
    st.lists(st.integers(55, 66), max_size=9),
    st.lists(st.tuples(st.integers(0, 4), st.integers(50, 66)), min_size=1, max_size=3),
    st.sampled_from(["all_in", "all_out"]),
    st.sampled_from(["next", "dropped"]),
    st.sampled_from(["stay", "next", "fill"]),
    st.randoms(use_true_random=False),
)
def test_grades_are_those_of_the_oracle_in_any_order_of_rows(
    scores: list[int], tiers: list[tuple[int, int]], edge: str, overflow: str, vacancies: str, chance: Any
) -> None:
    named = [(name, most, floor) for name, (most, floor) in zip("优良中", tiers, strict=False)]
    rules = {"edge": edge, "overflow": overflow, "vacancies": vacancies}
    wanted = oracle(scores, named, **rules)
    rows, list_of = people(*scores), [tier(*each) for each in named]
    assert grades(rows, *list_of, **rules) == wanted
    order = list(range(len(rows)))
    chance.shuffle(order)
    assert grades([rows[i] for i in order], *list_of, **rules) == [wanted[i] for i in order]


def test_places_are_a_share_of_the_base() -> None:
    rows = people(*range(90, 66, -1))
    found = given_out(rows, tier("优", const(Fraction(20, 100), RATE)), tier("良", const(1, RATE)))
    got = allotment(found)
    assert got.base is not None
    assert got.base.value == 24
    assert [places.places for places in got.grades] == [4, 24]
    assert got.grades[0].taken == ("01", "02", "03", "04")
    assert got.grades[0].surplus == tuple(f"{i:02}" for i in range(5, 25))
    assert found.cases[4].results["等级"].value == "良"
    note = found.cases[4].results["等级"].note
    assert isinstance(note, Seat)
    assert note.allotment.members[4].key == "05"


@pytest.mark.parametrize(("edge", "kind"), [("referred", Referred), ("undecided", Undecided)])
def test_equals_across_the_cut_use_up_the_places_left_and_some_of_the_next(edge: str, kind: type) -> None:
    """One place of 优 is left for three equals; two of them, nobody knows which, take two of the three of 良."""
    found = grades(people(90, 80, 80, 80, 70, 60), tier("优", 2), tier("良", 3), tier("中", 9), edge=edge)
    assert [found[0], found[4], found[5]] == ["优", "良", "中"]
    assert {type(value) for value in found[1:4]} == {kind}
    dropped = grades(people(90, 80, 80, 70), tier("优", 2), tier("良", 1), edge=edge, overflow="dropped")
    assert dropped[3] == "差"


def test_who_is_outside_gets_what_is_left_over() -> None:
    rows = people(90, 80)
    rows[0]["参评"] = False
    assert grades(rows, tier("优", 1), among=get("参评", YES_NO)) == ["差", "优"]


def test_partitions_have_places_of_their_own() -> None:
    rows = people(90, 80, 70, 60)
    rows[2]["部门"] = rows[3]["部门"] = "乙"
    assert grades(rows, tier("优", 1), same=(get("部门", TEXT),)) == ["优", "差", "优", "差"]


def test_an_open_case_leaves_its_partition_open() -> None:
    rows = people(90, Missing("分"), 70)
    found = given_out(rows, tier("优", 1))
    assert codes(found.cases[0].results["等级"].value) == {"ZS820"}
    assert codes(found.cases[1].results["等级"].value) == {"ZS801"}
    assert allotment(found).open == ("02",)
    assert grades(rows, tier("优", 1), missing="left_out") == ["优", "差", "差"]
    assert grades(rows, tier("优", 3), missing="last") == ["优", "优", "优"]


def test_where_nobody_of_a_group_can_be_placed_nothing_is_given_out_and_all_is_explained() -> None:
    rows = people(Missing("分"), 80, Missing("分"))
    rows[1]["部门"] = "乙"
    share = tier("优", const(Fraction(1, 2), RATE))
    found = given_out(rows, share, same=(get("部门", TEXT),), places=("up", 1))
    assert [codes(case.results["等级"].value) for case in found.cases[::2]] == [{"ZS801"}, {"ZS801"}]
    assert found.cases[1].results["等级"].value == "优"
    given_out_in = found.allotments[PERSON, "等级"]
    assert [each.open for each in given_out_in] == [(), ("01", "03")]
    assert [len(each.grades) for each in given_out_in] == [1, 0]
    for case in found.cases:
        assert explain(found, case.key).outcome == case.outcome


def test_open_cases_that_could_change_the_places_are_told() -> None:
    rows = people(*range(90, 80, -1), Missing("分"))
    counted = Fold(kind="count", record=PERSON, mine=None, owner="", where=get("参评", YES_NO), type=PLACE)
    rows[-1]["参评"] = False
    third = tier("优", const(Fraction(3, 11), RATE))
    found = given_out(rows, third, base=counted, missing="left_out")
    got = allotment(found).grades[0]
    assert (got.places, got.possible) == (2, 3)
    assert allotment(found).open == ("11",)


def test_whoever_a_grade_may_admit_leaves_those_after_open_while_places_are_left() -> None:
    rows = people(90, 80, 70)
    rows[1]["参评"] = OPEN
    among = Tier("优", const(2, PLACE), get("参评", YES_NO), False)
    found = grades(rows, among, tier("良", 1))
    assert found[0] == "优"
    assert codes(found[1]) == codes(found[2]) == {"ZS826", "ZS840"}
    first = Tier("优", const(1, PLACE), get("参评", YES_NO), False)
    assert grades(rows, first, tier("良", 1)) == ["优", "良", "差"]


def test_places_that_differ_by_person_are_undecided() -> None:
    rows = people(90, 80)
    found = grades(rows, Tier("优", get("分"), None, False))
    assert codes(found[0]) == {"ZS827"}
