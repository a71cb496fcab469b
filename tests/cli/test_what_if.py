"""What a simulation says of causes, money and open cases, held against counting by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import zhunsheng

BASE = """政策 “评级”
选项 等级 = 甲 > 乙
数据 员工：
    工号：文本，主键
    支行：文本
    在岗：是否
    分：整数 0..100 分，可缺
    加分：整数 0..10 分，可缺
排名 名次{among}{same}：
    按 分 从高到低
    并列 同名次
    末位并列 {edge}
    缺 不参加
名额 等级：
    按 分 从高到低
    甲 至多 {share}
    否则：乙
    取整 舍去到 1 名
    末位并列 {edge}
    基数 个数(全体 员工)
    溢出 顺延
    缺额 空缺
    缺 不参加
定义 津贴：
    当 等级 = 甲：{pay} 元
    否则：100 元
定义 总分 = 分{more}
结果 总分，名次，等级，津贴
"""
USUAL = {"among": "", "same": "", "edge": "全进", "share": "50%", "pay": "300", "more": ""}
ROWS = """工号,支行,在岗,分,加分
a,东,是,90,1
b,东,否,80,1
c,西,是,70,
d,西,是,60,1
"""


def simulated(folder: Path, *options: str, rows: str = ROWS, **changed: str) -> dict[str, object]:
    for name, values in (("old", USUAL), ("new", USUAL | changed)):
        (folder / f"{name}.policy").write_text(BASE.format(**values), encoding="utf-8")
    (folder / "员工.csv").write_text(rows, encoding="utf-8")
    ended = zhunsheng("simulate", folder / "old.policy", folder / "员工.csv", "--against", folder / "new.policy",
                      "--format", "json", *options)  # fmt: skip
    assert ended.code in (0, 3), ended.out + ended.err
    found: dict[str, object] = json.loads(ended.out) | {"code": ended.code}
    return found


def causes(found: dict[str, object]) -> dict[str, str]:
    return {change["key"]: change["cause"] for change in found["changes"]}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"among": " 限 在岗"}, {"b": "hit", "c": "displaced", "d": "displaced"}),
        ({"same": " 同 支行"}, {"c": "hit", "d": "hit"}),
        ({"share": "100%"}, {"c": "hit", "d": "hit"}),
        ({"share": "25%"}, {"b": "hit"}),
        ({"pay": "400"}, {"a": "hit", "b": "hit"}),
        ({}, {}),
    ],
)
def test_causes(tmp_path: Path, changed: dict[str, str], expected: dict[str, str]) -> None:
    assert causes(simulated(tmp_path, **changed)) == expected


def test_money_is_added_up(tmp_path: Path) -> None:
    found = simulated(tmp_path, pay="400")
    assert found["code"] == 0
    assert found["sums"]["津贴"] == [  # type: ignore[index]
        {"total": "800", "people": 4, "average": "200"},
        {"total": "1000", "people": 4, "average": "250"},
    ]


def test_by_a_field(tmp_path: Path) -> None:
    simulated(tmp_path)
    (tmp_path / "new.policy").write_text(BASE.format(**USUAL | {"share": "75%"}), encoding="utf-8")
    told = zhunsheng("simulate", tmp_path / "old.policy", tmp_path / "员工.csv", "--against", tmp_path / "new.policy",
                     "--by", "支行", "--lang", "zh")  # fmt: skip
    lines = [line.split() for line in told.out.splitlines()]
    assert ["东", "2", "0"] in lines
    assert ["西", "2", "1"] in lines
    assert ["西", "2", "2", "200", "400", "+200", "100", "200", "1", "0"] in lines
    wrong = zhunsheng("simulate", tmp_path / "old.policy", tmp_path / "员工.csv", "--against", tmp_path / "new.policy",
                      "--by", "支", "--lang", "zh")  # fmt: skip
    assert "支行" in wrong.err


def test_cases_that_are_open_now_are_told_with_the_reason(tmp_path: Path) -> None:
    found = simulated(tmp_path, more=" + 加分")
    assert found["code"] == 3
    assert [(each["code"], each["people"]) for each in found["opened"]] == [("ZS801", 1)]  # type: ignore[attr-defined]


def test_a_sweep_is_what_each_value_gives(tmp_path: Path) -> None:
    """Each value alone gives the sums and changes of its stretch; neighbours that differ are told apart."""
    policy, data = tmp_path / "p.policy", tmp_path / "员工.csv"
    text = BASE.format(**USUAL).replace("定义 津贴：", "参数 线 = 75 分\n条件 入围 全部：\n    分 ≥ 线\n定义 津贴：")
    policy.write_text(text.replace("结果 总分，", "结果 入围，").replace("当 等级 = 甲", "当 入围"), encoding="utf-8")
    data.write_text(ROWS, encoding="utf-8")
    swept = zhunsheng("simulate", policy, data, "--sweep", "线=55..95", "--format", "json")
    assert swept.code == 0, swept.err
    found = json.loads(swept.out)["stretches"]
    assert [(each["first"], each["last"]) for each in found] == [
        ("55", "60"), ("61", "70"), ("71", "80"), ("81", "90"), ("91", "95")]  # fmt: skip
    assert [each["changed"] for each in found] == [2, 1, 0, 1, 2]
    for each in found:
        for value in (each["first"], each["last"]):
            alone = json.loads(zhunsheng("simulate", policy, data, "--set", f"线={value}", "--format", "json").out)
            assert alone["sums"]["津贴"][1]["total"] == each["sums"]["津贴"]
            assert len(alone["changes"]) == each["changed"]


@pytest.mark.parametrize("sweep", ["线", "线=5", "线=9..1", "线=0.0001..100", "没有=1..2"])
def test_a_sweep_that_is_none_is_refused(tmp_path: Path, sweep: str) -> None:
    policy, data = tmp_path / "p.policy", tmp_path / "员工.csv"
    policy.write_text(BASE.format(**USUAL).replace("定义 津贴：", "参数 线 = 75 分\n定义 津贴："), encoding="utf-8")
    data.write_text(ROWS, encoding="utf-8")
    ended = zhunsheng("simulate", policy, data, "--sweep", sweep)
    assert ended.code == 2
    assert "Traceback" not in ended.err


def test_a_figure_of_another_text(tmp_path: Path) -> None:
    """`--set` on top of `--against` sets it in the other text alone."""
    old, new, data = tmp_path / "old.policy", tmp_path / "new.policy", tmp_path / "员工.csv"
    text = BASE.format(**USUAL).replace("定义 津贴：", "参数 加倍 = 1\n定义 津贴：")
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("否则：100 元", "否则：100 元 × 加倍"), encoding="utf-8")
    data.write_text(ROWS, encoding="utf-8")
    ended = zhunsheng("simulate", old, data, "--against", new, "--set", "加倍=3", "--format", "json")
    found = json.loads(ended.out)
    assert [each["total"] for each in found["sums"]["津贴"]] == ["800", "1200"]
    assert found["edit"].endswith("new.policy，加倍=3")


GRADED = """政策 “评档”
选项 档 = 甲 > 乙 > 丙，无档
数据 员工：
    工号：文本，主键
    分：整数 0..100 分
参数 线 = {line} 分
定义 {name}：
    当 分 ≥ 线：甲
    当 分 < 线 且 分 ≥ 60 分：乙
    当 分 < 60 分 且 分 ≥ {low} 分：丙
    否则：无档
结果 {name}{more}
"""


def graded(folder: Path, *, name: str = "档次", line: int = 80, low: int = 40, more: str = "") -> str:
    old, new = folder / "o.policy", folder / "n.policy"
    old.write_text(GRADED.format(name="档次", line=80, low=40, more=""), encoding="utf-8")
    new.write_text(GRADED.format(name=name, line=line, low=low, more=more), encoding="utf-8")
    (folder / "员工.csv").write_text("工号,分\na,90\nb,85\nc,70\nd,50\ne,35\n", encoding="utf-8")
    return zhunsheng("simulate", old, folder / "员工.csv", "--against", new).out


def test_which_way_people_move(tmp_path: Path) -> None:
    assert "档次：降 1 人" in graded(tmp_path, line=90)
    assert "档次：升 1 人，退出等级 1 人" in graded(tmp_path, line=70, low=55)
    assert "档次：进入等级 1 人" in graded(tmp_path, low=30)


def test_results_that_are_renamed_new_or_gone_are_said(tmp_path: Path) -> None:
    renamed = graded(tmp_path, name="职级", line=70)
    assert "结果改了名：档次 → 职级，这一项没有逐人比较" in renamed
    assert "没有人的结果改变" not in renamed
    told = graded(tmp_path, name="职级", low=30)
    assert "多了的结果：职级" in told
    assert "少了的结果：档次" in told
    assert "多了的结果：分" in graded(tmp_path, more="，分")


def test_a_goal_is_reached_where_counting_says_so(tmp_path: Path) -> None:
    graded(tmp_path)
    policy, data = tmp_path / "o.policy", tmp_path / "员工.csv"
    marks = (90, 85, 70, 50, 35)

    def asked(goal: str) -> list[int]:
        ended = zhunsheng("simulate", policy, data, "--sweep", "线=61..100", "--goal", goal, "--format", "json")
        assert ended.code == 0, ended.err
        spans = json.loads(ended.out)["reached"]
        return [value for first, last in spans for value in range(int(first), int(last) + 1)]

    counted = {line: sum(mark >= line for mark in marks) for line in range(61, 101)}
    assert asked("甲人数 = 2") == [line for line, n in counted.items() if n == 2]
    assert asked("个数 甲 ≥ 1") == [line for line, n in counted.items() if n >= 1]
    assert asked("count of 甲 < 1") == [line for line, n in counted.items() if n < 1]
    told = zhunsheng("simulate", policy, data, "--sweep", "线=61..69", "--goal", "甲人数 = 2").out
    assert "试过的值里没有哪个达到 甲人数 = 2；最近的：61..69 时是 3" in told


def test_a_budget_is_a_goal(tmp_path: Path) -> None:
    simulated(tmp_path)
    policy, data = tmp_path / "old.policy", tmp_path / "员工.csv"
    text = policy.read_text(encoding="utf-8").replace("甲：300 元", "甲：甲津贴")
    policy.write_text(text.replace("排名 名次", "参数 甲津贴 = 300 元\n排名 名次"), encoding="utf-8")
    ended = zhunsheng("simulate", policy, data, "--sweep", "甲津贴=200..400", "--goal", "合计 津贴 ≤ 900 元")
    assert "达到 合计 津贴 ≤ 900 元 的值：" in ended.out, ended.out + ended.err
    values = [v for v in range(200, 401) if 2 * v + 2 * 100 <= 900]
    spans = json.loads(
        zhunsheng(
            "simulate",
            policy,
            data,
            "--sweep",
            "甲津贴=200..400",
            "--goal",
            "total 津贴 <= 0.09 万元",
            "--format",
            "json",
        ).out
    )["reached"]
    assert [v for first, last in spans for v in range(int(first), int(last) + 1)] == values


@pytest.mark.parametrize("goal", ["甲人数", "己人数 = 2", "档次 = 2", "甲 = 多"])
def test_a_goal_that_is_none_is_refused(tmp_path: Path, goal: str) -> None:
    graded(tmp_path)
    ended = zhunsheng("simulate", tmp_path / "o.policy", tmp_path / "员工.csv", "--sweep", "线=61..70", "--goal", goal)
    assert (ended.code, "--goal" in ended.err) == (2, True)


def swept(folder: Path, *options: str) -> tuple[int, str, str]:
    graded(folder)
    ended = zhunsheng("simulate", folder / "o.policy", folder / "员工.csv", "--lang", "zh", *options)
    return ended.code, ended.out, ended.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--sweep", "线=61..70", "--sweep", "线=71..80"), "不同的参数"),
        (("--sweep", "线=61..70", "--sweep", "甲=1..2", "--sweep", "乙=1..2"), "最多试两个参数"),
        (("--sweep", "线=61..70:0"), "步长要大于 0"),
        (("--sweep", "线=61..70:-1"), "步长要大于 0"),
        (("--sweep", "线=61..70:20"), "步长 20 比整个范围还大"),
        (("--sweep", "线=70..61"), "从小到大写：线=61..70"),
        (("--sweep", "线=1..90000"), "最多 2000 个"),
        (("--sweep", "线=61分..70元"), "单位要相同"),
        (("--sweep", "线=61..70", "--goal", "无当人数 = 2"), "是不是 档次.无档"),
        (("--sweep", "线=61..70", "--goal", "合计(甲) = 2"), "--goal"),
        (("--sweep", "线=61..70", "--goal", "随便写"), "要写成“合格人数 = 50”"),
        (("--sweep", "线=61..70", "--goal", "档次.甲 = 1", "--goal", "档次.乙 = 1"), "--goal 只能写一个"),
        (("--set", "线=61", "--set", "线=62"), "线 写了两次"),
        (("--set", "线=61", "--format", "html"), "只能是 text、json"),
    ],
)
def test_what_is_wrong_with_a_sweep_is_said(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    code, out, err = swept(tmp_path, *options)
    assert (code, out) == (2, "")
    assert said in err.replace("\n", "").replace(" ", "").replace("│", "") or said in err


def test_a_step_is_kept_to(tmp_path: Path) -> None:
    code, out, _ = swept(tmp_path, "--sweep", "线=70..100:10", "--format", "json")
    assert code == 0
    assert [(e["first"], e["last"], e["moved"]) for e in json.loads(out)["stretches"]] == [
        ("70", "70", []), ("80", "80", ["c"]), ("90", "90", ["b"]), ("100", "100", ["a"])]  # fmt: skip


def test_a_goal_may_name_the_result_and_says_who_moves_together(tmp_path: Path) -> None:
    """a and b stand at 90 and 85: with the line at 86..90 one has 甲, at 85 or below two have."""
    assert "达到 档次.甲 = 1 的值：86..90" in swept(tmp_path, "--sweep", "线=70..99", "--goal", "档次.甲 = 1")[1]
    (tmp_path / "员工.csv").write_text("工号,分\na,85\nb,85\nc,70\n", encoding="utf-8")
    told = zhunsheng(
        "simulate", tmp_path / "o.policy", tmp_path / "员工.csv", "--sweep", "线=80..90", "--goal", "档次.甲 = 1"
    ).out
    assert (
        "试过的值里没有哪个达到 档次.甲 = 1；最近的：86..90 时是 0、80..85 时是 2；到 86 这一步有 2 人一起变：a、b"
        in told
    )


def test_two_parameters_are_a_grid(tmp_path: Path) -> None:
    """Each cell is what both values set together give; a goal is told of cells."""
    policy, data = tmp_path / "p.policy", tmp_path / "员工.csv"
    policy.write_text(GRADED.format(name="档次", line=80, low=40, more="，奖").replace(
        "结果", "参数 底 = 100 元\n定义 奖：\n    当 档次 = 甲：底\n    否则：0 元\n结果"), encoding="utf-8")  # fmt: skip
    data.write_text("工号,分\na,90\nb,85\nc,70\nd,50\ne,35\n", encoding="utf-8")
    asked = ("simulate", policy, data, "--sweep", "线=70..90:10", "--sweep", "底=100..300:100")
    cells = json.loads(zhunsheng(*asked, "--format", "json").out)["cells"]
    heads = {"70": 3, "80": 2, "90": 1}
    assert [(e["values"], e["heads"]["档次"]["甲"], e["sums"]["奖"]) for e in cells] == [
        ({"线": line, "底": pay}, n, str(n * int(pay))) for line, n in heads.items() for pay in ("100", "200", "300")]  # fmt: skip
    for each in cells:
        sets = [part for name, value in each["values"].items() for part in ("--set", f"{name}={value}")]
        alone = json.loads(zhunsheng("simulate", policy, data, *sets, "--format", "json").out)
        assert len(alone["changes"]) == each["changed"]
    shown = zhunsheng(*asked, "--lang", "zh").out
    assert ["80", "200", "400", "600"] in [line.split() for line in shown.splitlines()]
    goal = zhunsheng(*asked, "--lang", "zh", "--goal", "合计(奖) = 300").out
    assert (
        "达到 合计(奖) = 300 的有 2 对，改变的人少的在前：线=70，底=100（改变 1 人）；线=90，底=300（改变 2 人）"
        in goal
    )
    none = zhunsheng(*asked, "--lang", "zh", "--goal", "合计(奖) = 250").out
    assert "试过的值里没有哪个达到 合计(奖) = 250；最近的：线=80，底=100 时是 200；线=70，底=100 时是 300" in none
    many = zhunsheng("simulate", policy, data, "--sweep", "线=0..100", "--sweep", "底=100..300")
    assert (many.code, "2000" in many.err) == (2, True)
