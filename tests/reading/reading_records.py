"""Records made by hand, and short ways to read files with them, for the tests of reading."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from interpreter.reading import DataError, Dataset, Rejected, Table, read
from policy.core import Field, Record
from policy.types import DAY, TEXT, YES_NO, Calendar, Choice, Number, Reference, Type
from policy.units import Exact, named, whole


def number(name: str, unit: str | None, low: Any, high: Any, places: int | None = 1, **absence: Any) -> Field:
    of = named(unit) if unit else None
    factor: Exact = of.factor if of else 1

    def bound(value: Any) -> Exact | None:
        return None if value is None else whole(Fraction(value) * factor)

    kind = Number(of, None, bound(low), bound(high))
    return Field(name, Type(kind, **absence), name, whole=places == 0, places=places, unit=of)


def field(name: str, kind: Any, **absence: Any) -> Field:
    return Field(name, Type(kind, **absence), name)


GRADES = Choice("等次", ("优秀", "良好", "合格", "A+"))
STAFF = Record(
    "职工",
    (
        Field("工号", TEXT, "工号", key=True),
        Field("姓名", TEXT, "姓名"),
        number("笔试", "分", 0, 100, 1, missing=True, codes=("缺考",)),
        number("年限", "年", 0, 45, 1, missing=True),
        number("完成率", "%", 0, 150, 1, missing=True),
        number("余额", "万元", 0, 10_000, 2, missing=True),
        number("次数", None, 0, 99, 0, missing=True),
        number("系数", None, None, None, None, missing=True),
        Field("行长", Type(YES_NO.kind, missing=True), "行长"),
        Field("入职", Type(DAY.kind, missing=True), "入职"),
        field("等次", GRADES, missing=True),
        field("月份", Calendar("month"), missing=True),
        field("季度", Calendar("quarter"), missing=True),
        field("年度", Calendar("year"), missing=True),
        field("上级", Reference("职工"), missing=True),
        field("备注", TEXT.kind, missing=True),
    ),
)
ACCOUNTS = Record(
    "账户",
    (
        Field("户号", TEXT, "户号", key=True),
        number("贷款余额", "万元", 0, 10_000, 1),
        field("经理", Reference("职工"), missing=True),
    ),
)
PAIR = Record("课程", (number("得分", "分", 0, 100, 1), Field("学员", TEXT, "学员")))


def read_one(path: Path, record: Record = STAFF) -> Dataset:
    return read([str(path)], (record,), record.name)


def table(path: Path, record: Record = STAFF) -> Table:
    return read_one(path, record).tables[record.name]


def csv(folder: Path, text: str | bytes, name: str = "数据.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def stops(path: Path, code: str, record: Record = STAFF) -> DataError:
    with pytest.raises(DataError) as caught:
        read_one(path, record)
    assert caught.value.reason.code == code, caught.value
    said_in_both_languages(caught.value.reason)
    return caught.value


def notes(dataset: Dataset) -> dict[str, dict[str, str]]:
    for note in dataset.notes:
        said_in_both_languages(note.reason)
    return {note.reason.code: dict(note.reason.arguments) for note in dataset.notes}


def rejects(of: Table) -> list[tuple[int, str, str]]:
    """Row, column and code of what was set aside; and that nothing was lost."""
    assert of.read == len(of.rows) + len(of.rejected) + of.duplicates
    for rejected in of.rejected:
        said_in_both_languages(rejected.reason)
    return [(r.place.row, r.column, r.reason.code) for r in of.rejected]


def said_in_both_languages(reason: Any) -> None:
    from policy.catalogue import advice, message

    for language in ("zh", "en"):
        assert message(reason.code, dict(reason.arguments), language)
        advice(reason.code, dict(reason.arguments), language)


def one_value(folder: Path, column: str, text: str) -> Any:
    """The value of a cell in a column of STAFF, or the code for which its row is set aside."""
    quoted = '"' + text.replace('"', '""') + '"'
    found = table(csv(folder, f"工号,姓名,{column}\nH1,甲,{quoted}\n"))
    if found.rejected:
        rejected: Rejected = found.rejected[0]
        assert (rejected.column, rejected.key) == (column, "H1")
        said_in_both_languages(rejected.reason)
        return rejected.reason.code
    return found.rows[0].values[column]
