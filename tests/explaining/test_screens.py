"""Explanations as the terminal shows them, to the letter; `make golden` writes the pictures anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from interpreter.exact.decide import decide
from interpreter.explaining import explain, why_not
from tests.conftest import Golden
from tests.explaining.cases import AS_OF, asked, candidate, changed, folder, lecturer, lecturers, odd, screen, selection

SCREENS = Path(__file__).parent / "screens"
TOP, TIED, FAILED, CAPPED = "H0100018", "H0100008", "H0100002", "H0100003"


def compared(name: str, found: str, golden: Golden) -> None:
    golden(SCREENS / f"{name}.txt", found)


@pytest.mark.parametrize(
    ("name", "key", "target"),
    [
        ("top", TOP, ""),
        ("capped", CAPPED, ""),
        ("tied-at-an-edge", TIED, "高级客户经理一级"),
        ("failed", FAILED, "客户经理三级"),
    ],
)
def test_candidates(name: str, key: str, target: str, golden: Golden) -> None:
    answer = asked(key, target) if target else None
    compared(name, screen(candidate(key), answer), golden)


def test_with_quotes(golden: Golden) -> None:
    compared("quotes", screen(candidate(CAPPED), quotes=True), golden)


def test_in_english(golden: Golden) -> None:
    compared("english", screen(candidate(TIED), asked(TIED, "高级客户经理一级"), language="en"), golden)


@pytest.mark.parametrize("key", ["T1", "T2", "T3"])
def test_lecturers(key: str, golden: Golden) -> None:
    compared(f"lecturer-{key}", screen(lecturer(key)), golden)


@pytest.mark.parametrize("key", ["A1", "A2", "A3", "A5"])
def test_odd_ones(key: str, golden: Golden) -> None:
    answer = why_not(*folder("odd"), None, key, "乙")
    compared(f"odd-{key}", screen(odd(key), answer), golden)


def test_a_seat_that_was_not_there(golden: Golden) -> None:
    answer = why_not(*lecturers(), AS_OF, "T9", "四星")
    compared("lecturer-seat", screen(lecturer("T9"), answer), golden)


@pytest.mark.parametrize("key", [TOP, TIED, FAILED, CAPPED])
def test_one_screen(key: str) -> None:
    lines = screen(candidate(key)).splitlines()
    assert len(lines) <= 40
    assert max(cell_len(line) for line in lines) <= 100


@pytest.mark.parametrize("key", ["T1", "T2", "T3", "T9"])
def test_no_line_is_too_wide(key: str) -> None:
    assert max(cell_len(line) for line in screen(lecturer(key), quotes=True).splitlines()) <= 100


def test_ascii_draws_no_branches() -> None:
    assert not set("├└│─") & set(screen(candidate(TIED), asked(TIED, "高级客户经理一级"), quotes=True, ascii=True))


def test_data_is_shown_and_never_obeyed() -> None:
    rules, _ = selection()
    hostile = "[bold]甲[/b] \x1b[31m\x07\u202e"
    found = screen(explain(decide(rules, changed(TIED, 姓名=hostile)), TIED))
    assert found.startswith("[bold]甲[/b] \\x1b[31m\\x07<U+202E>")
    assert "\x1b" not in found
