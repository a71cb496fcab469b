"""Every row of every file is accounted for, seen from outside: on screen, in JSON, in workbooks and beside results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.command import Ended, table, wrote, zhunsheng

ORPHANS = """政策 “孤儿”
数据 员工：
    工号：文本，主键
数据 违规：
    工号：员工，归属
    性质：选项 (一般、严重)
    发生日期：日期
定义 有严重 = 有(违规 其中 性质 = 严重 且 发生日期 ≥ 2000-01-01)
定义 奖金：
    当 有严重：0 元
    否则：1000 元
结果 有严重，奖金
"""
HOURS = """policy "Course hours"
data employee:
    staff_no: text, key
    name: text
data course:
    employee: employee, belongs
    hours: number 0..100 hours, 1 decimal
define taught = sum(course.hours)
define known = name ≠ "unknown"
result taught
"""


@pytest.fixture
def orphans(tmp_path: Path) -> Path:
    wrote(tmp_path, "员工.csv", "工号\n1\n2\n3\n")
    return wrote(tmp_path, "p.policy", ORPHANS)


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def told(*words: str | Path, **more: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(zhunsheng(*words, "--format", "json", **more).out)
    return found


def run(policy: Path, violations: str, *words: str | Path) -> Ended:
    data = wrote(policy.parent, "违规.csv", "工号,性质,发生日期\n" + violations)
    return zhunsheng("run", policy, policy.parent / "员工.csv", data, *words)


# -- rows of nobody -------------------------------------------------------------------------------------------------


def test_a_row_of_nobody_is_named_with_the_nearest_key(orphans: Path) -> None:
    ended = run(orphans, "001,严重,2024-05-01\n999,严重,2024-05-01\n2,一般,2024-05-01\n")
    assert ended.code == 3
    assert "第 2 行 “工号”=“001” 没有编号为“001”的员工，是不是“1”？" in ended.out
    assert "第 3 行 “工号”=“999” 没有编号为“999”的员工\n" in ended.out
    assert "核对 违规（违规.csv）：读入 3 = 采用 1 + 搁置 0 + 无主 2 + 重复 0\n" in ended.out


def test_it_is_told_where_the_sole_reference_makes_the_list(orphans: Path) -> None:
    orphans.write_text(ORPHANS.replace("，归属", ""), encoding="utf-8")
    ended = run(orphans, "001,严重,2024-05-01\n2,一般,2024-05-01\n,一般,2024-05-01\n")
    assert ended.code == 3
    assert "读入 3 = 采用 1 + 搁置 1 + 无主 1 + 重复 0" in ended.out
    assert "1 行读不出是谁的" in ended.out


def test_the_same_in_english(tmp_path: Path) -> None:
    policy = wrote(tmp_path, "p.policy", HOURS)
    people = wrote(tmp_path, "employee.csv", "staff_no,name\n0012,Ann\nA01,Bob\n")
    courses = wrote(tmp_path, "course.csv", "employee,hours\n12,15\na01,3\nX99,50\n0012,1\n")
    ended = zhunsheng("run", policy, people, courses)
    assert ended.code == 3
    assert "there is no employee `12`; is it `0012`?" in ended.out
    assert "there is no employee `a01`; is it `A01`?" in ended.out
    assert "there is no employee `X99`\n" in ended.out
    assert "reconciled course (course.csv): read 4 = taken 1 + set aside 0 + of nobody 3 + repeated 0" in ended.out


def test_rows_of_nobody_stand_in_json_and_beside_the_results(orphans: Path, tmp_path: Path) -> None:
    ended = run(orphans, "001,严重,2024-05-01\n2,极重,2024-05-01\n", "-o", tmp_path / "out.csv")
    assert ended.code == 3
    rows = table(tmp_path / "out.rejected.csv")
    assert [(r["类别"], r["行"], r["编号"], r["列"]) for r in rows] == [
        ("无主", "2", "001", "工号"),
        ("搁置", "3", "", "性质"),
    ]
    found = told("run", orphans, tmp_path / "员工.csv", tmp_path / "违规.csv")
    lists = next(each for each in found["account"] if each["record"] == "违规")  # type: ignore[attr-defined]
    assert (lists["read"], lists["taken"], lists["set_aside"], lists["nobody"]) == (2, 0, [3], [2])
    assert {(r["kind"], r["row"], *r["near"]) for r in found["rejected"]} == {("set_aside", 3), ("nobody", 2, "1")}  # type: ignore[attr-defined]


def test_a_workbook_holds_the_account_in_sheets_of_its_own(orphans: Path, tmp_path: Path) -> None:
    run(orphans, "001,严重,2024-05-01\n2,一般,2024-05-01\n", "-o", tmp_path / "out.xlsx")
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["孤儿", "核对", "未采用的行"]
    counted = [[cell.value for cell in row] for row in book["核对"].iter_rows(min_row=2)]
    assert [(row[0], *row[3:]) for row in counted] == [("违规", 2, 1, 0, 1, 0), ("员工", 3, 3, 0, 0, 0)]
    assert book["未采用的行"]["A2"].value == "无主"
    assert not (tmp_path / "out.rejected.csv").exists()


def test_rows_of_someone_set_aside_are_set_aside(tmp_path: Path) -> None:
    policy = wrote(tmp_path, "p.policy", HOURS)
    people = wrote(tmp_path, "employee.csv", "staff_no,name\n1,Ann\n2,\n")
    courses = wrote(tmp_path, "course.csv", "employee,hours\n1,15\n2,3\n")
    ended = zhunsheng("run", policy, people, courses)
    assert ended.code == 3
    assert "course.csv row 3 `employee`=`2` it belongs to `2`, whose row (employee.csv row 3) is set aside" in ended.out
    assert "reconciled: read 2 = decided 1 + referred 0 + undecided 0 + set aside 1" in ended.out


def test_explain_and_simulate_tell_it_too(orphans: Path, tmp_path: Path) -> None:
    run(orphans, "001,严重,2024-05-01\n2,极重,2024-05-01\n")
    data = (tmp_path / "员工.csv", tmp_path / "违规.csv")
    explained = zhunsheng("explain", orphans, *data, "--for", "1")
    assert "是不是“1”？" in explained.err
    assert told("explain", orphans, *data, "--for", "1")["account"]
    other = wrote(tmp_path, "q.policy", ORPHANS.replace("1000", "900"))
    simulated = zhunsheng("simulate", orphans, *data, "--against", other)
    assert simulated.code == 3
    assert "是不是“1”？" in simulated.out
    assert "核对 违规（违规.csv）：读入 2 = 采用 0 + 搁置 1 + 无主 1 + 重复 0" in simulated.out
    assert told("simulate", orphans, *data, "--against", other)["account"]


# -- rows set aside -------------------------------------------------------------------------------------------------


def test_a_row_set_aside_leaves_its_owner_open(orphans: Path, tmp_path: Path) -> None:
    ended = run(orphans, "2,严重,2024-13-01\n3,极重,2024-05-01\n1,一般,2024-05-01\n", "-o", tmp_path / "out.csv")
    assert ended.code == 3
    found = {row["工号"]: row for row in table(tmp_path / "out.csv")}
    assert (found["1"]["奖金"], found["2"]["奖金"], found["3"]["奖金"]) == ("1000", "", "")
    assert found["2"]["原因"] == "违规.csv 第 2 行已搁置（“发生日期”：日历上没有 `2024-13-01`）"
    assert "第 3 行已搁置（“性质”：`极重`" in found["3"]["原因"]


def test_a_filter_that_is_false_on_what_could_be_read_leaves_it_out(orphans: Path, tmp_path: Path) -> None:
    ended = run(orphans, "2,一般,2024-13-01\n3,严重,2024-05-01\n3,极重,2024-05-01\n", "-o", tmp_path / "out.csv")
    assert ended.code == 3
    found = {row["工号"]: row for row in table(tmp_path / "out.csv")}
    assert [found[key]["奖金"] for key in "123"] == ["1000", "1000", "0"]
    assert [found[key]["结局"] for key in "123"] == ["决定"] * 3


def test_explain_shows_the_row_among_the_records(orphans: Path, tmp_path: Path) -> None:
    run(orphans, "2,严重,2024-13-01\n2,一般,2024-05-01\n")
    shown = zhunsheng("explain", orphans, tmp_path / "员工.csv", tmp_path / "违规.csv", "--for", "2")
    assert "未定：违规.csv 第 2 行已搁置" in " ".join(shown.out.split())


def test_a_row_that_does_not_say_whose_it_is_comes_first(orphans: Path, tmp_path: Path) -> None:
    ended = run(orphans, ",严重,2024-05-01\n1,一般,2024-05-01,多\n")
    assert ended.code == 3
    assert ended.out.splitlines()[1] == (
        "注意：违规 搁置的行中有 1 行读不出是谁的，可能关系到任何人的结果：违规.csv 第 2 行"
    )
    found = told("run", orphans, tmp_path / "员工.csv", tmp_path / "违规.csv")
    lists = next(each for each in found["account"] if each["record"] == "违规")  # type: ignore[attr-defined]
    assert (lists["owner_unread"], lists["set_aside"]) == ([2], [2, 3])
    assert [case["outcome"] for case in found["decisions"]] == ["undecided", "decided", "decided"]  # type: ignore[attr-defined]


def test_rows_of_totals_leave_nobody_open(orphans: Path) -> None:
    ended = run(orphans, "1,一般,2024-05-01\n合计,,\n")
    assert ended.code == 3
    assert "读不出是谁的" not in ended.out
    assert "决定 3" in ended.last


@pytest.mark.parametrize("foot", ["制表人：王五,,", "本页合计,,", "Note: as of May,,"])
def test_the_foot_of_a_list_leaves_nobody_open(orphans: Path, foot: str) -> None:
    ended = run(orphans, f"1,一般,2024-05-01\n{foot}\n")
    assert (ended.code, "读不出是谁的" in ended.out, "决定 3" in ended.last) == (3, False, True)
    named = run(orphans, "1,一般,2024-05-01\n备注：见附件,,\n2,,\n")
    assert "决定 2 + 转人工 0 + 未决 1" in named.last


def test_people_are_counted_and_all_that_is_wrong_is_told(tmp_path: Path) -> None:
    policy = wrote(
        tmp_path,
        "p.policy",
        "政策 “试”\n数据 人：\n    号：文本，主键\n    分：整数 0..100 分\n    率：数 0..200 %\n"
        "排名 名次：\n    按 分 从高到低\n    并列 同名次\n结果 名次，率\n",
    )
    people = "号,分,率\n1,80,90%\n2,七,100.5\n合计,,\n制表人：某,,\n3,1\n"
    ended = zhunsheng("run", policy, wrote(tmp_path, "人.csv", people), "--percent", "率=小数")
    assert "还有 2 人未定或搁置" in ended.out
    assert "“分”=“七” `七` 不是数；“率”=“100.5” 100.5 按小数读是 10050%，超出允许的范围" in ended.out.replace("\n", "")
    assert "=“3 | 1”" not in ended.out
    english = zhunsheng("run", policy, tmp_path / "人.csv", "--percent", "率=ratio", "--lang", "en")
    assert "100.5 read as a ratio is 10050%" in english.out
    for other in ("率=percent", "人.率=百分数"):
        ended = zhunsheng("run", policy, tmp_path / "人.csv", "--percent", "率=小数", "--percent", other)
        assert (ended.code, "ZS697" in ended.err) == (2, True)


# -- no data --------------------------------------------------------------------------------------------------------


def test_no_data_for_a_record_that_is_read_stops(orphans: Path, tmp_path: Path) -> None:
    people = tmp_path / "员工.csv"
    for words in (("run",), ("explain", "--for", "1"), ("simulate", "--against", orphans)):
        command, *more = words
        ended = zhunsheng(command, orphans, people, *more)
        assert (ended.code, "ZS645" in ended.err, "--none 违规" in ended.err) == (2, True, True)
        assert zhunsheng(command, orphans, people, *more, "--none", "违规").code == 0
    said = zhunsheng("run", orphans, people, "--none", "违规")
    assert "核对 违规：已说明没有（--none）" in said.out
    assert zhunsheng("run", orphans, people, "--none", "违纪").code == 2


def test_there_may_be_none_of_what_only_one_of_two_policies_reads(orphans: Path, tmp_path: Path) -> None:
    plain = wrote(tmp_path, "q.policy", "政策 “试”\n数据 员工：\n    工号：文本，主键\n定义 奖金 = 900 元\n结果 奖金\n")
    for one, other in ((orphans, plain), (plain, orphans)):
        words = ("simulate", one, tmp_path / "员工.csv", "--against", other)
        assert zhunsheng(*words, "--none", "违规").code == 0
        assert zhunsheng(*words, "--none", "违规", "--none", "违纪").code == 2


def test_none_and_data_contradict_each_other(orphans: Path) -> None:
    ended = run(orphans, "1,一般,2024-05-01\n", "--none", "违规")
    assert (ended.code, "ZS647" in ended.err) == (2, True)


def test_a_record_that_nothing_reads_may_be_without_data(orphans: Path, tmp_path: Path) -> None:
    unread = wrote(
        tmp_path, "q.policy", ORPHANS.replace("有(违规 其中 性质 = 严重 且 发生日期 ≥ 2000-01-01)", "工号 = “1”")
    )
    assert zhunsheng("run", unread, tmp_path / "员工.csv").code == 0


TEAMS = """政策 “各组”
数据 组：
    组号：文本，主键
数据 组员：
    工号：文本，主键
    组：组
数据 走访：
    谁：组员，归属
    次：整数 0..9 次
定义 组员.多少 = 合计(走访.次)
定义 总数 = 合计(组员.多少)
结果 总数
"""


def test_rows_of_those_who_belong_to_nobody_are_nobody_s(tmp_path: Path) -> None:
    policy = wrote(tmp_path, "p.policy", TEAMS)
    data = [("组", "组号\n甲\n"), ("组员", "工号,组\n1,甲\n2,乙\n"), ("走访", "谁,次\n1,3\n2,4\n")]
    ended = zhunsheng("run", policy, *(wrote(tmp_path, f"{name}.csv", text) for name, text in data))
    assert ended.code == 3
    told = zhunsheng("run", policy, *(tmp_path / f"{name}.csv" for name, _ in data), "--format", "json").out
    assert [each["code"] for each in json.loads(told)["rejected"]] == ["ZS735", "ZS742"]
    assert "走访.csv 第 3 行 “谁”=“2” 它属于“2”，而那一行（组员.csv 第 3 行）不知属于谁" in ended.out
    assert "读入 2 = 采用 1 + 搁置 0 + 无主 1 + 重复 0" in ended.out


PEOPLE: list[list[object]] = [["工号"], ["1"], ["2"]]
LIST: list[list[object]] = [["工号", "性质", "发生日期"], ["1", "严重", "2024-05-01"]]


def test_a_sheet_under_another_name_is_pointed_out(orphans: Path, tmp_path: Path) -> None:
    data = workbook(tmp_path / "a.xlsx", 员工=PEOPLE, 违规记录2024=LIST)
    ended = zhunsheng("run", orphans, data)
    assert (ended.code, "ZS644" in ended.err) == (2, True)
    assert f"违规={data}#违规记录2024" in ended.err
    assert zhunsheng("run", orphans, data, f"违规={data}#违规记录2024").code == 0


def test_a_sheet_that_may_be_the_main_data_is_pointed_out(orphans: Path, tmp_path: Path) -> None:
    data = workbook(tmp_path / "a.xlsx", Sheet1=PEOPLE, 违规=LIST)
    ended = zhunsheng("run", orphans, data)
    assert (ended.code, "ZS695" in ended.err, "--none" in ended.err) == (2, True, False)
    assert f"员工={data}#Sheet1" in ended.err
    assert zhunsheng("run", orphans, f"员工={data}#Sheet1", f"违规={data}#违规").code == 0


def test_what_the_people_may_stand_in_is_named(orphans: Path, tmp_path: Path) -> None:
    data = workbook(tmp_path / "a.xlsx", 花名册=[["登记"], *PEOPLE], 违规=LIST)
    ended = zhunsheng("run", orphans, data)
    assert (ended.code, "ZS695" in ended.err, "员工=" in ended.err, "#花名册" in ended.err) == (2, True, True, True)
    other = workbook(tmp_path / "b.xlsx", 花名册=[["编号"], ["1"]], 违规=LIST)
    for language, said in (("zh", "这些表没有使用：b.xlsx 花名册"), ("en", "these were not used: b.xlsx 花名册")):
        ended = zhunsheng("run", orphans, other, "--lang", language)
        assert (ended.code, "ZS698" in ended.err, said in ended.err.replace("\n", "")) == (2, True, True)
    folder = tmp_path / "data"
    folder.mkdir()
    wrote(folder, "名单.csv", "工号\n1\n")
    wrote(folder, "违规.csv", "工号,性质,发生日期\n1,严重,2024-05-01\n")
    ended = zhunsheng("run", orphans, folder)
    assert (ended.code, "ZS695" in ended.err, "名单" in ended.err) == (2, True, True)


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ([["登记"], *LIST], "ZS644"),
        ([["工号", "类别", "发生日期"], ["1", "严重", "2024-05-01"]], "ZS644"),
        ([["编号", "类别", "日子"], ["1", "严重", "2024-05-01"]], "ZS696"),
    ],
)
def test_what_a_list_may_stand_in_is_named(orphans: Path, tmp_path: Path, sheet: list[list[object]], code: str) -> None:
    data = workbook(tmp_path / "a.xlsx", 员工=PEOPLE, 台账=sheet)
    ended = zhunsheng("run", orphans, data)
    said = " ".join(ended.err.split())
    assert (ended.code, code in said, "台账" in said, "--none 违规" in said) == (2, True, True, True)


def test_a_sheet_that_another_word_uses_is_not_called_unused(orphans: Path, tmp_path: Path) -> None:
    data = workbook(tmp_path / "a.xlsx", 员工=PEOPLE, 台账=LIST, 封面=[["请填"], ["某"]])
    ended = zhunsheng("run", orphans, data, f"违规={tmp_path}/./a.xlsx#台账")
    assert (ended.code, "这些表未使用：封面" in ended.out) == (0, True)
    folder = tmp_path / "data"
    folder.mkdir()
    wrote(folder, "员工.csv", "工号\n1\n")
    wrote(folder, "台账.csv", "工号,性质,发生日期\n1,严重,2024-05-01\n")
    ended = zhunsheng("run", orphans, folder, f"违规={folder / '台账.csv'}")
    assert (ended.code, "未使用" in ended.out) == (0, False)


def test_a_sheet_left_that_looks_like_a_record_is_asked_about(orphans: Path, tmp_path: Path) -> None:
    data = workbook(tmp_path / "a.xlsx", 员工=PEOPLE, 违规=LIST, 二〇二三=LIST)
    ended = zhunsheng("run", orphans, data)
    assert (ended.code, "ZS646" in ended.err) == (2, True)
    assert zhunsheng("run", orphans, f"员工={data}#员工", f"违规={data}#违规").code == 0
    other = workbook(
        tmp_path / "b.xlsx", 员工=PEOPLE, 违规=LIST, 封面=[["2024 年考核"], ["请填"]], 汇总=[["支行", "人数"], ["a", 1]]
    )
    ended = zhunsheng("run", orphans, other)
    assert (ended.code, "封面、汇总" in ended.out) == (0, True)


@pytest.mark.parametrize(
    "above",
    [
        [["登记"]],
        [["2024 年登记", None, "单位：件"], [None], ["填表人", "某"]],
        [["编号", "情况", "情况"]],
    ],
)
def test_a_sheet_left_is_known_by_titles_below_other_rows(
    orphans: Path, tmp_path: Path, above: list[list[object]]
) -> None:
    data = workbook(tmp_path / "a.xlsx", 员工=PEOPLE, 违规=LIST, 下半年=[*above, *LIST])
    for language, said in (
        ("zh", "“下半年”没有使用，但它像是“违规”"),
        ("en", "`下半年` was not used, but it is like `违规`"),
    ):
        ended = zhunsheng("run", orphans, data, "--lang", language)
        assert (ended.code, "ZS646" in ended.err, said in ended.err) == (2, True, True)
        assert f"违规={data}#下半年" in ended.err.replace("\n", "")
    assert zhunsheng("run", orphans, f"员工={data}#员工", f"违规={data}#下半年").code == 0
    empty = workbook(tmp_path / "b.xlsx", 员工=PEOPLE, 违规=LIST, 下半年=[*above, LIST[0], [None, " "]])
    assert zhunsheng("run", orphans, empty).code == 0


@pytest.mark.parametrize("above", ["", "2024 年登记,,\n"])
def test_a_file_left_in_a_folder_is_known_by_its_titles(orphans: Path, tmp_path: Path, above: str) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    wrote(folder, "员工.csv", "工号\n1\n")
    wrote(folder, "违规.csv", "工号,性质,发生日期\n1,严重,2024-05-01\n")
    wrote(folder, "下半年.csv", above + "工号,性质,发生日期\n1,严重,2024-09-01\n")
    ended = zhunsheng("run", orphans, folder)
    assert (ended.code, "ZS646" in ended.err) == (2, True)
    assert f"员工={folder / '员工.csv'} 违规={folder / '违规.csv'}" in ended.err.replace("\n", "")
    assert zhunsheng("run", orphans, f"员工={folder / '员工.csv'}", f"违规={folder / '违规.csv'}").code == 0


def test_a_file_under_another_name_is_pointed_out(orphans: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    wrote(tmp_path / "data", "员工.csv", "工号\n1\n")
    wrote(tmp_path / "data", "处分.csv", "工号,性质,发生日期\n1,严重,2024-05-01\n")
    ended = zhunsheng("run", orphans, tmp_path / "data")
    assert (ended.code, "ZS644" in ended.err, "处分.csv" in ended.err) == (2, True, True)


@pytest.mark.parametrize(("text", "name"), [(ORPHANS, "填表说明"), (HOURS, "how to fill in")])
def test_the_page_of_notes_of_a_template_is_not_mentioned(text: str, name: str, tmp_path: Path) -> None:
    policy = wrote(tmp_path, "p.policy", text)
    zhunsheng("template", policy, "-o", tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    assert name in book.sheetnames
    book.worksheets[0].append(["1", "Ann"])
    book.save(tmp_path / "t.xlsx")
    ended = zhunsheng("run", policy, tmp_path / "t.xlsx")
    assert (ended.code, name in ended.out + ended.err) == (0, False)


# -- the people -----------------------------------------------------------------------------------------------------


def test_the_people_reconcile_when_some_are_repeated_or_set_aside(tmp_path: Path) -> None:
    policy = wrote(tmp_path, "p.policy", HOURS)
    people = wrote(tmp_path, "employee.csv", "staff_no,name\n1,Ann\n1,Ann\n2,Bob\n2,Bo\n3,\n4,Dee\n\n")
    courses = wrote(tmp_path, "course.csv", "employee,hours\n1,15\n2,3\n3,4\n4,x\n5,1\n")
    found = told("run", policy, people, courses)
    account = {each["record"]: each for each in found["account"]}  # type: ignore[attr-defined]
    assert found["counts"] == {"read": 5, "decided": 1, "referred": 0, "undecided": 1, "rejected": 3, "repeats": 1}
    assert (account["employee"]["set_aside"], account["employee"]["repeated"]) == ([4, 5, 6], [3])
    assert (account["course"]["set_aside"], account["course"]["nobody"], account["course"]["taken"]) == (
        [3, 4, 5],
        [6],
        1,
    )


def test_empty_lists_are_no_lack(orphans: Path) -> None:
    ended = run(orphans, "")
    assert ended.code == 0
    assert "核对 违规（违规.csv）：读入 0 = 采用 0 + 搁置 0 + 无主 0 + 重复 0" in ended.out
