"""The house stands as ARCHITECTURE.md draws it: imports run one way, each library has its home, only cli prints."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOOR = "zhunsheng"
LAYERS: dict[str, set[str]] = {
    "policy": set(),
    "dsl": {"policy"},
    "interpreter": {"policy"},
    "cli": {"policy", "dsl", "interpreter", DOOR},
    DOOR: {"policy", "dsl", "interpreter", "cli"},
}
HOMES = {"lark": {"dsl/syntax/build.py"}, "rich": {"cli"}, "typer": {"cli"}}
UNSAFE = {"pickle", "marshal", "shelve", "dill", "joblib"}
POLICY_SPEAKS = {"msgspec"}
SAID_OTHERWISE = {"docx": "python-docx", "yaml": "pyyaml"}
SCREENS = {"stdout", "stderr", "__stdout__", "__stderr__"}


def modules() -> list[Path]:
    """Every source file of the engine."""
    inside = (path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
    return sorted(path for path in inside)


def layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(node: ast.AST) -> list[str]:
    """The modules that one statement or call loads, however it is written."""
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(level=0, module=str(module)):
            return [module]
        case ast.Call(func=ast.Name(id="import_module" | "__import__"), args=[ast.Constant(value=str(module)), *_]):
            return [module]
        case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(module)), *_]):
            return [module]
        case _:
            return []


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """The top-level names a file imports, each with its place."""
    for node in ast.walk(tree(path)):
        for module in imported(node):
            yield module.split(".")[0], f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_imports_run_one_way() -> None:
    breaches = [
        f"{place}: {layer(path)} imports {name}"
        for path in modules()
        for name, place in imports(path)
        if name in LAYERS and name != layer(path) and name not in LAYERS[layer(path)]
    ]
    assert breaches == []


def test_relative_imports_stay_in_their_package() -> None:
    breaches = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level >= len(path.relative_to(ROOT).parts)
    ]
    assert breaches == []


def test_each_library_has_its_home() -> None:
    breaches = [
        f"{place}: {name} belongs in {', '.join(sorted(HOMES[name]))}"
        for path in modules()
        for name, place in imports(path)
        if not HOMES.get(name, {layer(path)}) & {layer(path), str(path.relative_to(ROOT))}
    ]
    assert breaches == []


def test_nothing_is_loaded_that_could_be_code() -> None:
    assert [f"{place}: {name}" for path in modules() for name, place in imports(path) if name in UNSAFE] == []


def test_policy_needs_only_the_standard_library_and_its_structs() -> None:
    known = sys.stdlib_module_names | POLICY_SPEAKS | {"policy"}
    strangers = [
        f"{place}: {name}"
        for path in modules()
        if layer(path) == "policy"
        for name, place in imports(path)
        if name not in known
    ]
    assert strangers == []


def test_every_library_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project.get("optional-dependencies", {})
    needs = [need for group in (project["dependencies"], *optional.values()) for need in group]
    declared = {re.split(r"[^\w-]", need)[0].lower() for need in needs}
    known = sys.stdlib_module_names | LAYERS.keys()
    undeclared = [
        f"{place}: {name}"
        for path in modules()
        for name, place in imports(path)
        if name not in known and SAID_OTHERWISE.get(name, name) not in declared
    ]
    assert undeclared == []


def writes_to_screen(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="print")):
            return True
        case ast.Attribute(value=ast.Name(id="sys"), attr=attr):
            return attr in SCREENS
        case _:
            return False


def test_only_cli_prints() -> None:
    breaches = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        for path in modules()
        if layer(path) != "cli"
        for node in ast.walk(tree(path))
        if writes_to_screen(node)
    ]
    assert breaches == []


@pytest.mark.parametrize(
    ("text", "loaded"),
    [
        ("import lark.lexer, rich", ["lark.lexer", "rich"]),
        ("from cli.main import main", ["cli.main"]),
        ("from . import words", []),
        ("import_module('typer')", ["typer"]),
        ("importlib.import_module('cli.run')", ["cli.run"]),
    ],
)
def test_all_ways_to_import_are_seen(text: str, loaded: list[str]) -> None:
    assert [module for node in ast.walk(ast.parse(text)) for module in imported(node)] == loaded
