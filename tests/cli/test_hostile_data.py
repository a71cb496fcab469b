"""Data is shown as it is and does nothing: no formula, no markup, no escape of the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.command import EXAM, table, wrote, zhunsheng

ACTIVE = ["=cmd|'/c calc'!A1", "+1", "-1", "@x", '=HYPERLINK("http://x","y")']
NAMED = EXAM.replace("结果 分数，合格", "结果 姓名，分数，合格")
MARKUP = "[red]甲[/red] [/b] [link=http://x]y[/link] :smile:"
ESCAPES = {
    "\x1b[31m": "\\x1b[31m",
    "\x1b]52;c;aGk=\x07": "\\x1b]52;c;aGk=\\x07",
    "\x9b31m": "\\x9b31m",
    "\u202e": "202e",
}


def people(folder: Path, names: list[str]) -> Path:
    quoted = (name.replace('"', '""') for name in names)
    rows = "".join(f'{at:03},"{name}",75\n' for at, name in enumerate(quoted))
    return wrote(folder, "people.csv", "编号,姓名,分数\n" + rows)


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    return wrote(tmp_path, "exam.policy", NAMED)


def test_what_could_be_a_formula_is_text_in_csv(exam: Path, tmp_path: Path) -> None:
    zhunsheng("run", exam, people(tmp_path, ACTIVE), "-o", tmp_path / "out.csv")
    assert [row["姓名"] for row in table(tmp_path / "out.csv")] == [f"'{name}" for name in ACTIVE]


def test_what_could_be_a_formula_is_text_in_excel(exam: Path, tmp_path: Path) -> None:
    zhunsheng("run", exam, people(tmp_path, ACTIVE), "-o", tmp_path / "out.xlsx")
    cells = [row[1] for row in load_workbook(tmp_path / "out.xlsx").worksheets[0].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ACTIVE
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_negative_number_stays_a_number(tmp_path: Path) -> None:
    policy = wrote(tmp_path, "p.policy", EXAM.replace("0..100 分", "-100..100 分"))
    data = wrote(tmp_path, "people.csv", "编号,姓名,分数\n001,甲,-5.5\n")
    assert zhunsheng("run", policy, data, "-o", tmp_path / "out.csv").code == 0
    assert table(tmp_path / "out.csv")[0]["分数"] == "-5.5"


def test_what_could_be_a_formula_is_text_among_the_rows_set_aside(exam: Path, tmp_path: Path) -> None:
    data = wrote(tmp_path, "people.csv", "编号,姓名,分数\n=1+1,甲,=2+2\n")
    assert zhunsheng("run", exam, data, "-o", tmp_path / "out.csv").code == 3
    row = table(tmp_path / "out.rejected.csv")[0]
    assert (row["编号"], row["值"]) == ("'=1+1", "'=2+2")


def test_markup_is_shown_as_it_stands(exam: Path, tmp_path: Path) -> None:
    shown = zhunsheng("run", exam, people(tmp_path, [MARKUP]))
    assert MARKUP in shown.out


@pytest.mark.parametrize("raw", list(ESCAPES))
def test_escapes_of_the_terminal_are_shown(exam: Path, tmp_path: Path, raw: str) -> None:
    data = wrote(tmp_path, "people.csv", f"编号,姓名,分数\n001,a{raw}b,75\n002,乙,{raw}\n")
    shown = zhunsheng("run", exam, data)
    assert raw not in shown.out + shown.err
    assert ESCAPES[raw] in shown.out


@pytest.mark.parametrize("title", ["[red]x[/red]", "\x1b[31mx"])
def test_titles_and_file_names_are_shown_as_they_stand(exam: Path, tmp_path: Path, title: str) -> None:
    data = wrote(tmp_path, "[b]p[-b].csv", f"编号,{title},分数\n001,甲,75\n")
    shown = zhunsheng("run", exam, data)
    assert shown.code == 2
    assert "\x1b" not in shown.out + shown.err
    assert "[b]p[-b].csv" in shown.err


def test_markup_in_a_policy_is_shown_as_it_stands(tmp_path: Path) -> None:
    policy = wrote(tmp_path, "p.policy", EXAM.replace("“小考”", "“[red]小考[/red]”").replace("分数 ≥ 线", "[/b] ≥ 线"))
    shown = zhunsheng("check", policy)
    assert shown.code == 1
    assert "[/b] ≥ 线" in shown.out


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "parquet"])
def test_half_a_character_can_be_written(exam: Path, tmp_path: Path, kind: str) -> None:
    data = wrote(tmp_path, "people.json", '[{"编号": "a", "姓名": "x\\ud800", "分数": "70"}]')
    assert zhunsheng("run", exam, data, "-o", tmp_path / f"out.{kind}").code in (0, 3)


def test_ids_keep_every_digit(exam: Path, tmp_path: Path) -> None:
    data = wrote(tmp_path, "people.csv", "编号,姓名,分数\n001,甲,75\n1,乙,75\n420106199001011234,丙,75\n")
    zhunsheng("run", exam, data, "-o", tmp_path / "out.xlsx")
    cells = [row[0] for row in load_workbook(tmp_path / "out.xlsx").worksheets[0].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["001", "1", "420106199001011234"]
    zhunsheng("run", exam, data, "-o", tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))[2]["编号"] == "420106199001011234"
