"""CSV files, by the items of the list of bad inputs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.reading import DataError, Reading, Settled, read, refuse_changes
from policy.core import Field, Record
from policy.encodings import mostly_utf8
from policy.types import TEXT
from policy.values import Missing
from tests.reading.reading_records import ACCOUNTS, PAIR, STAFF, csv, notes, read_one, rejects, stops, table

PLAIN = "工号,姓名,笔试\nH1,甲,85\nH2,乙,90.5\n"


def test_32_byte_order_mark(tmp_path: Path) -> None:
    found = table(csv(tmp_path, b"\xef\xbb\xbf" + PLAIN.encode()))
    assert [row.values["工号"] for row in found.rows] == ["H1", "H2"]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_33_gb18030_is_read_and_said(tmp_path: Path, encoding: str) -> None:
    dataset = read_one(csv(tmp_path, PLAIN.encode(encoding)))
    assert len(dataset.tables["职工"].rows) == 2
    assert notes(dataset)["ZS651"] == {"encoding": "GB18030"}


def test_33_bytes_of_no_encoding_are_asked_about(tmp_path: Path) -> None:
    stops(csv(tmp_path, b"\x81\xff\xfe,\xff\n\xff\x80,1\n"), "ZS606")


def test_33_big5_is_not_taken_for_gb18030(tmp_path: Path) -> None:
    stops(csv(tmp_path, "員工編號,測驗成績\n王大明,85\n".encode("big5")), "ZS606")


def test_33_one_damaged_byte_does_not_turn_the_rest_into_other_words(tmp_path: Path) -> None:
    data = PLAIN.encode() + b"H3,\xe7\x94,70\n"
    error = stops(csv(tmp_path, data), "ZS607")
    assert error.place.row == 4


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_34_utf16(tmp_path: Path, encoding: str) -> None:
    dataset = read_one(csv(tmp_path, PLAIN.encode(encoding)))
    assert len(dataset.tables["职工"].rows) == 2
    assert notes(dataset)["ZS651"] == {"encoding": "UTF-16"}


def test_34_half_a_character_of_utf16(tmp_path: Path) -> None:
    stops(csv(tmp_path, PLAIN.encode("utf-16") + b"\x41"), "ZS607")


def test_35_nul(tmp_path: Path) -> None:
    found = table(csv(tmp_path, "工号,姓名,笔试\nH1,甲\0,85\nH2,乙,90\n"))
    assert rejects(found) == [(2, "", "ZS704")]
    assert len(found.rows) == 1


def test_35_one_zero_byte_makes_no_utf16_of_a_short_file(tmp_path: Path) -> None:
    found = table(csv(tmp_path, "工号,姓名\nH1,甲\nH\x002,乙\n"))
    assert rejects(found) == [(3, "", "ZS704")]
    assert [row.values["工号"] for row in found.rows] == ["H1"]


def test_36_too_few_and_too_many_cells(tmp_path: Path) -> None:
    found = table(csv(tmp_path, "工号,姓名,笔试\nH1,甲\nH2,乙,90,7\nH3,丙,80\nH4,丁,70,\n"))
    assert rejects(found) == [(2, "", "ZS705"), (3, "", "ZS706")]
    assert [r.key for r in found.rejected] == ["H1", "H2"]
    assert [row.values["工号"] for row in found.rows] == ["H3", "H4"]


def test_37_unclosed_quote_at_the_end(tmp_path: Path) -> None:
    assert stops(csv(tmp_path, PLAIN + 'H3,"丙,70\nH4,丁,80\n'), "ZS608").place.row == 4


def test_37_unclosed_quote_that_a_later_one_seems_to_close(tmp_path: Path) -> None:
    text = PLAIN + 'H3,"丙,70\nH4,丁,80\nH5,"戊",60\n'
    assert stops(csv(tmp_path, text), "ZS608").place.row == 4


def test_37_the_line_is_that_of_the_quote_and_not_of_the_row(tmp_path: Path) -> None:
    text = '工号,姓名,备注\nH1,甲,"一\n二"\nH2,"乙\n丙","丁\nH3,戊,己\n'
    assert stops(csv(tmp_path, text), "ZS608").place.row == 5


def test_37_quote_misplaced_within_its_line(tmp_path: Path) -> None:
    found = table(csv(tmp_path, '工号,姓名,笔试\nH1,"甲"乙,85\nH2,丙"丁,90\n'))
    assert rejects(found) == [(2, "", "ZS707")]
    assert found.rows[0].values["姓名"] == '丙"丁'


def test_38_line_breaks_in_quotes(tmp_path: Path) -> None:
    found = table(csv(tmp_path, '工号,姓名,备注\nH1,甲,"一\n二"\r\nH2,乙,三\nH3,,四\n'))
    assert [row.place.row for row in found.rows] == [2, 4]
    assert rejects(found) == [(5, "姓名", "ZS701")]
    assert found.rows[0].values["备注"] == "一\n二"


@pytest.mark.parametrize(("separator", "said"), [(";", ";"), ("\t", "tab")])
def test_39_separators(tmp_path: Path, separator: str, said: str) -> None:
    dataset = read_one(csv(tmp_path, PLAIN.replace(",", separator)))
    assert len(dataset.tables["职工"].rows) == 2
    assert notes(dataset)["ZS652"] == {"separator": said}


def test_39_a_separator_within_quotes_does_not_count(tmp_path: Path) -> None:
    found = table(csv(tmp_path, '工号;姓名;"备注"\nH1;甲;"一;二"\n'))
    assert found.rows[0].values["备注"] == "一;二"


def test_39_the_hint_of_excel(tmp_path: Path) -> None:
    found = table(csv(tmp_path, "sep=;\n工号;姓名\nH1;甲\n"))
    assert found.rows[0].place.row == 3


def test_40_titles_twice(tmp_path: Path) -> None:
    stops(csv(tmp_path, "工号,姓名,笔试,笔试\nH1,甲,1,2\n"), "ZS609")
    stops(csv(tmp_path, "工号,姓名,笔试,笔试（分）\nH1,甲,1,2\n"), "ZS609")


def test_40_missing_column_names_the_nearest(tmp_path: Path) -> None:
    error = stops(csv(tmp_path, "工号,姓 名字,笔试\nH1,甲,1\n"), "ZS610")
    assert dict(error.reason.arguments)["nearest"] == "姓 名字"
    stops(csv(tmp_path, "工号,笔试\nH1,1\n"), "ZS640")


def test_41_unknown_and_optional_columns(tmp_path: Path) -> None:
    dataset = read_one(csv(tmp_path, "工号,姓名,爱好\nH1,甲,棋\n"))
    said = notes(dataset)
    assert said["ZS654"] == {"columns": "爱好", "count": "1"}
    assert "笔试" in said["ZS661"]["columns"]
    assert dataset.tables["职工"].rows[0].values["笔试"] == Missing("笔试")


def test_headers_match_by_width_blanks_and_unit(tmp_path: Path) -> None:
    found = table(csv(tmp_path, "工 号,姓名 ,笔试（分）,年限(年),余额【万元】\nH1,甲,85,2,1\n"))
    assert (found.rows[0].values["笔试"], found.rows[0].values["余额"]) == (85, 10_000)


def test_a_column_in_another_unit_is_refused(tmp_path: Path) -> None:
    error = stops(csv(tmp_path, "工号,姓名,年限（个月）\nH1,甲,85\n"), "ZS612")
    assert error.place.column == "年限（个月）"


def test_42_empty_and_headers_only(tmp_path: Path) -> None:
    stops(csv(tmp_path, b""), "ZS605")
    stops(csv(tmp_path, "\n , ,\n\n"), "ZS605")
    dataset = read_one(csv(tmp_path, "工号,姓名\n"))
    assert "ZS659" in notes(dataset)
    assert dataset.tables["职工"].read == 0


def test_43_blank_rows(tmp_path: Path) -> None:
    dataset = read_one(csv(tmp_path, PLAIN + ",,\n\n  ,\t,\n"))
    assert dataset.tables["职工"].read == 2
    assert notes(dataset)["ZS660"] == {"count": "3"}


def test_44_a_fault_far_down_is_as_one_at_the_top(tmp_path: Path) -> None:
    body = "".join(f"H{i},甲,85\n" for i in range(30_000))
    found = table(csv(tmp_path, f"工号,姓名,笔试\n{body}X,乙,多\n"))
    assert rejects(found) == [(30_002, "笔试", "ZS708")]


def test_45_a_file_that_changes(tmp_path: Path) -> None:
    path = csv(tmp_path, PLAIN)
    dataset = read_one(path)
    refuse_changes(dataset)
    path.write_text(PLAIN + "H3,丙,1\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        refuse_changes(dataset)
    assert caught.value.reason.code == "ZS637"


def test_57_ids_twice(tmp_path: Path) -> None:
    text = "工号,姓名,笔试\nH1,甲,85\nH2,乙,90\nH1,甲,85.0\nH2,乙,91\nH3,丙,1\nH3,丙,一\n"
    dataset = read_one(csv(tmp_path, text))
    found = dataset.tables["职工"]
    assert rejects(found) == [(3, "工号", "ZS703"), (5, "工号", "ZS703"), (6, "工号", "ZS703"), (7, "笔试", "ZS708")]
    assert dict(found.rejected[0].reason.arguments)["rows"] == "3、5"
    assert (len(found.rows), found.duplicates, notes(dataset)["ZS662"]["count"]) == (1, 1, "1")


def test_57_an_id_that_another_faulty_row_claims_too(tmp_path: Path) -> None:
    found = table(csv(tmp_path, "工号,姓名,笔试\nH1,甲,85\nＨ１,甲,一\n"))
    assert rejects(found) == [(2, "工号", "ZS703"), (3, "笔试", "ZS708")]


def test_57_without_a_key_equal_rows_are_several(tmp_path: Path) -> None:
    found = table(csv(tmp_path, "得分,学员\n5,H1\n5,H1\n"), PAIR)
    assert (len(found.rows), found.duplicates) == (2, 0)


def test_all_faults_of_a_row_are_told(tmp_path: Path) -> None:
    found = table(csv(tmp_path, "工号,姓名,笔试,等次\nH1,甲,多,中\n"))
    assert [fault.column for fault in found.rejected[0].more] == ["等次"]


def test_68_69_title_and_totals_rows(tmp_path: Path) -> None:
    below = read_one(csv(tmp_path, "2024年考核表,,\n,,\n" + PLAIN))
    assert (len(below.tables["职工"].rows), notes(below)["ZS667"]) == (2, {"row": "3"})
    found = table(csv(tmp_path, PLAIN + "合计,,175\n"))
    assert rejects(found) == [(4, "工号", "ZS729")]


def test_72_exactly_full(tmp_path: Path) -> None:
    body = "".join(f"{i},甲\n" for i in range(65_535))
    assert notes(read_one(csv(tmp_path, "工号,姓名\n" + body)))["ZS658"] == {"count": "65,536"}


def test_columns_without_end(tmp_path: Path) -> None:
    stops(csv(tmp_path, ",".join(f"c{i}" for i in range(300_000)) + "\n"), "ZS643")


def test_a_folder_for_one_record(tmp_path: Path) -> None:
    csv(tmp_path, PLAIN, "名册.csv")
    assert read([f"职工={tmp_path}"], (STAFF, ACCOUNTS), "职工").tables["职工"].read == 2


def test_files_too_large_for_their_kind(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(5 << 20)
    stops(tmp_path / "a.yaml", "ZS638")


def test_no_records_and_no_files(tmp_path: Path) -> None:
    for records in ((), (STAFF,)):
        with pytest.raises(DataError) as caught:
            read([], records, "职工")
        assert caught.value.reason.code == "ZS616"


def test_files_that_are_none(tmp_path: Path) -> None:
    stops(tmp_path / "没有.csv", "ZS601")
    stops(csv(tmp_path, "x", "a.docx"), "ZS603")
    stops(csv(tmp_path, b"PK\x03\x04", "a.csv"), "ZS604")
    os.mkfifo(tmp_path / "p.csv")
    stops(tmp_path / "p.csv", "ZS642")


def test_which_file_is_which_record(tmp_path: Path) -> None:
    csv(tmp_path, PLAIN, "职工.csv")
    csv(tmp_path, "户号,贷款余额\nK1,3122.2\n", "账户.csv")
    csv(tmp_path, "x\n1\n", "别的.csv")
    both = (STAFF, ACCOUNTS)
    dataset = read([str(tmp_path)], both, "职工")
    assert dataset.tables["账户"].rows[0].values["贷款余额"] == 31_222_000
    assert notes(dataset)["ZS663"] == {"files": "别的.csv"}
    lone = csv(tmp_path, PLAIN, "a.csv")
    assert list(read([str(lone)], both, "职工").tables) == ["职工"]
    assert "ZS665" in notes(read([f"职工={lone}"], both, "职工"))


@pytest.mark.parametrize(
    ("specs", "code"),
    [
        (["人={0}"], "ZS618"),
        (["{0}", "职工={0}"], "ZS615"),
        (["账户={1}"], "ZS616"),
        (["{2}"], "ZS617"),
        (["{3}"], "ZS614"),
        (["{4}"], "ZS641"),
    ],
)
def test_ambiguity_is_an_error(tmp_path: Path, specs: list[str], code: str) -> None:
    (tmp_path / "空").mkdir()
    files = [
        csv(tmp_path, PLAIN, "a.csv"),
        csv(tmp_path, "户号,贷款余额\nK1,1\n", "b.csv"),
        tmp_path / "空",
        csv(tmp_path, "备注,经理\n1,2\n", "c.csv"),
        csv(tmp_path, "甲,乙\n1,2\n", "d.csv"),
    ]
    with pytest.raises(DataError) as caught:
        read([spec.format(*files) for spec in specs], (STAFF, ACCOUNTS), "职工")
    assert caught.value.reason.code == code


@pytest.mark.parametrize(
    "text", ["0,杨勇\xe6\x9d,54", "0,\xe6\x9d", "0,周杰,85\n1,\xe8\xb5", "0,赵兰,12\n1,\x88\x98桂艳,83"]
)
def test_33_a_damaged_byte_is_asked_about(tmp_path: Path, text: str) -> None:
    data = b"".join(c.encode("latin-1") if ord(c) < 256 else c.encode() for c in text)
    record = Record("p", (Field("id", TEXT, "id", key=True), Field("name", TEXT, "name")))
    stops(csv(tmp_path, b"id,name,score\n" + data + b"\n"), "ZS691", record)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_33_the_encoding_that_is_named_is_taken(tmp_path: Path, encoding: str) -> None:
    path = csv(tmp_path, "工号,姓名\nH1,联通\n".encode(encoding))
    found = read([str(path)], (STAFF,), "职工", Reading(settled=Settled(encoding=encoding))).tables["职工"]
    assert [row.values["姓名"] for row in found.rows] == ["联通"]
    if encoding == "gb18030":
        with pytest.raises(DataError) as caught:
            read([str(path)], (STAFF,), "职工", Reading(settled=Settled(encoding="utf-8")))
        assert caught.value.reason.code == "ZS607"


@given(st.text("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗", min_size=5, max_size=40))
def test_33_common_characters_are_told_from_damaged_ones(names: str) -> None:
    assert not mostly_utf8(names.encode("gb18030"))
    for at in range(0, len(names.encode()), 7):
        data = names.encode()
        assert mostly_utf8(data[:at] + data[at + 1 :])


@pytest.mark.parametrize("key", ["3.30102E+17", "3.30102e+17", "1E+05", "3.3E17"])
def test_ids_in_scientific_notation(tmp_path: Path, key: str) -> None:
    assert rejects(table(csv(tmp_path, f"工号,姓名\n{key},甲\n1E5,乙\n"))) == [(2, "工号", "ZS738")]


def test_a_remark_below_the_table_is_nobody(tmp_path: Path) -> None:
    found = table(csv(tmp_path, PLAIN + "制表人：王五,,\n"))
    assert (rejects(found), found.rejected[0].totals) == ([(4, "工号", "ZS739")], True)


def test_an_id_with_a_colon_is_an_id(tmp_path: Path) -> None:
    assert table(csv(tmp_path, "工号,姓名,笔试\nH:1,甲,\n")).rows[0].values["工号"] == "H:1"
