"""Golden documents: `tests/golden/<feature>/good/*.policy` has no errors, `bad/*.policy` says what stands beside it.

The expected output `<idea>.txt` is what a terminal shows, in the document's language. A corrected line in a syntax
error must hold in the document. Features whose expected files hold something else have a runner of their own and are
left alone here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.render.diagnostics import plain_text
from dsl import pipeline
from dsl.mistakes import language_of
from dsl.syntax import text
from policy.diagnostic import Diagnostic
from tests.conftest import Golden

GOLDEN = Path(__file__).parent
ELSEWHERE = {"layout"}
DOCUMENTS = sorted(
    path
    for kind in ("good", "bad")
    for path in GOLDEN.glob(f"*/{kind}/**/*.policy")
    if path.relative_to(GOLDEN).parts[0] not in ELSEWHERE
)


def idea(path: Path) -> str:
    return path.relative_to(GOLDEN).with_suffix("").as_posix()


def of(kind: str) -> list[object]:
    return [pytest.param(p, id=idea(p)) for p in DOCUMENTS if p.relative_to(GOLDEN).parts[1] == kind]


def diagnostics(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Diagnostic, ...]:
    """What is said about a document, which is named without its folders."""
    monkeypatch.chdir(path.parent)
    return pipeline.load(Path(path.name)).diagnostics


def language(path: Path) -> str:
    source, _ = text.read(path)
    return language_of(text.plain(source.text)) if source is not None else "zh"


def compare(path: Path, said: tuple[Diagnostic, ...], golden: Golden, *, needed: bool) -> None:
    """What is shown against what stands beside the document; `needed` says that something must."""
    file = path.with_suffix(".txt")
    if needed or file.exists():
        golden(file, plain_text(said, language(path)))


@pytest.mark.parametrize("path", of("good"))
def test_good(path: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    said = diagnostics(path, monkeypatch)
    assert [d.code for d in said if d.blocks] == []
    compare(path, said, golden, needed=False)


@pytest.mark.parametrize("path", of("bad"))
def test_bad(path: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    said = diagnostics(path, monkeypatch)
    assert said, "a bad document must have something said about it"
    compare(path, said, golden, needed=True)


@pytest.mark.parametrize("path", of("bad"))
def test_corrected_lines_hold(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its corrected lines a document has none of the syntax errors left that had one."""
    said = [d for d in diagnostics(path, monkeypatch) if d.fix is not None and d.code.startswith("ZS1")]
    source, _ = text.read(path)
    if source is None or not said:
        return
    lines = source.text.splitlines()
    for diagnostic in said:
        lines[diagnostic.span.line - 1] = diagnostic.fix.text
    path = path.with_name("corrected.policy")
    parsed = pipeline.parse(source.__class__(path.name, "\n".join(lines)))
    grown = sum(diagnostic.fix.text.count("\n") for diagnostic in said)
    left = {(d.code, d.span.line) for d in parsed.diagnostics}
    assert grown or not {(d.code, d.span.line) for d in said} & left
