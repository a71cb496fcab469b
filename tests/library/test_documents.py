"""Every document of the library, in both languages: in order, worked, true to its source, the same for everyone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents import in_order, quoted, rows, worked
from tests.library.documents import ALL, LIBRARY, PARTS, SHORT, Document

EACH = pytest.mark.parametrize("document", [pytest.param(document, id=document.name) for document in ALL])
BOTH = pytest.mark.parametrize(
    ("document", "path"), [pytest.param(d, p, id=p.name.removesuffix(".policy")) for d in ALL for p in (d.zh, d.en)]
)


def test_every_document_is_here() -> None:
    shipped = {path for path in LIBRARY.rglob("*.policy") if not path.name.startswith("selection.")}
    assert shipped == {path for document in ALL for path in (document.zh, document.en)}


@BOTH
def test_it_is_in_order(document: Document, path: Path) -> None:
    in_order(path)


@BOTH
def test_its_examples_hold_and_use_every_clause(document: Document, path: Path) -> None:
    worked(path, 1 if document.name in SHORT else 8, every_clause=True)


@BOTH
def test_the_whole_source_is_quoted(document: Document, path: Path) -> None:
    quoted(path, document.source, whole=document.name not in PARTS)


@EACH
def test_both_languages_decide_everyone_the_same(document: Document) -> None:
    chinese, english = document.told(), document.told_in_english()
    assert rows(english, document.words) == rows(chinese, {})
    counts = chinese["counts"]
    assert tuple(counts[kind] for kind in ("decided", "referred", "undecided", "rejected")) == document.counted
    assert counts["read"] >= 40
