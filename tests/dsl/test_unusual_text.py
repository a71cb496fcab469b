"""What a policy file may not be, and characters that nobody sees."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dsl.pipeline import load, parse
from dsl.syntax import text
from policy.source import Source

POLICY = (
    "政策 “x”\n数据 人：\n    号：文本，主键\n    名：文本\n    分：数 0..100 分，1 位小数\n定义 甲 = {}\n结果 甲\n"
)


def codes(written: str) -> list[str]:
    return [d.code for d in parse(Source("x.policy", written)).diagnostics]


@pytest.mark.parametrize(
    "hidden",
    ["\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u180b", "\u180e", "\u200b", "\u200e", "\u2028", "\u202e", "\u2060",
     "\u2063", "\u206a", "\u2800", "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\ufff9", "\U000e0001", "\U000e0041", "\U000e0101"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["名 = “西{}湖”", "分 # {}", "分 【第{}条】", "{}分"])
def test_12_what_nobody_sees_is_named_and_refused(hidden: str, place: str) -> None:
    found = parse(Source("x.policy", POLICY.format(place.format(hidden)))).diagnostics
    assert [(d.code, d.arguments["code"]) for d in found] == [("ZS107", f"U+{ord(hidden):04X}")]


@pytest.mark.parametrize("seen", ["西湖", "café", "𠮷", "①", "é", "—", "\u3000", "☆"])
def test_what_is_seen_may_be_quoted(seen: str) -> None:
    assert codes(POLICY.format(f"名 = “{seen}”")) == []


@pytest.mark.parametrize("number", ["1e5", "1E5", "1e+5", "1.5e-3", "1e5 分", "1e5分", "１ｅ５"])
def test_1e5_is_no_number_wherever_it_stands(number: str) -> None:
    assert "ZS113" in codes(POLICY.format(f"分 ≥ {number}"))
    assert "ZS113" in codes(POLICY.format("分").replace("0..100", f"0..{number}"))
    assert "ZS113" in codes(POLICY.format("分").replace("0..100", f"{number}..900000"))


def test_names_may_hold_what_looks_like_it() -> None:
    assert codes(POLICY.format("分").replace("定义 甲", "定义 a1e5").replace("结果 甲", "结果 a1e5")) == []
    assert codes(POLICY.format("名 = “1e5”")) == []


def test_14_what_is_no_ordinary_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null")):
        assert [d.code for d in load(path).diagnostics] == ["ZS116"]


def test_14_what_is_too_large_is_never_read(tmp_path: Path) -> None:
    path = tmp_path / "x.policy"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert [d.code for d in load(path).diagnostics] == ["ZS102"]


def test_13_a_damaged_byte_turns_no_text_into_other_words() -> None:
    data = POLICY.format("名 = “西湖支行”").encode()
    at = data.index("湖".encode()) + 1
    source, found = text.decode(data[:at] + data[at + 1 :], "x.policy")
    assert (source, [(d.code, d.arguments["offset"]) for d in found]) == (None, [("ZS117", at - 1)])
    source, found = text.decode(POLICY.encode("gb18030"), "x.policy")
    assert (source and source.text, [d.code for d in found]) == (POLICY, ["ZS105"])
