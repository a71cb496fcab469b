"""The pages that the command writes of what is shipped, each made once when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from tests.cli.command import CANDIDATES, EN, ROOT, ZH, zhunsheng

DEGREE = ROOT / "examples" / "degree"
EXAM = ROOT / "examples" / "recruitment"
SHIFTS = ROOT / "examples" / "shifts"
COURSES = ROOT / "examples" / "training"
BONUS = ROOT / "docs" / "committee" / "en"
JIANG = ROOT / "docs" / "committee" / "zh"

Kind = Literal["explanation", "letter", "coverage", "report"]


class Made(Struct, frozen=True):
    """What kind of page it is, in which language, and the command that writes it."""

    kind: Kind
    language: str
    words: Sequence[str | Path]


def _explained(language: str, *words: str | Path) -> Made:
    kind: Kind = "letter" if "--letter" in words else "explanation"
    return Made(kind, language, ("explain", *words, "--lang", language, "-o"))


def _marked(language: str, folder: Path) -> Made:
    policy = folder / f"{folder.name}.policy"
    return Made(
        "coverage", language, ("coverage", policy, "--source", folder / "source.md", "--lang", language, "--html")
    )


def _tried(language: str, *words: str | Path) -> Made:
    return Made("report", language, ("simulate", *words, "--lang", language, "-o"))


def _given(language: str, *words: str | Path) -> Made:
    return Made("report", language, ("allocate", *words, "--lang", language, "-o"))


_ONE = ("--for", "H0100008")
_BONUS = (BONUS / "bonus.policy", BONUS / "employee.csv")
_JIANG = (JIANG / "奖金办法.policy", JIANG / "员工.csv")

PAGES = {
    "explanation-zh": _explained("zh", ZH, CANDIDATES, *_ONE, "--why-not", "高级客户经理一级", "--quotes"),
    "explanation-en": _explained("en", EN, CANDIDATES, *_ONE),
    "explanation-degree": _explained("en", DEGREE / "degree.policy", DEGREE / "data", "--for", "U001", "--quotes"),
    "explanation-exam": _explained("zh", EXAM / "recruitment.policy", EXAM / "data", "--for", "20250002"),
    "letter-zh": _explained("zh", ZH, CANDIDATES, *_ONE, "--letter"),
    "letter-en": _explained("en", DEGREE / "degree.policy", DEGREE / "data", "--for", "U001", "--letter"),
    "coverage-zh": _marked("zh", EXAM),
    "coverage-en": _marked("en", DEGREE),
    "report-zh": _tried("zh", ZH, CANDIDATES, "--set", "合格线=65", "--by", "支行", "--fair", "曾任行长"),
    "report-en": _tried("en", EN, CANDIDATES, "--set", "pass_mark=65"),
    "groups-zh": _tried("zh", *_JIANG, "--against", JIANG / "甲案.policy", "--by", "支行", "--fair", "年龄=35,45"),
    "groups-en": _tried("en", *_BONUS, "--against", BONUS / "a.policy", "--by", "branch", "--fair", "sex"),
    "sweep-zh": _tried("zh", *_JIANG, "--sweep", "合格线=50..70"),
    "sweep-en": _tried("en", ZH.with_name("selection.en.policy"), CANDIDATES, "--sweep", "pass_mark=50..75"),
    "several-zh": _tried("zh", *_JIANG, "--against", JIANG / "甲案.policy", "--against", JIANG / "乙案.policy"),
    "given-zh": _given("zh", SHIFTS / "shifts.policy", SHIFTS / "data"),
    "given-en": _given("en", COURSES / "training.policy", COURSES / "data", "--why-not", "T014", "B2"),
}
"""By name; those of one kind differ in what they hold."""


def of(*kinds: Kind) -> list[str]:
    """The names of the pages of those kinds."""
    return [name for name, made in PAGES.items() if made.kind in kinds]


class Shelf:
    """Pages as files, kept for as long as the tests run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, name: str) -> Path:
        """The page of that name, written by the command."""
        path = self._folder / f"{name}.html"
        if not path.exists():
            ended = zhunsheng(*PAGES[name].words, path)
            assert path.exists(), ended.err + ended.out
        return path
