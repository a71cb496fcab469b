"""The read-back: every shipped document and every construct, sentence by sentence, in both languages.

`make golden` writes the expected sentences of tests/golden/readback anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from dsl import pipeline
from dsl.readback import Sentence, read_back
from dsl.syntax import surface as s
from policy.source import Clause, Source, Span
from tests.conftest import Golden

GOLDEN = Path(__file__).parents[1] / "golden" / "readback"
SELECTION = Path(__file__).parents[2] / "policy" / "library" / "selection"
SHIPPED = sorted((Path(__file__).parents[2] / "policy" / "library").rglob("*.policy"))
IDEAS = sorted(GOLDEN.glob("*.policy"))
LANGUAGES = ("zh", "en")
TOLD = (
    s.Case,
    s.Row,
    s.Dated,
    s.Field,
    s.By,
    s.Rule,
    s.Grade,
    s.Setting,
    s.Accept,
    s.Part,
    s.Weighted,
    s.Bonus,
    s.Moves,
)
"""Nodes that are lines of their own: each has its own sentence."""


def sentences(path: Path, language: str) -> list[Sentence]:
    loaded = pipeline.load(path)
    assert loaded.document is not None
    assert loaded.policy is not None, [(d.code, d.span.line, d.span.text) for d in loaded.diagnostics if d.blocks]
    return read_back(loaded.document, loaded.policy, language)


def page(said: list[Sentence]) -> str:
    lines = ["    " * sentence.level + sentence.text + cited(sentence.clause) for sentence in said]
    return "\n".join(lines) + "\n"


def cited(clause: Clause) -> str:
    return "".join(f"【{cite}】" for cite in clause.cites)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", IDEAS, ids=lambda path: path.stem)
def test_each_construct_is_told_in_plain_sentences(path: Path, language: str, golden: Golden) -> None:
    golden(path.with_suffix(f".{language}.txt"), page(sentences(path, language)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["selection", "selection.en"])
def test_the_selection_scheme_is_told_in_plain_sentences(name: str, language: str, golden: Golden) -> None:
    golden(GOLDEN / f"{name}.{language}.txt", page(sentences(SELECTION / f"{name}.policy", language)))


@pytest.mark.parametrize("path", [*IDEAS, *SHIPPED], ids=lambda path: path.stem)
def test_both_languages_tell_the_same_lines(path: Path) -> None:
    chinese, english = (sentences(path, language) for language in LANGUAGES)
    where = [[(one.span.start, one.level, one.clause) for one in said] for said in (chinese, english)]
    assert where[0] == where[1]


@pytest.mark.parametrize("path", [*IDEAS, *SHIPPED], ids=lambda path: path.stem)
def test_no_line_is_left_out(path: Path) -> None:
    document = pipeline.load(path).document
    told = {(one.span.start, one.span.end) for one in sentences(path, "zh")}
    silent = [node.span.text for node in nodes(document) if isinstance(node, TOLD) and not said_of(node, told)]
    assert not silent


def said_of(node: s.Node, told: set[tuple[int, int]]) -> bool:
    return (node.span.start, node.span.end) in told or (isinstance(node, s.Case) and bool(node.cases))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [*IDEAS, *SHIPPED], ids=lambda path: path.stem)
def test_names_stay_as_they_are(path: Path, language: str) -> None:
    document = pipeline.load(path).document
    text = page(sentences(path, language))
    names = {node.name.text for node in nodes(document) if isinstance(node, s.Field | s.Data | s.Param | s.Exempting)}
    names |= {
        node.head.path.names[-1].text for node in nodes(document) if isinstance(node, s.Define | s.Score | s.Rank)
    }
    assert not [name for name in names if name not in text]


def test_what_was_set_for_this_run_is_what_is_told() -> None:
    loaded = pipeline.load(SELECTION / "selection.policy", {"合格线": "55"})
    assert loaded.document is not None
    assert loaded.policy is not None
    said = [one.text for one in read_back(loaded.document, loaded.policy, "zh")]
    assert "合格线定为55分。" in said
    assert "总分等于或高于合格线（55分）的，合格为“是”，否则为“否”。" in said


def nodes(node: Any) -> Iterator[s.Node]:
    """Every node under one."""
    match node:
        case tuple():
            for item in node:
                yield from nodes(item)
        case Struct() if not isinstance(node, Span | Source | Clause):
            yield node  # type: ignore[misc]
            for field in node.__struct_fields__:
                yield from nodes(getattr(node, field))
