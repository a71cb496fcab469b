"""Who stands near an edge: by hand in a small policy, and by brute force over the shipped candidates."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import CANDIDATES, EN, ZH, zhunsheng

POLICY = """政策 “评档”
选项 档 = 甲 > 乙，无档
选项 奖级 = 一等 > 二等，不评
数据 员工：
    工号：文本，主键
    支行：文本
    分：数 0..100 分，1 位小数，可缺
    薪：数 0..100 万元，1 位小数
    门槛：整数 0..100 分
参数 线 = 80 分
定义 档次：
    当 分 ≥ 线：甲
    当 60 分 ≤ 分 且 分 < 线：乙
    否则：无档
定义 高薪 = 薪 > 20 万元
定义 过门槛 = 分 ≥ 门槛
定义 同分更高 = 个数(全体 员工 其中 分 > 本.分)
名额 奖级 同 支行：
    按 分 从高到低
    一等 至多 1 名
    二等 至多 1 名
    否则：不评
    取整 舍去到 1 名
    末位并列 全不进
    基数 个数(全体 员工)
    溢出 顺延
    缺额 空缺
    缺 不参加
结果 档次，高薪，过门槛，奖级
"""
ROWS = """工号,支行,分,薪,门槛
a,东,80,20,50
b,东,79.5,20.1,79
c,东,60,30,90
d,西,59.9,19.5,60
e,西,81.5,5,81
f,西,,20,1
"""


def told(folder: Path, *options: str, rows: str = ROWS, code: int = 3) -> Any:
    (folder / "p.policy").write_text(POLICY, encoding="utf-8")
    (folder / "员工.csv").write_text(rows, encoding="utf-8")
    ended = zhunsheng("simulate", folder / "p.policy", folder / "员工.csv", *options, "--format", "json")
    assert ended.code == code, ended.out + ended.err
    return json.loads(ended.out)


def rows_of(found: Any, place: str, grade: str = "") -> list[tuple[str, str, str, str]]:
    people = [each for each in found["people"] if (each["asked_by"], each["last_place_of"]) == (place, grade)]
    return [(each["key"], each["edge"], each["distance"], each["side"]) for each in people]


def test_people_near_an_edge_are_those_by_hand(tmp_path: Path) -> None:
    found = told(tmp_path, "--near", "分=1")["near"][0]
    assert rows_of(found, "档次") == [
        ("a", "80", "0", "upper"),
        ("c", "60", "0", "upper"),
        ("d", "60", "0.1", "lower"),
        ("b", "80", "0.5", "lower"),
    ]
    assert rows_of(found, "过门槛") == [
        ("d", "60", "0.1", "lower"),
        ("b", "79", "0.5", "upper"),
        ("e", "81", "0.5", "upper"),
    ]
    assert found["unknown"] == 1
    assert not rows_of(found, "同分更高"), "what a list asks of others is no edge of one's own"
    heads = {(e["asked_by"], e["edge"]): (e["lower"], e["upper"]) for e in found["edges"] if not e["last_place_of"]}
    assert heads["档次", "80"] == (1, 1)
    assert heads["档次", "60"] == (1, 1)


def test_the_last_place_of_a_quota_is_an_edge_within_its_group(tmp_path: Path) -> None:
    found = told(tmp_path, "--near", "分=20")["near"][0]
    assert rows_of(found, "奖级", "一等") == [
        ("a", "80", "0", "upper"),
        ("e", "81.5", "0", "upper"),
        ("b", "80", "0.5", "lower"),
        ("c", "80", "20", "lower"),
    ], "d is 21.6 from e; f has no mark"
    assert rows_of(found, "奖级", "二等") == [
        ("b", "79.5", "0", "upper"),
        ("a", "79.5", "0.5", "upper"),
        ("c", "79.5", "19.5", "lower"),
    ], "in the west both have a place, so that nothing was cut off"


def test_distances_are_in_the_unit_of_the_number_and_an_open_edge_is_past(tmp_path: Path) -> None:
    found = told(tmp_path, "--near", "薪=0.5")["near"][0]
    assert rows_of(found, "高薪") == [
        ("a", "20", "0", "lower"),
        ("f", "20", "0", "lower"),
        ("b", "20", "0.1", "upper"),
        ("d", "20", "0.5", "lower"),
    ]
    assert not found["edges"][0]["edge_itself_is_upper"]


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    head, *rows = ROWS.splitlines()
    turned = "\n".join([head, *reversed(rows)]) + "\n"
    assert told(tmp_path, "--near", "分=20")["near"] == told(tmp_path, "--near", "分=20", rows=turned)["near"]


def test_edges_are_those_of_the_rule_in_force(tmp_path: Path) -> None:
    alone = told(tmp_path, "--near", "分=1")["near"]
    assert told(tmp_path, "--near", "分=1", "--set", "线=70")["near"] == alone


@pytest.mark.parametrize("asked", ["分", "分=", "分=-1", "分=1/0", "支行=1", "没有=1", "分=1e9"])
def test_what_is_no_number_or_no_distance_is_refused(tmp_path: Path, asked: str) -> None:
    (tmp_path / "p.policy").write_text(POLICY, encoding="utf-8")
    (tmp_path / "员工.csv").write_text(ROWS, encoding="utf-8")
    ended = zhunsheng("simulate", tmp_path / "p.policy", tmp_path / "员工.csv", "--near", asked)
    assert ended.code == 2
    assert "--near" in ended.err


def test_files_are_written_and_groups_stand_beside(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    both = told(tmp_path, "--near", "分=1", "--fair", "支行", "-o", str(out))
    assert set(both["fairness"][0]) == {"result", "least", "field", "before"}
    assert out.read_text(encoding="utf-8").startswith("得到,支行")
    told(tmp_path, "--near", "分=1", "-o", str(tmp_path / "out.xlsx"))
    people = tmp_path / "people.csv"
    told(tmp_path, "--near", "薪=0.1", "-o", str(people))
    assert people.read_text(encoding="utf-8").splitlines() == [
        "主键,薪,分界,用在,相差,在哪一边",
        "a,20,20 以上（不含）,高薪,0,未过",
        "f,20,20 以上（不含）,高薪,0,未过",
        "b,20.1,20 以上（不含）,高薪,0.1,已过",
    ]
    assert (tmp_path / "out.xlsx").exists()


def test_over_the_shipped_candidates_it_is_what_brute_force_finds(tmp_path: Path) -> None:
    decided = tmp_path / "decided.csv"
    zhunsheng("run", ZH, CANDIDATES, "-o", decided)
    with decided.open(encoding="utf-8-sig", newline="") as file:
        score = {row["工号"]: Decimal(row["总分"]) for row in csv.DictReader(file) if row["总分"]}
    ended = zhunsheng("simulate", ZH, CANDIDATES, "--near", "总分=2.5", "--format", "json")
    found = json.loads(ended.out)["near"][0]
    wanted = sorted((abs(v - 60), key, v >= 60) for key, v in score.items() if abs(v - 60) <= Decimal("2.5"))
    got = [(Decimal(e["distance"]), e["key"], e["side"] == "upper") for e in found["people"]]
    assert wanted
    assert got == wanted
    assert found["unknown"] == sum(1 for _ in CANDIDATES.open(encoding="utf-8-sig")) - 1 - len(score)
    edge = found["edges"]
    assert [(e["lower"], e["upper"]) for e in edge] == [
        (sum(not up for *_, up in wanted), sum(up for *_, up in wanted))
    ]


def test_places_are_told_by_the_last_of_the_better_ones() -> None:
    ended = zhunsheng("simulate", ZH, CANDIDATES, "--near", "名次=0", "--format", "json")
    found = json.loads(ended.out)["near"][0]
    assert all(not e["edge_itself_is_upper"] and Fraction(e["edge"]) >= 1 for e in found["edges"])
    assert all(e["value"] == e["edge"] and e["side"] == "lower" for e in found["people"])
    assert {"5", "10", "15", "20"} <= {e["edge"] for e in found["people"]}


def test_the_page_is_in_the_language_asked_for() -> None:
    ended = zhunsheng("simulate", EN, CANDIDATES, "--near", "total=1", "--lang", "en")
    assert "within 1 of an edge of total" in ended.out, ended.out + ended.err
    assert "short of it" in ended.out
    assert "from 60" in ended.out
