"""`check --fix` and `check --watch`, run as a command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import zhunsheng

BROKEN = """policy "Example"
data person:
    id: text, key
    score: whole 0..100 points
x = score × 2
result x
"""
MENDED = BROKEN.replace("x = score", "define x = score", 1)


@pytest.mark.parametrize(
    ("encoding", "ends"), [("utf-8", "\n"), ("utf-8-sig", "\n"), ("utf-8", "\r\n"), ("gb18030", "\n"), ("utf-16", "\n")]
)
def test_fixes_are_written_as_the_file_was(tmp_path: Path, encoding: str, ends: str) -> None:
    told = "# 说明\n"
    file = tmp_path / "x.policy"
    file.write_bytes((BROKEN + told).replace("\n", ends).encode(encoding))
    done = zhunsheng("check", "--fix", "--yes", str(file))
    assert "+define x = score × 2" in done.out
    assert "-x = score × 2" in done.out
    assert file.read_bytes() == (MENDED + told).replace("\n", ends).encode(encoding)
    assert done.code == 0


def test_nothing_is_written_unasked(tmp_path: Path) -> None:
    file = tmp_path / "x.policy"
    file.write_text(BROKEN, encoding="utf-8")
    done = zhunsheng("check", "--fix", str(file))
    assert "--yes" in done.out
    assert file.read_text(encoding="utf-8") == BROKEN
    assert done.code == 1


def test_a_program_gets_the_lines(tmp_path: Path) -> None:
    file = tmp_path / "x.policy"
    file.write_text(BROKEN, encoding="utf-8")
    (found,) = json.loads(zhunsheng("check", "--format", "json", str(file)).out)
    assert [d["fix"] for d in found["diagnostics"]] == [{"line": 5, "end_line": 5, "text": "define x = score × 2"}]


def started(file: Path, **more: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "ZHUNSHENG_LANG": "en", "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1", **more}
    return subprocess.Popen(
        [sys.executable, "-m", "zhunsheng", "check", "--watch", str(file)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", env=environment,
    )  # fmt: skip


def until(process: subprocess.Popen[str], wanted: str) -> str:
    """The output up to the line that holds `wanted`."""
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(line)
        if wanted in line:
            break
    return "".join(seen)


def test_a_file_is_checked_again_when_it_is_saved(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    file = tmp_path / "x.policy"
    file.write_text(BROKEN, encoding="utf-8")
    process = started(file)
    try:
        assert "ZS186" in until(process, "Ctrl+C")
        aside = tmp_path / "x.tmp"
        aside.write_text(MENDED, encoding="utf-8")
        aside.replace(file)
        assert "no errors" in until(process, "no errors")
    finally:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate()
    assert "Traceback" not in rest
    assert process.returncode in (0, 130), "as any command that is told to stop, or as the watcher ends it"


def test_without_the_library_that_watches_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "x.policy"
    file.write_text(BROKEN, encoding="utf-8")
    (tmp_path / "watchfiles.py").write_text("raise ImportError\n", encoding="utf-8")
    process = started(file, PYTHONPATH=str(tmp_path))
    said, _ = process.communicate()
    assert "ZS921" in said
    assert process.returncode == 2
