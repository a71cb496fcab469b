"""Every scheme under examples/ is in order, its worked cases hold, and its run on its data reconciles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec import Struct

from tests.cli.command import ROOT, Ended, table, zhunsheng

EXAMPLES = ROOT / "examples"
QUOTED = re.compile(r"^[ \t]*>[ \t]*(.+)$", re.MULTILINE)
RECONCILED = re.compile(
    r"(?:核对：读入|reconciled: read) (\d+) = (?:决定|decided) (\d+) \+ (?:转人工|referred) (\d+)"
    r" \+ (?:未决|undecided) (\d+) \+ (?:搁置|set aside) (\d+)"
)
LEAST_CASES = 6


class Scheme(Struct, frozen=True):
    """One scheme: its folder, the date its run is of (None: it needs none), and how the run should end."""

    name: str
    as_of: str | None
    code: int

    @property
    def folder(self) -> Path:
        return EXAMPLES / self.name

    @property
    def policy(self) -> Path:
        return self.folder / f"{self.name}.policy"


SCHEMES = (
    Scheme("scholarship", None, 3),
    Scheme("residence", "2025-06-30", 0),
    Scheme("commission", "2025-09-30", 3),
    Scheme("degree", None, 3),
    Scheme("recruitment", None, 0),
    Scheme("reduction", "2025-06-30", 3),
    Scheme("licence", "2025-06-30", 3),
    Scheme("housing", "2025-06-30", 0),
    Scheme("appraisal", "2025-12-31", 0),
    Scheme("travel", None, 3),
)
EACH = pytest.mark.parametrize("scheme", [pytest.param(scheme, id=scheme.name) for scheme in SCHEMES])


def ran(scheme: Scheme, policy: Path, output: Path) -> Ended:
    when = ["--as-of", scheme.as_of] if scheme.as_of else []
    return zhunsheng("run", policy, scheme.folder / "data", *when, "-o", output)


def test_every_scheme_is_here() -> None:
    assert {scheme.name for scheme in SCHEMES} == {path.parent.name for path in EXAMPLES.glob("*/*.policy")}


@EACH
def test_the_policy_is_in_order(scheme: Scheme) -> None:
    checked = zhunsheng("check", scheme.policy)
    assert checked.code == 0, checked.out
    assert re.search(r"(错误 0，发现 0|errors 0, findings 0)", checked.out), checked.out
    assert zhunsheng("fmt", "--check", scheme.policy).code == 0


@EACH
def test_the_worked_cases_hold(scheme: Scheme) -> None:
    worked = zhunsheng("test", scheme.policy)
    assert worked.code == 0, worked.out
    passed = re.search(r"(\d+) (?:个通过|examples pass)", worked.out)
    assert passed is not None
    assert int(passed[1]) >= LEAST_CASES


@EACH
def test_the_run_reconciles(tmp_path: Path, scheme: Scheme) -> None:
    ended = ran(scheme, scheme.policy, tmp_path / "out.csv")
    assert ended.code == scheme.code, ended.out + ended.err
    numbers = RECONCILED.fullmatch(ended.last)
    assert numbers is not None, ended.last
    read, *parts = map(int, numbers.groups())
    assert read == sum(parts)
    assert len(table(tmp_path / "out.csv")) == read - parts[-1]


@EACH
def test_the_other_language_decides_the_same(tmp_path: Path, scheme: Scheme) -> None:
    text = scheme.policy.read_text(encoding="utf-8")
    policy = tmp_path / "turned.policy"
    policy.write_text(text, encoding="utf-8")
    assert zhunsheng("fmt", "--lang", "en" if text.startswith("政策") else "zh", policy).code == 0
    assert ran(scheme, policy, tmp_path / "turned.csv").code == scheme.code
    assert ran(scheme, scheme.policy, tmp_path / "own.csv").code == scheme.code
    assert plain(tmp_path / "turned.csv") == plain(tmp_path / "own.csv")


def plain(results: Path) -> list[list[str]]:
    """Rows of results without what is told in words of the language."""
    told = {"yes": "是", "no": "否", "none": "无"}
    return [[told.get(cell, cell) for cell in list(row.values())[:-2]] for row in table(results)]


@EACH
def test_what_is_quoted_stands_in_the_source(scheme: Scheme) -> None:
    source = (scheme.folder / "source.md").read_text(encoding="utf-8")
    quoted = QUOTED.findall(scheme.policy.read_text(encoding="utf-8"))
    assert quoted
    assert [line for line in quoted if line.strip() not in source] == []
