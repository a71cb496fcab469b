"""How each statement and its lines are written: examples to show beside a mistake, in the document's language."""

from __future__ import annotations

TITLE = ("政策 “客户经理竞聘”", 'policy "Account managers"')

LINES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "POLICY": (
        ("版本 “1”", "生效 2025-01-01", "出处 “某某办法”"),
        ('version "1"', "effective 2025-01-01", 'source "Rule book"'),
    ),
    "DATA": (
        ("工号：文本，主键", "笔试：数 0..30 分，1 位小数，可缺 (缺考)", "党员：是否"),
        ("staff_no: text, key", "exam: number 0..30 points, 1 decimal, optional (absent)", "member: yes or no"),
    ),
    "PARAM": (("自 2025-01-01：60 分",), ("from 2025-01-01: 60 points",)),
    "DEFINE": (("当 总分 ≥ 60 分：合格", "否则：不合格"), ("when total >= 60 points: passed", "otherwise: failed")),
    "TABLE": (
        ("| 总分 || 等级 |", "| 80 以上 不满 90 || 良好 |", "| 否则 || 合格 |"),
        ("| total || grade |", "| 80 or more less than 90 || silver |", "| otherwise || bronze |"),
    ),
    "SCORE": (
        ("笔试 满分 30", "笔试 权重 60%", "当 曾任行长：加 4", "从业年数 每满 3 年 加 1 封顶 5"),
        ("exam out of 30", "exam weight 60%", "when was_head: add 4", "service every full 3 years add 1 capped at 5"),
    ),
    "REQUIRE": (("总分 ≥ 60 分", "至少 2 项："), ("total >= 60 points", "at least 2:")),
    "RANK": (
        ("按 总分 从高到低", "并列 同名次", "缺 不参加"),
        ("by total highest first", "ties share", "missing left out"),
    ),
    "QUOTA": (
        ("按 总分 从高到低", "五星 至多 10%",
         "基数 个数(全体 员工)", "取整 舍去到 1 名", "末位并列 转人工", "溢出 顺延", "否则：未评星"),
        (
            "by total highest first", "gold at most 10%", "base count(all employee)",
            "places rounded down to 1 place", "ties at the cut refer", "overflow to next", "otherwise: none",
        ),
    ),
    "EXCEPT": (
        ("当 试用期：封顶 合格", "当 受处分：转人工 “由评审会决定”"),
        ("when on_probation: capped at bronze", 'when disciplined: refer "the board decides"'),
    ),
    "ALLOCATE": (("每个 线路 恰好 1 名", "目标 1：保留 原值守人"),
                 ("each route exactly 1 place", "goal 1: keep old_keeper")),
    "EXAMPLE": (
        ("假设 笔试 = 25，面试 = 30", "得到 总分 = 55"),
        ("given exam = 25, interview = 30", "expect total = 55"),
    ),
}  # fmt: skip
LINES["CHANGE"] = (
    ("改 笔试 权重 60%", "增 | 超过 40 || 130 元 |", "删 【第六条(二)】"),
    ("change exam weight 60%", "insert | more than 40 || 130 yuan |", "remove [Art. 6 (2)]"),
)
LINES["AMEND"] = LINES["POLICY"]
LINES["CHECK"] = LINES["REQUIRE"]


def lines(statement: str, language: str) -> tuple[str, ...]:
    """How lines of a statement may look; empty for one that has none."""
    return LINES.get(statement, ((), ()))[0 if language == "zh" else 1]


def title(language: str) -> str:
    """How a document may start."""
    return TITLE[0 if language == "zh" else 1]


def shown(forms: tuple[str, ...], language: str) -> str:
    """Examples one after another, each in quotes."""
    return "".join(f"“{form}”" for form in forms) if language == "zh" else ", ".join(f"`{form}`" for form in forms)
