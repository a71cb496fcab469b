"""Every scheme under examples/ is in order, its worked cases hold, and its run on its data reconciles."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import Struct

from tests.cli.command import ROOT, table, wrote, zhunsheng
from tests.documents import IN_CHINESE, decided, in_order, quoted, rows, worked

EXAMPLES = ROOT / "examples"
LEAST_CASES = 6


class Scheme(Struct, frozen=True):
    """One scheme: its folder, the date its run is of (None: it needs none), how the run should end, and how many cases are worked in it."""

    name: str
    as_of: str | None
    code: int
    cases: int = LEAST_CASES

    @property
    def folder(self) -> Path:
        return EXAMPLES / self.name

    @property
    def policy(self) -> Path:
        return self.folder / f"{self.name}.policy"

    @property
    def data(self) -> Path:
        return self.folder / "data"


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
    Scheme("retirement", None, 0),
    Scheme("medical", None, 3),
    Scheme("helpdesk", None, 0),
    Scheme("training", None, 3, 2),
    Scheme("shifts", None, 3, 2),
)
EACH = pytest.mark.parametrize("scheme", [pytest.param(scheme, id=scheme.name) for scheme in SCHEMES])


def test_every_scheme_is_here() -> None:
    assert {scheme.name for scheme in SCHEMES} == {path.parent.name for path in EXAMPLES.glob("*/*.policy")}


@EACH
def test_the_policy_is_in_order(scheme: Scheme) -> None:
    in_order(scheme.policy)


@EACH
def test_the_worked_cases_hold(scheme: Scheme) -> None:
    worked(scheme.policy, scheme.cases)


@EACH
def test_the_run_reconciles(tmp_path: Path, scheme: Scheme) -> None:
    counts = decided(scheme.policy, [scheme.data], scheme.as_of, scheme.code)["counts"]
    dated = ["--as-of", scheme.as_of] if scheme.as_of else []
    ended = zhunsheng("run", scheme.policy, scheme.data, *dated, "-o", tmp_path / "out.csv")
    assert ended.code == scheme.code, ended.out + ended.err
    assert len(table(tmp_path / "out.csv")) == counts["read"] - counts["rejected"]


@EACH
def test_the_other_language_decides_the_same(tmp_path: Path, scheme: Scheme) -> None:
    text = scheme.policy.read_text(encoding="utf-8")
    turned = wrote(tmp_path, "turned.policy", text)
    assert zhunsheng("fmt", "--lang", "en" if text.startswith("政策") else "zh", turned).code == 0
    own, other = (decided(policy, [scheme.data], scheme.as_of, scheme.code) for policy in (scheme.policy, turned))
    assert rows(own, IN_CHINESE) == rows(other, IN_CHINESE)


@EACH
def test_what_is_quoted_stands_in_the_source(scheme: Scheme) -> None:
    quoted(scheme.policy, scheme.folder / "source.md", whole=False)
