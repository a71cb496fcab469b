"""The account always adds up: every row of every file stands in exactly one class, whatever the files hold."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.exact.population import Population
from interpreter.reading import DataError, Dataset, Reading, read
from interpreter.reading.account import Account, account_of
from interpreter.reading.leftover import near_name
from interpreter.reading.nearest import Keys
from policy.core import Field, Record
from policy.types import TEXT, Choice, Reference, Type
from tests.reading.reading_records import number, said_in_both_languages

PEOPLE = Record("人", (Field("号", TEXT, "号", key=True), number("分", None, 0, 100, 0, missing=True)))
CLUBS = Record("社", (Field("社号", TEXT, "社号", key=True), Field("社长", Type(Reference("人")), "社长", owner=True)))
DUES = Record(
    "费",
    (
        Field("社", Type(Reference("社")), "社", owner=True),
        Field("类", Type(Choice("类", ("甲", "乙"))), "类"),
        number("额", None, 0, 100, 0),
    ),
)
RECORDS = (PEOPLE, CLUBS, DUES)
KEYS = st.sampled_from(["1", "2", "3", "03", "Ａ", "a", "", "x", "合计"])
NUMBERS = st.sampled_from(["1", "2", "", "七", "1000"])
KINDS = st.sampled_from(["甲", "乙", "丙", ""])
BLANK = st.just(("",))


def lines(*cells: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, ...]]]:
    whole = st.tuples(*cells)
    cut = whole.map(lambda row: row[:-1])
    long = whole.map(lambda row: (*row, "多"))
    return st.lists(st.one_of(whole, whole, whole, whole, cut, long, BLANK), max_size=12)


def written(path: Path, titles: list[str], rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(titles)
    for row in rows:
        out.writerow(row) if any(row) else text.write("\n")
    path.write_text(text.getvalue(), encoding="utf-8")
    return f"{path.stem}={path}"


def read_all(folder: Path, people: object, clubs: object, dues: object) -> Dataset:
    given = (("人", ["号", "分"], people), ("社", ["社号", "社长"], clubs), ("费", ["社", "类", "额"], dues))
    return read([written(folder / f"{n}.csv", t, rows) for n, t, rows in given], RECORDS, "人")  # type: ignore[arg-type]


@given(lines(KEYS, NUMBERS), lines(KEYS, KEYS), lines(KEYS, KINDS, NUMBERS))
def test_every_row_stands_in_one_class(people: object, clubs: object, dues: object) -> None:
    with TemporaryDirectory() as folder:
        dataset = read_all(Path(folder), people, clubs, dues)
    account = account_of(dataset)
    for rows, name in ((people, "人"), (clubs, "社"), (dues, "费")):
        filled = [at for at, row in enumerate(rows, start=2) if any(row)]  # type: ignore[var-annotated, arg-type]
        told = account.table(name)
        taken = [row.place.row for row in dataset.tables[name].rows]
        left = [each.place.row for each in told.left]
        assert Counter([*taken, *left]) == Counter(filled)
        assert told.read == len(filled) == told.taken + len(told.left)
        for each in told.left:
            assert bool(each.faults) == (each.kind != "repeated")
            for fault in each.faults:
                said_in_both_languages(fault.reason)
    owners_hold(dataset, account)


def owners_hold(dataset: Dataset, account: Account) -> None:
    """A row of a list is taken exactly where its owner's is."""
    for record, field, owner in (("社", "社长", "人"), ("费", "社", "社")):
        table, theirs = dataset.tables[record], dataset.tables[owner]
        key = theirs.record.key
        assert key is not None
        taken = {row.values[key.name] for row in theirs.rows}
        there = taken | {stray.row.values[key.name] for stray in theirs.strays}
        assert all(row.values[field] in taken for row in table.rows)
        assert not any(stray.row.values[field] in taken for stray in table.strays)
        assert all((stray.lost is not None) == (stray.row.values[field] in there) for stray in table.strays)
        assert all(
            left.near == () or set(left.near) <= there | set_aside(dataset, owner)
            for left in account.table(record).left
        )


def set_aside(dataset: Dataset, name: str) -> set[str]:
    return {rejected.key for rejected in dataset.tables[name].rejected}


@given(lines(KEYS, NUMBERS), lines(KEYS, KEYS), lines(KEYS, KINDS, NUMBERS), st.randoms())
def test_the_order_of_rows_changes_no_class(people: list, clubs: list, dues: list, chance: object) -> None:  # type: ignore[type-arg]
    """But which of several equal rows counts, and which repeat it."""

    def classes() -> list[tuple[str, Counter[str]]]:
        with TemporaryDirectory() as folder:
            account = account_of(read_all(Path(folder), people, clubs, dues))
        return [
            (t.record.name, Counter(f"{each.kind} {each.key}" for each in t.left))
            for t in sorted(account.tables, key=lambda t: t.record.name)
        ]

    before = classes()
    for rows in (people, clubs, dues):
        chance.shuffle(rows)  # type: ignore[attr-defined]
    assert classes() == before


def test_rows_set_aside_reach_the_population_as_such(tmp_path: Path) -> None:
    dataset = read_all(
        tmp_path, [("1", "5"), ("2", "七")], [("a", "1")], [("a", "甲", "七"), ("b", "甲", "1"), ("合计", "", "8")]
    )
    found = Population.of_dataset(RECORDS, dataset)
    assert [s.key for s in found.of("人")] == ["1"]
    assert [s.key for s in found.aside("人")] == ["2"]
    (due,) = found.aside("费")
    assert (due.owner, due.values["类"], due.values["额"]) == ("a", "甲", due.aside)
    assert [s.owner for s in found.of("费")] == ["b"]


def test_what_belongs_to_something_set_aside_is_set_aside_however_far(tmp_path: Path) -> None:
    specs = [
        written(tmp_path / "人.csv", ["号", "分"], [("1", "七")]),
        written(tmp_path / "费.csv", ["社", "类", "额"], [("a", "甲", "1")]),
        written(tmp_path / "社.csv", ["社号", "社长"], [("a", "1")]),
    ]
    dataset = read(specs, (PEOPLE, DUES, CLUBS), "人")
    account = account_of(dataset)
    assert [(t.record.name, t.taken, [left.kind for left in t.left]) for t in account.tables] == [
        ("人", 0, ["set_aside"]),
        ("费", 0, ["set_aside"]),
        ("社", 0, ["set_aside"]),
    ]
    assert dict(dataset.tables["费"].rejected[0].reason.arguments)["where"] == "社.csv"


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("001", "1"), ("0012", "12"), ("a01", "A01"), ("Ａ０１", "A01"), ("A 01", "A01"), ("A01\u200b", "A01"),
        ("A-01", "A01"), ("AO1", "A01"), ("H0100O08", "H0100008"), ("Hl23", "H123"), ("H0100080", "H0100008"),
        ("H010008", "H0100008"), ("H0100009", "H0100008"), ("A0l", "A01"),
    ],
)  # fmt: skip
def test_the_nearest_key(key: str, near: str) -> None:
    assert Keys(["1", "12", "A01", "H123", "H0100008"]).like(key) == (near,)


@pytest.mark.parametrize("key", ["", "9", "XYZ", "合计", "H0100", "#N/A"])
def test_no_key_is_near(key: str) -> None:
    assert Keys(["1", "12", "A01", "H123", "H0100008"]).like(key) == ()


def test_many_as_near_are_not_named() -> None:
    assert Keys(["A11", "A12", "A13", "A14"]).like("A19") == ()
    assert Keys(["A01", "a01"]).like("Ａ０１") == ("A01", "a01")


@pytest.mark.parametrize(
    ("name", "record", "near"),
    [
        ("违规记录2024", "违规", True), ("2024违规", "违规", True), ("violations", "violation", True),
        ("客户经里", "客户经理", True), ("Sheet1", "违规", False), ("说明", "违规", False), ("", "违规", False),
    ],
)  # fmt: skip
def test_names_that_are_near(name: str, record: str, near: bool) -> None:
    assert near_name(name, record) is near


def test_none_must_be_a_record_other_than_the_people(tmp_path: Path) -> None:
    spec = written(tmp_path / "人.csv", ["号", "分"], [("1", "5")])
    for none, code in ((("社", "会"), "ZS618"), (("人",), "ZS616")):
        with pytest.raises(DataError) as caught:
            read([spec], RECORDS, "人", Reading(none))
        assert caught.value.reason.code == code
    dataset = read([spec], RECORDS, "人", Reading(("社", "费"), frozenset(("人", "社", "费"))))
    assert (dataset.none, dataset.tables["费"].read) == (("社", "费"), 0)
