"""Accounts and staff of the selection scheme: with the scheme the whole source, and people worked by hand."""

from __future__ import annotations

import pytest

from tests.cli.command import EXPECTED, SELECTION, table, zhunsheng
from tests.library.documents import ACCOUNTS, SOURCES, STAFF, ended, found


@pytest.mark.parametrize("end", [".policy", ".en.policy"])
def test_the_three_together_mark_the_whole_source(end: str) -> None:
    documents = [SELECTION / f"{name}{end}" for name in ("selection", "accounts", "staff")]
    marked = zhunsheng("coverage", *documents, "--source", SOURCES / "selection_source.txt", "--lang", "zh")
    assert marked.code == 0, marked.out
    assert "62 句，规则 34，不是规则 28，未引到 0" in marked.out


def test_who_qualified_is_as_the_scheme_decides() -> None:
    passed = {row["工号"]: row["合格"] for row in table(EXPECTED)}
    staff = {row["工号"]: row["取得资格"] for row in table(SELECTION / "staff.csv")}
    assert {key: staff[key] for key in passed} == passed
    assert {staff[key] for key in staff.keys() - passed.keys()} == {""}


def test_accounts_worked_by_hand() -> None:
    results = {key: told for key, (_, told) in found(ACCOUNTS).items()}
    actions = {key: told["处理"] for key, told in results.items()}
    assert actions["K014"] == "指定责任人"
    assert results["K014"]["户类"] == "大户"
    assert actions["K008"] == actions["K015"] == actions["K032"] == "由原责任人管理"
    assert results["K008"]["分管人"] == "H0100006"
    assert actions["K007"] == actions["K011"] == actions["K017"] == "公开竞争"
    assert actions["K029"] == "指定责任人"
    assert ended(ACCOUNTS, "referred") == {"K068", "K069"}
    assert ended(ACCOUNTS, "undecided") == set()


def test_staff_worked_by_hand() -> None:
    results = {key: told for key, (_, told) in found(STAFF).items()}
    assert [results[f"H01001{at:02d}"]["去留"] for at in (1, 2, 3, 7, 8)] == [
        "转为业务代办员",
        "解除劳动合同",
        "解除劳动合同",
        "解除劳动合同",
        "不受影响",
    ]
    assert ended(STAFF, "undecided") == {"H0100104", "H0100105", "H0100106", "H0100111"}
    assert results["H0100110"]["报名地点"] == "不能报名"
