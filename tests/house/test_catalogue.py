"""The catalogue is whole: every code is named and said in both languages, used in the source, and has its page."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

from policy.catalogue import Entry, entries
from tests.documents import script

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"ZS\d{3}")
REGISTRY = ROOT / "policy" / "catalogue"
ENTRIES = [pytest.param(entry, id=code) for code, entry in sorted(entries().items())]


def arguments(template: str) -> set[str]:
    """The names in braces; beside a plain name only the two wordings that go with a number may stand there."""
    fields = [(name, spec, turned) for _, name, spec, turned in Formatter().parse(template) if name is not None]
    odd = [name for name, spec, turned in fields if not name.isidentifier() or turned or spec.count("|") != bool(spec)]
    assert odd == []
    return {name for name, _, _ in fields}


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_code_is_well_formed(entry: Entry) -> None:
    assert CODE.fullmatch(entry.code)


@pytest.mark.parametrize("entry", ENTRIES)
def test_both_languages_say_the_same(entry: Entry) -> None:
    assert entry.name_zh
    assert entry.name_en
    assert entry.zh
    assert entry.en
    assert arguments(entry.zh) == arguments(entry.en)
    assert bool(entry.help_zh) == bool(entry.help_en)
    assert arguments(entry.help_zh) == arguments(entry.help_en)


@pytest.mark.parametrize("entry", ENTRIES)
def test_messages_end_without_a_period(entry: Entry) -> None:
    assert not entry.en.endswith(".") or entry.en.endswith("..")
    assert not entry.zh.endswith(".")


@pytest.mark.parametrize("entry", ENTRIES)
def test_names_can_be_written_in_quotes(entry: Entry) -> None:
    for name in (entry.name_zh, entry.name_en):
        assert name == name.strip()
        assert not set(name) & set("“”\"'`{}\n")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_are_unique(language: str) -> None:
    names = Counter(getattr(entry, f"name_{language}") for entry in entries().values())
    assert [name for name, count in names.items() if count > 1] == []


@cache
def used_codes() -> dict[str, str]:
    """Every code that stands as a literal in the source, with one place where it does."""
    found: dict[str, str] = {}
    sources = [
        *(p for room in ("policy", "dsl", "interpreter", "cli", "zhunsheng") for p in room_files(room)),
    ]
    for path in sources:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.exists() else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.setdefault(node.value, f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def room_files(room: str) -> list[Path]:
    return sorted(path for path in (ROOT / room).rglob("*.py") if REGISTRY not in path.parents)


def test_every_code_used_is_registered() -> None:
    assert {code: place for code, place in used_codes().items() if code not in entries()} == {}


def test_every_registered_code_is_used() -> None:
    assert sorted(entries().keys() - used_codes().keys()) == []


UNREACHED = {
    "ZS843": "a definition is empty only where a program made it",
    "ZS918": "only a fault of the formatter brings it about",
}


def test_every_code_is_brought_about_by_a_test() -> None:
    """In an expected output, or by name in a test."""
    tests = (path for kind in ("txt", "py") for path in (ROOT / "tests").rglob(f"*.{kind}") if path != Path(__file__))
    seen = {code for path in tests for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert sorted(entries().keys() - seen) == sorted(UNREACHED)


@cache
def builder() -> ModuleType:
    """The script that writes the pages."""
    return script("build_findings")


def test_every_code_has_its_page_and_it_is_up_to_date() -> None:
    wanted: dict[str, str] = builder().pages()
    standing = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "findings").glob("*.md")}
    assert {f"{code}.md" for code in entries()} <= wanted.keys()
    stale = sorted(name for name in wanted.keys() | standing.keys() if wanted.get(name) != standing.get(name))
    assert stale == [], "run `make findings`"


def test_every_chapter_of_codes_has_a_title() -> None:
    assert {code[2] for code in entries()} <= builder().CHAPTERS.keys()


def test_a_page_holds_texts_and_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = builder()
    folder = tmp_path / "tests" / "golden" / "totals" / "bad"
    folder.mkdir(parents=True)
    (folder / "long.policy").write_text("政策 长\n" * 9, encoding="utf-8")
    (folder / "long.txt").write_text("ZS401 ZS402\n", encoding="utf-8")
    (folder / "sums.policy").write_text("政策 短\n", encoding="utf-8")
    (folder / "sums.txt").write_text("ZS401 合计 90\n", encoding="utf-8")
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "GOLDEN", tmp_path / "tests" / "golden")
    found = script.golden_examples()
    assert found["ZS401"] == (folder / "sums.policy", folder / "sums.txt")
    assert found["ZS402"][0] == folder / "long.policy"
    weight = next(iter(script.WEIGHTS))
    entry = Entry(
        "ZS401", weight, "分项合计不符", "parts do not add up", "合计 {sum}", "add to {sum}", "请核对", "compare"
    )
    page = script.page(entry, found["ZS401"])
    for part in (
        "# ZS401 分项合计不符 · parts do not add up",
        "合计 {sum}",
        "请核对",
        "sums.policy",
        "政策 短",
        "合计 90",
    ):
        assert part in page
