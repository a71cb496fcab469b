"""A library document in its two languages: clean, exercised, true to its source, and the same for everyone."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dsl.pipeline import parse
from dsl.syntax import surface as s
from policy.source import Source
from tests.cli.command import ROOT, zhunsheng

SOURCES = Path(__file__).parent


class Pair:
    """`<document>.policy` and `<document>.en.policy` in the folder `name`, their data, and the date of working out.

    A document has the name of its folder unless it has one of its own.
    """

    def __init__(self, name: str, as_of: str, data: Sequence[tuple[str, str]], document: str = "") -> None:
        self.folder = ROOT / "policy" / "library" / name
        self.zh, self.en = (self.folder / f"{document or name}{end}" for end in (".policy", ".en.policy"))
        self.source = SOURCES / f"{name.replace('-', '_')}_source.txt"
        self.as_of = as_of
        self.data = data

    def check(self) -> None:
        """No finding left open, every example true, every clause exercised, in the house layout."""
        for path in (self.zh, self.en):
            checked = zhunsheng("check", path)
            assert checked.code == 0, checked.out + checked.err
            tested = zhunsheng("test", "--coverage", path)
            assert tested.code == 0, tested.out
            used, clauses = re.findall(r"(\d+)(?:/| of )(\d+)", tested.last)[0]
            assert used == clauses, tested.last
            assert len([st for st in _statements(path) if isinstance(st, s.Example)]) >= 8
            assert zhunsheng("fmt", "--check", path).code == 0

    def quote(self) -> None:
        """Every word of the source stands in a quotation, and nothing is quoted that is not in it."""
        source = "".join(self.source.read_text(encoding="utf-8").split())
        for path in (self.zh, self.en):
            quoted = {"".join(line.split())[1:] for line in _lines(path) if line.lstrip().startswith(">")}
            assert [words for words in quoted if words not in source] == []
            marked = [False] * len(source)
            for words in quoted:
                for found in re.finditer(re.escape(words), source):
                    marked[found.start() : found.end()] = [True] * len(words)
            assert "".join(c for c, known in zip(source, marked, strict=True) if not known) == ""

    def agree(self) -> list[dict[str, Any]]:
        """Both languages decide every row alike; what the Chinese one decided."""
        zh = self._run(self.zh, [file for _, file in self.data])
        en = self._run(self.en, [f"{record}={file}" for record, file in self.data])
        words = {"yes": "是", "no": "否", "none": "无", **dict(zip(_choices(self.en), _choices(self.zh), strict=True))}
        assert len(zh) == len(en) >= 40
        for one, other in zip(zh, en, strict=True):
            assert (one["key"], one["outcome"]) == (other["key"], other["outcome"])
            assert [*one["results"].values()] == [words.get(v, v) for v in other["results"].values()], one["key"]
        return zh

    def _run(self, path: Path, data: list[str]) -> list[dict[str, Any]]:
        ended = zhunsheng("run", path.name, *data, "--as-of", self.as_of, "--format", "json", cwd=self.folder)
        told = json.loads(ended.out)
        counts = told["counts"]
        assert counts["read"] == sum(counts[kind] for kind in ("decided", "referred", "undecided", "rejected"))
        return list(told["decisions"])


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _statements(path: Path) -> tuple[s.Statement, ...]:
    document = parse(Source(path.name, path.read_text(encoding="utf-8"))).document
    assert document is not None
    return document.statements


def _choices(path: Path) -> list[str]:
    """The values of every choice, in the order of the text."""
    return [word.text for st in _statements(path) if isinstance(st, s.Choice) for word in st.order.values]
