"""`allocate` as it is used: who gets what and why, why not, what cannot all hold, what was kept."""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Ended, zhunsheng
from tests.docs.test_schemas import valid

POLICY = """政策 “窗口分派”
选项 类别 = 对公 > 对私
数据 窗口：
    窗口号：文本，主键
    网点：文本
    类别：类别
    业务量：整数 0..500 笔，可缺
    原柜员：柜员，归属，可缺
数据 柜员：
    工号：文本，主键
    姓名：文本
    网点：文本
    成绩：整数 0..100 分
参数 上限 = 2 个
分配 窗口 给 柜员 为 当班人：        【第五条】
    每个 柜员 至多 上限              【第五条(一)】
    当 类别 = 对公：柜员.成绩 ≥ 80   【第五条(二)】
    当 类别 = 对私：柜员.网点 = 窗口.网点  【第五条(三)】
    目标 1：优先 类别 = 对公         【第六条】
    目标 2：保留 原柜员              【第六条】
    目标 3：均衡 业务量              【第六条】
结果 当班人
"""
ENGLISH = """policy "Windows"
choice kind = Corporate > Private
data window:
    window_no: text, key, column "窗口号"
    outlet: text, column "网点"
    kind: choice (对公 > 对私), column "类别"
    volume: whole 0..500 cases, optional, column "业务量"
    present: teller, belongs, optional, column "原柜员"
data teller:
    code: text, key, column "工号"
    name: text, column "姓名"
    outlet: text, column "网点"
    mark: whole 0..100 points, column "成绩"
parameter most_of_each = 2 windows
allocate window to teller as on_duty:   [Art. 5]
    each teller at most most_of_each    [Art. 5 (1)]
    when kind = 对公: mark ≥ 80         [Art. 5 (2)]
    when kind = 对私: teller.outlet = window.outlet  [Art. 5 (3)]
    goal 1: prefer kind = 对公          [Art. 6]
    goal 2: keep present                [Art. 6]
    goal 3: balance volume              [Art. 6]
result on_duty
"""
WINDOWS = """窗口号,网点,类别,业务量,原柜员
W1,一,对公,100,A2
W2,一,对私,80,A2
W3,一,对私,60,A1
W4,二,对私,50,
W5,一,对私,40,A1
"""
TELLERS = "工号,姓名,网点,成绩\nA1,甲,一,90\nA2,乙,一,70\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("w.policy", POLICY), ("e.policy", ENGLISH), ("w.csv", WINDOWS), ("t.csv", TELLERS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def allocate(folder: Path, *more: object, policy: str = "w.policy", **environment: str) -> Ended:
    names = ("窗口", "柜员") if policy == "w.policy" else ("window", "teller")
    data = [f"{name}={file}" for name, file in zip(names, ("w.csv", "t.csv"), strict=True)]
    return zhunsheng("allocate", policy, *data, *more, cwd=folder, **environment)


def told(folder: Path, *more: object, policy: str = "w.policy") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(allocate(folder, *more, "--format", "json", policy=policy).out)
    valid("allocation", found)
    division: dict[str, Any] = found["divisions"][0]
    return division


def owners(division: dict[str, Any]) -> dict[str, str | None]:
    return {item["key"]: item["owner"] for item in division["items"]}


def test_who_gets_what_by_hand(folder: Path) -> None:
    """W1 is corporate and goes to A1, who has 90; A1 may take one more. Of W3 and W5 one stays with A1, W2 with A2; A2
    takes one of the others: 100 + 40 against 80 + 60 is even, 100 + 60 against 80 + 40 is not."""
    division = told(folder)
    assert owners(division) == {"W1": "A1", "W2": "A2", "W3": "A2", "W4": None, "W5": "A1"}
    assert [(g["value"], g["bound"], g["proven"], g["of"]) for g in division["goals"]] == [
        ("1", "1", True, 1),
        ("2", "2", True, 3),
        ("0", "0", True, None),
    ]
    assert division["counts"] == {"count": 5, "given": 4, "left": 1, "open": 0, "outside": 0}
    assert division["others"] is False


def test_the_terminal_says_it_in_both_languages(folder: Path) -> None:
    zh, en = allocate(folder), allocate(folder, "--lang", "en", policy="e.policy")
    assert zh.code == en.code == 3
    assert "窗口 5 个：分出 4，分不出 1，未定 0，不在范围 0" in zh.out
    assert "各目标都已证明不能更好" in zh.out
    assert re.search(r"目标 2 +保留 原柜员 +2 / 3 +2 / 3 +已证", zh.out)
    assert "没有符合条件的柜员" in zh.out
    assert "5 window: 4 given, 1 left, 0 open, 0 not part of it" in en.out
    assert "no teller meets the conditions" in en.out
    assert told(folder)["items"][0]["owner"] == told(folder, policy="e.policy")["items"][0]["owner"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "html", "docx", "json"])
def test_every_kind_of_file(folder: Path, kind: str) -> None:
    ended = allocate(folder, "-o", f"out.{kind}")
    assert ended.code == 3, ended.err
    assert (folder / f"out.{kind}").stat().st_size > 100
    if kind == "csv":
        rows = list(csv.DictReader((folder / "out.csv").read_text(encoding="utf-8").splitlines()))
        assert list(rows[0]) == ["窗口号", "当班人", "结局", "原因"]
        assert rows[3] == {"窗口号": "W4", "当班人": "", "结局": "未决", "原因": "没有符合条件的柜员"}
    if kind == "html":
        page = (folder / "out.html").read_text(encoding="utf-8")
        assert all(word in page for word in ("概况", "目标", "按柜员", "按窗口", "分不出和未定", "如何重现"))


def test_why_not_by_clause_and_by_cost(folder: Path) -> None:
    refused = allocate(folder, "--why-not", "W1", "A2").out
    assert "成绩 70 ≥ 80；差 10（类别 = 对公）【第五条(二)】" in refused.replace("柜员.", "")
    assert "现在给 A1 甲" in refused
    cost = allocate(folder, "--why-not", "W3", "A1").out
    assert "条件允许。改给他，目标 3 变差" in cost
    answer = told(folder, "--why-not", "W2", "A1")["why_not"]
    assert answer["standing"] == "could"
    assert answer["price"]["goal"] == 2
    assert "少保留" in answer["price"]["text"]
    nobody = allocate(folder, "--why-not", "W9", "A1")
    assert nobody.code == 2
    assert "窗口的主键" in nobody.err + nobody.out


def test_no_line_can_hold(folder: Path) -> None:
    text = POLICY.replace("    每个 柜员 至多 上限", "    每个 窗口 恰好 1 名\n    每个 柜员 至多 1 个")
    (folder / "w.policy").write_text(text, encoding="utf-8")
    ended = allocate(folder)
    assert ended.code == 1
    assert "没有分法：各条要求不能同时满足" in ended.out
    assert "必须分出去的窗口里，至少有 3 个分不出去" in ended.out
    conflict = told(folder)["conflict"]
    assert conflict["unplaced"] == 3
    run = zhunsheng("run", "w.policy", "窗口=w.csv", "柜员=t.csv", cwd=folder)
    assert "“当班人”的各条要求不能同时满足，没有一种分法" in run.out


def test_all_have_as_many_as_may_be(folder: Path) -> None:
    ended = allocate(folder, "--set", "上限=1")
    assert "符合条件的柜员都已分满" in ended.out


def test_what_lacks_data_takes_no_part(folder: Path) -> None:
    (folder / "w.csv").write_text(WINDOWS.replace("W2,一,对私,80", "W2,一,对私,"), encoding="utf-8")
    division = told(folder)
    assert division["counts"]["open"] == 1
    assert next(i for i in division["items"] if i["key"] == "W2")["reasons"] == "缺“业务量”"


def test_a_taker_set_aside_takes_nothing(folder: Path) -> None:
    (folder / "t.csv").write_text(TELLERS.replace("A1,甲,一,90", "A1,甲,一,九十"), encoding="utf-8")
    ended = allocate(folder)
    assert "柜员 A1 本身未定，没有参加分配" in ended.out
    assert told(folder)["open_owners"] == ["A1"]


def test_the_last_division_is_kept(folder: Path) -> None:
    placing = POLICY.replace("目标 3：均衡 业务量 ", "目标 3：优先 类别 = 对私")
    (folder / "w.policy").write_text(placing, encoding="utf-8")
    assert allocate(folder, "-o", "last.csv").code == 3
    (folder / "w.csv").write_text(WINDOWS + "W6,一,对私,300,\n", encoding="utf-8")
    (folder / "t.csv").write_text(TELLERS + "A3,丙,一,60\n", encoding="utf-8")
    ended = allocate(folder, "--keep", "last.csv")
    assert "与上次相比，1 个换了，4 个没有变" in ended.out
    assert owners(told(folder, "--keep", "last.csv"))["W6"] == "A3"
    (folder / "t.csv").write_text(TELLERS.replace("90", "79"), encoding="utf-8")
    moved = allocate(folder, "--keep", "last.csv").out
    assert "原来的柜员不再符合条件" in moved
    odd = allocate(folder, "--keep", "t.csv")
    assert odd.code == 2
    assert "“窗口号”和“当班人”两列" in odd.err + odd.out


def test_a_changed_figure_moves_windows(folder: Path) -> None:
    ended = zhunsheng("simulate", "w.policy", "窗口=w.csv", "柜员=t.csv", "--set", "上限=1", cwd=folder)
    assert "5 人中 2 人结果改变" in ended.out
    assert "A1 →" in ended.out


def test_a_share_is_explained(folder: Path) -> None:
    ended = zhunsheng("explain", "w.policy", "窗口=w.csv", "柜员=t.csv", "--for", "W1", cwd=folder)
    assert ended.code == 0, ended.err
    assert "符合条件的柜员 1 名" in ended.out
    assert "因为 类别 = 对公" in ended.out
    assert "【第五条(二)】" in ended.out
    other = zhunsheng("explain", "w.policy", "窗口=w.csv", "柜员=t.csv", "--for", "W2", cwd=folder).out
    assert "改给他，少保留 2 个（目标 2：2 → 0）" in other


def test_without_the_solver(folder: Path) -> None:
    """Small ones are solved all the same; of a large one the line to install it is told."""
    (folder / "hidden").mkdir()
    (folder / "hidden" / "sitecustomize.py").write_text(
        "import importlib.util as u\n_find = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'ortools' else _find(name, *a)\n",
        encoding="utf-8",
    )
    path = os.pathsep.join(filter(None, (str(folder / "hidden"), os.environ.get("PYTHONPATH", ""))))
    assert owners(told(folder)) == {"W1": "A1", "W2": "A2", "W3": "A2", "W4": None, "W5": "A1"}
    ended = allocate(folder, PYTHONPATH=path)
    assert "分出 4，分不出 1" in ended.out, ended.err
    windows = "".join(f"W{n},一,对私,{n % 97 + 1},\n" for n in range(1, 120))
    (folder / "w.csv").write_text(WINDOWS.splitlines()[0] + "\n" + windows, encoding="utf-8")
    tellers = "".join(f"A{n},某,一,{n}\n" for n in range(1, 41))
    (folder / "t.csv").write_text("工号,姓名,网点,成绩\n" + tellers, encoding="utf-8")
    (folder / "w.policy").write_text(POLICY.replace("上限 = 2 个", "上限 = 9 个"), encoding="utf-8")
    large = allocate(folder, PYTHONPATH=path)
    assert large.code == 2
    assert "ZS926" in large.err + large.out
    assert "pip install 'zhunsheng[allocate]'" in large.err + large.out


def reasons(folder: Path, policy: str, item: str) -> list[str]:
    """The codes of why an item is not given out."""
    (folder / "w.policy").write_text(policy, encoding="utf-8")
    data = ("窗口=w.csv", "柜员=t.csv")
    ended = zhunsheng("explain", "w.policy", *data, "--for", item, "--format", "json", cwd=folder)
    return [reason["code"] for reason in json.loads(ended.out)["reasons"]]


def test_each_reason_by_its_code(folder: Path) -> None:
    assert reasons(folder, POLICY, "W4") == ["ZS861"]
    assert reasons(folder, POLICY.replace("= 2 个", "= 0 个"), "W3") == ["ZS862"]
    assert reasons(folder, POLICY.replace("    目标 1", "    每个 窗口 恰好 1 名\n    目标 1"), "W3") == ["ZS860"]


def test_which_division_is_meant(folder: Path) -> None:
    nothing = allocate(folder, "--of", "别的")
    assert nothing.code == 2
    assert "没有叫“别的”的分配；有：窗口.当班人" in nothing.err + nothing.out
    (folder / "w.policy").write_text(POLICY[: POLICY.index("分配")] + "定义 甲 = 网点\n结果 甲\n", encoding="utf-8")
    assert "政策里没有“分配”" in allocate(folder).err


def test_figures_too_large_and_too_little_time(folder: Path) -> None:
    wide = POLICY.replace("业务量：整数 0..500 笔", "业务量：数 0..1000000000000000 笔，6 位小数")
    (folder / "w.policy").write_text(wide, encoding="utf-8")
    text = WINDOWS.replace("W1,一,对私", "W1,一,对私").replace(",80,", ",900000000000000.000001,")
    (folder / "w.csv").write_text(text, encoding="utf-8")
    ended = allocate(folder)
    assert ended.code == 2
    assert "ZS928" in ended.err
    run = zhunsheng("run", "w.policy", "窗口=w.csv", "柜员=t.csv", "--lang", "en", cwd=folder)
    assert "more than is surely exact" in run.err


def test_the_solver_says_where_it_found_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from interpreter.allocating import solve
    from tests.reference.test_dividing import ONE

    cpsat = pytest.importorskip("interpreter.allocating.cpsat")
    pytest.importorskip("ortools", reason="needs the optional OR-Tools: pip install 'zhunsheng[allocate]'")

    def late(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(cpsat, "solve", late)
    with pytest.raises(solve.NotFoundError, match="ZS927"):
        solve.best(ONE)
