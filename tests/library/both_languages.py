"""What every document of the library must hold, in both languages: sound, worked, whole, and the same decisions."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

import zhunsheng as engine
from tests.cli.command import ROOT, table, zhunsheng

TEXTS = Path(__file__).parent


class Library(Struct, frozen=True):
    """A folder of the library.

    `records` gives each Chinese record its English name, the main one first; `told` turns words of results; `counted`
    is how many are decided, referred, undecided and set aside.
    """

    name: str
    records: dict[str, str]
    as_of: str
    told: dict[str, str]
    counted: tuple[int, int, int, int]

    @property
    def folder(self) -> Path:
        return ROOT / "policy" / "library" / self.name

    @property
    def documents(self) -> tuple[Path, Path]:
        return self.folder / f"{self.name}.policy", self.folder / f"{self.name}.en.policy"

    def check(self) -> None:
        """No errors, and every finding accepted; in canonical layout."""
        for document in self.documents:
            assert zhunsheng("check", document).code == 0
            assert zhunsheng("fmt", "--check", document).code == 0

    def examples(self) -> None:
        """At least eight examples, all of them right, and every clause used."""
        for document in self.documents:
            policy = engine.load(document)
            assert len(policy.examples) >= 8
            ended = zhunsheng("test", "--coverage", document, "--lang", "en")
            assert ended.code == 0, ended.out
            used = re.search(r"clauses: (\d+) of (\d+)", ended.out)
            assert used is not None
            assert used[1] == used[2]

    def quotes(self) -> None:
        """Every character of the source but blanks is quoted, and every quoted line stands in the source."""
        source = _plain((TEXTS / f"{self.name}_source.txt").read_text(encoding="utf-8"))
        for document in self.documents:
            left = [True] * len(source)
            for line in document.read_text(encoding="utf-8").splitlines():
                if not line.strip().startswith(">"):
                    continue
                quoted = _plain(line.strip()[1:])
                assert quoted in source, line
                for found in re.finditer(re.escape(quoted), source):
                    left[found.start() : found.end()] = [False] * len(quoted)
            assert "".join(c for c, unquoted in zip(source, left, strict=True) if unquoted) == ""

    def agree(self, target: Path) -> None:
        """The same outcome and results for everyone, up to the words."""
        chinese, english = self.documents
        dated = ["--as-of", self.as_of] if self.as_of else []
        sheets = [f"{en}={self.folder / zh}.csv" for zh, en in self.records.items()]
        ended = zhunsheng("run", chinese, self.folder, *dated, "-o", target / "zh.csv")
        zhunsheng("run", english, *sheets, *dated, "-o", target / "en.csv")
        decided, referred, undecided, aside = self.counted
        total = sum(self.counted)
        assert (
            ended.last == f"核对：读入 {total} = 决定 {decided} + 转人工 {referred} + 未决 {undecided} + 搁置 {aside}"
        )
        ours = [list(row.values())[:-1] for row in table(target / "zh.csv")]
        theirs = [list(row.values())[:-1] for row in table(target / "en.csv")]
        words = {"yes": "是", "no": "否", "decided": "决定", "referred": "转人工", "undecided": "未决", **self.told}
        assert len(ours) >= 40
        assert [[words.get(cell, cell) for cell in row] for row in theirs] == ours


def _plain(text: str) -> str:
    """Text without blanks and line breaks."""
    return "".join(text.split())
