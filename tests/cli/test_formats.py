"""Every kind of file that results can be written as is read again, and says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.sheets import WRITERS
from cli.writing import KINDS
from tests.cli.command import EXAM, PEOPLE, wrote, zhunsheng
from tests.documents import decided, rows

AGAIN = """政策 “再读”
数据 人：
    编号：文本，主键
    分数：数 0..100 分，1 位小数，可缺
    合格：是否，可缺
    结局：文本
定义 成绩 = 分数
定义 过了 = 合格
定义 怎样 = 结局
结果 成绩，过了，怎样
"""
"""Takes the results of the small exam as data."""


def test_every_kind_has_its_writer() -> None:
    assert set(KINDS) == set(WRITERS)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_read_again(tmp_path: Path, kind: str) -> None:
    exam, again = wrote(tmp_path, "exam.policy", EXAM), wrote(tmp_path, "again.policy", AGAIN)
    people = wrote(tmp_path, "people.csv", PEOPLE + "003,丙,\n")
    out = tmp_path / f"results{kind}"
    ended = zhunsheng("run", exam, people, "-o", out)
    assert ended.code == 3, ended.err
    sheet = "#小考" if kind == ".xlsx" else ""
    told = decided(again, [f"人={out}{sheet}"])
    assert rows(told, {})[:2] == [
        ("001", "decided", ["75", "是", "决定"]),
        ("002", "decided", ["59.9", "否", "决定"]),
    ]
    assert rows(told, {})[2][:2] == ("003", "undecided")
