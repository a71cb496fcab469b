"""No bytes under any name raise anything but DataError, and no row is ever lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interpreter.reading import DataError, read
from tests.reading.reading_records import ACCOUNTS, STAFF, rejects

NAMES = ["a.csv", "a.tsv", "a.txt", "a.json", "a.yaml", "a.xlsx", "a.parquet"]
TABLE_TEXT = st.text("工号姓名笔试,;\t\"'\n\r\0 \ufeff１85.-H年月是缺考合计", max_size=80)
TREE_TEXT = st.text("工号姓名:-[]{},\"'\n &*!|>#%@?~\t1.e", max_size=60)
calm = settings(max_examples=200)


def read_bytes(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    path.write_bytes(data)
    for records in ((STAFF,), (STAFF, ACCOUNTS)):
        try:
            dataset = read([str(path)], records, "职工")
        except DataError:
            continue
        rejects(dataset.tables["职工"])


@pytest.mark.parametrize("name", NAMES)
@given(data=st.binary(max_size=200))
@calm
def test_any_bytes(tmp_path: Path, name: str, data: bytes) -> None:
    read_bytes(tmp_path, name, data)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@given(text=TABLE_TEXT)
@calm
def test_any_table(tmp_path: Path, encoding: str, text: str) -> None:
    read_bytes(tmp_path, "a.csv", ("工号,姓名,笔试\n" + text).encode(encoding))


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
@given(text=TREE_TEXT)
@calm
def test_any_tree(tmp_path: Path, name: str, text: str) -> None:
    read_bytes(tmp_path, name, text.encode())


@given(spec=st.text(max_size=20))
@calm
def test_any_name(spec: str) -> None:
    try:
        read([spec], (STAFF,), "职工")
    except DataError:
        return
