"""Broken documents and the offered lines: mended as their author meant, or left with what only the author can say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mending.robot import mended, open_codes, policy_of, same_meaning

DOCUMENTS = Path(__file__).parent / "documents"
BROKEN = sorted(path for path in DOCUMENTS.glob("*.policy") if not path.stem.endswith(".meant"))
ONLY_THE_AUTHOR = {
    "department_quota": ["ZS520"],
    "limit_on_its_own_line": ["ZS198"],
    "sales_pay": ["ZS421"],
}
"""Documents that say too little, or what does not add up: no line is offered for that."""


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in BROKEN])
def test_offered_lines_mend_as_meant(path: Path) -> None:
    found = mended(path.read_text(encoding="utf-8"))
    assert open_codes(found) == ONLY_THE_AUTHOR.get(path.stem, [])
    if path.stem not in ONLY_THE_AUTHOR:
        assert found.policy is not None
        assert same_meaning(found.policy, policy_of(path.with_name(f"{path.stem}.meant.policy")))
