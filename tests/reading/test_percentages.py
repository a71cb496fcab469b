"""Percentages without a sign: asked about where they have two readings, settled by the range or by the user."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.reading import DataError, Reading, Settled, read
from interpreter.reading.cells import parser_for
from interpreter.reading.parsed import Tidied
from interpreter.reading.scales import scales_of
from interpreter.reading.settled import NOTHING_SETTLED, Scale
from policy.core import Field, Record
from policy.types import TEXT
from tests.cli.command import wrote, zhunsheng
from tests.reading.reading_records import csv, notes, number, rejects, said_in_both_languages

F = Fraction


def record(low: Any = 0, high: Any = 150, unit: str = "%") -> Record:
    return Record("员工", (Field("工号", TEXT, "工号", key=True), number("完成率", unit, low, high, None)))


def values(path: Path, of: Record, settled: Settled = NOTHING_SETTLED) -> list[Any]:
    """The values of the column, or the code of the question."""
    try:
        found = read([str(path)], (of,), "员工", Reading(settled=settled)).tables["员工"]
    except DataError as error:
        said_in_both_languages(error.reason)
        return [error.reason.code]
    return [row.values["完成率"] for row in found.rows]


def column(folder: Path, *cells: str, title: str = "完成率") -> Path:
    rows = "".join(f"{at},{cell}\n" for at, cell in enumerate(cells))
    return csv(folder, f"工号,{title}\n{rows}")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("0.9", "1", "1.2", "90"), ["ZS690"]),
        (("1", "1.2", "0.8"), ["ZS690"]),
        (("95", "88.5", "0", "100"), [F(95, 100), F(885, 1000), 0, 1]),
        (("95%", "0.9%", "1%"), [F(95, 100), F(9, 1000), F(1, 100)]),
        (("95%", "0.9"), ["ZS690"]),
        (("+0.9",), ["ZS690"]),
        (("０.９",), ["ZS690"]),
        (("2", "3.5"), [F(2, 100), F(35, 1000)]),
        (("0", "0.0"), [0, 0]),
    ],
)
def test_percentages_of_a_person_up_to_150(tmp_path: Path, cells: tuple[str, ...], found: list[Any]) -> None:
    assert values(column(tmp_path, *cells), record()) == found


@pytest.mark.parametrize(
    ("low", "high", "cells", "found"),
    [
        (50, 150, ("0.9", "1.2", "1"), [F(9, 10), F(12, 10), 1]),
        (50, 150, ("0.9", "95"), ["ZS649"]),
        (0, 5, ("0.9", "1.2"), [F(9, 1000), F(12, 1000)]),
        (-100, 100, ("-0.5",), ["ZS690"]),
        (None, None, ("85", "10.5"), [F(85, 100), F(105, 1000)]),
        (None, None, ("85", "9"), ["ZS690"]),
    ],
)
def test_the_declared_range_settles_what_it_can(
    tmp_path: Path, low: Any, high: Any, cells: tuple[str, ...], found: list[Any]
) -> None:
    assert values(column(tmp_path, *cells), record(low, high)) == found


def test_the_question_gives_both_readings_and_the_answer(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read([str(column(tmp_path, "0.9", "1"))], (record(),), "员工")
    told = dict(caught.value.reason.arguments)
    assert told == {
        "column": "完成率", "field": "完成率", "examples": "0.9、1", "example": "0.9", "unit": "0.9%", "ratio": "90%",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("scale", "found"), [("ratio", [F(9, 10), 1, F(12, 10)]), ("unit", [F(9, 1000), F(1, 100), F(12, 1000), F(9, 10)])]
)
def test_the_answer_holds_for_the_column(tmp_path: Path, scale: Scale, found: list[Any]) -> None:
    path, told = column(tmp_path, "0.9", "1", "1.2", "90"), Settled(scales=(("完成率", scale),))
    assert values(path, record(), told) == found
    assert values(path, record(), Settled(scales=(("员工.完成率", scale),))) == found
    rejected = rejects(read([str(path)], (record(),), "员工", Reading(settled=told)).tables["员工"])
    assert rejected == ([(5, "完成率", "ZS741")] if scale == "ratio" else [])


def test_a_title_with_the_sign_settles_it(tmp_path: Path) -> None:
    assert values(column(tmp_path, "0.9", title="完成率（%）"), record()) == [F(9, 1000)]


def test_thousandths_are_asked_about_too(tmp_path: Path) -> None:
    path = column(tmp_path, "0.9", "5")
    assert values(path, record(0, 1000, "‰")) == ["ZS690"]
    assert values(path, record(0, 1000, "‰"), Settled(scales=(("完成率", "ratio"),))) == [F(9, 10)]


@pytest.mark.parametrize("suffix", ["json", "yaml", "parquet"])
def test_other_formats_are_asked_about_alike(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"员工.{suffix}"
    rows: list[dict[str, Any]] = [{"工号": "1", "完成率": 0.9}, {"工号": "2", "完成率": 1.2}]
    if suffix == "parquet":
        pyarrow = pytest.importorskip("pyarrow")
        pytest.importorskip("pyarrow.parquet").write_table(pyarrow.Table.from_pylist(rows), path)
    else:
        path.write_text(json.dumps(rows), encoding="utf-8")
    assert values(path, record()) == ["ZS690"]
    assert values(path, record(), Settled(scales=(("完成率", "ratio"),))) == [F(9, 10), F(12, 10)]


def test_an_answer_for_no_column_is_refused(tmp_path: Path) -> None:
    path = column(tmp_path, "95%")
    assert values(path, record(), Settled(scales=(("工号", "ratio"),))) == ["ZS648"]
    assert values(path, record(), Settled(scales=(("完成", "ratio"),))) == ["ZS648"]


@given(
    st.fractions(min_value=-20, max_value=20, max_denominator=1000).filter(lambda value: 1000 % value.denominator == 0)
)
def test_a_ratio_is_moved_to_the_last_digit(value: Fraction) -> None:
    field = number("完成率", "%", None, None, None)
    text = f"{float(value):.3f}"
    found = parser_for(field, scales=scales_of(field, "ratio"))(text)
    assert (found.value if isinstance(found, Tidied) else found) == value


def test_what_the_range_settles_needs_no_word(tmp_path: Path) -> None:
    assert notes(read([str(column(tmp_path, "95", "88"))], (record(),), "员工")) == {}


def test_an_answer_is_for_the_policy_that_has_the_column(tmp_path: Path) -> None:
    text = "政策 “x”\n数据 人：\n    号：文本，主键\n    率：数 0..150 %，1 位小数\n定义 甲 = 率\n结果 甲\n"
    wrote(tmp_path, "old.policy", text)
    wrote(
        tmp_path,
        "new.policy",
        text.replace("甲 = 率", "甲 = 率 + 比").replace("定义", "    比：数 0..150 %，1 位小数\n定义"),
    )
    wrote(tmp_path, "人.csv", "号,率,比\n1,0.5,0.5\n")
    answers = ("--percent", "率=ratio", "--percent", "比=小数")
    ended = zhunsheng("simulate", "old.policy", "人.csv", "--against", "new.policy", *answers, cwd=tmp_path)
    assert (ended.code, "50% → 100%" in ended.out) == (0, True)
    asked = zhunsheng("simulate", "old.policy", "人.csv", "--against", "new.policy", *answers[:2], cwd=tmp_path)
    assert (asked.code, "--percent 比=小数" in asked.err) == (2, True)
