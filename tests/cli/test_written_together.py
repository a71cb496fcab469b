"""Several files written together or none, what a killed run leaves behind, encodings of what is written and shown."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli import leftovers
from tests.cli.command import COMMAND, EXAM, PEOPLE, environment, names, wrote, zhunsheng
from tests.cli.test_files_written import BAD, HOLDING

FAILING = """
import os
from pathlib import Path
real, calls = Path.replace, []
def replace(self, target):
    calls.append(target)
    if len(calls) == 2:
        {what}
    return real(self, target)
Path.replace = replace
from cli.main import main
main()
"""


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    wrote(tmp_path, "exam.policy", EXAM)
    return wrote(tmp_path, "bad.csv", BAD)


def run(folder: Path, code: str, *words: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        capture_output=True, cwd=folder, env=environment(), check=False,
    )  # fmt: skip


@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("raise OSError(28, 'No space left on device')", 2),
        ("os.kill(os.getpid(), 15); import signal; signal.pause()", 143),
    ],
)
def test_where_the_second_file_fails_the_first_is_as_it_was(
    bad: Path, tmp_path: Path, old: bool, what: str, code: int
) -> None:
    if old:
        wrote(tmp_path, "out.csv", "old results")
        wrote(tmp_path, "out.rejected.csv", "old rows")
    ran = run(tmp_path, FAILING.format(what=what), "run", "exam.policy", bad, "-o", "out.csv", "--force")
    assert ran.returncode == code
    assert b"Traceback" not in ran.stderr
    assert names(tmp_path) == ["bad.csv", "exam.policy", *(["out.csv", "out.rejected.csv"] if old else [])]
    if old:
        assert (tmp_path / "out.csv").read_text() == "old results"
        assert (tmp_path / "out.rejected.csv").read_text() == "old rows"


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "写不了：没有这个文件或文件夹"), ("en", "written: no such file or folder")]
)
def test_why_a_file_cannot_be_written_is_said_in_one_language(bad: Path, language: str, said: str) -> None:
    refused = zhunsheng("run", "exam.policy", bad, "-o", "none/out.csv", "--lang", language, cwd=bad.parent)
    assert (refused.code, said in refused.err) == (2, True)


def test_where_the_second_cannot_be_written_there_is_no_first(bad: Path, tmp_path: Path) -> None:
    (tmp_path / "out.rejected.csv").mkdir()
    refused = zhunsheng("run", "exam.policy", bad, "-o", "out.csv", "--force", cwd=tmp_path)
    assert (refused.code, "ZS906" in refused.err, "out.rejected.csv" in refused.err) == (2, True, True)
    assert names(tmp_path) == ["bad.csv", "exam.policy", "out.rejected.csv"]


def test_rows_set_aside_before_stay_where_the_results_cannot_be_written(tmp_path: Path) -> None:
    wrote(tmp_path, "exam.policy", EXAM)
    wrote(tmp_path, "people.csv", PEOPLE)
    wrote(tmp_path, "out.rejected.csv", "old rows")
    (tmp_path / "out.csv").mkdir()
    refused = zhunsheng("run", "exam.policy", "people.csv", "-o", "out.csv", "--force", cwd=tmp_path)
    assert (refused.code, "ZS906" in refused.err) == (2, True)
    assert (tmp_path / "out.rejected.csv").read_text() == "old rows"


def test_what_a_killed_run_left_is_cleared_by_the_next(bad: Path, tmp_path: Path) -> None:
    words = ["run", tmp_path / "exam.policy", bad, "-o", tmp_path / "out.csv"]
    running = subprocess.Popen(
        [sys.executable, "-c", HOLDING, *map(str, words)], stderr=subprocess.PIPE, env=environment()
    )
    assert running.stderr is not None
    assert running.stderr.readline() == b"holding\n"
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert len(names(tmp_path)) == 3
    assert zhunsheng(*words).code == 3
    assert names(tmp_path) == ["bad.csv", "exam.policy", "out.csv", "out.rejected.csv"]


def test_what_somebody_is_writing_is_left_alone(bad: Path, tmp_path: Path) -> None:
    mine = leftovers.name_beside(tmp_path / "out.csv")
    foreign = tmp_path / f".zhunsheng.00000000.{os.getpid()}.0123456789abcdef"
    other = tmp_path / ".zhunsheng.notes"
    for path in (mine, foreign, other):
        path.touch()
    zhunsheng("run", tmp_path / "exam.policy", bad, "-o", tmp_path / "out.csv")
    assert {mine.name, foreign.name, other.name} <= set(names(tmp_path))


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8-sig", b"\xef\xbb\xbf"), ("gb18030", b""), ("utf-8", b"")])
def test_csv_in_the_encoding_asked_for(bad: Path, tmp_path: Path, encoding: str, mark: bytes) -> None:
    ended = zhunsheng("run", tmp_path / "exam.policy", bad, "-o", tmp_path / "out.csv", "--encoding", encoding)
    assert ended.code == 3
    assert "--encoding" not in ended.out
    for name in ("out.csv", "out.rejected.csv"):
        written = (tmp_path / name).read_bytes()
        assert written.startswith(mark + "编号,".encode(encoding.removesuffix("-sig"))) or name != "out.csv"
        assert "编号" in written.decode(encoding)


def test_plain_csv_says_once_how_a_spreadsheet_opens_it(bad: Path, tmp_path: Path) -> None:
    plain = zhunsheng("run", tmp_path / "exam.policy", bad, "-o", tmp_path / "out.csv")
    assert plain.out.count("--encoding utf-8-sig") == 1
    assert (tmp_path / "out.csv").read_bytes().startswith("编号".encode())
    good = wrote(tmp_path, "people.csv", PEOPLE)
    assert "--encoding" not in zhunsheng("run", tmp_path / "exam.policy", good, "-o", tmp_path / "out.xlsx").out


def test_an_encoding_that_is_not_known(bad: Path, tmp_path: Path) -> None:
    ended = zhunsheng("run", tmp_path / "exam.policy", bad, "-o", tmp_path / "out.csv", "--encoding", "latin-1")
    assert (ended.code, "ZS911" in ended.err) == (2, True)


def test_a_character_that_the_encoding_lacks_is_told_with_its_place(tmp_path: Path) -> None:
    policy = wrote(tmp_path, "exam.policy", EXAM)
    data = wrote(
        tmp_path, "人.json", r'[{"编号": "1", "姓名": "甲", "分数": 60}, {"编号": "2\ud800", "姓名": "乙", "分数": 61}]'
    )
    refused = zhunsheng("run", policy, data, "-o", tmp_path / "out.csv", "--encoding", "gb18030")
    assert (refused.code, "ZS920" in refused.err, "第 3 行“编号”" in refused.err) == (2, True, True)
    assert not (tmp_path / "out.csv").exists()
    assert zhunsheng("run", policy, data, "-o", tmp_path / "out.csv").code == 0


@pytest.mark.parametrize(
    "surroundings",
    [{"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii:strict"}],
)
@pytest.mark.parametrize(
    "words", [("run",), ("run", "--all"), ("explain", "--for", "002"), ("check",), ("template",), ("coverage",)]
)
def test_whatever_the_console_json_is_utf8_and_text_does_not_fail(
    bad: Path, tmp_path: Path, surroundings: dict[str, str], words: tuple[str, ...]
) -> None:
    command, *more = words
    given = [tmp_path / "exam.policy", *([bad] if command in ("run", "explain") else []), *more]
    if command == "coverage":
        given += ["--source", wrote(tmp_path, "source.txt", "第一条 六十分合格。\n")]
    for form in ([], ["--format", "json"]):
        ran = subprocess.run(
            [*COMMAND, command, *map(str, given), *form],
            capture_output=True, env=environment(**surroundings), check=False,
        )  # fmt: skip
        assert b"Traceback" not in ran.stderr
        assert ran.returncode in (0, 1, 3)
        if form:
            assert json.loads(ran.stdout.decode("utf-8"))
            assert "?" not in ran.stdout.decode("utf-8")
