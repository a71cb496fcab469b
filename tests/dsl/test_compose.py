"""Amendments of every shipped document that say what stands there already: each finds its place and changes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dsl.compose import amend, differences
from dsl.compose.addresses import address, cites_of, lines_of, name_of, shape
from dsl.compose.amend import statements_of
from dsl.compose.splice import indent_of, taken
from dsl.syntax import text
from dsl.syntax.tree import Token, Tree
from policy.source import Source
from tests.cli.command import ROOT

SHIPPED = sorted(p for folder in ("policy/library", "examples") for p in (ROOT / folder).rglob("*.policy"))
HEADS = {"zh": ("修订 “{name}”", "改"), "en": ('amendment "{name}"', "change")}


def read(path: Path) -> Source:
    source, _ = text.read(path)
    assert source is not None
    return source


def title(source: Source) -> tuple[str, str, str]:
    """The first line of an amendment, its word for a change, and the mark at the end of a head."""
    first = next(line for line in source.text.splitlines() if line.startswith(("政策", "policy")))
    language = "zh" if first.startswith("政策") else "en"
    name = first.split("“")[1].split("”")[0] if "“" in first else first.split('"')[1]
    head, change = HEADS[language]
    return head.format(name=name), change, "：" if language == "zh" else ":"


def said(source: Source) -> list[object]:
    return [shape(statement) for statement in statements_of(source)]


def own(source: Source, part: Tree[Token]) -> str:
    """The lines of a statement or line, its indent taken away."""
    first, last = taken(source, part, quoted=False)
    indent = len(indent_of(source, part))
    return "\n".join(line[indent:] for line in source.text.split("\n")[first:last])


def quoted(line: str, tree: Tree[Token]) -> str:
    """A field's name in its quotes: 目标 begins a line of its own kind in an amendment."""
    return re.sub(r"^[^\s:：「]+", lambda name: f"「{name[0]}」", line) if tree.data == "field" else line


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_document_differs_nowhere_from_itself(path: Path) -> None:
    assert differences(read(path), read(path)).edits == ()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_whole_statements_put_in_their_own_place_change_nothing(path: Path) -> None:
    source = read(path)
    head, change, _ = title(source)
    named = [s for s in statements_of(source) if name_of(s)]
    amendment = "\n".join([head, *(f"{change} {own(source, statement)}" for statement in named)])
    made = amend(source, Source("a", amendment + "\n"))
    assert made.diagnostics == ()
    assert made.source is not None
    assert said(made.source) == said(source)
    assert len(made.edits) == len(named)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_lines_put_in_their_own_place_change_nothing(path: Path) -> None:
    source = read(path)
    head, change, mark = title(source)
    parts, count = [head], 0
    for statement in statements_of(source):
        lines = list(lines_of(statement))
        alone = [one for one in lines if sum(address(one) == address(other) for other in lines) == 1]
        inner = {id(deep) for line in lines for deep in lines_of(line)}
        simple = [one for one in alone if one.data in ("row", "field", "part", "weighted", "by", "grade", "setting")]
        if not simple or any(id(one) in inner for one in simple):
            continue
        parts.append(f"{change} {name_of(statement)}{mark}")
        parts += [f"    {change} {quoted(own(source, line).strip(), line)}" for line in simple]
        count += len(simple)
        assert all(cites_of(line) is not None for line in simple)
    if not count:
        return
    made = amend(source, Source("a", "\n".join(parts) + "\n"))
    assert made.diagnostics == (), parts
    assert made.source is not None
    assert said(made.source) == said(source)
