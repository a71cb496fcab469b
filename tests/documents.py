"""What a shipped document must hold, however it is shipped: in order, worked, true to its source, one in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from dsl.pipeline import parse
from dsl.syntax import surface as s
from policy.source import Source
from tests.cli.command import ROOT, zhunsheng

IN_CHINESE = {"yes": "是", "no": "否", "none": "无", "decided": "决定", "referred": "转人工", "undecided": "未决"}
"""The words of results that are the engine's own."""
_QUOTED = re.compile(r"^[ \t]*>[ \t]*(.+)$", re.MULTILINE)


def in_order(document: Path) -> None:
    """No error and no finding but accepted ones, in the canonical layout."""
    checked = zhunsheng("check", document)
    assert checked.code == 0, checked.out + checked.err
    assert re.search(r"(错误 0，发现 0|errors 0, findings 0)", checked.out), checked.out
    assert zhunsheng("fmt", "--check", document).code == 0


def worked(document: Path, least: int, *, every_clause: bool = False) -> None:
    """At least so many examples, all of them right, and every clause used by one if that is asked."""
    tested = zhunsheng("test", "--coverage", document)
    assert tested.code == 0, tested.out
    passed = re.search(r"(\d+) (?:个通过|examples? pass)", tested.out)
    assert passed is not None, tested.out
    assert int(passed[1]) >= least
    if every_clause:
        used, clauses = re.findall(r"(\d+)(?:/| of )(\d+)", tested.last)[0]
        assert used == clauses, tested.last


def quoted(document: Path, source: Path, *, whole: bool) -> None:
    """What is quoted stands in the source, blanks apart; and the whole source is quoted if that is asked."""
    text = _bare(source.read_text(encoding="utf-8"))
    quotes = {_bare(quote) for quote in _QUOTED.findall(document.read_text(encoding="utf-8"))}
    assert quotes
    assert [quote for quote in quotes if quote not in text] == []
    left = [True] * len(text)
    for quote in quotes:
        for found in re.finditer(re.escape(quote), text):
            left[found.start() : found.end()] = [False] * len(quote)
    if whole:
        assert "".join(letter for letter, unquoted in zip(text, left, strict=True) if unquoted) == ""


def decided(document: Path, data: Sequence[str | Path], as_of: str | None = None, code: int | None = None) -> Any:
    """What a run tells as JSON; it accounts for every row."""
    dated = ["--as-of", as_of] if as_of else []
    ended = zhunsheng("run", document, *data, *dated, "--format", "json", cwd=document.parent)
    assert code is None or ended.code == code, ended.out + ended.err
    told = json.loads(ended.out)
    counts = told["counts"]
    assert counts["read"] == sum(counts[kind] for kind in ("decided", "referred", "undecided", "rejected"))
    return told


def rows(told: Any, words: dict[str, str]) -> list[tuple[str, str, list[str]]]:
    """Key, outcome and results of each decision, with words turned."""
    return [
        (case["key"], case["outcome"], [words.get(value, value) for value in case["results"].values()])
        for case in told["decisions"]
    ]


def choices(document: Path) -> list[str]:
    """The values of every choice, in the order of the text."""
    parsed = parse(Source(document.name, document.read_text(encoding="utf-8"))).document
    assert parsed is not None
    return [word.text for st in parsed.statements if isinstance(st, s.Choice) for word in st.order.values]


def _bare(text: str) -> str:
    """Text without blanks and line breaks."""
    return "".join(text.split())


def script(name: str) -> ModuleType:
    """A script of docs/, which belongs to no package."""
    spec = spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
