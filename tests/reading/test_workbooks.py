"""Excel workbooks, by the items of the list of bad inputs: real ones, and ones made to harm."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from interpreter.reading import DataError, Reading, Settled, read
from policy.values import Missing
from tests.reading.reading_records import ACCOUNTS, STAFF, notes, read_one, rejects, stops, table

HEADER = ["工号", "姓名", "笔试"]
Rows = list[list[Any]]


def book(folder: Path, rows: Rows, edit: Callable[[Any], None] = lambda sheet: None, title: str = "Sheet1") -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    edit(sheet)
    path = folder / "数据.xlsx"
    workbook.save(path)
    return path


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with the XML of one part changed: what other programs or attackers write."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def test_a_plain_workbook(tmp_path: Path) -> None:
    found = table(book(tmp_path, [HEADER, ["H1", "甲", 59.9], [1001, "乙", None]]))
    assert found.rows[0].values["笔试"] == Fraction(599, 10)
    assert found.rows[1].values["工号"] == "1001"
    assert found.rows[1].values["笔试"] == Missing("笔试")
    assert (found.rows[1].place.sheet, found.rows[1].place.row) == ("Sheet1", 3)


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ("59.900000000000006", Fraction(599, 10)),
        ("5.9900000000000002E1", Fraction(599, 10)),
        ("0.1", Fraction(1, 10)),
        ("59.95", "ZS713"),
        ("1E400", "ZS726"),
        ("abc", "ZS726"),
    ],
)
def test_numbers_are_what_excel_shows(tmp_path: Path, stored: str, value: Any) -> None:
    path = book(tmp_path, [HEADER, ["H1", "甲", 77]])
    found = table(rewritten(path, SHEET, lambda xml: xml.replace("<v>77</v>", f"<v>{stored}</v>")))
    assert (found.rejected[0].reason.code if found.rejected else found.rows[0].values["笔试"]) == value


def test_formats_tell_what_a_number_is(tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet["A2"].number_format = "00000"
        sheet["C2"].number_format = "0.0%"

    found = table(book(tmp_path, [["工号", "姓名", "完成率"], [42, "甲", 0.955]], edit))
    assert (found.rows[0].values["工号"], found.rows[0].values["完成率"]) == ("00042", Fraction(191, 200))
    assert "ZS653" not in notes(read_one(tmp_path / "数据.xlsx"))


def test_56_ids_that_excel_has_cut(tmp_path: Path) -> None:
    path = book(tmp_path, [HEADER, ["110101199001011234", "甲", 1], [77, "乙", 2]])
    found = table(rewritten(path, SHEET, lambda xml: xml.replace("<v>77</v>", "<v>1.1010119900101123E+17</v>")))
    assert found.rows[0].values["工号"] == "110101199001011234"
    assert rejects(found) == [(3, "工号", "ZS728")]


def test_62_merged_cells(tmp_path: Path) -> None:
    rows = [HEADER, ["H1", "甲", 1], ["H2", None, 2]]
    error = stops(book(tmp_path, rows, lambda sheet: sheet.merge_cells("B2:B3")), "ZS626")
    assert (error.place.row, dict(error.reason.arguments)["cells"]) == (2, "B2:B3")
    assert dict(error.reason.arguments)["options"] == "--fill-down 姓名"


def test_62_merged_cells_are_told_from_the_top_down(tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        for block in ("B12:B13", "C2:C3", "B2:B3", "B7:B8"):
            sheet.merge_cells(block)

    rows = [HEADER, *([f"H{at}", "甲", 1] for at in range(1, 15))]
    error = stops(book(tmp_path, rows, edit), "ZS626")
    assert dict(error.reason.arguments) == {
        "cells": "B2:B3、C2:C3、B7:B8、B12:B13",
        "columns": "姓名、笔试",
        "options": "--fill-down 姓名 --fill-down 笔试",
    }


def test_62_merged_across_columns_there_is_nothing_to_offer(tmp_path: Path) -> None:
    rows = [HEADER, ["H1", "甲", 1], ["H2", "乙", 2]]
    stops(book(tmp_path, rows, lambda sheet: sheet.merge_cells("B2:C3")), "ZS639")
    stops(book(tmp_path, [HEADER, ["H1", "甲", 1]], lambda sheet: sheet.merge_cells("C1:D1")), "ZS639")


def test_62_filled_down_as_told_and_said(tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("B5:B7")

    rows = [
        HEADER,
        ["H1", "甲", 1],
        ["H2", None, 2],
        ["H3", "乙", 3],
        ["H4", "丙", 4],
        ["H5", None, 5],
        [None, None, 6],
    ]
    path = book(tmp_path, rows, edit)
    dataset = read([str(path)], (STAFF,), "职工", Reading(settled=Settled(fill_down=("姓名",))))
    found = dataset.tables["职工"]
    assert [row.values["姓名"] for row in found.rows] == ["甲", "甲", "乙", "丙", "丙"]
    assert rejects(found) == [(7, "工号", "ZS702")]
    assert notes(dataset)["ZS669"] == {"column": "姓名", "count": "2", "first": "B2:B3"}
    with pytest.raises(DataError) as caught:
        read([str(path)], (STAFF,), "职工", Reading(settled=Settled(fill_down=("笔试",))))
    assert caught.value.reason.code == "ZS626"
    with pytest.raises(DataError) as caught:
        read([str(path)], (STAFF,), "职工", Reading(settled=Settled(fill_down=("支行",))))
    assert caught.value.reason.code == "ZS648"


def test_68_titles_in_two_rows(tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        for block in ("A1:C1", "A2:A3", "B2:B3"):
            sheet.merge_cells(block)

    rows = [["成绩表"], ["工号", "姓名", "成绩"], [None, None, "笔试"], ["H1", "甲", 80], ["H2", "乙", None]]
    dataset = read_one(book(tmp_path, rows, edit))
    assert [row.values["笔试"] for row in dataset.tables["职工"].rows] == [80, Missing("笔试")]
    assert notes(dataset)["ZS668"] == {"first": "2", "last": "3"}


def test_68_titles_joined_over_two_rows(tmp_path: Path) -> None:
    rows = [[None, "贷款", None, None], ["户号", "余额", "余额2", "备注"], ["A1", 5, 6, "x"]]
    dataset = read([str(book(tmp_path, rows, title="账户"))], (ACCOUNTS,), "账户")
    assert [row.values["贷款余额"] for row in dataset.tables["账户"].rows] == [50_000]


def test_68_where_two_rows_could_be_the_titles_nothing_is_guessed(tmp_path: Path) -> None:
    stops(book(tmp_path, [["成绩表"], HEADER, ["H1", "甲", 80], HEADER, ["H2", "乙", 70]]), "ZS694")
    found = stops(book(tmp_path, [HEADER, HEADER, ["H1", "甲", 80]]), "ZS694")
    assert (found.place.row, dict(found.reason.arguments)["row"]) == (1, "2")


def test_68_titles_further_down_of_which_one_is_missing(tmp_path: Path) -> None:
    titles = [field.header for field in STAFF.fields[1:]]
    error = stops(book(tmp_path, [["成绩表"], ["工号", *titles[1:]], ["H1"]]), "ZS611")
    assert dict(error.reason.arguments)["row"] == "2"


def test_68_titles_wider_than_the_heading_leave_no_row_short(tmp_path: Path) -> None:
    rows = [["成绩表"], HEADER, *([f"H{at}", "甲", None] for at in range(50))]
    assert len(table(book(tmp_path, rows)).rows) == 50


@pytest.mark.parametrize(
    ("serial", "code"), [(-1, "ZS737"), (0, "ZS737"), (60, "ZS737"), (2_958_466, "ZS737"), (1e20, "ZS737")]
)
def test_13_numbers_of_no_day(tmp_path: Path, serial: float, code: str) -> None:
    path = book(tmp_path, [["工号", "姓名", "入职"], ["H1", "甲", 45_413], ["H2", "乙", 45_414]])
    text = f"{serial:f}".removesuffix(".000000")
    rewritten(path, SHEET, lambda xml: xml.replace("<v>45413</v>", f"<v>{text}</v>"))
    assert rejects(table(path)) == [(2, "入职", code)] or serial in (0, 60)
    rewritten(path, SHEET, lambda xml: xml.replace('r="C2"', 'r="C2" s="1"'))
    styled = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    rewritten(path, "xl/styles.xml", lambda xml: re.sub(r"<cellXfs.*</cellXfs>", styled, xml))
    assert rejects(table(path)) == [(2, "入职", code)]


def test_62_cells_merged_beside_the_table_do_no_harm(tmp_path: Path) -> None:
    found = table(book(tmp_path, [HEADER, ["H1", "甲", 1]], lambda sheet: sheet.merge_cells("F1:G2")))
    assert len(found.rows) == 1


def test_63_hidden_things_are_read_and_said(tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True

    path = book(tmp_path, [HEADER, ["H1", "甲", 1], ["H2", "乙", 2]], edit)
    dataset = read_one(path)
    assert len(dataset.tables["职工"].rows) == 2
    assert notes(dataset)["ZS655"] == {"count": "1"}
    assert notes(dataset)["ZS656"] == {"columns": "C"}


def test_63_hidden_sheet(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.title = "说明"  # type: ignore[union-attr]
    sheet = workbook.create_sheet("职工")
    sheet.append(HEADER)
    sheet.append(["H1", "甲", 1])
    sheet.sheet_state = "hidden"
    workbook.save(tmp_path / "a.xlsx")
    dataset = read_one(tmp_path / "a.xlsx")
    assert "ZS657" in notes(dataset)
    assert notes(dataset)["ZS664"] == {"sheets": "说明"}


def test_64_formulas(tmp_path: Path) -> None:
    path = book(tmp_path, [HEADER, ["H1", "甲", "=1+1"], ["H2", "乙", "#N/A"], ["H3", "丙", 3]])
    assert rejects(table(path)) == [(2, "笔试", "ZS725"), (3, "笔试", "ZS726")]
    stored = rewritten(path, SHEET, lambda xml: re.sub(r"<f>1\+1</f><v ?/?>(</v>)?", "<f>1+1</f><v>2</v>", xml))
    assert rejects(table(stored)) == [(3, "笔试", "ZS726")]


def test_65_sheets_by_name_or_to_be_named(tmp_path: Path) -> None:
    workbook = Workbook()
    one = workbook.active
    assert one is not None
    one.title = "甲组"
    two = workbook.create_sheet("乙组")
    workbook.create_sheet("空")
    for sheet, name in ((one, "甲"), (two, "乙")):
        sheet.append(HEADER)
        sheet.append(["H1", name, 1])
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    stops(path, "ZS619")
    dataset = read([f"职工={path}#乙组"], (STAFF, ACCOUNTS), "职工")
    assert dataset.tables["职工"].rows[0].values["姓名"] == "乙"
    with pytest.raises(DataError) as caught:
        read([f"{path}#丙组"], (STAFF,), "职工")
    assert caught.value.reason.code == "ZS620"
    one.title, two.title = "职工", "账户"
    two["A1"], two["B1"], two["C1"] = "户号", "贷款余额", "经理"
    two["A2"], two["B2"], two["C2"] = "K1", 5, "H1"
    workbook.save(path)
    assert set(read([str(path)], (STAFF, ACCOUNTS), "职工").tables) == {"职工", "账户"}


def test_66_numbers_stored_as_text(tmp_path: Path) -> None:
    dataset = read_one(book(tmp_path, [HEADER, ["H1", "甲", "85"], ["H2", "乙", 86]]))
    assert notes(dataset)["ZS653"] == {"column": "笔试", "count": "1", "example": "85"}


def test_67_dates(tmp_path: Path) -> None:
    rows = [["工号", "姓名", "入职"], ["H1", "甲", datetime(2024, 5, 1)], ["H2", "乙", 45413], ["H3", "丙", "2024/5/1"]]
    found = table(book(tmp_path, rows))
    assert [row.values["入职"] for row in found.rows] == [date(2024, 5, 1)] * 3
    odd = table(book(tmp_path, [HEADER, ["H1", date(2024, 5, 1), 1], ["H2", "乙", date(2024, 5, 1)]]))
    assert rejects(odd) == [(2, "姓名", "ZS727"), (3, "笔试", "ZS727")]


def test_67_dates_counted_from_1904(tmp_path: Path) -> None:
    path = book(tmp_path, [["工号", "姓名", "入职"], ["H1", "甲", 43951]])
    rewritten(path, "xl/workbook.xml", lambda xml: xml.replace("<workbookPr />", '<workbookPr date1904="1" />'))
    assert table(path).rows[0].values["入职"] == date(2024, 5, 1)


def test_68_69_title_and_totals_rows(tmp_path: Path) -> None:
    rows = [["2024年考核表"], [], HEADER, ["H1", "甲", 1]]
    below = read_one(book(tmp_path, rows, lambda sheet: sheet.merge_cells("A1:C1")))
    assert (len(below.tables["职工"].rows), notes(below)["ZS667"]) == (1, {"row": "3"})
    assert rejects(table(book(tmp_path, [HEADER, ["H1", "甲", 1], ["合计", None, 1]]))) == [(3, "工号", "ZS729")]


def test_remarks_beside_the_table_are_said(tmp_path: Path) -> None:
    dataset = read_one(book(tmp_path, [HEADER, ["H1", "甲", 1, None, "待核"]]))
    assert notes(dataset)["ZS666"] == {"count": "1"}


def test_70_one_cell_in_the_last_corner(tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet["XFD1048576"] = 1

    error = stops(book(tmp_path, [HEADER, ["H1", "甲", 1]], edit), "ZS625")
    assert dict(error.reason.arguments)["cell"] == "XFD1048576"


def test_70_a_dimension_that_lies_does_no_harm(tmp_path: Path) -> None:
    path = book(tmp_path, [HEADER, ["H1", "甲", 1]])
    rewritten(path, SHEET, lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', xml))
    assert len(table(path).rows) == 1


def test_70_zip_bombs(tmp_path: Path) -> None:
    path = book(tmp_path, [HEADER, ["H1", "甲", 1]])
    blanks = " " * 50_000_000
    error = stops(rewritten(path, SHEET, lambda xml: xml.replace("</sheetData>", f"{blanks}</sheetData>")), "ZS624")
    assert dict(error.reason.arguments)["part"] == SHEET


def test_70_entities(tmp_path: Path) -> None:
    path = book(tmp_path, [HEADER, ["H1", "甲", 1]])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    stops(rewritten(path, SHEET, lambda xml: xml.replace("<worksheet", bomb, 1)), "ZS623")


def test_71_encrypted_and_old(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    path = tmp_path / "a.xlsx"
    path.write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
    stops(path, "ZS621")
    path.write_bytes(ole)
    stops(path, "ZS622")
    (tmp_path / "a.xls").write_bytes(ole)
    stops(tmp_path / "a.xls", "ZS622")


def test_what_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for data in (b"x", b"PK\x03\x04", "工号,姓名\n".encode()):
        path.write_bytes(data)
        stops(path, "ZS623")
    path.write_bytes(b"")
    stops(path, "ZS605")
    stops(book(tmp_path, []), "ZS605")


def test_72_exactly_full(tmp_path: Path) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("职工")
    sheet.append(HEADER[:2])
    for number in range(65_535):
        sheet.append([str(number), "甲"])
    workbook.save(tmp_path / "a.xlsx")
    assert notes(read_one(tmp_path / "a.xlsx"))["ZS658"] == {"count": "65,536"}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return book(
        tmp_path_factory.mktemp("sound"), [HEADER, ["H1", "甲", 1], ["H2", "乙", date(2024, 5, 1)]]
    ).read_bytes()


@given(at=st.floats(0, 1, exclude_max=True), bits=st.integers(1, 255), cut=st.booleans())
@settings(max_examples=150)
def test_damaged_archives(sound: bytes, tmp_path: Path, at: float, bits: int, cut: bool) -> None:
    place = int(at * len(sound))
    data = sound[:place] if cut else sound[:place] + bytes([sound[place] ^ bits]) + sound[place + 1 :]
    never_anything_else(tmp_path, data)


@given(part=st.integers(0, 20), at=st.floats(0, 1, exclude_max=True), new=st.binary(min_size=1, max_size=6))
@settings(max_examples=250)
def test_damaged_parts(sound: bytes, tmp_path: Path, part: int, at: float, new: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = sorted(parts)[part % len(parts)]
    place = int(at * len(parts[name]))
    parts[name] = parts[name][:place] + new + parts[name][place + len(new) :]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for other, data in parts.items():
            archive.writestr(other, data)
    never_anything_else(tmp_path, out.getvalue())


def never_anything_else(folder: Path, data: bytes) -> None:
    path = folder / "a.xlsx"
    path.write_bytes(data)
    try:
        rejects(table(path))
    except DataError:
        return


def test_68_titles_below_a_heading_tell_which_record_it_is(tmp_path: Path) -> None:
    rows = [["账户表"], ["户号", "贷款余额"], ["A1", 5]]
    path = book(tmp_path, [["成绩表"], HEADER, ["H1", "甲", 80]], title="Sheet1")
    workbook = load_workbook(path)
    sheet = workbook.create_sheet("Sheet2")
    for row in rows:
        sheet.append(row)
    workbook.save(path)
    dataset = read([str(path)], (STAFF, ACCOUNTS), "职工")
    assert {name: len(found.rows) for name, found in dataset.tables.items()} == {"职工": 1, "账户": 1}
    lone = read([str(book(tmp_path, [["成绩表"], HEADER, ["H1", "甲", 80]]))], (STAFF, ACCOUNTS), "职工")
    assert len(lone.tables["职工"].rows) == 1
