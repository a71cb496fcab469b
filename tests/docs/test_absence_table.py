"""The table of absence is what the evaluator does, cell by cell, and says the same in both languages."""

from __future__ import annotations

import re
from functools import cache

import pytest
from msgspec import Struct

from cli.render.diagnostics import plain_text
from dsl.layout import format_text
from dsl.pipeline import compile_text
from policy.source import Source
from tests.docs.absences import KINDS, PIECE, SETTINGS, Way, agrees, found, ways
from tests.docs.snippets import DOCS

PAGES = {"en": DOCS / "language" / "absent.md", "zh": DOCS / "language" / "absent.zh.md"}
CELLS = {
    "原样": "as it is", "未决": "undecided", "转人工": "referred", "无": "none", "是": "yes", "否": "no",
    "没有记录": "no records", "已定": "decided", "不排": "out", "排末": "last", "排定": "placed",
}  # fmt: skip
NAMES = {
    "employee": "员工", "interview": "面试", "interview_read": "面试", "member": "党员", "branch": "部门",
    "hired": "入职日期", "head": "主管", "course": "课程", "rating": "评价", "counted": "计入", "held": "开课日期",
    "in_month": "月份", "exam": "笔试", "passed": "及格", "failed": "不及格", "absent": "缺考", "exempt": "免考",
    "place": "名次",
}  # fmt: skip
CANNOT = "—"
"""A value that cannot be asked so."""


class Row(Struct, frozen=True):
    label: str
    cells: tuple[str, ...]


@cache
def rows(language: str) -> tuple[Row, ...]:
    """The rows of the last table of a page, those that only name a part left out."""
    lines = PAGES[language].read_text(encoding="utf-8").splitlines()
    start = max(at for at, line in enumerate(lines) if line.count("|") == len(KINDS) + 2 and set(line) <= set("|-"))
    split = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines[start + 1 :] if line.startswith("|")
    ]
    return tuple(Row(label, tuple(cells)) for label, *cells in split if any(cells))


def put(row: Row) -> list[object]:
    return [pytest.param(row, way, id=f"{row.label} {at}") for at, way in enumerate(ways(row.label))]


@pytest.mark.parametrize(("row", "way"), [each for row in rows("en") for each in put(row)])
def test_each_cell_is_what_comes_of_it(row: Row, way: Way) -> None:
    loaded = compile_text(Source("absent.policy", way.text))
    assert loaded.policy is not None, plain_text(loaded.diagnostics, "en")
    wrong = []
    for kind, cell in zip(KINDS, row.cells, strict=True):
        own, others = found(loaded.policy, way.setting, kind) if cell != CANNOT else ("", "")
        if cell != CANNOT and not agrees(cell, kind, own, others):
            wrong.append((kind, cell, own, others))
    assert wrong == []


@pytest.mark.parametrize("row", [row for row in rows("en") if CANNOT in row.cells], ids=lambda row: row.label)
def test_what_cannot_be_asked_is_an_error(row: Row) -> None:
    for way in ways(row.label, plain=False):
        assert [d.code for d in compile_text(Source("absent.policy", way.text)).diagnostics if d.blocks] == ["ZS213"]


def test_every_setting_is_of_a_row() -> None:
    assert set(SETTINGS) - {row.label for row in rows("en")} == set()
    assert len(rows("en")) >= 60


def test_both_pages_have_the_same_cells() -> None:
    told = [
        tuple(" · ".join(CELLS.get(part, part) for part in cell.split(" · ")) for cell in row.cells)
        for row in rows("zh")
    ]
    assert told == [row.cells for row in rows("en")]


@pytest.mark.parametrize(
    ("row", "chinese"), [pytest.param(*pair, id=pair[0].label) for pair in zip(rows("en"), rows("zh"), strict=True)]
)
def test_the_chinese_row_is_the_english_one(row: Row, chinese: Row) -> None:
    """Its pieces stand in what the row's policies read in Chinese, name by name."""
    turned = "\n".join(in_chinese(way.text) for way in ways(row.label))
    assert len(PIECE.findall(row.label)) == len(PIECE.findall(chinese.label))
    assert [piece for piece in PIECE.findall(chinese.label) if piece not in turned] == []


def in_chinese(text: str) -> str:
    turned = format_text(Source("absent.policy", text), "zh")
    assert isinstance(turned, str)
    return re.sub(r"[a-z_]+", lambda word: NAMES.get(word[0], word[0]), turned)
