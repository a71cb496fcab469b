"""Wrong use of the command: each fault has its code, and the command ends with 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import CANDIDATES, EN, ZH, zhunsheng

SIMULATE = ("simulate", ZH, CANDIDATES)
RUN = ("run", ZH, CANDIDATES)
FAULTS = {
    "a near parameter": ((*RUN, "--set", "及格线=55"), "ZS902"),
    "no such parameter": ((*RUN, "--set", "xyz=55"), "ZS904"),
    "no value": ((*RUN, "--set", "合格线=当 55"), "ZS903"),
    "no such policy": (("run", "nowhere.policy", CANDIDATES), "ZS905"),
    "no equals sign": ((*RUN, "--set", "合格线"), "ZS911"),
    "no edit to simulate": (SIMULATE, "ZS911"),
    "two ways of changing": ((*SIMULATE, "--set", "合格线=55", "--sweep", "合格线=50..60"), "ZS911"),
    "another engine": ((*RUN, "--engine", "batch"), "ZS914"),
    "a kind of file": ((*RUN, "-o", "out.docx"), "ZS909"),
    "nobody": (("explain", ZH, CANDIDATES, "--for", "H999"), "ZS910"),
    "no such grade": (("explain", ZH, CANDIDATES, "--for", "H0100001", "--why-not", "特级"), "ZS919"),
    "a date": ((*RUN, "--as-of", "明天"), "ZS911"),
}


@pytest.mark.parametrize("idea", FAULTS)
def test_wrong_use_is_told(idea: str) -> None:
    words, code = FAULTS[idea]
    ended = zhunsheng(*words)
    assert ended.code == 2
    assert code in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("政策 “试”\n数据 人：\n    工号：文本，主键\n    日：日期\n定义 甲 = 满年(日，基准日)\n结果 甲\n", "ZS912"),
        ("政策 “试”\n数据 人：\n    工号：文本，主键\n定义 甲 = 1\n", "ZS913"),
        ("例 “一”：\n    假设 甲 = 1\n    得到 甲 = 1\n", "ZS916"),
    ],
)
def test_policies_that_cannot_be_run(text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "p.policy").write_text(text, encoding="utf-8")
    (tmp_path / "d.csv").write_text("工号,日\n1,2020-01-01\n", encoding="utf-8")
    ended = zhunsheng("run", tmp_path / "p.policy", tmp_path / "d.csv")
    assert ended.code == 2
    assert code in ended.err


def test_a_fault_is_told_to_machines_too() -> None:
    ended = zhunsheng(*RUN, "--set", "xyz=55", "--format", "json")
    assert ended.code == 2
    assert [d["code"] for d in json.loads(ended.out)["diagnostics"]] == ["ZS904"]


def test_policies_about_different_data_are_not_compared(tmp_path: Path) -> None:
    other = tmp_path / "other.policy"
    other.write_text("政策 “别的”\n数据 户：\n    户号：文本，主键\n定义 甲 = 1\n结果 甲\n", encoding="utf-8")
    for against in (other, EN):
        assert "ZS917" in zhunsheng("simulate", ZH, CANDIDATES, "--against", against).err
