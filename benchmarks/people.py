"""Synthetic candidates of the selection policy: the same for the same number, with many ties and many at the edges."""

from __future__ import annotations

import csv
import random
from pathlib import Path

LIBRARY = Path(__file__).parents[1] / "policy" / "library" / "selection"
POLICY = LIBRARY / "selection.policy"
CANDIDATES = LIBRARY / "candidates.csv"

TITLES = (
    "工号", "姓名", "支行", "笔试", "员工行为规范", "语言表达", "应变能力",
    "曾任行长", "行长年数", "曾任副行长", "副行长年数", "曾任主管", "主管年数", "从业年数",
)  # fmt: skip


def write(path: Path, count: int) -> None:
    """A CSV file of `count` candidates."""
    chance = random.Random(count)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(TITLES)
        out.writerows(_candidate(number, chance) for number in range(count))


def _candidate(number: int, chance: random.Random) -> list[str]:
    posts = [cell for most in (12, 12, 15) for cell in _post(most, chance)]
    return [
        f"B{number:07}",
        f"候选人{number}",
        f"第{number % 17}支行",
        _tenths(chance, 180, 300),
        _tenths(chance, 35, 50),
        _tenths(chance, 35, 50),
        _tenths(chance, 120, 200),
        *posts,
        _tenths(chance, 0, 350),
    ]


def _post(most: int, chance: random.Random) -> tuple[str, str]:
    held = chance.random() < 0.3
    return ("是", _tenths(chance, 1, most * 10)) if held else ("否", "0")


def _tenths(chance: random.Random, low: int, high: int) -> str:
    whole, tenth = divmod(chance.randint(low, high), 10)
    return f"{whole}.{tenth}" if tenth else str(whole)
