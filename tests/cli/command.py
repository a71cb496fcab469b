"""The command as it is used: a process of its own, with files of its own; and small policies to use it on."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

ROOT = Path(__file__).parents[2]
SELECTION = ROOT / "policy" / "library" / "selection"
ZH, EN = SELECTION / "selection.policy", SELECTION / "selection.en.policy"
CANDIDATES = SELECTION / "candidates.csv"
EXPECTED = ROOT / "tests" / "library" / "selection_expected.csv"
COMMAND = [sys.executable, "-m", "zhunsheng"]

EXAM = """政策 “小考”
数据 人：
    编号：文本，主键
    姓名：文本
    分数：数 0..100 分，1 位小数，可缺 (缺考)
参数 线 = 60 分
定义 合格 = 分数 ≥ 线
结果 分数，合格
"""
"""One record; who has no mark is undecided."""

COURSES = """政策 “讲师”
数据 讲师：
    工号：文本，主键
    说课：数 0..40 分，1 位小数
数据 课程：
    主讲：讲师，归属
    课时：数 0..200 课时，1 位小数
定义 课时数 = 合计(课程.课时)
结果 说课，课时数
"""
"""Two records."""

PEOPLE = "编号,姓名,分数\n001,甲,75\n002,乙,59.9\n"


class Ended(Struct, frozen=True):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        return self.out.rstrip("\n").rpartition("\n")[2]


def environment(**more: str) -> dict[str, str]:
    """The surroundings of a command: nothing that could change what it says."""
    dropped = ("ZHUNSHENG_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "LC_CTYPE": "C.UTF-8", **more}


def zhunsheng(*words: str | Path, cwd: Path | None = None, **more: str) -> Ended:
    """The command run to its end."""
    ran = subprocess.run(
        [*COMMAND, *map(str, words)], capture_output=True, cwd=cwd, env=environment(**more), check=False
    )
    ended = Ended(ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"))
    assert "Traceback" not in ended.err + ended.out, ended.err
    return ended


def wrote(folder: Path, name: str, text: str) -> Path:
    """A file of that text."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def names(folder: Path) -> Sequence[str]:
    """Everything in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())
