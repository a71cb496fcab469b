"""The front door where it is used: in a folder whose files have the names of its packages, by programs and as a command."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.command import EXAM, PEOPLE, ROOT, Ended, environment, wrote, zhunsheng

ROOMS = ("policy", "dsl", "interpreter", "cli")
USED = """
import zhunsheng
decided = zhunsheng.run(zhunsheng.load("exam.policy"), ["people.csv"])
print([(case.key, case.results["合格"].value) for case in decided.decisions.cases])
"""
TOLD = "[('001', True), ('002', False)]\n"
STRANGER = "raise SystemExit('a stranger was run')\n"
SCRIPT = Path(sys.executable).with_name("zhunsheng")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to work in, with a policy and its data."""
    wrote(tmp_path, "exam.policy", EXAM)
    wrote(tmp_path, "people.csv", PEOPLE)
    return tmp_path


def stranger(folder: Path, name: str, kind: str) -> Path:
    """Something of the user's with the name of one of the packages."""
    if kind == "file":
        return wrote(folder, f"{name}.py", STRANGER)
    (folder / name).mkdir()
    return wrote(folder, f"{name}/__init__.py", STRANGER) if kind == "package" else folder / name


def program(folder: Path, text: str) -> Ended:
    """A program in that folder, run to its end."""
    path = wrote(folder, "program.py", text)
    ran = subprocess.run([sys.executable, path], capture_output=True, cwd=folder, env=environment(), check=False)
    return Ended(ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"))


@pytest.mark.parametrize("kind", ["file", "package", "folder"])
@pytest.mark.parametrize("room", ROOMS)
def test_a_program_works_beside_a_module_of_the_same_name(folder: Path, room: str, kind: str) -> None:
    there = stranger(folder, room, kind)
    ended = program(folder, USED)
    assert (ended.code, ended.out) == (0, TOLD)
    assert (str(there) in ended.err) == (kind != "folder")


def test_a_program_is_quiet_where_nothing_is_in_the_way(folder: Path) -> None:
    assert program(folder, USED) == Ended(0, TOLD, "")


@pytest.mark.parametrize("room", ROOMS)
def test_a_module_that_was_first_is_named(folder: Path, room: str) -> None:
    there = wrote(folder, f"{room}.py", "")
    ended = program(folder, f"import {room}\n{USED}")
    assert ended.code == 1
    assert ended.err.splitlines()[-1].startswith(f"ImportError: {there} was imported as “{room}”")
    assert "请给这个文件改名" in ended.err


@pytest.mark.parametrize("kind", ["file", "package", "folder"])
@pytest.mark.parametrize("room", ROOMS)
def test_the_command_works_there_and_says_nothing_of_it(folder: Path, room: str, kind: str) -> None:
    stranger(folder, room, kind)
    ended = zhunsheng("check", "exam.policy", cwd=folder)
    assert (ended.code, ended.err) == (0, "")


def test_the_installed_script_works_with_strangers_on_the_path(folder: Path) -> None:
    for room in ROOMS:
        stranger(folder, room, "file")
    ran = subprocess.run(
        [SCRIPT, "check", "exam.policy"], cwd=folder, env=environment(PYTHONPATH=str(folder)), capture_output=True,
        check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_there_is_one_version() -> None:
    import zhunsheng as engine

    assert zhunsheng("--version") == Ended(0, f"zhunsheng {engine.__version__}\n", "")
    assert version("zhunsheng") == engine.__version__


def test_all_means_every_optional_part() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = set(project["optional-dependencies"]) - {"all", "dev"}
    assert {need.removeprefix("zhunsheng[").rstrip("]") for need in project["optional-dependencies"]["all"]} == parts
    assert "zhunsheng[all]" in project["optional-dependencies"]["dev"]


def test_programs_see_the_types(tmp_path: Path) -> None:
    wrote(
        tmp_path,
        "typed.py",
        'import zhunsheng\n\ncase = zhunsheng.run(zhunsheng.load("x"), []).decisions.cases[0]\nreveal_type(case.key)\n',
    )
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "typed.py"], cwd=tmp_path, capture_output=True, text=True,
        env=environment(), check=False,
    )  # fmt: skip
    assert 'Revealed type is "str"' in ran.stdout.replace("builtins.str", "str"), ran.stdout
