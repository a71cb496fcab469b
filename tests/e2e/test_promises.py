"""What makes the command quick: it loads nothing that the task does not need. Times themselves are for benchmarks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import CANDIDATES, ZH, environment

PROGRAM = """
import io, json, sys
sys.argv = ["zhunsheng", *sys.argv[1:]]
screen, sys.stdout = sys.stdout, io.StringIO()
from cli.main import main
try:
    main()
except SystemExit as end:
    code = end.code
json.dump([code, sorted(sys.modules)], screen)
"""


def loaded_by(*words: str | Path) -> set[str]:
    """The modules that a command loads."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, words)], capture_output=True, env=environment(), check=True
    )
    code, modules = json.loads(ran.stdout)
    assert code == 0
    return set(modules)


HEAVY = ("lark", "pyarrow", "openpyxl", "defusedxml", "yaml", "pypinyin", "numpy", "pydantic", "hypothesis")


@pytest.mark.parametrize("words", [("run", ZH, CANDIDATES), ("check", ZH)], ids=["run", "check"])
def test_heavy_libraries_stay_out(words: tuple[str | Path, ...]) -> None:
    assert loaded_by(*words) & set(HEAVY) == set()


def test_finding_near_names_stays_out() -> None:
    ours = {name for name in loaded_by("run", ZH, CANDIDATES) if name.startswith(("dsl.", "interpreter.", "cli."))}
    assert ours.isdisjoint(("dsl.suggest", "dsl.readback", "dsl.settings", "dsl.layout"))


def test_check_loads_no_interpreter() -> None:
    assert not [name for name in loaded_by("check", ZH) if name.startswith("interpreter")]


def test_run_loads_no_other_command() -> None:
    commands = {name for name in loaded_by("run", ZH, CANDIDATES) if name.startswith("cli.commands.")}
    assert commands == {"cli.commands.run"}


def test_the_parser_is_not_built_anew() -> None:
    assert "dsl.syntax.build" not in loaded_by("check", ZH)
