"""Every result says its unit: on the screen, in Excel and in JSON; a CSV file keeps the policy's own names."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import load_workbook

from tests.cli.command import table, wrote, zhunsheng

POLICY = """政策 “单位”
数据 行员：
    工号：文本，主键
    存款：数 0..99999 万元，2 位小数
    任务：数 0..99999 万元，2 位小数
    得分：整数 0..100 分
定义 奖励 = 存款 × 0.3‰ 四舍五入到 0.01 元
定义 缺口 = 任务 - 存款
定义 完成率 = 存款 ÷ 任务 四舍五入到 0.1%
排名 名次：
    按 得分 从高到低
    并列 同名次
结果 得分，奖励，缺口，完成率，名次
"""
DATA = "工号,存款,任务,得分\nA,950,1000,80\n"
TITLES = ["工号", "得分（分）", "奖励（元）", "缺口（万元）", "完成率", "名次"]


def test_each_result_says_its_unit(tmp_path: Path) -> None:
    wrote(tmp_path, "单位.policy", POLICY)
    wrote(tmp_path, "行员.csv", DATA)
    screen = zhunsheng("run", "单位.policy", "行员.csv", cwd=tmp_path)
    assert next(line for line in screen.out.splitlines() if line.startswith("工号")).split() == TITLES
    told = json.loads(zhunsheng("run", "单位.policy", "行员.csv", "--format", "json", cwd=tmp_path).out)
    assert told["units"] == {"得分": "分", "奖励": "元", "缺口": "万元"}
    assert told["decisions"][0]["results"] == {
        "得分": "80",
        "奖励": "2850",
        "缺口": "50",
        "完成率": "95%",
        "名次": "1",
    }
    zhunsheng("run", "单位.policy", "行员.csv", "-o", "out.xlsx", cwd=tmp_path)
    book = load_workbook(tmp_path / "out.xlsx")
    assert [cell.value for cell in next(book.worksheets[0].iter_rows())][: len(TITLES)] == TITLES
    zhunsheng("run", "单位.policy", "行员.csv", "-o", "out.csv", cwd=tmp_path)
    assert list(table(tmp_path / "out.csv")[0])[:6] == ["工号", "得分", "奖励", "缺口", "完成率", "名次"]


def test_an_english_policy_says_them_in_english(tmp_path: Path) -> None:
    text = 'policy "T"\ndata p:\n    id: text, key\n    x: number 0..9 wan_yuan, 1 decimal\ndefine pay = x × 2\nresult pay\n'
    wrote(tmp_path, "t.policy", text)
    wrote(tmp_path, "p.csv", "id,x\nA,1.5\n")
    assert "pay (wan_yuan)" in zhunsheng("run", "t.policy", "p.csv", cwd=tmp_path).out
