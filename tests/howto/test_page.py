"""The page of clauses cannot lie: each policy on it is read from the page, checked and run, in both languages."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from msgspec import Struct

from tests.cli.command import ROOT, table, wrote, zhunsheng
from tests.documents import IN_CHINESE, in_order, script

PAGE = ROOT / "docs" / "how-to-write-it.md"
POLICY = re.compile(r"^```policy\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DATA = re.compile(r"^(?:数据|Data) (\S+?)[：:]\n\n((?:\|.*\n)+)", re.MULTILINE)
RESULT = re.compile(r"^(?:结果|Result)(?:（基准日 |\s?\(as of )?([\d-]+)?[）)]?[：:]\n\n((?:\|.*\n)+)", re.MULTILINE)
IN_ENGLISH = {chinese: english for english, chinese in IN_CHINESE.items()}

Rows = list[list[str]]


class Clause(Struct, frozen=True):
    """One clause of the page: its policy, the data beside it and what should come out."""

    title: str
    policy: str
    data: dict[str, Rows]
    as_of: str
    result: Rows

    @property
    def language(self) -> str:
        return "zh" if self.policy.startswith("政策") else "en"


def rows(text: str) -> Rows:
    """A table of the page, without the line under its header."""
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines()]
    return [lines[0], *lines[2:]]


def clause(section: str) -> Clause:
    title, _, body = section.partition("\n")
    (policy,) = POLICY.findall(body)
    ((as_of, result),) = RESULT.findall(body + "\n")
    data = {record: rows(told) for record, told in DATA.findall(body)}
    return Clause(title.strip(), policy, data, as_of, rows(result))


@cache
def clauses() -> tuple[Clause, ...]:
    sections = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return tuple(clause(section) for section in sections if POLICY.search(section))


EACH = pytest.mark.parametrize("found", [pytest.param(each, id=each.title.split(" ")[0]) for each in clauses()])


def decided(folder: Path, found: Clause, policy: Path) -> tuple[int, list[dict[str, str]]]:
    """How the run of the clause's data ended, and its rows."""
    place = folder / "data"
    place.mkdir(exist_ok=True)
    for record, told in found.data.items():
        with (place / f"{record}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(told)
    when = ["--as-of", found.as_of] if found.as_of else []
    ended = zhunsheng("run", policy, place, *when, "-o", folder / "out.csv", "--force")
    assert ended.code in (0, 3), ended.out + ended.err
    return ended.code, table(folder / "out.csv")


def wanted(found: Clause, words: dict[str, str]) -> Rows:
    return [[words.get(cell, cell) for cell in row] for row in found.result[1:]]


def shown(found: Clause, got: list[dict[str, str]]) -> Rows:
    """Those columns of the results that the page shows; how a case ended has a name in each language."""
    endings = ("结局", "outcome")
    names = [next((e for e in endings if e in got[0]), n) if n in endings else n for n in found.result[0]]
    return [[row[name] for name in names] for row in got]


def test_the_page_has_all_its_clauses() -> None:
    numbers = [int(found.title.split(" ")[0]) for found in clauses()]
    assert numbers == list(range(1, len(numbers) + 1))


@EACH
def test_the_clause_gives_what_the_page_shows(tmp_path: Path, found: Clause) -> None:
    code, got = decided(tmp_path, found, wrote(tmp_path, "clause.policy", found.policy))
    assert shown(found, got) == found.result[1:]
    undecided = any(row.get("结局", row.get("outcome")) not in ("决定", "decided") for row in got)
    assert code == (3 if undecided else 0)


@EACH
def test_the_clause_is_in_order(tmp_path: Path, found: Clause) -> None:
    in_order(wrote(tmp_path, "clause.policy", found.policy))


@EACH
def test_the_other_language_says_the_same(tmp_path: Path, found: Clause) -> None:
    other, words = ("en", IN_ENGLISH) if found.language == "zh" else ("zh", IN_CHINESE)
    policy = wrote(tmp_path, "clause.policy", found.policy)
    assert zhunsheng("fmt", "--lang", other, policy).code == 0
    _, got = decided(tmp_path, found, policy)
    assert shown(found, got) == wanted(found, words)


def test_the_chinese_page_says_the_same() -> None:
    builder = script("build_howto")
    page = builder.page()
    assert builder.CHINESE.read_text(encoding="utf-8") == page, "run `make findings`"
    assert POLICY.findall(page) == POLICY.findall(PAGE.read_text(encoding="utf-8"))
