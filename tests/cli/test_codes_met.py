"""Codes that only a run with files can bring about, each brought about."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.cli.command import COURSES, EXAM, PEOPLE, environment, wrote, zhunsheng

LECTURERS = "工号,说课\nT1,30\nT2,99\n"
HOURS = "主讲,课时\nT1,10\nT2,20\nT9,5\nT1,三\n"
WITHOUT_PYARROW = """
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "pyarrow" else found(name, *more)
from zhunsheng.__main__ import main
main()
"""


def lectures(folder: Path, lecturers: str, hours: str) -> Any:
    """What a run over two tables tells."""
    policy = wrote(folder, "lectures.policy", COURSES)
    people, courses = wrote(folder, "people.csv", lecturers), wrote(folder, "courses.csv", hours)
    ended = zhunsheng("run", policy, f"讲师={people}", f"课程={courses}", "--format", "json")
    assert ended.code == 3, ended.err
    return json.loads(ended.out)


def test_rows_of_nobody_and_of_one_set_aside(tmp_path: Path) -> None:
    told = lectures(tmp_path, LECTURERS, HOURS)
    codes = {(Path(row["file"]).name, row["row"]): row["code"] for row in told["rejected"]}
    assert codes[("courses.csv", 3)] == "ZS736"
    assert codes[("courses.csv", 4)] == "ZS735"


def test_a_row_set_aside_leaves_its_owner_open(tmp_path: Path) -> None:
    told = lectures(tmp_path, LECTURERS, HOURS)
    assert [reason["code"] for reason in told["decisions"][0]["reasons"]] == ["ZS850"]
    told = lectures(tmp_path, "工号,说课\nT1,30\n", "主讲,课时\nT1,10\nT1,20,7\n")
    assert [reason["code"] for reason in told["decisions"][0]["reasons"]] == ["ZS851"]


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    ended = zhunsheng("run", wrote(tmp_path, "exam.policy", EXAM), loop)
    assert ended.code == 2
    assert "ZS602" in ended.err


def test_parquet_without_its_library(tmp_path: Path) -> None:
    exam, people = wrote(tmp_path, "exam.policy", EXAM), wrote(tmp_path, "people.csv", PEOPLE)
    words = ["run", exam, people, "-o", tmp_path / "out.parquet"]
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_PYARROW, *map(str, words)], capture_output=True, env=environment(), check=False
    )
    assert ran.returncode == 2
    assert "ZS915" in ran.stderr.decode("utf-8")
    assert not (tmp_path / "out.parquet").exists()
