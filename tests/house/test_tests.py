"""The tests hold to their own rules: no clock decides anything, and what is shared stands once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
CLOCKS = {"time", "timeit"}
NOW = {"now", "today", "utcnow", "sleep"}


def clocks(tree: ast.AST) -> Iterator[int]:
    """The lines that read a clock, wait, or give something a time to end in."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) if any(name.name in CLOCKS for name in names):
                yield node.lineno
            case ast.ImportFrom(module=module) if module in CLOCKS:
                yield node.lineno
            case ast.Call(func=ast.Attribute(attr=attr)) if attr in NOW:
                yield node.lineno
            case ast.keyword(arg="timeout" | "deadline", value=ast.Constant(value=value)) if value is not None:
                yield node.value.lineno


def test_no_clock_decides_whether_a_test_passes() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{line}"
        for path in sorted(TESTS.rglob("*.py"))
        for line in clocks(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == [], "count work (tests/work.py), or measure it in benchmarks/"


@pytest.mark.parametrize(
    "text", ["import time", "from time import sleep", "date.today()", "run(x, timeout=5)", "settings(deadline=200)"]
)
def test_clocks_are_seen(text: str) -> None:
    assert list(clocks(ast.parse(text))) == [1]
