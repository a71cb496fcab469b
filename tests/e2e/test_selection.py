"""The selection policy over its candidates, from file to file, is what the scheme decides; in either language, in any order."""

from __future__ import annotations

import csv
import json
import random
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import CANDIDATES, EN, EXPECTED, SELECTION, ZH, environment, table, zhunsheng

COLUMNS = ("工号", "个人经历", "总分", "合格", "名次", "等级")
GRADES = {
    "Senior Customer Manager I": "高级客户经理一级",
    "Senior Customer Manager II": "高级客户经理二级",
    "Senior Customer Manager III": "高级客户经理三级",
    "Customer Manager I": "客户经理一级",
    "Customer Manager II": "客户经理二级",
    "Customer Manager III": "客户经理三级",
    "Junior Customer Manager": "初级客户经理",
    "Not qualified": "未取得资格",
}


def wanted() -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in COLUMNS) for row in table(EXPECTED)]


def test_the_results_are_the_expected_ones(tmp_path: Path) -> None:
    ended = zhunsheng("run", ZH, CANDIDATES, "-o", tmp_path / "out.csv")
    assert ended.code == 0
    assert ended.last == "核对：读入 90 = 决定 90 + 转人工 0 + 未决 0 + 搁置 0"
    assert [tuple(row[name] for name in COLUMNS) for row in table(tmp_path / "out.csv")] == wanted()


def test_the_english_document_gives_the_same(tmp_path: Path) -> None:
    assert zhunsheng("run", EN, CANDIDATES, "-o", tmp_path / "out.csv").code == 0
    rows = [list(row.values()) for row in table(tmp_path / "out.csv")]
    told = {"yes": "是", "no": "否", **GRADES}
    assert [tuple(told.get(cell, cell) for cell in row[:6]) for row in rows] == wanted()
    assert {row[6] for row in rows} == {"decided"}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_does_not_matter(tmp_path: Path, seed: int) -> None:
    with CANDIDATES.open(encoding="utf-8", newline="") as file:
        titles, *rows = csv.reader(file)
    random.Random(seed).shuffle(rows)
    with (tmp_path / "shuffled.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([titles, *rows])
    zhunsheng("run", ZH, tmp_path / "shuffled.csv", "-o", tmp_path / "out.csv")
    found = {tuple(row[name] for name in COLUMNS) for row in table(tmp_path / "out.csv")}
    assert found == set(wanted())


def test_the_workbook_gives_the_same(tmp_path: Path) -> None:
    ended = zhunsheng("run", ZH, SELECTION / "selection.xlsx", "-o", tmp_path / "out.csv")
    assert ended.code == 0
    assert [tuple(row[name] for name in COLUMNS) for row in table(tmp_path / "out.csv")] == wanted()


@pytest.mark.parametrize("kind", ["xlsx", "parquet", "json"])
def test_every_kind_of_file_holds_the_same(tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"out.{kind}"
    assert zhunsheng("run", ZH, CANDIDATES, "-o", target).code == 0
    assert [tuple("" if cell is None else str(cell) for cell in row[:6]) for row in _rows(target)] == wanted()


def _rows(path: Path) -> list[list[object]]:
    if path.suffix == ".json":
        return [list(row.values()) for row in json.loads(path.read_text(encoding="utf-8"))]
    if path.suffix == ".parquet":
        from pyarrow import parquet

        return [list(row.values()) for row in parquet.read_table(path).to_pylist()]
    from openpyxl import load_workbook

    sheet = load_workbook(path).worksheets[0]
    return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_a_lower_pass_mark_passes_more(tmp_path: Path) -> None:
    assert zhunsheng("run", ZH, CANDIDATES, "--set", "合格线=55", "-o", tmp_path / "out.csv").code == 0
    passed = {row["工号"] for row in table(tmp_path / "out.csv") if row["合格"] == "是"}
    by_hand = {row["工号"] for row in table(EXPECTED) if float(row["总分"]) >= 55}
    assert passed == by_hand
    assert len(passed) > sum(row["合格"] == "是" for row in table(EXPECTED))


def test_the_installed_command_is_the_same_one() -> None:
    import sys

    script = Path(sys.executable).with_name("zhunsheng")
    if not script.exists():
        pytest.skip("not installed")
    ran = subprocess.run([script, "check", ZH], capture_output=True, env=environment(), check=False)
    assert ran.returncode == 0
    assert "已认可" in ran.stdout.decode("utf-8")
