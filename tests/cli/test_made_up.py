"""Made-up people: the same from one seed, of the declared types throughout, and like the sample where there is one."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from cli import values
from dsl import pipeline
from interpreter.reading import Dataset, Reading, read
from interpreter.reading.account import account_of
from interpreter.reading.needed import uses_of
from interpreter.simulating.drawing import drawn
from interpreter.simulating.making import made
from policy.core import Policy
from policy.reads import owner_fields, records_read
from tests.cli.command import ROOT, table, wrote, zhunsheng

SHIPPED = sorted([*(ROOT / "policy" / "library").rglob("*.policy"), *(ROOT / "examples").rglob("*.policy")])
DAY = date(2025, 6, 30)

PAIRS = """政策 “成对”
选项 职务 = 柜员，经理
数据 员工：
    工号：文本，主键
    姓名：文本
    岗位：职务
    支行：文本
    分：整数 0..100 分
数据 奖惩：
    谁：员工，归属
    网点：文本
    次：整数 0..9 次
参数 线 = 60 分
定义 津贴：
    当 分 ≥ 线：300 元
    否则：100 元
定义 东边 = 个数(奖惩 其中 网点 = “东”)
定义 次数 = 合计(奖惩.次)
定义 西经理 = 岗位 = 经理 且 支行 = “西”
结果 西经理，津贴，东边，次数
"""
STAFF = "工号,姓名,岗位,支行,分\na,张三,柜员,东,59\nb,李四,经理,西,100\nc,王五,经理,西,0\n"
LISTED = "谁,网点,次\na,东,1\na,东,9\nb,西,0\n"


def policy_of(path: Path) -> Policy:
    loaded = pipeline.load(path)
    assert loaded.policy is not None, [d.code for d in loaded.diagnostics]
    return loaded.policy


def as_files(people: Dataset, policy: Policy, folder: Path) -> list[str]:
    """The people as CSV files, one a record, and how they are named on the command line."""
    specs = []
    for at, record in enumerate(policy.records):
        path = folder / f"{at}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow([field.header for field in record.fields])
            for row in people.tables[record.name].rows:
                out.writerow(values.shown(row.values[f.name], f.type, policy.language) for f in record.fields)
        specs.append(f"{record.name}={path}")
    return specs


def reread(specs: list[str], policy: Policy) -> Dataset:
    how = Reading((), records_read(policy), owner_fields(policy), uses=uses_of(policy))
    return read(specs, policy.records, policy.main.name, how)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_field_is_of_its_type(path: Path, tmp_path: Path) -> None:
    """Written and read again, nobody's row is set aside, and every value is the one that was made."""
    policy = policy_of(path)
    people = made(policy, 150, 7, DAY)
    assert len(people.tables[policy.main.name].rows) == 150
    found = reread(as_files(people, policy, tmp_path), policy)
    account = account_of(found)
    assert [(each.record.name, each.left) for each in account.tables if each.of("set_aside") or each.of("nobody")] == []
    for record in policy.records:
        # Listed rows without a key may be alike by chance, and count once.
        made_rows = {tuple(row.values.items()) for row in people.tables[record.name].rows}
        assert {tuple(row.values.items()) for row in found.tables[record.name].rows} == made_rows


def files(folder: Path) -> tuple[Path, Path, Path]:
    return wrote(folder, "成对.policy", PAIRS), wrote(folder, "员工.csv", STAFF), wrote(folder, "奖惩.csv", LISTED)


def digest(folder: Path, name: str, *more: str) -> str:
    out = folder / name
    ended = zhunsheng("simulate", folder / "成对.policy", "--set", "线=50", "-o", out, *more)
    assert ended.code == 0, ended.err
    return hashlib.sha256(out.read_bytes()).hexdigest()


def test_one_seed_makes_the_same_people(tmp_path: Path) -> None:
    files(tmp_path)
    first = digest(tmp_path, "1.csv", "--people", "300")
    assert digest(tmp_path, "2.csv", "--people", "300", "--seed", "1") == first
    assert digest(tmp_path, "3.csv", "--people", "300", "--seed", "2") != first
    assert digest(tmp_path, "4.csv", "--people", "300", "--seed", "0") != first


def test_the_people_of_a_seed_stay_who_they_are(tmp_path: Path) -> None:
    """What a release, a version of Python or a platform must not change."""
    people = made(policy_of(files(tmp_path)[0]), 3, 1, DAY)
    assert [tuple(row.values.values()) for row in people.tables["员工"].rows] == EXPECTED


EXPECTED: list[tuple[object, ...]] = [
    ("虚构-000001", "姓名2", "经理", "支行1", 63),
    ("虚构-000002", "姓名8", "经理", "支行6", 100),
    ("虚构-000003", "姓名4", "柜员", "支行7", 3),
]


def test_they_are_said_to_be_made_up(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    policy = files(tmp_path)[0]
    common = ("simulate", policy, "--set", "线=50", "--people", "40")
    assert "虚构的 40 人" in zhunsheng(*common, "--lang", "zh").out.splitlines()[0]
    assert "40 made-up people" in zhunsheng(*common, "--lang", "en").out.splitlines()[0]
    told = json.loads(zhunsheng(*common, "--format", "json", "--lang", "zh").out)
    assert told["made_up"].startswith("虚构的 40 人")
    assert zhunsheng(*common, "-o", tmp_path / "o.xlsx", "--lang", "zh").code == 0
    assert all(title.startswith("虚构 ") for title in load_workbook(tmp_path / "o.xlsx").sheetnames)
    assert zhunsheng(*common, "-o", tmp_path / "o.csv").code == 0
    rows = table(tmp_path / "o.csv")
    assert rows
    assert all(row["工号"].startswith("虚构-") for row in rows)


def test_a_sample_keeps_together_what_belongs_together(tmp_path: Path) -> None:
    """Whoever is drawn keeps post, branch and all listed rows; names and keys go; numbers move by one at most."""
    policy_path, staff, listed = files(tmp_path)
    policy = policy_of(policy_path)
    people = drawn(policy, reread([f"员工={staff}", f"奖惩={listed}"], policy), 200, 3, DAY)
    rows = [row.values for row in people.tables["员工"].rows]
    assert len({row["工号"] for row in rows}) == 200
    assert not {row["姓名"] for row in rows} & {"张三", "李四", "王五"}
    lists: dict[str, list[tuple[str, int]]] = {row["工号"]: [] for row in rows}
    for row in people.tables["奖惩"].rows:
        lists[row.values["谁"]].append((row.values["网点"], row.values["次"]))
    seen = set()
    for row in rows:
        own = lists[row["工号"]]
        pair = (row["岗位"], row["支行"])
        if pair == ("柜员", "东"):
            assert row["分"] in (58, 59, 60)
            assert [branch for branch, _ in own] == ["东", "东"]
            assert own[0][1] in (0, 1, 2)
            assert own[1][1] in (8, 9)
        else:
            assert pair == ("经理", "西")
            assert row["分"] in ((99, 100) if own else (0, 1))
            assert own in ([], [("西", 0)], [("西", 1)])
        seen.add((row["岗位"], row["分"], len(own)))
    assert {("柜员", 58, 2), ("柜员", 60, 2), ("经理", 99, 1), ("经理", 1, 0)} <= seen


def test_a_sample_on_the_command_line(tmp_path: Path) -> None:
    policy, *data = files(tmp_path)
    words = ("--people", "90", "--set", "线=58", "--format", "json", "--lang", "zh")
    ended = zhunsheng("simulate", policy, *data, *words)
    assert ended.code == 0, ended.err
    found = json.loads(ended.out)
    assert found["people"] == 90
    assert "从样本的 3 人" in found["made_up"]
    assert {each["record"]: each["read"] for each in found["account"]} == {"员工": 3, "奖惩": 3}


@pytest.mark.parametrize(
    "words",
    [
        ("--set", "线=50"),
        ("员工.csv", "奖惩.csv", "--set", "线=50", "--seed", "2"),
        ("--people", "9", "--sweep", "线=50..60"),
        ("--people", "9", "--with", "员工.csv", "--set", "线=50"),
        ("--people", "0", "--set", "线=50"),
        ("--people", "9"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    files(tmp_path)
    ended = zhunsheng("simulate", "成对.policy", *words, "--lang", "zh", cwd=tmp_path)
    assert ended.code == 2
    assert "--" in ended.err


def test_fields_declared_otherwise_fit_nobody(tmp_path: Path) -> None:
    policy = files(tmp_path)[0]
    other = wrote(tmp_path, "新.policy", PAIRS.replace("整数 0..100 分", "整数 0..120 分"))
    ended = zhunsheng("simulate", policy, "--people", "9", "--against", other, "--lang", "zh")
    assert ended.code == 2
    assert "“分”" in ended.err
    more = wrote(tmp_path, "加.policy", PAIRS.replace("    分：整数", "    级数：整数 0..9 级\n    分：整数"))
    ended = zhunsheng("simulate", policy, "--people", "9", "--against", more)
    assert ended.code == 0, ended.err
