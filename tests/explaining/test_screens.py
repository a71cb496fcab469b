"""Explanations as the terminal shows them, to the letter; `pytest --rewrite-golden` writes the pictures anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from interpreter.exact.decide import decide
from interpreter.explaining import explain, why_not
from tests.explaining.cases import AS_OF, asked, candidate, changed, folder, lecturer, lecturers, odd, screen, selection

SCREENS = Path(__file__).parent / "screens"
TOP, TIED, FAILED, CAPPED = "H0100018", "H0100008", "H0100002", "H0100003"


def compared(name: str, found: str, rewrite: bool) -> None:
    path = SCREENS / f"{name}.txt"
    if rewrite:
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "key", "target"),
    [
        ("top", TOP, ""),
        ("capped", CAPPED, ""),
        ("tied-at-an-edge", TIED, "高级客户经理一级"),
        ("failed", FAILED, "客户经理三级"),
    ],
)
def test_candidates(name: str, key: str, target: str, rewrite: bool) -> None:
    answer = asked(key, target) if target else None
    compared(name, screen(candidate(key), answer), rewrite)


def test_with_quotes(rewrite: bool) -> None:
    compared("quotes", screen(candidate(CAPPED), quotes=True), rewrite)


def test_in_english(rewrite: bool) -> None:
    compared("english", screen(candidate(TIED), asked(TIED, "高级客户经理一级"), language="en"), rewrite)


@pytest.mark.parametrize("key", ["T1", "T2", "T3"])
def test_lecturers(key: str, rewrite: bool) -> None:
    compared(f"lecturer-{key}", screen(lecturer(key)), rewrite)


@pytest.mark.parametrize("key", ["A1", "A2", "A3", "A5"])
def test_odd_ones(key: str, rewrite: bool) -> None:
    answer = why_not(*folder("odd"), None, key, "乙")
    compared(f"odd-{key}", screen(odd(key), answer), rewrite)


def test_a_seat_that_was_not_there(rewrite: bool) -> None:
    answer = why_not(*lecturers(), AS_OF, "T9", "四星")
    compared("lecturer-seat", screen(lecturer("T9"), answer), rewrite)


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
