"""Why a case is open, from text and data to the reason: each a small policy with the people who fall into it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dsl.pipeline import compile_text
from interpreter.exact.decide import decide
from interpreter.exact.population import Population
from interpreter.reading import read
from policy.source import Source

HEAD = """政策 “试”
选项 档 = 甲 > 乙 > 丙
数据 人：
    号：文本，主键
    组：文本
    分：数 0..100 分，1 位小数，可缺 (缺考)
    龄：整数 0..40 年
"""
PEOPLE = "号,组,分,龄\na,东,90,1\nb,东,90,2\nc,东,,3\nd,西,缺考,4\ne,西,50,5\n"
RANK = "排名 名次 同 组：\n    按 分 从高到低\n    并列 同名次\n"
QUOTA = """名额 档 限 龄 ≤ 2 年：
    按 龄 ≥ 1 年 从高到低
"""
CASES = {
    "a declared word": ("定义 甲一 = 分 + 1 分\n结果 甲一", "d", "ZS802"),
    "an empty cell": ("定义 甲一 = 分 + 1 分\n结果 甲一", "c", "ZS801"),
    "somebody else's": ("定义 甲一 = 合计(全体 人.分 同 组)\n结果 甲一", "a", "ZS803"),
    "cases in conflict": (
        "定义 档：\n    当 分 ≥ 60 分：甲\n    当 龄 ≤ 2 年：乙\n    当 分 < 60 分 且 龄 > 2 年：丙\n结果 档",
        "a",
        "ZS807",
    ),
    "a rank that waits": (RANK + "结果 名次", "a", "ZS820"),
    "the cut of a rank": (
        "排名 名次 限 非 分 缺 且 分 ≠ 缺考：\n    按 分 从高到低\n    并列 同名次\n    末位并列 未决\n"
        "定义 进 = 名次 属于 (前 1)\n结果 进",
        "a",
        "ZS825",
    ),
    "the cut of a quota": (
        "名额 档 限 非 分 缺 且 分 ≠ 缺考：\n    按 分 从高到低\n    甲 至多 1 名\n    否则：丙\n    末位并列 转人工\n"
        "    溢出 落选\n    缺额 空缺\n结果 档",
        "b",
        "ZS828",
    ),
}


@pytest.mark.parametrize("idea", CASES)
def test_the_reason_is_said(idea: str, tmp_path: Path) -> None:
    text, key, code = CASES[idea]
    loaded = compile_text(Source("试.policy", f"{HEAD}{text}\n"))
    assert loaded.policy is not None, [(d.code, d.span.text) for d in loaded.diagnostics]
    (tmp_path / "人.csv").write_text(PEOPLE, encoding="utf-8")
    dataset = read([str(tmp_path / "人.csv")], loaded.policy.records, "人")
    case = decide(loaded.policy, Population.of_dataset(loaded.policy.records, dataset), date(2025, 1, 1)).case(key)
    assert case is not None
    assert code in [reason.code for reason in case.reasons], case.reasons
