"""Whether a full mark can be passed or reached, against everybody there can be."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from interpreter.exact.decide import decide
from interpreter.exact.population import Population, Subject
from tests.exact.decided import checked

HEAD = """政策 “满分”
选项 岗位类 = 甲类，乙类，丙类
数据 员工：
    工号：文本，主键
    岗位：岗位类
    年：整数 0..4 年
    分：整数 0..5 分
    丙：是否
定义 资深 = 年 ≥ 2
"""
ROWS = [
    {"工号": f"{p}{y}{m}{c}", "岗位": p, "年": 12 * y, "分": m, "丙": c}
    for p, y, m, c in product(("甲类", "乙类", "丙类"), range(5), range(6), (True, False))
]
guards = st.sampled_from(
    ["丙", "非 丙", "资深", "非 资深", "岗位 = 甲类", "岗位 ≠ 甲类", "岗位 属于 (乙类、丙类)", "年 > 3", "年 < 1",
     "年 属于 (1..2)", "丙 且 资深", "丙 或 年 = 0", "分 ≥ 4", "分 < 4 且 丙"]
)  # fmt: skip
adding = st.sampled_from(
    ["加 3", "加 5", "加 分", "扣 2", "年 每满 1 年 加 1", "年 每满 1 年 加 2 封顶 5", "加 5 - 分"]
)
lines = st.lists(st.tuples(st.one_of(st.none(), guards), adding), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None)
@given(lines, st.sampled_from([3, 5, 8, 10]))
def test_what_is_told_of_a_full_mark_is_so(written: list[tuple[str | None, str]], full: int) -> None:
    body = "\n".join(f"    当 {guard}：{line}" if guard else f"    {line}" for guard, line in written)
    policy, said = checked(f"{HEAD}评分 果 满分 {full}：\n{body}\n结果 果\n")
    assert policy is not None, said
    people = (Subject(policy.main, dict(row)) for row in ROWS)
    totals = [case.results["果"].value for case in decide(policy, Population(policy.records, people)).cases]
    highest = max(total for total in totals if isinstance(total, int))
    told = {d.code: d.arguments for d in said}
    assert ("ZS425" in told) == (highest > full), (body, highest, told)
    assert ("ZS423" in told) == (highest < full), (body, highest, told)
