"""Parquet files, by the items of the list of bad inputs."""

from __future__ import annotations

import sys
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interpreter.reading import DataError
from tests.reading.reading_records import notes, read_one, rejects, stops, table

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def parquet(folder: Path, **columns: Any) -> Path:
    path = folder / "数据.parquet"
    size = len(next(iter(columns.values())))
    columns = {"工号": [f"H{i}" for i in range(size)], "姓名": ["甲"] * size} | columns
    pq.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize(
    ("column", "stored", "value"),
    [
        ("余额", pa.array([Decimal("3122.20")]), 31_222_000),
        ("次数", pa.array([7]), 7),
        ("笔试", pa.array([59.9]), Fraction(599, 10)),
        ("笔试", pa.array([59.9], pa.float32()), Fraction(599, 10)),
        ("笔试", pa.array([60.0]), 60),
        ("笔试", pa.array(["59.9"]), Fraction(599, 10)),
        ("系数", pa.array([1e20]), 10**20),
        ("系数", pa.array([float("nan")]), "ZS712"),
        ("笔试", pa.array([59.95]), "ZS713"),
        ("行长", pa.array([True]), True),
        ("入职", pa.array([date(2024, 5, 1)]), date(2024, 5, 1)),
        ("入职", pa.array([datetime(2024, 5, 1)]), date(2024, 5, 1)),
        ("备注", pa.array(["好"]).dictionary_encode(), "好"),
        ("备注", pa.array([""]), ""),
        ("备注", pa.array([b"x"]), "ZS730"),
        ("备注", pa.array([date(2024, 5, 1)]), "ZS727"),
    ],
)
def test_stored_types(tmp_path: Path, column: str, stored: Any, value: Any) -> None:
    found = table(parquet(tmp_path, **{column: stored}))
    assert (found.rejected[0].reason.code if found.rejected else found.rows[0].values[column]) == value


def test_numbers_as_text_and_unknown_columns_are_said(tmp_path: Path) -> None:
    said = notes(read_one(parquet(tmp_path, 笔试=["1"], 爱好=["棋"])))
    assert said["ZS653"]["column"] == "笔试"
    assert said["ZS654"]["columns"] == "爱好"


def test_73_nested_and_corrupt(tmp_path: Path) -> None:
    assert stops(parquet(tmp_path, 笔试=[[1]]), "ZS629").place.column == "笔试"
    path = tmp_path / "a.parquet"
    for data in (b"PAR1", b"x", b"PAR1" + bytes(50) + b"PAR1"):
        path.write_bytes(data)
        stops(path, "ZS628")


def test_without_the_library_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = parquet(tmp_path, 笔试=[1])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    stops(path, "ZS627")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return parquet(tmp_path_factory.mktemp("sound"), 笔试=[1.5, 2.5], 备注=["x", None]).read_bytes()


@given(at=st.floats(0, 1, exclude_max=True), bits=st.integers(1, 255))
@settings(max_examples=300)
def test_damaged_bytes(sound: bytes, tmp_path: Path, at: float, bits: int) -> None:
    place = int(at * len(sound))
    path = tmp_path / "a.parquet"
    path.write_bytes(sound[:place] + bytes([sound[place] ^ bits]) + sound[place + 1 :])
    try:
        rejects(table(path))
    except DataError:
        return
