"""Small schemes whose worked cases say what the language means: each holds as written, and in the other language."""

from __future__ import annotations

from pathlib import Path

import pytest

from dsl.layout import format_text
from dsl.pipeline import compile_text
from interpreter.exact.examples import run_example
from policy.source import Source

SCHEMES = sorted(Path(__file__).parent.glob("*.policy"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SCHEMES])
def test_the_worked_cases_come_out(path: Path, language: str) -> None:
    text = format_text(Source(path.name, path.read_text(encoding="utf-8")), language)
    assert isinstance(text, str)
    loaded = compile_text(Source(path.name, text))
    assert loaded.policy is not None, loaded.diagnostics
    assert loaded.policy.examples
    assert [found for example in loaded.policy.examples for found in run_example(loaded.policy, example)] == []
