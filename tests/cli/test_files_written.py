"""Files are written whole or not at all: what is there already, what is read, a full disk, an end in the middle."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import COMMAND, COURSES, EXAM, PEOPLE, environment, names, table, wrote, zhunsheng

BAD = "编号,姓名,分数\n001,甲,七十\n002,乙,60\n003,丙,100.5\n"
HOLDING = """
import os, signal
def hold(handle):
    os.write(2, b"holding\\n")
    signal.pause()
os.fsync = hold
from cli.main import main
main()
"""


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    wrote(tmp_path, "people.csv", PEOPLE)
    return wrote(tmp_path, "exam.policy", EXAM)


def test_an_existing_file_is_replaced_only_by_force(exam: Path, tmp_path: Path) -> None:
    out = wrote(tmp_path, "out.csv", "old")
    refused = zhunsheng("run", exam, tmp_path / "people.csv", "-o", out)
    assert (refused.code, out.read_text()) == (2, "old")
    assert "ZS907" in refused.err
    assert zhunsheng("run", exam, tmp_path / "people.csv", "-o", out, "--force").code == 0
    assert table(out)[0] == {"编号": "001", "分数": "75", "合格": "是", "结局": "决定", "原因": ""}
    assert names(tmp_path) == ["exam.policy", "out.csv", "people.csv"]


@pytest.mark.parametrize("spec", ["people.csv", "人=people.csv", "./people.csv"])
def test_an_input_is_never_written_to(exam: Path, tmp_path: Path, spec: str) -> None:
    refused = zhunsheng("run", "exam.policy", spec, "-o", "people.csv", "--force", cwd=tmp_path)
    assert (refused.code, "ZS908" in refused.err) == (2, True)
    assert (tmp_path / "people.csv").read_text(encoding="utf-8") == PEOPLE


def test_a_file_of_a_folder_that_is_read_is_an_input(exam: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    mine = wrote(tmp_path / "data", "人.csv", PEOPLE)
    refused = zhunsheng("run", exam, tmp_path / "data", "-o", mine, "--force")
    assert (refused.code, "ZS908" in refused.err) == (2, True)
    assert mine.read_text(encoding="utf-8") == PEOPLE


def test_a_link_to_an_input_is_an_input(exam: Path, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "people.csv")
    refused = zhunsheng("run", exam, tmp_path / "people.csv", "-o", tmp_path / "link.csv", "--force")
    assert (refused.code, "ZS908" in refused.err) == (2, True)


@pytest.mark.parametrize("target", ["none/out.csv", "people.csv/out.csv", "x" * 300 + ".csv"])
def test_a_place_that_cannot_be_written_to(exam: Path, tmp_path: Path, target: str) -> None:
    refused = zhunsheng("run", exam, tmp_path / "people.csv", "-o", tmp_path / target)
    assert (refused.code, "ZS906" in refused.err) == (2, True)
    assert names(tmp_path) == ["exam.policy", "people.csv"]


def test_a_read_only_folder(exam: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    folder = Path("/proc") if os.geteuid() == 0 else locked  # no folder of its own is read-only to root
    refused = zhunsheng("run", exam, tmp_path / "people.csv", "-o", folder / "out.csv")
    assert (refused.code, "ZS906" in refused.err) == (2, True)


@pytest.mark.parametrize("kind", [".txt", "", ".pdf"])
def test_a_kind_that_cannot_be_written(exam: Path, tmp_path: Path, kind: str) -> None:
    refused = zhunsheng("run", exam, tmp_path / "people.csv", "-o", tmp_path / f"out{kind}")
    assert (refused.code, "ZS909" in refused.err) == (2, True)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet", "json"])
def test_a_disk_that_is_full_leaves_the_old_file(exam: Path, tmp_path: Path, kind: str) -> None:
    many = "".join(f"{n:05},某人,{n % 100}\n" for n in range(3000))
    data, out = wrote(tmp_path, "people.csv", "编号,姓名,分数\n" + many), wrote(tmp_path, f"out.{kind}", "old")
    ran = subprocess.run(
        [*COMMAND, "run", exam, data, "-o", out, "--force"],
        capture_output=True,
        env=environment(),
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    assert (ran.returncode, out.read_text()) == (2, "old")
    assert b"Traceback" not in ran.stderr
    assert "ZS906" in ran.stderr.decode("utf-8")
    assert names(tmp_path) == ["exam.policy", out.name, "people.csv"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_end_in_the_middle_of_writing_leaves_nothing(exam: Path, tmp_path: Path, number: int, code: int) -> None:
    out = wrote(tmp_path, "out.csv", "old")
    words = ["run", exam, tmp_path / "people.csv", "-o", out, "--force"]
    running = subprocess.Popen(
        [sys.executable, "-c", HOLDING, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert running.stderr is not None
    assert running.stderr.readline() == b"holding\n"
    assert len(names(tmp_path)) == 4
    running.send_signal(number)
    _, said = running.communicate()
    assert (running.returncode, said) == (code, b"")
    assert names(tmp_path) == ["exam.policy", "out.csv", "people.csv"]
    assert out.read_text() == "old"


def test_rows_set_aside_go_to_a_file_of_their_own(exam: Path, tmp_path: Path) -> None:
    data = wrote(tmp_path, "bad.csv", BAD)
    ended = zhunsheng("run", exam, data, "-o", tmp_path / "out.csv")
    assert ended.code == 3
    assert ended.last == "核对：读入 3 = 决定 1 + 转人工 0 + 未决 0 + 搁置 2"
    aside = table(tmp_path / "out.rejected.csv")
    assert list(aside[0]) == ["类别", "文件", "工作表", "行", "编号", "列", "值", "原因"]
    assert [(r["行"], r["编号"], r["列"], r["值"]) for r in aside] == [
        ("2", "001", "分数", "七十"),
        ("4", "003", "分数", "100.5"),
    ]
    assert all(row["文件"].endswith("bad.csv") and row["原因"] for row in aside)
    assert [row["编号"] for row in table(tmp_path / "out.csv")] == ["002"]


def test_rows_set_aside_before_do_not_linger(exam: Path, tmp_path: Path) -> None:
    data, out = wrote(tmp_path, "bad.csv", BAD), tmp_path / "out.csv"
    zhunsheng("run", exam, data, "-o", out)
    again = zhunsheng("run", exam, tmp_path / "people.csv", "-o", tmp_path / "out.csv")
    assert (again.code, "ZS907" in again.err) == (2, True)
    assert zhunsheng("run", exam, tmp_path / "people.csv", "-o", out, "--force").code == 0
    assert not (tmp_path / "out.rejected.csv").exists()


def test_a_policy_with_errors_writes_nothing(tmp_path: Path) -> None:
    policy = wrote(tmp_path, "bad.policy", EXAM.replace("分数 ≥ 线", "分 ≥ 线"))
    data = wrote(tmp_path, "people.csv", PEOPLE)
    assert zhunsheng("run", policy, data, "-o", tmp_path / "out.csv").code == 1
    assert names(tmp_path) == ["bad.policy", "people.csv"]


def test_two_records_from_a_folder_and_from_named_files(tmp_path: Path) -> None:
    policy = wrote(tmp_path, "courses.policy", COURSES)
    (tmp_path / "data").mkdir()
    teachers = wrote(tmp_path / "data", "讲师.csv", "工号,说课\n1,30\n2,20.5\n")
    hours = wrote(tmp_path / "data", "课程.csv", "主讲,课时\n1,10\n1,2.5\n2,8\n")
    one = zhunsheng("run", policy, tmp_path / "data", "-o", tmp_path / "one.csv")
    two = zhunsheng("run", policy, f"讲师={teachers}", f"课程={hours}", "-o", tmp_path / "two.csv")
    three = zhunsheng("run", policy, hours, teachers, "-o", tmp_path / "three.csv")
    assert (one.code, two.code, three.code) == (0, 0, 0)
    assert [row["课时数"] for row in table(tmp_path / "one.csv")] == ["12.5", "8"]
    assert table(tmp_path / "one.csv") == table(tmp_path / "two.csv") == table(tmp_path / "three.csv")
