"""A divisor that is not warned of is never 0 for anyone: guards of all shapes against all people there can be."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from interpreter.exact.decide import decide
from interpreter.exact.population import Population, Subject
from policy.values import Undecided
from tests.exact.decided import checked

HEAD = """政策 “守卫”
数据 员工：
    工号：文本，主键
    甲：整数 -2..2
    乙：整数 0..2
    丙：是否
定义 差 = 甲 - 乙
定义 正 = 乙 > 0
"""
ROWS = [
    {"工号": f"{a},{b},{c}", "甲": a, "乙": b, "丙": c}
    for a, b, c in product(range(-2, 3), range(3), (True, False))
]  # fmt: skip
sides = st.sampled_from(["甲", "乙", "差", "甲 + 乙", "2 × 乙", "0", "1", "甲 - 1"])
simple = st.one_of(
    st.builds("{} {} {}".format, sides, st.sampled_from("=≠<>≤≥"), sides), st.sampled_from(["丙", "正", "非 正"])
)
guards = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.builds("({} 且 {})".format, inner, inner),
        st.builds("({} 或 {})".format, inner, inner),
        st.builds("非 ({})".format, inner),
    ),
    max_leaves=4,
)
divisors = st.sampled_from(
    [
        "甲",
        "乙",
        "差",
        "甲 - 乙",
        "甲 + 1",
        "乙 × 2",
        "较大(甲，1)",
        "较小(甲，乙)",
        "甲 × 乙",
        "(甲 + 乙)",
        "(乙 保底 1)",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.tuples(guards, guards), divisors, st.sampled_from(["", " 依次"]), st.integers(0, 2))
def test_no_divisor_is_zero_unwarned(tested: tuple[str, str], divisor: str, order: str, at: int) -> None:
    """The quotient stands in one of two cases or in what is left."""
    values = [f"1 分 ÷ ({divisor}) 四舍五入到 0.1" if i == at else "5 分" for i in range(3)]
    first, second = tested
    cases = f"    当 {first}：{values[0]}\n    当 {second}：{values[1]}\n    否则：{values[2]}\n"
    text = f"{HEAD}定义 果{order}：\n{cases}结果 果\n"
    policy, said = checked(text)
    assert policy is not None, said
    if any(d.code == "ZS308" for d in said):
        return
    rows = [Subject(policy.main, dict(row)) for row in ROWS]
    for case in decide(policy, Population(policy.records, rows)).cases:
        value = case.results["果"].value
        assert not isinstance(value, Undecided) or all(r.code != "ZS804" for r in value.reasons), (text, case.key)
