"""Personal wealth managers: the whole source is marked, and people worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import zhunsheng
from tests.library.documents import WEALTH, ended, found


@pytest.mark.parametrize("path", [WEALTH.zh, WEALTH.en], ids=lambda path: path.stem)
def test_the_whole_source_is_marked(path: Path) -> None:
    marked = zhunsheng("coverage", path, "--source", WEALTH.source, "--lang", "zh")
    assert marked.code == 0, marked.out
    assert "29 句，规则 11，不是规则 18，未引到 0" in marked.out


def test_worked_by_hand() -> None:
    results = {key: [*told.values()] for key, (_, told) in found(WEALTH).items()}
    assert results["W0001"] == ["是", "资深", "资深", "是", "0"]
    assert results["W0002"] == ["是", "高级一档", "高级", "否", "1"]
    assert results["W0005"] == ["是", "高级二档", "高级", "否", "1800"]
    assert results["W0014"][:3] == ["是", "不予聘任", "不予聘任"]
    assert results["W0030"][:3] == results["W0032"][:3] == results["W0034"][:3] == ["否", "不予聘任", "不予聘任"]
    assert results["W0036"] == results["W0037"]
    assert ended(WEALTH, "undecided") == {"W0031", "W0033", "W0035"}
