"""The selection scheme: both documents against the results computed apart from this project, the source and the data."""

from __future__ import annotations

import csv
import importlib.util
import random
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dsl import pipeline
from dsl.layout.lines import lines_of
from dsl.syntax import surface as s
from dsl.syntax.parser import Refusal
from dsl.syntax.text import plain
from interpreter.exact.decide import decide
from interpreter.exact.examples import run_example
from interpreter.exact.population import Population
from interpreter.reading import read
from policy import core
from policy.numerals import decimal
from policy.source import Source
from policy.values import NIL

HERE = Path(__file__).parent
FOLDER = Path(__file__).parents[2] / "policy" / "library" / "selection"
CHINESE, ENGLISH = FOLDER / "selection.policy", FOLDER / "selection.en.policy"
BOTH = [CHINESE, ENGLISH]
CONTRADICTIONS = ["ZS420", "ZS422", "ZS423", "ZS410"]


def policy_of(path: Path) -> core.Policy:
    policy = pipeline.load(path).policy
    assert policy is not None
    return policy


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def results(policy: core.Policy, spec: str) -> dict[str, list[str]]:
    """Every candidate's results as the expected file writes them."""
    dataset = read([spec], policy.records, policy.main.name)
    decisions = decide(policy, Population.of_dataset(policy.records, dataset))
    assert all(case.outcome == "decided" for case in decisions.cases)
    return {case.key: [shown(step.value) for step in case.results.values()] for case in decisions.cases}


def shown(value: Any) -> str:
    if value is NIL:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else decimal(value)


def expected() -> dict[str, list[str]]:
    return {key: values for key, *values in table(HERE / "selection_expected.csv")[1:]}


def in_chinese(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """Results of the English document with the Chinese names of the grades."""
    grades = [[word.text for word in choice(path).order.values] for path in (ENGLISH, CHINESE)]
    names = dict(zip(*grades, strict=True))
    return {key: [*values[:-1], names[values[-1]]] for key, values in found.items()}


def choice(path: Path) -> s.Choice:
    document = pipeline.load(path).document
    assert document is not None
    return next(st for st in document.statements if isinstance(st, s.Choice))


@pytest.mark.parametrize("file", ["candidates.csv", "selection.xlsx"])
def test_the_chinese_document_gives_the_expected_results(file: str) -> None:
    assert results(policy_of(CHINESE), str(FOLDER / file)) == expected()


@pytest.mark.parametrize("spec", ["{}/candidates.csv", "candidate={}/selection.xlsx#候选人"])
def test_the_english_document_gives_the_same(spec: str) -> None:
    assert in_chinese(results(policy_of(ENGLISH), spec.format(FOLDER))) == expected()


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_does_not_matter(seed: int, tmp_path: Path) -> None:
    titles, *rows = table(FOLDER / "candidates.csv")
    random.Random(seed).shuffle(rows)
    with (tmp_path / "candidates.csv").open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([titles, *rows])
    assert results(policy_of(CHINESE), str(tmp_path / "candidates.csv")) == expected()


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.stem)
def test_every_example_holds(path: Path) -> None:
    policy = policy_of(path)
    assert len(policy.examples) >= 12
    assert {example.name: wrong for example in policy.examples if (wrong := run_example(policy, example))} == {}


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.stem)
def test_the_four_contradictions_are_found_and_accepted(path: Path) -> None:
    found = pipeline.load(path).diagnostics
    assert [d.code for d in found] == CONTRADICTIONS
    assert all(d.accepted is not None for d in found)


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.stem)
def test_without_acceptances_they_are_open(path: Path) -> None:
    text = re.sub(r"^ +(认可|accept) .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = pipeline.compile_text(Source("selection", text)).diagnostics
    assert [(d.code, d.accepted) for d in found] == [(code, None) for code in CONTRADICTIONS]


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.stem)
def test_quotes_are_the_words_of_the_source(path: Path) -> None:
    source = bare((HERE / "selection_source.txt").read_text(encoding="utf-8"))
    quotes = re.findall(r"^ *> *(.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(quotes) >= 12
    assert [quote for quote in quotes if bare(quote) not in source] == []


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_both_documents_say_the_same_clause_by_clause() -> None:
    assert shape(CHINESE) == shape(ENGLISH)


def shape(path: Path) -> list[list[str]]:
    """The terminals and figures of each line; names, strings and the columns that fields are read from apart."""
    text = lines_of(plain(path.read_text(encoding="utf-8")))
    assert not isinstance(text, Refusal)
    lines = []
    for line in text.lines:
        said = [piece.text if piece.terminal == "NUMBER" else piece.terminal for piece in line.pieces]
        words = ["WORD" if word in ("NAME", "STRING") else word for word in said]
        at = words.index("COLUMN") if "COLUMN" in words else len(words)
        lines.append([*words[: at - 1], *words[at + 2 :]] if at < len(words) else words)
    return lines


def test_the_workbook_holds_the_tables() -> None:
    book = load_workbook(FOLDER / "selection.xlsx")
    for name, file in (("候选人", "candidates.csv"), ("贷款户", "accounts.csv")):
        cells = [[cell.value for cell in row] for row in book[name].iter_rows()]
        told = [["" if value is None else str(value) for value in row] for row in cells]
        assert told == table(FOLDER / file)
        assert all(isinstance(row[0], str) for row in cells)


def test_the_workbook_is_built_anew_to_the_byte(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("build_workbook", HERE / "build_selection_workbook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.build(tmp_path / "selection.xlsx")
    assert (tmp_path / "selection.xlsx").read_bytes() == (FOLDER / "selection.xlsx").read_bytes()
